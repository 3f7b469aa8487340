"""What a shell offers on Tab: asked as click's scripts for bash, zsh and fish ask, and quickly."""

import os
import subprocess
import sys

import pytest
from click.shell_completion import BashComplete
from command_line import PLASTICITY, plasticity_here

from plasticity.cli import commands
from plasticity.neurons import NEURONS
from plasticity.protocols import PROTOCOLS
from plasticity.quiz.contents import QUESTIONS
from plasticity.rules import RULES
from plasticity.runs import EXPERIMENTS


def offered(monkeypatch, line):
    """What bash is told for a line whose last word is incomplete."""
    monkeypatch.setenv("COMP_WORDS", f"plasticity {line}")
    monkeypatch.setenv("COMP_CWORD", str(len(line.split(" "))))
    told = BashComplete(commands, {}, "plasticity", "_PLASTICITY_COMPLETE").complete()
    return [item.removeprefix("plain,") for item in told.split("\n") if item]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("sho", ["show"]),
        ("show pair_st", ["pair_stdp"]),
        ("run std", ["stdp_window"]),
        ("quiz mut", ["mutual-pair"]),
        ("quiz --section gr", ["gradient"]),
        ("quiz mine", ["file,mine"]),
        ("sweep std", ["stdp_window"]),
        ("sweep my.t", ["file,my.t"]),
        ("verify pair_stdp triplet_s", ["triplet_stdp"]),
        ("verify pair_stdp pair_s", []),
        ("ask --rule al", ["all"]),
        ("ask --rule pair_stdp --set tau_p", ["tau_plus=20ms"]),
        ("ask --set tau_p", []),
        ("ask --rule nothing --set tau_p", []),
        ("ask --variant soft", ["soft_bounds"]),
        ("ask --conventions ne", ["nest"]),
        ("run stdp_window --set w0", ["w0=0.5"]),
        ("run stdp_window --format s", ["svg"]),
        ("export adex --to br", ["brian2"]),
        ("export pair_stdp --set tau_p", ["tau_plus=20ms"]),
        ("explorer --rule calcium_b", ["calcium_bistable"]),
        ("new ru", ["rule"]),
        ("gallery page --only ne", ["neurons"]),
    ],
)
def test_a_name_is_completed(monkeypatch, line, expected):
    assert offered(monkeypatch, line) == expected


def test_show_offers_every_record(monkeypatch):
    names = {name for held in (RULES, NEURONS, PROTOCOLS, EXPERIMENTS) for name in held}
    assert names <= set(offered(monkeypatch, "show "))
    assert set(QUESTIONS) == set(offered(monkeypatch, "quiz "))


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_is_told_quickly_and_without_what_is_heavy(shell, tmp_path):
    code = (
        "import sys, time, atexit\n"
        "heavy = {'brian2', 'matplotlib', 'numba', 'scipy'}\n"
        "atexit.register(lambda: print(time.process_time(), *heavy & set(sys.modules), file=sys.stderr))\n"
        "from plasticity.cli import main; main()"
    )
    typed = {"COMP_WORDS": "plasticity quiz mut", "COMP_CWORD": "mut" if shell == "fish" else "2"}
    asked = os.environ | typed | {"_PLASTICITY_COMPLETE": f"{shell}_complete"}
    done = subprocess.run([sys.executable, "-c", code], env=asked, capture_output=True, text=True, check=False)

    assert "mutual-pair" in done.stdout.replace("\n", ",").split(",")
    seconds, *heavy = done.stderr.split()
    assert not heavy and float(seconds) < 1.0  # 0.3 s alone; twice that beside others, whose caches it shares


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_its_script(shell, tmp_path):
    asked = os.environ | {"_PLASTICITY_COMPLETE": f"{shell}_source"}
    done = subprocess.run(PLASTICITY, env=asked, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0 and f"{shell}_complete" in done.stdout


def test_without_a_command_it_says_what_to_type_and_each_of_these_lines_works(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = plasticity_here()
    before, _, _ = done.stdout.partition("Usage:")
    lines = [line.split()[1:] for line in before.splitlines() if line.startswith("  plasticity ")]

    assert (done.returncode, done.stderr, len(lines)) == (0, "", 4)
    for line in lines[:2]:  # the others take seconds, and other tests run them
        assert plasticity_here(*line).returncode == 0
    assert lines[2:] == [["quiz", "mutual-pair"], ["run", "stdp_window", "--quick"]]
