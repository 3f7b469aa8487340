"""The evaluator: conventions one by one with numbers worked out by hand, limits, and numbers that blow up."""

import math
from dataclasses import replace

import numpy as np
import pytest
from changing import with_changes, with_delay

from plasticity import events
from plasticity.errors import RuleError, SimulationError, SpikeTrainError, WeightError
from plasticity.rules import (
    BIOLOGICAL,
    RULES,
    UNBOUNDED,
    Parameter,
    Rule,
    nearest,
    scaled,
    trace,
    unbounded,
    weight,
    with_bounds,
    with_conventions,
)

# A rule made for numbers by hand: after 10 ms a trace is a half.
HALVING = Rule(
    name="halving",
    source="our choice",
    parameters=(Parameter("a", 0.1), Parameter("b", 0.2), Parameter("tau", 0.01 / math.log(2), "ms")),
    weight=weight({"pre": "-b*y", "post": "a*x"}, bounds=UNBOUNDED),
    state=(trace("x", "pre", "tau"), trace("y", "post", "tau")),
)
T = 0.1  # seconds
EXACT = {"rel": 1e-12, "abs": 1e-14}


def weights(rule, pre, post, w0=0.5):
    return events.trajectory(rule, pre, post, w0).weights


def test_a_spike_alone_changes_nothing():
    assert weights(HALVING, [T], []).tolist() == [0.5]


def test_a_change_reads_the_trace_as_it_decayed():
    assert weights(HALVING, [T], [T + 0.01]) == pytest.approx([0.5, 0.5 + 0.1 / 2], **EXACT)
    assert weights(HALVING, [T], [T + 0.02]) == pytest.approx([0.5, 0.5 + 0.1 / 4], **EXACT)


def test_all_spikes_count_unless_the_nearest_alone_does():
    pre, post = [T, T + 0.01], [T + 0.02]

    assert weights(HALVING, pre, post)[-1] == pytest.approx(0.5 + 0.1 * (1 / 4 + 1 / 2), **EXACT)
    assert weights(nearest(HALVING), pre, post)[-1] == pytest.approx(0.5 + 0.1 * (1 / 2), **EXACT)


def test_a_change_reads_a_trace_of_its_own_train_before_its_own_spike():
    own = with_changes(HALVING, pre="b*x", post="0")

    # convention 1: nothing at the first spike, one half at the second
    assert weights(own, [T, T + 0.01], []) == pytest.approx([0.5, 0.5 + 0.2 / 2], **EXACT)


def test_an_ignored_coincidence_reads_both_traces_before_either_is_raised():
    pre, post = [T, T + 0.01], [T, T + 0.01]

    # convention 2: nothing at T; at T + 10 ms both traces are a half, of the spikes at T
    expected = [0.5, 0.5, *[0.5 + 0.1 / 2 - 0.2 / 2] * 2]
    assert weights(HALVING, pre, post) == pytest.approx(expected, **EXACT)


def test_a_counted_coincidence_acts_as_if_pre_came_an_instant_before():
    counted = with_conventions(HALVING, coincidence="pre first")

    assert weights(counted, [T], [T]) == pytest.approx([0.5 + 0.1] * 2, **EXACT)


def test_a_counted_coincidence_is_not_read_by_the_change_of_its_own_side():
    own = with_conventions(with_changes(HALVING, pre="b*x", post="0"), coincidence="pre first")

    assert weights(own, [T, T + 0.01], [T, T + 0.01])[-1] == pytest.approx(0.5 + 0.2 / 2, **EXACT)


def test_a_counted_coincidence_is_the_limit_of_a_short_lag():
    counted = with_conventions(HALVING, coincidence="pre first")

    # the traces decay by 1e-8/tau = 7e-7 in between
    assert weights(counted, [T], [T])[-1] == pytest.approx(weights(counted, [T], [T + 1e-8])[-1], rel=1e-6)


def test_a_coincidence_counted_for_the_nearest_spike_reads_one_not_more():
    counted = nearest(with_conventions(HALVING, coincidence="pre first"))

    # post at T + 10 ms finds the trace set to one by the pre spike of that instant; pre finds no post before
    assert weights(counted, [T, T + 0.01], [T + 0.01])[-1] == pytest.approx(0.5 + 0.1, **EXACT)


@pytest.mark.parametrize(("order", "expected"), [("potentiation first", 0.9), ("depression first", 0.95)])
def test_at_one_instant_the_change_that_the_convention_says_comes_first(order, expected):
    bounded = with_conventions(with_bounds(HALVING, BIOLOGICAL), order=order)

    # at the upper bound: up 0.05 (clipped), then down 0.1; or down 0.1, then up 0.05
    assert weights(bounded, [T, T + 0.01], [T, T + 0.01], 1.0)[-1] == pytest.approx(expected, **EXACT)


def test_a_weight_is_clipped_after_each_jump_not_at_the_end():
    bounded = with_bounds(HALVING, BIOLOGICAL)
    pre, post = [T, T + 0.02], [T + 0.01]

    # convention 3: up a*1/2 from the bound is lost, then down b*1/2
    assert weights(bounded, pre, post, 1.0) == pytest.approx([1.0, 1.0, 1.0 - 0.2 / 2], **EXACT)


@pytest.mark.parametrize("rule", ["pair_stdp", "anti_stdp", "spiking_hebbian", "spiking_anti_hebbian"])
@pytest.mark.parametrize("lag", [0.01, -0.01])
def test_no_number_of_pairings_drives_a_weight_out_of_its_bounds(rule, lag):
    pre, post = np.arange(1.0, 2000.0), np.arange(1.0, 2000.0) + lag

    path = weights(scaled(RULES[rule], 10.0), pre, post)

    assert path.min() >= 0.0 and path.max() <= 1.0 and path[-1] in (0.0, 1.0)


