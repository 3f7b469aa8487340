"""Which synapses are evaluated together, those with trains of like length, so that none waits for a long one; and what
it takes."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from plasticity.memory import require_memory, require_time
from plasticity.rules.conventions import WEIGHT
from plasticity.rules.system import System
from plasticity.trains import Taken

Members = NDArray[np.intp]  # the places of synapses, (n_members,)

_PLAIN = frozenset({"spikes", "no polynomial"})  # the needs of rules whose state are plain traces
_MOST_SLOTS = 2**22  # of all synapses together: what is kept for them takes 10 bytes a slot
_FEWEST = 128  # synapses, whatever they take: fewer together are slower, for each slot costs a few calls of NumPy
_SPARED = 2**14  # slots that may be empty without being worth another group
_MOST_SINGLE, _LONG = 8, 1000  # synapses, slots: so few and so long are faster one by one, in plain floats


def groups(found: System, pre: Taken, post: Taken) -> list[Members]:
    """Synapses that are evaluated together, all in groups; in one group where nothing is gained by more."""
    n_slots = pre.lengths + post.lengths
    if n_slots.size > _MOST_SINGLE and n_slots.size * int(n_slots.max()) <= _SPARED:  # as most questions are
        return [np.arange(n_slots.size)]
    order = np.argsort(-n_slots, kind="stable")
    together, first = list[Members](), 0
    while first < len(order):
        n = _n_together(n_slots[order[first:]])
        members = np.sort(order[first : first + n])
        is_single = is_plain(found) and 1 < n <= _MOST_SINGLE and n_slots[order[first]] >= _LONG
        together += list(members[:, None]) if is_single else [members]
        first += n
    return together


def _n_together(n_slots: Members) -> int:
    """How many of the first synapses are evaluated together; n_slots : of each, the largest number first."""
    counts = np.arange(1, len(n_slots) + 1)
    padded, real = counts * n_slots[0], np.cumsum(n_slots)
    fits = (padded <= 2 * real + _SPARED) & ((padded <= _MOST_SLOTS) | (counts <= _FEWEST))
    return int(np.argmin(fits)) if not fits.all() else len(n_slots)


def require_possible(found: System, shapes: Sequence[tuple[int, int]], n_spikes: int, *, keeps: bool) -> None:
    """Raise MemoryLimitError or TimeLimitError for what does not fit into the memory that is free, or into a day.

    shapes : of each group, (n_synapses, n_slots); n_spikes : of all together; keeps : whether the weights are kept
    """
    what = f"evaluating {float(n_spikes):.3g} spikes"
    require_memory(_bytes(found, shapes, keeps=keeps), what)
    require_time(sum(seconds_of(found, n_slots, n) for n, n_slots in shapes), what)


def _bytes(found: System, shapes: Sequence[tuple[int, int]], *, keeps: bool) -> float:
    """About what the largest group takes at its peak, and all that is handed out; measured."""
    n_synapses, widest = sum(n for n, _ in shapes), max((n_slots for _, n_slots in shapes), default=0)
    largest = max((float(n) * n_slots for n, n_slots in shapes), default=0.0)
    n_variables = 1 + len(found.rule.state)
    ordering = 24.0 * min(largest, max(2**16, widest))
    kept = 24.0 * largest if keeps else 0.0
    portion = 160.0 * min(largest, 2**14) if n_synapses == 1 else 20.0 * n_variables * min(largest, 2**17)
    evaluating = kept + (portion if is_plain(found) else 0.0)
    handed = 24.0 * n_variables * n_synapses + (16.0 * n_synapses * widest if keeps and len(shapes) > 1 else 0.0)
    return handed + 10.0 * largest + max(ordering, evaluating)


def seconds_of(found: System, n_slots: int, n_synapses: int) -> float:
    """About how long a group takes; measured, rough: 0.3 ms to begin with, and the slots one after another."""
    reads_w = any(WEIGHT in jump.reads for jump in found.jumps[WEIGHT])
    if not is_plain(found):
        per_slot = 2e-3 if "flow without closed form" in found.needs else 2e-4 if WEIGHT in found.flows else 1e-4
    elif n_synapses == 1:
        return 3e-4 + n_slots * (9e-7 if reads_w else 4.5e-7)
    else:
        per_slot = 3e-5 if reads_w else 5e-6
    return 3e-4 + n_slots * per_slot + float(n_synapses) * n_slots * 6e-8


def is_plain(found: System) -> bool:
    """Whether a rule has no other state than plain traces, and nothing moves its weight between spikes."""
    return found.needs <= _PLAIN
