"""What a terminal or a pipe is given: no markup out of names, no control characters, no character that it lacks."""

import json
import os
import re
import subprocess
from dataclasses import replace

import pytest
from command_line import NARROW, PLASTICITY, plasticity, plasticity_here, plasticity_on_a_terminal
from rich.text import Text

from plasticity.cli import terminal
from plasticity.quiz import LECTURE, ask

PAIR = ("ask", "--rule", "pair_stdp", "--pre", "10,30", "--post", "15,35")
NAMES = ["[/x]", "[red]x[/red]", "a\\x1b[2Jb", "\\u202eevil", "a\\u009b2Jb", ":smile:"]
ESCAPES = re.compile(r"\x1b\[[0-9;]*m")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("options", [["--explain"], ["--rule", "all"], ["--json"], ["--unbounded"]])
def test_a_name_out_of_a_file_is_shown_as_it_is_and_obeyed_by_nobody(tmp_path, name, options):
    (tmp_path / "q.toml").write_text(
        f'rule = "pair_stdp"\n[trains]\npre_ms = [10, 30]\npost_ms = [15]\n'
        f'[[question]]\nname = "{name.replace("x1b", "u001b")}"\nwithout = ["pre:1"]\n'
    )
    done = plasticity_here("ask", str(tmp_path / "q.toml"), *options)
    assert (done.returncode, done.stderr) == (0, "")
    assert all(line.isprintable() for line in done.stdout.splitlines())
    if options == ["--json"]:
        found = json.loads(done.stdout)["what_if"][0]["name"]
        assert found == name.encode().decode("unicode_escape")
    else:
        assert f"what if: {name}".replace("\\u009b", "\\x9b") in done.stdout


