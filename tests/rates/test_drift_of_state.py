"""Drift of rules whose state is more than plain traces: closed forms by hand, a mean over spikes, refusals."""

import math

import numpy as np
import pytest

from plasticity import protocols, rates
from plasticity.errors import UnsupportedRule
from plasticity.rules import (
    RATES,
    UNBOUNDED,
    Bounds,
    Parameter,
    Rule,
    Signal,
    Variable,
    engines_for,
    low_pass,
    nearest_trace,
    trace,
    weight,
)

PRE, POST = 12.0, 7.0
TAU, LONG = 0.03, 0.5  # s
PARAMETERS = (
    Parameter("tau", TAU, "s"),
    Parameter("long", LONG, "s"),
    Parameter("a", 0.4),
    Parameter("b", 0.25),
    Parameter("Hertz", 1.0, "Hz"),
)


def rule(jumps, *state, flow="0", **others):
    return Rule(
        "made",
        "our choice",
        PARAMETERS,
        weight(jumps, flow=flow, bounds=UNBOUNDED),
        state,
        **({"signals": ()} | others),
    )


def drift(*arguments, w=0.5, **others):
    return float(rates.drift(rule(*arguments, **others), PRE, POST, w))


def test_a_variable_with_a_rest_is_raised_from_there():
    c = Variable("c", {"pre": "a", "post": "b"}, flow="(2 - c)/tau", start="2")

    assert drift({"post": "c"}, c) == pytest.approx(POST * (2 + (0.4 * PRE + 0.25 * POST) * TAU), rel=1e-12)


def test_a_variable_of_both_trains_has_the_variance_of_both():
    c = Variable("c", {"pre": "a", "post": "b"}, flow="-c/tau")
    mean = (0.4 * PRE + 0.25 * POST) * TAU

    # Campbell's theorem: each train adds rate amplitude**2 tau/2
    second = mean**2 + (0.4**2 * PRE + 0.25**2 * POST) * TAU / 2
    assert drift({"post": "c**2"}, c) == pytest.approx(POST * second, rel=1e-12)


def test_a_weight_that_decays_loses_what_it_has():
    assert drift({"pre": "a"}, flow="-w/long", w=0.3) == pytest.approx(0.4 * PRE - 0.3 / LONG, rel=1e-12)
    assert drift({}, flow="-w/long", w=0.3) == pytest.approx(-0.3 / LONG, rel=1e-12)


def test_a_suppressed_spike_counts_by_its_mean_efficacy():
    # s is 1 at a spike and recovers; what a Poisson train of rate r finds of it is r/(r + 1/long)
    s, x = nearest_trace("s", "pre", "long"), Variable("x", {"pre": "1 - s"}, flow="-x/tau")

    assert drift({"post": "x"}, s, x) == pytest.approx(POST * PRE * TAU / (1 + PRE * LONG), rel=1e-12)


def test_restricted_pairs_see_the_last_spike_unless_the_other_side_came_between():
    x = nearest_trace("x", "pre", "tau", reset_by="post")

    assert drift({"post": "x"}, x) == pytest.approx(POST * PRE / (PRE + POST + 1 / TAU), rel=1e-12)


def test_a_synaptic_tag_that_is_read_as_it_flows():
    # pre before post raises the tag, and the weight flows with it
    tag = Variable("e", {"post": "a*x"}, flow="-e/long")

    expected = POST * 0.4 * PRE * TAU * LONG
    assert drift({}, trace("x", "pre", "tau"), tag, flow="e*Hertz") == pytest.approx(expected, rel=1e-12)


def test_a_chain_of_low_passes_keeps_the_mean_and_loses_variance():
    x, y = trace("x", "pre", "tau"), low_pass("y", "x", "long")
    mean = PRE * TAU

    assert drift({"post": "y"}, x, y) == pytest.approx(POST * mean, rel=1e-12)
    # the covariance of shot noise with its low pass is var(x) tau/(tau + long), and so is the variance of the latter
    second = mean**2 + mean / 2 * TAU / (TAU + LONG)
    assert drift({"post": "y**2"}, x, y) == pytest.approx(POST * second, rel=1e-12)


def test_a_change_may_read_what_its_own_spike_has_made_of_the_state():
    u = Variable("u", {"pre": "a*(1 - u)"}, flow="(b - u)/long", start="b")
    mean = (0.25 / LONG + 0.4 * PRE) / (1 / LONG + 0.4 * PRE)

    assert drift({"pre": "after(u)"}, u) == pytest.approx(PRE * (mean + 0.4 * (1 - mean)), rel=1e-12)


