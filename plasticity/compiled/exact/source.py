"""The kernel of a network without a step, printed by its structure: from event to event, in the order of time."""

from collections.abc import Iterable, Iterator

from plasticity.compiled.exact.crossing import crossing_source
from plasticity.compiled.exact.neurons import SHARED, population_source
from plasticity.compiled.exact.plan import Action, Plan, parts_of
from plasticity.compiled.exact.queue import queue_source
from plasticity.compiled.exact.rules import event_lines, instant_source, sent_lines
from plasticity.compiled.expressions import PRELUDE, filled

# What comes next is looked for among slots (what is given, what is drawn, what is on its way) and neurons, slots first:
# all that arrives at one time is heard before a neuron fires then. `slots`: when each has its next; `given_t`, `given`:
# trains, and the source and neuron of each spike; `log_t`, `log`: all spikes in order, with source, neuron, and the
# next spike of the source; `latest`: that of each source; `taps`: the spike on its way, by slot; `ring_t`, `ring`: what
# rules have still to do, and of which neuron. Of all neurons `times`: a key, which may be too early, the time that it
# stands for, and when each fired last; `places`: the heap, the place of each in it, and its mode: 0 where it cannot
# fire before its time, 1 where it does then, 2 where it is refractory until then. `clock`: end, instant, and when a
# rule did something last; `counts`: head and tail of the ring, spikes, spikes of those that are given, most steps.
_RUN = """
def run(clock, counts, slots, given_t, given, log_t, log, latest, taps, delays, ring_t, ring, random, paces, members_at,
        fired, times, places, {parts}):
    end, instant, before = clock[0], clock[1], clock[2]
    head, tail, n_log, status, what, place_of, failed, bad = counts[0], counts[1], counts[2], 1, 0, 0, -1, 0.0
    mask = ring_t.shape[0] - 1
    for _ in range(counts[4]):
        t, slot = end, -1
        for k in range(slots.shape[0]):
            if slots[k] < t:
                t, slot = slots[k], k
        is_neuron = places.shape[0] > 0 and times[places[0, 0], 0] < t
        if is_neuron:
            t = times[places[0, 0], 0]
        n_done = 0
        while head < tail and (ring_t[head & mask] + instant <= t or (slot < 0 and not is_neuron)):
            now = ring_t[head & mask]
            is_alone = now - before >= instant and (head + 1 == tail or ring_t[(head + 1) & mask] - now >= instant)
            {space}
            what, of, before = ring[head & mask, 0], ring[head & mask, 1], now
            {caused}
            {done}
            if failed >= 0:
                clock[2] = now
                return 2, what, failed, place_of, bad
            head += 1
            n_done += 1
        if status == 3:
            break
        {again}
        if slot < 0 and not is_neuron:
            status = 0
            break
        if n_log == log_t.shape[0]:
            break
        source, of = -1, 0
        if is_neuron:
            n = places[0, 0]
            if times[n, 1] > t:
                times[n, 0] = times[n, 1]
                sink(places, times, 0)
                continue
            {neurons}
        else:
            {slots}
        {emitted}
    clock[2], counts[0], counts[1], counts[2] = before, head, tail, n_log
    return status, 0, 0, 0, 0.0


def arranged(log_t, log, first, sizes, ends, found):
    for k in range(first, log_t.shape[0]):
        ends[sizes[log[k, 0]] + log[k, 1] + 1] += 1
    for k in range(1, ends.shape[0]):
        ends[k] += ends[k - 1]
    for k in range(log_t.shape[0] - 1, first - 1, -1):
        place = sizes[log[k, 0]] + log[k, 1]
        found[ends[place + 1] - 1] = log_t[k]
        ends[place + 1] -= 1
"""

_NEURON = """
j = n - {p}_first
if places[n, 2] == 0:
    places[n, 2] = 1
    times[n, 1] = max(t, {p}_x[j, {last}] + {p}_next({p}_x, j, {p}_numbers, end - {p}_x[j, {last}]))
else:
    {p}_bring({p}_x, j, t, {p}_numbers)
    if places[n, 2] == 2:
        places[n, 2] = 0
        times[n, 1] = t + {p}_safe({p}_x, j, {p}_numbers)
    else:
        if t - times[n, 2] < instant:
            return 4, {q}, j, 0, t
        {p}_reset({p}_x, j, {p}_numbers)
        times[n, 2] = t
        {p}_x[j, {free}] = t + {p}_numbers[{dead} + 1]
        {p}_x[j, {ready}] = t + {p}_numbers[{dead}]
        places[n, 2] = 2
        times[n, 1] = {p}_x[j, {ready}]
        source, of = {q}, j
times[n, 0] = times[n, 1]
sink(places, times, 0)
"""

_GIVEN = """
n_given = counts[3]
source, of = given[n_given, 0], given[n_given, 1]
n_given += 1
counts[3] = n_given
slots[0] = given_t[n_given] if n_given < given_t.shape[0] else np.inf
"""

# One train for all neurons of a source that fire by themselves, each spike of a neuron that is drawn: by the rates,
# with a table of two neurons a place (Walker's alias method).
_DRAWN = """
of = (draw(random, {stream}) * {d}_alias.shape[0]) >> 32
if draw(random, {stream}) / 4294967296.0 >= {d}_chance[of]:
    of = {d}_alias[of]
of = {d}_neurons[of]
slots[{slot}] = t + waiting(random, {stream}, paces[{stream}])
if t - fired[{d}_first + of] >= instant:
    fired[{d}_first + of] = t
    source = {q}
"""