@pytest.mark.parametrize("name", ["[/x]", "[bold]x", "a\x1b[2Jb"])
def test_a_folder_may_be_called_like_markup(tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    done = plasticity_here(*PAIR, "--out", name)
    assert (done.returncode, done.stderr) == (0, "") and (tmp_path / name / "answer.json").is_file()
    assert done.stdout.splitlines()[-1] == f"{name}: picture, caption and ledger".replace("\x1b", "\\x1b")


def test_an_experiment_may_ask_in_what_looks_like_markup(tmp_path, monkeypatch):
    from plasticity import runs
    from plasticity.plugins import Offer
    from plasticity.runs import discovery

    ours = runs.EXPERIMENTS["backprop_graph"]
    claims = (replace(ours.claims[0], sentence="[/red] [bold]"),)
    odd = replace(ours, name="odd", question="Is [/x] markup?", claims=claims)
    monkeypatch.setattr(discovery, "_own", lambda: {"odd": Offer("odd", "us", lambda: odd)})
    for line in ("list", "show odd", f"run odd --quick --out {tmp_path / 'out'}"):
        done = plasticity_here(*line.split())
        assert (done.returncode, done.stderr) == (0, ""), done.stderr
        assert "Is [/x] markup?" in done.stdout and "\x1b" not in done.stdout


@pytest.mark.parametrize("kind", [str, Text], ids=lambda kind: kind.__name__)
def test_a_console_lets_no_control_character_through(kind, capsys):
    terminal.console().print(kind("a\x1b[2Jb\x9bc"))
    assert capsys.readouterr().out == "a\\x1b[2Jb\\x9bc\n"


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_a_terminal_without_a_character_gets_a_replacement(tmp_path, encoding):
    env = NARROW | {"PYTHONIOENCODING": encoding}
    done = plasticity(tmp_path, "quiz", "and-gate", "not-gate", "--lang", "he", env=env, text=False)
    assert (done.returncode, done.stderr) == (0, b"") and done.stdout.decode(encoding).startswith("and-gate")
    found = plasticity(tmp_path, "quiz", "and-gate", "--lang", "he", "--json", env=env, text=False)
    assert (found.returncode, found.stderr) == (0, b"")
    question = json.loads(found.stdout.decode(encoding))[0]["question"]
    assert question == next(ask([LECTURE["and-gate"]])).as_object("he")["question"]
    bad = plasticity(tmp_path, "show", "\u05d0\u05d1", env=env, text=False)
    assert bad.returncode == 2 and b"Traceback" not in bad.stderr and bad.stderr.count(b"\n") == 1


def test_a_run_is_told_on_a_terminal_of_few_characters(tmp_path):
    env = NARROW | {"PYTHONIOENCODING": "ascii"}
    run = plasticity(tmp_path, "run", "backprop_graph", "--quick", "--out", "out", env=env, text=False)
    assert (run.returncode, run.stderr) == (0, b"") and b"backprop_graph" in run.stdout


COLOURS = [
    {"FORCE_COLOR": "1"},
    {"TTY_COMPATIBLE": "1"},
    {"FORCE_COLOR": "1", "NO_COLOR": "1"},
    {"NO_COLOR": "1"},
    {"TERM": "dumb"},
    {"FORCE_COLOR": "1", "TERM": "dumb"},
    {"TTY_INTERACTIVE": "1", "FORCE_COLOR": "3", "COLORTERM": "truecolor"},
]


@pytest.mark.parametrize("around", COLOURS, ids=str)
def test_variables_change_colours_and_nothing_else(tmp_path, around, monkeypatch):
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    lines = [("ask", *PAIR[1:], "--explain"), ("quiz", "invert-output"), ("quiz", "and-gate", "--json")]
    plain = [plasticity_here(*line) for line in lines]
    for name, value in around.items():
        monkeypatch.setenv(name, value)
    for line, before in zip(lines, plain, strict=True):
        after = plasticity_here(*line)
        assert (after.returncode, after.stderr) == (0, "")
        assert ESCAPES.sub("", after.stdout) == before.stdout
        assert "--json" not in line or after.stdout == before.stdout


@pytest.mark.parametrize("around", [COLOURS[k] for k in (1, 2, 4, 6)], ids=str)
def test_progress_is_of_a_terminal_whatever_the_variables_say(tmp_path, around):
    line = ("quiz", "and-gate")
    done, saw = plasticity_on_a_terminal(tmp_path, *line, **around)
    assert done.returncode == 0 and "and-gate" in done.stdout and "computing" not in done.stdout
    if around.get("TERM") == "dumb":
        assert saw.strip() == "the quiz"
    else:
        assert "the quiz" in saw and "\x1b[" in saw
    assert plasticity(tmp_path, *line, env=NARROW | around).stderr == ""
    assert plasticity_on_a_terminal(tmp_path, *line, "--json", **around)[1] == ""


LINES = ["list", "--help", "show stdp_window", "ask --help", "quiz and-gate not-gate", "quiz and-gate --json"]


def to_nobody(folder, *arguments):
    """Run `plasticity` into a pipe whose reader has left already."""
    reading, writing = os.pipe()
    os.close(reading)
    done = plasticity(folder, *arguments, stdout=writing)
    os.close(writing)
    return done


@pytest.mark.parametrize("line", LINES)
def test_a_reader_that_leaves_ends_it_well(tmp_path, line):
    done = to_nobody(tmp_path, *line.split())
    assert (done.returncode, done.stderr) == (0, "")


def test_the_first_line_of_a_list_is_had_in_a_shell_that_looks_at_every_status(tmp_path):
    command = f"set -o pipefail; '{PLASTICITY[0]}' -m plasticity.cli list | head -1"
    done = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr, done.stdout.count("\n")) == (0, "", 1)
    assert done.stdout.startswith("experiments")


def test_what_was_to_be_done_is_done_when_the_reader_leaves(tmp_path):
    done = to_nobody(tmp_path, "run", "backprop_graph", "--quick", "--out", "out")
    assert (done.returncode, done.stderr) == (0, "") and (tmp_path / "out" / "manifest.json").is_file()
    (tmp_path / "out" / "arrays.npz").unlink()
    assert to_nobody(tmp_path, "rerun", "out").returncode == 2


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_a_closed_stream_is_no_error(tmp_path, closed):
    command = f"'{PLASTICITY[0]}' -m plasticity.cli show pair_stdp {closed}"
    done = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_terminal_that_does_not_know_its_width_gets_the_answer_all_the_same(monkeypatch):
    monkeypatch.setenv("COLUMNS", "0")

    done = plasticity_here(*PAIR)

    assert "the weight goes from 0.5" in done.stdout
