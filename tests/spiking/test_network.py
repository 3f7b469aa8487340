"""Transmission: sign, size and time of what a spike delivers; and networks that are refused."""

import warnings

import numpy as np
import pytest

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
from plasticity.neurons import NEURONS, synaptic_potential, with_parameters
from plasticity.rules import RULES, scaled
from plasticity.spiking import Network, Population, Projection, Replay, simulate
from plasticity.spiking.loading import brian

LIF, INHIBITORY = NEURONS["lif_excitatory"], NEURONS["lif_inhibitory"]
REST = LIF.values["E_L"]
ROUNDING = 1e-12 * abs(REST)  # of voltages near rest, in volts; a potential is 1e-3
PULSE = np.zeros((600, 1))
PULSE[100:130] = 2e-9  # at 10 ms, strong enough for one spike


def potential(source=None, *, weight=0.4, rule=None, delay=0.0, dt=1e-4, neuron=LIF):
    """The voltage above rest of a neuron whose synapse gets a spike at 10 ms, by default replayed."""
    source = source or Replay("pre", [[0.01]])
    synapse = Projection("synapse", "pre", "post", [(0, 0)], weight, rule, delay)
    network = Network([source, Population("post", neuron)], [synapse])
    return simulate(network, 0.06, dt=dt, record=["post"]).voltages["post"][:, 0] - REST


@pytest.mark.parametrize("tau_syn", [5e-3, 20e-3, 40e-3], ids=["faster", "as fast as the membrane", "slower"])
def test_the_peak_of_the_postsynaptic_potential_tends_to_the_closed_form(tau_syn):
    neuron = with_parameters(LIF, tau_syn=tau_syn)
    peaks = np.array([potential(neuron=neuron, dt=dt).max() for dt in (0.5e-3, 0.05e-3)])
    # the steps are exact, the peak between them is missed by at most half its curvature times dt^2
    error = 1 - peaks / synaptic_potential(neuron, 0.4)
    assert np.all(error > -1e-11) and error[1] < 1e-5 and error[1] - 1e-11 < error[0] < 1e-3


def test_the_postsynaptic_potential_is_the_difference_of_two_exponentials():
    c = LIF.values
    since = np.arange(600) * 1e-4 - 0.0101  # a spike arrives at the end of its step
    size = c["R_m"] * c["J_syn"] * 0.4 * c["tau_syn"] / (c["tau_m"] - c["tau_syn"])
    expected = np.where(since > 0, size * (np.exp(-since / c["tau_m"]) - np.exp(-since / c["tau_syn"])), 0.0)
    assert potential() == pytest.approx(expected, abs=ROUNDING)


def test_a_replayed_inhibitory_spike_delivers_the_opposite_of_an_excitatory_one():
    assert potential(Replay("pre", [[0.01]], sign=-1)) == pytest.approx(-potential(), abs=ROUNDING)


@pytest.mark.parametrize("neuron, sign", [(LIF, 1), (INHIBITORY, -1)], ids=str)
def test_the_sign_is_that_of_the_neuron_that_fires_whatever_the_one_that_receives(neuron, sign):
    for receiver in (LIF, INHIBITORY):
        delivered = potential(Population("pre", neuron, 1, PULSE), neuron=receiver)
        assert np.all(sign * delivered > -ROUNDING) and np.abs(delivered).max() > 1e-4


def test_a_weight_of_twice_the_size_delivers_twice_the_potential():
    assert potential(weight=0.6) == pytest.approx(2 * potential(weight=0.3), abs=ROUNDING)


def test_a_delay_shifts_the_potential_and_nothing_else():
    late, at_once = potential(delay=1.5e-3), potential()
    assert late[15:] == pytest.approx(at_once[:-15], abs=ROUNDING) and np.abs(late[:15]).max() < ROUNDING


@pytest.mark.parametrize("name", ["pair_stdp", "spiking_hebbian"])
def test_the_weight_that_is_transmitted_is_the_one_before_the_update(name):
    # the neuron fires at 10 ms, then a spike arrives at 20 ms: that spike itself changes its weight, by 0.1 or more
    rule, network = scaled(RULES[name], 40.0), {}
    for kind, plastic in (("plastic", rule), ("fixed", None)):
        synapse = Projection("synapse", "pre", "post", [(0, 0)], 0.5, plastic)
        parts = [Replay("pre", [[0.02]]), Population("post", LIF, 1, PULSE)]
        network[kind] = simulate(Network(parts, [synapse]), 0.06, record=["post"])
    assert abs(network["plastic"].weights["synapse"][0] - 0.5) > 0.1
    assert np.array_equal(network["plastic"].voltages["post"], network["fixed"].voltages["post"])


def test_synapses_keep_the_order_of_their_pairs():
    pairs, weights = [(1, 1), (0, 0), (1, 0)], [0.1, 0.2, 0.3]
    network = Network(
        [Replay("pre", [[], [0.01]]), Population("post", LIF, 2)], [Projection("s", "pre", "post", pairs, weights)]
    )
    recording = simulate(network, 0.03, record=["post"])
    sizes = (recording.voltages["post"] - REST).max(axis=0)
    assert recording.weights["s"].tolist() == weights and sizes[0] / sizes[1] == pytest.approx(3.0, rel=1e-9)


def test_pairs_may_be_an_array():
    pairs, weights = [(1, 1), (0, 0), (1, 0)], [0.1, 0.2, 0.3]
    runs = []
    for given in (pairs, np.array(pairs)):
        network = Network(
            [Replay("pre", [[], [0.01]]), Population("post", LIF, 2)], [Projection("s", "pre", "post", given, weights)]
        )
        runs.append(simulate(network, 0.03, record=["post"]).voltages["post"])

    assert np.array_equal(*runs)


def test_spikes_are_those_of_each_neuron_in_order():
    trains = [[0.003, 0.001], [], [0.001, 0.002, 0.004], []]
    network = Network([Replay("pre", [sorted(train) for train in trains])])

    spikes = simulate(network, 0.006, dt=1e-3).spikes["pre"]

    assert [times.tolist() for times in spikes] == [sorted(train) for train in trains]


def test_two_synapses_of_one_pair_add_up():
    network = Network(
        [Replay("pre", [[0.01]]), Population("post", LIF)],
        [Projection("s", "pre", "post", [(0, 0), (0, 0)], [0.1, 0.3])],
    )
    delivered = simulate(network, 0.06, record=["post"]).voltages["post"][:, 0] - REST
    assert delivered == pytest.approx(potential(weight=0.4), abs=ROUNDING)


PRE, POST = Replay("pre", [[0.01]]), Population("post", LIF)


def synapse(pairs=((0, 0),), weight=0.5, rule=None, source="pre", target="post", **others):
    return Network([PRE, POST], [Projection("synapse", source, target, pairs, weight, rule, **others)])


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
