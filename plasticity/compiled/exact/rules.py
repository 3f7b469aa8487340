"""The lines of one projection in a kernel: what arrives at neurons, and what a rule does to synapses.

What events do to synapses is worked out an instant (1 ns) behind the neurons: then all is known that comes in the same
instant. Mostly nothing else does, and one loop over the synapses of a neuron is enough; else each synapse is asked
whether an event of another kind belongs to its instant, or has had it in its own before.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations

from plasticity.compiled.exact.wiring import HOMES, Wiring
from plasticity.compiled.expressions import filled
from plasticity.expressions import names
from plasticity.rules.conventions import SPIKES, WEIGHT

_INSTANT = """
def {name}_one(s, bits, now, {arrays}):
    {unpacked}
    failed, bad, sent = -1, 0.0, 0.0
    i, j = np.int64({name}_of[s]), np.int64({name}_to[s])
    {loaded}
    {branches}
    {stored}
    return failed, bad, sent
"""

_LONE = """
{unpacked}
begins, ends, sent, bits, s = 0, {name}_w.shape[1], 0.0, 0, 0
{bounds}
{shared}
for k in range(begins, ends):
    {synapse}
    i, j = np.int64({name}_of[s]), np.int64({name}_to[s])
    if is_alone:
        {loaded}
        {lines}
        {stored}
    else:
        bits = {bit}
        {others}
        if bits > 0:
            failed, bad, sent = {name}_one(s, bits, now, {arrays})
            {kept}
    if failed >= 0:
        break
    {late}
place_of = s
{raised}
"""

_SENT = """
{unpacked}
for s in range({name}_first[of], {name}_first[of + 1]):
    i, j = of, np.int64({name}_to[s])
    {loaded}
    {lines}
    {sending}
"""

_HEARD = """
{p}_bring({p}_x, j, {when}, {p}_numbers)
{p}_x[j, {variable}] {sign}= sent * {p}_numbers[{size}]
n = {p}_first + j
if places[n, 2] != 2:
    places[n, 2] = 0
    times[n, 1] = {p}_x[j, {last}] + {p}_safe({p}_x, j, {p}_numbers)
    if times[n, 1] < times[n, 0]:
        times[n, 0] = times[n, 1]
        rise(places, times, places[n, 1])
