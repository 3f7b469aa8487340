"""Networks that cannot be, or cannot be run as asked, are refused in one line before anything is simulated."""

import warnings

import numpy as np
import pytest
from one_synapse import LIF, PRE, synapse

from plasticity.errors import (
    ArgumentError,
    RuleError,
    SimulationError,
    SpikeTrainError,
    UnitWarning,
    UnknownName,
    UnsupportedRule,
    WeightError,
)
from plasticity.rules import RULES
from plasticity.spiking import Network, Population, Projection, Replay, simulate
from plasticity.spiking.loading import brian

REFUSED = {
    "source unknown": (lambda: synapse(source="nobody"), UnknownName, "unknown population 'nobody'; known: post, pre"),
    "target unknown": (lambda: synapse(target="nobody"), UnknownName, "unknown population 'nobody'; known: post, pre"),
    "pair outside": (lambda: synapse(pairs=[(0, 1)]), ArgumentError, r"pair \(0, 1\) between 1 and 1 neurons"),
    "pair negative": (lambda: synapse(pairs=[(-1, 0)]), ArgumentError, r"pair \(-1, 0\)"),
    "pair fractional": (lambda: synapse(pairs=[(0, 0.5)]), ArgumentError, r"pair \(0, 0.5\).*whole numbers"),
    "pair of three": (lambda: synapse(pairs=[(0, 0, 0)]), ArgumentError, r"pair \(0, 0, 0\).*two whole numbers"),
    "array outside": (
        lambda: synapse(pairs=np.array([(0, 0), (0, 1)])),
        ArgumentError,
        r"pair \(0, 1\) between 1 and 1 neurons",
    ),
    "array of fractions": (lambda: synapse(pairs=np.array([(0, 0.5)])), ArgumentError, "whole numbers"),
    "array of three": (lambda: synapse(pairs=np.zeros((1, 3), int)), ArgumentError, "two whole numbers"),
    "array empty": (lambda: synapse(pairs=np.zeros((0, 2), int)), ArgumentError, "at least one pair"),
    "no pair": (lambda: synapse(pairs=[]), ArgumentError, "at least one pair"),
    "delay negative": (lambda: synapse(delay=-1e-3), ArgumentError, "synapse.delay is -0.001 s; 0 s or more"),
    "delay NaN": (lambda: synapse(delay=np.nan), ArgumentError, "synapse.delay is nan; every number must be finite"),
    "rate rule": (
        lambda: synapse(rule=RULES["hebbian"]),
        UnsupportedRule,
        "hebbian needs firing rates.*plasticity.rates",
    ),
    "name twice": (lambda: Network([PRE, PRE]), ArgumentError, "'pre' is used twice"),
    "no identifier": (lambda: Network([Replay("a b", [[]])]), ArgumentError, "'a b'.*no identifier"),
    "our own name": (lambda: Network([Replay("plasticity_look", [[]])]), ArgumentError, "begins with _ or plasticity_"),
    "no neuron": (
        lambda: Population("post", LIF, 0),
        ArgumentError,
        "the size of post is 0; a whole number of 1 or more",
    ),
    "half a neuron": (lambda: Population("post", LIF, 1.5), ArgumentError, "the size of post is 1.5; a whole number"),
    "no train": (lambda: Network([Replay("pre", [])]), ArgumentError, "pre has 0 neurons"),
    "name of a neuron": (
        lambda: Population("x", "lif_excitatory"),
        ArgumentError,
        r"the neuron of x is 'lif_excitatory'; a record is needed: NEURONS\['lif_excitatory'\]",
    ),
    "no record": (lambda: Population("x", None), ArgumentError, "the neuron of x is None; a record is needed: one of"),
    "size beyond counting": (lambda: Population("x", LIF, 10**400), ArgumentError, "the size of x is"),
    "name no text": (lambda: Population(5, LIF), ArgumentError, "the name 5 is no identifier"),
    "one train": (lambda: Replay("pre", [0.01, 0.02]), ArgumentError, r"\[0.01, 0.02\]; a list of trains.*\[times\]"),
    "one train as array": (lambda: Replay("pre", np.array([0.01, 0.02])), ArgumentError, r"\(2,\); a list of trains"),
    "one train as column": (lambda: Replay("pre", np.array([[0.01], [0.02]])), ArgumentError, r"\(2, 1\).*ravel\(\)"),
    "no trains": (lambda: Replay("pre", 5), ArgumentError, "a list of trains is needed"),
    "trains as text": (lambda: Replay("pre", "0.01"), ArgumentError, "the trains of pre"),
    "sign NaN": (lambda: Replay("pre", [[]], sign=np.nan), ArgumentError, "the sign of pre is nan"),
    "delay in volts": (lambda: synapse(delay=brian().volt), ArgumentError, "synapse.delay is volt, in m"),
    "pairs no list": (lambda: synapse(pairs=5), ArgumentError, "synapse has the pairs 5; at least one pair"),
    "pair no pair": (lambda: synapse(pairs=[5]), ArgumentError, "synapse has the pair 5 between"),
    "no rule": (lambda: synapse(rule="pair_stdp"), RuleError, "needs a rule, and 'pair_stdp' is none"),
    "population alone": (lambda: Network(PRE), ArgumentError, "the populations are Replay.*a list of"),
    "populations no list": (lambda: Network(None), ArgumentError, "the populations are None; a list of"),
    "a name among populations": (lambda: Network(["pre"]), ArgumentError, "the populations hold 'pre'"),
    "sign": (lambda: Network([Replay("pre", [[]], sign=0)]), ArgumentError, r"the sign 0; \+1 .* or -1"),
}


