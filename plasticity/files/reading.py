"""Files that people hand us, opened for reading within limits: what is looked at is never larger or deeper than said.

Only regular files are opened: a pipe would wait for ever, and a device such as /dev/zero never ends. Every failure is
an InputError of one line: file, reason, cure.
"""

import json
import os
import re
import stat
from itertools import accumulate
from pathlib import Path
from typing import Any, NoReturn

from plasticity.errors import InputError, PlasticityError, printable, said
from plasticity.memory import require_memory

MiB = 2**20
MOST_DATA = 1024 * MiB  # bytes of a file of numbers, our choice: a hundred million spikes in a CSV
MOST_TEXT = 4 * MiB  # letters of TOML, our choice: a thousand times what anybody writes
MOST_JSON = 64 * MiB  # letters of JSON, which programs write: an answer with a ledger of half a million pairs
MOST_LEVELS = 50  # brackets within brackets; Python's own parsers give up at about a thousand
MOST_DOTS = 20  # in one dotted key: the time that tomllib takes grows with their square
MOST_DIGITS = 300  # of one number; a double ends at 309
_BYTES_A_LETTER = 25  # of Python objects, at most: "[],[]," makes an empty list of every three letters
_SHOWN = 200  # characters of a path in a message


def bytes_of(path: str | os.PathLike[str], *, most: int = MOST_DATA) -> bytes:
    """The content of a regular file of at most `most` bytes.

    raises InputError when it is none, or cannot be read; MemoryLimitError when it would not fit into memory
    """
    path = path_of(path)
    try:
        _require_regular(path, os.stat(path).st_mode)
        # A pipe that takes the file's place after the look must not hold us: with O_NONBLOCK it opens at once.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with open(descriptor, "rb") as file:
            _require_regular(path, os.fstat(descriptor).st_mode)
            n_bytes = os.fstat(descriptor).st_size
            _require_size(path, n_bytes, most)
            require_memory(n_bytes, f"reading {named(path)}")
            content = file.read(n_bytes + 1)
            while len(content) <= most and (more := file.read(MiB)):  # it grows, or lies in /proc and tells no size
                content += more
    except PlasticityError:
        raise
    except OSError as error:
        raise InputError(f"{named(path)}: {error.strerror or error}; give a file that can be read") from None
    except ValueError:  # a zero byte in the name, or half a character
        raise InputError(f"{named(path)} is no name of a file; give a file that can be read") from None
    _require_size(path, len(content), most)
    return content


def text_of(path: str | os.PathLike[str], *, most: int = MOST_DATA) -> str:
    """The text of a file in UTF-8, with or without a byte order mark, or in UTF-16 with one; lines end in a newline.

    raises InputError when the file is no text, or as `bytes_of` does
    """
    content = bytes_of(path, most=most)
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))  # what spreadsheets call "Unicode text"
    try:
        text = content.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{named(path)}: byte {error.start} is no UTF-8 text; save the file as UTF-8") from None
    if "\0" in text:
        raise InputError(f"{named(path)} is no text file: it holds zero bytes; give a text file")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def toml_in(text: str, path: str | os.PathLike[str]) -> dict[str, Any]:
    """The table that the TOML in `text` is. Raises InputError with `path`, line and reason; `path` is not opened."""
    import tomllib

    _require_size(path, len(text), MOST_TEXT)
    _require_shallow(text, path)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        where = line.group(1) if line else str(text.count("\n") + 1)
        raise InputError(f"{named(path)}, line {where}: {str(error).split(' (at ')[0]}; write TOML") from None
    except (ValueError, RecursionError, OverflowError) as error:  # such as a date of the 32nd
        raise InputError(f"{named(path)}: {error}; write TOML") from None


def json_in(text: str, path: str | os.PathLike[str]) -> Any:
    """What the JSON in `text` says. Raises InputError with `path` and reason; `path` is not opened."""
    _require_size(path, len(text), MOST_JSON)
    require_memory(_BYTES_A_LETTER * len(text), f"reading {named(path)}")
    brackets = (_DEEPER[found[0]] for found in _BRACKETS.finditer(text) if found[0] in _DEEPER)
    if any(level > MOST_LEVELS for level in accumulate(brackets)):
        raise InputError(
            f"{named(path)} has more than {MOST_LEVELS} levels of brackets; give the file as it was written"
        )
    try:
        return json.loads(text, parse_constant=_no_constant, parse_int=_whole)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{named(path)} is no JSON: {error}; give the file as it was written") from None


