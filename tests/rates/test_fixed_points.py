"""Fixed points of the mean drift: closed forms, all kinds of stability, bounds, and weights that get there."""

import math

import numpy as np
import pytest
from contracts.more_rules import POWER_LAW

from plasticity import events, protocols, rates
from plasticity.errors import RuleError, SimulationError, UnsupportedRule
from plasticity.rates import FixedPoint, fixed_points
from plasticity.rules import (
    RATES,
    RULES,
    UNBOUNDED,
    Bounds,
    Parameter,
    Rule,
    anti,
    scaled,
    soft_bounds,
    trace,
    unbounded,
    weight,
    with_parameters,
)

PAIR = RULES["pair_stdp"]
BETWEEN, HALF_LINE = Bounds(0.0, 1.0), Bounds(0.0)
LOWER, UPPER = FixedPoint(0.0, "stable", True), FixedPoint(1.0, "stable", True)


def flowing(flow, bounds=BETWEEN):
    """A rule whose drift is told."""
    changing = weight({}, flow=f"k*({flow})", bounds=bounds)
    return Rule("told", "our choice", (Parameter("k", 1.0, "Hz"),), changing, signals=RATES)


def found(rule, rate_pre=10.0, rate_post=10.0):
    return [(point.weight, point.stability, point.at_bound) for point in fixed_points(rule, rate_pre, rate_post)]


# `guetig2003`: w* = 1/(1 + alpha**(1/mu)); the smallest is next to the bound
@pytest.mark.parametrize("mu", [0.001, 0.02, 0.1, 0.5, 1.0, 2.0])
def test_soft_bounds_have_one_stable_point_where_the_closed_form_says(mu):
    alpha = PAIR.values["A_minus"] / PAIR.values["A_plus"]

    ((settled, *kind),) = found(soft_bounds(PAIR, mu_plus=mu, mu_minus=mu))

    assert settled == pytest.approx(1 / (1 + alpha ** (1 / mu)), rel=1e-9) and kind == ["stable", False]


def test_the_mixed_form_settles_at_the_ratio_of_the_amplitudes():
    ((settled, *kind),) = found(with_parameters(soft_bounds(PAIR, mu_plus=0, mu_minus=1), A_plus=0.003), 7.0, 31.0)

    assert settled == pytest.approx(0.003 / PAIR.values["A_minus"], rel=1e-12) and kind == ["stable", False]


@pytest.mark.parametrize("alpha", [0.11, 1.4])
def test_the_power_law_settles_where_both_powers_meet(alpha):
    # depression rate alpha w and potentiation rate w**mu meet at alpha**(1/(mu - 1))
    free = with_parameters(RULES["power_law_stdp"], alpha=alpha)

    lowest, (settled, *kind) = found(free)

    assert lowest == (0.0, "unstable", True)
    assert settled == pytest.approx(alpha ** (1 / (0.4 - 1)), rel=1e-9) and kind == ["stable", False]


def test_a_stable_point_beyond_the_bound_leaves_the_bound():
    assert found(POWER_LAW) == [(0.0, "unstable", True), (2.0, "stable", True)]


def test_additive_rules_have_one_bound():
    assert fixed_points(PAIR, 10.0, 10.0) == (LOWER,)
    assert fixed_points(anti(PAIR), 10.0, 10.0) == (UPPER,)
    assert fixed_points(unbounded(PAIR), 10.0, 10.0) == ()


UP = (1.0, "stable", True)
CASES = {
    "bistable": ("w*(1 - w)*(w - 0.3)", [(0.0, "stable", True), (0.3, "unstable", False), (1.0, "stable", True)]),
    "rising": ("w - 0.4", [(0.0, "stable", True), (0.4, "unstable", False), (1.0, "stable", True)]),
    "falling": ("0.4 - w", [(0.4, "stable", False)]),
    "touching from above": ("(w - 0.4)**2", [(0.4, "half-stable", False), (1.0, "stable", True)]),
    "touching from below": ("-(w - 0.4)**2", [(0.0, "stable", True), (0.4, "half-stable", False)]),
    "touching, no polynomial": ("abs(w - 0.4)**1.5", [(0.4, "half-stable", False), (1.0, "stable", True)]),
    "no polynomial": ("sqrt(w)*(0.3 - w)", [(0.0, "unstable", True), (0.3, "stable", False)]),
    "zero at a bound": ("-w", [(0.0, "stable", True)]),
    "zero at both": ("w*(1 - w)", [(0.0, "unstable", True), (1.0, "stable", True)]),
    "flat at a bound": ("w**4", [(0.0, "unstable", True), (1.0, "stable", True)]),
    "a step": ("0.5 - step(w - 0.4)", [(0.4, "stable", False)]),
    "two together": ("(0.2 - w)*(0.201 - w)", [(0.2, "stable", False), (0.201, "unstable", False), UP]),
}


