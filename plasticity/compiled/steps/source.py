"""The kernel of a network in steps: one loop over steps, in it one loop for each kind of part.

In each step, as in Brian2: neurons move, those above threshold fire, spikes reach synapses, neurons are reset, and what
flows at synapses moves. The spikes of all parts go to one log, in order; `starts` says where those of each part begin,
for as many steps as the longest delay looks back. When the log is full the kernel returns, and is called again.
"""

import re
from collections.abc import Sequence

from plasticity.compiled.expressions import PRELUDE
from plasticity.compiled.steps.flows import flow_lines, past_lines
from plasticity.compiled.steps.kind import Kind, Lines, assigned, indented, unpacked
from plasticity.compiled.steps.neurons import NeuronLines
from plasticity.compiled.steps.synapses import event_lines, sending_lines
from plasticity.compiled.steps.tables import ARGUMENTS, PART, PROJECTION, TOLD

# Random numbers of Steele, Lea and Flood's generator (splitmix64): a stream is one number, and so is its state
_RANDOM = """
_R11, _R27, _R30, _R31 = np.uint64(11), np.uint64(27), np.uint64(30), np.uint64(31)
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_FIRST, _SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)


def uniform(randoms, stream):
    x = randoms[stream] + _GOLDEN
    randoms[stream] = x
    x = (x ^ (x >> _R30))*_FIRST
    x = (x ^ (x >> _R27))*_SECOND
    return (np.float64((x ^ (x >> _R31)) >> _R11) + 0.5)*1.1102230246251565e-16


def normal(randoms, stream):
    radius = np.sqrt(-2.0*np.log(uniform(randoms, stream)))
    return radius*np.cos(6.283185307179586*uniform(randoms, stream))
"""
_GIVEN = """
for p in range(kinds[0], kinds[1]):
    starts[now & mask, p] = n_log
    c, end = cursors[p], parts[p, END]
    while c < end and given_step[c] == now:
        log[n_log] = given_neuron[c]
        log_step[n_log] = now
        n_log += 1
        c += 1
    cursors[p] = c
"""
# Trials of all steps and neurons in one row, of which few succeed: the gaps between these are drawn
_POISSON = """
for p in range(kinds[1], kinds[2]):
    starts[now & mask, p] = n_log
    trial, end = trials[p], (now + 1)*parts[p, SIZE]
    while trial < end:
        k = trial - now*parts[p, SIZE]
        if parts[p, STATE] < 0 or uniform(randoms, p) < chances[parts[p, STATE] + k]:
            log[n_log] = parts[p, FIRST] + k
            log_step[n_log] = now
            n_log += 1
        trial += 1 + int(min(np.log(uniform(randoms, p))*inverses[p], 1e18))
    trials[p] = trial
"""


def network_source(neurons: Sequence[NeuronLines], kinds: Sequence[Kind]) -> str:
    """The kernel of networks of these kinds of neurons and projections.

    kinds : of projections; the same order as in the tables
    """
    steps = [*_lines(_GIVEN), *_lines(_POISSON)]
    for number, neuron in enumerate(neurons, start=2):
        steps += [f"for p in range(kinds[{number}], kinds[{number + 1}]):", *indented(_neuron_step(neuron))]
    steps += ["starts[now & mask, n_parts] = n_log"]
    steps += _synapses(kinds)
    for number, neuron in enumerate(neurons, start=2):
        steps += [f"for p in range(kinds[{number}], kinds[{number + 1}]):", *indented(_neuron_reset(neuron))]
    steps += _ends(kinds)
    head = [*_columns(PART), *_columns(PROJECTION)]
    body = [
        "n_parts, failed, bad = parts.shape[0], -1, 0.0",
        "n_neurons = is_pre.shape[0]",
        "for now in range(first_step, last_step):",
        "    if n_log + n_neurons > log.shape[0]:",
        "        return now, n_log, -1, 0, 0, 0.0",
        *indented(steps),
        "return last_step, n_log, -1, 0, 0, 0.0",
    ]
    whole = [*head, "", "", f"def run({', '.join(ARGUMENTS)}):", *indented(body)]
    return "\n".join([PRELUDE, _RANDOM, "", *whole, ""])


