"""The picture of a rule: what a pair does to it, how it drifts over the postsynaptic rate, and a short train."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from plasticity import events, rates
from plasticity.arrays import Floats
from plasticity.errors import PlasticityError
from plasticity.protocols import pairing
from plasticity.quantities import in_unit
from plasticity.rules import Rule
from plasticity.rules.conventions import WEIGHT
from plasticity.rules.system import system
from plasticity.studies.made_signals import MADE, made_for_all, made_signals
from plasticity.studies.portraits import HEIGHT, WIDTH, Line, Panel, Portrait, flat, missing
from plasticity.studies.stimulated import NotAsked, levels, other_events, quiet, released
from plasticity.studies.thresholds import drift_over_post

WIDEST = 0.1  # seconds: the lags of a window
PRE = np.array([20, 70, 120, 170, 180, 190, 230]) * 1e-3  # a short train, our choice: pairs of either order,
POST = np.array([30, 60, 125, 150, 175, 185, 195]) * 1e-3  # then a burst of both
RATES = (5.0, 20.0, 40.0)  # hertz, presynaptic


def rule_portrait(rule: Rule) -> Portrait:
    """The panels of a rule, exact, without Brian2; about a second at most."""
    silent = quiet(rule)
    first = _over_lags(silent) if "spikes" in system(rule).needs else _over_weights(silent)
    if _is_still(rule):
        first = _over_a_train(silent)
    columns = ((first,), (_over_post(silent),), _course(silent))
    has_drift = not columns[1][0].missing
    height = max(HEIGHT, 1.1 * max(len(column) for column in columns))
    return Portrait(rule.name, _caption(rule, has_drift), columns, (WIDTH, height))


def _is_still(rule: Rule) -> bool:
    return not system(rule).jumps[WEIGHT] and WEIGHT not in system(rule).flows


def _caption(rule: Rule, has_drift: bool) -> str:
    parts = [f"{rule.name}: {rule.summary}." if rule.summary else f"{rule.name}."]
    if quiet(rule) != rule:
        parts.append("Without its noise.")
    if [signal for signal in rule.signals if signal.kind == "voltage"]:
        parts.append(MADE)
    if others := other_events(rule):
        parts.append(
            f"{' and '.join(others).capitalize()}: half a second after each pairing, and 0.3 s into the train."
        )
    if "spikes" not in system(rule).needs and rule.state and has_drift:
        parts.append(f"Mean drift with {', '.join(variable.name for variable in rule.state)} as at 10 Hz.")
    if given := list(levels(rule)):
        parts.append(f"{' and '.join(given)} at 1 throughout.")
    return " ".join(parts)


def _over_lags(rule: Rule) -> Panel:
    """The window: the change after 60 pairings at 1 Hz; by one pairing where 60 take too long, or end at a bound."""
    is_quick = _is_quick(rule)
    side = np.geomspace(2e-4, WIDEST, 100 if is_quick else 16)
    lags = np.concatenate([-side[::-1], side])
    try:
        n, found = 60, _changes(rule, lags, 60) if is_quick else None
        if found is None or _is_at_a_bound(rule, found):
            n, found = 1, _changes(rule, lags, 1)
    except (PlasticityError, NotAsked) as error:
        return missing("window", str(error))
    delays = rule.delay("pre") - rule.delay("post")
    y, breaks_at = f"change of w ({rule.weight_unit})", delays * 1e3 if WEIGHT not in system(rule).flows else None
    title = f"{n} pairings at 1 Hz" if n > 1 else "one pairing"
    return Panel(title, "t_post - t_pre (ms)", y, (Line(lags * 1e3, found),), breaks_at=breaks_at)


def _is_quick(rule: Rule) -> bool:
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
    if not rule.signals:
        return np.asarray(events.final_weight(rule, pre, post, start, events=others or None)) - start
    signals = made_for_all(rule, pre, post)
    return np.asarray(events.final_weight(rule, pre, post, start, events=others or None, signals=signals)) - start


def _over_weights(rule: Rule) -> Panel:
    """Of a rule on rates: the drift over the weight."""
    bounds = rule.bounds
    lower = bounds.lower if np.isfinite(bounds.lower) else min(0.0, rule.start_weight)
    upper = bounds.upper if np.isfinite(bounds.upper) else lower + 2.0
    w = np.linspace(lower, upper, 100)
    try:
        lines = [Line(w, rates.drift(rule, 20.0, post, w), f"post {post:g} Hz") for post in RATES]
    except PlasticityError as error:
        return missing("drift over the weight", str(error))
    return Panel("drift over w, pre at 20 Hz", f"w ({rule.weight_unit})", "mean drift (1/s)", lines)


def _over_a_train(rule: Rule) -> Panel:
    """Of a rule that moves no weight: what each spike of a train releases."""
    title = "release over a train"
    try:
        lines = [
            Line(np.arange(1.0, 21.0), released(rule, 0.05 + np.arange(20) / rate), f"{rate:g} Hz") for rate in RATES
        ]
    except (PlasticityError, NotAsked) as error:
        return missing(title, str(error))
    return Panel(title, "number of the spike", "transmitted (part of w)", lines, kind="points")


def _over_post(rule: Rule) -> Panel:
    title = "mean drift"
    if _is_still(rule):
        return missing(title, "its weight never changes")
    post = np.linspace(0.0, 60.0, 121)
    try:
        lines = [Line(post, drift_over_post(rule, pre, post), f"pre {pre:g} Hz") for pre in RATES]
    except (PlasticityError, NotAsked) as error:
        return missing(title, str(error))
    return Panel(f"mean drift at w = {rule.start_weight:g}", "postsynaptic rate (Hz)", "dw/dt (1/s)", lines)


def _course(rule: Rule) -> tuple[Panel, ...]:
    """The state and the weight along a short train, or along rates that change."""
    try:
        if "spikes" in system(rule).needs:
            return _along_spikes(rule)
        return _along_rates(rule)
    except (PlasticityError, NotAsked) as error:
        return (missing("along a short train", str(error)),)


def _along_spikes(rule: Rule) -> tuple[Panel, ...]:
    others = {event: np.array([0.3]) for event in other_events(rule)}
    end = 0.6 if others else 0.3
    signals = made_signals(rule, {"pre": PRE, "post": POST}, end + 0.1) if rule.signals else None
    trains = {"pre": PRE, "post": POST, **others}
    spikes = np.concatenate(list(trains.values()))
    at = np.unique(np.concatenate([np.linspace(0.0, end, 600 if _is_quick(rule) else 200), spikes, spikes + 1e-8]))
    found = events.states(rule, PRE, POST, at, events=others or None, signals=signals)
    raster = Panel(
        "along a short train",
        "time (ms)",
        "",
        [Line(times * 1e3, times * 0, name) for name, times in trains.items()],
        kind="raster",
    )
    panels = _of_states(rule, at * 1e3, found, "time (ms)")
    if _is_still(rule):
        sent = Line(PRE * 1e3, released(rule, PRE))
        panels = (*panels[:-1], Panel("", "time (ms)", "transmitted\n(part of w)", [sent], kind="points"))
    return (raster, *panels)


def _along_rates(rule: Rule) -> tuple[Panel, ...]:
    """Post at 5, then 30, then 10 Hz, pre at 20 Hz; a second each, or as long as the slowest variable takes."""
    slowest = max((decay.tau for decay in system(rule).decays.values()), default=1.0)
    piece = max(1.0, 3 * slowest)
    times = np.linspace(0.0, 3 * piece, 301)
    post = np.select([times < piece, times < 2 * piece], [5.0, 30.0], 10.0)
    path = rates.trajectory(rule, np.full_like(times, 20.0), post, times=times)
    heard = Panel(
        "along rates", "time (s)", "rate (Hz)", [Line(times, post, "post"), Line(times, post * 0 + 20.0, "pre")]
    )
    return (heard, *_of_states(rule, times, {**path.states, WEIGHT: path.weights}, "time (s)"))


def _of_states(rule: Rule, times: Floats, found: Mapping[str, Any], axis: str) -> tuple[Panel, ...]:
    """The variables by their units, and the weight beneath."""
    by_unit: dict[str, list[Line]] = {}
    for variable in rule.state:
        values = np.asarray(in_unit(found[variable.name], variable.unit))
        if not flat(values):
            by_unit.setdefault(variable.unit, []).append(Line(times, values, variable.name))
    states = [
        Panel("", axis, "state" if unit == "1" else f"state ({unit})", lines)
        for unit, lines in list(by_unit.items())[:2]
    ]
    weight = Panel("", axis, f"w ({rule.weight_unit})", [Line(times, np.asarray(found[WEIGHT]))])
    return (*states, weight)
