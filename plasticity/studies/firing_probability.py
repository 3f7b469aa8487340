"""The probability that a noisy neuron fires within a window, against its current, and the sigmoid unit that fits it.

Source: gerstner2014, section 9.1 (escape noise: probability 1 - exp(-hazard window)).
"""

from dataclasses import dataclass

import numpy as np

from plasticity import spiking
from plasticity.arrays import Floats
from plasticity.artificial.activations import SIGMOID
from plasticity.errors import ArgumentError
from plasticity.experiment import column, parameter
from plasticity.grid import whole_steps
from plasticity.neurons import NEURONS, firing_probability, rheobase
from plasticity.spiking import Network, Population

NEURON = NEURONS["escape_lif"]


@dataclass(frozen=True)
class Parameters:
    """What can be set."""

    windows: tuple[float, ...] = parameter((2e-3, 5e-3, 20e-3), "ms", "windows", least=5e-4, most=0.2)
    strongest: float = parameter(1.8, "1", "largest current, in rheobases", least=1.2, most=5)
    n_currents: int = parameter(37, meaning="currents from none to the largest", least=5, most=1000)
    n_neurons: int = parameter(4000, meaning="neurons at each current", least=50, most=20_000)
    dt: float = parameter(1e-4, "ms", "step", least=1e-5, most=2e-4)
    seed: int = 0


@dataclass(frozen=True)
class Result:
    """Fractions of neurons that fired in each window, theory, and the fitted sigmoid unit."""

    windows: Floats = column("ms", "windows")
    currents: Floats = column("rheobases", "currents")
    fractions: Floats = column("1", "windows", "currents", meaning="of neurons that fired within the window")
    errors: Floats = column("1", "windows", "currents", meaning="standard errors, from theory")
    half: Floats = column("rheobases", "windows", meaning="current at which half of the neurons fire; NaN: none tried")
    half_expected: Floats = column("rheobases", "windows", meaning="the same in closed form")
    weight: Floats = column("1/rheobase", "windows", meaning="of the sigmoid unit of greatest likelihood")
    bias: Floats = column("1", "windows", meaning="of the same unit")
    line: Floats = column("rheobases", "line", meaning="currents of the curves")
    theory_line: Floats = column("1", "windows", "line", meaning="1 - exp(-hazard window)")
    sigmoid_line: Floats = column("1", "windows", "line", meaning="the fitted unit")
    theory: Floats = column("1", "windows", "currents", meaning="1 - exp(-hazard window)")
    sigmoid: Floats = column("1", "windows", "currents", meaning="the fitted unit")
    n_neurons: int = column("", meaning="at each current")


def study(parameters: Parameters, target: str = "auto") -> Result:
    """First spikes of many settled neurons at every current, in one run as long as the longest window."""
    p = parameters
    windows, currents = np.array(p.windows), np.linspace(0.0, p.strongest, p.n_currents)
    line, unit = np.linspace(0.0, p.strongest, 301), rheobase(NEURON)
    first = _first_spikes(p, np.repeat(currents * unit, p.n_neurons), target).reshape(p.n_currents, p.n_neurons)
    n_steps = [whole_steps(window, p.dt, "a window") for window in p.windows]
    fractions = np.stack([np.mean(first < n, axis=1) for n in n_steps])
    theory = np.stack([firing_probability(NEURON, currents * unit, window) for window in windows])
    fits = np.array([fitted_unit(currents, fraction) for fraction in fractions])
    return Result(
        windows=windows,
        currents=currents,
        fractions=fractions,
        errors=np.sqrt(theory * (1 - theory) / p.n_neurons),
        half=np.array([_half(currents, fraction) for fraction in fractions]),
        half_expected=np.array([_half_in_closed_form(window) for window in p.windows]),
        weight=fits[:, 1],
        bias=fits[:, 0],
        line=line,
        theory_line=np.stack([firing_probability(NEURON, line * unit, window) for window in windows]),
        sigmoid_line=SIGMOID(fits[:, :1] + fits[:, 1:] * line),
        theory=theory,
        sigmoid=SIGMOID(fits[:, :1] + fits[:, 1:] * currents),
        n_neurons=p.n_neurons,
    )


def _half(currents: Floats, fraction: Floats) -> float:
    """Where the fraction first reaches one half, on a straight line between the currents tried; NaN for nowhere."""
    reached = np.flatnonzero(fraction >= 0.5)
    if not reached.size or not reached[0]:
        return np.nan
    k = int(reached[0])
    return float(np.interp(0.5, fraction[k - 1 : k + 1], currents[k - 1 : k + 1]))


def _half_in_closed_form(window: float) -> float:
    """The current at which hazard window = ln 2, from the exponential hazard turned round."""
    v = NEURON.values
    above = v["delta_v"] * np.log(np.log(2) / (window * v["rate_threshold"]))
    return float(1 + above / (v["V_threshold"] - v["E_L"]))


def half_tolerance(result: Result) -> float:
    """How far a half that was measured may be from the closed form: a straight line in place of the curve, and chance.

    At the half a probability 1 - exp(-e^u) has the slope ln(2)/2 du/dI, and bends by (1 - ln 2) du/dI as much.
    """
    v = NEURON.values
    growth = (v["V_threshold"] - v["E_L"]) / v["delta_v"]
    spacing = float(result.currents[1] - result.currents[0])
    chance = 5 * 0.5 / np.sqrt(result.n_neurons) / (np.log(2) / 2 * growth)
    return float(growth * (1 - np.log(2)) * spacing**2 / 8 + chance)


def _first_spikes(p: Parameters, amperes: Floats, target: str) -> Floats:
    """The step in which each neuron fires first; infinity for none."""
    n_steps = round(max(p.windows) / p.dt)
    current = np.tile(amperes, (n_steps, 1))
    # One step with more current takes the membrane from rest to where it would settle; from there it does not move.
    current[0] /= -np.expm1(-p.dt / NEURON.values["tau_m"])
    network = Network([Population("neurons", NEURON, amperes.size, current)])
    recording = spiking.simulate(network, n_steps * p.dt, dt=p.dt, seed=p.seed, target=target)
    return np.array([round(times[0] / p.dt) if len(times) else np.inf for times in recording.spikes["neurons"]])


def fitted_unit(currents: Floats, fraction: Floats) -> tuple[float, float]:
    """Bias and weight of the sigmoid unit of greatest likelihood (least cross entropy), by Newton's method.

    raises ArgumentError where no neuron that fires has a weaker current than one that does not: any steeper sigmoid
    would be likelier still
    """
    fires, rests = currents[fraction > 0], currents[fraction < 1]
    if not fires.size or not rests.size or fires[0] >= rests[-1]:
        raise ArgumentError(
            f"{currents.size} currents up to {currents[-1]:g} rheobases find too few at which some neurons fire and "
            "others do not; set more currents, or a largest one nearer to 1"
        )
    inputs = np.stack([np.ones(currents.size), currents - 1], axis=1)
    weights = np.zeros(2)
    for _ in range(40):
        y = SIGMOID(inputs @ weights)
        curvature = inputs.T @ (inputs * (y * (1 - y))[:, None])
        weights = weights + np.clip(np.linalg.solve(curvature, inputs.T @ (fraction - y)), -3, 3)
    return float(weights[0] - weights[1]), float(weights[1])
