"""The rules of a ReLU and of a tanh: the printed ones and ours by central differences, with other numbers too."""

import math

import numpy as np
import pytest
from asked_once import answered

from plasticity.errors import ArgumentError
from plasticity.quiz import LECTURE, ask
from plasticity.quiz.answers.gradient import rectifier, tanh_rule


def difference(function, at, step=1e-6):
    """Central difference."""
    return (function(at + step) - function(at - step)) / (2 * step)


def asked(id, *assignments):
    (found,) = ask([LECTURE[id]], assignments=assignments)
    return found.answer.measurements


def entropy(p, label):
    return -label * np.log(p) - (1 - label) * np.log(1 - p)


def test_the_printed_relu_update_is_at_most_a_sixteenth_of_the_right_one():
    found = answered("relu-rule").answer.measurements
    assert 0.06 < found["update_printed_over_right"] <= 1 / 16
    assert found["gradient_formula_holds"] and not found["update_follows_from_gradient"]


def test_the_printed_relu_update_is_that_of_the_squared_error_of_a_sigmoid():
    z, t = np.linspace(-3, 3, 13), 1.0
    y = 1 / (1 + np.exp(-z))
    squared = difference(lambda z: 0.5 * (1 / (1 + np.exp(-z)) - t) ** 2, z)
    assert rectifier.printed_change(y, t) == pytest.approx(-squared, abs=1e-9)
    assert answered("relu-rule").answer.measurements["matches_squared_error_of_sigmoid"]


def test_the_shares_of_relu_outputs_add_up():
    found = answered("relu-rule").answer.measurements
    assert sum(found[f"share_{name}"] for name in ("y_0", "defined", "y_above_1")) == pytest.approx(1)


@pytest.mark.parametrize("inside, above, t", [(0.5, 1.5, 1), (0.2, 3, 1), (0.9, 1.1, 0)])
def test_the_relu_changes_are_those_of_plain_arithmetic(inside, above, t):
    found = asked("relu-rule", f"inside={inside}", f"above={above}", f"t={t}")
    assert found["right_change"] == pytest.approx(-difference(lambda y: entropy(y, t), inside), rel=1e-6)
    assert found["printed_change"] == pytest.approx((t - inside) * inside * (1 - inside))
    assert found["printed_change_of_z_above_1"] == pytest.approx((t - above) * above * (1 - above)) and above > t


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_the_verdict_on_the_relu_does_not_hang_on_the_seed(seed):
    (found,) = ask([LECTURE["relu-rule"]], seed=seed)
    assert found.verdict == "differs"


@pytest.mark.parametrize("z, is_on", [(0.5, True), (0.5, False), (2.0, True), (-1.0, False)])
def test_each_tanh_rule_is_minus_the_slope_of_its_loss(z, is_on):
    rows = asked("tanh-rule", f"z={z}", f"is_on={str(is_on).lower()}")["rows"]
    losses = (
        lambda z: entropy(np.tanh(z), is_on),
        lambda z: entropy((1 + np.tanh(z)) / 2, is_on),
        lambda z: 0.5 * (np.tanh(z) - (1 if is_on else -1)) ** 2,
    )
    expected = [-difference(loss, z) if k or z > 0 else None for k, loss in enumerate(losses)]
    assert [row["change"] for row in rows] == [one if one is None else pytest.approx(one, rel=1e-6) for one in expected]


def test_every_tanh_rule_holds_on_random_examples_and_the_loss_of_the_slides_is_missing_for_half():
    found = answered("tanh-rule").answer.measurements
    assert all(found[f"{name}_rule_holds"] for name in ("unshifted", "entropy", "squared"))
    assert abs(found["share_without_unshifted_loss"] - 0.5) < 5 * math.sqrt(0.25 / 500)


def test_a_tanh_rule_without_its_factor_would_be_noticed(monkeypatch):
    monkeypatch.setattr(tanh_rule, "of_slides", lambda y, t: (y - t) * (1 + y))
    found = tanh_rule.answer(tanh_rule.study(tanh_rule.Parameters()))
    assert not found.measurements["unshifted_rule_holds"]
    assert [check.measurement for check in found.checks if not check.holds(found.measurements)] == ["changes"]


def test_a_sum_too_near_to_zero_for_the_second_route_is_refused():
    with pytest.raises(ArgumentError, match="z is 1e-300; allowed: 0, or 1e-09"):
        asked("tanh-rule", "z=1e-300")