def test_an_unbounded_weight_passes_zero():
    pre, post = np.arange(1.0, 200.0), np.arange(1.0, 200.0) - 0.01
    change = -RULES["pair_stdp"].values["A_minus"] * math.exp(-0.5)

    # neighbours a second apart leave exp(-50)
    assert weights(unbounded(RULES["pair_stdp"]), pre, post)[-1] == pytest.approx(0.5 + 199 * change, rel=1e-12)


@pytest.mark.parametrize("delays", [(0.003, 0.0), (0.0, 0.004), (0.003, 0.004)])
def test_delays_shift_the_trains_at_the_synapse(delays):
    pre, post = np.array([0.1, 0.15, 0.2]), np.array([0.11, 0.149, 0.21])
    delayed = with_delay(with_delay(HALVING, "pre", delays[0]), "post", delays[1])

    path = events.trajectory(delayed, pre, post, 0.5)

    shifted = events.trajectory(HALVING, pre + delays[0], post + delays[1], 0.5)
    np.testing.assert_array_equal(path.times, shifted.times)
    np.testing.assert_array_equal(path.weights, shifted.weights)


def test_a_trajectory_holds_every_spike_with_its_time():
    path = events.trajectory(HALVING, [0.1, 0.3], [0.2, 0.3, 0.4], 0.5)

    assert path.times.tolist() == [0.1, 0.2, 0.3, 0.3, 0.4]
    assert path.weights[2] == path.weights[3]


def test_many_synapses_make_a_row_each_padded_with_nan():
    path = events.trajectory(HALVING, [[0.1, 0.2], [0.1]], [[0.15], []], 0.5)

    assert path.times.shape == path.weights.shape == (2, 3)
    assert path.weights[1].tolist()[:1] == [0.5] and np.isnan(path.weights[1, 1:]).all()


def test_synapses_do_not_know_of_each_other():
    pre, post = [[0.1, 0.2], [0.1, 0.25], [0.05]], [[0.11], [0.2, 0.26], [0.06]]

    together = events.final_weight(HALVING, pre, post, [0.1, 0.2, 0.3])

    alone = [events.final_weight(HALVING, *trains) for trains in zip(pre, post, [0.1, 0.2, 0.3], strict=True)]
    assert together.tolist() == alone


def test_the_final_weight_is_the_last_of_the_trajectory_and_a_float():
    pre, post = [0.1, 0.2], [0.15, 0.2]

    final = events.final_weight(HALVING, pre, post, 0.5)

    assert type(final) is float and final == weights(HALVING, pre, post)[-1]


@pytest.mark.parametrize("rule", ["pair_stdp", "bi_poo"])
def test_a_later_start_changes_nothing(rule):
    pre, post = np.array([0.1, 0.13, 0.2]), np.array([0.11, 0.13, 0.19])

    # times near a thousand seconds are rounded at 1e-13 s, 1e-11 of a time constant
    assert weights(RULES[rule], pre + 1000, post + 1000) == pytest.approx(weights(RULES[rule], pre, post), rel=1e-10)


def test_no_spikes_leave_the_weight_alone():
    assert events.final_weight(HALVING, [], [], 0.3) == 0.3
    assert events.trajectory(HALVING, [], [], 0.3).weights.shape == (0,)


GROWING = replace(with_changes(HALVING, post="1e100*w"), name="growing")


def test_a_weight_that_blows_up_stops_with_variable_and_time():
    post = [0.1, 0.2, 0.3, 0.4, 0.5]

    # 0.5e100, 0.5e200, 0.5e300, and the fourth is beyond the largest number
    with pytest.raises(SimulationError, match=r"^w of growing, synapse 0, became inf at 0.4 s; check its parameters"):
        events.final_weight(GROWING, [], post, 0.5)


def test_the_synapse_that_blows_up_is_named():
    with pytest.raises(SimulationError, match="synapse 1, became -inf at 0.4 s"):
        events.final_weight(GROWING, [[], []], [[0.1], [0.1, 0.2, 0.3, 0.4]], [0.5, -0.5])


def test_a_weight_that_stops_being_a_number_is_found_though_bounds_would_clip_it():
    undefined = replace(with_bounds(with_changes(HALVING, post="sqrt(w - 2)"), BIOLOGICAL), name="undefined")

    with pytest.raises(SimulationError, match="w of undefined, synapse 0, became nan at 0.2 s"):
        events.final_weight(undefined, [0.1], [0.2], 0.5)


@pytest.mark.parametrize("read", [events.final_weight, events.trajectory])
@pytest.mark.parametrize(
    ("pre", "w0", "error"),
    [([0.2, 0.1], 0.5, SpikeTrainError), ([math.nan], 0.5, SpikeTrainError)]
    + [([0.1, 0.1], 0.5, SpikeTrainError), ([0.1], 1.5, WeightError), ([0.1], math.nan, WeightError)],
)
def test_impossible_input_is_refused(read, pre, w0, error):
    with pytest.raises(error) as caught:
        read(RULES["pair_stdp"], pre, [0.3], w0)

    assert "\n" not in str(caught.value)


def test_what_is_no_rule_is_refused():
    with pytest.raises(RuleError, match="plasticity.events needs a rule, and 'pair_stdp' is none"):
        events.final_weight("pair_stdp", [0.1], [0.2], 0.5)
