"""`Trajectory.at`: the weight at any time, of one synapse and of many."""

import numpy as np
import pytest

from plasticity import events, spiking
from plasticity.errors import ArgumentError
from plasticity.rules import RULES
from plasticity.trains import Trajectory

RULE = RULES["pair_stdp"]
PRE, POST = [[0.01, 0.03], [0.02]], [[0.015], [0.01, 0.05]]


def by_counting(path, time, w0):
    """The last weight whose spike is not later, by going through them one by one."""
    past = [w for t, w in zip(path.times, path.weights, strict=True) if t <= time]
    return past[-1] if past else w0


def test_it_is_the_weight_after_the_last_spike_at_or_before_the_time():
    path = Trajectory(np.array([1.0, 2.0]), np.array([0.6, 0.7]), start=0.5)
    assert path.at([0.0, 0.999, 1.0, 1.5, 2.0, 9.0]).tolist() == [0.5, 0.5, 0.6, 0.6, 0.7, 0.7]


def test_both_of_a_coincident_pair_count():
    path = events.trajectory(RULES["spiking_hebbian"], [0.01], [0.01], 0.5)
    assert path.at(0.01) == pytest.approx(0.5 + RULES["spiking_hebbian"].values["A"], rel=1e-15)


@pytest.mark.parametrize("engine", [events, spiking], ids=["exact", "brian2"])
def test_each_of_many_synapses_has_its_own_spikes_and_its_own_start(engine):
    times, starts = np.linspace(0.0, 0.06, 13), [0.2, 0.8]
    many = engine.trajectory(RULE, PRE, POST, starts)
    for row, pre, post, w0 in zip(many.at(times), PRE, POST, starts, strict=True):
        one = engine.trajectory(RULE, pre, post, w0)
        assert row.tolist() == one.at(times).tolist() == [by_counting(one, time, w0) for time in times]


@pytest.mark.parametrize("times", [0.02, [0.02], [[0.0, 0.01], [0.02, 0.03]]], ids=["number", "list", "table"])
def test_the_shape_is_that_of_the_times_behind_that_of_the_synapses(times):
    many = events.trajectory(RULE, PRE, POST, 0.5)
    assert many.at(times).shape == (2, *np.shape(times))
    assert events.trajectory(RULE, PRE[0], POST[0], 0.5).at(times).shape == np.shape(times)


def test_a_synapse_without_spikes_keeps_its_start():
    assert events.trajectory(RULE, [[], [0.01]], [[], [0.02]], 0.3).at([0.0, 1.0])[0].tolist() == [0.3, 0.3]


def test_before_the_first_spike_nothing_is_made_up():
    path = Trajectory(np.array([1.0]), np.array([0.6]))
    assert path.at([1.0, 2.0]).tolist() == [0.6, 0.6]
    with pytest.raises(ArgumentError, match="not kept; give times from that spike on"):
        path.at([0.5])


@pytest.mark.parametrize("times", [[np.nan], "now", None, [1 + 1j]], ids=["nan", "text", "none", "complex"])
def test_what_are_no_times_is_refused(times):
    with pytest.raises((ArgumentError, ValueError), match="a time"):
        Trajectory(np.array([1.0]), np.array([0.6]), start=0.5).at(times)
