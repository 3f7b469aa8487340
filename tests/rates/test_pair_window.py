"""The window of one pair in numbers: a formula by hand, the drift, limits, shapes, and refusals.

That it is the window of the exact engine is part of the contract over all rules.
"""

import numpy as np
import pytest

from plasticity import rates
from plasticity.errors import ArgumentError, RuleError, UnsupportedRule, WeightError
from plasticity.rules import RULES, soft_bounds, unbounded, with_parameters
from plasticity.studies.pair_formula import one_pair

LAGS = np.array([-40e-3, -10e-3, -2e-9, 0.0, 2e-9, 10e-3, 40e-3])
UNEQUAL = with_parameters(RULES["pair_stdp"], A_minus=0.004, tau_minus=35e-3)


@pytest.mark.parametrize("rule", [UNEQUAL, RULES["spiking_hebbian"]], ids=str)
def test_it_is_the_formula_by_hand(rule):
    assert rates.pair_window(rule, LAGS) == pytest.approx(one_pair(rule, LAGS), rel=1e-12)


def test_its_area_is_the_drift_for_each_pair_of_rates():
    lags = np.linspace(-1.0, 1.0, 200_001)  # 0.01 ms apart, to 28 time constants

    changes = rates.pair_window(UNEQUAL, lags)

    # The trapezia are off by (step/tau)^2/12, and by half of each side's step at lag 0: 10 us of 20 and 35 ms
    area = np.trapezoid(changes, lags)
    assert area == pytest.approx(rates.drift(UNEQUAL, 1.0, 1.0, 0.5), rel=0, abs=1e-5 * 0.009)


def test_far_apart_nothing_changes_and_next_to_each_other_the_whole_amplitude():
    values = UNEQUAL.values

    far = rates.pair_window(UNEQUAL, [-10.0, 10.0])
    near = rates.pair_window(UNEQUAL, [-2e-9, 2e-9])

    assert np.abs(far).max() < 1e-100  # beyond 280 time constants
    assert near == pytest.approx([-values["A_minus"], values["A_plus"]], rel=1e-6)  # 2 ns of 20 ms are 1e-7


def test_a_window_that_reads_the_weight_begins_where_it_is_told():
    soft = soft_bounds(RULES["pair_stdp"])

    found = [rates.pair_window(soft, 0.01, w0=w0) for w0 in (0.0, 0.25, 1.0)]

    assert found[1] == pytest.approx(0.75 * found[0], rel=1e-12) and found[2] == 0.0
    assert rates.pair_window(soft, 0.01) == rates.pair_window(soft, 0.01, w0=0.5)


@pytest.mark.parametrize(
    "lags", [0.01, [0.01], [[0.01, -0.01], [0.0, 0.02]], []], ids=["number", "one", "table", "none"]
)
def test_the_shape_is_that_of_the_lags(lags):
    assert rates.pair_window(RULES["pair_stdp"], lags).shape == np.shape(lags)


def test_bounds_do_not_clip_it():
    assert rates.pair_window(RULES["pair_stdp"], LAGS, w0=1.0) == pytest.approx(
        rates.pair_window(unbounded(RULES["pair_stdp"]), LAGS), abs=0
    )


@pytest.mark.parametrize(
    ("call", "error", "said"),
    [
        (lambda: rates.pair_window(RULES["hebbian"], 0.01), UnsupportedRule, "hears no spikes; ask its spiking form"),
        (lambda: rates.pair_window(RULES["calcium"], 0.01), UnsupportedRule, "flows between spikes; ask plasticity.ev"),
        (lambda: rates.pair_window(RULES["voltage_stdp"], 0.01), UnsupportedRule, "not spikes alone$"),
        (lambda: rates.pair_window("pair_stdp", 0.01), RuleError, "'pair_stdp'"),
        (lambda: rates.pair_window(RULES["pair_stdp"], "soon"), ArgumentError, "'soon'"),
        (lambda: rates.pair_window(RULES["pair_stdp"], 0.01, w0=2.0), WeightError, "outside the bounds"),
    ],
    ids=["rates", "flow", "voltage", "no rule", "no lag", "weight"],
)
def test_what_it_cannot_answer_is_refused_with_the_reason(call, error, said):
    with pytest.raises(error, match=said):
        call()
