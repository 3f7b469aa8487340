"""A folder is written whole or not at all, replaces nothing unasked, and only what is ours is removed."""

import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from plasticity import files
from plasticity.errors import ArgumentError, InputError, LeftoverWarning, OutputError, UnknownName
from plasticity.files import drafts, leftovers, renaming

HERE = Path(__file__).parent
MANIFEST = files.MANIFESTS["run"]
CONTENTS = {"a.csv": b"a\n1\n", "part/b.csv": b"b\n2\n"}


def whole(contents=CONTENTS, kind="run"):
    """The contents with their manifest."""
    return files.sealed(kind, {}, contents)


def content(folder):
    """{name: bytes} of all files below a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def folder(tmp_path):
    """A folder of ours."""
    files.write_folder(tmp_path / "out", "run", whole())
    return tmp_path / "out"


@pytest.mark.parametrize("steps", ["one", "two"])
@pytest.mark.parametrize(
    ("what", "mode"),
    [(what, mode) for what in ("KILL", "TERM", "INT", "intruder") for mode in ("fresh", "overwrite")]
    + [("twice", "overwrite")],
)
def test_whatever_happens_at_any_step_nothing_is_lost_or_half_written(what, mode, steps):
    command = [sys.executable, str(HERE / "killed.py"), what, mode, steps]
    # Thousands of small files go faster through memory, where there is such a place.
    place = {"TMPDIR": "/dev/shm"} if os.access("/dev/shm", os.W_OK) else {}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | place)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["wrong"] == [] and told["steps"] > 30


RACER = """
import sys
from pathlib import Path
import click
from plasticity import files
from plasticity.cli import run_command
from plasticity.files import drafts, renaming

name, mode, steps = sys.argv[1:]
if steps == "two":
    renaming.moved = renaming.exchanged = lambda source, target: False
write = drafts.Draft.write

def write_and_wait(draft, contents, held):
    write(draft, contents, held)
    print("ready", flush=True)
    sys.stdin.readline()

drafts.Draft.write = write_and_wait

@click.command()
def command():
    contents = {"a.csv": name.encode()}
    files.check_free(Path("out"), "run", overwrite=mode == "overwrite")
    files.write_folder(
        Path("out"), "run", files.sealed("run", {}, contents), overwrite=mode == "overwrite"
    )

