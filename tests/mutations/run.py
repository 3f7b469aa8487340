"""Plant one fault at a time, and see that the test named beside it fails: `python tests/mutations/run.py [-k WORDS]`.

The faults are tables of TOML beside this file: [[fault]] with `file`, `old`, `new` (text that occurs exactly once in
the file, and what stands there instead) and `test` (the pytest id of a test that must fail then, and pass otherwise).
They are planted in copies of the tree, so that the checkout is never touched, however this ends.
"""

import argparse
import os
import queue
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COPIED = ("plasticity", "experiments", "tests", "pyproject.toml", "README.md")
PASSED, FAILED = 0, 1  # exit statuses of pytest; any other says that no test was run


@dataclass(frozen=True)
class Fault:
    """A text of a file, what is planted in its place, and the test that must catch it."""

    file: str
    old: str
    new: str
    test: str

    def __str__(self) -> str:
        return f"{self.file}: {' '.join(self.new.split())[:60] or '(removed)'}  [{self.test.split('/')[-1]}]"


def faults() -> list[Fault]:
    """All faults that are written down, in the order of their files."""
    paths = sorted(Path(__file__).parent.glob("*.toml"))
    return [Fault(**fault) for path in paths for fault in tomllib.loads(path.read_text(encoding="utf-8"))["fault"]]


def misfits(fault: Fault) -> str:
    """Why a fault cannot be planted any more; empty when it can."""
    path, test = ROOT / fault.file, ROOT / fault.test.split("::")[0]
    if not path.is_file():
        return f"{fault.file} is not there"
    if (found := path.read_text(encoding="utf-8").count(fault.old)) != 1 or not fault.old:
        return f"{fault.file} has {found} times, not once: {fault.old}"
    name = fault.test.split("::")[-1].split("[")[0]
    if not test.is_file() or f"def {name}(" not in test.read_text(encoding="utf-8"):
        return f"{fault.test} is no test"
    return "" if fault.old != fault.new else f"{fault.file}: old and new are the same: {fault.old}"


def copied(folder: Path) -> Path:
    """A copy of the tree whose package is found before the installed one."""
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name)  # with what is compiled, which the copied ages keep valid
        else:
            shutil.copy2(ROOT / name, folder / name)
    # An installation from the checkout finds `plasticity.experiments` there, unless the package has it inside.
    (folder / "plasticity" / "experiments").symlink_to(folder / "experiments")
    return folder


def status(folder: Path, tests: Sequence[str]) -> tuple[int, str]:
    """The exit status of pytest on these tests of a copy, and what it printed."""
    quiet = ["-q", "-x", "--no-header", "--tb=line", "-o", "addopts=", "-p", "no:cacheprovider", "-p", "pytest_timeout"]
    # What is compiled while a fault is planted must not stay: a file is told from another by its age in seconds.
    environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    environment["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # a fifth of the time of a fault, and not needed
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *quiet, *tests],
        cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


@contextmanager
def planted(fault: Fault, folder: Path) -> Iterator[None]:
    """The fault, in a copy, for as long as the block takes."""
    path = folder / fault.file
    content, age = path.read_bytes(), path.stat()
    path.write_text(content.decode("utf-8").replace(fault.old, fault.new), encoding="utf-8")
    try:
        yield
    finally:
        path.write_bytes(content)
        os.utime(path, ns=(age.st_atime_ns, age.st_mtime_ns))


def outcome(fault: Fault, copies: "queue.Queue[Path]") -> str:
    """'caught', 'missed', or why the test could not tell."""
    folder = copies.get()
    try:
        with planted(fault, folder):
            code, said = status(folder, [fault.test])
    finally:
        copies.put(folder)
    known = {PASSED: "missed", FAILED: "caught"}
    return known.get(code) or f"pytest ended with status {code}: {said[-800:]}"


def all_pass(tests: Sequence[str], copies: "queue.Queue[Path]") -> bool:
    """Whether the tests pass where nothing is planted; says which do not."""
    folder = copies.get()
    code, said = status(folder, tests)
    copies.put(folder)
    if code != PASSED:
        print(f"without a fault, pytest ended with status {code}:\n{said[-3000:]}")
    return code == PASSED


def run(chosen: Sequence[Fault], n_processes: int) -> bool:
    """Plant all of them; whether each was caught."""
    begin = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="plasticity_faults_") as temporary, ThreadPoolExecutor(n_processes) as pool:
        copies: queue.Queue[Path] = queue.Queue()
        for number in range(n_processes):
            copies.put(copied(Path(temporary) / str(number)))
        tests = sorted({fault.test for fault in chosen})
        shares = [tests[number::n_processes] for number in range(n_processes) if tests[number::n_processes]]
        if not all(pool.map(lambda share: all_pass(share, copies), shares)):
            return False
        n_caught = 0
        for fault, said in zip(chosen, pool.map(lambda fault: outcome(fault, copies), chosen), strict=True):
            n_caught += said == "caught"
            print(f"{said:7} {fault}", flush=True)
    print(f"{n_caught} / {len(chosen)} caught, {time.monotonic() - begin:.0f} s")
    return n_caught == len(chosen)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-k", default="", metavar="WORDS", help="only faults whose file or test contains all the words")
    parser.add_argument("-n", type=int, default=os.cpu_count() or 1, metavar="N", help="how many at a time")
    given = parser.parse_args()
    chosen = [one for one in faults() if all(word in f"{one.file} {one.test}" for word in given.k.split())]
    wrong = [why for fault in chosen if (why := misfits(fault))]
    if wrong or not chosen:
        print("\n".join(wrong) or f"no fault is chosen by {given.k!r}", file=sys.stderr)
        return 1
    return 0 if run(chosen, max(1, given.n)) else 1


if __name__ == "__main__":
    sys.exit(main())
