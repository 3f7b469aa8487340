"""A manifest says what a folder of ours holds; one that was changed, or is none, is refused in one line."""

import json
import os

import pytest
from our_folders import CONTENTS, MANIFEST, whole

from plasticity import files
from plasticity.errors import ArgumentError, InputError, UnknownName

MANIFESTS = {
    "": "is no JSON",
    "[]": "lacks written_by",
    "[" * 100_000: "more than 50 levels",
    '{"files": 1' + "0" * 400 + "}": "a number of 401 digits",
    '{"written_by": "webpack", "kind": "run", "files": {}, "hashes": {}, "sha256": ""}': "was written by 'webpack'",
    '{"written_by": "plasticity", "kind": "run", "files": {"a": 1}, "hashes": {}, "sha256": ""}': "no hash for 'a'",
    '{"written_by": "plasticity", "kind": "run", "files": {}, "hashes": {}, "sha256": ""}': "changed since",
}


@pytest.mark.parametrize("text", MANIFESTS, ids=lambda text: text[:20])
def test_a_manifest_that_is_none_is_told_in_one_line(folder, text):
    (folder / MANIFEST).write_text(text)
    with pytest.raises(InputError, match=MANIFESTS[text]) as error:
        files.read_manifest(folder, "run")
    assert "\n" not in str(error.value)


def test_a_manifest_says_which_of_its_parts_was_changed(folder):
    facts = json.loads((folder / MANIFEST).read_text())
    for key in set(facts) - {"hashes", "sha256", "written_by"}:
        other = {**facts, key: {} if key == "files" else "answer"}
        (folder / MANIFEST).write_text(json.dumps(other))
        with pytest.raises(InputError, match=f"manifest.json: {key} changed since it was written"):
            files.read_manifest(folder, "run")
    (folder / MANIFEST).write_text(json.dumps(facts, indent=None))  # laid out otherwise, it says the same
    assert files.read_manifest(folder, "run")["kind"] == "run"


def test_a_manifest_whose_hashes_were_edited_too_is_refused(folder):
    facts = json.loads((folder / MANIFEST).read_text())
    facts["hashes"]["kind"] = "0" * 64
    (folder / MANIFEST).write_text(json.dumps(facts))
    with pytest.raises(InputError, match="manifest.json: (its hashes|kind) changed since it was written"):
        files.read_manifest(folder, "run")
    other = files.as_bytes("another")
    facts["hashes"] = {**json.loads(whole()[MANIFEST])["hashes"], "note": files.digest(other[:-1])}
    (folder / MANIFEST).write_text(json.dumps({**facts, "note": "another"}))
    with pytest.raises(InputError, match="manifest.json: its hashes changed since it was written"):
        files.read_manifest(folder, "run")


@pytest.mark.parametrize("kind", ["app", "", 3, []])
def test_a_kind_of_folder_that_is_none_is_refused(folder, kind):
    for call in (
        lambda: files.sealed(kind, {}, CONTENTS),
        lambda: files.check_free(folder, kind, overwrite=True),
        lambda: files.write_folder(folder, kind, whole(), overwrite=True),
        lambda: files.read_manifest(folder, kind),
    ):
        with pytest.raises(UnknownName, match="kind of folder .* known: answer, check, gallery, package, run"):
            call()


@pytest.mark.parametrize("contents", [{}, {"a": b""}, {MANIFEST: "text"}, {**whole(), "a.csv": None}])
def test_contents_without_a_manifest_or_of_no_bytes_are_refused(tmp_path, contents):
    with pytest.raises(ArgumentError, match="not what 'sealed' gives"):
        files.write_folder(tmp_path / "out", "run", contents)
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("about", [{"x": float("nan")}, {"x": {1, 2}}, {"x": b"y"}])
def test_what_json_does_not_have_is_in_no_manifest(about):
    with pytest.raises(ArgumentError, match="plain data are allowed"):
        files.sealed("run", about, CONTENTS)
    with pytest.raises(ArgumentError, match="bytes are allowed"):
        files.sealed("run", {}, {"a": "text"})


def test_numbers_that_are_none_are_not_written():
    with pytest.raises(ValueError):
        files.as_bytes({"a": float("nan")})


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "x" * 5000, "a\0b", "\x1b[2J"])
def test_a_manifest_that_lists_files_elsewhere_is_refused(folder, name):
    (folder / MANIFEST).write_bytes(whole({name: b""})[MANIFEST])
    with pytest.raises(InputError, match="which is no name of a file in its folder") as error:
        files.read_manifest(folder, "run")
    assert len(str(error.value)) < 500 and "\x1b" not in str(error.value)
