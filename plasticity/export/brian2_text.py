"""The parts of a Brian2 script about a synapse: imports, what is given, who sends, the synapse, the run, the result."""

from collections.abc import Sequence

from plasticity.export.brian2_synapse import Synapse
from plasticity.export.header import plain
from plasticity.export.proof import STEP, Proof
from plasticity.quantities import si_unit
from plasticity.rules import Rule
from plasticity.rules.conventions import SPIKES, WEIGHT
from plasticity.rules.system import System

STEP_MS = STEP * 1e3

_SENDERS = """\
defaultclock.dt = step_ms*ms
steps = {event: np.round(np.array(times, float)/step_ms).astype(int) for event, times in trains.items()}
for event, times in trains.items():
    assert np.allclose(steps[event]*step_ms, times, rtol=0, atol=1e-6), f"{event}: a time lies beside the steps"
    assert (steps[event] >= 0).all() and (np.diff(steps[event]) > 0).all(), f"{event}: times must ascend from 0 on"
"""
_SENDER = '{0} = SpikeGeneratorGroup(1, np.zeros(len(steps["{0}"]), int), steps["{0}"]*step_ms*ms)'
_FIRST = "arrivals.min(initial=arrivals.max(initial=0))"
_TABLES = """\
tables = {event: np.zeros(max(max(times, default=0) for times in steps.values()) + 2) for event in steps}
for event, times in steps.items():
    tables[event][times] = 1
"""


def imports(rule: Rule) -> str:
    """What the script needs, and how Brian2 makes code."""
    heard = bool(set(rule.events) - set(SPIKES))
    names = ["Network", *(["NeuronGroup"] if heard else []), "SpikeGeneratorGroup", "Synapses"]
    names += ["TimedArray"] if heard or rule.signals else []
    names += ["defaultclock", "ms", "prefs", "second"]
    return (
        f"import numpy as np\nfrom brian2 import {', '.join(names)}\n\n"
        'prefs.codegen.target = "numpy"  # needs no compiler\n'
    )


def given(rule: Rule, synapse: Synapse, proved: Proof) -> str:
    """Trains, weight before, signals and parameters: what somebody may change."""
    lines = [f"step_ms = {STEP_MS!r}", "trains = {  # milliseconds, whole steps: put your own here"]
    lines += [f'    "{event}": [{_in_ms(times)}],' for event, times in proved.steps.items()]
    lines += ["}", f"start_weight = {proved.start!r}  # in units of {plain(rule.weight_unit)}"]
    if proved.signals:
        lines.append("signals = {  # (milliseconds, SI values), joined by straight lines")
        lines += [f'    "{name}": ([{_in_ms(at)}], {values!r}),' for name, (at, values) in proved.signals.items()]
        lines.append("}")
    return "\n".join([*lines, "parameters = {  # SI", *_parameters(rule, synapse), "}\n"])


def senders(rule: Rule) -> str:
    """What fires the events. Others than spikes are sent by the presynaptic neuron, so that synapses hear them."""
    others = [event for event in rule.events if event not in SPIKES]
    if not others:
        return "\n".join([_SENDERS + _SENDER.format("pre"), _SENDER.format("post"), ""])
    conditions = ", ".join(f'"{event}": "{event}_table(t) > 0"' for event in others)
    return "\n".join(
        [
            _SENDERS + "# a table each, for synapses hear other events only from a neuron that also spikes",
            _TABLES + "\n".join(f'{e}_table = TimedArray(tables["{e}"], dt=defaultclock.dt)' for e in ("pre", *others)),
            f'pre = NeuronGroup(1, "", threshold="pre_table(t) > 0", reset="", events={{{conditions}}})',
            _SENDER.format("post"),
            "",
        ]
    )


def courses(rule: Rule) -> str:
    """The signals as tables of half steps."""
    names = [signal.name for signal in rule.signals if rule.prompt(signal) is signal]
    lines = [
        "n_steps = round(max(times[-1] for times, _ in signals.values())/step_ms)",
        "half_steps = np.arange(2*n_steps + 3)/2  # as finely as the method looks",
    ]
    lines += [
        f'{name}_course = TimedArray(np.interp(half_steps*step_ms, *signals["{name}"]), dt=defaultclock.dt/2)'
        for name in names
    ]
    return "\n".join([*lines, ""])


def synapses(rule: Rule, synapse: Synapse, found: System) -> str:
    """The plastic synapse, with the order of its pathways."""
    side = {"post": "on_post"}
    blocks = {"on_pre": [p for p in synapse.pathways if p.event != "post"], "on_post": []}
    blocks["on_post"] = [p for p in synapse.pathways if side.get(p.event)]
    lines = [
        "synapses = Synapses(",
        "    pre,",
        "    post,",
        '    """',
        *(f"    {line}" for line in synapse.model),
        '    """,',
    ]
    for argument, paths in blocks.items():
        if paths:
            lines.append(f"    {argument}={{")
            for path in paths:
                lines += [
                    f'        "{path.name}": """',
                    *(f"            {line}" for line in path.lines),
                    '        """,',
                ]
            lines.append("    },")
    heard = {path.name: path.event for path in blocks["on_pre"] if path.event != "pre"}
    if heard:
        every = {p.name: heard.get(p.name, "spike") for p in synapse.pathways}
        lines.append("    on_event={" + ", ".join(f'"{name}": "{event}"' for name, event in every.items()) + "},")
    lines += ['    method="rk4",'] if synapse.is_stepped else []
    lines += [
        ")",
        "synapses.connect(i=0, j=0)",
        "# At one instant they run in this order, which is the order of the conventions",
    ]
    ordered = ", ".join(f'"{path.name}"' for path in synapse.pathways)
    lines += [f"for order, name in enumerate([{ordered}]):", "    getattr(synapses, name).order = order"]
    for path in synapse.pathways:
        if path.event in rule.delays:
            delay = synapse.name(rule.delays[path.event])
            lines.append(f'synapses.{path.name}.delay = parameters["{delay}"]*second')
    lines += _starts(rule, synapse, found)
    return "\n".join([*lines, ""])