@pytest.mark.parametrize("made, error, said", REFUSED.values(), ids=REFUSED)
def test_an_impossible_network_is_refused_when_it_is_made(made, error, said):
    with pytest.raises(error, match=said):
        made()


def driven(current, size=1):
    return Network([Population("post", LIF, size, current)])


REFUSED_TO_RUN = {
    "current NaN": (driven(np.nan), ArgumentError, "the current of post is nan; every number must be finite"),
    "current infinite": (
        driven([1e-10, np.inf], 2),
        ArgumentError,
        "the current of post is inf at index 1; every number",
    ),
    "current of another size": (driven([1e-10, 2e-10]), ArgumentError, r"current of post has shape \(2,\).*\(1,\)"),
    "current too short": (
        driven(np.zeros((99, 1))),
        ArgumentError,
        r"shape \(99, 1\).*each step of the run, \(100, 1\)",
    ),
    "train off the grid": (Network([Replay("pre", [[0.00105]])]), ArgumentError, "pre at 0.00105 s is not on the grid"),
    "train unsorted": (Network([Replay("pre", [[0.02, 0.01]])]), SpikeTrainError, "pre is not sorted"),
    "spike twice": (Network([Replay("pre", [[0.02, 0.02]])]), SpikeTrainError, "pre has two spikes in one instant"),
    "train before the start": (
        Network([Replay("pre", [[0.1], [-0.1]])]),
        SpikeTrainError,
        "pre holds the time -0.1 s, and a network starts at 0; .*from_start",
    ),
    "spike negative": (Network([Replay("pre", [[-0.1]])]), SpikeTrainError, "pre holds the time -0.1 s"),
    "weight NaN": (synapse(weight=np.nan), WeightError, "nan is outside the bounds"),
    "weight out of bounds": (synapse(weight=1.5, rule=RULES["pair_stdp"]), WeightError, r"1.5 is outside .*\[0, 1\]"),
    "weights too few": (synapse(weight=[0.1, 0.2]), WeightError, "nor one for each of 1 synapses"),
    "delay off the grid": (
        synapse(delay=0.15e-3),
        SimulationError,
        "synapse.delay = 0.15 ms is no multiple of .* 0.1 ms",
    ),
}


@pytest.mark.parametrize("network, error, said", REFUSED_TO_RUN.values(), ids=REFUSED_TO_RUN)
def test_impossible_input_is_refused_before_the_run(network, error, said):
    with pytest.raises(error, match=said):
        simulate(network, 0.01)


def test_what_cannot_be_recorded_is_refused_with_what_can():
    with pytest.raises(UnknownName, match="'pre'; known: post, synapse"):
        simulate(synapse(), 0.01, record=["pre"])


def test_a_seed_that_is_no_whole_number_is_refused():
    with pytest.raises(ArgumentError, match="the seed is 1.5"):
        simulate(synapse(), 0.01, seed=1.5)


@pytest.mark.parametrize("current", ["1 nA", 1j, [True], np.array([1], "timedelta64[ms]")])
def test_a_current_that_is_none_is_refused_at_construction(current):
    with pytest.raises(ArgumentError, match="the current of post"):
        driven(current)


@pytest.mark.parametrize(("unit", "is_doubted"), [(1.0, True), (1e-3, False)])
def test_trains_replayed_in_milliseconds_are_doubted(unit, is_doubted):
    ends = [Replay("a", [[10 * unit, 30 * unit]]), Replay("b", [[15 * unit, 35 * unit]])]
    network = Network(ends, [Projection("w", "a", "b", [(0, 0)], 0.5, RULES["pair_stdp"], delay=1e-3)])

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", UnitWarning)
        simulate(network, 40 * unit, dt=1e-3)

    texts = [str(one.message) for one in caught if one.category is UnitWarning]
    assert [text.startswith("w: no two spikes are nearer than 4.999 s") for text in texts] == [True] * is_doubted
