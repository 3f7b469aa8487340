"""Runs without a step: in pieces, with random input, and what is refused."""

from dataclasses import replace

import numpy as np
import pytest
from compiled.exact_networks import simulated, two_layers

from plasticity.compiled.exact.queue import draw, rise, sink
from plasticity.compiled.exact.running import simulate_exactly
from plasticity.errors import ArgumentError, PlasticityError, SimulationError, SpikeTrainError, UnsupportedRule
from plasticity.networks import (
    Correlated,
    Network,
    PoissonInput,
    Population,
    Projection,
    Replay,
    all_to_all,
    correlations,
    one_to_one,
    statistics,
)
from plasticity.neurons import NEURONS, with_parameters
from plasticity.rules import RULES, UNBOUNDED, Parameter, Rule, weight

LIF = NEURONS["lif_excitatory"]


def random_input(delay=5e-3):
    """Poisson trains of several rates, some of them together, onto neurons that learn."""
    sources = [
        PoissonInput("exc", 6, [20.0, 50.0, 90.0, 60.0, 60.0, 0.0], seed=4, groups=(Correlated((3, 4), 0.5),)),
        Population("post", LIF, 2, [1.5e-10, 1.7e-10]),
    ]
    rule = RULES["triplet_stdp"]
    return Network(
        sources,
        [
            Projection("plastic", "exc", "post", all_to_all(6, 2), 0.8, rule, delay=delay),
            Projection("among", "post", "post", [(0, 1), (1, 0)], 0.5, RULES["tsodyks_markram_stdp"], delay=delay),
        ],
    )


def test_two_pieces_give_what_the_whole_gives():
    whole, half = simulated(random_input(), 0.4), simulated(random_input(), 0.1833)
    rest = simulated(random_input(), 0.4 - 0.1833, state=half.state)
    for name, expected in whole.spikes.items():
        joined = [np.concatenate(parts) for parts in zip(half.spikes[name], rest.spikes[name], strict=True)]
        assert all(found == pytest.approx(one, abs=1e-12) for found, one in zip(joined, expected, strict=True))
    assert all(rest.weights[name] == pytest.approx(whole.weights[name], abs=1e-10) for name in whole.weights)
    assert sum(map(len, whole.spikes["post"])) > 10 and rest.state.time == pytest.approx(0.4)


def test_a_spike_that_arrives_when_a_piece_ends_is_heard_by_the_next():
    late = [Projection("s", "pre", "post", [(0, 0)], 0.5, RULES["pair_stdp"], delay=3e-3)]
    network = Network([Replay("pre", [[0.03]]), Replay("post", [[0.04]])], late)  # 0.03 + 0.003 is 0.033, less is not
    half = simulated(network, 0.033)
    rest = simulated(network, 0.05 - 0.033, state=half.state)
    assert rest.weights["s"] == pytest.approx(simulated(network, 0.05).weights["s"], abs=1e-14)


def test_poisson_trains_depend_on_their_own_seed_alone_and_a_longer_run_begins_with_them():
    alone = simulated(Network([random_input().populations[0]]), 0.8).spikes["exc"]
    among = simulated(random_input(), 0.4).spikes["exc"]
    other = simulated(Network([replace(random_input().populations[0], seed=5)]), 0.4).spikes["exc"]
    assert all(np.array_equal(one[: len(two)], two) for one, two in zip(alone, among, strict=True))
    assert not any(np.array_equal(one, two) for one, two in zip(other[:5], among, strict=False))


def test_poisson_trains_have_their_rates_their_intervals_and_their_correlations():
    duration, rates = 60.0, np.array([5.0, 45.0, 60.0, 40.0, 40.0, 40.0, 0.0])
    source = PoissonInput("exc", 7, rates, seed=1, groups=(Correlated((3, 4, 5), 0.3),))
    trains = simulated(Network([source]), duration).spikes["exc"]
    counts = np.array([len(train) for train in trains])
    assert (np.abs(counts - rates * duration) <= 5 * np.sqrt(rates * duration)).all()
    cv = statistics(trains[2], duration).cv_isi
    assert abs(cv - 1) < 5 / np.sqrt(counts[2])
    found = correlations(trains[:6], duration, 0.1)
    error = 5 / np.sqrt(duration / 0.1)
    assert np.abs(found[3:, 3:][np.triu_indices(3, 1)] - 0.3).max() < error and np.abs(found[:3, 3:]).max() < error
    assert np.intersect1d(trains[3], trains[4]).size > 0.2 * counts[3]


def test_the_voltage_under_poisson_input_has_the_mean_and_variance_of_campbells_theorem():
    n, rate, w, size = 600, 300.0, 0.7, with_parameters(LIF, V_threshold=1.0, bias=-1.0)
    network = Network(
        [PoissonInput("exc", n, rate, seed=2), Population("post", size, n)],
        [Projection("s", "exc", "post", one_to_one(n), w)],
    )
    v = simulated(network, 0.12).state.variables["post"]["v"] - LIF.values["E_L"]
    tau_m, tau_s, t = 20e-3, 5e-3, np.linspace(0, 0.12, 120_001)
    psp = w * LIF.values["R_m"] * LIF.values["J_syn"] / (tau_m / tau_s - 1) * (np.exp(-t / tau_m) - np.exp(-t / tau_s))
    mean, variance = rate * np.trapezoid(psp, t), rate * np.trapezoid(psp**2, t)
    assert abs(v.mean() - mean) < 5 * np.sqrt(variance / n)
    assert abs(v.var() / variance - 1) < 5 * np.sqrt(2 / n) * 1.1  # nearly normal: of 30 spikes in a membrane's memory