"""


def instant_source(wiring: Wiring) -> str:
    """The function of what several events do to one synapse in one instant."""
    if wiring.found is None:
        return ""
    lines: list[str] = []
    for some in _together(wiring):
        inner = wiring.text.instant([wiring.events[k] for k in some], is_sent="pre" in [wiring.events[k] for k in some])
        condition = f"{'elif' if lines else 'if'} bits == {sum(1 << k for k in some)}:"
        lines += [condition, *(f"    {line}" for line in inner or ["pass"])]
    arrays = [array for array in wiring.arrays if "kept" not in array]
    return filled(
        _INSTANT.replace("{name}", wiring.name).replace("{arrays}", ", ".join(arrays)),
        unpacked=wiring.text.unpacked(f"{wiring.name}_rule"),
        loaded=_loaded(wiring, list(HOMES)),
        branches=lines,
        stored=_stored(wiring),
    )


def _together(wiring: Wiring) -> Iterator[tuple[int, ...]]:
    for n in range(1, len(wiring.events) + 1):
        yield from combinations(range(len(wiring.events)), n)


def event_lines(wiring: Wiring, event: str) -> list[str]:
    """The lines of an event of neuron `of` at `now`, at all its synapses; those of an event of the world at all."""
    side, name = event if event in SPIKES else "", wiring.name
    kind = wiring.events.index(event)
    first = {"pre": "first", "post": "back"}.get(event)
    mine = wiring.at(side) if side else []
    index = {"pre": "i = of", "post": "j = of"}.get(event)
    elsewhere = [home for home in HOMES if home != side]
    arrays = [array for array in wiring.arrays if "kept" not in array]
    before = [f"{one}_x = {one}_before" for one in mine]
    text = _LONE.replace("{name}", name).replace("{bit}", str(1 << kind)).replace("{arrays}", ", ".join(arrays))
    is_sent = wiring.is_late and event == "pre"
    lines = filled(
        text.strip(),
        unpacked=wiring.text.unpacked(f"{name}_rule"),
        bounds=[f"begins, ends = {name}_{first}[of], {name}_{first}[of + 1]"] if first else [],
        shared=[index, *_loaded(wiring, [side]), *(f"{one}_before = {one}_x" for one in mine)] if index else [],
        synapse=[f"s = np.int64({name}_places[k])" if event == "post" else "s = k"],
        loaded=[*before, *_loaded(wiring, elsewhere)],
        lines=wiring.text.instant([event], is_sent=is_sent),
        stored=[*_stored(wiring), *_kept(wiring)],
        others=[line for other in wiring.events if other != event for line in _met(wiring, event, other)],
        kept=_kept(wiring, f"{name}_w[0, s]"),
        late=_late(wiring, kind),
        raised=[*([index] if index else []), *_raised(wiring, event, mine, before)],
    )
    return lines.splitlines()


def _raised(wiring: Wiring, event: str, mine: Sequence[str], before: Sequence[str]) -> list[str]:
    """What the event does to what its neuron keeps for all its synapses; and that it has come."""
    lines = [f"{wiring.mark(event, is_past=True)} = now", f"{wiring.mark(event, is_past=False)} = np.inf"]
    if mine:
        moved = [*before, *wiring.text.instant([event], only=mine)]
        kept = [f"{wiring.row(event, one)} = {one}_x" for one in mine] + [f"{wiring.since(event)} = now"]
        lines += ["if failed < 0:", *(f"    {line}" for line in [*moved, *kept])]
    return lines


def _met(wiring: Wiring, mine: str, other: str) -> list[str]:
    """Whether an event of another kind shares the instant of this one at a synapse, or began it and has had it."""
    was = wiring.mark(other, is_past=True)
    return [
        f"if now - {was} < instant and not 0.0 <= {was} - {wiring.mark(mine, is_past=True)} < instant:",
        f"    bits = -{1 << len(wiring.events)}",
        f"elif {wiring.mark(other, is_past=False)} - now < instant:",
        f"    bits += {1 << wiring.events.index(other)}",
    ]


def sent_lines(wiring: Wiring) -> list[str]:
    """The lines of what a spike of neuron `of` sends at `t`, apart from what it does to synapses."""
    assert wiring.target is not None
    unpacked, loaded, lines = list[str](), list[str](), [f"sent = {wiring.name}_w[0, s]"]
    if wiring.found is not None and names(wiring.found.transmits) != {WEIGHT}:
        unpacked = ["now = t", *wiring.text.unpacked(f"{wiring.name}_rule"), "failed, bad = -1, 0.0"]
        loaded = _loaded(wiring, list(HOMES))
        lines = wiring.text.instant([one for one in ("pre",) if one in wiring.events], only=(), is_sent=True)
    text = _SENT.replace("{name}", wiring.name).strip()
    sending = _heard(wiring, "t")
    return filled(text, unpacked=unpacked, loaded=loaded, lines=lines, sending=sending).splitlines()


def _heard(wiring: Wiring, when: str) -> list[str]:
    """The lines that give `sent` to neuron `j` of the target."""
    assert wiring.target is not None
    to, layout, receptor = wiring.target, wiring.target.layout, wiring.target.receptor
    text = _HEARD.strip()
    places = {
        "p": to.name,
        "when": when,
        "variable": layout.found.names.index(receptor.variable),
        "sign": "+" if receptor.direction > 0 else "-",
        "size": layout.parameter(receptor.size),
        "last": layout.last,
    }
    for key, place in places.items():
        text = text.replace(f"{{{key}}}", str(place))
    if receptor.while_refractory != "discarded":
        return text.splitlines()
    deaf = f"if {to.name}_x[j, {layout.ready}] - {when} < instant:"
    return [deaf, *(f"    {line}" for line in text.splitlines())]


def _late(wiring: Wiring, kind: int) -> list[str]:
    """The lines that transmit a spike after what its instant did to the synapse, whichever event began the instant."""
    if not (wiring.is_late and wiring.target):
        return []
    pre = wiring.events.index("pre")
    bit = f"bits > 0 and bits & {1 << pre}"
    condition = f"is_alone or ({bit})" if kind == pre else f"not is_alone and {bit}"
    return [f"if {condition}:", *(f"    {line}" for line in _heard(wiring, "now"))]


def _loaded(wiring: Wiring, homes: Sequence[str]) -> list[str]:
    """The lines that make locals of variables as they are now."""
    lines = [f"w_x = {wiring.name}_w[0, s]"] if "synapse" in homes else []
    for home in homes:
        mine = wiring.at(home)
        lines += [f"{one}_x = {wiring.row(home, one)}" for one in mine]
        if moved := wiring.text.advanced(mine, "age"):
            lines += [f"age = now - {wiring.since(home)}", *moved]
    return lines


def _stored(wiring: Wiring) -> list[str]:
    """The lines that put what is kept in synapses back."""
    mine = wiring.at("synapse")
    lines = [f"{wiring.name}_w[0, s] = w_x", *(f"{wiring.row('synapse', one)} = {one}_x" for one in mine)]
    return [*lines, *([f"{wiring.since('synapse')} = now"] if mine else [])]


def _kept(wiring: Wiring, weight: str = "w_x") -> list[str]:
    """The lines that keep a weight for the recording."""
    if not wiring.is_kept:
        return []
    name = wiring.name
    rows = [f"{name}_kept[{row}, {name}_n_kept[0]] = {what}" for row, what in enumerate(("now", "s", weight))]
    return [*rows, f"{name}_n_kept[0] += 1"]
