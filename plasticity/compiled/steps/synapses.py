"""Projections printed as lines of the kernel of a network: what arriving spikes do to synapses, in one step.

Every synapse that an event reaches has one instant, with all events that reach it in this step: first those of arriving
presynaptic spikes, then those of postsynaptic spikes whose presynaptic one did not arrive.
"""

from collections.abc import Iterable
from itertools import combinations
from typing import get_args

from plasticity.compiled.steps.instants import acted
from plasticity.compiled.steps.kind import (
    INDEX,
    SIDES,
    Kind,
    Lines,
    indented,
    loaded,
    place_of,
    stopped,
    unpacked,
    used,
)
from plasticity.rules.conventions import SPIKES
from plasticity.rules.parts import Home

# through an array of its own, whose places are never negative, and so are not looked at one by one
_RECEIVED = ["factor, received = sizes[q], state[receptor:receptor + n_target]"]


def sending_lines(kind: Kind) -> Lines:
    """The delivery of spikes that change nothing on their way, or at another time."""
    body = [*_RECEIVED, "for n in range(a, b):", *indented(_sent_by_one(kind))]
    return [*_arriving("DELAY", "a", "b", "source"), "if a < b:", *indented(unpacked(kind, body))]


def event_lines(kind: Kind) -> Lines:
    """What the events of one step do to the synapses of a projection."""
    if kind.found is None:
        return []
    events, third = kind.events, [event for event in kind.events if event not in SPIKES]
    some = ["a < b"] * ("pre" in events or kind.is_sent) + ["c < d"] * ("post" in events)
    lines = _arriving("PRE_DELAY", "a", "b", "source") + _arriving("POST_DELAY", "c", "d", "target")
    for number, event in enumerate(third):
        lines += [
            f"ring = (now - projections[q, THIRD + {2 * number + 1}]) & mask",
            f"sender = projections[q, THIRD + {2 * number}]",
            f"is_{event}_here = starts[ring, sender] < starts[ring, sender + 1]",
        ]
        some.append(f"is_{event}_here")
    loops = _spike_loops(kind)
    if third:
        condition = " or ".join(f"is_{event}_here" for event in third)
        loops = [f"if {condition}:", *indented(_loop_over_all(kind, third)), "else:", *indented(loops or ["pass"])]
    body = [
        *(_RECEIVED if kind.is_sent else []),
        *_flags(kind, "1"),
        *loops,
        *(line for side in SIDES for line in _home_update(kind, side)),
        *_flags(kind, "0"),
    ]
    return [*lines, f"if {' or '.join(some)}:", *indented(unpacked(kind, body))]


def _sent_by_one(kind: Kind) -> Lines:
    """What the spike of one neuron delivers to all its synapses."""
    if kind.found is None:
        inner = ["j = targets[s]", "sent = weights[s]"]
        loads: Lines = []
    else:
        act = kind.text.instant(["pre"], only=(), is_sent=True)
        loads = loaded(kind, "pre", act)
        inner = ["j = targets[s]", "w_x = weights[s]", *loaded(kind, "post", act), *loaded(kind, "synapse", act), *act]
    return ["i = log[n] - from_first", *loads, _EACH_OUTGOING, *indented([*inner, *_delivered(kind)])]


_EACH_OUTGOING = "for s in range(rows[row + i], rows[row + i + 1]):"


def _spike_loops(kind: Kind) -> Lines:
    """The synapses of arriving spikes, then those of postsynaptic spikes alone."""
    pre, post, both = (acted(kind, set_) for set_ in (["pre"], ["post"], SPIKES))
    lines: Lines = []
    if pre or both:
        act = pre
        if "post" in kind.events and both != pre:
            # what only they read of the presynaptic neuron is looked up where both spikes meet, which is seldom
            meeting = [*loaded(kind, "pre", both), *both]
            act = ["if is_post[to_first + j]:", *indented(meeting or ["pass"]), "else:", *indented(pre or ["pass"])]
        lines += ["for n in range(a, b):", *indented(_row_of_one(kind, act, loaded(kind, "pre", pre)))]
    if post:
        lines += ["for n in range(c, d):", *indented(_column_of_one(kind, post))]
    return lines


def _row_of_one(kind: Kind, act: Lines, before: Lines) -> Lines:
    """What one spike does to the synapses of its neuron. before : what is looked up for all of them."""
    inner = [
        "j = targets[s]",
        "w_x = weights[s]",
        *loaded(kind, "post", act),
        *loaded(kind, "synapse", act),
        *act,
        *_stored(kind, act),
        *([] if kind.is_apart else _delivered(kind)),
    ]
    return ["i = log[n] - from_first", *before, _EACH_OUTGOING, *indented(inner)]


