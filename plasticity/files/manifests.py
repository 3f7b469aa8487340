"""The manifest of a folder of ours: what we wrote there, each with its hash, and hashes of the manifest's own parts.

A folder is ours when it holds such a manifest, and only what it lists, unchanged, is ever removed. The hashes tell
what was changed by mistake; they are no signature, and who means to deceive can compute them anew.
"""

import hashlib
import json
import os
import re
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from plasticity.errors import ArgumentError, InputError, said, unknown
from plasticity.files.reading import MOST_JSON, bytes_of, is_inside, json_in, named, path_of, text_of

MANIFESTS = {"run": "manifest.json", "gallery": "manifest.json", "sweep": "manifest.json", "answer": "answer.json"}
# A package that we begin is not ours afterwards: its own file says what it is, and none of it is ever replaced.
MANIFESTS |= {"check": "check.json", "package": "pyproject.toml"}
_WRITER = "plasticity"
_SEAL, _SEALED = "hashes", "sha256"  # the hash of each other part; the hash of these hashes
_AGAIN = "run the experiment again"


def sealed(kind: str, about: Mapping[str, Any], contents: Mapping[str, bytes]) -> dict[str, bytes]:
    """The contents of a folder, and with them its manifest.

    kind     : of MANIFESTS, which says what the manifest is called
    about    : what else it says, plain data
    contents : {name, with '/' for folders: content}
    raises UnknownName for another kind, ArgumentError for a content that is no bytes, or data that JSON does not have
    """
    name = manifest_of(kind)
    for file, content in contents.items():
        if not isinstance(content, bytes):
            raise ArgumentError(f"the content of {said(file)} is {said(content)}; bytes are allowed")
    hashes = {name: digest(content) for name, content in sorted(contents.items())}
    facts = {"written_by": _WRITER, "kind": kind, **about, "files": hashes}
    try:
        seal = {key: _digest_of(value) for key, value in facts.items()}
    except (TypeError, ValueError, RecursionError) as error:
        raise ArgumentError(f"the manifest of {a(kind)} cannot be written: {error}; plain data are allowed") from error
    return {**contents, name: as_bytes({**facts, _SEAL: seal, _SEALED: _digest_of(seal)})}


def manifest_of(kind: str) -> str:
    """What the manifest of such a folder is called. Raises UnknownName, which lists the kinds."""
    if not isinstance(kind, str) or kind not in MANIFESTS:
        raise unknown("kind of folder", kind, MANIFESTS)
    return MANIFESTS[kind]


def read_manifest(folder: Path, kind: str) -> dict[str, Any]:
    """The manifest of a folder of ours of one `kind`.

    raises InputError, with file and reason, when it is missing, malformed, or not as it was written
    """
    path = path_of(folder) / manifest_of(kind)
    try:
        facts = json_in(text_of(path, most=MOST_JSON), path)
    except InputError as error:
        raise InputError(f"{error}; give the folder of {a(kind)}, or {_AGAIN}") from None
    _require_ours(facts, path)
    changed = sorted(
        {key for key in facts if facts[_SEAL].get(key) != _digest_of(facts[key])} - {_SEAL, _SEALED}
        | facts[_SEAL].keys() - facts.keys()
    )
    if changed:
        raise InputError(f"{named(path)}: {listed(changed)} changed since it was written; {_AGAIN}")
    if facts[_SEALED] != _digest_of(facts[_SEAL]):
        raise InputError(f"{named(path)}: its hashes changed since it was written; {_AGAIN}")
    for name in facts["files"]:
        if not is_inside(name):
            raise InputError(f"{named(path)} lists {said(name)}, which is no name of a file in its folder; {_AGAIN}")
    if facts["kind"] != kind:
        raise InputError(
            f"{named(path)} is that of {said(facts['kind'])}, not of {a(kind)}; give the folder of {a(kind)}"
        )
    return facts


def changed(folder: Path, facts: Mapping[str, Any]) -> list[str]:
    """The files that the manifest lists and that are missing or not as they were written, sorted."""
    return [name for name in sorted(facts["files"]) if not _is_unchanged(folder / name, facts["files"][name])]


