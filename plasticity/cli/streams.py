"""The two streams of a process, JSON on them too: no character fails, and a reader that leaves early is no error."""

import contextlib
import json
import os
import re
import sys
from typing import Any

from plasticity.errors import printable

_NOT_PLAIN = re.compile(r"[^\n -~]")
MOST_OF_A_WORD = 300  # characters of one word in a line, say of a path; what came longer is cut


class ReaderLeft(Exception):
    """The reader of our output has closed the pipe, as `head` does: there is nobody left to work for."""


def steady() -> None:
    """Have both streams replace the characters that they cannot encode."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError, OSError):  # none, closed, or of another kind
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]


def write(text: str, stream: Any) -> None:
    """Write to a stream, which may be closed. Raises ReaderLeft when the reader of a pipe has gone."""
    if stream is None:
        return
    try:
        stream.write(text)
        stream.flush()
    except BrokenPipeError:
        to_nowhere(stream)
        raise ReaderLeft from None


def print_json(data: Any) -> None:
    """Plain data as JSON, valid in every encoding."""
    encoding = str(getattr(sys.stdout, "encoding", "") or "").lower()
    text = json.dumps(data, indent=2, ensure_ascii=not encoding.startswith("utf"), allow_nan=False)
    write(_NOT_PLAIN.sub(_escape_in_json, text) + "\n", sys.stdout)


def complain(text: str) -> None:
    """One line on stderr, whatever is in the text."""
    with contextlib.suppress(ReaderLeft, OSError, ValueError):  # nobody reads errors: nothing can be said of it
        write(f"{one_line(text)}\n", sys.stderr)


def one_line(text: str) -> str:
    """A message on one line, printable, its long words cut."""
    return " ".join(_cut(word) for word in printable(text).split())


def to_nowhere(stream: Any) -> None:
    """Throw away what is still unwritten, which would fail again when the process ends, and all that follows."""
    with contextlib.suppress(AttributeError, ValueError, OSError):
        number = stream.fileno()
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, number)
        os.close(nowhere)


def _cut(word: str) -> str:
    return word if len(word) <= MOST_OF_A_WORD else f"{word[: MOST_OF_A_WORD - 50]}...{word[-47:]}"


def _escape_in_json(found: re.Match[str]) -> str:
    """What a terminal would obey, as its escape; it stands within a string, where the escape means the same."""
    sign = found.group()
    if printable(sign) == sign:
        return sign
    return f"\\u{ord(sign):04x}" if ord(sign) < 0x10000 else json.dumps(sign)[1:-1]