def _neuron_step(neuron: NeuronLines) -> Lines:
    """What the neurons of one population do up to their threshold: all move, then those above it fire.

    In loops of their own, through arrays of their own, so that the compiler can move several neurons at once.
    """
    arrays = [f"{name}_all" for name in neuron.variables]
    looked_at = [name for name in neuron.variables if re.search(rf"\b{name}_y\b", neuron.fires)]
    spike = ["fired[k] = now", "log[n_log] = first + k", "log_step[n_log] = now", "n_log += 1"]
    lines = [*neuron.step, neuron.fires]
    return [
        "starts[now & mask, p] = n_log",
        *_population(neuron, lines),
        "current_at = parts[p, CURRENT] + parts[p, CURRENT_STRIDE]*now",
        *(f"{array} = state[at + {v}*size:at + {v + 1}*size]" for v, array in enumerate(arrays)),
        "fired, margins = fired_at[first:first + size], rounding[first:first + size]",
        "injected = currents[current_at:current_at + size]",
        "if parts[p, KEPT] >= 0:",
        "    for k in range(size):",
        "        kept[parts[p, KEPT] + (now - first_kept)*size + k] = state[parts[p, VOLTAGE] + k]",
        "for k in range(size):",
        *indented(
            [
                *(f"{name}_y = {name}_all[k]" for name in neuron.variables),
                "since, margin, current = now - fired[k], margins[k], injected[k]",
                *neuron.step,
                *(f"{name}_all[k] = {name}_y" for name in neuron.variables),
            ]
        ),
        "for k in range(size):",
        *indented(
            [
                "margin = margins[k]",
                *(f"{name}_y = {name}_all[k]" for name in looked_at),
                f"if {neuron.fires}:",
                "    if now - fired[k] > dead:",
                *indented(indented(spike)),
            ]
        ),
    ]


def _neuron_reset(neuron: NeuronLines) -> Lines:
    if not neuron.reset:
        return ["pass"]
    variables = list(enumerate(neuron.variables))
    inner = [
        "k = log[n] - first",
        *(f"{name}_y = state[at + {v}*size + k]" for v, name in variables),
        *(["margin = rounding[first + k]"] if "margin" in " ".join(neuron.reset) else []),
        *neuron.reset,
        *(f"state[at + {v}*size + k] = {name}_y" for v, name in variables),
    ]
    return [
        "begin, end = starts[now & mask, p], starts[now & mask, p + 1]",
        "if begin < end:",
        *indented([*_population(neuron, neuron.reset), "for n in range(begin, end):", *indented(inner)]),
    ]


def _population(neuron: NeuronLines, lines: Sequence[str]) -> Lines:
    """What lines of a population need to know of it."""
    numbers = {name: f"numbers[parts[p, PART_NUMBERS] + {place}]" for place, name in enumerate(neuron.numbers)}
    head = "size, first, at, dead = parts[p, SIZE], parts[p, FIRST], parts[p, STATE], parts[p, DEAD]"
    return [head, *assigned(numbers, lines)]


def _synapses(kinds: Sequence[Kind]) -> Lines:
    """What arriving spikes do: what is delivered apart comes before or after all changes, and what reads voltages after
    what raises them."""
    before = [(n, sending_lines(kind)) for n, kind in enumerate(kinds) if _sends_apart(kind) and not _is_late(kind)]
    during = [(n, event_lines(kind)) for n, kind in enumerate(kinds) if kind.events or _sends_with(kind)]
    during.sort(key=lambda item: _reads_voltages(kinds[item[0]]))
    after = [(n, sending_lines(kind)) for n, kind in enumerate(kinds) if _sends_apart(kind) and _is_late(kind)]
    return [line for n, lines in (*before, *during, *after) for line in _each(n, kinds[n], lines)]


def _reads_voltages(kind: Kind) -> bool:
    return kind.found is not None and bool(kind.found.rule.signals)


def _sends_apart(kind: Kind) -> bool:
    return kind.is_sent and (kind.found is None or kind.is_apart)


def _sends_with(kind: Kind) -> bool:
    return kind.found is not None and kind.is_sent and not kind.is_apart


def _is_late(kind: Kind) -> bool:
    return kind.found is not None and kind.found.rule.conventions.transmitted == "after"


def _ends(kinds: Sequence[Kind]) -> Lines:
    """The end of a step: what is remembered, kept and moved."""
    lines = []
    for number, kind in enumerate(kinds):
        inner = past_lines(kind) if kind.found else []
        inner += [
            "if projections[q, TRACED] >= 0:",
            "    for s in range(n_synapses):",
            "        kept[projections[q, TRACED] + s*(last_kept - first_kept) + now - first_kept] = weights[first + s]",
        ]
        inner += unpacked(kind, flow_lines(kind)) if kind.is_flowing else []
        lines += _each(number, kind, inner)
    return lines


def _each(number: int, kind: Kind, lines: Sequence[str]) -> Lines:
    """What is done with every projection of a kind. Of the table is read what this needs, for each line is compiled."""
    late = {f"{name}_past": f"projections[q, LATE + {2 * place}]" for place, name in enumerate(kind.late)}
    late |= {f"{name}_length": f"projections[q, LATE + {2 * place + 1}]" for place, name in enumerate(kind.late)}
    return [
        f"for q in range(projection_kinds[{number}], projection_kinds[{number + 1}]):",
        *indented([*assigned(TOLD | late, lines), *lines]),
    ]


def _columns(names: Sequence[str]) -> Lines:
    return [f"{name} = {number}" for number, name in enumerate(names)]


def _lines(text: str) -> Lines:
    return text.strip().split("\n")
