"""The processes of a C++ build end with ours, and their folder is not left behind; no test here compiles."""

import os
import re
import signal
from pathlib import Path

import pytest

from plasticity.errors import SimulationError
from plasticity.spiking import compiling
from plasticity.spiking.compiling import remove_abandoned
from plasticity.surroundings import cores

pytestmark = pytest.mark.cpp  # a dozen processes with Brian2 in each

# Like make with compilers: it says how it was called, has children, and ends never. All of them hold the pipe open.
MAKE = """#!/bin/sh
exec 9>"$PIPE"
for k in 1 2 3; do sh -c 'sleep 100000' & done
echo "$@" >&9
wait
"""
BUILD = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored in what a shell runs behind itself
from plasticity import spiking
from plasticity.errors import SimulationError
from small_networks import driven
try:
    spiking.simulate(driven(), 0.1, target="cpp_standalone")
except (SimulationError, KeyboardInterrupt) as stopped:
    print(type(stopped).__name__, stopped)
"""


class Build:
    """A process that builds with a `make` of ours, stopped in the middle."""

    def __init__(self, processes):
        self.processes, self.folder = processes, processes.folder.parent / "programs"
        self.folder.mkdir()
        self._pipe = self.folder / "pipe"
        os.mkfifo(self._pipe)
        self.process = processes.start(BUILD, **self._environment(MAKE))
        self._reading = open(self._pipe)
        self.arguments = self._reading.readline().split()

    def _environment(self, make):
        program = self.folder / "make"
        program.write_text(make)
        program.chmod(0o755)
        return {"PATH": f"{self.folder}:{os.environ['PATH']}", "CXX": "sh", "PIPE": str(self._pipe)}

    def wait_for_the_end_of_all(self):
        """Returns when the last process of the build has died, which closes the pipe."""
        assert self._reading.read() == ""

    def another(self):
        """What another build says, of which make fails."""
        return self.processes.output(BUILD, **self._environment("#!/bin/sh\necho no space left\nexit 3\n"))

    def end(self):
        self.process.kill()
        said, _ = self.process.communicate()
        self._reading.close()
        return said


@pytest.fixture
def build(processes):
    started = Build(processes)
    yield started
    started.end()


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_a_build_dies_with_its_process_however_that_dies(how, build):
    build.process.send_signal(how)
    build.wait_for_the_end_of_all()
    assert build.process.wait() == -how


def test_ctrl_c_stops_a_build_as_an_interrupt_and_leaves_no_file(build):
    build.process.send_signal(signal.SIGINT)
    build.wait_for_the_end_of_all()
    said, complained = build.process.communicate()
    # Newer versions of Brian2 ask the compiler, here a shell, what it can do.
    others = [line for line in complained.splitlines() if not line.startswith("sh: ")]
    assert (said, others, build.processes.left()) == ("KeyboardInterrupt \n", [], [])


def test_make_runs_at_most_as_many_compilers_as_there_are_cores(build):
    assert build.arguments == [f"-j{cores()}"] and 1 <= cores() <= os.cpu_count()


def test_the_folder_of_a_dead_build_is_removed_at_the_next_one(build):
    build.process.kill()
    build.process.wait()
    assert len(list(build.processes.temporary.iterdir())) == 1
    build.another()
    assert build.processes.left() == []


def test_the_folder_of_a_living_build_is_not_removed(build):
    (before,) = build.processes.temporary.iterdir()
    build.another()
    assert list(build.processes.temporary.iterdir()) == [before] and (before / "main.cpp").exists()


def test_a_make_that_fails_is_one_line_with_what_it_said_and_what_to_do(build):
    said = build.another()
    assert re.fullmatch(r"SimulationError .* make ended with status 3: no space left; use target='numpy'\n", said)


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    monkeypatch.setattr(compiling.tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_a_folder_that_only_is_called_like_ours_is_kept(temporary):
    (temporary / "plasticity_cpp_thesis").mkdir()
    (temporary / "plasticity_cpp_thesis" / "results.txt").write_text("mine")
    (temporary / "plasticity_cpp_link").symlink_to(temporary / "plasticity_cpp_thesis")
    (temporary / "plasticity_cpp_file").write_text("mine")
    remove_abandoned()
    assert len(list(temporary.rglob("*"))) == 4


def test_the_folder_of_a_build_is_there_while_it_lasts_and_then_gone(temporary):
    with compiling.build_folder() as folder:
        (Path(folder) / "results").mkdir()
        (Path(folder) / "results" / "w").write_text("1")
        remove_abandoned()
        assert (Path(folder) / "results" / "w").exists()
    assert list(temporary.iterdir()) == []


def test_what_a_program_printed_last_is_said_when_it_fails(temporary):
    with pytest.raises(SimulationError, match="^sh ended with status 5: .*the cause$"):
        compiling.run(["sh", "-c", "seq 100000; echo the cause >&2; exit 5"], str(temporary), os.environ)


def test_a_program_that_is_killed_is_an_error(temporary):
    with pytest.raises(SimulationError, match="ended with status -9"):
        compiling.run(["sh", "-c", "kill -9 $$"], str(temporary), os.environ)


def test_what_a_program_leaves_running_ends_with_it(temporary):
    os.mkfifo(temporary / "pipe")
    reading = os.open(temporary / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    compiling.run(["sh", "-c", "sleep 100000 9>pipe >/dev/null 2>&1 & exit 0"], str(temporary), os.environ)
    os.set_blocking(reading, True)
    assert os.read(reading, 1) == b""  # the end, which comes when no process holds the other side any more
    os.close(reading)
