"""Where the mean drift of a weight turns its sign as the postsynaptic neuron fires faster."""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.errors import SimulationError, UnsupportedRule
from plasticity.expressions import evaluator
from plasticity.rates import drift
from plasticity.rates.averages import mean_parts
from plasticity.rules import Rule, is_readable
from plasticity.rules.conventions import SPIKES, WEIGHT
from plasticity.rules.moments import Moments
from plasticity.rules.polynomials import NoPolynomial
from plasticity.rules.system import system
from plasticity.studies.stimulated import NotAsked

FASTEST = 100.0  # hertz: rates beyond are not looked at
USUAL = 10.0  # hertz, of both neurons, for which slow variables rest; our choice
_N_RATES = 400


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
        except (UnsupportedRule, SimulationError) as error:
            raise NotAsked(str(error)) from None
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
    rounding = 1e-12 * max(np.abs(values).max(), _size(rule, rate_pre, grid, weight))
    values = np.where(np.abs(values) <= rounding, 0.0, values)
    is_some = values != 0
    grid, signs = grid[is_some], np.sign(values[is_some])
    turns = np.flatnonzero(signs[:-1] != signs[1:])
    return [(_bisected(drift_at, grid[k : k + 2]), int(signs[k + 1])) for k in turns]


def _size(rule: Rule, rate_pre: float, rates: Floats, weight: float | None) -> float:
    """How large what the drift of a rule on spikes is the sum of gets: next to it, less is nothing."""
    found = system(rule)
    if "spikes" not in found.needs:
        return 0.0
    w = np.full_like(rates, rule.start_weight if weight is None else weight)
    with np.errstate(all="ignore"):  # what is no number is no size
        parts = mean_parts(found, {"pre": np.full_like(rates, rate_pre), "post": rates}, w)
        sizes = np.abs(np.concatenate([np.zeros(1), *(np.ravel(part) for part in parts)]))
    return float(sizes[np.isfinite(sizes)].max())


def _bisected(drift_at: Callable[[Floats], Floats], between: Floats) -> float:
    """The rate between two of opposite sign, to eleven digits: 16 at a time narrow it eightfold or more."""
    low, high = between
    for _ in range(10):
        rates = np.linspace(low, high, 17)
        signs = np.sign(drift_at(rates))
        place = int(np.flatnonzero(signs != signs[0])[0])
        low, high = rates[place - 1], rates[place]
    return float((low + high) / 2)