def within(folder: Path, name: str) -> Path:
    """The file called `name` in `folder`; a name that a file holds never leads out of its folder.

    raises InputError for a name that is absolute, has '..' in it, or is none
    """
    if not is_inside(name):
        raise InputError(f"{said(name)} is no name of a file in {named(folder)}; give one without '..' or a first '/'")
    return folder / name


def is_inside(name: object) -> bool:
    """Whether `name` is a relative one of files below a folder, in the same letters on every system."""
    if not isinstance(name, str) or not name.isprintable() or set(name) & set('\\:*?"<>|'):
        return False
    parts = name.split("/")
    return all(part.strip(". ") and len(os.fsencode(part)) <= 255 for part in parts)


def path_of(value: Any, error: type[Exception] = InputError) -> Path:
    """A path, given as text or as a Path. Raises `error` for anything else, such as the number of an open file."""
    try:
        found = os.fspath(value)
    except TypeError:
        found = b""
    if not isinstance(found, str):
        raise error(f"{said(value)} is no path; give the name of a file or folder as text")
    return Path(found)


def named(path: str | os.PathLike[str]) -> str:
    """A path as a message shows it: printable, on one line, and its last characters where it is long."""
    text = " ".join(printable(os.fspath(path)).split("\n"))
    return text if len(text) <= _SHOWN else f"...{text[-_SHOWN:]}"


def _require_regular(path: str | os.PathLike[str], mode: int) -> None:
    if stat.S_ISREG(mode):
        return
    kinds = {stat.S_IFDIR: "a folder", stat.S_IFIFO: "a pipe", stat.S_IFCHR: "a device", stat.S_IFBLK: "a device"}
    kind = kinds.get(stat.S_IFMT(mode), "no file")
    raise InputError(f"{named(path)} is {kind}; give a file that can be read, saved on a disk")


def _require_size(path: str | os.PathLike[str], n_bytes: int, most: int) -> None:
    if n_bytes > most:
        came = f"has {n_bytes / MiB:.3g} MiB" if n_bytes != most + 1 else "is larger"
        raise InputError(f"{named(path)} {came}; at most {most / MiB:.3g} MiB are read; give a smaller file")


# What the limits of TOML need: strings and comments are passed over, whatever they hold. An alternative that
# has begun always matches (a string without an end reaches to the end), so that no part is gone through twice.
_TOKENS = re.compile(
    r'"""(?:[^\\]|\\.|\\\Z)*?(?:"""|\Z)'
    r"|'''.*?(?:'''|\Z)"
    r'|"(?:[^"\\\n]|\\.)*+"?'
    r"|'[^'\n]*'?|#[^\n]*"
    r"|(?P<open>[\[{])|(?P<close>[\]}])|(?P<dot>\.)|(?P<digits>\d[\d_]*)|(?P<end>[=,:\n])",
    re.DOTALL,
)


_BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\[\]{}]', re.DOTALL)  # of JSON, and strings, to pass over what is in them
_DEEPER = {"[": 1, "{": 1, "]": -1, "}": -1}


def _require_shallow(text: str, path: str | os.PathLike[str]) -> None:
    """Raise InputError when the text is too deep, or holds a number of too many digits."""
    level = dots = 0
    for token in _TOKENS.finditer(text):
        kind = token.lastgroup
        if kind == "open":
            level, dots = level + 1, 0
        elif kind == "close":
            level, dots = level - 1, 0
        elif kind == "end":
            dots = 0
        elif kind == "dot":
            dots += 1
        elif kind == "digits" and token.end() - token.start() > MOST_DIGITS:
            n_digits = token.end() - token.start()
            _refuse(text, token.start(), path, f"a number of {n_digits} digits; at most {MOST_DIGITS} are read")
        if level > MOST_LEVELS:
            _refuse(text, token.start(), path, f"more than {MOST_LEVELS} levels of brackets; write it flatter")
        if dots > MOST_DOTS:
            _refuse(text, token.start(), path, f"a name of more than {MOST_DOTS} dots; write a shorter one")


def _refuse(text: str, at: int, path: str | os.PathLike[str], reason: str) -> NoReturn:
    line = text.count("\n", 0, at) + 1
    raise InputError(f"{named(path)}, line {line}: {reason}")


def _whole(digits: str) -> int:
    if len(digits) > MOST_DIGITS:
        raise ValueError(f"a number of {len(digits)} digits; at most {MOST_DIGITS} are read")
    return int(digits)


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number of JSON")
