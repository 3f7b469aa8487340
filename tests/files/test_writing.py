"""A folder is written whole or not at all, and replaces nothing unasked, whoever else writes or dies meanwhile."""

import fcntl
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from our_folders import content, whole

from plasticity import files
from plasticity.errors import LeftoverWarning, OutputError
from plasticity.files import drafts, leftovers, renaming

HERE = Path(__file__).parent


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


def test_when_writing_fails_the_folders_above_are_gone_again(tmp_path):
    with pytest.raises(OutputError):
        files.write_folder(tmp_path / "new" / "er" / "out", "run", whole({"a": b"1", "a/b": b"2"}))
    assert list(tmp_path.iterdir()) == []
