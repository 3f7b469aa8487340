"""Mean drift under Poisson firing: what a spike rule does on average, as a function of two rates.

For independent Poisson trains every spike finds the traces in their stationary state, so the drift is the
rate of pre spikes times the mean of dw_pre, plus the same for post. The means are exact: dw is a polynomial in
the traces, and the moments of traces have a closed form (`_moment`).
"""

import math
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.errors import RuleError, SimulationError, UnsupportedRule, WeightError
from plasticity.expressions import evaluator, parse
from plasticity.inputs import numbers, plain
from plasticity.memory import require_memory
from plasticity.rules import AnyRule, RateRule, Rule, Trace
from plasticity.rules.polynomials import MAX_DEGREE, polynomial
from plasticity.rules.record import spike_rule
from plasticity.trains import check_weights


def drift(rule: AnyRule, rate_pre: Any, rate_post: Any, weight: Any) -> Floats:
    """Mean weight change per second for independent Poisson firing.

    rate_pre, rate_post : hertz or with a unit, shapes that broadcast together, say (n_rates,)
    weight              : dimensionless, scalar or a shape that broadcasts with them
    returns             : 1/second, the broadcast shape
    raises UnsupportedRule when the rule is no polynomial in its traces; RuleError when a rate is negative or no number;
    WeightError when a weight is none, or outside the bounds; SimulationError when the drift is not finite

    Exact while no weight touches its bounds and each change is small. Source: `kempter1999`, section III;
    `pfister2006`, mean-field section.
    """
    if not isinstance(rule, RateRule):
        rule = spike_rule(rule, "plasticity.rates")
    rates = [numbers(rate, "a rate", unit="Hz", error=RuleError) for rate in (rate_pre, rate_post)]
    weights = plain(weight, "a weight", error=WeightError).values
    try:
        shape = np.broadcast_shapes(*(array.shape for array in (*rates, weights)))
        require_memory(100.0 * math.prod(shape), f"a drift of shape {shape}")
        pre, post, w = np.broadcast_arrays(*rates, weights)
    except ValueError:
        shapes = f"{rates[0].shape}, {rates[1].shape} and {weights.shape}"
        raise RuleError(f"rates and weight have the shapes {shapes}, which do not broadcast together") from None
    for rate in (pre, post):
        if (rate < 0).any():
            raise RuleError(f"a rate of {rate.min():g} Hz; finite rates of zero or more are allowed")
    check_weights(w, rule.bounds.lower, rule.bounds.upper)
    with np.errstate(all="ignore"):  # a number that blows up is found below
        mean = _rate_of_change(rule, pre, post, w) if isinstance(rule, RateRule) else _mean_change(rule, pre, post, w)
    if not np.isfinite(mean).all():
        raise SimulationError(f"the drift of {rule} is {mean[~np.isfinite(mean)][0]}; check its parameters")
    return mean


def _mean_change(rule: Rule, pre: Floats, post: Floats, w: Floats) -> Floats:
    """The rate of each side's spikes times the mean of its change."""
    return pre * _mean(rule, rule.dw_pre, pre, post, w) + post * _mean(rule, rule.dw_post, pre, post, w)


def _rate_of_change(rule: RateRule, pre: Floats, post: Floats, w: Floats) -> Floats:
    values: dict[str, Any] = {**rule.values, "rate_pre": pre, "rate_post": post, "w": w}
    return evaluator(parse(rule.dw, known=values, where=f"{rule.name}.dw", error=RuleError))(values) + 0.0 * w


def _mean(rule: Rule, dw: str, pre: Floats, post: Floats, w: Floats) -> Floats:
    """The mean of an expression in traces over their stationary state."""
    traces = {trace.name: trace for trace in rule.traces}
    values: dict[str, Any] = {**rule.values, "w": w}
    tree = parse(dw, known=[*values, *traces], where=f"{rule.name}.dw", error=RuleError)
    total = np.zeros(w.shape)
    for powers, coefficient in polynomial(tree, values, traces, lambda: _no_closed_form(rule)).items():
        mean = coefficient + np.zeros(w.shape)
        for train, rate in (("pre", pre), ("post", post)):
            mean = mean * _moment([traces[name] for name in powers if traces[name].train == train], rule, rate)
        total += mean
    return total


def _moment(product: list[Trace], rule: Rule, rate: Floats) -> Floats:
    """The stationary mean of a product of traces (with repetition) driven by one Poisson train.

    Look back to the last spike, an exponential time ago: there each all-to-all trace was 1 + its value before,
    each nearest trace was 1, and since then the product decayed with the sum s of the inverse time constants.
    So M = rate / (rate + s) * mean of the product of (1 + x) over the all-to-all traces; expanding it gives M
    back once, and smaller moments, hence the recursion.
    """
    if not product:
        return np.ones(rate.shape)
    s = sum(1 / rule.values[trace.time_constant] for trace in product)
    adding = [trace for trace in product if trace.interaction == "all-to-all"]
    smaller = sum(_moment(subset, rule, rate) for subset in _proper_subsets(adding))
    if len(adding) == len(product):
        return rate / s * smaller
    return rate / (rate + s) * (smaller + _moment(adding, rule, rate))


def _proper_subsets(items: list[Trace]) -> list[list[Trace]]:
    count = len(items)
    return [[items[i] for i in range(count) if mask >> i & 1] for mask in range(2**count - 1)]


def _no_closed_form(rule: Rule) -> UnsupportedRule:
    return UnsupportedRule(
        f"{rule} is no polynomial of degree {MAX_DEGREE} or less in its traces, so its drift has no closed form "
        "here: average plasticity.events over Poisson trains instead"
    )
