"""What one pair of spikes changes, as numbers: the window of a rule in closed form, without protocol or bounds."""

from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.errors import RuleError, SimulationError, UnsupportedRule, WeightError
from plasticity.expressions import evaluator, parse
from plasticity.inputs import instance, number, numbers
from plasticity.memory import require_memory
from plasticity.rules import Rule, is_readable, pair_windows
from plasticity.rules.conventions import WEIGHT
from plasticity.rules.pair_windows import NoClosedForm
from plasticity.rules.system import system
from plasticity.trains import RESOLUTION, check_weights

_BYTES_PER_LAG = 100.0  # the lags, what is asked of them, and a side of the window on its way


def pair_window(rule: Rule, lags: Any, *, w0: Any = None) -> Floats:
    """The change of the weight by one pair of spikes at each lag, while no bound clips it.

    lags    : seconds or with a unit, t_post - t_pre, of any shape; coincident within a nanosecond, delays included
    w0      : the weight before the pair, where a change reads it; by default the start weight of the rule
    returns : the shape of the lags
    raises UnsupportedRule, with the reason, where there is no closed form; ArgumentError for what are no lags;
    WeightError for a weight outside the bounds; SimulationError when a change is not finite

    Exact; both spikes come to a synapse at its start, and a coincident pair changes what the conventions of the rule
    say. Of random changes it is the mean. In symbols: `plasticity.rules.pair_windows`; by many pairs in a row:
    `events.window`.

    >>> from plasticity import RULES, rates
    >>> rates.pair_window(RULES["pair_stdp"], [-0.010, 0.0, 0.010]).round(6).tolist()
    [-0.003184, 0.0, 0.003033]
    """
    form, start = _closed_form(rule), system(rule).start_weight
    lags = numbers(lags, "lags", unit="s")
    require_memory(_BYTES_PER_LAG * lags.size, f"a window of {lags.size} lags")
    w = np.array(start if w0 is None else number(w0, "w0", error=WeightError))
    check_weights(w, rule.bounds.lower, rule.bounds.upper)
    age = lags - _value(rule, form.turns_at, {})
    side = np.where(np.abs(age) < RESOLUTION, 0.0, np.sign(age))
    changes = np.zeros(lags.shape)
    for sign, text in ((1, form.pre_first), (-1, form.post_first), (0, form.coincident)):
        here = side == sign
        if here.any():
            changes[here] = _value(rule, text, {form.lag: lags[here], WEIGHT: w})
    if not np.isfinite(changes).all():
        raise SimulationError(f"a change of {rule} is {changes[~np.isfinite(changes)][0]}; check its parameters")
    return changes


def _closed_form(rule: Rule) -> pair_windows.PairWindow:
    instance(rule, Rule, "the rule", RuleError)
    try:
        return pair_windows.pair_window(rule)
    except NoClosedForm as reason:
        cure = f"; ask its spiking form RULES['{rule.spiking_form}'] here" if rule.spiking_form else ""
        if is_readable(rule, "events") and not rule.signals:
            cure = "; ask plasticity.events.window with n_pairs=1"
        raise UnsupportedRule(f"the window of {rule} has no closed form: {reason}{cure}") from None


def _value(rule: Rule, text: str, given: dict[str, Any]) -> Any:
    if not text:
        raise UnsupportedRule(
            f"what a coincident pair changes under {rule} hangs on the signs of its changes; leave that lag out, or "
            "ask plasticity.events.window with n_pairs=1"
        )
    known = {**rule.values, **given}
    with np.errstate(all="ignore"):  # what is no number is found by who asked
        return evaluator(parse(text, known=known, where=f"the window of {rule}", error=RuleError))(known)
