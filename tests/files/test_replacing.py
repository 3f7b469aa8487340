"""A folder is replaced only when that was asked for and all in it is ours, and is named where it cannot be."""

import os
import shutil
from pathlib import Path

import pytest
from our_folders import MANIFEST, content, whole

from plasticity import files
from plasticity.errors import OutputError
from plasticity.files import renaming


@pytest.mark.parametrize("steps", ["one", "two"])
def test_an_existing_name_is_refused_whatever_it_is(tmp_path, monkeypatch, steps):
    if steps == "two":  # as on a system that has no such call
        monkeypatch.setattr(renaming, "moved", lambda source, target: False)
    (tmp_path / "file").write_text("mine")
    (tmp_path / "empty").mkdir()
    (tmp_path / "link").symlink_to("nowhere")
    before = content(tmp_path)
    for name in ("file", "empty", "link"):
        with pytest.raises(OutputError, match=f"{name} exists; give another folder, .* to replace an answer"):
            files.check_free(tmp_path / name, "answer")
        with pytest.raises(OutputError, match=f"{name} exists by now"):
            files.write_folder(tmp_path / name, "run", whole())
    assert content(tmp_path) == before and sorted(os.listdir(tmp_path)) == ["empty", "file", "link"]


def test_asked_to_overwrite_it_replaces_a_folder_of_ours_or_an_empty_one(folder):
    contents = {"new/c.csv": b"c\n"}
    files.check_free(folder, "run", overwrite=True)
    files.write_folder(folder, "run", whole(contents), overwrite=True)
    assert content(folder) == whole(contents)
    (folder.parent / "empty").mkdir()
    files.write_folder(folder.parent / "empty", "run", whole(contents), overwrite=True)
    assert content(folder.parent / "empty") == whole(contents)
    assert sorted(os.listdir(folder.parent)) == ["empty", "out"]


def add(name, text="mine"):
    """What puts a file into a folder."""
    return lambda folder: (folder / name).write_text(text)


def another_manifest(folder):
    (folder / MANIFEST).write_text('{"name": "my web app", "files": {}}')


def edited_manifest(folder):
    text = (folder / MANIFEST).read_text()
    (folder / MANIFEST).write_text(text.replace('"kind": "run"', '"kind": "run", "note": "mine"'))


def linked(folder):
    (folder / "a.csv").rename(folder.parent / "moved.csv")
    (folder / "a.csv").symlink_to("../moved.csv")


def linked_folder(folder):
    (folder / "part").rename(folder.parent / "moved")
    (folder / "part").symlink_to("../moved")


NOT_OURS = {
    "a file beside": (add("notes.txt"), "holds what no run of ours wrote: notes.txt"),
    "a file within": (add("part/notes.txt"), "part/notes.txt"),
    "a hidden file": (add(".git"), ".git"),
    "a folder": (lambda folder: (folder / "src").mkdir(), "wrote: src"),
    "an edited file": (add("a.csv"), r"wrote: a.csv \(changed\)"),
    "a link": (linked, r"a.csv \(changed\)"),
    "a link to a folder": (linked_folder, "wrote: part"),
    "another manifest": (
        another_manifest,
        "is no run of ours: it holds a.csv, manifest.json, part .* lacks written_by",
    ),
    "an edited manifest": (edited_manifest, "no run of ours.*note changed"),
    "no manifest": (lambda folder: (folder / MANIFEST).unlink(), "it holds a.csv, part .it has no manifest"),
    "a gallery": (
        lambda folder: add(MANIFEST, whole(kind="gallery")[MANIFEST].decode())(folder),
        "is that of 'gallery', not of a run",
    ),
}


@pytest.mark.parametrize("case", NOT_OURS)
@pytest.mark.parametrize("call", ["check", "write"])
def test_a_folder_with_anything_else_in_it_is_refused_with_the_list(folder, case, call):
    change, said = NOT_OURS[case]
    change(folder)
    before = content(folder)
    with pytest.raises(OutputError, match=said) as error:
        if call == "check":
            files.check_free(folder, "run", overwrite=True)
        else:
            files.write_folder(folder, "run", whole({"c.csv": b""}), overwrite=True)
    assert content(folder) == before and "\n" not in str(error.value)
    assert not any(name.startswith(".plasticity") for name in os.listdir(folder.parent))


def test_a_file_that_is_missing_from_a_folder_of_ours_does_not_make_it_another_s(folder):
    (folder / "a.csv").unlink()
    files.write_folder(folder, "run", whole({"c.csv": b""}), overwrite=True)
    assert content(folder) == whole({"c.csv": b""})


def test_a_long_list_is_cut(folder):
    for k in range(40):
        add(f"{k:02d}.txt")(folder)
    with pytest.raises(OutputError, match=r"00.txt, .*, 04.txt and 35 more"):
        files.check_free(folder, "run", overwrite=True)


def test_a_link_to_a_folder_of_ours_and_the_current_folder_are_not_replaced(folder, monkeypatch):
    (folder.parent / "link").symlink_to("out")
    with pytest.raises(OutputError, match="link is a link, which is not replaced; give the folder that it leads to"):
        files.check_free(folder.parent / "link", "run", overwrite=True)
    monkeypatch.chdir(folder)
    with pytest.raises(OutputError, match="is the folder that you are in"):
        files.check_free(Path("."), "run", overwrite=True)


@pytest.mark.parametrize("name", ["../evil", "/tmp/evil", "a/../../evil", "a\\b", "", "a\0b", "x" * 300])
def test_no_name_of_a_file_leads_out_of_the_folder(tmp_path, name):
    with pytest.raises(OutputError, match="cannot be the name of a file"):
        files.write_folder(tmp_path / "out", "run", whole({name: b""}))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["x" * 5000, "x" * 256, "a/" * 3000 + "x", "new/" + "x" * 300 + "/x", "a\0b"])
@pytest.mark.parametrize(
    "call", [lambda f: files.check_free(f, "run"), lambda f: files.write_folder(f, "run", whole())]
)
def test_a_place_that_cannot_have_a_folder_is_refused_and_nothing_is_made(tmp_path, name, call):
    with pytest.raises(OutputError, match="give another folder") as error:
        call(tmp_path / name)
    assert list(tmp_path.iterdir()) == [] and len(str(error.value)) < 500


def test_a_current_folder_that_is_gone_is_told(tmp_path, monkeypatch):
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    shutil.rmtree(tmp_path / "gone")
    with pytest.raises(OutputError, match="out cannot be written: the current folder does not exist any more"):
        files.check_free(Path("out"), "run")


def test_names_of_every_kind_can_be_those_of_a_folder(tmp_path):
    for name in ("x" * 255, "שלום 😀", "a:b*", "-", "new/er/out"):
        files.check_free(tmp_path / name, "run")
        files.write_folder(tmp_path / name, "run", whole())
        files.write_folder(tmp_path / name, "run", whole({"c.csv": b""}), overwrite=True)
        assert content(tmp_path / name) == whole({"c.csv": b""})
