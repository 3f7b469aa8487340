"""Every command, as a process, with hostile text for its options and arguments: a clear line, never a traceback."""

import random
import subprocess
import sys
from collections.abc import Iterator

import click
import pytest

from plasticity.cli import COMMANDS, commands

EVERY = {name: commands.get_command(click.Context(commands), name) for name in COMMANDS}

N_PROCESSES = 60
# Text that a person, a script or an attacker may type. A process cannot be given a null character.
HOSTILE = (
    "", " ", "x", "-1", "0", "nan", "inf", "1e999", "1e-400", "0e" + "9" * 5000, "9" * 5000, "1,2", "10,5",
    "10 V", "10V",
    "[/x]", "[red]x[/red]", "\x1b[2J", "\x1b]0;title\x07", "\u202etxt", "\u05d0", "a\nb", "../../evil", "/",
    "/dev/null",
        "/dev/zero", "'", '"', "$(id)", "%s%n", "--", "pre:1", "pre:" + "9" * 5000, "x=1", "=", "w0=nan", "\ud800",
    "y" * 5000,
)  # fmt: skip
# What makes a command work, but for the hostile part: short ones only.
BASE = {
    "ask": ["--rule", "pair_stdp", "--pre", "10", "--post", "15"],
    "show": ["pair_stdp"],
    "run": ["backprop_graph", "--quick"],
    "quiz": ["and-gate"],
    "rerun": ["nowhere"],
    "gallery": ["taken"],  # a file: a gallery of all experiments takes minutes
}


def attempts() -> Iterator[tuple[str, ...]]:
    """Every command with every hostile text in the place of every option and argument."""
    for name, command in sorted(EVERY.items()):
        base = BASE.get(name, [])
        for parameter in command.params:
            for text in HOSTILE:
                if isinstance(parameter, click.Argument):
                    yield (name, text) if name != "gallery" else (name, "taken", text)
                elif not parameter.is_flag:
                    yield (name, *base, parameter.opts[0], text)


def chosen() -> list[tuple[str, ...]]:
    """Some attempts on every command, drawn once for all."""
    drawn = random.Random(0).sample(every := list(attempts()), len(every))
    one_each = {arguments[0]: arguments for arguments in reversed(drawn)}
    return list(dict.fromkeys([*one_each.values(), *drawn]))[:N_PROCESSES]


CHOSEN = chosen()


@pytest.mark.parametrize("arguments", CHOSEN, ids=range(N_PROCESSES))
def test_a_command_answers_or_says_in_one_line_why_not(arguments, tmp_path):
    (tmp_path / "taken").write_text("mine")
    typed = [part.encode("utf-8", "surrogateescape") if "\ud800" not in part else b"\xff" for part in arguments]
    done = subprocess.run(
        [sys.executable, "-m", "plasticity.cli", *typed], cwd=tmp_path, capture_output=True, check=False
    )
    said = done.stderr.decode("utf-8", "replace")

    assert done.returncode in (0, 1, 2) and "Traceback" not in said, said
    for stream in (said, done.stdout.decode("utf-8", "replace")):
        assert not any(c in stream for c in "\x1b\x07\u202e"), ascii(stream)
    if done.returncode:
        assert 0 < len(said) < 3000 and said.startswith("Error: ") and said.count("\n") == 1, ascii(said)
    assert (tmp_path / "taken").read_text() == "mine"


def test_every_command_is_tried():
    assert {arguments[0] for arguments in CHOSEN} >= {name for name, c in EVERY.items() if c.params}
