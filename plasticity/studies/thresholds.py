"""Where the mean drift of a weight turns its sign as the postsynaptic neuron fires faster."""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.errors import SimulationError, UnsupportedRule
from plasticity.expressions import evaluator
from plasticity.rates import drift
from plasticity.rules import Rule, is_readable
from plasticity.rules.conventions import SPIKES, WEIGHT
from plasticity.rules.moments import Moments
from plasticity.rules.polynomials import NoPolynomial
from plasticity.rules.system import system
from plasticity.studies.stimulated import NotAsked

FASTEST = 100.0  # hertz: rates beyond are not looked at
USUAL = 10.0  # hertz, of both neurons, for which slow variables rest; our choice
_N_RATES = 400
_ROUNDING = 1e-12  # of the usual drift: less is nothing


def drift_over_post(
    rule: Rule, rate_pre: float, rates: Any, weight: float | None = None, *, is_slow: bool = True
) -> Floats:
    """The mean drift (1/s) at postsynaptic rates (Hz).

    is_slow : whether what flows beside the w of a rule on rates, such as a sliding threshold, stands where 10 Hz on
              both sides leave it; else it follows the rate
    raises NotAsked for a rule without a mean drift
    """
    w = rule.start_weight if weight is None else weight
    rates = np.asarray(rates, dtype=float)
    if not is_readable(rule, "rates"):
        raise NotAsked("its mean drift has no closed form")
    found = system(rule)
    if "spikes" in found.needs or not rule.state or not is_slow:
        try:
            return drift(rule, rate_pre, rates, w)
        except UnsupportedRule as error:
            raise NotAsked(str(error)) from None
        except SimulationError:
            raise NotAsked("its mean drift is not finite: something in it comes to no rest") from None
    at_rest = {**found.values, WEIGHT: w, **{signal.name: USUAL for signal in rule.signals}}
    try:
        with np.errstate(all="ignore"):
            state = {v.name: Moments(found, at_rest, {}).moment((v.name,)) for v in rule.state}
    except NoPolynomial:
        raise NotAsked("its slow variables have no rest in closed form") from None
    if restless := [name for name, value in state.items() if not np.isfinite(value).all()]:
        raise NotAsked(f"{', '.join(restless)} comes to no rest, so that it has no mean drift")
    heard = dict(zip(SPIKES, (rate_pre, rates), strict=True))
    values = {**at_rest, **state, **{signal.name: heard[signal.of] for signal in rule.signals}}
    flow = found.flows.get(WEIGHT)
    return np.broadcast_to(0.0 if flow is None else evaluator(flow)(values), rates.shape) + 0.0


def sign_changes(
    rule: Rule, rate_pre: float, weight: float | None = None, *, is_slow: bool = True
) -> list[tuple[float, int]]:
    """The postsynaptic rates up to 100 Hz where the drift turns, in order, each with +1 for up or -1 for down.

    weight, is_slow : as for `drift_over_post`
    """
    grid = np.linspace(0.0, FASTEST, _N_RATES + 1)[1:]
    drift_at = partial(drift_over_post, rule, rate_pre, weight=weight, is_slow=is_slow)
    values = drift_at(grid)
    values = np.where(np.abs(values) <= _noise(rule, rate_pre, grid, is_slow=is_slow), 0.0, values)
    is_some = values != 0
    grid, signs = grid[is_some], np.sign(values[is_some])
    turns = np.flatnonzero(signs[:-1] != signs[1:])
    return [(_bisected(drift_at, grid[k : k + 2]), int(signs[k + 1])) for k in turns]


def without_rounding(rule: Rule, rate_pre: float, rates: Floats) -> Floats:
    """`drift_over_post` at the usual start, 0 where it is but rounding."""
    values = drift_over_post(rule, rate_pre, rates)
    return np.where(np.abs(values) <= _noise(rule, rate_pre, rates), 0.0, values)


def _noise(rule: Rule, rate_pre: float, rates: Floats, *, is_slow: bool = True) -> float:
    """What is nothing: at a fixed point of the weight all is rounding, beside what it is at another."""
    drifts = [drift_over_post(rule, rate_pre, rates, w, is_slow=is_slow) for w in two_weights(rule)]
    return _ROUNDING * float(np.abs(drifts).max())


def settled(rule: Rule) -> str:
    """What is said of a number for which the slow variables of a rule on rates have come to rest; '' without any."""
    return f", {names} settled" if (names := _slow(rule)) else ""


def held(rule: Rule) -> str:
    """What is said of a number for which they stand where the usual rates leave them."""
    return f", {names} held where {USUAL:g} Hz on both sides leave it" if (names := _slow(rule)) else ""


def _slow(rule: Rule) -> str:
    """What flows beside the w of a rule on rates, and stands still while the rate varies."""
    return "" if "spikes" in system(rule).needs else ", ".join(variable.name for variable in rule.state)


def two_weights(rule: Rule) -> tuple[float, float]:
    """The usual start, and another within the bounds."""
    start, (lower, upper) = rule.start_weight, (rule.bounds.lower, rule.bounds.upper)
    other = start / 2 if lower <= start / 2 <= upper and start else start + 1
    return start, min(max(other, lower), upper)


def _bisected(drift_at: Callable[[Floats], Floats], between: Floats) -> float:
    """The rate between two of opposite sign, to eleven digits: 16 at a time narrow it eightfold or more."""
    low, high = between
    for _ in range(10):
        rates = np.linspace(low, high, 17)
        signs = np.sign(drift_at(rates))
        place = int(np.flatnonzero(signs != signs[0])[0])
        low, high = rates[place - 1], rates[place]
    return float((low + high) / 2)
