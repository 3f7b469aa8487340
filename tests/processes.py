"""Processes that tests start and read while they run, so that none waits for its reader."""

import contextlib
import os
import pty
import subprocess
import threading
from collections.abc import Iterator, Sequence
from typing import Any


def on_a_terminal(command: Sequence[str], **options: Any) -> tuple[subprocess.CompletedProcess, str]:
    """Run a command whose error stream is a terminal: the process that has ended, and all that the terminal saw.

    options : of subprocess.run; output is text, kept unless `stdout` says otherwise
    """
    with terminal() as (theirs, saw):
        usual = {"stdout": subprocess.PIPE, "stdin": subprocess.DEVNULL, "text": True, "check": False}
        done = subprocess.run(command, **(usual | options | {"stderr": theirs}))
    return done, b"".join(saw).decode("utf-8", "replace")


@contextlib.contextmanager
def terminal() -> Iterator[tuple[int, list[bytes]]]:
    """A pseudo-terminal for a process to write to, and what it has seen: all of it, once the block has ended.

    It is read all the while: a terminal holds a few thousand bytes, and then its writer waits.
    """
    ours, theirs = pty.openpty()
    saw: list[bytes] = []
    reader = threading.Thread(target=_read, args=(ours, saw), daemon=True)
    reader.start()
    try:
        yield theirs, saw
    finally:
        os.close(theirs)
        reader.join()
        os.close(ours)


def _read(descriptor: int, saw: list[bytes]) -> None:
    # On Linux the end, when nobody can write any more, is an error; elsewhere it is nothing.
    with contextlib.suppress(OSError):
        while some := os.read(descriptor, 65536):
            saw.append(some)
