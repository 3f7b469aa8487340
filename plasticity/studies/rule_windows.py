"""The window in the picture of a rule: what pairings change at each lag, with all that the rule hears beside them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from plasticity import engines
from plasticity.arrays import Floats
from plasticity.errors import PlasticityError
from plasticity.protocols import pairing
from plasticity.quantities import is_unit
from plasticity.rules import Rule
from plasticity.rules.conventions import SPIKES, WEIGHT
from plasticity.rules.system import system
from plasticity.studies.made_signals import made_for_all
from plasticity.studies.portraits import Line, Panel, missing
from plasticity.studies.stimulated import NotAsked, other_events

WIDEST = 0.1  # seconds: the lags of a window
_LIFETIMES = 10  # of the slowest variable, after which a weight that flows is read
_LONG = 5.0  # seconds: a variable that takes longer, such as a sensed activity, is not waited for
_LATE = "late"  # an event that no variable hears


def over_lags(rule: Rule) -> Panel:
    """The window: the change after 60 pairings at 1 Hz; by one pairing where 60 take too long, or end at a bound."""
    is_fast = is_quick(rule)
    side = np.geomspace(2e-4, WIDEST, 100 if is_fast else 16)
    lags = np.concatenate([-side[::-1], side])
    try:
        n, found = 60, _changes(rule, lags, 60) if is_fast else None
        if found is None or _is_at_a_bound(rule, found):
            n, found = 1, _changes(rule, lags, 1)
    except (PlasticityError, NotAsked) as error:
        return missing("window", str(error))
    # A flow blurs what a delay shifts
    delays = 0.0 if WEIGHT in system(rule).flows else rule.delay("pre") - rule.delay("post")
    title = f"{n} pairings at 1 Hz" if n > 1 else "one pairing"
    y = f"change of w{weight_unit(rule)}"
    return Panel(title, "t_post - t_pre (ms)", y, (Line(lags * 1e3, found),), breaks_at=delays * 1e3)


def weight_unit(rule: Rule) -> str:
    """The unit of w in brackets, for an axis."""
    return f" ({rule.weight_unit if is_unit(rule.weight_unit) else f'units of {rule.weight_unit}'})"


def is_quick(rule: Rule) -> bool:
    """Whether the exact engine needs no steps for it."""
    return not {"flow without closed form", "voltage"} & system(rule).needs


def _is_at_a_bound(rule: Rule, changes: Floats) -> bool:
    """Whether some weight ends where it is clipped, so that the window has a flat piece."""
    after = rule.start_weight + changes
    return bool(((after <= rule.bounds.lower) | (after >= rule.bounds.upper)).any())


def _changes(rule: Rule, lags: Floats, n: int) -> Floats:
    """The change of w by n pairings at each lag, with all that the rule hears beside them."""
    pre, post = pairing(lags, n_pairs=n, rate=1.0)
    if n == 1:  # the postsynaptic spike at one time for all lags, so that a voltage is the same, and met faster
        pre, post = [np.array([1.5 * WIDEST - lag]) for lag in lags], [np.array([1.5 * WIDEST])] * len(lags)
    others = {event: [train + 0.5 for train in pre] for event in other_events(rule)}
    start = rule.start_weight
    if not rule.signals and WEIGHT in system(rule).flows and _slowest(rule) < _LONG:
        rule, others = _with_a_late_event(rule, {"pre": pre, "post": post, **others})
    if not rule.signals:
        return np.asarray(engines.final_weight(rule, pre, post, start, events=others or None)) - start
    end = max(float(train[-1]) for train in (*pre, *post)) + 0.2
    signals = made_for_all(rule, pre, post, end)
    return np.asarray(engines.final_weight(rule, pre, post, start, events=others or None, signals=signals)) - start


def _slowest(rule: Rule) -> float:
    """The longest time constant (s) of what moves the weight."""
    return max((decay.tau for name, decay in system(rule).decays.items() if name != WEIGHT), default=0.0)


def _with_a_late_event(rule: Rule, trains: Mapping[str, Any]) -> tuple[Rule, dict[str, Any]]:
    """The rule and its events beside spikes, with one more that changes nothing and comes when all has decayed.

    A weight that flows still moves at the last spike; it is read at the last event.
    """
    ends = np.max([[train[-1] for train in side] for side in trains.values()], axis=0)
    late = {_LATE: [np.array([end + _LIFETIMES * _slowest(rule)]) for end in ends]}
    others = {event: side for event, side in trains.items() if event not in SPIKES}
    return replace(rule, events=(*rule.events, _LATE)), others | late
