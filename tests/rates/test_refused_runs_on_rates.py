"""What cannot be run over time on rates is refused in one line."""

import numpy as np
import pytest
from rules_on_rates import BCM, PARAMETERS, rule

from plasticity.errors import ArgumentError, RuleError, SimulationError, UnknownName, UnsupportedRule, WeightError
from plasticity.rates import Patterns, WeightedSum, trajectory
from plasticity.rules import RULES, Rule, trace, weight

X = [12.0, 5.0]
REFUSED = {
    "neither duration nor times": (lambda: trajectory(BCM, 1.0, 1.0, 0.5), ArgumentError, "give one of them"),
    "both": (lambda: trajectory(BCM, 1.0, 1.0, duration=1.0, times=[0.0, 1.0]), ArgumentError, "give one of them"),
    "times that fall": (lambda: trajectory(BCM, 1.0, 1.0, times=[0, 2, 1]), ArgumentError, "each later than the one"),
    "a duration of zero": (lambda: trajectory(BCM, 1.0, 1.0, duration=0), ArgumentError, "the duration is 0"),
    "a negative rate": (lambda: trajectory(BCM, -1.0, 1.0, duration=1.0), RuleError, "a rate of -1 Hz"),
    "a rate that turns negative": (
        lambda: trajectory(BCM, lambda t: 0.5 - t, 1.0, duration=1.0),
        RuleError,
        "a rate of -.* Hz",
    ),
    "a function of something else": (
        lambda: trajectory(BCM, lambda t: "fast", 1.0, duration=1.0),
        RuleError,
        "a rate is 'fast'",
    ),
    "rates of another shape": (
        lambda: trajectory(BCM, X, 1.0, [0.5] * 3, duration=1.0),
        RuleError,
        r"the presynaptic rates are \[12.0, 5.0\]; what broadcasts with weights of shape \(3,\)",
    ),
    "rates at other times": (
        lambda: trajectory(BCM, X, 1.0, 0.5, duration=1.0),
        RuleError,
        r"the presynaptic rates have shape \(2,\); .* after an axis of 101 times",
    ),
    "patterns of other inputs": (
        lambda: trajectory(BCM, Patterns([X]), 1.0, [0.5] * 3, duration=1.0),
        RuleError,
        "patterns of 2 inputs drive weights of shape",
    ),
    "no patterns": (lambda: Patterns(np.zeros((0, 2))), RuleError, "there are no patterns"),
    "patterns in a row": (lambda: Patterns(X), RuleError, "the rates of the patterns: the shape is"),
    "negative patterns": (lambda: Patterns([[1.0, -1.0]]), RuleError, "a rate of -1 Hz"),
    "one weight for a sum": (
        lambda: trajectory(BCM, 1.0, WeightedSum(), 0.5, duration=1.0),
        WeightError,
        r"w0 has shape \(\); a weighted sum needs axes of inputs",
    ),
    "an activation that is none": (lambda: WeightedSum("tanh"), ArgumentError, "a function is allowed"),
    "an activation that sums": (
        lambda: trajectory(BCM, X, WeightedSum(lambda d: d.sum()), [0.5, 0.5], duration=1.0),
        ArgumentError,
        r"the activation gives the shape \(\) for drives",
    ),
    "a weight outside": (lambda: trajectory(BCM, 1.0, 1.0, 7.0, duration=1.0), WeightError, "outside the bounds"),
    "two weights": (
        lambda: trajectory(BCM, 1.0, 1.0, 0.5, duration=1.0, state={"w": 0.5}),
        WeightError,
        "w0 and a state with 'w'",
    ),
    "an unknown variable": (
        lambda: trajectory(BCM, 1.0, 1.0, 0.5, duration=1.0, state={"tetha": 1.0}),
        UnknownName,
        "tetha.*theta",
    ),
    "a trace, which is in its means": (
        lambda: trajectory(RULES["pair_stdp"], 1.0, 1.0, 0.5, duration=1.0, state={"r_pre": 1.0}),
        UnknownName,
        "r_pre",
    ),
    "a state of another shape": (
        lambda: trajectory(BCM, 1.0, 1.0, 0.5, duration=1.0, state={"theta": X}),
        ArgumentError,
        r"theta at the start has shape \(2,\)",
    ),
    "growth without limit": (
        lambda: trajectory(rule("eta*rate_pre*w**2/tau"), 1e3, 1.0, 1.0, duration=3.0),
        SimulationError,
        "made on rates grows without limit, .*, at 2 s",
    ),
    "noise": (
        lambda: trajectory(
            Rule("noisy", "our choice", PARAMETERS, weight({}, noise="1/sqrt(tau)")), 1.0, 1.0, duration=1.0
        ),
        UnsupportedRule,
        "needs noise",
    ),
    "no mean in closed form": (
        lambda: trajectory(
            Rule("exp", "our choice", PARAMETERS, weight({"post": "exp(r)"}), (trace("r", "pre", "tau"),)),
            1.0,
            1.0,
            duration=1.0,
        ),
        UnsupportedRule,
        "no polynomials with a mean",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_run_is_refused_in_one_line(case):
    call, kind, message = REFUSED[case]

    with pytest.raises(kind, match=message) as caught:
        call()

    assert str(caught.value).isprintable()
