"""Synapses evaluated in groups, slots in portions: the same numbers, in little memory."""

import tracemalloc

import numpy as np
import pytest
from changing import with_changes

from plasticity import events
from plasticity.errors import SimulationError, SpikeTrainError
from plasticity.events.groups import groups
from plasticity.rules import RULES, readable, scaled, soft_bounds, unbounded, with_conventions
from plasticity.trains import taken

PAIR = RULES["pair_stdp"]
RULES_OF_EACH_KIND = {
    "at its bounds": scaled(PAIR, 30.0),
    "own side": with_conventions(scaled(PAIR, 30.0), clipping="own side"),
    "nearest": RULES["bi_poo"],
    "triplets": RULES["triplet_stdp"],
    "soft bounds": soft_bounds(PAIR),
    "powers": soft_bounds(scaled(PAIR, 10.0), mu_plus=0.3, mu_minus=0.7),
    "up and down": soft_bounds(with_changes(PAIR, post="A_plus*r_pre - 0.3*A_plus")),
    "general state": RULES["suppression_stdp"],
}


def _trains(lengths, seed):
    rng = np.random.default_rng(seed)
    return [np.round(np.cumsum(1e-3 + rng.exponential(0.02, n)), 3) for n in lengths]


LENGTHS = [3, 0, 40, 7, 1, 39, 2]
TRAINS = (_trains(LENGTHS, 1), _trains(reversed(LENGTHS), 2))


@pytest.fixture
def small_groups(monkeypatch):
    for name, value in {"_SPARED": 0, "_MOST_SLOTS": 60, "_FEWEST": 1, "_LONG": 45}.items():
        monkeypatch.setattr(f"plasticity.events.groups.{name}", value)
    for name in ("_PORTION", "_PORTION_OF_ONE"):
        monkeypatch.setattr(f"plasticity.events.running.{name}", 11)


@pytest.mark.parametrize("rule", RULES_OF_EACH_KIND.values(), ids=RULES_OF_EACH_KIND)
def test_groups_portions_and_single_synapses_give_the_same_bits(rule, request):
    w0 = np.linspace(0.3, 0.7, len(LENGTHS))
    whole = events.trajectory(rule, *TRAINS, w0)
    request.getfixturevalue("small_groups")
    parts = events.trajectory(rule, *TRAINS, w0)
    np.testing.assert_array_equal(parts.weights, whole.weights)
    np.testing.assert_array_equal(parts.times, whole.times)
    for name, values in {**whole.state.values, "": whole.state.times}.items():
        np.testing.assert_array_equal({**parts.state.values, "": parts.state.times}[name], values)
    np.testing.assert_array_equal(events.final_weight(rule, *TRAINS, w0), whole.state.values["w"])


@pytest.mark.parametrize("rule", RULES_OF_EACH_KIND.values(), ids=RULES_OF_EACH_KIND)
def test_one_spike_at_each_of_many_synapses_is_a_run(rule):
    assert events.final_weight(rule, [[0.1], [0.2]], [[], []], 0.5).tolist() == [0.5, 0.5]
    assert events.final_weight(rule, [[], []], [[], []], 0.5).tolist() == [0.5, 0.5]


@pytest.mark.parametrize("rule", RULES_OF_EACH_KIND.values(), ids=RULES_OF_EACH_KIND)
def test_a_synapse_alone_has_the_bits_that_it_has_among_others(rule):
    path = events.trajectory(rule, *TRAINS, 0.5)
    for place, trains in enumerate(zip(*TRAINS, strict=True)):
        alone = events.trajectory(rule, *trains, 0.5)
        np.testing.assert_array_equal(alone.weights, path.weights[place, : len(alone.weights)])


def test_every_synapse_is_in_one_group_and_a_long_one_has_its_own():
    pre, post = taken(_trains([5000, *[10] * 300], 3)), taken(_trains([10] * 301, 4))
    found = groups(readable(PAIR, "events"), pre, post)
    assert sorted(np.concatenate(found).tolist()) == list(range(301))
    assert [0] in [members.tolist() for members in found]


def test_a_synapse_in_a_group_has_its_number_among_all_in_messages(small_groups):
    growing = unbounded(scaled(PAIR, 1e305))
    trains = [[0.1]] * 5 + [0.1 + 0.02 * np.arange(40)]
    with pytest.raises(SimulationError, match="synapse 5, became"):
        events.final_weight(growing, trains, [t + np.float64(0.005) for t in map(np.array, trains)], 0.5)
    state = events.trajectory(PAIR, *TRAINS, 0.5).state
    with pytest.raises(SpikeTrainError, match=r"synapse [0-6] has an event at .* and its state"):
        events.final_weight(PAIR, *TRAINS, None, state=state)


def test_one_long_train_beside_many_short_ones_takes_the_memory_of_their_spikes():
    """Padded, 201 synapses of 40,000 slots would take 64 MB for their times alone."""
    pre, post = _trains([20_000, *[20] * 200], 5), _trains([20_000, *[20] * 200], 6)
    events.final_weight(PAIR, pre[1], post[1], 0.5)
    tracemalloc.start()
    events.final_weight(PAIR, pre, post, 0.5)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 16e6
