"""Every failure is one line and a status: 2 for what the person can mend, 1 for the rest; never a traceback."""

import os
import warnings

import click
import pytest
from command_line import plasticity, plasticity_here

from plasticity.cli.options import Command
from plasticity.errors import PlasticityWarning, RuleError

LONG = "x" * 10_000


def failing(error):
    """A command that fails so."""

    @click.command(cls=Command)
    def command():
        raise error

    return command


FAULTS = {
    "our own fault": (RuntimeError("of ours"), 1, "a fault of plasticity, or of a package that it uses: RuntimeError"),
    "no text": (KeyError(), 1, ": KeyError (test_failures.py, line "),
    "many lines": (ValueError("a\nb\x1b[2J\n" + "c" * 9000), 1, "ValueError: a b\\x1b[2J ccc"),
    "the end of a file": (EOFError("no data"), 1, "EOFError: no data"),
    "recursion": (RecursionError("too deep"), 1, "RecursionError"),
    "a wrong rule": (RuleError("not\nso"), 2, "Error: not so"),
    "memory": (MemoryError(), 2, "the memory is used up"),
    "a file": (
        FileNotFoundError(2, "No such file or directory", "x.csv"),
        2,
        "'x.csv': No such file or directory; give",
    ),
    "a long file": (OSError(36, "File name too long", LONG), 2, "File name too long; give another file or folder"),
    "a full disk": (OSError(28, "No space left on device"), 1, "No space left"),
    "a usage": (click.UsageError(LONG), 2, "xxx..."),
}


@pytest.mark.parametrize("kind", FAULTS)
def test_a_failure_is_one_short_line_with_its_status(kind):
    error, status, words = FAULTS[kind]
    done = plasticity_here(command=failing(error))
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (status, "", 1), done.stderr
    assert done.stderr.startswith("Error: ") and words in done.stderr and len(done.stderr) < 800
    assert done.stderr.removesuffix("\n").isprintable()


def test_ctrl_c_is_stopped():
    done = plasticity_here(command=failing(KeyboardInterrupt()))
    assert (done.returncode, done.stderr.strip()) == (130, "Stopped.")


def test_who_asks_for_the_place_of_a_fault_gets_the_traceback(monkeypatch):
    monkeypatch.setenv("PLASTICITY_TRACEBACK", "1")
    done = plasticity_here(command=failing(RuntimeError("of ours")))
    assert done.returncode == 1 and "Traceback" in done.stderr and done.stderr.splitlines()[-1].startswith("Error: a f")


def test_a_warning_is_one_line_once_even_where_warnings_are_errors():
    @click.command()
    def command():
        for text in ("one\ntwo", "one\ntwo", "three\x1b[2J"):
            warnings.warn(text, PlasticityWarning, stacklevel=1)

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        done = plasticity_here(command=command)
    assert (done.returncode, done.stderr) == (0, "Warning: one two\nWarning: three\\x1b[2J\n")


PAIR = ["ask", "--rule", "pair_stdp", "--pre", "1", "--post", "2"]
LONG_LINES = [
    [LONG],
    [f"--{LONG}"],
    ["show", LONG],
    ["list", LONG],
    ["ask", "--rule", LONG, "--pre", "1", "--post", "2"],
    ["ask", "--rule", "pair_stdp", "--pre", LONG, "--post", "2"],
    ["ask", LONG],
    [*PAIR, "--w0", LONG],
    [*PAIR, "--repeat", LONG],
    [*PAIR, "--repeat", "2", "--every", LONG],
    [*PAIR, "--without", LONG],
    [*PAIR, "--move", LONG],
    [*PAIR, "--out", LONG],
    [*PAIR, "--out", "new", "--format", LONG],
    ["quiz", LONG],
    ["quiz", "--section", LONG],
    ["quiz", "--lang", LONG],
    ["quiz", "--seed", LONG],
    ["quiz", "--target", LONG],
    ["run", LONG],
    ["run", "stdp_window", "--set", LONG],
    ["run", "stdp_window", "--set", f"{LONG}=1"],
    ["run", "stdp_window", "--set", f"n_lags={LONG}"],
    ["run", "stdp_window", "--quick", "--out", LONG],
    ["run", "stdp_window", "--format", LONG],
    ["rerun", LONG],
    ["gallery", LONG],
    ["gallery", "new", "--format", LONG],
    ["doctor", LONG],
]


@pytest.mark.parametrize("line", LONG_LINES, ids=lambda line: " ".join(word[:12] for word in line))
@pytest.mark.parametrize("sign", ["x", "\x1b[2J", "\u202e", "\udcff", "[/x]"])
def test_what_came_is_shown_cut_and_printable(tmp_path, monkeypatch, line, sign):
    monkeypatch.chdir(tmp_path)
    done = plasticity_here(*(word.replace(LONG, (sign * 10_000)[:10_000]) for word in line))
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1), done.stderr[:500]
    assert done.stderr.startswith("Error: ") and len(done.stderr) < 1600
    assert done.stderr.removesuffix("\n").isprintable() and not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "line", ["run stdp_window --quick", "run stdp_window --quick --out new", "quiz mutual-pair", "rerun results/x"]
)
def test_in_a_folder_that_does_not_exist_any_more_what_needs_one_is_told_the_cure(tmp_path, line):
    (tmp_path / "gone").mkdir()
    arguments = line.split()
    done = plasticity(tmp_path / "gone", *arguments, preexec_fn=lambda: os.rmdir(tmp_path / "gone"))
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1), done.stderr
    assert "give a" in done.stderr or "change to one that does" in done.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("line", ["list", "show pair_stdp", "ask --rule pair_stdp --pre 10 --post 15", "quiz and-gate"])
def test_what_needs_no_folder_works_in_one_that_does_not_exist_any_more(tmp_path, line):
    (tmp_path / "gone").mkdir()
    done = plasticity(tmp_path / "gone", *line.split(), preexec_fn=lambda: os.rmdir(tmp_path / "gone"))
    assert (done.returncode, done.stderr) == (0, "") and done.stdout
