"""Gradient descent as an algorithm, and batch against on-line: when it stops, what it costs, what a drift does."""

import numpy as np
import pytest
from asked_once import answered

from plasticity.artificial.activations import LINEAR
from plasticity.artificial.descent import Descent
from plasticity.artificial.examples import Examples, with_bias
from plasticity.artificial.learning import gradient_descent
from plasticity.errors import ArgumentError
from plasticity.quiz import LECTURE, ask
from plasticity.quiz.answers.gradient import algorithm, online


def asked(id, *assignments, seed=0):
    (found,) = ask([LECTURE[id]], assignments=assignments, seed=seed)
    return found


def wrong_checks(found):
    return [check.measurement for check in found.answer.checks if not check.holds(found.answer.measurements)]


def test_the_mean_bears_the_slide_out_at_the_lecture_s_rate_and_the_sum_does_not():
    assert answered("gd-algorithm").held() == {"mean": True, "sum": False}


def test_the_sum_descends_below_its_own_largest_rate():
    limit = answered("gd-algorithm").answer.measurements["largest_rate_sum"]
    outcomes = [
        asked("gd-algorithm", f"rate={limit * f}", "n_summed=100").answer.measurements["outcome"] for f in (0.99, 1.01)
    ]
    assert outcomes == ["descends", "climbs"]


def test_both_ways_of_descending_are_those_of_the_package():
    p = algorithm.Parameters()
    found = algorithm.study(p)
    start = np.random.default_rng(p.seed).normal(size=(p.n_starts, 2))[0]
    examples = Examples(with_bias(np.array(p.inputs)[:, None]), np.array(p.targets))
    for rate, losses in ((p.rate, found.losses[:8, 0]), (p.rate * len(p.inputs), found.summed[:8])):
        history = gradient_descent(examples, start, activation=LINEAR, descent=Descent(rate=rate, n_epochs=8))
        assert losses == pytest.approx(history.losses, rel=1e-12)


def test_descent_stops_in_the_first_epoch_in_which_the_loss_falls_too_little():
    losses = np.array([8.0, 4.0, 3.0, 2.99, 1.0])
    assert [algorithm.stopped(losses, threshold) for threshold in (0.3, 0.01, 1e-9)] == [2, 3, None]


def test_a_perfect_fit_stops_once_nothing_is_left_but_rounding():
    found = asked("gd-algorithm", "inputs=1,2", "targets=0,1", "rate=0.3").answer.measurements
    assert found["left_finest"] < 1e-11 and found["epochs_finest"] < algorithm.MOST_EPOCHS


@pytest.mark.parametrize(
    "assignments",
    [(), ("inputs=1,2,-3", "targets=0,1,5", "rate=0.1"), ("rate=0.04", "thresholds=0.2,1e-9", "n_starts=20")],
)
def test_the_second_routes_of_the_algorithm_hold_for_other_examples_and_starts(assignments):
    assert [wrong_checks(asked("gd-algorithm", *assignments, seed=seed)) for seed in (1, 2)] == [[], []]


@pytest.mark.parametrize(
    "assignments, message",
    [
        (("rate=0.05",), "give one below 0.0476"),
        (("inputs=2,2", "targets=1,2"), "at least two that differ"),
        (("inputs=1",), "1 inputs and 5 targets"),
    ],
)
def test_what_cannot_descend_is_refused_with_what_would(assignments, message):
    with pytest.raises(ArgumentError, match=message):
        asked("gd-algorithm", *assignments)


def test_faster_and_slow_both_hold_but_where_the_constant_rate_hovers():
    held = answered("batch-and-online").held()
    assert [name for name, is_held in held.items() if not is_held] == ["constant / left=0.0001"]


def test_twice_the_examples_cost_gd_twice_as_many_and_on_line_descent_none():
    few, many = (asked("batch-and-online", f"n_examples={n}").answer.measurements for n in (5000, 10_000))
    assert many["rows"][0]["gd_examples"] == 2 * few["rows"][0]["gd_examples"]
    assert abs(many["rows"][0]["constant"] - few["rows"][0]["constant"]) <= 1  # of another draw of examples


def test_frozen_weights_fall_behind_with_the_square_of_the_time():
    short, long = (asked("batch-and-online", f"n_production={n}").answer.measurements for n in (500, 1000))
    assert long["loss_frozen"] == pytest.approx(4 * short["loss_frozen"])
    assert long["loss_learning"] == pytest.approx(short["loss_learning"], rel=1e-6)  # it has settled


def test_without_a_drift_learning_on_costs_the_hovering_and_the_slide_is_not_borne_out():
    found = asked("batch-and-online", "drift=0")
    assert found.verdict == "differs" and found.answer.measurements["production"] == "frozen"


@pytest.mark.parametrize("assignments", [(), ("noise=5",), ("n_examples=20", "rate=0.02", "drift=0.01")])
def test_the_second_routes_of_on_line_descent_hold_for_other_numbers_and_draws(assignments):
    assert [wrong_checks(asked("batch-and-online", *assignments, seed=seed)) for seed in (1, 2)] == [[], []]


def test_steps_are_counted_to_the_first_that_is_down():
    assert [online.steps_until(np.array([4.0, 2.0, 1.0]), wanted) for wanted in (4, 1.5, 0.5)] == [0, 2, None]
