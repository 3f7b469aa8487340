"""Mean drift under Poisson firing: what a rule does on average, as a function of two rates.

For independent Poisson trains every spike finds the state of the synapse in its stationary distribution, so the drift
is the rate of pre spikes times the mean of their change, plus the same for post, plus the mean of the flow. The means
are exact: they have a closed form (`plasticity.rules.moments`), or the rule is refused. A rule on rates drifts as its
flow says, its other variables at rest.
"""

import math
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.errors import RuleError, SimulationError, UnsupportedRule, WeightError
from plasticity.expressions import evaluator
from plasticity.inputs import numbers, plain
from plasticity.memory import require_memory
from plasticity.rules import Rule, readable
from plasticity.rules.conventions import SPIKES, WEIGHT
from plasticity.rules.moments import Moments
from plasticity.rules.polynomials import NoPolynomial
from plasticity.rules.system import System
from plasticity.trains import check_weights


def drift(rule: Rule, rate_pre: Any, rate_post: Any, weight: Any) -> Floats:
    """Mean weight change per second for independent Poisson firing.

    rate_pre, rate_post : hertz or with a unit, shapes that broadcast together, say (n_rates,)
    weight              : dimensionless, scalar or a shape that broadcasts with them
    returns             : 1/second, the broadcast shape
    raises UnsupportedRule when the mean has no closed form; RuleError when a rate is negative or no number;
    WeightError when a weight is none, or outside the bounds; SimulationError when the drift is not finite

    Exact while no weight touches its bounds and each change is small. Source: `kempter1999`, section III;
    `pfister2006`, mean-field section.

    >>> from plasticity import RULES, drift
    >>> drift(RULES["pair_stdp"], 10.0, [10.0, 20.0], 0.5).round(6).tolist()
    [-0.0005, -0.001]
    """
    found = readable(rule, "rates")
    rates = [rates_given(rate) for rate in (rate_pre, rate_post)]
    weights = plain(weight, "a weight", error=WeightError).values
    try:
        shape = np.broadcast_shapes(*(array.shape for array in (*rates, weights)))
        require_memory(100.0 * math.prod(shape), f"a drift of shape {shape}")
        pre, post, w = np.broadcast_arrays(*rates, weights)
    except ValueError:
        shapes = f"{rates[0].shape}, {rates[1].shape} and {weights.shape}"
        raise RuleError(f"rates and weight have the shapes {shapes}, which do not broadcast together") from None
    check_weights(w, rule.bounds.lower, rule.bounds.upper)
    mean = mean_change(found, {"pre": pre, "post": post}, w)
    if not np.isfinite(mean).all():
        raise SimulationError(f"the drift of {rule} is {mean[~np.isfinite(mean)][0]}; check its parameters")
    return mean


def rates_given(rates: Any) -> Floats:
    """Firing rates in hertz; raises RuleError for what are none."""
    found = numbers(rates, "a rate", unit="Hz", error=RuleError)
    if (found < 0).any():
        raise RuleError(f"a rate of {found.min():g} Hz; finite rates of zero or more are allowed")
    return found


def mean_change(found: System, rates: dict[str, Floats], w: Floats) -> Floats:
    """The drift, 1/second, of the shape of the weights; not finite where it is not.

    rates : hertz, of 'pre' and of 'post', shapes that broadcast with the weights
    raises UnsupportedRule for a rule on rates whose state has no resting value in closed form
    """
    with np.errstate(all="ignore"):  # a number that blows up is found by who asked
        return sum(mean_parts(found, rates, w), 0.0 * w)


def mean_parts(found: System, rates: dict[str, Floats], w: Floats) -> list[Floats]:
    """What the drift is the sum of: the mean of each jump and of the flow; arguments and errors as `mean_change`."""
    values = {**found.values, WEIGHT: w} | {signal.name: rates[signal.of] for signal in found.rule.signals}
    moments = Moments(found, values, {event: rates[event] for event in SPIKES if event in found.rule.events})
    with np.errstate(all="ignore"):
        return moments.parts() if "spikes" in found.needs else [_flow_at_rest(found, values, moments)]


def _flow_at_rest(found: System, values: dict[str, Any], moments: Moments) -> Floats:
    flow = found.flows.get(WEIGHT)
    try:
        resting = {variable.name: moments.moment((variable.name,)) for variable in found.rule.state}
    except NoPolynomial:
        raise UnsupportedRule(
            f"{found.rule} has no resting state in closed form, so no drift; run it in time with rates.trajectory"
        ) from None
    return evaluator(flow)(values | resting) if flow is not None else 0.0 * values[WEIGHT]
