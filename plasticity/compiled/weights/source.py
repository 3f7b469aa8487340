"""The kernel of a rule on trains that are given: from event to event, each in constant time."""

from collections.abc import Iterable
from itertools import combinations

from plasticity.compiled.expressions import PRELUDE, filled
from plasticity.compiled.instants import RuleText
from plasticity.rules.conventions import SPIKES, WEIGHT

# One synapse after another. `times` and `state`: when each synapse had its last event, and its variables there, which
# the kernel moves on; `flowing`: the numbers of a weight that moves between events; `is_kept`: whether the weights
# after every event are wanted. Returns the shortest time between two events; where a number blew up the place of its
# variable, else -1, its synapse, the time, and what it became.
_PAIRS = """
def run({given}, delays, instant, numbers, flowing, times, state, is_kept, kept_times, kept_weights):
    {unpacked}
    {room}
    nearest, failed, bad, now = np.inf, -1, 0.0, 0.0
    for synapse in range(times.shape[0]):
        {trains}
        n = 0
        next_pre = {pre} + delays[0] if i < n_before else np.inf
        next_post = {post} + delays[1] if j < n_after else np.inf
        last = times[synapse]
        {loaded}
        while next_pre < np.inf or next_post < np.inf:
            is_pre = next_pre <= next_post
            is_post = not is_pre
            now = next_pre if is_pre else next_post
            if is_pre:
                is_post = next_post - now < instant
            else:
                is_pre = next_pre - now < instant
            if is_pre:
                i += 1
                next_pre = {pre} + delays[0] if i < n_before else np.inf
            if is_post:
                j += 1
                next_post = {post} + delays[1] if j < n_after else np.inf
            age = now - last if last == last else 0.0
            if n > 0 and age < nearest:
                nearest = age
            {advanced}
            last = now
            {branches}
            if failed >= 0:
                return nearest, failed, synapse, now, bad
            n_now = 2 if is_pre and is_post else 1
            if n_now == 2:
                nearest = 0.0
            if is_kept:
                for place in range(n, n + n_now):
                    kept_times[synapse, place] = now
                    kept_weights[synapse, place] = w_x
            n += n_now
        times[synapse] = last
        {stored}
    return nearest, failed, 0, now, bad
"""

# Where the spikes come from: seconds, trains behind one another, with the ends of each, one a synapse or one for all;
# or pairs of spikes, `lag` apart.
_GIVEN = {
    "{given}": "pre, pre_ends, post, post_ends",
    "{trains}": "of_pre, of_post = synapse % (pre_ends.shape[0] - 1), synapse % (post_ends.shape[0] - 1)\n"
    "        i, n_before = pre_ends[of_pre], pre_ends[of_pre + 1]\n"
    "        j, n_after = post_ends[of_post], post_ends[of_post + 1]",
    "{pre}": "pre[i]",
    "{post}": "post[j]",
}
_PAIRED = {
    "{given}": "lags, onsets",
    "{trains}": "late_pre, late_post = max(-lags[synapse], 0.0), max(lags[synapse], 0.0)\n"
    "        i, j, n_before, n_after = 0, 0, onsets.shape[0], onsets.shape[0]",
    "{pre}": "onsets[i] + late_pre",
    "{post}": "onsets[j] + late_post",
}

# The same where events other than spikes come: `slots`: seconds, (n_slots, n_synapses), and `bits`: what comes there.
_SLOTS = """
def run(slots, bits, numbers, flowing, times, state, is_kept, kept_weights):
    {unpacked}
    {room}
    failed, bad, now = -1, 0.0, 0.0
    for synapse in range(times.shape[0]):
        last = times[synapse]
        {loaded}
        for slot in range(slots.shape[0]):
            comes = bits[slot, synapse]
            if comes:
                now = slots[slot, synapse]
                age = now - last if last == last else 0.0
                {advanced}
                last = now
                {branches}
                if failed >= 0:
                    return failed, synapse, now, bad
            if is_kept:
                kept_weights[slot, synapse] = w_x
        times[synapse] = last
        {stored}
    return failed, 0, now, bad
"""


def pairs_source(text: RuleText, *, is_paired: bool = False) -> str:
    """The kernel for two trains at each synapse.

    is_paired : whether they are pairs of spikes, of which the kernel gets the lags, one a synapse, and the onsets
    """
    source = _PAIRS
    for place, code in (_PAIRED if is_paired else _GIVEN).items():
        source = source.replace(place, code)
    conditions = {"is_pre and is_post": SPIKES, "is_pre": ("pre",), "is_post": ("post",)}
    return _filled(source, text, conditions.items())


def slots_source(text: RuleText) -> str:
    """The kernel for events that have been put in order; an event's bit is its place in `events_of`."""
    events = events_of(text)
    chosen = [some for n in range(len(events), 0, -1) for some in combinations(events, n)]
    conditions = [f"comes == {sum(1 << events.index(event) for event in some)}" for some in chosen]
    return _filled(_SLOTS, text, zip(conditions, chosen, strict=True))


def events_of(text: RuleText) -> list[str]:
    """The events of a rule: spikes, then others."""
    return [*SPIKES, *(event for event in text.found.rule.events if event not in SPIKES)]


def _filled(source: str, text: RuleText, branches: Iterable[tuple[str, Iterable[str]]]) -> str:
    """A kernel with the lines of a rule in their places, after the functions that they call."""
    lines: list[str] = []
    for condition, events in branches:
        inner = text.instant(list(events)) or ["pass"]
        lines += [f"{'elif' if lines else 'if'} {condition}:", *(f"    {line}" for line in inner)]
    names, flow = text.variables, text.flow
    parts = {
        "unpacked": text.unpacked("numbers"),
        "room": [f"room = {flow.room}"] if flow else [],
        "loaded": [f"{name}_x = state[{place}, synapse]" for place, name in enumerate(names)],
        "advanced": [*(flow.lines(names.index(WEIGHT)) if flow else []), *text.advanced(names)],
        "branches": lines,
        "stored": [f"state[{place}, synapse] = {name}_x" for place, name in enumerate(names)],
    }
    return PRELUDE + (flow.source if flow else "") + filled(source, **parts)
