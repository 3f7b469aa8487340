"""Poisson inputs: their rate, their intervals, their correlation, and that nothing else decides their spikes."""

from dataclasses import replace

import numpy as np
import pytest

from plasticity.errors import ArgumentError, SimulationError
from plasticity.networks import Correlated, Network, PoissonInput, Population, Projection, Replay
from plasticity.networks.given import spikes_of, trains
from plasticity.neurons import NEURONS
from plasticity.spiking import simulate

DT = 1e-3


def fired(source: PoissonInput, n_steps: int, dt: float = DT) -> np.ndarray:
    """Whether each neuron fires in each step, (n_steps, size)."""
    found = spikes_of(source, n_steps, dt)
    spikes = np.zeros((n_steps, source.size))
    np.add.at(spikes, (found.step, found.neuron), 1)
    return spikes


GROUP = Correlated(range(4), 0.2)


@pytest.mark.parametrize("groups", [(), [GROUP]], ids=["alone", "in a group"])
def test_the_mean_rate_is_the_one_that_is_asked_for(groups):
    rates, n_steps = [50.0] * 4 + [0.0, 10.0, 100.0], 200_000
    mean = fired(PoissonInput("a", 7, rates, groups=groups), n_steps).mean(axis=0) / DT

    error = np.sqrt(np.array(rates) / (n_steps * DT))
    assert np.abs(mean - rates).max() > 0 and (np.abs(mean - rates) <= 5 * error).all()


def test_a_neuron_fires_at_most_once_in_a_step():
    spikes = fired(PoissonInput("a", 10, 100.0, groups=[GROUP]), 10_000)
    assert spikes.max() == 1


def test_the_intervals_are_geometric():
    p, n_steps = 0.1, 1_000_000
    (train,) = trains(spikes_of(PoissonInput("a", 1, p / DT), n_steps, DT), 1, DT)
    intervals = np.round(np.diff(train) / DT)

    for k in range(1, 8):
        expected = p * (1 - p) ** (k - 1)
        error = np.sqrt(expected * (1 - expected) / intervals.size)
        assert (intervals == k).mean() == pytest.approx(expected, abs=5 * error)