def test_the_random_numbers_are_those_of_the_published_generator():
    words = np.array([[1, 2, 3, 4]])
    expected = [641, 1573767, 3222811527, 3517856514, 836907274, 4247214768, 3867114732, 1355841295]
    assert [int(draw(words, 0)) for _ in range(8)] == expected


def test_the_queue_gives_the_earliest_whatever_changes():
    rng, n = np.random.default_rng(0), 40
    times, places = rng.random((n, 1)), np.stack([np.arange(n), np.arange(n)], axis=1)
    for k in range(n):
        rise(places, times, k)
    for _ in range(500):
        j = int(rng.integers(n))
        before, times[j, 0] = times[j, 0], rng.random()
        (rise if times[j, 0] < before else sink)(places, times, places[j, 1])
        assert times[places[0, 0], 0] == times.min() and (places[places[:, 0], 1] == np.arange(n)).all()


BLOWN_UP = Rule("grows", "our choice", (Parameter("big", 1e200),), weight({"post": "big*w*w"}, bounds=UNBOUNDED))
VOLTAGE = next(rule for rule in RULES.values() if any(signal.kind == "voltage" for signal in rule.signals))
ENDLESS = with_parameters(NEURONS["lif_delta"], t_ref=0.0, V_reset=-0.05)


def onto(neuron, rule=None, **how):
    """A network of a replayed spike onto a neuron."""
    populations = [Replay("pre", [[0.001, 0.004]]), Population("post", neuron, **how)]
    return Network(populations, [Projection("s", "pre", "post", [(0, 0)], 0.5, rule)])


REFUSED = {
    "conductances": (lambda: simulated(onto(NEURONS["lif_conductance"]), 0.1), UnsupportedRule, "post: .* dt"),
    "escape noise": (lambda: simulated(onto(NEURONS["escape_lif"]), 0.1), UnsupportedRule, "at random, .* dt"),
    "current of steps": (
        lambda: simulated(onto(LIF, current=np.zeros((3, 1))), 0.1), UnsupportedRule, "changes from step to step",
    ),
    "voltage": (lambda: simulated(onto(LIF, VOLTAGE), 0.1), UnsupportedRule, "use plasticity"),
    "moving weight": (
        lambda: simulated(onto(LIF, RULES["calcium"]), 0.1), UnsupportedRule, "s: calcium has .* moves .* with a dt"
    ),
    "recorded voltage": (lambda: simulated(onto(LIF), 0.1, record=["post"]), ArgumentError, "give a dt"),
    "without end": (lambda: simulated(onto(ENDLESS, current=3e-10), 0.1), SimulationError, "neuron 0 of post fires"),
    "no number": (
        lambda: simulated(Network([Replay("a", [[]]), Replay("b", [[0.001, 0.002, 0.003]])],
                                  [Projection("s", "a", "b", [(0, 0)], 1e10, BLOWN_UP)]), 0.1),
        SimulationError, r"w of s\[0\]",
    ),
    "before 0": (lambda: simulated(Network([Replay("a", [[-0.1]])]), 0.1), SpikeTrainError, "starts at 0"),
    "another state": (
        lambda: simulated(onto(LIF), 0.1, state=simulated(two_layers(None), 0.01).state), ArgumentError, "state",
    ),
    "no state": (lambda: simulated(onto(LIF), 0.1, state=5), PlasticityError, "the state"),
    "noise of another": (
        lambda: simulated(random_input(), 0.1, state=replace(simulated(random_input(), 0.01).state, noise={})),
        ArgumentError, "noise of exc",
    ),
    "duration": (lambda: simulated(onto(LIF), 0.0), ArgumentError, "duration"),
}  # fmt: skip


@pytest.mark.parametrize(("made", "error", "said"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_is_refused_in_a_line(made, error, said):
    with pytest.raises(error, match=said) as caught:
        made()
    assert "\n" not in str(caught.value)


def test_a_spike_at_the_end_belongs_to_the_next_piece():
    network = Network([Replay("a", [[0.05, 0.1]])])
    first = simulated(network, 0.1)
    assert first.spikes["a"][0].tolist() == [0.05]
    assert simulated(network, 0.1, state=first.state).spikes["a"][0].tolist() == [0.1]


def test_the_compiled_kernel_does_what_its_text_says():
    network = Network(
        [PoissonInput("exc", 8, 60.0), Population("post", LIF, 1, 1.6e-10)],
        [Projection("s", "exc", "post", all_to_all(8, 1), 0.8, RULES["pair_stdp"])],
    )
    compiled, plain = simulate_exactly(network, 0.3), simulated(network, 0.3)
    for name, trains in plain.spikes.items():
        assert all(one == pytest.approx(two, abs=1e-12) for one, two in zip(compiled.spikes[name], trains, strict=True))
    assert compiled.weights["s"] == pytest.approx(plain.weights["s"], abs=1e-12) and len(plain.spikes["post"][0]) > 5
