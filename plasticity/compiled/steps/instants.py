"""One instant of a synapse as lines of the kernel of a network: with what is drawn at random, after all else."""

from collections.abc import Collection

from plasticity.compiled.expressions import printed
from plasticity.compiled.steps.kind import Kind, Lines, clipped
from plasticity.expressions import names
from plasticity.rules.conventions import HUGE, WEIGHT


def acted(kind: Kind, events: Collection[str]) -> Lines:
    """One instant of a synapse, of its own variables."""
    is_sent = kind.is_sent and not kind.is_apart and "pre" in events
    found = kind.text.found
    here = [event for event in events if event in found.scatters]
    lines = _instant(kind, events, is_sent)
    if not here:
        return lines
    read = {name for event in here for name in names(found.scatters[event])} & {name for name, _ in kind.homes}
    before = [f"{name}_seen = {name}_x" for name in sorted(read)]
    return [*before, *lines, *(line for event in here for line in _scattered(kind, event, read))]


def _instant(kind: Kind, events: Collection[str], is_sent: bool) -> Lines:
    """The same, without what is drawn at random."""
    own = [WEIGHT, *kind.at("synapse")]
    is_sent_after = is_sent and kind.text.found.rule.conventions.transmitted == "after"
    if len(kind.text.found.stages) == 1 and not is_sent_after:
        return kind.text.instant(events, only=own, is_sent=is_sent)
    # a later stage, and what is sent after all changes, read what is made of the traces of neurons, which are moved on
    # when all synapses have read them
    kept = [f"{name}_x = " for name, _ in kind.homes if name not in own]
    lines = kind.text.instant(events, is_sent=is_sent)
    return [line for line in lines if not line.startswith(tuple(kept))]


def _scattered(kind: Kind, event: str, read: Collection[str]) -> Lines:
    """The random change of w at an event, after all others."""
    called = {WEIGHT: "w_x"} | {name: f"{name}_seen" for name in read}
    return [
        f"free = w_x + {_say(kind, event, called)}*normal(randoms, n_parts + q)",
        f"if not abs(free) < {HUGE!r} and failed < 0:",
        "    failed, bad = 0, free",
        *clipped(kind, WEIGHT, "free"),
        "w_x = free",
    ]


def _say(kind: Kind, event: str, called: dict[str, str]) -> str:
    return printed(kind.text.found.scatters[event], lambda name: called.get(name) or f"{name}_p")