def correlations(source: PoissonInput, n_steps: int, window: int) -> np.ndarray:
    """Between the counts of all pairs in windows of as many steps."""
    counts = fired(source, n_steps).reshape(n_steps // window, window, source.size).sum(axis=1)
    return np.corrcoef(counts.T)


@pytest.mark.parametrize("window", [1, 20], ids=["a step", "20 steps"])
@pytest.mark.parametrize("c", [0.05, 0.5, 1.0])
def test_two_neurons_of_a_group_have_its_correlation_whatever_the_window(c, window):
    n_steps = 400_000
    source = PoissonInput("a", 2, 50.0, groups=[Correlated((0, 1), c)], seed=3)
    p, rho = 50.0 * DT, correlations(source, n_steps, window)[0, 1]

    # Within a step: that of how often both fire. Of longer windows 1/sqrt(n), twice for counts that are not Gaussian
    joint = p * p + c * p * (1 - p)
    error = np.sqrt(joint * (1 - joint) / n_steps) / (p * (1 - p)) if window == 1 else 2 * np.sqrt(window / n_steps)
    assert rho == pytest.approx(c, abs=5 * error + 1e-12) and 5 * error < 0.1


def test_neurons_of_two_groups_and_of_none_are_independent():
    n_steps = 200_000
    source = PoissonInput("a", 6, 50.0, groups=[Correlated((0, 1), 0.5), Correlated((2, 3), 0.5)])
    found = correlations(source, n_steps, 1)

    apart = np.ones((6, 6), bool)
    apart[:2, :2] = apart[2:4, 2:4] = np.eye(2, dtype=bool)
    np.fill_diagonal(apart, False)
    assert np.abs(found[apart]).max() < 5 / np.sqrt(n_steps)


SOURCE = PoissonInput("a", 5, [10.0, 20.0, 30.0, 30.0, 30.0], seed=7, groups=[Correlated((2, 3), 0.3)])


def test_a_longer_run_begins_with_the_same_spikes():
    assert np.array_equal(fired(SOURCE, 200_000)[:100_000], fired(SOURCE, 100_000))


@pytest.mark.parametrize("other", [{"seed": 8}, {"name": "b"}], ids=str)
def test_another_seed_and_another_name_give_independent_spikes(other):
    n_steps = 200_000
    one, two = fired(SOURCE, n_steps), fired(replace(SOURCE, **other), n_steps)
    rho = [np.corrcoef(one[:, k], two[:, k])[0, 1] for k in range(SOURCE.size)]
    assert np.abs(rho).max() < 5 / np.sqrt(n_steps)


def test_spikes_do_not_depend_on_the_rest_of_the_network_nor_on_the_seed_of_the_run():
    others = [PoissonInput("first", 3, 40.0), Replay("second", [[0.01]])]
    runs = [simulate(Network([SOURCE]), 0.5), simulate(Network([*others, SOURCE]), 0.5, seed=9)]
    first, second = (b"|".join(train.tobytes() for train in run.spikes["a"]) for run in runs)
    assert first == second and len(first) > 100


@pytest.mark.parametrize("sign", [1, -1])
def test_what_is_drawn_acts_as_the_same_spikes_replayed(sign):
    drawn = PoissonInput("pre", 3, 60.0, sign=sign, seed=4)
    replayed = Replay("pre", trains(spikes_of(drawn, 5000, 1e-4), 3, 1e-4), sign=sign)
    synapses = Projection("s", "pre", "post", [(0, 0), (1, 0), (2, 0)], 0.4)
    post = Population("post", NEURONS["lif_excitatory"], 1, 1e-10)

    one, two = (simulate(Network([pre, post], [synapses]), 0.5, record=["post"]) for pre in (drawn, replayed))

    assert np.array_equal(one.voltages["post"], two.voltages["post"]) and np.ptp(one.voltages["post"]) > 1e-3
    assert all(np.array_equal(a, b) for a, b in zip(one.spikes["pre"], two.spikes["pre"], strict=True))


def test_a_step_in_which_it_would_fire_too_often_is_refused_with_one_that_is_allowed():
    with pytest.raises(SimulationError, match="1 ms is too coarse for a, which fires at 101 Hz; 0.990099 ms or less"):
        spikes_of(PoissonInput("a", 2, [1.0, 101.0]), 10, 1e-3)
    assert fired(PoissonInput("a", 2, 100.0), 1000).sum() > 100


def made(rate=10.0, size=4, **others):
    return lambda: PoissonInput("a", size, rate, **others)


REFUSED = {
    "negative rate": (made(-1.0), "the rate of a is -1.0; 0 Hz or more is allowed, a number or \\(4,\\)"),
    "rates of others": (made([1.0, 2.0]), r"the rate of a is \[1.0, 2.0\]; .*\(4,\)"),
    "rate NaN": (made(np.nan), "the rate of a is nan"),
    "rate of text": (made("10"), "the rate of a is '10'"),
    "no neuron": (made(size=0), "the size of a is 0"),
    "sign": (made(sign=2), r"a has the sign 2; \+1 .* or -1"),
    "seed": (made(seed=-1), "the seed of a is -1"),
    "name": (lambda: PoissonInput("a b", 1, 1.0), "the name 'a b'"),
    "a group alone": (made(groups=GROUP), "groups of PoissonInput a is Correlated"),
    "no group": (made(groups=[0.2]), "one of groups of PoissonInput a is 0.2; a Correlated is allowed"),
    "group beyond": (made(groups=[Correlated((3, 4), 0.1)]), "a group of a holds neuron 4; each of 4 neurons"),
    "two groups": (made(groups=[GROUP, Correlated((3, 2), 0.1)]), "holds neuron 3; .* be in one group"),
    "two rates": (made([1, 1, 1, 2], groups=[GROUP]), "the rates in a group of a are 1 to 2 Hz; one rate"),
    "one neuron": (lambda: Correlated((1,), 0.1), r"the neurons of a group are \(1,\); two or more"),
    "a neuron twice": (lambda: Correlated((1, 1), 0.1), "two or more, each once"),
    "negative neuron": (lambda: Correlated((-1, 1), 0.1), "counted from 0"),
    "neurons as number": (lambda: Correlated(5, 0.1), "neurons of Correlated is 5"),
    "no correlation": (lambda: Correlated((0, 1), 0.0), "the correlation of a group is 0; more than 0 and at most 1"),
    "correlation": (lambda: Correlated((0, 1), 1.1), "the correlation of a group is 1.1"),
}


@pytest.mark.parametrize(("make", "said"), REFUSED.values(), ids=REFUSED)
def test_impossible_inputs_are_refused_in_one_line(make, said):
    with pytest.raises(ArgumentError, match=said) as caught:
        make()
    assert "\n" not in str(caught.value)


def test_a_rate_may_carry_a_unit_and_neurons_may_be_an_array():
    import quantities as pq

    assert PoissonInput("a", 1, 0.01 * pq.kHz).rate == 10.0
    assert Correlated(np.arange(2), 0.1).neurons == (0, 1)
