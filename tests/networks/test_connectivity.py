"""Pairs: all that are asked for, each once, at random as often as the probability says."""

import numpy as np
import pytest

from plasticity.errors import ArgumentError, MemoryLimitError
from plasticity.networks import all_to_all, fixed_indegree, fixed_probability, one_to_one
from plasticity.networks.trials import successes


def test_all_to_all_is_every_pair_once():
    assert all_to_all(2, 3).tolist() == [[i, j] for i in range(2) for j in range(3)]


def test_autapses_are_left_out_where_that_is_wanted():
    assert all_to_all(3, 3, has_autapses=False).tolist() == [[i, j] for i in range(3) for j in range(3) if i != j]
    assert all_to_all(1, 1, has_autapses=False).shape == (0, 2)


def test_one_to_one_is_each_with_its_counterpart():
    assert one_to_one(3).tolist() == [[0, 0], [1, 1], [2, 2]]


@pytest.mark.parametrize("has_autapses", [True, False])
def test_each_pair_is_there_with_its_probability(has_autapses):
    n, p, n_drawn = 5, 0.3, 4000
    counts, rng = np.zeros((n, n)), np.random.default_rng(1)
    for _ in range(n_drawn):
        sources, targets = fixed_probability(n, n, p, rng, has_autapses=has_autapses).T
        counts[sources, targets] += 1
    possible = np.ones((n, n), bool) if has_autapses else ~np.eye(n, dtype=bool)

    assert counts.max() <= n_drawn and not counts[~possible].any()  # each pair once
    error = np.sqrt(p * (1 - p) / n_drawn)
    assert np.abs(counts[possible] / n_drawn - p).max() < 5 * error


@pytest.mark.parametrize(("p", "n_pairs"), [(0.0, 0), (1.0, 12)])
def test_no_probability_gives_no_pair_and_certainty_all(p, n_pairs):
    assert fixed_probability(3, 4, p, rng=1).shape == (n_pairs, 2)


@pytest.mark.parametrize("has_autapses", [True, False])
def test_each_neuron_gets_as_many_different_synapses_as_is_said(has_autapses):
    pairs = fixed_indegree(6, 6, 4, rng=1, has_autapses=has_autapses)

    assert np.bincount(pairs[:, 1]).tolist() == [4] * 6 and len(np.unique(pairs, axis=0)) == 24
    assert has_autapses or (pairs[:, 0] != pairs[:, 1]).all()


def test_each_source_is_chosen_as_often_as_another():
    rng, n_drawn = np.random.default_rng(3), 3000
    chosen = np.sum([np.bincount(fixed_indegree(5, 1, 2, rng)[:, 0], minlength=5) for _ in range(n_drawn)], axis=0)

    error = np.sqrt(n_drawn * 0.4 * 0.6)  # each is one of two out of five
    assert np.abs(chosen - 0.4 * n_drawn).max() < 5 * error


@pytest.mark.parametrize(
    "draw", [lambda rng: fixed_probability(20, 30, 0.2, rng), lambda r: fixed_indegree(9, 9, 3, r)]
)
def test_the_same_seed_gives_the_same_pairs(draw):
    assert np.array_equal(draw(5), draw(np.random.default_rng(5))) and not np.array_equal(draw(5), draw(6))


def test_more_trials_begin_with_the_same_successes():
    few, many = (successes(n, 0.01, np.random.default_rng(2)) for n in (10_000, 1_000_000))
    assert len(few) > 50 and np.array_equal(few, many[: len(few)]) and many[len(few)] >= 10_000


@pytest.mark.parametrize("p", [1e-300, 1e-18, 1e-9])
def test_successes_that_are_rarer_than_the_trials_are_long_do_not_overflow(p):
    assert successes(1000, p, np.random.default_rng(1)).tolist() == []


REFUSED = {
    "no neuron": (lambda: all_to_all(0, 3), "the number of neurons is 0; a whole number of 1 or more"),
    "half a neuron": (lambda: one_to_one(1.5), "the number of neurons is 1.5"),
    "autapses of two": (lambda: all_to_all(2, 3, has_autapses=False), "within one population, .* are 2 and 3"),
    "no truth": (lambda: all_to_all(2, 2, has_autapses="no"), "has_autapses is 'no'; a bool"),
    "probability": (lambda: fixed_probability(2, 2, 1.5, 1), "probability of a synapse is 1.5; 0 or more and at most"),
    "in per cent": (lambda: fixed_probability(2, 2, "10%", 1), "the probability of a synapse is '10%'"),
    "no generator": (lambda: fixed_probability(2, 2, 0.5, None), "rng is None; a numpy.random.Generator, or a seed"),
    "too many": (lambda: fixed_indegree(3, 9, 4, 1), "synapses from 4 different neurons .* 3 or less is allowed"),
    "too many of itself": (lambda: fixed_indegree(3, 3, 3, 1, has_autapses=False), "2 or less is allowed"),
}  # fmt: skip


@pytest.mark.parametrize(("made", "said"), REFUSED.values(), ids=REFUSED)
def test_impossible_connections_are_refused_in_one_line(made, said):
    with pytest.raises(ArgumentError, match=said) as caught:
        made()
    assert "\n" not in str(caught.value)


def test_more_synapses_than_fit_into_memory_are_refused_before_they_are_made():
    with pytest.raises(MemoryLimitError, match="1e.16 synapses would take"):
        all_to_all(10**8, 10**8)
