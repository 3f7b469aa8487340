"""The picture of a neuron: its voltage under steps of current, and its rate over the current, of one Brian2 run."""

import numpy as np

from plasticity import spiking
from plasticity.arrays import Floats
from plasticity.errors import NeuronError, PlasticityError, SimulationError
from plasticity.networks import Network, Population
from plasticity.networks.network import refractory_times, time_constants
from plasticity.neurons import Neuron, closed_form_rate, known_in_closed_form, rheobase
from plasticity.quantities import in_unit, written
from plasticity.spiking.checks import check_on_grid, check_step
from plasticity.studies.portraits import WIDTH, Line, Panel, Portrait, missing

STEPS = (0.9, 1.2, 2.0)  # of the rheobase
DURATION, SETTLING = 0.15, 0.05  # seconds of the run, and those at its begin that the rate does not count
FARTHEST = 3.0  # rheobases
_N_CURRENTS, _N_COPIES = 40, 25  # copies of a neuron with noise
_SOUGHT = np.geomspace(1e-12, 2e-8, 120)  # amperes, among which a neuron without a closed form begins to fire
_DTS = (1e-4, 5e-5, 2.5e-5, 1e-5)  # seconds, of which the longest that fits is taken


def neuron_portrait(neuron: Neuron) -> Portrait:
    """The panels of a neuron, simulated in Brian2: a second, of many channels three."""
    try:
        return _portrait(neuron)
    except PlasticityError as error:
        return Portrait(
            neuron.name, f"{neuron.name}: {neuron.summary}.", ((missing("voltage", str(error)),),), (WIDTH, 1.0)
        )


def _portrait(neuron: Neuron) -> Portrait:
    is_known = "rheobase" in known_in_closed_form(neuron)
    currents = rheobase(neuron) * np.linspace(0.0, FARTHEST, 10 * 3 + 1) if is_known else _SOUGHT
    n_copies = _N_COPIES if _is_noisy(neuron) else 1
    dt = _step(neuron)
    run = spiking.voltages(neuron, np.repeat(currents, n_copies), duration=DURATION, dt=dt, target="numpy")
    volts = run.voltages["neurons"][:, ::n_copies]
    trains = [run.spikes["neurons"][k : k + n_copies] for k in range(0, len(currents) * n_copies, n_copies)]
    unit = rheobase(neuron) if is_known else _least(neuron, currents, trains)
    begins = (
        "The current from which on it fires, the"
        if is_known
        else "About the least current at which it goes on firing, here the"
    )
    told = written(float(f"{unit:.3g}"), "pA")
    caption = (
        f"{neuron.name}: {neuron.summary}. {begins}, the rheobase here, is {told}. Simulated in Brian2 with steps of "
        f"{dt * 1e3:g} ms; rates from {SETTLING * 1e3:g} ms on."
    )
    places = [int(np.abs(currents - step * unit).argmin()) for step in STEPS]
    voltages = [_voltage(currents[k] / unit, run.times, volts[:, k]) for k in places]
    shown = currents <= FARTHEST * unit * (1 + 1e-9)
    rates = _rate_panel(neuron, currents[shown], [train for train, fits in zip(trains, shown, strict=True) if fits])
    return Portrait(neuron.name, caption, (voltages, [rates]), (WIDTH, 4.8))


def _voltage(step: float, times: Floats, volts: Floats) -> Panel:
    return Panel(f"{step:.2g} rheobases", "time (ms)", "V (mV)", [Line(times * 1e3, np.asarray(in_unit(volts, "mV")))])


def _rate_panel(neuron: Neuron, currents: Floats, trains: list[list[Floats]]) -> Panel:
    """The rate in the run, and in closed form where there is one."""
    x = currents * 1e12
    lines = [Line(x, np.array([_rate(neuron, of_one) for of_one in trains]), "Brian2")]
    if "rate" in known_in_closed_form(neuron):
        lines.append(Line(x, np.asarray(closed_form_rate(neuron, currents)), "closed form"))
    return Panel("rate over current", "current (pA)", "firing rate (Hz)", lines, kind="rates")


def _rate(neuron: Neuron, copies: list[Floats]) -> float:
    """From the intervals, or the last one; of copies with noise, from counts."""
    windows = [train[train >= SETTLING] for train in copies]
    if _is_noisy(neuron):
        return float(np.mean([len(window) for window in windows]) / (DURATION - SETTLING))
    ((train,), (window,)) = copies, windows
    if not len(window) or len(train) < 2:
        return 0.0  # silent, or a spike at the onset only
    return float(1 / np.diff(window if len(window) > 1 else train[-2:]).mean())


def _least(neuron: Neuron, currents: Floats, trains: list[list[Floats]]) -> float:
    """The least current at which it goes on firing, or, when it never does, fires at all."""
    rates = np.array([_rate(neuron, copies) for copies in trains])
    counts = np.array([sum(len(train) for train in copies) for copies in trains])
    for fires in (rates > 0, counts > 0):
        if fires.any():
            return float(currents[fires.argmax()])
    raise NeuronError(f"{neuron} is silent at up to {written(float(currents[-1]), 'nA')}, for {DURATION:g} s")


def _is_noisy(neuron: Neuron) -> bool:
    return bool(neuron.hazard) or any(variable.noise != "0" for variable in neuron.variables)


def _step(neuron: Neuron) -> float:
    """The longest step that its time constants and dead times allow."""
    network = Network([Population("neurons", neuron)])
    for dt in _DTS[:-1]:
        try:
            check_step(dt, time_constants(network))
            check_on_grid(dt, refractory_times(network))
        except SimulationError:
            continue
        return dt
    return _DTS[-1]
