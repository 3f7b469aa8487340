"""The picture of a neuron: its voltage under steps of current, and its rate over the current, of one Brian2 run."""

import numpy as np

from plasticity import spiking
from plasticity.arrays import Floats
from plasticity.errors import NeuronError, PlasticityError, SimulationError
from plasticity.networks import Network, Population
from plasticity.networks.checks import check_on_grid, check_step
from plasticity.networks.network import refractory_times, time_constants
from plasticity.neurons import Neuron, closed_form_rate, known_in_closed_form, rheobase
from plasticity.quantities import in_unit, written
from plasticity.studies.onset import onset
from plasticity.studies.portraits import WIDTH, Line, Panel, Portrait, missing

STEPS = (0.9, 1.2, 2.0)  # of the rheobase
SETTLING, COUNTED = 0.2, 1.0  # seconds that the rate does not count, and those that it does
SHOWN = 0.2  # seconds of voltage
_PLACES = np.array([0.5, 0.7, 0.8, 0.9, 0.95, 1.0, 1.05, 1.1, 1.15, *np.arange(1.2, 3.05, 0.1)])  # rheobases
_WITH_NOISE = np.linspace(0.0, 3.0, 31)
N_COPIES = 10  # of a neuron with noise
_SOUGHT, _SEARCH = np.geomspace(1e-12, 2e-8, 120), 0.3  # amperes, and seconds at each, of a neuron without a rheobase
_REGULAR = 0.02  # of an interval: as much as two may differ where one interval tells the rate; our choice
_DTS = (1e-4, 5e-5, 2.5e-5, 1e-5)  # seconds, of which the longest that fits is taken


def neuron_portrait(neuron: Neuron) -> Portrait:
    """The panels of a neuron, simulated in Brian2: two seconds of work, of many channels nine."""
    try:
        return _portrait(neuron)
    except PlasticityError as error:
        return Portrait(
            neuron.name, f"{neuron.name}: {neuron.summary}.", ((missing("voltage", str(error)),),), (WIDTH, 1.0)
        )


def _portrait(neuron: Neuron) -> Portrait:
    dt = step_of(neuron)
    unit, told = _unit(neuron, dt)
    currents = unit * (_WITH_NOISE if _is_noisy(neuron) else _PLACES)
    n_copies = N_COPIES if _is_noisy(neuron) else 1
    duration = SETTLING + COUNTED
    run = spiking.voltages(neuron, np.repeat(currents, n_copies), duration=duration, dt=dt, target="numpy")
    trains = [run.spikes["neurons"][k : k + n_copies] for k in range(0, len(currents) * n_copies, n_copies)]
    caption = (
        f"{neuron.name}: {neuron.summary}. {told} {written(float(f'{unit:.4g}'), 'pA')}. Simulated in Brian2 with "
        f"steps of {dt * 1e3:g} ms; rates are spikes per second from {SETTLING:g} to {duration:g} s after the onset of "
        f"the current, where they are regular from their intervals."
    )
    shown = run.times < SHOWN
    volts = run.voltages["neurons"][shown][:, ::n_copies]
    places = [int(np.abs(currents - step * unit).argmin()) for step in STEPS]
    voltages = [_voltage(step, run.times[shown], volts[:, k]) for step, k in zip(STEPS, places, strict=True)]
    return Portrait(neuron.name, caption, (voltages, [_rate_panel(neuron, currents, trains)]), (WIDTH, 4.05))


def _unit(neuron: Neuron, dt: float) -> tuple[float, str]:
    """The current (A) that stands for the rheobase, and what it is."""
    if "rheobase" in known_in_closed_form(neuron):
        return rheobase(neuron), "Its rheobase, in closed form, is"
    found = onset(neuron)
    if found.lost_at is not None and found.is_gradual:
        return found.lost_at, "Its rheobase, where its rest vanishes, is"
    return _least(neuron, found.lost_at, dt), "The least current found at which it goes on firing is"


def _voltage(step: float, times: Floats, volts: Floats) -> Panel:
    return Panel(f"{step:.2g} rheobases", "time (ms)", "V (mV)", [Line(times * 1e3, np.asarray(in_unit(volts, "mV")))])


def _rate_panel(neuron: Neuron, currents: Floats, trains: list[list[Floats]]) -> Panel:
    """The rate in the run, and in closed form where there is one."""
    x = currents * 1e12
    lines = [Line(x, np.array([np.mean([_rate(train) for train in copies]) for copies in trains]), "Brian2")]
    if "rate" in known_in_closed_form(neuron):
        fine = np.linspace(currents[0], currents[-1], 400)
        lines.append(Line(fine * 1e12, np.asarray(closed_form_rate(neuron, fine)), "closed form"))
    return Panel("rate over current", "current (pA)", "firing rate (Hz)", lines, kind="rates")


def _rate(train: Floats) -> float:
    """Spikes per second (Hz) of those counted; where it fires regularly to the end, one over the interval."""
    counted = train[train >= SETTLING]
    intervals = np.diff(counted)
    if len(intervals) and np.ptp(intervals) <= _REGULAR * intervals.mean():
        if SETTLING + COUNTED - counted[-1] <= (1 + _REGULAR) * intervals.mean():
            return float(1 / intervals.mean())
    return float(len(counted) / COUNTED)


def _least(neuron: Neuron, lost_at: float | None, dt: float) -> float:
    """The least current at which it goes on firing, or, when it never does, fires at all; up to where rest is lost."""
    currents = _SOUGHT if lost_at is None else lost_at * np.linspace(0.3, 1.1, 81)
    trains = spiking.voltages(neuron, currents, duration=_SEARCH, dt=dt, target="numpy").spikes["neurons"]
    for least in (0.9 * _SEARCH, 0.0):
        fires = np.array([bool((train >= least).any()) for train in trains])
        if fires.any():
            return float(currents[fires.argmax()])
    raise NeuronError(f"{neuron} is silent at up to {written(float(currents[-1]), 'nA')}, for {_SEARCH:g} s")


def _is_noisy(neuron: Neuron) -> bool:
    return bool(neuron.hazard) or any(variable.noise != "0" for variable in neuron.variables)


def step_of(neuron: Neuron) -> float:
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
