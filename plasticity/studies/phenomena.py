"""What is known of synapses, and whether a rule has it: each phenomenon a question, its answer computed when asked.

A criterion is that of the publication, or the meaning of the sentence; none is fitted. Beside a table of measured
changes a rule holds when it is no further off than chance: its mean squared distance in standard errors is at most
1 + 5 sqrt(2/n), five standard deviations of chi-squared above its mean.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from plasticity import published
from plasticity.catalogue import Catalogue
from plasticity.errors import SimulationError, UnsupportedRule, WeightError
from plasticity.inputs import instance
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
    quiet,
    relative_changes,
    released,
)
from plasticity.studies.thresholds import sign_changes, two_weights

Verdict = Literal["explains", "does not explain", "not asked"]
ROUNDING = 1e-9  # of the larger of two changes: less is no difference
NOTHING = 1e-2  # of the change on the other side of a window: less counts as none; our choice
RATE = 20.0  # hertz, of both trains, where a question is put at one rate; our choice
_ERRORS = 5.0  # standard errors that make a difference
LAGS = (5e-3, 10e-3, 15e-3, 20e-3)  # seconds: within the 20 ms of `bipoo1998`


@dataclass(frozen=True)
class Finding:
    """What came out: whether the phenomenon is there, the numbers {what: value in SI} that decide, and as text."""

    holds: bool
    numbers: Mapping[str, float]
    figures: str


@dataclass(frozen=True)
class Phenomenon:
    """Something known of synapses.

    sentence  : what is seen
    source    : a key of SOURCES, with the place in it
    criterion : when a rule has it
    ask       : from a rule to what came out; raises NotAsked, with the reason
    is_long   : whether it takes many spikes, and so minutes of a rule that is followed in small steps
    """

    name: str
    sentence: str
    source: str
    criterion: str
    ask: Callable[[Rule], Finding]
    is_long: bool = False

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Answer:
    """A phenomenon and a rule: the verdict, the numbers, and as text, or why it was not asked."""

    phenomenon: Phenomenon
    verdict: Verdict
    said: str
    numbers: Mapping[str, float] = field(default_factory=dict)


def answers(rule: Rule, *, is_patient: bool = False) -> tuple[Answer, ...]:
    """What a rule says to every phenomenon, computed now, most of it in less than a second.

    is_patient : whether to ask what takes up to a minute, too: of a rule whose flow has no closed form
    raises ArgumentError for what is no rule
    """
    return tuple(answer(rule, phenomenon, is_patient=is_patient) for phenomenon in PHENOMENA.values())


def answer(rule: Rule, phenomenon: Phenomenon, *, is_patient: bool = True) -> Answer:
    """What a rule says to one of them. Raises ArgumentError for what is no rule, or no phenomenon."""
    instance(rule, Rule, "the rule"), instance(phenomenon, Phenomenon, "the phenomenon")
    try:
        silent = quiet(rule)
        if phenomenon.is_long and not is_patient:
            _require_quickness(silent)
        found = phenomenon.ask(silent)
    except NotAsked as reason:
        return Answer(phenomenon, "not asked", str(reason))
    except (SimulationError, UnsupportedRule, WeightError) as error:
        return Answer(phenomenon, "not asked", str(error))
    figures = found.figures if silent == rule else f"{found.figures}; without its noise"
    return Answer(phenomenon, "explains" if found.holds else "does not explain", figures, found.numbers)


def _require_quickness(rule: Rule) -> None:
    needs = system(rule).needs
    if {"spikes", "flow without closed form"} <= needs and "voltage" not in needs:
        raise NotAsked("its flow has no closed form; it takes up to a minute (--patient)")


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


def _order(rule: Rule) -> Finding:
    asked = on_spikes(rule)
    up, down = changes(asked, _pairings(asked, (10e-3, -10e-3)))
    differs = bool(abs(up - down) > ROUNDING * max(abs(up), abs(down)))
    figures = f"{up:+.3g} at +10 ms, {down:+.3g} at -10 ms{_told(rule)}"
    return Finding(differs, {"dw at +10 ms": float(up), "dw at -10 ms": float(down)}, figures)


def _signs(rule: Rule) -> Finding:
    asked = on_spikes(rule)
    lags = (*LAGS, *(-lag for lag in LAGS))
    found = changes(asked, _pairings(asked, lags))
    up, down = float(found[: len(LAGS)].min()), float(found[len(LAGS) :].max())
    holds = up > 0 > down and min(up, -down) > NOTHING * float(np.abs(found).max())
    figures = f"{up:+.3g} or more when pre comes first, {down:+.3g} or less when post does, 5 to 20 ms{_told(rule)}"
    return Finding(holds, {"least dw pre first": up, "largest dw post first": down}, figures)


def _against(key: str, unit: str, reading: str = "experiment") -> Callable[[Rule], Finding]:
    """A table of measured changes, row by row."""

    def ask(rule: Rule) -> Finding:
        asked = on_spikes(rule)
        _require_as_measured(rule)
        table = published.load(key)
        measured, sem = (table[name if name in table.columns else f"{name}_pg"] for name in ("dw", "sem"))
        off = (relative_changes(asked, measured_trains(table, reading)) - measured) / sem
        error, chance = float((off**2).mean()), 1 + 5 * np.sqrt(2 / len(off))
        figures = f"{np.sqrt(error):.2g} sem off over {len(off)} {unit}, by chance up to {np.sqrt(chance):.2g}"
        return Finding(error <= chance, {"mean squared error (sem²)": error, "by chance": float(chance)}, figures)

    return ask


def _triplets(rule: Rule) -> Finding:
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


def _threshold(rule: Rule) -> Finding:
    _require_change(rule)
    turns = next((turns for w in two_weights(rule) if (turns := sign_changes(rule, RATE, w))), [])
    upward = [rate for rate, direction in turns if direction > 0]
    if upward:
        return Finding(True, {"threshold (Hz)": upward[0]}, f"at {upward[0]:.4g} Hz, pre at {RATE:g} Hz")
    what = f"it turns downward, at {turns[0][0]:.4g} Hz" if turns else "the drift has one sign, up to 100 Hz"
    return Finding(False, {}, f"{what}, pre at {RATE:g} Hz")


def _set_point(rule: Rule) -> Finding:
    _require_change(rule)
    found = [
        sign_changes(rule, rate, w, is_slow=False) for rate in (RATE / 4, RATE, 2 * RATE) for w in two_weights(rule)
    ]
    if any(len(turns) != 1 for turns in found) or len({turns[0][1] for turns in found}) > 1:
        return Finding(False, {}, "the drift does not vanish at one postsynaptic rate, up to 100 Hz")
    rates = np.array([turns[0][0] for turns in found])
    if np.ptp(rates) > 1e-6 * rates.max():
        return Finding(
            False, {}, f"the rate depends on the input or the weight, {rates.min():.3g} to {rates.max():.3g} Hz"
        )
    kind = "inhibits" if found[0][0][1] > 0 else "excites"
    return Finding(True, {"set point (Hz)": float(rates[0])}, f"at {rates[0]:.4g} Hz, of a synapse that {kind}")


def _stable_weight(rule: Rule) -> Finding:
    _require_change(rule)
    if not is_readable(rule, "rates"):
        raise NotAsked("its mean drift has no closed form")
    points = fixed_points(rule, RATE, RATE)
    inside = [point.weight for point in points if point.stability == "stable" and not point.at_bound]
    if inside:
        return Finding(True, {"weight": inside[0]}, f"w = {inside[0]:.4g}, both at {RATE:g} Hz")
    ends = [f"w = {point.weight:g}" for point in points if point.stability == "stable"]
    where = f"it ends at a bound, {' or '.join(ends)}" if ends else "nothing holds it"
    return Finding(False, {}, f"{where}, both at {RATE:g} Hz")


def _release(rule: Rule) -> Finding:
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


def _reward(rule: Rule) -> Finding:
    if not other_events(rule) and not levels(rule):
        if "spikes" not in system(rule).needs:
            raise NotAsked("it reads firing rates, no spikes")
        return Finding(False, {}, "it hears no event but spikes")
    asked = on_spikes(rule)
    with_it = float(changes(asked, _pairings(asked, (10e-3,)))[0])
    without = float(changes(asked, _pairings(asked, (10e-3,), is_rewarded=False), level=0.0)[0])
    holds = abs(with_it) > (1 + ROUNDING) * abs(without)
    figures = f"{with_it:+.3g}{_told(rule)}, {without:+.3g} without, after pairings at +10 ms"
    return Finding(holds, {"dw with": with_it, "dw without": without}, figures)


_ALL = (
    Phenomenon(
        "order of a pair",
        "the change depends on which of the two neurons fires first",
        "bipoo1998, Fig. 7",
        "60 pairings at 1 Hz: the changes at +10 and -10 ms differ",
        _order,
        is_long=True,
    ),
    Phenomenon(
        "window of Bi & Poo",
        "pre before post strengthens, post before pre weakens, within 20 ms",
        "bipoo1998, Fig. 7",
        "60 pairings at 1 Hz: up at 5, 10, 15, 20 ms, down at the opposite lags, neither below 1 % of the other",
        _signs,
        is_long=True,
    ),
    Phenomenon(
        "pairing frequency",
        "pairing at +10 ms strengthens only above 0.1 Hz; at -10 ms it weakens, and strengthens from 40 Hz on",
        "sjostrom2001, as tabulated in pfister2006, Table 1",
        "ten measured changes, as far off as chance allows",
        _against("sjostrom2001_frequency", "points", "pfister2006"),
        is_long=True,
    ),
    Phenomenon(
        "triplets",
        "post-pre-post strengthens, pre-post-pre does little",
        "wang2005, as tabulated in pfister2006, Table 2",
        "the means over four timings of each kind are within five standard errors of the measured ones",
        _triplets,
        is_long=True,
    ),
    Phenomenon(
        "quadruplets",
        "a pair of either order, then one of the other: strengthens when the second is pre-post, 20 ms later",
        "wang2005, as tabulated in pfister2006, Table 2",
        "three measured changes, as far off as chance allows",
        _against("wang2005_quadruplets", "quadruplets"),
        is_long=True,
    ),
    Phenomenon(
        "threshold in the rate",
        "little postsynaptic activity weakens, much strengthens",
        "Bienenstock, Cooper & Munro 1982, J Neurosci 2:32, doi:10.1523/JNEUROSCI.02-01-00032.1982",
        "the mean drift turns from down to up between 0 and 100 Hz, pre at 20 Hz, slow variables at rest for 10 Hz",
        _threshold,
    ),
    Phenomenon(
        "stable weight",
        "weights settle at one value between the bounds, not in two heaps at both ends",
        "guetig2003",
        "the mean drift has a stable fixed point inside the bounds",
        _stable_weight,
    ),
    Phenomenon(
        "set point of the rate",
        "plasticity keeps the postsynaptic neuron at one rate, whatever the input",
        "Vogels et al. 2011, Science 334:1569, doi:10.1126/science.1211095",
        "the mean drift vanishes at one postsynaptic rate, the same for 5, 20, 40 Hz of input and for two weights",
        _set_point,
    ),
    Phenomenon(
        "short-term",
        "what a spike releases depends on the spikes before it",
        "Tsodyks, Pawelzik & Markram 1998, Neural Comput 10:821, doi:10.1162/089976698300017502",
        "the 60th spike of a train at 5 Hz and that at 40 Hz deliver different parts of w",
        _release,
    ),
    Phenomenon(
        "reward",
        "the same pairings change the weight more when a reward follows",
        "Izhikevich 2007, Cereb Cortex 17:2443, doi:10.1093/cercor/bhl152",
        "the change is larger with the third event, or its level at 1, than without",
        _reward,
        is_long=True,
    ),
)
PHENOMENA: Catalogue[Phenomenon] = Catalogue("phenomenon", {phenomenon.name: phenomenon for phenomenon in _ALL})

__all__ = ["PHENOMENA", "Answer", "Finding", "Phenomenon", "Verdict", "answer", "answers"]
