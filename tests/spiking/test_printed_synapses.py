"""What is kept in every synapse, and what a spike runs, is no more than the rule needs: each costs time and memory."""

from dataclasses import replace

from changing import with_changes

from plasticity.rules import RULES
from plasticity.rules.system import system
from plasticity.spiking.text import synapse_text

BOTH_SIDES = ("pre", "post")


def printed(rule, **how):
    return synapse_text(system(rule), now="t/second", apart=BOTH_SIDES, **how)


def kept_in_synapses(text):
    return [line.split()[0] for line in text.model.splitlines() if "shared" not in line]


def test_a_synapse_keeps_its_weight_alone_where_neurons_keep_the_traces():
    assert kept_in_synapses(printed(RULES["pair_stdp"])) == ["w"]
    assert kept_in_synapses(printed(RULES["pair_stdp"], is_dated=True)) == ["w", "blown_up_at"]


def test_a_change_of_either_sign_is_made_at_once_where_what_lies_between_its_parts_only_raises():
    text = printed(RULES["inhibitory_stdp"])
    assert [path.event for path in text.pathways if path.home == "synapse"] == ["post", "pre"]
    assert kept_in_synapses(text) == ["w"]


def test_the_parts_of_a_change_keep_their_turns_where_one_of_them_reads_the_weight():
    reading = with_changes(RULES["inhibitory_stdp"], pre="eta*(r_post - alpha*w)", post="eta*r_pre")
    text = printed(reading)
    assert [path.event for path in text.pathways if path.home == "synapse"] == ["pre", "post", "pre"]
    assert kept_in_synapses(text) == ["w", "w_seen"]


def test_the_parts_keep_their_turns_where_each_side_has_its_own_bound():
    rule = RULES["inhibitory_stdp"]
    own = replace(rule, conventions=replace(rule.conventions, clipping="own side"))
    assert len([path for path in printed(own).pathways if path.home == "synapse"]) == 3