def test_changes_of_one_variable_at_one_spike_follow_one_another():
    x = Variable("x", {"pre": ("= b", "a*x")}, flow="-x/tau")

    assert drift({"post": "x"}, x) == pytest.approx(POST * 0.25 * 1.4 * PRE / (PRE + 1 / TAU), rel=1e-12)


def test_the_mean_of_a_state_that_nothing_simpler_gives_is_that_over_a_long_train():
    s, x = nearest_trace("s", "pre", "long"), Variable("x", {"pre": "1 - s"}, flow="-x/tau")
    rng = np.random.default_rng(5)
    means = [mean_square(protocols.poisson(PRE, 400.0, rng)) for _ in range(30)]

    error = np.std(means, ddof=1) / math.sqrt(len(means))
    assert drift({"post": "x**2"}, s, x) == pytest.approx(POST * np.mean(means), abs=5 * POST * error)
    assert error < 0.05 * np.mean(means)


def mean_square(spikes):
    """The time average of x**2, where x is raised by what has recovered since the last spike."""
    x, s, total = 0.0, 0.0, 0.0
    for gap in np.diff(spikes):
        x, s = x + 1 - s, 1.0
        total += x**2 * (1 - math.exp(-2 * gap / TAU)) * TAU / 2
        x, s = x * math.exp(-gap / TAU), s * math.exp(-gap / LONG)
    return total / (spikes[-1] - spikes[0])


def test_a_rule_on_rates_drifts_with_its_state_at_rest():
    theta = Variable("theta", flow="(rate_post**2/Hertz - theta)/long", unit="Hz")
    bcm = rule({}, theta, flow="a*rate_pre*rate_post*(rate_post - theta)/Hertz**2", signals=RATES)

    assert float(rates.drift(bcm, PRE, POST, 0.5)) == pytest.approx(0.4 * PRE * POST * (POST - POST**2), rel=1e-12)


def test_a_rule_on_rates_without_a_resting_state_is_run_in_time():
    theta = Variable("theta", flow="(Hertz - theta)*abs(theta - Hertz)", unit="Hz")

    with pytest.raises(UnsupportedRule, match="no resting state in closed form, so no drift; run it in time with rat"):
        rates.drift(rule({}, theta, flow="theta", signals=RATES), PRE, POST, 0.5)


OPEN = {
    "Tsodyks-Markram": (
        {"post": "R"},
        Variable("u", {"pre": "a*(1 - u)"}, flow="(a - u)/long", start="a"),
        Variable("R", {"pre": "-after(u)*R"}, flow="(1 - R)/long", start="1"),
    ),
    "a circle": (
        {"post": "x"},
        Variable("x", {"pre": "a"}, flow="(y - x)/tau"),
        Variable("y", {"post": "b"}, flow="(x - y)/long"),
    ),
    "a clipped state": ({"post": "x"}, Variable("x", {"pre": "a"}, flow="-x/tau", bounds=Bounds(0.0, 1.0))),
    "a jump by a square": ({"post": "x"}, Variable("x", {"pre": "a*x**2"}, flow="-x/tau")),
}


@pytest.mark.parametrize("case", OPEN)
def test_a_mean_without_closed_form_is_refused(case):
    found = rule(*OPEN[case])

    with pytest.raises(UnsupportedRule, match="no polynomials with a mean in closed form"):
        rates.drift(found, PRE, POST, 0.5)
    assert "rates" not in engines_for(found)


def test_a_threshold_in_the_flow_of_the_weight_is_refused():
    calcium = Variable("c", {"pre": "a", "post": "b"}, flow="-c/tau")

    with pytest.raises(UnsupportedRule, match="no polynomials with a mean"):
        drift({}, calcium, flow="step(c - 1)/long")


def test_a_level_of_the_world_is_refused():
    dose = Signal("dose", "world", "rate", "Hz")

    with pytest.raises(UnsupportedRule, match="needs a level from outside"):
        drift({}, flow="dose", signals=(dose,))


def test_a_state_that_only_grows_has_no_drift():
    with pytest.raises(UnsupportedRule, match="no polynomials with a mean in closed form"):
        drift({"post": "n"}, Variable("n", {"pre": "1"}))
