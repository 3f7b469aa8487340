"""The picture of a rule: what a pair does to it, how it drifts over the postsynaptic rate, and a short train."""

import textwrap
from collections.abc import Mapping
from typing import Any

import numpy as np

from plasticity import events, rates
from plasticity.arrays import Floats
from plasticity.errors import PlasticityError
from plasticity.quantities import in_unit
from plasticity.rules import Rule
from plasticity.rules.conventions import WEIGHT
from plasticity.rules.system import system
from plasticity.studies.made_signals import MADE, made_signals
from plasticity.studies.portraits import HEIGHT, WIDTH, Line, Panel, Portrait, flat, missing
from plasticity.studies.rule_windows import is_quick, over_lags, weight_unit
from plasticity.studies.stimulated import NotAsked, levels, other_events, quiet, released
from plasticity.studies.thresholds import without_rounding

PRE = np.array([20, 70, 120, 170, 180, 190, 230]) * 1e-3  # a short train, our choice: pairs of either order,
POST = np.array([30, 60, 125, 150, 175, 185, 195]) * 1e-3  # then a burst of both
RATES = (5.0, 20.0, 40.0)  # hertz, presynaptic
_NEAR = 5.0  # times: variables within share an axis


def rule_portrait(rule: Rule) -> Portrait:
    """The panels of a rule, exact, without Brian2; about a second at most."""
    silent = quiet(rule)
    first = over_lags(silent) if "spikes" in system(rule).needs else _over_weights(silent)
    if _is_still(rule):
        first = _over_a_train(silent)
    columns = ((first,), (_over_post(silent),), _course(silent))
    shown = [column for column in columns if not column[0].missing] or [columns[0]]
    absent = [f"No {column[0].title}: {column[0].missing}." for column in columns if column not in shown]
    height = max(HEIGHT, 1.1 * max(len(column) for column in shown))
    return Portrait(rule.name, " ".join([_caption(rule), *absent]), shown, (WIDTH, height))


def _is_still(rule: Rule) -> bool:
    return not system(rule).jumps[WEIGHT] and WEIGHT not in system(rule).flows


def _caption(rule: Rule) -> str:
    parts = [f"{rule.name}: {rule.summary}." if rule.summary else f"{rule.name}."]
    if quiet(rule) != rule:
        parts.append("Without its noise.")
    if [signal for signal in rule.signals if signal.kind == "voltage"]:
        parts.append(MADE)
    if others := other_events(rule):
        parts.append(
            f"{' and '.join(others).capitalize()}: half a second after each pairing, and 0.3 s into the train."
        )
    if given := list(levels(rule)):
        parts.append(f"{' and '.join(given)} at 1 throughout.")
    return " ".join(parts)


def _per_second(rule: Rule) -> str:
    return f"({rule.weight_unit}/s)"


def _with_state(title: str, rule: Rule, what: str) -> str:
    """The title, and beneath it what the slow variables of a rule on rates do meanwhile."""
    names = ", ".join(variable.name for variable in rule.state)
    return f"{title}\n{names} {what}" if names and "spikes" not in system(rule).needs else title


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
    title = _with_state("drift over w, pre at 20 Hz", rule, "settled at each rate")
    return Panel(title, f"w{weight_unit(rule)}", f"dw/dt {_per_second(rule)}", lines)


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
        lines = [Line(post, without_rounding(rule, pre, post), f"pre {pre:g} Hz") for pre in RATES]
    except (PlasticityError, NotAsked) as error:
        return missing(title, str(error))
    title = _with_state(f"mean drift at w = {rule.start_weight:g}", rule, "held as at 10 Hz")
    return Panel(title, "postsynaptic rate (Hz)", f"dw/dt {_per_second(rule)}", lines)


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
    at = np.unique(np.concatenate([np.linspace(0.0, end, 600 if is_quick(rule) else 200), spikes, spikes + 1e-8]))
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
        _with_state("along rates", rule, "following"),
        "time (s)",
        "rate (Hz)",
        [Line(times, post, "post"), Line(times, post * 0 + 20.0, "pre")],
    )
    return (heard, *_of_states(rule, times, {**path.states, WEIGHT: path.weights}, "time (s)"))


def _of_states(rule: Rule, times: Floats, found: Mapping[str, Any], axis: str) -> tuple[Panel, ...]:
    """The variables by their units and sizes, and the weight beneath."""
    by_unit: dict[str, list[Line]] = {}
    for variable in rule.state:
        values = np.asarray(in_unit(found[variable.name], variable.unit))
        if not flat(values):
            by_unit.setdefault(variable.unit, []).append(Line(times, values, variable.name))
    states = [
        Panel("", axis, "state" if unit == "1" else f"state ({unit})", lines)
        for unit, together in list(by_unit.items())[:2]
        for lines in _of_one_size(together)
    ]
    weight = Panel("", axis, textwrap.fill(f"w{weight_unit(rule)}", 12), [Line(times, np.asarray(found[WEIGHT]))])
    return (*states, weight)


def _of_one_size(lines: list[Line]) -> list[list[Line]]:
    """Lines that can share an axis: none is flat beside another. In their order, by the first of each."""
    groups: list[list[Line]] = []
    for line in lines:
        size = np.ptp(line.y)
        near = [group for group in groups if 1 / _NEAR < size / np.ptp(group[0].y) < _NEAR]
        if near:
            near[0].append(line)
        else:
            groups.append([line])
    return groups
