"""No option is dropped without a word: it is used, or refused, or told to change nothing."""

import json
import shlex

import click
import pytest
from command_line import assert_refused, plasticity_here

from plasticity import events
from plasticity.cli import COMMANDS, commands
from plasticity.rules import RULES, is_readable

PAIR = "--rule pair_stdp --pre 10,30 --post 15,35"
REFUSED = {
    f"ask {PAIR} --every 5ms": ["--every", "--repeat"],
    f"ask {PAIR} --format svg": ["--format", "--out"],
    f"ask {PAIR} --format png": ["--format", "--out"],
    f"ask {PAIR} --overwrite": ["--overwrite", "--out"],
    f"ask {PAIR} --rule pair_stdp": ["--rule names 'pair_stdp' 2 times"],
    f"ask {PAIR} --w0 0.1 --w0 0.2": ["--w0 is given 2 times; give it once"],
    f"ask {PAIR} --pre 5": ["--pre is given 2 times"],
    f"ask {PAIR} --move post:1:0ms": ["moves no spike"],
    f"ask {PAIR} --rule anti_stdp --out new": ["--out draws one rule", "2 were asked"],
    "ask every.toml": ["every", "repeat"],
    "ask every.toml --every 3ms": ["--every", "--repeat"],
    "quiz and-gate --seed 1 --seed 1": ["--seed is given 2 times"],
    "quiz and-gate --target gpu": ["'gpu'", "auto", "numpy", "cython", "cpp_standalone"],
    "quiz and-gate --seed 4294967296": ["4294967296", "4294967295"],
    "run stdp_window --out a --out b": ["--out is given 2 times"],
    "run stdp_window --set n_pairs=3 --set n_pairs=4": ["n_pairs is set twice"],
    "run noise_and_rate --set seed=3 --seed 4": ["seed is set twice"],
    "run stdp_window --seed 4294967296": ["4294967295"],
    "run stdp_window --all": ["--all"],
    "run --all --set n_pairs=3": ["--set needs the name"],
    "gallery new --seed 99999999999999999999": ["4294967295"],
    "gallery new --format svg --format png": ["--format is given 2 times"],
}


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """A folder with question files."""
    monkeypatch.chdir(tmp_path)
    trains = "[trains]\npre_ms = [10, 30]\npost_ms = [15, 35]\n"
    (tmp_path / "every.toml").write_text(f'rule = "pair_stdp"\nevery = "50"\n{trains}')
    (tmp_path / "both.toml").write_text(f'rule = "pair_stdp"\nevery = "50"\nrepeat = 60\n{trains}')
    return tmp_path


@pytest.mark.parametrize("line", REFUSED)
def test_options_that_contradict_or_do_nothing_are_refused(folder, line):
    assert_refused(plasticity_here(*shlex.split(line)), *REFUSED[line])
    assert sorted(path.name for path in folder.iterdir()) == ["both.toml", "every.toml"]


def found(line):
    done = plasticity_here(*shlex.split(line), "--json")
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("line", [f"ask {PAIR} --repeat 60 --every", "ask both.toml --every"])
@pytest.mark.parametrize("every", ["50", "50ms", "0.05s"])
def test_a_bare_time_is_in_milliseconds_everywhere(line, every):
    with_file = found("ask both.toml")["w_after"]
    pre, post = ([1e-3 * (t + 50 * k) for k in range(60) for t in train] for train in ((10, 30), (15, 35)))
    expected = events.final_weight(RULES["pair_stdp"], pre, post, 0.5)
    assert found(f"{line} {every}")["w_after"] == pytest.approx(expected, abs=1e-12)
    assert with_file == pytest.approx(expected, abs=1e-12)
    shifted = found(f"ask {PAIR} --move post:1:+3")["what_if"][0]["w_after"]
    assert shifted == found(f"ask {PAIR} --move post:1:3ms")["what_if"][0]["w_after"]


def test_several_rules_are_compared_in_the_order_given():
    line = "ask --rule anti_stdp --rule pair_stdp --pre 10 --post 15"
    assert [item["rule"] for item in found(line)] == ["anti_stdp", "pair_stdp"]
    assert plasticity_here(*line.split()).stdout.splitlines()[1].split()[0] == "anti_stdp"
    every = [name for name, rule in RULES.items() if is_readable(rule, "events") and not rule.signals]
    assert [item["rule"] for item in found(f"{line} --rule all")] == every


def test_the_command_line_takes_the_place_of_what_the_file_says():
    assert found("ask both.toml --repeat 1 --every 3s")["w_after"] == found(f"ask {PAIR}")["w_after"]
    assert found("ask every.toml --repeat 60")["w_after"] == found("ask both.toml")["w_after"]
    assert found("ask both.toml --rule anti_stdp --pre 5")["rule"] == "anti_stdp"


def test_json_of_ask_holds_the_ledger_with_and_without_explain():
    assert found(f"ask {PAIR} --explain") == found(f"ask {PAIR}")


def test_json_of_the_quiz_holds_checks_and_readings_with_and_without_explain():
    (plain,), (explained,) = found("quiz and-gate"), found("quiz and-gate --explain")
    assert plain == explained and explained["readings"]
    assert {"what", "by", "found", "confirmed", "difference", "relation"} == set(explained["checks"][0])


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("quiz not-gate --seed 1", "None of these questions draws random numbers: --seed changes nothing."),
        ("quiz not-gate --target numpy", "None of these questions simulates neurons: --target changes nothing."),
        ("quiz perceptron-step-logic --seed 1", ""),
        ("quiz hebbian-together --target numpy", ""),
        ("quiz not-gate", ""),
    ],
)
def test_the_quiz_tells_what_changes_nothing(line, told):
    done = plasticity_here(*line.split(), "--json")
    assert done.returncode == 0 and json.loads(done.stdout) and done.stderr.strip() == told


def test_the_help_says_the_unit_of_a_bare_number():
    asked, run = (" ".join(plasticity_here(name, "--help").stdout.split()) for name in ("ask", "run"))
    assert "50 is 50 ms" in asked and "Times without a unit are milliseconds" in asked
    assert "without a unit, in the one that 'plasticity show' prints" in run


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_refuses_options_given_twice(name):
    from plasticity.cli.options import Command

    assert isinstance(commands.get_command(click.Context(commands), name), Command)
