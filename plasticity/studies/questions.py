"""The questions that are put to a rule about what is known of synapses, each a function: the rule in, numbers out.

Every one raises NotAsked, with the reason, for a rule that cannot be asked.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from plasticity import published
from plasticity.protocols import pairing
from plasticity.rates import fixed_points
from plasticity.rules import Rule, is_readable
from plasticity.rules.conventions import WEIGHT
from plasticity.rules.system import system
from plasticity.studies.stimulated import (
    NotAsked,
    Trains,
    changes,
    levels,
    measured_trains,
    on_spikes,
    other_events,
    relative_changes,
    released,
)
from plasticity.studies.thresholds import held, settled, sign_changes, two_weights

ROUNDING = 1e-9  # of the larger of two changes: less is no difference
NOTHING = 1e-2  # of the change on the other side of a window: less counts as none; our choice
RATE = 20.0  # hertz, of both trains, where a question is put at one rate; our choice
_W_CHANGES = "after 60 pairings at 1 Hz w has changed by"
_ERRORS = 5.0  # standard errors that make a difference
LAGS = (5e-3, 10e-3, 15e-3, 20e-3)  # seconds: within the 20 ms of `bipoo1998`


@dataclass(frozen=True)
class Finding:
    """What came out: whether the phenomenon is there, the numbers {what: value in SI} that decide, and as text."""

    holds: bool
    numbers: Mapping[str, float]
    figures: str


def _pairings(rule: Rule, lags: tuple[float, ...], *, is_rewarded: bool = True) -> list[Trains]:
    """60 pairings at 1 Hz, as in `bipoo1998`; every other event that the rule hears comes half a second after each."""
    made = list[Trains]()
    for lag in lags:
        pair = pairing(lag, n_pairs=60, rate=1.0)
        others = other_events(rule) if is_rewarded else ()
        made.append({"pre": pair.pre, "post": pair.post, **{event: pair.pre + 0.5 for event in others}})
    return made


def _told(rule: Rule) -> str:
    """What was given beside spikes."""
    given = [f"{event} half a second after each pairing" for event in other_events(rule)]
    given += [f"{name} at 1" for name in levels(rule)]
    return f", with {' and '.join(given)}" if given else ""


def order(rule: Rule) -> Finding:
    """Whether the change differs between the two orders of a pair."""
    asked = on_spikes(rule)
    up, down = changes(asked, _pairings(asked, (10e-3, -10e-3)))
    differs = bool(abs(up - down) > ROUNDING * max(abs(up), abs(down)))
    alone = ": one order alone changes it" if differs and _is_alone(up, down) else ""
    figures = f"{_W_CHANGES} {up:+.3g} at +10 ms, {down:+.3g} at -10 ms{_told(rule)}{alone}"
    return Finding(differs, {"dw at +10 ms": float(up), "dw at -10 ms": float(down)}, figures)


def _is_alone(one: float, other: float) -> bool:
    """Whether one change is as good as none beside the other."""
    return min(abs(one), abs(other)) <= NOTHING * max(abs(one), abs(other))


def signs(rule: Rule) -> Finding:
    """Whether both orders of a pair move the weight, within 20 ms, as in the measured window."""
    asked = on_spikes(rule)
    lags = (*LAGS, *(-lag for lag in LAGS))
    found = changes(asked, _pairings(asked, lags))
    up, down = float(found[: len(LAGS)].min()), float(found[len(LAGS) :].max())
    holds = up > 0 > down and min(up, -down) > NOTHING * float(np.abs(found).max())
    sides = f"{up:+.3g} or more when pre comes first, {down:+.3g} or less when post does, 5 to 20 ms"
    figures = f"{_W_CHANGES} {sides}{_told(rule)}"
    return Finding(holds, {"least dw pre first": up, "largest dw post first": down}, figures)


def against(key: str, unit: str, reading: str = "experiment") -> Callable[[Rule], Finding]:
    """The question whether a rule is as near to a table of measured changes as chance allows.

    key, unit, reading : of the table: its name, what a row is, and who models it by which protocol
    """

    def ask(rule: Rule) -> Finding:
        asked = on_spikes(rule)
        _require_as_measured(rule)
        table = published.load(key)
        measured, sem = (table[name if name in table.columns else f"{name}_pg"] for name in ("dw", "sem"))
        off = (relative_changes(asked, measured_trains(table, reading)) - measured) / sem
        error, chance = float((off**2).mean()), 1 + 5 * np.sqrt(2 / len(off))
        by_chance = f"chance alone makes up to {np.sqrt(chance):.2g}"
        figures = f"{np.sqrt(error):.2g} standard errors (sem) off over {len(off)} {unit}; {by_chance}"
        return Finding(error <= chance, {"mean squared error (sem²)": error, "by chance": float(chance)}, figures)

    return ask


def triplets(rule: Rule) -> Finding:
    """Both kinds, each the mean of its four rows, beside the measured means."""
    asked, table = on_spikes(rule), published.load("wang2005_triplets")
    _require_as_measured(rule)
    found = relative_changes(asked, measured_trains(table))
    kinds = {kind: table["type"] == kind for kind in ("post-pre-post", "pre-post-pre")}
    told, off = [], []
    means = {kind: float(found[rows].mean()) for kind, rows in kinds.items()}
    for kind, rows in kinds.items():
        measured, sem = float(table["dw"][rows].mean()), float(np.sqrt((table["sem"][rows] ** 2).sum()) / rows.sum())
        off.append(abs(means[kind] - measured) / sem)
        told.append(f"{means[kind]:+.2g} by {kind} (measured {measured:+.2g} ± {sem:.1g})")
    return Finding(max(off) <= _ERRORS, means, ", ".join(told))


def _require_as_measured(rule: Rule) -> None:
    if others := [*other_events(rule), *levels(rule)]:
        raise NotAsked(f"it was measured without {', '.join(others)}, which the rule hears")


def _require_change(rule: Rule) -> None:
    if not system(rule).jumps[WEIGHT] and WEIGHT not in system(rule).flows:
        raise NotAsked("its weight never changes")


def threshold(rule: Rule) -> Finding:
    """Whether the drift turns from weakening to strengthening as the postsynaptic rate grows."""
    _require_change(rule)
    turns = next((turns for w in two_weights(rule) if (turns := sign_changes(rule, RATE, w))), [])
    upward = [rate for rate, direction in turns if direction > 0]
    where = f"pre at {RATE:g} Hz{held(rule)}"
    if upward:
        return Finding(True, {"threshold (Hz)": upward[0]}, f"at {upward[0]:.4g} Hz, {where}")
    what = f"it turns downward, at {turns[0][0]:.4g} Hz" if turns else "the drift has one sign, up to 100 Hz"
    return Finding(False, {}, f"{what}, {where}")


def set_point(rule: Rule) -> Finding:
    """Whether the drift vanishes at one postsynaptic rate, whatever the input and the weight."""
    _require_change(rule)
    found = [
        sign_changes(rule, rate, w, is_slow=False) for rate in (RATE / 4, RATE, 2 * RATE) for w in two_weights(rule)
    ]
    at_rest = settled(rule)
    if any(len(turns) != 1 for turns in found) or len({turns[0][1] for turns in found}) > 1:
        return Finding(False, {}, f"the drift does not vanish at one postsynaptic rate, up to 100 Hz{at_rest}")
    rates = np.array([turns[0][0] for turns in found])
    if np.ptp(rates) > 1e-6 * rates.max():
        between = f"{rates.min():.3g} to {rates.max():.3g} Hz{at_rest}"
        return Finding(False, {}, f"the rate depends on the input or the weight, {between}")
    kind = "inhibits" if found[0][0][1] > 0 else "excites"
    return Finding(
        True, {"set point (Hz)": float(rates[0])}, f"at {rates[0]:.4g} Hz, of a synapse that {kind}{at_rest}"
    )


def stable_weight(rule: Rule) -> Finding:
    """Whether the drift holds a weight between the bounds."""
    _require_change(rule)
    if not is_readable(rule, "rates"):
        raise NotAsked("its mean drift has no closed form")
    points, both = fixed_points(rule, RATE, RATE), f"both at {RATE:g} Hz{settled(rule)}"
    inside = [point.weight for point in points if point.stability == "stable" and not point.at_bound]
    if inside:
        return Finding(True, {"weight": inside[0]}, f"w = {inside[0]:.4g}, {both}")
    ends = [f"w = {point.weight:g}" for point in points if point.stability == "stable"]
    where = f"it ends at a bound, {' or '.join(ends)}" if ends else "nothing holds it"
    return Finding(False, {}, f"{where}, {both}")


def release(rule: Rule) -> Finding:
    """Whether what a spike delivers depends on the rate of its train."""
    found = system(rule)
    if "spikes" not in found.needs:
        raise NotAsked("it reads firing rates, no spikes")
    if rule.transmits == WEIGHT:
        return Finding(False, {}, "a spike delivers w, whatever came before")
    if [signal for signal in rule.signals if signal.kind != "level"]:
        raise NotAsked("it reads what spike times do not tell")
    slow, fast = (float(released(rule, 0.1 + np.arange(60) / rate)[-1]) for rate in (5.0, 40.0))
    differs = abs(slow - fast) > ROUNDING * max(abs(slow), abs(fast))
    figures = f"{slow:.3g} of w at 5 Hz, {fast:.3g} at 40 Hz, after 60 spikes"
    return Finding(differs, {"release at 5 Hz": slow, "release at 40 Hz": fast}, figures)


def reward(rule: Rule) -> Finding:
    """Whether what comes beside the spikes makes their change larger."""
    if not other_events(rule) and not levels(rule):
        if "spikes" not in system(rule).needs:
            raise NotAsked("it reads firing rates, no spikes")
        return Finding(False, {}, "it hears no event but spikes")
    asked = on_spikes(rule)
    with_it = float(changes(asked, _pairings(asked, (10e-3,)))[0])
    without = float(changes(asked, _pairings(asked, (10e-3,), is_rewarded=False), level=0.0)[0])
    holds = abs(with_it) > (1 + ROUNDING) * abs(without)
    figures = f"{_W_CHANGES} {with_it:+.3g}{_told(rule)}, {without:+.3g} without, each pre 10 ms before post"
    return Finding(holds, {"dw with": with_it, "dw without": without}, figures)
