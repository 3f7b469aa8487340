"""The C++ build: a folder of its own, and processes that end with ours, however ours ends.

A signal that the parent died reaches one child only, and make has dozens of descendants. So they are one process
group, with a watcher in it that reads a pipe which we hold open: when we are gone, SIGKILL included, the read ends
and the watcher kills the group. What our own death leaves behind, the folder, the next build removes: a living
process holds a lock on its folder, which no process can take along when it dies.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from plasticity.errors import SimulationError
from plasticity.surroundings import cores

PREFIX = "plasticity_cpp_"
_MARK = "plasticity_build.txt"  # only what holds this is removed
_MARKED = "A folder of the Python package plasticity for one C++ build; it removes it.\n"
_MOST_SHOWN = 300  # characters of what a compiler says last
# The watcher keeps no output open, so that the output ends when all others are gone.
_WATCHED = 'exec 3<&0 </dev/null; (cat <&3; kill -9 0) >/dev/null 2>&1 & exec "$@" 3<&-'


def make(folder: str) -> None:
    """Compile what Brian2 has written into `folder`, with at most as many compilers as there are cores."""
    environment = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MFLAGS")}
    run(["make", f"-j{cores()}"], folder, {**environment, "TMPDIR": folder})


def run(command: Sequence[str], folder: str, environment: Mapping[str, str]) -> None:
    """Run a command in `folder`, in a process group that ends when it ends, when we are interrupted, and when we die.

    raises SimulationError with the end of what it printed when it ends with another status than 0
    """
    process = subprocess.Popen(
        ["sh", "-c", _WATCHED, "sh", *command],
        cwd=folder,
        env=dict(environment),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        process_group=0,
    )
    assert process.stdout is not None
    said = b""
    try:
        while piece := os.read(process.stdout.fileno(), 65536):
            said = (said + piece)[-65536:]
        process.wait()
    finally:
        _end(process)
    if process.returncode:
        shown = " ".join(said.decode("utf-8", "replace").split())[-_MOST_SHOWN:]
        raise SimulationError(f"{Path(command[0]).name} ended with status {process.returncode}: {shown}")


def _end(process: subprocess.Popen) -> None:
    """Kill all of the group that is left, and come back when all of it is gone."""
    with contextlib.suppress(OSError):  # the watcher is in it still, so the number is no other group's
        os.killpg(process.pid, signal.SIGKILL)
    assert process.stdout is not None and process.stdin is not None
    while os.read(process.stdout.fileno(), 65536):  # ends when the last one has closed it, which dying does
        pass
    process.wait()
    process.stdout.close()
    process.stdin.close()


@contextlib.contextmanager
def build_folder() -> Iterator[str]:
    """A new folder for one build, removed afterwards; and first, those that dead processes left behind."""
    remove_abandoned()
    folder, lock = _locked_folder()
    try:
        yield folder
    finally:
        _remove(Path(folder))
        os.close(lock)


def remove_abandoned() -> None:
    """Remove the build folders of this user that no living process holds."""
    for path in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError):  # another process may be removing it, too
            if path.is_symlink() or path.stat().st_uid != os.getuid() or not _is_ours(path):
                continue
            descriptor = os.open(path, os.O_RDONLY)
            try:
                if _lock(descriptor):
                    _remove(path)
            finally:
                os.close(descriptor)


def _remove(folder: Path) -> None:
    """Remove a build folder, its mark last, so that the rest of one that is half removed is found again."""
    with contextlib.suppress(OSError):
        for part in folder.iterdir():
            if part.is_dir() and not part.is_symlink():
                shutil.rmtree(part, ignore_errors=True)
            elif part.name != _MARK:
                part.unlink()
        if [part.name for part in folder.iterdir()] == [_MARK]:
            shutil.rmtree(folder, ignore_errors=True)


def _is_ours(folder: Path) -> bool:
    mark = folder / _MARK
    return mark.is_file() and not mark.is_symlink() and mark.read_bytes()[: 2 * len(_MARKED)] == _MARKED.encode()


def _locked_folder() -> tuple[str, int]:
    folder = tempfile.mkdtemp(prefix=PREFIX)
    descriptor = os.open(folder, os.O_RDONLY)
    _lock(descriptor)  # before the mark: without it nobody removes the folder
    (Path(folder) / _MARK).write_text(_MARKED, encoding="ascii")
    return folder, descriptor


def _lock(descriptor: int) -> bool:
    """Take the lock of an open folder; False where another process holds it, or the file system has none."""
    import fcntl  # not on Windows, where nothing is compiled

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