def _column_of_one(kind: Kind, act: Lines) -> Lines:
    inner = [
        "i = origins[m]",
        "if is_pre[from_first + i]:",
        "    continue",
        "s = first + incoming[m]",
        "w_x = weights[s]",
        *loaded(kind, "pre", act),
        *loaded(kind, "synapse", act),
        *act,
        *_stored(kind, act),
    ]
    return [
        "j = log[n] - to_first",
        *loaded(kind, "post", act),
        "for m in range(columns[column + j], columns[column + j + 1]):",
        *indented(inner),
    ]


def _loop_over_all(kind: Kind, third: list[str]) -> Lines:
    """Every synapse, for what all of them hear."""
    branches: Lines = []
    present = [*(event for event in SPIKES if event in kind.events or (event == "pre" and kind.is_sent)), *third]
    for n in range(1, len(present) + 1):
        for chosen in combinations(present, n):
            if set(chosen) & set(third):
                bits = sum(2 ** present.index(event) for event in chosen)
                act = acted(kind, chosen)
                sends = [] if kind.is_apart or "pre" not in chosen else _delivered(kind)
                word = "elif" if branches else "if"
                branches += [f"{word} comes == {bits}:", *indented([*act, *_stored(kind, act), *sends])]
    for event in SPIKES:
        if event in present:
            place, flag = present.index(event), "is_pre[from_first + i]" if event == "pre" else "is_post[to_first + j]"
            branches = [f"comes += {2**place}*{flag}", *branches]
    heard = " + ".join(f"{2 ** present.index(event)}*is_{event}_here" for event in third)
    inner = [
        "j = targets[s]",
        "w_x = weights[s]",
        *(line for home in get_args(Home) for line in loaded(kind, home, branches)),
        f"comes = {heard}",
        *branches,
    ]
    return ["for i in range(n_source):", f"    {_EACH_OUTGOING}", *indented(indented(inner))]


def _home_update(kind: Kind, side: Home) -> Lines:
    """What a spike does to what its neuron keeps for all its synapses, after these have read it."""
    own = kind.at(side)
    act = kind.text.instant([side], only=own) if own else []
    if not act:
        return []
    index, (begin, end), base = INDEX[side], ("a", "b") if side == "pre" else ("c", "d"), _BASES[side]
    inner = [
        f"{index} = log[n] - {base}",
        *loaded(kind, side, [f"{name}_x" for name in own]),
        *act,
        *(f"{place_of(kind, name)} = {name}_x" for name in own),
        *([] if kind.is_flowing else [f"stamps[{side}_stamp + {index}] = now"]),
        *stopped(index),
    ]
    return [f"for n in range({begin}, {end}):", *indented(inner)]


_BASES = {"pre": "from_first", "post": "to_first"}


def _stored(kind: Kind, lines: Iterable[str]) -> Lines:
    """What these lines have made of a synapse, put back."""
    own = used(kind, "synapse", lines)
    stamp = ["own_stamps[own_stamp + s] = now"] if own and not kind.is_flowing else []
    return ["weights[s] = w_x", *(f"{place_of(kind, name)} = {name}_x" for name in own), *stamp, *stopped("s - first")]


def _delivered(kind: Kind) -> Lines:
    if not kind.is_sent:
        return []
    line = "received[j] += sent*factor"
    return ["if now - fired_at[to_first + j] >= deaf:", f"    {line}"] if kind.is_deaf else [line]


def _arriving(delay: str, begin: str, end: str, part: str) -> Lines:
    return [
        f"ring = (now - projections[q, {delay}]) & mask",
        f"{begin}, {end} = starts[ring, {part}], starts[ring, {part} + 1]",
    ]


def _flags(kind: Kind, value: str) -> Lines:
    """Whose spikes reach the synapses in this step, where several events may meet at one."""
    third = [f"is_{event}_here" for event in kind.events if event not in SPIKES]
    if "post" not in kind.events and not third:
        return []
    pre, post = (
        ["for n in range(a, b):", f"    is_pre[log[n]] = {value}"],
        ["for n in range(c, d):", f"    is_post[log[n]] = {value}"],
    )
    some = " or ".join(["(a < b and c < d)", *third])
    return [f"if {some}:", *indented([*pre, *post])]
