"""How the tests run: side by side, in any order, on slow machines too."""

import gc
import os
import shutil
import signal
import tempfile

import pytest
from hypothesis import HealthCheck, settings

# Of the workers, and of the processes that tests start: on all cores each, they wait for one another
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# What is compiled is kept for all workers of a run, and for no other: no test stands on what an earlier one has left
IS_FIRST = "PLASTICITY_CACHE" not in os.environ
os.environ.setdefault("PLASTICITY_CACHE", tempfile.mkdtemp(prefix="plasticity_tests_"))

# The same examples in every run, and no failure because a machine is slow
settings.register_profile("steady", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")


def pytest_configure() -> None:
    # What a shell runs behind itself is born deaf to ctrl-C, and so would be every process that a test interrupts.
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_unconfigure() -> None:
    if IS_FIRST:
        shutil.rmtree(os.environ["PLASTICITY_CACHE"], ignore_errors=True)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Where a browser is required, a test that was skipped for the want of one has failed."""
    report = yield
    if report.skipped and os.environ.get("PLASTICITY_BROWSER_REQUIRED") and "no Chromium" in str(report.longrepr):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, and PLASTICITY_BROWSER_REQUIRED is set: {report.longrepr[2]}"
    return report


@pytest.fixture(scope="module", autouse=True)
def what_is_there_is_spared():
    """Brian2 collects garbage before each run: 0.1 s and more each time, after all that other tests have imported."""
    gc.collect()
    gc.freeze()


def together(nodeid: str) -> str:
    """The group of a test: all tests of one group run in one process, so that what they share is computed once.

    A file is a group, for its fixtures; the quiz is one, for its answers; each experiment is one.
    """
    path, _, test = nodeid.partition("::")
    if path.startswith("tests/quiz/"):
        return "tests/quiz"
    if path.endswith("test_experiments.py") and "[" in test:
        return test.partition("[")[2]
    return path


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """How `-n` shares the tests out, unless `--dist` says otherwise."""
    if config.getvalue("dist") != "load":
        return None
    from xdist.scheduler import LoadScopeScheduling

    class ByGroup(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return together(nodeid)

    return ByGroup(config, log)