def strangers(folder: Path, facts: Mapping[str, Any]) -> list[str]:
    """What is in the folder and is not ours: what the manifest does not list, and files that were changed."""
    others = [name for name, is_ours in _sorted_out(folder, facts) if not is_ours]
    return [f"{name} (changed)" if name in facts["files"] else name for name in others]


def remove(folder: Path, facts: Mapping[str, Any]) -> None:
    """Remove from a folder what its manifest lists, unchanged, then folders that are empty, then the manifest.

    Other files stay where they are. The manifest goes last, so that a removal that is cut short can be gone on with.
    """
    found = _sorted_out(folder, facts)
    for name, is_ours in found:
        if is_ours and name in facts["files"]:
            os.unlink(folder / name)
    for name in sorted(_folders_of(facts), reverse=True):
        _remove_empty(folder / name)
    if all(is_ours for _, is_ours in found):
        os.unlink(folder / MANIFESTS[facts["kind"]])
    _remove_empty(folder)


def a(kind: str) -> str:
    """'a run', 'an answer'."""
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def digest(content: bytes) -> str:
    """The SHA-256 of a file's content."""
    return hashlib.sha256(content).hexdigest()


def as_bytes(data: Any) -> bytes:
    """Plain data as JSON text; numbers that are none are refused, because JSON has none."""
    return (json.dumps(data, indent=2, ensure_ascii=False, allow_nan=False) + "\n").encode("utf-8")


def _require_ours(facts: Any, path: Path) -> None:
    kinds = {"written_by": str, "kind": str, "files": dict, _SEAL: dict, _SEALED: str}
    missing = [key for key, kind in kinds.items() if not (isinstance(facts, dict) and isinstance(facts.get(key), kind))]
    if missing or facts["written_by"] != _WRITER:
        lacks = f"lacks {', '.join(missing)}" if missing else f"was written by {said(facts['written_by'])}"
        raise InputError(f"{named(path)} is no manifest of ours: it {lacks}; {_AGAIN}")
    odd = [name for name, value in facts["files"].items() if not re.fullmatch("[0-9a-f]{64}", str(value))]
    if odd:
        raise InputError(f"{named(path)} has no hash for {said(odd[0])}; {_AGAIN}")


def _digest_of(value: Any) -> str:
    """The hash of plain data, however it is laid out in its file."""
    return digest(json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False).encode("ascii"))


def _is_unchanged(path: Path, expected: str | None) -> bool:
    """Whether a file has the content of that hash; it is not read where there is none."""
    if expected is None:
        return False
    try:
        return stat.S_ISREG(os.lstat(path).st_mode) and digest(bytes_of(path)) == expected
    except (OSError, InputError):
        return False


def _sorted_out(folder: Path, facts: Mapping[str, Any]) -> list[tuple[str, bool]]:
    """The name of all that is in a folder, and whether it is ours and unchanged; links are never ours."""
    above, found = _folders_of(facts), []
    for name, entry in _entries(folder, above):
        if entry.is_dir(follow_symlinks=False):
            is_ours = name in above
        else:
            is_ours = name == MANIFESTS[facts["kind"]] or _is_unchanged(folder / name, facts["files"].get(name))
        found.append((name, is_ours))
    return sorted(found)


def _entries(folder: Path, above: set[str], prefix: str = "") -> Iterator[tuple[str, os.DirEntry[str]]]:
    """All that is in a folder, by name; of folders within, only those that are in `above` are looked into."""
    with os.scandir(folder) as entries:
        for entry in entries:
            name = f"{prefix}{entry.name}"
            yield name, entry
            if name in above and entry.is_dir(follow_symlinks=False):
                yield from _entries(folder / entry.name, above, f"{name}/")


def _folders_of(facts: Mapping[str, Any]) -> set[str]:
    """The folders within, in which the listed files are."""
    return {str(parent) for name in facts["files"] for parent in Path(name).parents} - {"."}


def _remove_empty(folder: Path) -> None:
    try:
        os.rmdir(folder)
    except OSError:  # it is not empty, or gone
        pass


def listed(names: list[str]) -> str:
    shown = ", ".join(said(name).strip("'") for name in names[:5])
    return shown if len(names) <= 5 else f"{shown} and {len(names) - 5} more"
