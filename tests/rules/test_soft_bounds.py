"""Soft bounds weaken each change by the room that is left, and refuse bounds and powers that cannot be soft."""

import math

import numpy as np
import pytest
from changing import with_changes
from hypothesis import given, settings
from hypothesis import strategies as st
from one_path import BOUNDED, PAIR, path

from plasticity import events, rates
from plasticity.errors import ArgumentError
from plasticity.rules import RULES, Bounds, anti, soft_bounds, unbounded, with_bounds

FIXED = settings(derandomize=True, deadline=None, max_examples=60)


@pytest.mark.parametrize("rule", BOUNDED, ids=str)
def test_soft_bounds_of_exponent_zero_are_hard_bounds(rule):
    np.testing.assert_allclose(path(soft_bounds(rule, mu_plus=0.0, mu_minus=0.0)), path(rule), rtol=1e-12)


@FIXED
@given(w0=st.floats(0.01, 0.99), mu_plus=st.floats(0.0, 2.0), mu_minus=st.floats(0.0, 2.0))
@pytest.mark.parametrize("rule", BOUNDED, ids=str)
def test_soft_bounds_weaken_each_change_by_the_room_that_is_left(rule, w0, mu_plus, mu_minus):
    soft = soft_bounds(rule, mu_plus=mu_plus, mu_minus=mu_minus)

    for pre, post in (([0.1], [0.11]), ([0.11], [0.1])):
        hard_step = events.final_weight(unbounded(rule), pre, post, w0) - w0
        room = (1 - w0) ** mu_plus if hard_step > 0 else w0**mu_minus
        step = events.final_weight(soft, pre, post, w0) - w0
        assert step == pytest.approx(hard_step * room, rel=1e-9, abs=1e-15)


@pytest.mark.parametrize("rule", BOUNDED, ids=str)
@pytest.mark.parametrize("w_max", [0.5, 3.0])
def test_soft_bounds_depend_on_the_weight_relative_to_its_maximum(rule, w_max):
    at_its_scale = events.final_weight(soft_bounds(rule, w_max=w_max), [0.1], [0.11], 0.3 * w_max) - 0.3 * w_max
    at_one = events.final_weight(soft_bounds(rule), [0.1], [0.11], 0.3) - 0.3

    assert at_its_scale == pytest.approx(at_one, rel=1e-9)


def test_a_change_whose_sign_varies_is_softened_on_either_side():
    signed = with_changes(PAIR, pre="0", post="A_plus*(r_pre - r_post)")
    soft = soft_bounds(signed)

    up = events.final_weight(soft, [0.1], [0.11], 0.8) - 0.8
    down = events.final_weight(soft, [], [0.1, 0.11], 0.8) - 0.8
    step = PAIR.values["A_plus"] * math.exp(-0.5)
    assert up == pytest.approx(step * 0.2, rel=1e-9)
    assert down == pytest.approx(-step * 0.8, rel=1e-9)


def test_soft_bounds_need_an_upper_bound():
    with pytest.raises(
        ArgumentError, match=r"soft bounds of bi_poo need a finite w_max above 0; inf came: give w_max="
    ):
        soft_bounds(RULES["bi_poo"])


@pytest.mark.parametrize("mu", [-0.1, math.nan, math.inf])
def test_an_exponent_that_is_negative_or_not_finite_is_refused(mu):
    with pytest.raises(ArgumentError, match="mu_.* is .*; (0 or more|every number must be finite)"):
        soft_bounds(PAIR, mu_plus=mu)


def test_soft_bounds_weaken_the_drift_of_a_rule_on_rates():
    soft, drift = soft_bounds(RULES["hebbian"]), rates.drift(RULES["hebbian"], 20.0, 20.0, 0.3)

    assert rates.drift(soft, 20.0, 20.0, 0.3) == pytest.approx(0.7 * drift, rel=1e-12)
    assert rates.drift(anti(soft), 20.0, 20.0, 0.3) == pytest.approx(-0.3 * drift, rel=1e-12)


def test_a_floor_stays_and_the_way_is_counted_from_it():
    floored = soft_bounds(with_bounds(PAIR, Bounds(0.1, 1.0)), mu_plus=0.0, mu_minus=0.0)
    assert floored.bounds.lower == 0.1
    soft = soft_bounds(with_bounds(PAIR, Bounds(0.2, 1.0)))
    step = events.final_weight(soft, [0.11], [0.1], 0.4) - 0.4
    assert step == pytest.approx(-PAIR.values["A_minus"] * math.exp(-0.5) * 0.25, rel=1e-9)


def test_anti_of_soft_bounds_is_soft_bounds_of_anti_and_unbounded_has_none():
    soft = soft_bounds(PAIR)
    np.testing.assert_array_equal(path(anti(soft)), path(soft_bounds(anti(PAIR))))
    assert events.final_weight(anti(soft), [0.1], [0.105], 0.2) == pytest.approx(0.2 - 0.2 * 0.005 * math.exp(-0.25))
    assert events.final_weight(unbounded(soft), [0.1], [0.105], 1.5) == pytest.approx(1.5 + 0.005 * math.exp(-0.25))
