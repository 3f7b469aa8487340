"""A neuron as a Brian2 script that fires it under a constant current, and compares its spikes with ours."""

import math
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version

import numpy as np

from plasticity import spiking
from plasticity.errors import NeuronError, SimulationError, UnsupportedRule
from plasticity.export.brian2_names import brian2_name
from plasticity.export.brian2_run import ran
from plasticity.export.brian2_synapse import CALLS
from plasticity.export.header import as_residual, header, plain
from plasticity.export.words import printed
from plasticity.networks import Network, Population
from plasticity.networks.checks import check_step
from plasticity.networks.network import time_constants
from plasticity.neurons import Neuron, known_in_closed_form, rate_in_steps, rheobase
from plasticity.neurons.equations import start, tree
from plasticity.quantities import si_unit

_DTS = (1e-4, 5e-5, 2.5e-5, 1e-5)  # seconds, of which the longest that fits is taken
_ABOVE = 1.5  # rheobases
_SOUGHT = np.geomspace(1e-11, 2e-8, 34)  # amperes, where there is no rheobase in closed form
_DURATION = 0.3  # seconds; of a neuron that fires at random one second, of so many copies
_N_COPIES = 200
_SETTLING = 0.2  # seconds that are not counted of it
_METHODS = {"exact": "exact", "euler": "euler", "rk4": "rk4", "exponential euler": "exponential_euler"}


@dataclass(frozen=True, eq=False)
class _Proof:
    """What was asked and what came out.

    current : amperes, beside the bias
    steps   : of the spikes
    rate    : hertz, of a neuron that fires at random, NaN of another; n : how many of them
    """

    current: float
    dt: float
    duration: float
    steps: list[int]
    rate: float = math.nan
    n: int = 1


def neuron_script(neuron: Neuron, command: str = "") -> str:
    """The script, its residual measured by running it. Raises UnsupportedRule for what could not be verified."""
    proved = _proof(neuron)
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
            f"of its own; {len(proved.steps)} spikes, in steps of {proved.dt * 1e3:g} ms{_rate(neuron, proved)}."
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


def _rate(neuron: Neuron, proved: _Proof) -> str:
    """The rate beside its closed form, where there is one."""
    if "rate in steps" not in known_in_closed_form(neuron) or len(proved.steps) < 3:
        return ""
    measured = (len(proved.steps) - 1) / ((proved.steps[-1] - proved.steps[0]) * proved.dt)
    expected = float(rate_in_steps(neuron, proved.current, proved.dt))
    return f"; their rate is {measured:.6g} Hz, {expected:.6g} in closed form"


def _proof(neuron: Neuron) -> _Proof:
    dt = _step(neuron)
    current = _current(neuron, dt)
    is_noisy = bool(neuron.hazard) or any(variable.noise != "0" for variable in neuron.variables)
    if is_noisy:
        if "rate in steps" not in known_in_closed_form(neuron):
            raise UnsupportedRule(
                f"{neuron.name} fires at random, and its rate has no closed form, so that nothing can be verified"
            )
        return _Proof(current, dt, 1.2, [], float(rate_in_steps(neuron, current, dt)), _N_COPIES)
    network = Network([Population("neurons", neuron, 1, current)])
    spikes = spiking.simulate(network, _DURATION, dt=dt, target="numpy").spikes["neurons"][0]
    return _Proof(current, dt, _DURATION, np.round(spikes / dt).astype(int).tolist())


def _step(neuron: Neuron) -> float:
    network = Network([Population("neurons", neuron, 1)])
    for dt in _DTS:
        try:
            check_step(dt, time_constants(network))
            if all(abs(time / dt - round(time / dt)) < 1e-6 for time in neuron.times.values()):
                return dt
        except SimulationError:
            continue
    raise UnsupportedRule(f"{neuron.name} needs a step below {_DTS[-1] * 1e3:g} ms; this export takes none")


def _current(neuron: Neuron, dt: float) -> float:
    """A current under which it fires: one and a half rheobases, beside the bias."""
    if "rheobase" in known_in_closed_form(neuron):
        least = rheobase(neuron) * (1 + max(neuron.values.get("bias", -1.0), -1.0))
        return float(f"{max(_ABOVE * rheobase(neuron) - least, 0.0):.6g}")
    found = spiking.rates(neuron, _SOUGHT, duration=0.2, settle=0.1, dt=dt, target="numpy")
    firing = [current for current, one in zip(_SOUGHT, found, strict=True) if one.n_spikes >= 4]
    if not firing:
        raise NeuronError(f"{neuron.name} fires under no current up to {_SOUGHT[-1]:g} A; nothing can be verified")
    return float(f"{firing[0]:.6g}")


def _script(neuron: Neuron, proved: _Proof, tolerance: float) -> str:
    return "\n".join([_given(neuron, proved), _group(neuron, proved), _result(proved, tolerance)])


def _name(neuron: Neuron, name: str) -> str:
    return brian2_name(name, [*neuron.values, *(variable.name for variable in neuron.variables), "current"])


def _text(neuron: Neuron, expression: str) -> str:
    return printed(tree(neuron, expression), partial(_name, neuron), CALLS)


def _given(neuron: Neuron, proved: _Proof) -> str:
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


def _group(neuron: Neuron, proved: _Proof) -> str:
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


def _result(proved: _Proof, tolerance: float) -> str:
    if math.isfinite(proved.rate):
        lines = [
            f"is_settled = spikes.t >= {_SETTLING!r}*second",
            "counts = np.bincount(np.array(spikes.i)[is_settled], minlength=len(neurons))",
            f"counted = duration/second - {_SETTLING!r}",
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
