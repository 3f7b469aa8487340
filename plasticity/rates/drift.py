"""Mean drift under Poisson firing: what a spike rule does on average, as a function of two rates.

For independent Poisson trains every spike finds the traces in their stationary state, so the drift is the rate of pre
spikes times the mean of their change, plus the same for post. The means are exact: changes are polynomials in the
traces, and the moments of traces have a closed form (`_moment`).
"""

import math
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.errors import RuleError, SimulationError, WeightError
from plasticity.expressions import evaluator
from plasticity.inputs import numbers, plain
from plasticity.memory import require_memory
from plasticity.rules import Rule, readable
from plasticity.rules.conventions import WEIGHT
from plasticity.rules.parts import Jump
from plasticity.rules.polynomials import polynomial
from plasticity.rules.system import System
from plasticity.trains import check_weights


def drift(rule: Rule, rate_pre: Any, rate_post: Any, weight: Any) -> Floats:
    """Mean weight change per second for independent Poisson firing.

    rate_pre, rate_post : hertz or with a unit, shapes that broadcast together, say (n_rates,)
    weight              : dimensionless, scalar or a shape that broadcasts with them
    returns             : 1/second, the broadcast shape
    raises UnsupportedRule when the rule is no polynomial in its traces; RuleError when a rate is negative or no number;
    WeightError when a weight is none, or outside the bounds; SimulationError when the drift is not finite

    Exact while no weight touches its bounds and each change is small. Source: `kempter1999`, section III;
    `pfister2006`, mean-field section.

    >>> from plasticity import RULES, drift
    >>> drift(RULES["pair_stdp"], 10.0, [10.0, 20.0], 0.5).round(6).tolist()
    [-0.0005, -0.001]
    """
    found = readable(rule, "rates")
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
        mean = (_rate_of_change if "rate" in found.needs else _mean_change)(found, pre, post, w)
    if not np.isfinite(mean).all():
        raise SimulationError(f"the drift of {rule} is {mean[~np.isfinite(mean)][0]}; check its parameters")
    return mean


def _mean_change(found: System, pre: Floats, post: Floats, w: Floats) -> Floats:
    """The rate of the events of each change times its mean."""
    rates, total = {"pre": pre, "post": post}, np.zeros(w.shape)
    for jump in found.jumps[WEIGHT]:
        total += rates[jump.event] * _mean(found, jump, rates, w)
    return total


def _rate_of_change(found: System, pre: Floats, post: Floats, w: Floats) -> Floats:
    rates = {"pre": pre, "post": post}
    values: dict[str, Any] = {**found.values, WEIGHT: w}
    values |= {signal.name: rates[signal.of] for signal in found.rule.signals}
    flow = found.flows.get(WEIGHT)
    return 0.0 * w + (evaluator(flow)(values) if flow is not None else 0.0)


def _mean(found: System, jump: Jump, rates: dict[str, Floats], w: Floats) -> Floats:
    """The mean of a change over the stationary state of its traces."""
    total = np.zeros(w.shape)
    for powers, coefficient in polynomial(jump.tree, {**found.values, WEIGHT: w}, list(found.traces)).items():
        mean = coefficient + np.zeros(w.shape)
        for event, rate in rates.items():
            product = [name for name in powers if found.traces[name].event == event]
            mean = mean * math.prod(map(found.amplitude, product)) * _moment(product, found, rate)
        total += mean
    return total


def _moment(product: list[str], found: System, rate: Floats) -> Floats:
    """The stationary mean of a product of traces (with repetition) driven by one Poisson train, in units of their
    amplitudes.

    Look back to the last spike, an exponential time ago: there each all-to-all trace was 1 + its value before,
    each nearest trace was 1, and since then the product decayed with the sum s of the inverse time constants.
    So M = rate / (rate + s) * mean of the product of (1 + x) over the all-to-all traces; expanding it gives M
    back once, and smaller moments, hence the recursion.
    """
    if not product:
        return np.ones(rate.shape)
    s = sum(1 / found.decays[name].tau for name in product)
    adding = [name for name in product if not found.traces[name].is_set]
    smaller = sum(_moment(subset, found, rate) for subset in _proper_subsets(adding))
    if len(adding) == len(product):
        return rate / s * smaller
    return rate / (rate + s) * (smaller + _moment(adding, found, rate))


def _proper_subsets(items: list[str]) -> list[list[str]]:
    count = len(items)
    return [[items[i] for i in range(count) if mask >> i & 1] for mask in range(2**count - 1)]
