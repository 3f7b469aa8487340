"""The answer to a question about a synapse: before, after, strengthened or weakened, and pair by pair why."""

import warnings
from dataclasses import asdict, dataclass
from typing import Any, Literal

from plasticity import events
from plasticity.ask.question import Question
from plasticity.errors import UnitWarning, UnsupportedRule
from plasticity.events import Entries, Entry
from plasticity.inputs import instance, number
from plasticity.rules.arrivals import arrivals, unit_doubt
from plasticity.trains import start_weights

Verdict = Literal["strengthened", "weakened", "unchanged"]


@dataclass(frozen=True)
class Answer:
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

    @property
    def verdict(self) -> Verdict:
        """In one word."""
        if self.w_after == self.w_before:  # whatever the ledger says of less than a rounding
            return "unchanged"
        return "strengthened" if self.dw > 0 else "weakened"

    def as_object(self) -> dict[str, Any]:
        """As plain data for JSON: times in milliseconds, as the names say."""
        found: dict[str, Any] = {
            "rule": self.question.rule.name,
            "conventions": asdict(self.question.rule.conventions),
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
        after = float(events.final_weight(question.rule, pre, post, before, events=others))
    return Answer(question, before, after, after - before, None, doubt)


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
