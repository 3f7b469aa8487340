"""A neuron as a Brian2 script that fires it under a constant current, and compares its spikes with ours."""

import math
from functools import partial
from importlib.metadata import version

from plasticity.errors import UnsupportedRule
from plasticity.export.brian2_names import brian2_name
from plasticity.export.brian2_run import ran
from plasticity.export.brian2_synapse import CALLS
from plasticity.export.header import as_residual, header, plain
from plasticity.export.neuron_proof import SETTLING, NeuronProof, neuron_proof, told_rate
from plasticity.export.words import printed
from plasticity.neurons import Neuron
from plasticity.neurons.equations import start, tree
from plasticity.quantities import si_unit

_METHODS = {"exact": "exact", "euler": "euler", "rk4": "rk4", "exponential euler": "exponential_euler"}


def neuron_script(neuron: Neuron, command: str = "") -> str:
    """The script, its residual measured by running it. Raises UnsupportedRule for what could not be verified."""
    proved = neuron_proof(neuron)
    result = ran(_script(neuron, proved, 1e300))
    if math.isfinite(proved.rate):
        residual, error = abs(result["rate"] - proved.rate), result["standard error"]
        tolerance = 5 * error
        told = (
            f"Residual: {residual:.2g} Hz of {proved.rate:.4g} Hz, {residual / error:.2g} standard errors, between the "
            f"rate of {proved.n} neurons in this script, run with Brian2 {version('brian2')} when it was written, and "
            f"the closed form of the neuron in steps of {proved.dt * 1e3:g} ms."
        )
    else:
        residual, tolerance = result["largest difference"], 0.0
        told = (
            f"Residual: {as_residual(residual)} s, the largest difference of a spike time, between this script, run "
            f"with Brian2 {version('brian2')} when it was written, and plasticity.spiking, which integrates it by code "
            f"of its own; {len(proved.steps)} spikes, in steps of {proved.dt * 1e3:g} ms{told_rate(neuron, proved)}."
        )
    if not residual <= tolerance:
        raise UnsupportedRule(
            f"{neuron.name}: its script is off by {residual:.2g}, {tolerance:.2g} is allowed; not written"
        )
    facts = [
        f"Verified under a constant current of {proved.current:g} A for {proved.duration:g} s, from its start.",
        told,
        "Its synapses are the network's, and not in this script.",
    ]
    return f"{header(neuron, 'brian2', facts, mark='#', command=command)}\n\n{_script(neuron, proved, tolerance)}"


def _script(neuron: Neuron, proved: NeuronProof, tolerance: float) -> str:
    return "\n".join([_given(neuron, proved), _group(neuron, proved), _result(proved, tolerance)])


def _name(neuron: Neuron, name: str) -> str:
    return brian2_name(name, [*neuron.values, *(variable.name for variable in neuron.variables), "current"])


def _text(neuron: Neuron, expression: str) -> str:
    return printed(tree(neuron, expression), partial(_name, neuron), CALLS)


def _given(neuron: Neuron, proved: NeuronProof) -> str:
    is_random = math.isfinite(proved.rate)
    names = ["Network", "NeuronGroup", "SpikeMonitor", "defaultclock", "ms", "prefs", "second"]
    lines = [
        *(["import numpy as np"] if is_random else []),
        f"from brian2 import {', '.join([*names, *(['seed'] if is_random else [])])}",
        "",
        'prefs.codegen.target = "numpy"  # needs no compiler',
        f"defaultclock.dt = {proved.dt * 1e3!r}*ms",
        *(["seed(1)"] if is_random else []),
        "",
        f"duration = {proved.duration!r}*second",
        "parameters = {  # SI",
        f'    "current": {proved.current!r},  # A{", beside the bias" if "bias" in neuron.values else ""}',
    ]
    for parameter in neuron.parameters:
        unit = si_unit(parameter.unit)
        what = ": ".join(filter(None, ["" if unit == "1" else plain(unit), plain(parameter.meaning)]))
        lines.append(f'    "{_name(neuron, parameter.name)}": {parameter.value!r},' + (f"  # {what}" if what else ""))
    return "\n".join([*lines, "}", ""])


