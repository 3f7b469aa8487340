"""Printed kernels as functions: compiled by Numba, kept for the next process; or as plain Python.

What Numba keeps is unpickled when it is loaded, so it counts as code: it lies in a folder of this user alone, or is not
kept. A kernel's folder is named after its source and all versions; what lies in it is weighed against a list of hashes
before it is loaded, and whatever is broken, foreign or half-written is made anew.
"""

import contextlib
import hashlib
import importlib.util
import os
import platform
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from plasticity.files.private import is_private, private_folder
from plasticity.progress import tell

FOLDER = "kernels"
MOST_KEPT = 200  # kernels: our choice; each takes about a tenth of a megabyte
_SOURCE, _SEALS = "kernel.py", "hashes.txt"
_HEAD = "import math\n\nimport numpy as np\n"


@lru_cache(maxsize=1)
def is_available() -> bool:
    """Whether there is a compiler: the extra `fast`, Numba."""
    return importlib.util.find_spec("numba") is not None


def functions(source: str, *, is_compiled: bool | None = None) -> Mapping[str, Callable[..., Any]]:
    """The functions that a printed source defines, by name.

    source      : definitions of functions, which know `np`, `math` and each other
    is_compiled : by default, whether there is a compiler
    """
    return _functions(source, is_available() if is_compiled is None else is_compiled)


@lru_cache(maxsize=256)
def _functions(source: str, is_compiled: bool) -> Mapping[str, Callable[..., Any]]:
    if not is_compiled:
        return _own(_executed(f"{_HEAD}\n{source}"))
    import numba

    whole = _decorated(source)
    folder = _folder_of(whole, numba.__version__)
    return {name: Kernel(name, whole, folder) for name in re.findall(r"^def (\w+)\(", source, re.MULTILINE)}


class Kernel:
    """A function that is compiled when it is first called, or loaded where it was kept."""

    def __init__(self, name: str, source: str, folder: Path | None) -> None:
        self.name, self.source, self.folder = name, source, folder
        self._ready: dict[tuple[Any, ...], Callable[..., Any]] = {}

    def __call__(self, *arguments: Any) -> Any:
        key = tuple((a.dtype.char, a.ndim) if isinstance(a, np.ndarray) else type(a) for a in arguments)
        found = self._ready.get(key)
        if found is None:
            found = self._ready[key] = self._made(arguments)
        return found(*arguments)

    def _made(self, arguments: tuple[Any, ...]) -> Callable[..., Any]:
        """The function, compiled for arguments of these types."""
        if self.folder is None:
            return self._compiled(_module(self.source, None), arguments)
        with _locked(self.folder) as is_ours:
            if not is_ours:
                return self._compiled(_module(self.source, None), arguments)
            _prepare(self.folder, self.source)
            try:
                found = self._compiled(_module(self.source, self.folder), arguments)
            except Exception:  # whatever unpickling happens to raise: what is kept is broken in spite of its hash
                _clear(self.folder)
                _prepare(self.folder, self.source)
                found = self._compiled(_module(self.source, self.folder), arguments)
            _seal(self.folder)
        return found

    def _compiled(self, module: ModuleType, arguments: tuple[Any, ...]) -> Callable[..., Any]:
        function = getattr(module, self.name)
        if not hasattr(function, "compile"):  # somebody has told Numba not to compile
            return function
        import numba

        if self.folder is None or not _is_kept(self.folder, self.name):
            tell("compiling", 0.0)
        function.compile(tuple(numba.typeof(argument) for argument in arguments))
        return function


def _decorated(source: str) -> str:
    """The source with every function of it compiled. No fast-math: it changes the rounding of the whole process."""
    head = f"{_HEAD}from numba import njit\n"
    return head + re.sub(r"^def ", '@njit(cache=IS_KEPT, error_model="numpy")\ndef ', source, flags=re.MULTILINE)


def _folder_of(source: str, version: str) -> Path | None:
    """Where a kernel is kept; None where nothing may be."""
    base = private_folder(FOLDER)
    if base is None:
        return None
    import llvmlite

    about = [source, version, llvmlite.__version__, np.__version__, sys.version, platform.machine()]
    folder = base / hashlib.sha256("\0".join(about).encode()).hexdigest()[:32]
    with contextlib.suppress(OSError):
        if not folder.exists():
            _remove_oldest(base)
            folder.mkdir(mode=0o700, exist_ok=True)
        if is_private(folder):
            return folder
    return None


def _prepare(folder: Path, source: str) -> None:
    """Leave in a kernel's folder what is sound, or its source alone."""
    text = source.replace("IS_KEPT", "True")
    path = folder / _SOURCE
    is_same = path.is_file() and not path.is_symlink() and path.read_bytes() == text.encode()
    if is_same and _hashes(folder) == _sealed(folder):
        return
    _clear(folder)
    descriptor, draft = tempfile.mkstemp(dir=folder)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    os.replace(draft, path)


def _clear(folder: Path) -> None:
    for item in folder.iterdir():
        if item.is_dir() and not item.is_symlink():
            shutil.rmtree(item, ignore_errors=True)
        elif item.name != "lock":
            item.unlink(missing_ok=True)


def _hashes(folder: Path) -> str:
    """The files that Numba keeps, each with its hash."""
    kept = sorted(path for path in folder.glob("__pycache__/*.nb*") if path.is_file())
    return "".join(f"{hashlib.sha256(path.read_bytes()).hexdigest()} {path.name}\n" for path in kept)


def _sealed(folder: Path) -> str:
    path = folder / _SEALS
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""


def _seal(folder: Path) -> None:
    if (found := _hashes(folder)) != _sealed(folder):
        descriptor, draft = tempfile.mkstemp(dir=folder)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(found)
        os.replace(draft, folder / _SEALS)


def _is_kept(folder: Path, name: str) -> bool:
    return any(folder.glob(f"__pycache__/kernel.{name}-*.nbc"))


def _remove_oldest(base: Path) -> None:
    """Leave room for one more kernel."""
    kept = sorted((path for path in base.iterdir() if path.is_dir()), key=lambda path: path.stat().st_mtime)
    for path in kept[: max(0, len(kept) - MOST_KEPT + 1)]:
        shutil.rmtree(path, ignore_errors=True)


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[bool]:
    """Hold a kernel's folder, so that two processes do not write it at once; False where that cannot be."""
    try:
        import fcntl
    except ImportError:  # not on Windows: there nothing is kept
        yield False
        return
    try:
        descriptor = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    except OSError:
        yield False
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield True
    finally:
        os.close(descriptor)


def _module(source: str, folder: Path | None) -> ModuleType:
    """The source as a module, with a folder in which Numba keeps what it makes, or without one."""
    if folder is None:
        return _executed(source.replace("IS_KEPT", "False"))
    module = _executed(source.replace("IS_KEPT", "True"), str(folder / _SOURCE), f"plasticity_kernel_{folder.name}")
    sys.modules[module.__name__] = module  # where what was kept looks for it
    return module


def _executed(source: str, path: str = "<kernel>", name: str = "plasticity_kernel") -> ModuleType:
    """The source, which we have printed from checked trees, as a module; `path`: where its text lies."""
    module = ModuleType(name)
    module.__file__ = path
    exec(compile(source, path, "exec"), module.__dict__)
    return module


def _own(module: ModuleType) -> dict[str, Callable[..., Any]]:
    return {name: item for name, item in vars(module).items() if callable(item) and not name.startswith("_")}
