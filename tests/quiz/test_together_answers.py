"""Firing together: the change over lags, zero included."""

import numpy as np
import pytest

from plasticity.quiz.old.answers import together
from plasticity.rules import RULES

ZERO = len(together.LAGS) // 2


@pytest.fixture(scope="module")
def dw(together_study):
    return together_study.simulated


def test_together_is_a_short_window_in_either_order_and_includes_the_same_instant():
    lags = together.LAGS[together.IS_TOGETHER]
    assert lags.min() == -together.TOGETHER and lags.max() == together.TOGETHER and 0.0 in lags
    assert np.abs(together.LAGS).max() > 2 * together.TOGETHER


def test_hebbian_strengthens_at_every_lag_alike_in_both_orders_and_most_when_coincident(dw):
    change = dw["spiking_hebbian"]
    assert (change > 0).all() and change.argmax() == ZERO
    assert change == pytest.approx(change[::-1], abs=1e-12)  # the same sums in another order


def test_a_coincident_pair_counts_once_in_full(dw):
    each = RULES["spiking_hebbian"].values["A"]
    assert dw["spiking_hebbian"][ZERO] == pytest.approx(together.N_PAIRINGS * each, abs=1e-12)  # as in one sum


def test_anti_hebbian_is_its_mirror(dw):
    assert dw["spiking_anti_hebbian"] == pytest.approx(-dw["spiking_hebbian"], abs=1e-12)  # around w = 0.5


def test_pair_stdp_asks_for_the_order_and_ignores_coincidence(dw):
    assert (np.sign(dw["pair_stdp"]) == np.sign(together.LAGS.round(9))).all()


@pytest.mark.parametrize("answer", [together.hebbian, together.anti_hebbian], ids=["hebbian", "anti-hebbian"])
def test_measurements_are_means_over_the_lags_that_are_together(answer, together_study, dw):
    measurements = answer(together_study).measurements
    by_lag = dict(zip(measurements["lag_ms"], measurements["dw_hebbian_by_lag"], strict=True))
    mean = np.mean([change for lag, change in by_lag.items() if abs(lag) <= 20])
    assert measurements["dw_hebbian"] == pytest.approx(mean, rel=1e-12)
    assert measurements["dw_anti_hebbian"] == pytest.approx(-mean, rel=1e-12)
    assert measurements["dw_anti_hebbian_by_lag"] == dw["spiking_anti_hebbian"].tolist()


def test_every_lag_that_is_together_is_a_reading_and_so_is_the_rule_on_rates(together_study):
    readings = together.hebbian(together_study).readings
    assert len(readings) == together.IS_TOGETHER.sum() + 1
    assert readings["lag 0 ms"]["dw_hebbian"] == together_study.simulated["spiking_hebbian"][ZERO]
    assert readings["rates"]["dw_hebbian"] == pytest.approx(2e-4 * 10 * 10, rel=1e-12)  # k y x
