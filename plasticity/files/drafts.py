"""A draft: a hidden folder beside the one that is being written, locked as long as its writer lives.

Its parts are told in `plasticity.files.leftovers`, which also puts right what a dead writer left.
"""

import json
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from plasticity.errors import OutputError
from plasticity.files.holding import Held
from plasticity.files.leftovers import WRITER, clear, locked, machine, synced
from plasticity.files.reading import named

_AT_ONCE = 2**24  # bytes between two looks at whether to stop
_PAUSE = 0.01  # seconds between two looks at a lock that others hold for an instant
_TRIES = 100  # against others that clear a draft in the instant in which it is made


@dataclass(frozen=True)
class Draft:
    """A draft that this process holds: its hidden folder, its lock, and the folder that it is for."""

    hidden: Path
    lock: int
    target: Path

    @property
    def new(self) -> Path:
        """The folder that is being written."""
        return self.hidden / "new"

    @property
    def old(self) -> Path:
        """The folder that had the name, where names cannot be exchanged in one step."""
        return self.hidden / "old"

    @property
    def claim(self) -> Path:
        """A file that says: an empty folder under the name is ours."""
        return self.hidden / "claim"

    def write(self, contents: Mapping[str, bytes], held: Held) -> None:
        """Write all files into the new folder, and see to it that a loss of power cannot undo it."""
        for name, content in contents.items():
            path = self.new / name
            path.parent.mkdir(parents=True, exist_ok=True)
            _write(path, content, held)
        folders = {self.new / parent for name in contents for parent in Path(name).parents}
        for folder in sorted(folders, reverse=True):
            synced(folder)


@contextmanager
def draft(target: Path, contents: Mapping[str, bytes]) -> Iterator[Draft]:
    """A draft for the folder `target`, empty; at the end it is cleared, wherever its new folder then is."""
    hidden, lock = _made(target.parent)
    try:
        os.mkdir(hidden / "new")
        plan = {
            "pid": os.getpid(),
            **machine(),
            "target": target.name,
            "inode": os.lstat(hidden / "new").st_ino,
            "files": list(contents),
        }
        os.write(lock, json.dumps(plan).encode("ascii"))
        os.fsync(lock)
        yield Draft(hidden, lock, target)
    finally:
        with suppress(OSError):  # the folder has its name, or has not; what stays here, the next command clears
            clear(hidden)
        os.close(lock)


def unnamed(parent: Path) -> Path:
    """A name in `parent` that `recover` knows as ours, and that nobody has yet."""
    return parent / f".plasticity-{os.urandom(4).hex()}"


@contextmanager
def turn(folder: Path, held: Held) -> Iterator[None]:
    """One process at a time replaces what is in `folder`, so that none looks at names while another changes them.

    Where the file system has no such locks all go at once; then one that meets another may refuse, and loses nothing.
    """
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        while locked(descriptor) is False:
            held.heed()
            time.sleep(_PAUSE)
        yield
    finally:
        os.close(descriptor)


def _made(parent: Path) -> tuple[Path, int]:
    """A hidden folder with a lock in it that is ours."""
    for _ in range(_TRIES):
        hidden = unnamed(parent)
        os.mkdir(hidden, 0o700)
        with suppress(FileNotFoundError):  # another command took it for that of a dead writer, in this instant
            lock = os.open(hidden / WRITER, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
            while locked(lock) is False:
                time.sleep(_PAUSE)
            with _closed_on_failure(lock):
                if os.path.samestat(os.fstat(lock), os.lstat(hidden / WRITER)):
                    return hidden, lock
                raise FileNotFoundError
    raise OutputError(f"{named(parent)}: drafts vanish as soon as they are made; give another folder")


@contextmanager
def _closed_on_failure(descriptor: int) -> Iterator[None]:
    try:
        yield
    except BaseException:
        os.close(descriptor)
        raise


def _write(path: Path, content: bytes, held: Held) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        rest = memoryview(content)
        while rest:
            held.heed()
            rest = rest[os.write(descriptor, rest[:_AT_ONCE]) :]
        held.heed()
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
