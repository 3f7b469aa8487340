"""What a synapse delivers, spike by spike: the weight, or what its short-term state makes of it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.events.running import Ready, Task, prepared
from plasticity.expressions import evaluator, names
from plasticity.rules import Rule
from plasticity.rules.parts import before_mark
from plasticity.trains import Trains

if TYPE_CHECKING:
    from plasticity.events.jumping import Instant, Jumps, Values


def transmitted(
    rule: Rule,
    pre: Trains,
    post: Trains,
    w0: Any = None,
    *,
    events: Mapping[str, Trains] | None = None,
    signals: Mapping[str, Any] | None = None,
    state: Any = None,
) -> Floats:
    """What each presynaptic spike delivers to the neuron, in units of the weight.

    w0      : start weight, by default that of the rule; all other arguments and errors as those of `final_weight`
    returns : in the order of the presynaptic spikes, (n_pre,), or (n_synapses, n_pre) padded with NaN

    By the convention of the rule it is read as it was before the instant of the spike, or after it; what a rule calls
    `after(x)` as the spike's own jump of x leaves it.

    >>> from plasticity import RULES, events
    >>> events.transmitted(RULES["tsodyks_markram:depressing"], [0.0, 0.05, 0.1], [], w0=1.0).round(4).tolist()
    [0.5, 0.2651, 0.1548]
    """
    if state is None and w0 is None and isinstance(rule, Rule):
        w0 = rule.start_weight
    ready = prepared(Task(rule, pre, post, w0, events, signals, state))
    with np.errstate(all="ignore"):  # what is no number stops the run, with its time
        return _gathered(_delivered(ready), ready)


def _delivered(ready: Ready) -> Floats:
    """What a presynaptic spike delivers in each slot, (n_slots, n_synapses)."""
    from plasticity.events import hybrid  # loaded by what needs it: it takes a tenth of a question's time
    from plasticity.events.jumping import Jumps

    found, kept = ready.found, [np.empty((0, ready.spikes.times.shape[1]))]
    value, jumps = evaluator(found.transmits), Jumps(found)

    def watch(before: "Values", now: "Instant", after: "Values") -> None:
        sent = np.broadcast_to(value(_read(jumps, before, now, after)), now.times.shape)
        kept.append(sent[None, :])

    hybrid.path(found, ready.spikes, ready.start, ready.signals, watch=watch)
    return np.concatenate(kept)


def _read(jumps: "Jumps", before: "Values", now: "Instant", after: "Values") -> dict[str, Any]:
    """What the expression reads, by the convention of the rule."""
    is_before = jumps.found.rule.conventions.transmitted == "before"
    marked = {name: before_mark(name) for name in names(jumps.found.transmits) if name != before_mark(name)}
    if is_before:
        left = {name: jumps.left(variable, "pre", before, now) for name, variable in marked.items()}
        return {**now.read, **before, **left}
    return {**now.read, **after, **{name: after[variable] for name, variable in marked.items()}}


def _gathered(sent: Floats, ready: Ready) -> Floats:
    """Those of the presynaptic spikes alone, a row a synapse."""
    fires = ready.spikes.fires("pre")
    rows = [sent[fires[:, column], column] for column in range(fires.shape[1])]
    found = np.full((len(rows), max((len(row) for row in rows), default=0)), np.nan)
    for row, values in zip(found, rows, strict=True):
        row[: len(values)] = values
    return found[0] if ready.spikes.is_single else found