# The hidden train of a group, of which each neuron keeps each spike by itself: the next one that does.
_GROUP = """
k = members_at[{stream}] + 1
if {d}_kept[0] < 1.0:
    k += int(min(math.log(uniform(random, {stream})) / math.log1p(-{d}_kept[0]), 2.0 ** 40))
members_at[{stream}] = k
if k >= {d}_neurons.shape[0]:
    members_at[{stream}] = -1
    slots[{slot}] = t + waiting(random, {stream}, paces[{stream}])
elif t - fired[{d}_first + {d}_neurons[k]] >= instant:
    source, of = {q}, {d}_neurons[k]
    fired[{d}_first + of] = t
"""

_TAP = """
spike = taps[{tap}]
of = np.int64(log[spike, 1])
{actions}
spike = np.int64(log[spike, 2])
taps[{tap}] = spike
slots[{slot}] = log_t[spike] + delays[{tap}] if spike >= 0 else np.inf
"""

_EMITTED = """
if latest[{q}] >= 0:
    log[latest[{q}], 2] = n_log
latest[{q}] = n_log
log_t[n_log], log[n_log, 0], log[n_log, 1], log[n_log, 2] = t, {q}, of, -1
n_log += 1
{taps}
{actions}
"""


def kernel_source(plan: Plan) -> str:
    """The text of the kernel."""
    rules = [event_lines(plan.wirings[k], event) for k, event in plan.codes()]
    body = filled(
        _RUN.replace("{parts}", ", ".join(parts_of(plan))),
        space=_space(plan),
        done=list(_branches("what", enumerate(rules))),
        caused=[f"if what >= {len(rules)}:", f"    what, is_alone = what - {len(rules)}, True"] if plan.is_late else [],
        again=["if n_done > 0:", "    continue"] if plan.is_late else [],
        neurons=list(_neurons(plan)),
        slots=list(_branches("slot", _slots(plan))),
        emitted=list(_branches("source", ((q, _emitted(plan, q)) for q in range(plan.sources)))),
    )
    populations = [population_source(name, layout) for name, layout in plan.neurons.values()]
    instants = [instant_source(wiring) for wiring in plan.wirings]
    return "\n".join([PRELUDE, crossing_source(), SHARED, queue_source(), *populations, *instants, body])


def _space(plan: Plan) -> list[str]:
    """Whether all weights that are kept would fit; else the run stops for more room."""
    return [
        line
        for wiring in plan.wirings
        if wiring.is_kept
        for line in (
            f"if {wiring.name}_n_kept[0] + {wiring.name}_w.shape[1] > {wiring.name}_kept.shape[1]:",
            "    status = 3",
            "    break",
        )
    ]


def _neurons(plan: Plan) -> Iterator[str]:
    for k, (q, (p, layout)) in enumerate(plan.neurons.items()):
        text = _NEURON.strip()
        places = {"p": p, "q": q, "last": layout.last, "free": layout.free, "ready": layout.ready, "dead": layout.times}
        for key, value in places.items():
            text = text.replace(f"{{{key}}}", str(value))
        yield f"{'elif' if k else 'if'} n < {p}_first + {p}_x.shape[0]:"
        yield from (f"    {line}" for line in text.splitlines())


def _slots(plan: Plan) -> Iterator[tuple[int, list[str]]]:
    yield 0, _GIVEN.strip().splitlines()
    for k, stream in enumerate(plan.streams):
        text = _GROUP if stream.is_group else _DRAWN
        for key, value in {"d": f"d{k}", "q": stream.source, "stream": k, "slot": 1 + k}.items():
            text = text.replace(f"{{{key}}}", str(value))
        yield 1 + k, text.strip().splitlines()
    for k, (source, delay) in enumerate(plan.taps):
        slot = 1 + len(plan.streams) + k
        actions = [line for action in plan.actions if (action.source, action.delay) == (source, delay)
                   for line in _acted(plan, action)]  # fmt: skip
        text = _TAP.replace("{tap}", str(k)).replace("{slot}", str(slot)).strip()
        yield slot, filled(text, actions=actions).splitlines()


def _emitted(plan: Plan, q: int) -> list[str]:
    now = [line for action in plan.actions if (action.source, action.delay) == (q, 0) for line in _acted(plan, action)]
    taps = []
    for k, (source, _) in enumerate(plan.taps):
        if source == q:
            slot = 1 + len(plan.streams) + k
            taps += [f"if taps[{k}] < 0:", f"    taps[{k}] = n_log - 1", f"    slots[{slot}] = t + delays[{k}]"]
    return filled(_EMITTED.replace("{q}", str(q)).strip(), taps=taps, actions=now).splitlines()


def _acted(plan: Plan, action: Action) -> list[str]:
    wiring = plan.wirings[action.projection]
    if not action.event:
        return sent_lines(wiring)
    code = plan.codes().index((action.projection, action.event))
    index = {"pre": ["i = of"], "post": ["j = of"]}.get(action.event, [])
    # What is caused by a spike that was sent after its instant comes behind that instant, and is no part of it
    what = f"{code} + ({len(plan.codes())} if t - before < instant else 0)" if plan.is_late else code
    return [
        f"ring_t[tail & mask], ring[tail & mask, 0], ring[tail & mask, 1] = t, {what}, of",
        "tail += 1",
        *index,
        f"{wiring.mark(action.event, is_past=False)} = t",
    ]


def _branches(what: str, cases: Iterable[tuple[int, list[str]]]) -> Iterator[str]:
    for k, (value, lines) in enumerate(cases):
        yield f"{'elif' if k else 'if'} {what} == {value}:"
        yield from (f"    {line}" for line in lines or ["pass"])
