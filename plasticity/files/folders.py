"""Folders written whole or not at all: no name is replaced unasked, and only what a manifest of ours lists is removed.

Whenever the process is killed, the old folder or the new one has the name; see `plasticity.files.drafts`.
"""

import os
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from plasticity.errors import ArgumentError, InputError, LeftoverWarning, OutputError, PlasticityError
from plasticity.files import manifests, renaming
from plasticity.files.drafts import Draft, draft, turn, unnamed
from plasticity.files.holding import Held, held
from plasticity.files.leftovers import recover, synced
from plasticity.files.manifests import MANIFESTS
from plasticity.files.reading import is_inside, named, path_of

_LONGEST_NAME = 255  # bytes of one part of a path, on every common file system


def check_free(folder: Path, kind: str, *, overwrite: bool | None = False) -> None:
    """Raise OutputError when `folder` cannot be written, or exists; clears what dead processes left beside it.

    overwrite : allow a folder that holds what its manifest lists, unchanged, and nothing else, or nothing at all;
                None of a command that never replaces one
    kind      : what is to be written, such as 'run'; only a folder of the same kind may be replaced

    The name may be taken after the look: `write_folder` looks again, in the one step in which the folder appears.
    """
    folder = path_of(folder, OutputError)
    manifests.manifest_of(kind)  # refuses a kind that is none
    with _failing(folder):
        target = _placed(folder)
        report_leftovers(target.parent)
        if os.path.lexists(target):
            if not overwrite:
                cure = "" if overwrite is None else f", or --overwrite to replace {manifests.a(kind)}"
                raise OutputError(f"{named(folder)} exists; give another folder{cure}")
            # Not while another process exchanges it: half of the old folder and half of the new one are neither.
            with turn(target.parent, Held()):
                if os.path.lexists(target):
                    _require_replaceable(target, kind, folder)
        above = next(parent for parent in target.parents if os.path.lexists(parent))
        probe = unnamed(above)
        os.mkdir(probe)
        with suppress(FileNotFoundError):  # another command took it for what a dead process left
            os.rmdir(probe)


def write_folder(folder: Path, kind: str, contents: Mapping[str, bytes], *, overwrite: bool = False) -> None:
    """Write all files into a new folder at once: until the last is on the disk, nothing changes under its name.

    kind     : what the folder is, as its manifest says
    contents : {name, with '/' for folders: content}, as `sealed` gives them, its manifest among them
    raises OutputError when that fails, or the name is taken, and leaves what was there; `overwrite` as in `check_free`
    """
    folder = path_of(folder, OutputError)
    _require_manifest(contents, kind)
    with _failing(folder), held() as signals:
        target = _placed(folder)
        _require_names(contents)
        with _parents(target.parent), draft(target, contents) as made:
            made.write(contents, signals)
            signals.heed()
            with turn(target.parent, signals):
                if not (overwrite and _replaced(made, kind, folder)):
                    _appear(made, folder)
            synced(made.hidden)
            synced(target.parent)


def report_leftovers(folder: Path) -> None:
    """Clear what dead processes left in `folder`, with a warning that says what was found and done."""
    for line in recover(folder):
        warnings.warn(line, LeftoverWarning, stacklevel=3)


def _appear(made: Draft, folder: Path) -> None:
    """Give the new folder its name, which nobody may have."""
    try:
        if renaming.moved(made.new, made.target):
            return
        made.claim.touch()
        with _undone(lambda: os.unlink(made.claim)):
            os.mkdir(made.target)  # fails where the name is taken
        os.rename(made.new, made.target)  # fails where somebody has put a file into it meanwhile
    except OSError as error:
        if os.path.lexists(made.target):
            raise OutputError(
                f"{named(folder)} exists by now: it appeared after the start; nothing is replaced; give another folder"
            ) from error
        raise


def _replaced(made: Draft, kind: str, folder: Path) -> bool:
    """Let the new folder take the place of one of ours; False when nothing has the name."""
    if not os.path.lexists(made.target):
        return False
    _require_replaceable(made.target, kind, folder)
    if renaming.exchanged(made.new, made.target):
        # Between the look and the exchange somebody may have put a file there.
        with _undone(lambda: renaming.exchanged(made.new, made.target)):
            _require_replaceable(made.new, kind, folder)
        return True
    os.rename(made.target, made.old)  # when what follows fails, clearing the draft gives it its name again
    _require_replaceable(made.old, kind, folder)
    os.rename(made.new, made.target)
    return True


