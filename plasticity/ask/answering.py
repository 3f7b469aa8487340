"""The answer to a question about a synapse: before, after, strengthened or weakened, and pair by pair why."""

import math
import warnings
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

import numpy as np

from plasticity import engines, events
from plasticity.ask.question import Question
from plasticity.displayed import Displayed, brief
from plasticity.errors import UnitWarning, UnsupportedRule
from plasticity.events import Entries, Entry
from plasticity.inputs import instance, number
from plasticity.rules import Rule
from plasticity.rules.arrivals import arrivals, unit_doubt
from plasticity.rules.conventions import WEIGHT
from plasticity.rules.system import system
from plasticity.trains import Taken, start_weights

SETTLED = 10.0  # times the longest time constant: what relaxes has come within 5e-5 of its rest
MOST_TOLD = 8  # spikes of which a note tells what they transmit
Verdict = Literal["strengthened", "weakened", "unchanged"]


@dataclass(frozen=True)
class Answer(Displayed):
    """What happens to the synapse.

    entries : the ledger, whose changes sum to `dw`; None when not asked for, or the rule has none, as `note` says
    note    : what the person should know before trusting the number; empty when there is nothing
    """

    question: Question
    w_before: float
    w_after: float
    dw: float
    entries: Entries | None
    note: str = ""

    def __repr__(self) -> str:
        told = f"from {self.w_before:g} to {self.w_after:.6g}, {self.verdict}"
        return brief("answer:", self.question.rule.name, told)

    @property
    def verdict(self) -> Verdict:
        """In one word."""
        if self.w_after == self.w_before:  # whatever the ledger says of less than a rounding
            return "unchanged"
        return "strengthened" if self.dw > 0 else "weakened"

    def as_object(self) -> dict[str, Any]:
        """As plain data for JSON: times in milliseconds, as the names say; parameters in SI; null for no bound."""
        rule = self.question.rule
        found: dict[str, Any] = {
            "rule": rule.name,
            "parameters": rule.values,
            "bounds": [bound if math.isfinite(bound) else None for bound in (rule.bounds.lower, rule.bounds.upper)],
            "conventions": asdict(rule.conventions),
            "w_before": self.w_before,
            "w_after": self.w_after,
            "dw": self.dw,
            "verdict": self.verdict,
            "ledger": None if self.entries is None else [_as_object(entry) for entry in self.entries],
        }
        return found | ({"note": self.note} if self.note else {})


def answer(question: Question, *, with_ledger: bool = True) -> Answer:
    """Ask the exact engine, `events`. Raises as it does, for trains, weights and rules that are impossible.

    with_ledger : also take the change apart into pairs of spikes, which takes longer for thousands of them

    >>> from plasticity import RULES
    >>> from plasticity.ask import Question, answer
    >>> found = answer(Question(RULES["pair_stdp"], [0.010, 0.030], [0.015, 0.035], w0=0.5))
    >>> found.verdict, round(found.dw, 6)
    ('strengthened', 0.006741)
    """
    instance(with_ledger, bool, "with_ledger")
    pre, post, others = instance(question, Question, "the question").taken()
    bounds = question.rule.bounds
    before = float(
        start_weights(question.w0, 1, bounds.lower, bounds.upper)[0]
    )  # what rounding put beyond them, inside
    doubt = unit_doubt(question.rule, arrivals(question.rule, pre, post, others=others))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UnitWarning)  # the note says it
        if with_ledger and others:
            no_ledger = f"there is no ledger, which is of pairs of spikes, for {', '.join(others)} came too"
            doubt = "; ".join(filter(None, [doubt, no_ledger]))
        elif with_ledger:
            try:
                book = events.ledger(question.rule, pre, post, question.w0)
                return Answer(question, book.w_before, book.w_after, book.dw, book.entries, doubt)
            except UnsupportedRule as error:
                doubt = "; ".join(filter(None, [doubt, str(error)]))
        after, moving = _read_late(question.rule, pre, post, before, others)
    notes = filter(None, [doubt, moving, _transmission(question.rule, pre, post, before, others)])
    return Answer(question, before, after, after - before, None, "; ".join(notes))


def _read_late(rule: Rule, pre: Taken, post: Taken, before: float, others: Mapping[str, Taken]) -> tuple[float, str]:
    """The weight when what still moves it after the last event has come to rest, and a note of when that is."""
    state = engines.final_state(rule, pre, post, before, events=others)
    found, at_last = system(rule), float(state.values[WEIGHT][0])
    if "moving weight" not in found.needs or np.isnan(state.times[0]):
        return at_last, ""
    if set(found.flows) - {WEIGHT, *found.relaxing} or not found.time_constants:
        return (
            at_last,
            "the weight goes on moving after the last event, at which it is read; in Python, until= reads it later",
        )
    wait = SETTLED * max(found.time_constants)
    after = engines.final_weight(rule, [], [], None, state=state, until=state.times[0] + wait)
    note = f"the weight still moves after the last event ({at_last:.8g} then): it is read {wait:g} s later"
    return float(after), note


def _transmission(rule: Rule, pre: Taken, post: Taken, before: float, others: Mapping[str, Taken]) -> str:
    """What the spikes deliver, of a rule by which this is not the weight."""
    if rule.transmits == WEIGHT:
        return ""
    found = [f"{one:.3g}" for one in events.transmitted(rule, pre, post, before, events=others).ravel()]
    shown = found if len(found) <= MOST_TOLD else [*found[: MOST_TOLD - 1], "...", found[-1]]
    return f"its spikes transmit {', '.join(shown)}" if found else ""


def _as_object(entry: Entry) -> dict[str, float | None]:
    """An entry; one that sums up many pairs says so by `n_pairs`, and has no times."""
    found = {
        "pre_ms": in_ms(entry.pre),
        "post_ms": in_ms(entry.post),
        "lag_ms": in_ms(entry.lag),
        "dw": entry.dw,
        "clipped": entry.clipped,
    }
    return found | ({"n_pairs": entry.n_pairs} if entry.is_summed else {})


def in_ms(seconds: float | None) -> float | None:
    """Milliseconds, without the rounding error of the factor (at most 1e-9 ms); None stays None."""
    return None if seconds is None else round(number(seconds, "the time", unit="s", most=1e300) * 1e3, 9)
