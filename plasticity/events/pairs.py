"""The ledger of a synapse: which pair of spikes contributed what to its change, and what the bounds took away.

Every change of w is a sum over the spikes of the other train, because a trace is a sum over its spikes. The ledger
writes that sum out, pair by pair, and so is a second route to the weight: it keeps no trace from spike to spike.
"""

import ast
import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plasticity.arrays import Floats
from plasticity.errors import ArgumentError, RuleError, UnsupportedRule
from plasticity.events.evaluate import final_weight
from plasticity.expressions import parse
from plasticity.memory import require_memory
from plasticity.progress import tracked
from plasticity.rules import AnyRule, Rule, Trace
from plasticity.rules.polynomials import polynomial
from plasticity.rules.record import Train, known_names, spike_rule
from plasticity.trains import Merged, Trains, merged

_BYTES_PER_ENTRY = 200.0


@dataclass(frozen=True)
class Entry:
    """What one pair of spikes did.

    pre, post : seconds, as given; None where a spike changes w by itself, without a partner
    dw        : its share of the change, after the bounds
    clipped   : what the bounds took away of it; dw + clipped is what the rule alone would have done
    """

    pre: float | None
    post: float | None
    dw: float
    clipped: float

    @property
    def lag(self) -> float | None:
        """t_post - t_pre in seconds; None without a partner."""
        return None if self.pre is None or self.post is None else self.post - self.pre


@dataclass(frozen=True)
class Ledger:
    """All entries in the order of time, and the weight before and after, which the exact reader gives."""

    w_before: float
    w_after: float
    entries: tuple[Entry, ...]

    @property
    def dw(self) -> float:
        """The change of w: the sum of all shares; w_after - w_before but for rounding."""
        return math.fsum(entry.dw for entry in self.entries)


def ledger(rule: AnyRule, pre: Trains, post: Trains, w0: float) -> Ledger:
    """The change of one synapse, taken apart into pairs of spikes.

    pre, post : one train each, seconds
    raises as `final_weight` does; UnsupportedRule when a change is no polynomial in traces, so that no sum over
    pairs exists; ArgumentError for several trains

    A term with traces of several spikes of the other train is shared out evenly over them; traces of the own train,
    as in triplet rules, count as a factor. Where bounds clip a jump, all its pairs lose the same part.
    """
    rule = spike_rule(rule, "the ledger")
    spikes = merged(pre, post, axonal_delay=rule.axonal_delay, dendritic_delay=rule.dendritic_delay)
    if not spikes.is_single:
        raise ArgumentError(f"the ledger is of one synapse; {spikes.times.shape[1]} pairs of trains came, give one")
    require_memory(_BYTES_PER_ENTRY * float(spikes.pre.sum()) * float(spikes.post.sum()), "a ledger of so many spikes")
    after = float(np.asarray(final_weight(rule, pre, post, w0)))
    book = _Book(rule, spikes, (np.ravel(np.asarray(pre, dtype=float)), np.ravel(np.asarray(post, dtype=float))))
    return Ledger(float(w0), after, tuple(book.entries(float(w0))))


class _Book:
    """The spikes of one synapse, walked through once. Holds what every jump needs to know of them."""

    def __init__(self, rule: Rule, spikes: Merged, given: tuple[Floats, Floats]) -> None:
        self.rule, self.times = rule, spikes.times[:, 0]
        self.slots: dict[Train, NDArray[np.intp]] = {
            "pre": np.flatnonzero(spikes.pre[:, 0]),
            "post": np.flatnonzero(spikes.post[:, 0]),
        }
        self.given: dict[Train, Floats] = {"pre": given[0], "post": given[1]}
        is_pre_first = rule.first == "pre" or rule.coincidence == "counted"
        self.changes = {side: _parsed(rule, side) for side in self.given}
        self.order: tuple[Train, Train] = ("pre", "post") if is_pre_first else ("post", "pre")

    def entries(self, w: float) -> list[Entry]:
        """Every entry, jump by jump from the start weight `w`."""
        found, bounds = list[Entry](), self.rule.bounds
        counts = {side: dict(zip(slots.tolist(), range(len(slots)), strict=True)) for side, slots in self.slots.items()}
        slots = sorted({*self.slots["pre"].tolist(), *self.slots["post"].tolist()})
        for slot in tracked(slots, "pairs of spikes"):
            for side in self.order:
                if slot in counts[side]:
                    jump = self.shares(side, slot, w)
                    whole = math.fsum(jump.values())
                    after = min(max(w + whole, bounds.lower), bounds.upper)
                    kept = 1.0 if after == w + whole else (after - w) / whole
                    found += self.booked(side, counts[side][slot], jump, kept)
                    w = after
        return found

    def shares(self, side: Train, slot: int, w: float) -> dict[int | None, float]:
        """{spike of the other train, or None: its share of the jump}, before the bounds."""
        rule, other = self.rule, _other(side)
        traces = {trace.name: trace for trace in rule.traces}
        kernels = {name: self.kernel(trace, side, slot) for name, trace in traces.items()}
        shares: dict[int | None, float] = {}
        terms = polynomial(self.changes[side], {**rule.values, "w": w}, traces, lambda: _no_sum(rule))
        for powers, coefficient in terms.items():
            own = [float(kernels[name].sum()) for name in powers if traces[name].train == side]
            others = [kernels[name] for name in powers if traces[name].train == other]
            factor = float(coefficient) * math.prod(own)
            if not others:
                shares[None] = shares.get(None, 0.0) + factor
                continue
            part = np.zeros(len(self.slots[other]))
            for position, kernel in enumerate(others):
                rest = math.prod(float(k.sum()) for place, k in enumerate(others) if place != position)
                part += factor * kernel * rest / len(others)
            for partner in np.flatnonzero(part).tolist():
                shares[partner] = shares.get(partner, 0.0) + float(part[partner])
        return {partner: share for partner, share in shares.items() if share}

    def kernel(self, trace: Trace, side: Train, slot: int) -> Floats:
        """What is left, just before `slot`, of each spike that drives the trace; their sum is the trace."""
        slots = self.slots[trace.train]
        is_seen = slots < slot
        if self.rule.coincidence == "counted" and side == "post" and trace.train == "pre":
            is_seen = slots <= slot
        if trace.interaction == "nearest":
            is_seen = is_seen & (np.arange(len(slots)) == is_seen.sum() - 1)
        age = np.where(is_seen, self.times[slot] - self.times[slots], 0.0)
        return np.where(is_seen, np.exp(-age / self.rule.values[trace.time_constant]), 0.0)

    def booked(self, side: Train, number: int, jump: dict[int | None, float], kept: float) -> list[Entry]:
        """The shares of the jump of a spike as entries; the bounds have left the part `kept` of each."""
        own = float(self.given[side][number])
        entries = []
        for partner, share in jump.items():
            other = None if partner is None else float(self.given[_other(side)][partner])
            pre, post = (own, other) if side == "pre" else (other, own)
            entries.append(Entry(pre, post, share * kept, share - share * kept))
        return entries


def _parsed(rule: Rule, side: Train) -> ast.expr:
    text = rule.dw_pre if side == "pre" else rule.dw_post
    return parse(text, known=known_names(rule), where=f"{rule.name}.dw_{side}", error=RuleError)


def _other(side: Train) -> Train:
    return "post" if side == "pre" else "pre"


def _no_sum(rule: Rule) -> UnsupportedRule:
    return UnsupportedRule(
        f"a change of {rule} is no polynomial in its traces, so that it is no sum over pairs of spikes: ask for the "
        "weight without the ledger (plasticity.events.final_weight)"
    )
