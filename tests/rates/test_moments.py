"""Means of products of traces: shot noise, Campbell, long trains, and what is no polynomial."""

import math
from dataclasses import replace

import numpy as np
import pytest

from plasticity import protocols, rates
from plasticity.errors import SimulationError, UnsupportedRule
from plasticity.rules import UNBOUNDED, Parameter, Rule, nearest_trace, trace, weight

# Traces of one train are correlated. A rule whose only change is a product reads their moments off.
MADE = {"all-to-all": trace, "nearest": nearest_trace}


def product(dw, *interactions):
    """A rule that changes by `dw` at a post spike, from presynaptic traces x, y, z of 20, 30 and 50 ms."""
    names, times = "xyz"[: len(interactions)], (0.02, 0.03, 0.05)
    return Rule(
        name="product",
        source="our choice",
        parameters=tuple(Parameter(f"tau_{name}", tau, "s") for name, tau in zip(names, times, strict=False)),
        weight=weight({"post": dw}, bounds=UNBOUNDED),
        state=tuple(MADE[i](n, "pre", f"tau_{n}") for n, i in zip(names, interactions, strict=True)),
    )


def test_the_square_of_a_trace_has_the_variance_of_shot_noise():
    rate, tau = 15.0, 0.02

    second = rates.drift(product("x**2", "all-to-all"), rate, 1.0, 0.5)

    # Campbell's theorem: mean rate tau, variance rate tau/2
    assert second == pytest.approx((rate * tau) ** 2 + rate * tau / 2, rel=1e-12)


def test_the_third_central_moment_of_a_trace_follows_campbell():
    rate, tau = 15.0, 0.02
    mean = rate * tau
    rule = product(f"(x - {mean})**3", "all-to-all")

    assert rates.drift(rule, rate, 1.0, 0.5) == pytest.approx(rate * tau / 3, rel=1e-9)  # terms of 0.1 cancel


def test_two_traces_of_one_train_have_the_covariance_of_shot_noise():
    rate, x, y = 15.0, 0.02, 0.03

    both = rates.drift(product("x*y", "all-to-all", "all-to-all"), rate, 1.0, 0.5)

    assert both == pytest.approx(rate**2 * x * y + rate / (1 / x + 1 / y), rel=1e-12)


def test_two_nearest_traces_of_one_train_decay_together():
    rate, x, y = 15.0, 0.02, 0.03

    both = rates.drift(product("x*y", "nearest", "nearest"), rate, 1.0, 0.5)

    assert both == pytest.approx(rate / (rate + 1 / x + 1 / y), rel=1e-12)


@pytest.mark.parametrize(
    "interactions", [("all-to-all", "nearest", "all-to-all"), ("nearest", "all-to-all", "nearest")]
)
def test_products_of_unlike_traces_are_the_mean_over_a_long_train(interactions):
    rate, times, rng = 15.0, np.array([0.02, 0.03, 0.05]), np.random.default_rng(8)
    means = [mean_product(protocols.poisson(rate, 400.0, rng), times, interactions) for _ in range(40)]
    error = np.std(means, ddof=1) / math.sqrt(len(means))

    drift = float(rates.drift(product("x*y*z", *interactions), rate, 1.0, 0.5))

    assert np.mean(means) == pytest.approx(drift, abs=5 * error)
    assert error < 0.02 * drift


def mean_product(spikes, times, interactions):
    """The time average of the product of three traces: between spikes an exponential, integrated exactly."""
    values, total, rate = np.zeros(3), 0.0, (1 / times).sum()
    adds = np.array([interaction == "all-to-all" for interaction in interactions])
    for gap in np.diff(spikes):
        values = np.where(adds, values + 1, 1.0)
        total += values.prod() * (1 - math.exp(-gap * rate)) / rate
        values = values * np.exp(-gap / times)
    return total / (spikes[-1] - spikes[0])


def test_traces_of_different_trains_are_independent():
    rule = product("x*y", "all-to-all", "all-to-all")
    rule = replace(rule, state=(rule.state[0], trace("y", "post", "tau_y")))

    assert rates.drift(rule, 10.0, 20.0, 0.5) == pytest.approx(20.0 * (10.0 * 0.02) * (20.0 * 0.03), rel=1e-12)


@pytest.mark.parametrize(
    ("dw", "same"),
    [
        ("(x + 1)*(x - 1)", "x**2 - 1"),
        ("-(x - 2)", "2 - x"),
        ("x/0.02/2", "x*25"),
        ("(x + w)**2", "x**2 + 2*w*x + w**2"),
        ("x**0", "1"),
        ("exp(w)*x", "x*exp(w)"),
    ],
)
def test_what_is_equal_in_algebra_has_the_same_drift(dw, same):
    drifts = [rates.drift(product(text, "all-to-all"), 15.0, 7.0, 0.3) for text in (dw, same)]

    assert drifts[0] == pytest.approx(drifts[1], rel=1e-12)


@pytest.mark.parametrize("dw", ["exp(x)", "1/x", "x**0.5", "x**w", "2**x", "x**9", "rectify(x)", "x**(1/(w - w))"])
def test_what_is_no_polynomial_is_refused_not_approximated(dw):
    with pytest.raises(UnsupportedRule, match="average plasticity.events over Poisson trains instead"):
        rates.drift(product(dw, "all-to-all"), 15.0, 7.0, 0.3)


def test_a_drift_that_is_not_finite_is_said():
    with pytest.raises(SimulationError, match="the drift of product is inf; check its parameters"):
        rates.drift(product("x/(w - w)", "all-to-all"), 15.0, 7.0, 0.3)