def _group(neuron: Neuron, proved: NeuronProof) -> str:
    lines = ["neurons = NeuronGroup(", f"    {proved.n},", '    """']
    lines += [f"    {line}" for line in _equations(neuron)]
    lines += ['    """', f'    threshold="{_threshold(neuron)}",']
    lines[-2] = '    """,'
    at_a_spike = {**neuron.reset, **{name: clamp.value for name, clamp in neuron.clamps.items()}}
    if at_a_spike:
        lines += ['    reset="""', *(f"    {line}" for line in _reset(neuron, at_a_spike)), '    """,']
    if neuron.fires_on == "crossing":
        lines.append(f'    refractory="{_text(neuron, neuron.threshold)} > 0",  # a spike is the way up')
    elif neuron.refractory:
        name = _name(neuron, neuron.refractory)
        lines.append(f'    refractory=parameters["{name}"]*second + defaultclock.dt,  # the reset ends a step')
    # of more than three variables Brian2 looks for the closed form for a quarter of a minute
    is_large = neuron.integration == "exact" and len(neuron.variables) > 3
    lines += [f'    method="{"rk4" if is_large else _METHODS[neuron.integration]}",', "    namespace=parameters,", ")"]
    lines += [f"neurons.{_name(neuron, name)} = {float(value)!r}" for name, value in start(neuron).items()]
    for name, clamp in neuron.clamps.items():
        steps = f'round(parameters["{_name(neuron, clamp.time)}"]*second/defaultclock.dt)'
        x = _name(neuron, name)
        code = (
            f"{x} = {x} + int(timestep(t - lastspike, dt) == {{{steps}}})*({_text(neuron, neuron.reset[name])} - {x})"
        )
        lines.append("# When the spike is over")
        lines.append(f"neurons.run_regularly(f'{code}', when=\"before_thresholds\")")
    return "\n".join([*lines, "spikes = SpikeMonitor(neurons)", "Network(neurons, spikes).run(duration)", ""])


def _equations(neuron: Neuron) -> list[str]:
    lines = []
    for variable in neuron.variables:
        flow = f"({_text(neuron, variable.flow)})/second"
        if variable.name in neuron.clamps:
            flow = f"int(not_refractory)*{flow}"
        if variable.noise != "0":
            flow += f" + ({_text(neuron, variable.noise)})*xi_{variable.name}*second**-0.5"
        held = " (unless refractory)" if variable.held and variable.name not in neuron.clamps else ""
        lines.append(f"d{_name(neuron, variable.name)}/dt = {flow} : 1{held}")
    return lines


def _threshold(neuron: Neuron) -> str:
    if neuron.hazard:
        return f"rand() < 1 - exp(-({_text(neuron, neuron.hazard)})*dt/second)"
    return f"{_text(neuron, neuron.threshold)} > 0"


def _reset(neuron: Neuron, values: dict[str, str]) -> list[str]:
    """Assignments that all read the state before the spike."""
    own = {_name(neuron, name): _text(neuron, expression) for name, expression in values.items()}
    read = {name for expression in values.values() for name in _read(neuron, expression)}
    if len(own) < 2 or not read & set(values) or all(_read(neuron, e) & set(values) <= {n} for n, e in values.items()):
        return [f"{name} = {text}" for name, text in own.items()]
    return [*(f"{name}_next = {text}" for name, text in own.items()), *(f"{name} = {name}_next" for name in own)]


def _read(neuron: Neuron, expression: str) -> set[str]:
    from plasticity.expressions import names

    return set(names(tree(neuron, expression)))


def _result(proved: NeuronProof, tolerance: float) -> str:
    if math.isfinite(proved.rate):
        lines = [
            f"is_settled = spikes.t >= {SETTLING!r}*second",
            "counts = np.bincount(np.array(spikes.i)[is_settled], minlength=len(neurons))",
            f"counted = duration/second - {SETTLING!r}",
            "rate, error = counts.mean()/counted, counts.std(ddof=1)/np.sqrt(len(counts))/counted",
            'print("rate", float(rate))',
            f'print("expected", {proved.rate!r})',
            'print("standard error", float(error))',
            f'assert abs(rate - {proved.rate!r}) <= {tolerance:.3g}, "this is not the neuron that was exported"',
        ]
        return "\n".join([*lines, ""])
    lines = [
        f"expected = {proved.steps!r}  # steps",
        "found = [round(time) for time in spikes.t/defaultclock.dt]",
        'print("spike times (ms)", [float(time) for time in spikes.t/ms])',
        'assert len(found) == len(expected), f"{len(found)} spikes, and {len(expected)} are expected"',
        "difference = max([abs(a - b) for a, b in zip(found, expected)], default=0)*defaultclock.dt/second",
        'print("largest difference", float(difference))',
        'assert difference == 0, "this is not the neuron that was exported"',
    ]
    return "\n".join([*lines, ""])
