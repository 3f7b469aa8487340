"""Softmax, its loss, and when its outputs are probabilities: by routes of the tests' own, with other numbers too."""

import math

import numpy as np
import pytest
from asked_once import answered

from plasticity.artificial.descent import Descent
from plasticity.artificial.examples import Examples
from plasticity.artificial.learning import gradient_descent
from plasticity.errors import ArgumentError
from plasticity.quiz import LECTURE, ask
from plasticity.studies import calibration, cloud_categories

RNG = np.random.default_rng(0)
ON_SEVERAL = pytest.mark.parametrize("seed", [1, 2, 3])


def asked(id, *assignments, seed=0):
    (found,) = ask([LECTURE[id]], assignments=assignments, seed=seed)
    return found


def outputs_at(z):
    grown = [math.exp(one) for one in z]
    return [one / sum(grown) for one in grown]


@pytest.mark.parametrize("z, raised", [((1, 2, 3), 1), ((-1, 0.5, 0.5, 2), 3), ((0, 0), 0.5)])
def test_raising_one_z_shrinks_all_other_outputs_in_one_proportion(z, raised):
    rows = asked("softmax", f"z={','.join(map(str, z))}", f"raised={raised}").answer.measurements["rows"]
    before, after = outputs_at(z), outputs_at((z[0] + raised, *z[1:]))
    assert [row["y"] for row in rows] == pytest.approx(before) and [row["y_raised"] for row in rows] == pytest.approx(
        after
    )
    assert np.ptp(np.divide(after, before)[1:]) < 1e-14 and after[0] > before[0]


def test_the_slide_on_softmax_is_right_in_one_reading_of_four():
    found = answered("softmax")
    assert [name for name, is_held in found.held().items() if is_held] == ["alone / of_y"]
    assert found.verdict == "depends" and len(found.answer.readings) == 4


def test_with_two_softmax_units_every_growth_shrinks_the_other():
    found = asked("softmax", "z=1,2")
    assert found.answer.measurements["others_all_shrink_any_change"] == 1
    assert found.held()["together / of_y"]


def test_at_the_same_z_the_slopes_of_softmax_and_sigmoid_are_different_numbers():
    last = answered("softmax").answer.measurements["rows"][2]
    y, p = outputs_at((1, 2, 3))[2], 1 / (1 + math.exp(-3))
    assert (last["slope"], last["sigmoid_slope"]) == pytest.approx((y * (1 - y), p * (1 - p)), rel=1e-12)


@pytest.mark.parametrize("z, right", [((0, 2, 1), 1), ((0.5, -1), 2), ((1, 1, 1, 3), 4)])
def test_softmax_pushes_the_wrong_units_by_their_outputs_and_sigmoids_do_not(z, right):
    settings = [f"z={','.join(map(str, z))}", f"right={right}", "n_epochs=5", "n_draws=3"]
    found = asked("cce-drawback", *settings).answer.measurements
    is_right = np.arange(len(z)) == right - 1
    assert found["gradient_softmax"] == pytest.approx(np.subtract(outputs_at(z), is_right), abs=1e-12)
    assert np.count_nonzero(found["gradient_sigmoids"]) == 1 and found["gradient_sigmoids"][right - 1] < 0


def test_a_right_unit_that_is_not_there_is_refused():
    with pytest.raises(ArgumentError, match="right is 4 of 3 units"):
        asked("cce-drawback", "right=4")


def test_steps_that_would_overshoot_are_refused():
    with pytest.raises(ArgumentError, match="up to 0.11 no step overshoots"):
        asked("cce-drawback", "spread=5", "rate=0.5")


def test_without_a_shared_sum_the_outputs_that_should_be_0_stay_high_in_every_draw():
    clouds = cloud_categories.Clouds(n_draws=8, n_each=30, spread=1.0, rate=0.5, n_epochs=300, seed=0)
    softmax, sigmoids, multiclass = (cloud_categories.learned(clouds, name).wrong for name in cloud_categories.UNITS)
    assert sigmoids.min() > 3 * max(softmax.max(), multiclass.max())


