"""C++ programs that are kept: runs that differ in numbers alone use one.

Brian2 writes numbers into what it has compiled: parameters, seeds, the duration, how many spikes are given. Here they
are taken out into a file that the program reads when it starts, as it reads arrays. What is left is compiled, and kept
under the hash of all of it, of the compiler and of the machine; a number that was not taken out is in the hash, so that
no two runs are mixed. A program counts as code: it lies in a folder of this user alone, or is not kept. It is written
whole or not at all, and read with a hash of itself and its name; whatever is broken or foreign is compiled anew.
"""

import contextlib
import hashlib
import os
import platform
import re
import subprocess
import tempfile
import time
from pathlib import Path

import numpy as np

from plasticity.files.private import private_folder
from plasticity.progress import tell
from plasticity.spiking import compiling
from plasticity.spiking.targets import compiler

FOLDER = "programs"
MOST_KEPT = 100  # programs: our choice; each takes a fifth of a megabyte to one
_NUMBERS, _PROGRAM, _DRAFT = "plasticity_numbers", "main", "draft_"
_ABANDONED = 24 * 3600.0  # seconds after which nobody is still writing a draft
_SEAL = hashlib.sha256().digest_size  # bytes at the end of a program, which it does not mind
_NUMBER = r"(-? ?(?:INFINITY|\d+(?:\.\d*)?(?:e[+-]?\d+)?))"
# Where Brian2 writes numbers that are none of the structure: what comes before, the number, what comes behind
_PLACES = {
    "main.cpp": (
        rf"(_array_\w+\[[0i]\] = ){_NUMBER}(;)",
        r"(_dynamic_array_\w+\.resize\()(\d+)(\);)",
        rf"(\w+\.run\(){_NUMBER}(, \w+, )",
        r"(\.seed\()(\d+)L( \+ _i\);)",
    ),
    "objects.cpp": (
        r"(const int _num__static_array_\w+ = )(\d+)(;)",
        r"(_static_array_\w+ = new \w+\[)(\d+)(\];)",
        r"(_static_array_\w+\), )(\d+)(\*sizeof\()",
        r"(_dynamic_array_\w+\.resize\()(\d+)(\);)",
        r"(for\(int i=0; i<)(\d+)(; i\+\+\) _dynamic_array_\w+\[i\] = )",
    ),
}
_DECLARED = "#include <cstddef>\ndouble plasticity_number(size_t which);\n"
_DEFINED = f"""
double plasticity_number(size_t which)
{{
    static std::vector<double> numbers;
    if (numbers.empty())
    {{
        std::ifstream file("{_NUMBERS}", std::ios::in | std::ios::binary);
        double number;
        while (file.read(reinterpret_cast<char*>(&number), sizeof(number)))
            numbers.push_back(number);
    }}
    return numbers.at(which);
}}
"""


def kept_in() -> Path | None:
    """The folder in which programs are kept; None where there is no safe one."""
    return private_folder(FOLDER)


def prepare(folder: str) -> None:
    """Make the program of what Brian2 has written into a folder, or take the one that is kept."""
    source = Path(folder)
    _take_numbers_out(source)
    kept, name = kept_in(), _name(source)
    found = _read(kept / name, name) if kept else None
    if found is None:
        tell("compiling and running C++", 0.0)
        compiling.make(folder)
        if kept:
            _keep(kept, name, (source / _PROGRAM).read_bytes())
        return
    tell("running C++", 0.0)
    (source / _PROGRAM).write_bytes(found)
    (source / _PROGRAM).chmod(0o700)


def _take_numbers_out(source: Path) -> None:
    numbers: list[float] = []

    def number(match: re.Match[str]) -> str:
        before, text, behind = match.groups()
        numbers.append(float(text.replace(" ", "").replace("INFINITY", "inf")))
        cast = "(size_t)" if text.isdigit() else ""  # lengths must be whole numbers
        return f"{before}{cast}plasticity_number({len(numbers) - 1}){behind}"

    for name, places in _PLACES.items():
        text = (source / name).read_text(encoding="utf-8")
        for place in places:
            text = re.sub(place, number, text)
        defined = _DEFINED if name == "objects.cpp" else ""
        (source / name).write_text(_DECLARED + text + defined, encoding="utf-8")
    (source / _NUMBERS).write_bytes(np.array(numbers).tobytes())


def _name(source: Path) -> str:
    """The hash of all that decides what is compiled."""
    found = hashlib.sha256()
    paths = [path for path in source.rglob("*") if path.suffix in (".cpp", ".h") or path.name == "makefile"]
    for path in sorted(paths):
        found.update(f"{path.relative_to(source)}\0{path.stat().st_size}\0".encode())
        found.update(path.read_bytes())
    for about in (*_machine(), *(os.environ.get(name, "") for name in ("CPATH", "CPLUS_INCLUDE_PATH", "LIBRARY_PATH"))):
        found.update(f"\0{about}".encode())
    return found.hexdigest()


def _machine() -> tuple[str, ...]:
    """The compiler with its version, and the processor with what it can do: some flags compile for that alone."""
    path = compiler()
    said = subprocess.run([path, "--version"], capture_output=True, check=False, stdin=subprocess.DEVNULL).stdout
    can = ""
    with contextlib.suppress(OSError):
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
        can = next((line for line in lines if line.startswith(("flags", "Features"))), "")
    return path, said.decode("utf-8", "replace"), platform.machine(), platform.libc_ver()[1], can


def _read(path: Path, name: str) -> bytes | None:
    """A program that is kept, unless it is broken, or not this one."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with open(descriptor, "rb") as file:
            found = file.read()
        os.utime(path)  # the one that was used last is removed last
    except OSError:
        return None
    program, seal = found[:-_SEAL], found[-_SEAL:]
    return program if seal == _seal(program, name) else None


def _keep(kept: Path, name: str, program: bytes) -> None:
    """Write a program whole or not at all; where that cannot be, it is compiled again the next time."""
    with contextlib.suppress(OSError):
        descriptor, draft = tempfile.mkstemp(prefix=_DRAFT, dir=kept)
        try:
            with open(descriptor, "wb") as file:
                file.write(program + _seal(program, name))
                file.flush()
                os.fsync(file.fileno())
            os.replace(draft, kept / name)
        except OSError:
            os.unlink(draft)
            raise
        _remove_oldest(kept)


def _remove_oldest(kept: Path) -> None:
    """Remove what is too much, and drafts whose writers have died."""
    ages = {path: path.lstat().st_mtime for path in kept.iterdir()}
    drafts = [path for path in ages if path.name.startswith(_DRAFT)]
    programs = sorted(ages.keys() - drafts, key=ages.__getitem__)
    old = [path for path in drafts if ages[path] < time.time() - _ABANDONED]
    for path in [*programs[: max(0, len(programs) - MOST_KEPT)], *old]:
        with contextlib.suppress(OSError):
            path.unlink()


def _seal(program: bytes, name: str) -> bytes:
    return hashlib.sha256(name.encode() + program).digest()
