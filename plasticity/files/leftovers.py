"""What a writer leaves beside the folder that it writes, and how it is put right when the writer has died.

    .plasticity-0123abcd/    beside the folder that is being written
        writer.json          who writes, and what; locked as long as the writer lives
        new/                 the new folder until it gets its name; after an exchange, the folder that had the name
        claim                only where two names cannot be exchanged in one step: the name was taken by an empty folder
        old/                 only there: the folder that had the name

What is there tells how far the writer came, at any instant, so that clearing needs no notes of its own. A lock that the
system holds, not a number of a process, tells whether the writer lives: numbers are used again, and are others in a
container and on another machine.
"""

import errno
import os
import re
import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from plasticity.errors import InputError
from plasticity.files import manifests
from plasticity.files.reading import is_inside, json_in, named, text_of

try:
    import fcntl
except ImportError:  # a system without such locks: what a dead process left is reported, never cleared
    fcntl = None  # type: ignore[assignment]

WRITER = "writer.json"
_NAME = re.compile(r"\.plasticity-[0-9a-f]{8}")


def recover(folder: Path) -> list[str]:
    """Clear what writers that died left in `folder`; a line for each that says what was found and done."""
    said = []
    try:
        names = [name for name in os.listdir(folder) if _NAME.fullmatch(name)]
    except OSError:  # it is not there, or we may not look
        return []
    for name in sorted(names):
        with suppress(OSError, InputError):  # gone meanwhile, or not ours to clear
            said += _recovered(folder / name)
    return said


def _recovered(hidden: Path) -> list[str]:
    """Clear one draft, if its writer is dead, and say so."""
    if not stat.S_ISDIR(os.lstat(hidden).st_mode):
        return []
    try:
        descriptor = os.open(hidden / WRITER, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
    except FileNotFoundError:  # made in this instant, or all but removed; what is not empty stays
        os.rmdir(hidden)
        return []
    try:
        plan = _plan(hidden)
        if not locked(descriptor):
            return []
        if plan and all(plan[key] != value for key, value in machine().items()):
            # Some file systems of clusters keep locks to one machine: from here nobody can tell whether it lives.
            return [
                f"{named(hidden)}: process {plan['pid']} on {plan['host']} writes {plan['target']}, or has ended; "
                "if it has, give any command there, or remove that hidden folder"
            ]
        done = clear(hidden)
    finally:
        os.close(descriptor)
    if not plan:  # it had written nothing yet; or has begun in this instant, and will begin again
        return []
    return [f"{named(hidden.parent)}: process {plan['pid']} ended while it wrote {plan['target']}; {done}"]


def machine() -> dict[str, str]:
    """This machine, by a name that may change, and by what it is called until it is started anew."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        boot = ""
    return {"host": os.uname().nodename if hasattr(os, "uname") else "", "boot": boot}


def _plan(hidden: Path) -> dict[str, Any]:
    """What the writer said of itself; {} when it did not come so far."""
    kinds = {"pid": int, "host": str, "boot": str, "target": str, "inode": int, "files": list}
    try:
        plan = json_in(text_of(hidden / WRITER), hidden / WRITER)
    except InputError:
        return {}
    fits = isinstance(plan, dict) and all(isinstance(plan.get(key), kind) for key, kind in kinds.items())
    return plan if fits and _is_name(plan["target"]) and all(is_inside(name) for name in plan["files"]) else {}


def _is_name(name: str) -> bool:
    """Whether a name is that of something in the same folder."""
    return name not in ("", ".", "..") and not set(name) & {"/", "\0"}


def clear(hidden: Path) -> str:
    """Put right what a writer left, and remove its draft; called by whoever holds its lock. Says what was done."""
    plan, said = _plan(hidden), "what it left is removed"
    if _is_there(hidden / "old") and _is_draft(hidden / "new", plan):
        # It died, or failed, between two steps: the name gets its old folder back.
        with suppress(OSError):  # another folder has the name by now
            os.rename(hidden / "old", hidden.parent / plan["target"])  # over an empty folder at most
            said = "the earlier folder has its name again"
        if _is_there(hidden / "old"):
            return f"its name was taken meanwhile, and the folder that had it is kept: {named(hidden / 'old')}"
    elif _is_there(hidden / "claim") and _is_draft(hidden / "new", plan):
        with suppress(OSError):
            os.rmdir(hidden.parent / plan["target"])  # an empty folder at most
    if _is_there(hidden / "new"):
        _remove_new(hidden / "new", plan)
    if _is_there(hidden / "old"):
        _remove_replaced(hidden / "old")
    with suppress(OSError):
        os.unlink(hidden / "claim")
    if _is_there(hidden / "new") or _is_there(hidden / "old"):
        return f"the folder that it replaced holds files that are not ours and is kept: {named(hidden)}"
    os.unlink(hidden / WRITER)
    os.rmdir(hidden)
    synced(hidden.parent)
    return said


def _is_draft(new: Path, plan: Mapping[str, Any]) -> bool:
    """Whether a folder is the one that the writer made: it has not got its name, nor been exchanged."""
    if not plan or not _is_there(new):
        return False
    found = os.lstat(new)
    return stat.S_ISDIR(found.st_mode) and found.st_ino == plan["inode"]


def _remove_new(new: Path, plan: Mapping[str, Any]) -> None:
    """Remove the draft of a folder; or the folder that was replaced, when it is that."""
    if not _is_draft(new, plan):
        _remove_replaced(new)
        return
    names = plan["files"]
    for name in names:
        with suppress(FileNotFoundError, NotADirectoryError):
            os.unlink(new / name)
    for folder in sorted({new / parent for name in names for parent in Path(name).parents} | {new}, reverse=True):
        with suppress(OSError):
            os.rmdir(folder)


def _remove_replaced(folder: Path) -> None:
    """Remove what the manifest of a folder lists; what it does not list stays, and the folder with it."""
    with suppress(OSError):  # it was empty, or all but removed
        os.rmdir(folder)
        return
    for kind in manifests.MANIFESTS:
        with suppress(InputError, OSError):  # it is of another kind, or gone by now
            manifests.remove(folder, manifests.read_manifest(folder, kind))


def _is_there(path: Path) -> bool:
    return os.path.lexists(path)


def locked(descriptor: int) -> bool | None:
    """Take the lock of an open file or folder; False when another has it, None where there are no such locks."""
    if fcntl is None:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return None
    return True


def synced(folder: Path) -> None:
    """Let the disk have the names in a folder, so that a loss of power cannot undo them."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:  # a system that opens no folders
        return
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.EBADF, errno.ENOTSUP):  # a file system that syncs no folders
            raise
    finally:
        os.close(descriptor)