@pytest.mark.parametrize("name", cloud_categories.UNITS)
def test_a_draw_of_the_batch_learns_what_it_learns_alone(name):
    clouds = cloud_categories.Clouds(n_draws=2, n_each=10, spread=1.0, rate=0.5, n_epochs=40, seed=3)
    data, (loss, unit) = cloud_categories.drawn(clouds), cloud_categories.UNITS[name]
    examples, descent = Examples(data.inputs[1], data.targets), Descent(loss, 0.5, n_epochs=40)
    alone = gradient_descent(examples, data.start[1], activation=unit, descent=descent).final
    y = unit(data.inputs[1] @ alone.T)
    assert cloud_categories.learned(clouds, name).wrong[1] == pytest.approx(y[data.targets == 0].mean(), rel=1e-12)


@pytest.mark.parametrize("y, right, t", [((0.7, 0.2, 0.1), 1, 1), ((0.1, 0.3), 2, 0), ((0.4, 0.1, 0.2, 0.3), 3, 0.25)])
def test_the_categorical_cost_is_minus_the_log_of_the_right_output(y, right, t):
    settings = [f"y={','.join(map(str, y))}", f"right={right}", "y_of_two=0.3", f"t_of_two={t}"]
    found = asked("categorical-cross-entropy", *settings).answer.measurements
    two = -t * math.log(0.3) - (1 - t) * math.log(0.7)
    assert (found["cost"], found["cost_turned"]) == pytest.approx((-math.log(y[right - 1]),) * 2)
    assert (found["cost_of_one"], found["cost_of_pair"]) == pytest.approx((two, two))


def test_two_softmax_units_share_the_step_of_one_sigmoid_twice():
    found = answered("categorical-cross-entropy").answer.measurements
    assert found["step_of_two_softmax_units_over_one_sigmoid"] == pytest.approx(2, rel=1e-9)
    assert found["effect_of_other_outputs"] == 0 and answered("categorical-cross-entropy").verdict == "agrees"


@ON_SEVERAL
def test_softmax_outputs_are_probabilities_of_one_category_and_not_of_several(seed):
    found = asked("softmax-as-probabilities", seed=seed)
    assert found.held() == {"one": True, "several": False} and found.verdict == "depends"
    assert found.answer.measurements["outcome"] == "told apart"


@ON_SEVERAL
def test_the_true_probabilities_pass_as_probabilities_and_their_squares_do_not(seed):
    data = calibration.Data(n_categories=4, n_examples=2400, bias=-0.5, n_bins=10, n_epochs=1, seed=seed)
    _, true, labels = calibration._drawn(data, "several")
    passes = [
        (one := calibration._binned(data, labels, outputs, true)).error(one.frequency) < one.by_chance()
        for outputs in (true, true**2)
    ]
    assert passes == [True, False]


def test_calibrated_outputs_are_apart_by_chance_as_much_as_the_formula_says():
    outputs = RNG.uniform(size=(400, 2))
    data = calibration.Data(n_categories=2, n_examples=400, bias=0, n_bins=5, n_epochs=1, seed=0)
    errors = []
    for _ in range(300):
        one = calibration._binned(data, (RNG.uniform(size=outputs.shape) < outputs) * 1.0, outputs, outputs)
        errors.append(one.error(one.frequency))
    assert one.by_chance() == pytest.approx(
        np.mean(errors) + 5 * np.std(errors), rel=0.15
    )  # 300 draws: 4 % of the deviation


def test_more_categories_that_hold_at_once_move_softmax_further_from_the_truth():
    few, many = (
        asked("softmax-as-probabilities", f"bias={bias}").answer.measurements["error_of_several"] for bias in (-0.5, 1)
    )
    assert many > few + 0.05
