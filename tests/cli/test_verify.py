"""`plasticity verify`: agreement, difference, and what cannot be compared."""

import importlib.util
import json
from dataclasses import replace

import pytest
from command_line import assert_refused, plasticity_here
from rich.console import Console

from plasticity import events, rates
from plasticity.cli.verify_text import show_findings
from plasticity.verification import Finding, Place
from plasticity.verification.findings import Level


def test_rules_that_agree_end_with_status_0_and_those_that_cannot_be_compared_say_why():
    done = plasticity_here("verify", "pair_stdp", "bcm", "--against", "brian2", "--seeds", "1")

    assert (done.returncode, done.stderr) == (0, "")
    assert "1 agrees, 1 cannot be expressed" in done.stdout and "needs firing rates" in done.stdout
    assert "tolerance 1e-12: the same closed forms" in done.stdout


def test_without_the_other_side_it_is_the_definition_of_rules_on_rates_too():
    done = plasticity_here("verify", "pair_stdp", "bcm", "oja", "--seeds", "1")

    assert (done.returncode, done.stderr) == (0, "")
    assert "the definition" in done.stdout and "3 agree" in done.stdout
    assert "1e-12: the same numbers by sums" in done.stdout and "1e-08: an error of order 4" in done.stdout


def test_each_reason_why_something_cannot_be_compared_stands_once():
    done = plasticity_here("verify", "bcm", "oja", "--against", "brian2", "--seeds", "1")

    assert "bcm, oja: needs firing rates" in done.stdout and "2 cannot be expressed" in done.stdout
    assert " ".join(done.stdout.split()).count("verify --against events compares plasticity.rates") == 1


def test_rates_that_are_run_wrongly_end_with_status_1(monkeypatch):
    whole = rates.trajectory
    monkeypatch.setattr(
        rates, "trajectory", lambda *given, **more: replace(path := whole(*given, **more), weights=path.weights + 1e-6)
    )
    done = plasticity_here("verify", "oja", "--seeds", "1")
    assert done.returncode == 1 and "1 differs" in done.stdout


@pytest.mark.parametrize("width", [80, 60])
def test_no_number_of_the_table_is_cut(width, capsys):
    place = Place(pair=39, kind="random", spike=112, time=0.1, ours=0.0, theirs=1.0)
    name = "pair_stdp, van_rossum exponents, nearest"
    finding = Finding(name, "nest", "differs", "NEST, stdp_nn_restr_synapse", "", 6.7e-16, 1e-12, place=place)
    show_findings(Console(width=width, highlight=False), [finding])
    printed = capsys.readouterr().out
    assert all(text in printed for text in ("6.7e-16", "1e-12", "39, 112", "differs", "1 differs"))


def test_the_rates_of_a_curve_and_where_they_are_furthest_apart_are_printed(capsys):
    levels = (Level(1e-10, 0.0, 0.0, 1e-9), Level(2e-10, 10.0, 10.25, 0.1))
    place = Place(pair=2, kind="200 pA", spike=0, time=0.0, ours=10.0, theirs=10.25)
    finding = Finding("adex, f-I curve", "nest", "differs", "NEST", "", 0.25, 0.1, "steps", place=place, curve=levels)
    show_findings(Console(width=100, highlight=False), [finding])
    printed = capsys.readouterr().out
    assert all(text in printed for text in ("0.25 Hz", "0.1 Hz", "200 pA 10 and 10.25 Hz", "tolerance in Hz: steps"))


def test_a_broken_engine_ends_with_status_1(monkeypatch):
    whole = events.trajectory
    monkeypatch.setattr(
        events, "trajectory", lambda *given, **more: replace(path := whole(*given, **more), weights=path.weights + 1e-9)
    )

    done = plasticity_here("verify", "pair_stdp", "--against", "events", "--seeds", "1")

    assert done.returncode == 1 and "1 differs" in done.stdout


def test_json_holds_every_number_of_a_finding():
    done = plasticity_here("verify", "pair_stdp", "bcm", "--against", "brian2", "--seeds", "1", "--json")

    found = json.loads(done.stdout)
    agreeing, other = found["findings"]
    assert (done.returncode, done.stderr) == (0, "")
    assert (found["against"], found["seeds"], found["agrees"]) == ("brian2", 1, True)
    assert agreeing["difference"] <= agreeing["tolerance"] == 1e-12 and agreeing["n"] > 1000 and agreeing["reason"]
    assert set(agreeing["place"]) == {"pair", "kind", "spike", "time", "ours", "theirs"}
    assert (other["status"], other["difference"]) == ("cannot be expressed", None) and "firing rates" in other["note"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("no_rule", "--against", "events"), ("unknown rule 'no_rule'", "known:")),
        (
            ("adex:regular_bursting",),
            ("adex:regular_bursting: neurons are compared with NEST only; say --against nest",),
        ),
        (("--against", "neuron"), ("'neuron' is not one of 'events', 'compiled', 'javascript', 'brian2', 'nest'",)),
        (("--against", "events", "--seeds", "0"), ("--seeds", "1<=x<=1000")),
        (("pair_stdp", "pair_stdp", "--against", "events"), ("named 2 times",)),
    ],
    ids=["name", "neuron", "engine", "seeds", "twice"],
)
def test_bad_input_gets_one_line(arguments, words):
    assert_refused(plasticity_here("verify", *arguments), *words)


def test_without_nest_the_extra_is_named(monkeypatch):
    find = importlib.util.find_spec
    monkeypatch.setattr("plasticity.nest.process.find_spec", lambda name: None if name == "nest" else find(name))
    assert_refused(plasticity_here("verify", "--against", "nest"), "NEST is not installed", "'plasticity-lab[compare]'")