@contextmanager
def _undone(undo: Callable[[], object]) -> Iterator[None]:
    """Call `undo` when what is inside fails."""
    try:
        yield
    except BaseException:
        undo()
        raise


def _require_replaceable(target: Path, kind: str, folder: Path) -> None:
    """Raise OutputError unless all that is in `target` was written by us and is unchanged; it is shown as `folder`."""
    if os.path.islink(target):
        raise OutputError(f"{named(folder)} is a link, which is not replaced; give the folder that it leads to")
    if not os.path.isdir(target):
        raise OutputError(f"{named(folder)} exists and is no folder; give another folder")
    if _is_current(target):
        raise OutputError(f"{named(folder)} is the folder that you are in; give another folder, or leave it first")
    held_there = sorted(os.listdir(target))
    if not held_there:
        return
    try:
        facts = manifests.read_manifest(target, kind)
    except InputError as error:
        has_none = MANIFESTS[kind] not in held_there
        reason = f"it has no {MANIFESTS[kind]}" if has_none else str(error).rpartition("; ")[0]
        raise OutputError(
            f"{named(folder)} exists and is no {kind} of ours: it holds {manifests.listed(held_there)} ({reason}); "
            "give another folder"
        ) from None
    others = manifests.strangers(target, facts)
    if others:
        raise OutputError(
            f"{named(folder)} holds what no {kind} of ours wrote: {manifests.listed(others)}; "
            "move it elsewhere, or give another folder"
        )


def _is_current(target: Path) -> bool:
    with suppress(OSError):  # the current folder is gone
        return Path.cwd().is_relative_to(target.resolve())
    return False


def _require_manifest(contents: Mapping[str, bytes], kind: str) -> None:
    """Raise ArgumentError for contents without their manifest: the folder could not be told from those of others."""
    name = manifests.manifest_of(kind)
    if name not in contents or not all(isinstance(content, bytes) for content in contents.values()):
        raise ArgumentError(f"the contents of {manifests.a(kind)} are not what 'sealed' gives: bytes, with {name}")


def _require_names(contents: Mapping[str, bytes]) -> None:
    odd = [name for name in contents if not is_inside(name)]
    if odd:
        raise OutputError(f"{odd[0]!r} cannot be the name of a file in a folder; name it in letters, digits, '_'")


def _placed(folder: Path) -> Path:
    """The whole path of a folder, with a name of its own at the end."""
    try:
        target = folder.absolute()
    except FileNotFoundError:
        raise OutputError(
            f"{named(folder)} cannot be written: the current folder does not exist any more; change to one that does"
        ) from None
    if target.name in ("", ".."):
        target = target.resolve()
    with suppress(FileNotFoundError, NotADirectoryError):
        os.lstat(target)  # refused where the whole path is too long
    longest = max((len(os.fsencode(part)) for part in target.parts), default=0)
    if longest > _LONGEST_NAME:
        raise OutputError(
            f"{named(folder)} has a name of {longest} bytes; at most {_LONGEST_NAME}; give another folder"
        )
    return target


@contextmanager
def _parents(folder: Path) -> Iterator[None]:
    """Make a folder and those above it; when what is inside fails, those that were made are gone again."""
    missing = [path for path in (folder, *folder.parents) if not os.path.lexists(path)]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path in missing:
            synced(path.parent)
        yield
    except BaseException:
        for path in missing:
            with suppress(OSError):  # somebody uses it by now
                os.rmdir(path)
        raise


@contextmanager
def _failing(folder: Path) -> Iterator[None]:
    """What the system refuses becomes an OutputError that names the folder."""
    try:
        yield
    except PlasticityError:
        raise
    except OSError as error:
        reason = error.strerror or error
        raise OutputError(f"{named(folder)} cannot be written: {reason}; give another folder") from error
    except ValueError as error:  # a zero byte in the name
        raise OutputError(f"{named(folder)} cannot be written: {error}; give another folder") from error
