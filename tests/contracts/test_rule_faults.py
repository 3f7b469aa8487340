"""Faults planted in the Brian2 engine: the contract of the rules fails for each. The proof that it can fail."""

import math
from dataclasses import replace

import pytest
from agreement import assert_engines_agree
from rule_cases import strong
from spike_trains import any_times, start_weights

from plasticity.rules import RULES, Bounds, nearest, trace, with_bounds, with_conventions
from plasticity.rules.system import System
from plasticity.spiking import synapse, text
from plasticity.spiking.printer import Printer

PAIR = RULES["pair_stdp"]
TRIPLET = with_bounds(RULES["triplet_all_to_all:hippocampal_culture"], Bounds(0.0, 2.0))
IGNORED = [PAIR, RULES["anti_stdp"], RULES["bi_poo"], TRIPLET]
COUNTED = [RULES["spiking_hebbian"], RULES["spiking_anti_hebbian"]]


def agree(rule):
    """The comparison of the contract on its own trains: the rule as it is, and so strong that it meets its bounds."""
    for case in (rule, strong(rule)):
        assert_engines_agree(case, *any_times(20), start_weights(case))


def plant_order(monkeypatch, change):
    """Let Brian2 run its pathways in another order."""
    printed = text.synapse_text
    monkeypatch.setattr(synapse, "synapse_text", lambda found, **how: reordered(printed(found, **how), change))


def reordered(found, change):
    return replace(found, pathways=tuple(change(found.pathways)))


def plant_reading(monkeypatch, is_raised):
    """Let events read plain traces as raised within the instant, or not."""
    monkeypatch.setattr(Printer, "is_raised", is_raised)


def plant_record(monkeypatch, change):
    """Let Brian2 read another record than the one it was given."""
    printed, numbers = text.synapse_text, synapse.set_numbers
    monkeypatch.setattr(synapse, "synapse_text", lambda found, **how: printed(System(change(found.rule)), **how))
    monkeypatch.setattr(
        synapse, "set_numbers", lambda made, found, first: numbers(made, System(change(found.rule)), first)
    )


@pytest.mark.parametrize("rule", [*IGNORED, *COUNTED], ids=str)
def test_the_change_of_one_side_before_that_of_the_other_is_noticed(rule, monkeypatch):
    plant_order(monkeypatch, reversed)

    with pytest.raises(AssertionError, match="engines of"):
        agree(rule)


@pytest.mark.parametrize("rule", IGNORED, ids=str)
def test_traces_raised_before_the_changes_are_noticed(rule, monkeypatch):
    plant_reading(monkeypatch, lambda printer, name: True)

    with pytest.raises(AssertionError, match="engines of"):
        agree(rule)


@pytest.mark.parametrize("rule", COUNTED, ids=str)
def test_traces_raised_after_the_changes_of_the_second_side_are_noticed(rule, monkeypatch):
    plant_reading(monkeypatch, lambda printer, name: False)

    with pytest.raises(AssertionError, match="engines of"):
        agree(rule)


@pytest.mark.parametrize("rule", [*IGNORED, *COUNTED], ids=str)
def test_nearest_spikes_read_as_all_spikes_are_noticed(rule, monkeypatch):
    def all_to_all(rule):
        state = tuple(trace(v.name, next(iter(v.jumps)), v.flow.split("/")[1]) for v in rule.state)
        return replace(rule, state=state)

    plant_record(monkeypatch, all_to_all)

    with pytest.raises(AssertionError, match="engines of"):
        agree(nearest(rule))


@pytest.mark.parametrize("rule", [PAIR, TRIPLET], ids=str)
@pytest.mark.parametrize("forgotten", ["lower", "upper"])
def test_a_forgotten_bound_is_noticed(rule, forgotten, monkeypatch):
    none = {"lower": -math.inf, "upper": math.inf}[forgotten]

    plant_record(monkeypatch, lambda rule: with_bounds(rule, replace(rule.bounds, **{forgotten: none})))

    with pytest.raises(AssertionError, match="engines of"):
        agree(rule)


@pytest.mark.parametrize("rule", COUNTED, ids=str)
def test_a_coincident_pair_ignored_though_the_record_counts_it_is_noticed(rule, monkeypatch):
    plant_record(monkeypatch, lambda rule: with_conventions(rule, coincidence="ignored"))

    with pytest.raises(AssertionError, match="engines of"):
        agree(rule)


def test_a_trace_read_after_its_own_spike_is_noticed_by_triplets_and_by_no_pair_rule(monkeypatch):
    def late(printer, name):
        jumped = f" + {name}_jump" if printer.found.traces[name].event == printer.event else ""
        return printed(printer, name) + jumped

    printed = Printer.now
    monkeypatch.setattr(Printer, "now", late)

    agree(PAIR)
    with pytest.raises(AssertionError, match="engines of"):
        agree(TRIPLET)
