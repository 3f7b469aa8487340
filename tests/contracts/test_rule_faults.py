"""Faults planted in the Brian2 reader: the contract of the rules fails for each. The proof that it can fail."""

from dataclasses import replace

import pytest
from agreement import assert_readers_agree
from more_rules import triplet
from rule_cases import strong
from spike_trains import any_times, start_weights

from plasticity.rules import RULES, Bounds, nearest
from plasticity.spiking import synapse, text

PAIR = RULES["pair_stdp"]
TRIPLET = triplet("culture", "all-to-all", "full")
IGNORED = [PAIR, RULES["anti_stdp"], RULES["bi_poo"], TRIPLET]
COUNTED = [RULES["spiking_hebbian"], RULES["spiking_anti_hebbian"]]


def agree(rule):
    """The comparison of the contract on its own trains: the rule as it is, and so strong that it meets its bounds."""
    for case in (rule, strong(rule)):
        assert_readers_agree(case, *any_times(20), start_weights(case))


def plant_order(monkeypatch, *pathways):
    monkeypatch.setattr(text, "_order", lambda rule: pathways)


def plant_record(monkeypatch, change):
    """Let Brian2 read another record than the one it was given."""
    printed, numbers = text.synapse_text, synapse.set_numbers
    monkeypatch.setattr(synapse, "synapse_text", lambda rule, now: printed(change(rule), now=now))
    monkeypatch.setattr(synapse, "set_numbers", lambda made, rule: numbers(made, change(rule)))


@pytest.mark.parametrize("rule", [*IGNORED, *COUNTED], ids=str)
def test_the_change_of_one_side_before_that_of_the_other_is_noticed(rule, monkeypatch):
    right = text.synapse_text(rule, now="t").order
    changes = [pathway for pathway in right if pathway.endswith("change")]
    swapped = dict(zip(changes, reversed(changes), strict=True))

    plant_order(monkeypatch, *(swapped.get(pathway, pathway) for pathway in right))

    with pytest.raises(AssertionError, match="readers of"):
        agree(rule)


@pytest.mark.parametrize("rule", [*IGNORED, *COUNTED], ids=str)
def test_traces_raised_before_the_changes_are_noticed(rule, monkeypatch):
    plant_order(monkeypatch, "pre_traces", "post_traces", "post_change", "pre_change")

    with pytest.raises(AssertionError, match="readers of"):
        agree(rule)


@pytest.mark.parametrize("rule", [*IGNORED, *COUNTED], ids=str)
def test_nearest_spikes_read_as_all_spikes_are_noticed(rule, monkeypatch):
    def all_to_all(rule):
        return replace(rule, traces=tuple(replace(trace, interaction="all-to-all") for trace in rule.traces))

    plant_record(monkeypatch, all_to_all)

    with pytest.raises(AssertionError, match="readers of"):
        agree(nearest(rule))


@pytest.mark.parametrize("rule", [PAIR, TRIPLET], ids=str)
@pytest.mark.parametrize("forgotten", ["lower", "upper"])
def test_a_forgotten_bound_is_noticed(rule, forgotten, monkeypatch):
    none = getattr(Bounds(), forgotten)

    plant_record(monkeypatch, lambda rule: replace(rule, bounds=replace(rule.bounds, **{forgotten: none})))

    with pytest.raises(AssertionError, match="readers of"):
        agree(rule)


@pytest.mark.parametrize("rule", [RULES["spiking_hebbian"], RULES["spiking_anti_hebbian"]], ids=str)
def test_a_coincident_pair_ignored_though_the_record_counts_it_is_noticed(rule, monkeypatch):
    plant_record(monkeypatch, lambda rule: replace(rule, coincidence="ignored"))

    with pytest.raises(AssertionError, match="readers of"):
        agree(rule)


def test_a_trace_read_after_its_own_spike_is_noticed_by_triplets_and_by_no_pair_rule(monkeypatch):
    # r2 is raised before dw_pre reads it; what dw_post reads, and what dw_pre reads of post, is as it should be
    plant_order(monkeypatch, "post_change", "pre_traces", "pre_change", "post_traces")

    agree(PAIR)
    with pytest.raises(AssertionError, match="readers of"):
        agree(TRIPLET)