run_command(command, [])
"""


def raced(folder, mode, steps):
    """Two processes that write one folder at the same time; returns (exit status, stderr) of each."""
    start = [sys.executable, "-c", RACER]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    racers = [subprocess.Popen([*start, name, mode, steps], cwd=folder, **pipes) for name in ("one", "other")]
    for racer in racers:
        assert racer.stdout.readline() == "ready\n", racer.communicate()
    for racer in racers:
        racer.stdin.write("go\n")
        racer.stdin.flush()
    said = [racer.communicate()[1] for racer in racers]
    return [(racer.returncode, text) for racer, text in zip(racers, said, strict=True)]


@pytest.mark.parametrize("steps", ["one", "two"])
def test_of_two_writers_of_a_new_folder_exactly_one_wins_and_the_other_says_so(tmp_path, steps):
    ends = raced(tmp_path, "fresh", steps)
    assert sorted(status for status, _ in ends) == [0, 2], ends
    winner, loser = sorted(range(2), key=lambda k: ends[k][0])
    assert ends[winner][1] == "" and "out exists by now" in ends[loser][1] and ends[loser][1].count("\n") == 1
    assert content(tmp_path / "out")["a.csv"] == (b"one", b"other")[winner]
    assert os.listdir(tmp_path) == ["out"]


def test_of_two_writers_that_may_replace_each_other_one_is_left(tmp_path):
    files.write_folder(tmp_path / "out", "run", whole())
    assert raced(tmp_path, "overwrite", "one") == [(0, ""), (0, "")]
    assert content(tmp_path / "out")["a.csv"] in (b"one", b"other")
    assert os.listdir(tmp_path) == ["out"]


def test_the_look_at_a_folder_waits_until_nobody_exchanges_it(folder, monkeypatch):
    other, waited = os.open(folder.parent, os.O_RDONLY), []
    fcntl.flock(other, fcntl.LOCK_EX)
    monkeypatch.setattr(drafts.time, "sleep", lambda _: waited.append(fcntl.flock(other, fcntl.LOCK_UN)))
    files.check_free(folder, "run", overwrite=True)
    os.close(other)
    assert waited


@pytest.mark.parametrize("steps", ["one", "two"])
def test_not_even_an_empty_folder_is_replaced_unasked(tmp_path, monkeypatch, steps):
    if steps == "two":
        monkeypatch.setattr(renaming, "moved", lambda source, target: False)
    (tmp_path / "out").mkdir()
    before = (tmp_path / "out").stat().st_ino
    with pytest.raises(OutputError, match="exists by now"):
        files.write_folder(tmp_path / "out", "run", whole())
    assert (tmp_path / "out").stat().st_ino == before and not list((tmp_path / "out").iterdir())


def test_what_a_dead_process_left_is_reported_and_cleared_by_the_next_look(tmp_path):
    code = RACER.replace("sys.stdin.readline()", "import os; os.kill(os.getpid(), 9)")
    subprocess.run([sys.executable, "-c", code, "x", "fresh", "one"], cwd=tmp_path, capture_output=True, check=False)
    (left,) = tmp_path.iterdir()
    with pytest.warns(LeftoverWarning, match=r"process \d+ ended while it wrote out; what it left is removed"):
        files.check_free(tmp_path / "other", "run")
    assert not left.exists()


def test_a_draft_whose_writer_lives_is_let_alone(tmp_path):
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen([sys.executable, "-c", RACER, "x", "fresh", "one"], cwd=tmp_path, **pipes) as writer:
        assert writer.stdout.readline() == "ready\n"
        assert leftovers.recover(tmp_path) == []
        writer.communicate("go\n")
    assert writer.returncode == 0 and content(tmp_path / "out")["a.csv"] == b"x"


@pytest.mark.parametrize("call", ["mkdir", "open"])
def test_what_another_command_clears_in_the_instant_in_which_it_is_made_is_made_again(tmp_path, monkeypatch, call):
    made, cleared, clearing = getattr(os, call), list[list[str]](), list[bool]()

    def made_and_cleared(path, *arguments):
        found = made(path, *arguments)
        if ".plasticity-" in str(path) and len(cleared) < 2 and not clearing:
            clearing.append(True)
            cleared.append(leftovers.recover(tmp_path))
            clearing.clear()
        return found

    monkeypatch.setattr(os, call, made_and_cleared)
    files.check_free(tmp_path / "out", "run")
    files.write_folder(tmp_path / "out", "run", whole())
    assert cleared == [[], []] and content(tmp_path / "out") == whole() and os.listdir(tmp_path) == ["out"]


@pytest.mark.parametrize("overwrite", [False, True])
def test_all_is_on_the_disk_before_the_folder_gets_its_name(tmp_path, monkeypatch, overwrite):
    """A loss of power after any step finds either folder whole."""
    files.write_folder(tmp_path / ("out" if overwrite else "other"), "run", whole())
    done, sync, rename, unlink = [], os.fsync, renaming._renamed, os.unlink
    monkeypatch.setattr(os, "fsync", lambda descriptor: done.append(os.fstat(descriptor).st_ino) or sync(descriptor))
    monkeypatch.setattr(renaming, "_renamed", lambda *names: done.append("named") or rename(*names))
    monkeypatch.setattr(os, "unlink", lambda path: done.append("removed") or unlink(path))
    files.write_folder(tmp_path / "out", "run", whole(), overwrite=overwrite)
    at = done.index("named")
    paths = [tmp_path / "out", *(tmp_path / "out").rglob("*")]
    assert {path.stat().st_ino for path in paths} <= set(done[:at])
    assert tmp_path.stat().st_ino in done[at : done.index("removed")]


def test_a_draft_of_another_machine_is_told_of_and_left(tmp_path, monkeypatch):
    code = RACER.replace("sys.stdin.readline()", "import os; os.kill(os.getpid(), 9)")
    subprocess.run([sys.executable, "-c", code, "x", "fresh", "one"], cwd=tmp_path, capture_output=True, check=False)
    monkeypatch.setattr(leftovers, "machine", lambda: {"host": "another", "boot": "another"})
    (line,) = leftovers.recover(tmp_path)
    assert "or has ended; if it has, give any command there" in line and len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("name", [".plasticity-0123abcd", ".plasticity-notes", ".plasticity-0123abcd.txt"])
def test_a_folder_of_that_name_that_is_not_ours_is_let_alone(tmp_path, name):
    (tmp_path / name).mkdir()
    (tmp_path / name / "thesis.txt").write_text("mine")
    assert leftovers.recover(tmp_path) == [] and content(tmp_path) == {f"{name}/thesis.txt": b"mine"}


def test_a_new_folder_holds_all_files_with_the_usual_rights(folder):
    assert content(folder) == whole() and os.listdir(folder.parent) == ["out"]
    (folder.parent / "usual").mkdir()
    (folder.parent / "file").write_text("")
    assert folder.stat().st_mode == (folder.parent / "usual").stat().st_mode
    assert (folder / "a.csv").stat().st_mode == (folder.parent / "file").stat().st_mode


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


@pytest.mark.parametrize("handler", [signal.SIG_IGN, lambda number, frame: None], ids=["ignored", "handled"])
def test_a_signal_that_stops_nothing_stops_no_writing(tmp_path, monkeypatch, handler):
    write = drafts.Draft.write
    monkeypatch.setattr(drafts.Draft, "write", lambda *of: signal.raise_signal(signal.SIGTERM) or write(*of))
    before = signal.signal(signal.SIGTERM, handler)
    try:
        files.write_folder(tmp_path / "out", "run", whole())
        assert signal.getsignal(signal.SIGTERM) == handler
    finally:
        signal.signal(signal.SIGTERM, before)
    assert content(tmp_path / "out") == whole()


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


def test_when_writing_fails_the_folders_above_are_gone_again(tmp_path):
    with pytest.raises(OutputError):
        files.write_folder(tmp_path / "new" / "er" / "out", "run", whole({"a": b"1", "a/b": b"2"}))
    assert list(tmp_path.iterdir()) == []


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
        with pytest.raises(UnknownName, match="kind of folder .* known: answer, gallery, run"):
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
