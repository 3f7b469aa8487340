"""The folder of a sweep, which can be killed at any instant and be gone on with.

plan.json          what is swept, written first; locked as long as somebody works on it
points/000000.json a piece of its points, written whole as it is done
table.csv, arrays.npz, figure.png, caption.txt, manifest.json   at the end, the manifest last; then the rest goes
"""

import json
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from plasticity import files
from plasticity.errors import InputError, OutputError, said
from plasticity.files.leftovers import locked
from plasticity.provenance import versions
from plasticity.runs.sweeping.outcomes import Found, as_plain, from_plain

KIND = "sweep"
PLAN, POINTS, MANIFEST = "plan.json", "points", files.MANIFESTS[KIND]
_PIECE = re.compile(r"(\d{6,})\.json")
_PART = re.compile(r"\.[\w.-]+\.[0-9a-f]{8}\.part")  # of `files.write_file`, whose process was killed
_ANOTHER = "give another folder"


def check_new(folder: Path) -> None:
    """Raise OutputError for a folder that exists, or cannot be written."""
    if os.path.lexists(folder):
        is_begun = (folder / PLAN).exists()
        what = "holds a sweep that is not done; --resume goes on with it, or" if is_begun else "exists;"
        raise OutputError(f"{files.named(folder)} {what} {_ANOTHER}")
    files.check_free(folder, KIND)


def is_done(folder: Path, asked: Mapping[str, Any]) -> bool:
    """Whether the folder holds the same sweep, done. Raises InputError where it holds another, or none of ours."""
    if not (folder / MANIFEST).exists():
        return False
    facts = files.read_manifest(folder, KIND)
    _require_same(folder, {key: facts.get(key) for key in ("asked", "versions")}, asked)
    _remove_pieces(folder)  # of one that was killed between its last two steps
    return True


@contextmanager
def held_folder(folder: Path, asked: Mapping[str, Any]) -> Iterator[None]:
    """The folder while it is worked on: it is made with its plan, or its plan is looked at.

    raises InputError for that of another sweep; OutputError where it cannot be written, or somebody else works on it
    """
    plan = folder / PLAN
    _make(folder)
    if not plan.exists():
        _require_empty(folder)
        files.write_file(plan, files.as_bytes({"written_by": "plasticity", **_facts(asked)}))
    descriptor = os.open(plan, os.O_RDWR)
    try:
        if locked(descriptor) is False:
            raise OutputError(f"another process sweeps into {files.named(folder)}; wait for it, or {_ANOTHER}")
        kept = files.json_in(files.text_of(plan), plan)
        if not isinstance(kept, dict):
            raise InputError(f"{files.named(plan)} is no plan of a sweep; {_ANOTHER}")
        _require_same(folder, {key: kept.get(key) for key in ("asked", "versions")}, asked)
        _make(folder / POINTS)
        for part in (*folder.iterdir(), *(folder / POINTS).iterdir()):
            if _PART.fullmatch(part.name):
                part.unlink()
        yield
    finally:
        os.close(descriptor)


def write_piece(folder: Path, number: int, found: Found) -> None:
    """Write what came of a piece, whole."""
    facts = {
        "points": {str(k): as_plain(outcome) for k, outcome in found.outcomes.items()},
        "units": dict(found.units),
        "warnings": list(found.warnings),
    }
    files.write_file(folder / POINTS / f"{number:06d}.json", files.as_bytes(facts))


def read_pieces(folder: Path, points: Mapping[int, list[int]]) -> dict[int, Found]:
    """{piece: what came of it}, of those that are done.

    points : {piece: the numbers of its points}
    raises InputError for a file that is not as it was written
    """
    found = dict[int, Found]()
    for path in sorted((folder / POINTS).iterdir()):
        name = _PIECE.fullmatch(path.name)
        if name is None or int(name[1]) not in points:
            raise InputError(f"{files.named(path)} is no piece of this sweep; move it away")
        try:
            facts = files.json_in(files.text_of(path), path)
            outcomes = {int(k): from_plain(values) for k, values in facts["points"].items()}
            piece = Found(outcomes, dict(facts["units"]), tuple(facts["warnings"]))
        except (InputError, ValueError, TypeError, KeyError, AttributeError):
            piece = Found({}, {})
        if sorted(piece.outcomes) != sorted(points[int(name[1])]):
            raise InputError(f"{files.named(path)} is not as it was written; remove it, and it is computed again")
        found[int(name[1])] = piece
    return found


def finish(folder: Path, asked: Mapping[str, Any], about: Mapping[str, Any], contents: Mapping[str, bytes]) -> None:
    """Write the files of a sweep that is done, its manifest last, and remove the pieces."""
    sealed = files.sealed(KIND, {**_facts(asked), **about}, contents)
    for name in (*contents, MANIFEST):
        (folder / name).unlink(missing_ok=True)  # of a process that was killed while it did the same
        files.write_file(folder / name, sealed[name])
    _remove_pieces(folder)


def _facts(asked: Mapping[str, Any]) -> dict[str, Any]:
    return {"asked": dict(asked), "versions": versions()}


def _require_same(folder: Path, kept: Mapping[str, Any], asked: Mapping[str, Any]) -> None:
    """Raise InputError where what was asked, or what computes, was another."""
    now = json.loads(files.as_bytes(_facts(asked)))
    for key in ("versions", "asked"):
        then = kept[key]
        if not isinstance(then, dict):
            raise InputError(f"{files.named(folder)} holds no sweep of ours; {_ANOTHER}")
        for name in {**then, **now[key]}:
            if then.get(name) != now[key].get(name):
                was, wanted = said(then.get(name)), said(now[key].get(name))
                raise InputError(
                    f"{files.named(folder)} is of another sweep: {name} was {was}, and {wanted} now; {_ANOTHER}"
                )


def _require_empty(folder: Path) -> None:
    """Raise OutputError for a folder that holds anything but what a sweep that was killed at once leaves."""
    others = [path.name for path in folder.iterdir() if not _PART.fullmatch(path.name)]
    if others:
        raise OutputError(f"{files.named(folder)} holds no sweep, but {said(others[0])}; {_ANOTHER}")


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{files.named(folder)} cannot be written: {error.strerror}; {_ANOTHER}") from None


def _remove_pieces(folder: Path) -> None:
    """Remove the pieces and the plan of a sweep that is done."""
    if (folder / POINTS).is_dir():
        for path in list((folder / POINTS).iterdir()):
            if _PIECE.fullmatch(path.name) or _PART.fullmatch(path.name):
                path.unlink()
        (folder / POINTS).rmdir()
    (folder / PLAN).unlink(missing_ok=True)