def _starts(rule: Rule, synapse: Synapse, found: System) -> list[str]:
    lines = ["synapses.w = start_weight"]
    lines += [f"synapses.{synapse.name(name)} = {value!r}" for name, value in found.starts.items() if value]
    return lines


def run(rule: Rule, synapse: Synapse, found: System) -> str:
    """The run up to the last event, or sample."""
    late = {event: synapse.name(name) for event, name in rule.delays.items()}
    arrivals = "[*steps.values()]"
    lines = []
    if late:
        items = ", ".join(f'"{event}": round(parameters["{name}"]*1e3/step_ms)' for event, name in late.items())
        lines.append(f"late = {{{items}}}  # steps")
        arrivals = "[times + late.get(event, 0) for event, times in steps.items()]"
    lines.append(f"arrivals = np.concatenate({arrivals})")
    names = {f"{name}_course" for name in (s.name for s in rule.signals if rule.prompt(s) is s)}
    names |= {f"{event}_table" for event in rule.events if event not in SPIKES}
    names |= {"pre_table"} if set(rule.events) - set(SPIKES) else set()
    extra = "".join(f', "{name}": {name}' for name in sorted(names))
    lines += [f"namespace = {{**parameters{extra}}}" if extra else "namespace = parameters", ""]
    return "\n".join(lines) + _running(rule, synapse, found)


def _running(rule: Rule, synapse: Synapse, found: System) -> str:
    if not synapse.is_stepped:
        away = [name for name, decay in found.decays.items() if decay.rest != found.starts[name]]
        since = "# nothing moves before the first event\nsynapses.lastupdate = first*step_ms*ms\n"
        first = f"first = {_FIRST}\n{since}" if away and found.begins is None else ""
        last = "network.run((arrivals.max(initial=-1) + 1)*step_ms*ms, namespace=namespace)"
        return f"network = Network(pre, post, synapses)\n{first}{last}\n"
    lines = [
        "flows = synapses.state_updater",
        'flows.when = "end"  # events first, then what flows until the next step',
    ]
    if synapse.ends:
        code = "\\n".join(synapse.ends)
        lines.append(f'bounds = synapses.run_regularly("{code}", when="end", order=1)')
    first = "0" if rule.signals or found.begins is not None else _FIRST
    last = "n_steps" if rule.signals else "arrivals.max(initial=0)"
    lines += [
        "network = Network(pre, post, synapses)",
        f"first, last = {first}, {last}",
        "for n_steps_more, is_flowing in ((first, False), (last - first, True), (1, False)):",
        "    flows.active = is_flowing",
        "    network.run(n_steps_more*step_ms*ms, namespace=namespace)",
    ]
    return "\n".join(lines) + "\n"


def result(rule: Rule, proved: Proof, tolerance: float, why: str) -> str:
    """What is printed, and the exit status."""
    is_sent = rule.transmits != WEIGHT
    lines = [
        "weight = float(synapses.w[0])",
        'print("final weight", repr(weight))',
        *(['print("transmitted", repr(float(synapses.sent[0])))'] if is_sent else []),
        "verified = {  # the trains in steps",
        *(f'    "{event}": {times!r},' for event, times in proved.steps.items()),
        "}",
        "found = {event: times.tolist() for event, times in steps.items()}",
        f"if found == verified and start_weight == {proved.start!r}:",
        f"    expected, tolerance = {proved.final!r}, {tolerance:.3g}  # {why}",
        '    print("expected    ", repr(expected))',
        '    print("difference  ", repr(weight - expected))',
        *(
            [
                f"    sent = {proved.sent!r}",
                '    print("transmitted, expected", repr(sent))',
                "    assert abs(float(synapses.sent[0]) - sent) <= tolerance",
            ]
            if is_sent
            else []
        ),
        '    assert abs(weight - expected) <= tolerance, "this is not the rule that was exported"',
        "else:",
        '    print("expected     unknown: these are not the trains that it was verified on")',
    ]
    return "\n".join(lines) + "\n"


def _parameters(rule: Rule, synapse: Synapse) -> list[str]:
    told = {synapse.name(p.name): (si_unit(p.unit), p.meaning) for p in rule.parameters}
    lines = []
    for name, value in synapse.numbers.items():
        unit, meaning = told.get(name, ("1", "a bound of the weight"))
        what = ": ".join(filter(None, ["" if unit == "1" else plain(unit), plain(meaning)]))
        lines.append(f'    "{name}": {value!r},' + (f"  # {what}" if what else ""))
    return lines


def _in_ms(steps: Sequence[int]) -> str:
    return ", ".join(f"{step * STEP_MS:.1f}" for step in steps)
