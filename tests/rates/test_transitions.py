"""What part of synapses flips, in closed form, against other routes to the same numbers."""

import math

import numpy as np
import pytest

from plasticity import rates
from plasticity.errors import RuleError
from plasticity.rules import RULES, with_parameters

RULE = RULES["calcium_noisy:DP"]


def sampled(rule, pre, post, period):
    """The fractions of a late period that calcium spends above its thresholds, at a million times."""
    v, grid = rule.values, (np.arange(200_000) + 0.5) / 200_000 * period
    times = np.concatenate([np.asarray(pre) + v["D"], np.asarray(post)])
    sizes = np.repeat([v["C_pre"], v["C_post"]], [len(pre), len(post)])
    ago = np.mod(grid - times[:, None], period)
    calcium = (sizes[:, None] * np.exp(-ago / v["tau_Ca"])).sum(axis=0) / -math.expm1(-period / v["tau_Ca"])
    return (calcium > v["theta_d"]).mean(), (calcium > v["theta_p"]).mean()


PATTERNS = {
    "a pair a second": ([0.1], [0.11], 1.0),
    "post first": ([0.1], [0.08], 1.0),
    "often": ([0.01], [0.025], 0.05),
    "a burst": ([0.0, 0.01], [0.02, 0.03, 0.04], 0.2),
    "coincident": ([0.1], [0.1137], 0.5),
    "beyond the end": ([0.19], [0.195], 0.2),
}


@pytest.mark.parametrize(("pre", "post", "period"), PATTERNS.values(), ids=PATTERNS)
def test_time_above_a_threshold_is_what_sampling_finds(pre, post, period):
    found = rates.fractions_above(RULE, pre, post, period)

    assert found == pytest.approx(sampled(RULE, pre, post, period), abs=5e-5)  # ten samples, for each of few crossings


def test_silence_is_above_nothing_and_flips_nothing():
    above = rates.fractions_above(RULE, [], [], 1.0)
    told = rates.transition_probabilities(RULE, *above, duration=60.0)

    assert (above, float(told.up), float(told.down)) == ((0.0, 0.0), 0.0, 0.0)
    assert float(rates.strength_change(RULE, told)) == 1.0


def test_the_probabilities_are_those_of_a_process_in_small_steps():
    """An Ornstein-Uhlenbeck process, stepped: as independent of the closed form as can be."""
    v, d, p, dt, n = RULE.values, 0.03, 0.02, 0.02, 20_000
    rng, rho = np.random.default_rng(5), np.zeros(n)
    for _ in range(round(10.0 / dt)):
        pull = v["gamma_p"] * p * (1 - rho) - v["gamma_d"] * d * rho
        rho += pull / v["tau"] * dt + v["sigma"] * np.sqrt((p + d) / v["tau"] * dt) * rng.standard_normal(n)

    told = rates.transition_probabilities(RULE, d, p, 10.0)

    error = math.sqrt(float(told.up * (1 - told.up)) / n)
    assert (rho > 0.5).mean() == pytest.approx(float(told.up), abs=5 * error + 1e-3)  # a step of 2 per thousand of tau
    assert rho.mean() == pytest.approx(float(told.mean_up), abs=5 * math.sqrt(float(told.variance) / n) + 1e-3)


def test_without_noise_the_mean_decides():
    rule = with_parameters(RULE, sigma=0.0)

    told = rates.transition_probabilities(rule, 0.0, np.array([0.001, 0.1]), 60.0)

    assert told.up.tolist() == [0.0, 1.0] and told.down.tolist() == [0.0, 0.0]
    assert told.mean_up == pytest.approx(1 - np.exp(-60 / 150 * v_p() * np.array([0.001, 0.1])), rel=1e-12)


def v_p():
    return RULE.values["gamma_p"]


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (
            lambda: rates.fractions_above(RULES["pair_stdp"], [0.1], [], 1.0),
            "is no rule of calcium with two thresholds",
        ),
        (lambda: rates.fractions_above("calcium", [0.1], [], 1.0), "'calcium' is no rule of calcium"),
        (lambda: rates.transition_probabilities(RULE, 1.1, 0.0, 1.0), "a fraction of time is 1.1; from 0 to 1"),
        (lambda: rates.fractions_above(with_parameters(RULE, C_pre=-1.0), [0.1], [], 1.0), "lowers calcium"),
    ],
    ids=["a rule of pairs", "a name", "a fraction above 1", "calcium that falls"],
)
def test_what_cannot_be_asked_is_refused(ask, message):
    with pytest.raises(RuleError, match=message):
        ask()
