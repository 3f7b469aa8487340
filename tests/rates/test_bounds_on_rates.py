"""Bounds that a weight meets and leaves within a step: against sums in closed form, and the definition in steps."""

from functools import partial

import numpy as np
import pytest

from plasticity import rates
from plasticity.expressions import evaluator
from plasticity.rules import RULES, scaled, soft_bounds
from plasticity.rules.system import system
from plasticity.verification import rates_by_definition as defined

CORNERS = np.arange(11) / 10  # s
GIVEN = ["hebbian", "anti_hebbian", "covariance", "presynaptically_gated", "postsynaptically_gated"]
STRENGTHS = [1.0, 5.0, 20.0, 50.0]


def drawn(seed):
    """Rates of both sides at the corners, with straight lines between, and weights before."""
    rng = np.random.default_rng(seed)
    pre, post = rng.uniform(2.0, 40.0, (2, 8, CORNERS.size))

    def at(values, time):
        return np.array([np.interp(time, CORNERS, one) for one in values])

    return partial(at, pre), partial(at, post), rng.uniform(0.0, 1.0, 8)


def in_closed_form(rule, pre, post, w0):
    """The weights at the corners: the flow is a cubic at most between two of them, and the weight is clipped wherever
    it turns. Of rules whose flow does not read the weight."""
    found, flow, bounds = [w0], evaluator(system(rule).flows["w"]), rule.bounds
    for begin, end in zip(CORNERS[:-1], CORNERS[1:], strict=True):
        parts = np.linspace(0, 1, 4)
        heard = {"pre": [pre(begin + (end - begin) * p) for p in parts]}
        heard["post"] = [post(begin + (end - begin) * p) for p in parts]
        slopes = flow({**system(rule).values, **{s.name: np.array(heard[s.of]) for s in rule.signals}})
        cubics = np.polyfit(parts, slopes, 3).T * (end - begin)
        found.append(np.array([clipped(w, cubic, bounds) for w, cubic in zip(found[-1], cubics, strict=True)]))
    return np.array(found)


def clipped(w, cubic, bounds):
    roots = np.roots(cubic)
    places = np.sort([0.0, 1.0, *(root.real for root in roots if abs(root.imag) < 1e-9 and 0 < root.real < 1)])
    for change in np.diff(np.polyval(np.polyint(cubic), places)):
        w = min(max(w + change, bounds.lower), bounds.upper)
    return w


@pytest.mark.parametrize("strength", STRENGTHS)
@pytest.mark.parametrize("name", GIVEN)
def test_a_bound_met_and_left_between_two_times_is_seen(name, strength):
    rule = scaled(RULES[name], strength)
    for seed in range(1, 4):
        pre, post, w0 = drawn(seed)

        found = rates.trajectory(rule, pre, post, w0, times=CORNERS).weights

        np.testing.assert_allclose(found, in_closed_form(rule, pre, post, w0), rtol=0, atol=1e-9)


def test_such_courses_are_among_them():
    # the weight is at no bound at two corners, and yet was clipped between
    rule = scaled(RULES["covariance"], 20.0)
    between = 0
    for seed in range(1, 6):
        pre, post, w0 = drawn(seed)
        fine = rates.trajectory(rule, pre, post, w0, times=np.arange(1001) / 1000).weights
        is_at = (fine == rule.bounds.upper) | (fine == rule.bounds.lower)
        was_at = is_at[:-1].reshape(10, 100, -1).any(axis=1)
        between += (was_at & ~is_at[:-1:100] & ~is_at[100::100]).sum()
    assert between > 5


RULES_ON_RATES = [rule for rule in RULES.values() if defined.is_on_rates(rule)]
SOFT = soft_bounds(RULES["pair_stdp"], mu_plus=0.5, mu_minus=0.5)
# The error of a run; more where the flow has a corner, as that of soft bounds when a change turns its sign
ERRORS = [*((rule, 1e-8) for rule in [*RULES_ON_RATES, SOFT]), (soft_bounds(RULES["covariance"]), 1e-6)]


@pytest.mark.parametrize("strength", [1.0, 20.0, 50.0])
@pytest.mark.parametrize(("rule", "error"), ERRORS, ids=str)
def test_the_times_asked_for_change_nothing(rule, error, strength):
    rng = np.random.default_rng(7)
    w0, (mean, speed, phase) = rng.uniform(0.0, 1.0, 4), rng.uniform([[5], [1], [0]], [[20], [6], [6]], (3, 4))

    def pre(time):
        return mean * (1 + 0.9 * np.sin(speed * time + phase))

    def weights(times):
        post = lambda time: 12.0 + 11.0 * np.sin(7 * time) * np.ones(4)  # noqa: E731
        return rates.trajectory(scaled(rule, strength), pre, post, w0, times=times).weights

    two, some, many = (weights(np.arange(n + 1) * 3 / n) for n in (1, 12, 120))

    np.testing.assert_allclose(some, many[::10], rtol=error, atol=error)
    np.testing.assert_allclose(two, many[::120], rtol=error, atol=error)


@pytest.mark.parametrize("name", ["covariance", "hebbian", "anti_hebbian"])
def test_the_definition_comes_nearer_the_shorter_its_steps(name, monkeypatch):
    rule, errors = scaled(RULES[name], 20.0), []
    monkeypatch.setattr(defined, "TIMES", CORNERS)
    for step in (1e-2, 2.5e-3, 6.25e-4):
        monkeypatch.setattr(defined, "STEP", step)
        drive = defined._cornered(np.random.default_rng(3))
        w0 = np.full((defined.N_NEURONS, defined.N_INPUTS), 0.5)
        courses = defined._courses(rule, drive, w0, "")
        errors.append(max(np.abs(course.ours - course.theirs).max() for course in courses))
    assert errors[2] <= max(errors[0] / 16, 1e-9) and errors[2] < 2e-5  # of first order at least