@pytest.mark.parametrize("case", CASES)
def test_every_kind_of_point_is_told(case):
    flow, expected = CASES[case]

    points = found(flowing(flow))

    assert [point[1:] for point in points] == [point[1:] for point in expected]
    np.testing.assert_allclose([point[0] for point in points], [point[0] for point in expected], atol=1e-9)


@pytest.mark.parametrize("flow", ["w*(1 - w)*(w - 0.3)", "30*w*(w - 200)", "w**4"])
@pytest.mark.parametrize("bounds", [UNBOUNDED, HALF_LINE])
def test_the_roots_of_a_polynomial_are_found_however_far(flow, bounds):
    roots = {"w*(1 - w)*(w - 0.3)": [0, 0.3, 1], "30*w*(w - 200)": [0, 200], "w**4": [0]}[flow]

    points = [point[0] for point in found(flowing(flow, bounds))]

    np.testing.assert_allclose(points, roots, atol=1e-6)


def test_a_rule_on_spikes_and_a_double_well_is_bistable():
    well = weight({"pre": "-a*(w - 0.5)", "post": "a*w*(1 - w)*(8*w - 4)"})
    rule = Rule("well", "our choice", (Parameter("a", 1e-3),), well)

    # -(w - .5) + 8 w (1 - w)(w - .5) = (w - .5)(8 w - 8 w**2 - 1), zero at .5 and .5 +- 1/sqrt(8)
    expected = [0.5 - 8**-0.5, 0.5, 0.5 + 8**-0.5]
    points = found(rule)
    np.testing.assert_allclose([point[0] for point in points], expected, atol=1e-9)
    assert [point[1] for point in points] == ["stable", "unstable", "stable"]


def test_weights_end_at_the_stable_point_under_poisson_trains():
    rule, rng = scaled(soft_bounds(PAIR), 0.1), np.random.default_rng(4)
    (point,) = fixed_points(rule, 40.0, 40.0)
    pre, post = ([protocols.poisson(40.0, 240.0, rng) for _ in range(60)] for _ in range(2))

    final = events.final_weight(rule, pre, post, 0.2)

    error = final.std(ddof=1) / math.sqrt(len(final))
    assert final.mean() == pytest.approx(point.weight, abs=5 * error)
    assert error < 1e-3


def test_a_drift_that_is_zero_everywhere_has_no_points_to_tell():
    balanced = with_parameters(PAIR, A_minus=0.005)

    with pytest.raises(SimulationError, match="drift of pair_stdp is zero at every weight for rates of 10 and 21 Hz"):
        fixed_points(balanced, 10.0, 21.0)
    with pytest.raises(SimulationError, match="is zero at all weights from 0 to 0.4: all are fixed points"):
        fixed_points(flowing("rectify(w - 0.4)"), 1.0, 1.0)


def test_rates_may_have_a_unit_and_impossible_ones_are_refused():
    quantities = pytest.importorskip("quantities")
    soft = soft_bounds(PAIR)

    assert fixed_points(soft, 10 * quantities.Hz, 0.01 * quantities.kHz) == fixed_points(soft, 10.0, 10.0)
    for wrong in (-1.0, math.nan, [1.0, 2.0], "fast"):
        with pytest.raises(RuleError, match="the postsynaptic rate"):
            fixed_points(soft, 10.0, wrong)


def test_a_rule_without_drift_is_refused():
    exponential = weight({"post": "exp(r)"})
    rule = Rule("exp", "our choice", (Parameter("tau", 0.02, "s"),), exponential, (trace("r", "pre", "tau"),))

    with pytest.raises(UnsupportedRule, match="no polynomials with a mean"):
        fixed_points(rule, 1.0, 1.0)


def test_a_drift_that_is_no_number_is_said():
    with pytest.raises(SimulationError, match="the drift of told is no number at some weights"):
        fixed_points(flowing("sqrt(w - 0.5)"), 1.0, 1.0)


def test_the_points_agree_with_the_drift():
    rule = soft_bounds(RULES["triplet_stdp"], mu_plus=0.3, mu_minus=0.8, w_max=2.0)
    (point,) = fixed_points(rule, 20.0, 35.0)

    below, above = rates.drift(rule, 20.0, 35.0, [point.weight - 1e-6, point.weight + 1e-6])
    assert below > 0 > above and point.stability == "stable"
