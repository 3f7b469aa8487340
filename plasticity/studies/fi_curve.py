"""Firing rates of a neuron without noise over ranges of currents, and under a bias; its closed form beside them.

Source: gerstner2014, section 1.3 (rates without noise).
"""

from dataclasses import dataclass

import numpy as np

from plasticity import spiking
from plasticity.arrays import Floats
from plasticity.experiment import column, parameter
from plasticity.neurons import closed_form_rate, rate_in_steps, rheobase, with_parameters
from plasticity.neurons.library.lif import LIF_EXCITATORY
from plasticity.spiking import Network, Population


@dataclass(frozen=True)
class Parameters:
    """What can be set."""

    tops: tuple[float, ...] = parameter((2.0, 4.0, 10.0), "1", "ends of the ranges, in rheobases", least=1.5, most=20)
    n_currents: int = parameter(24, meaning="currents in each range", least=8, most=500)
    biases: tuple[float, ...] = parameter((-0.5, 0.0, 0.5, 1.0), "1", "in rheobases above it", least=-0.9, most=2)
    measured: float = parameter(1.0, "ms", "time that is measured", least=0.2, most=20)
    settling: float = parameter(0.1, "ms", "time before, that is not", least=0.04, most=1)
    dt: float = parameter(5e-5, "ms", "step", least=1e-5, most=2e-4)


@dataclass(frozen=True)
class Result:
    """The rates over every range of currents, and under every bias."""

    tops: Floats = column("rheobases", "tops", meaning="end of the range")
    currents: Floats = column("rheobases", "tops", "places")
    rates: Floats = column("Hz", "tops", "places", meaning="measured")
    closed_form: Floats = column("Hz", "tops", "places", meaning="in continuous time")
    in_steps: Floats = column("Hz", "tops", "places", meaning="what theory expects in steps of dt")
    moved: Floats = column("rheobases", "biases", meaning="from the current without bias of the same rate, on average")
    biases: Floats = column("rheobases", "biases", meaning="above the rheobase; -1 is no current")
    bias_currents: Floats = column("rheobases", "bias_currents", meaning="added to the bias")
    bias_rates: Floats = column("Hz", "biases", "bias_currents", meaning="measured")
    line: Floats = column("rheobases", "line", meaning="current of the closed forms that are drawn")
    rate_line: Floats = column("Hz", "line", meaning="closed form")
    bias_line: Floats = column("Hz", "biases", "line", meaning="closed form")
    dt: float = column("s", meaning="step")


def study(parameters: Parameters, target: str = "auto") -> Result:
    """Fire the neuron at every current, and with every bias, at once."""
    p, unit = parameters, rheobase(LIF_EXCITATORY)
    currents = np.array([(np.arange(p.n_currents) + 0.5) * top / p.n_currents for top in p.tops])
    biases, bias_currents = np.array([LIF_EXCITATORY.values["bias"], *p.biases]), np.linspace(-2, 3, 2 * p.n_currents)
    biased = [with_parameters(LIF_EXCITATORY, bias=float(bias)) for bias in biases]
    line = np.linspace(-2.0, max(p.tops), 1201)
    populations = [
        Population("free", LIF_EXCITATORY, currents.size, currents.ravel() * unit),
        *(Population(f"biased{k}", made, bias_currents.size, bias_currents * unit) for k, made in enumerate(biased)),
    ]
    recording = spiking.simulate(Network(populations), 2 * p.settling + p.measured, dt=p.dt, target=target)
    free, *bias_rates = (_rates(recording.spikes[one.name], p) for one in populations)
    return Result(
        tops=np.array(p.tops),
        currents=currents,
        rates=free.reshape(currents.shape),
        closed_form=closed_form_rate(LIF_EXCITATORY, currents * unit),
        in_steps=rate_in_steps(LIF_EXCITATORY, currents * unit, p.dt),
        moved=np.array([_moved(bias_currents, rates, p.dt) for rates in bias_rates]),
        biases=biases,
        bias_currents=bias_currents,
        bias_rates=np.stack(bias_rates),
        line=line,
        rate_line=closed_form_rate(LIF_EXCITATORY, line * unit),
        bias_line=np.stack([closed_form_rate(neuron, line * unit) for neuron in biased]),
        dt=p.dt,
    )


def _rates(trains: list[Floats], p: Parameters) -> Floats:
    """Rates (Hz) from intervals, which are all alike."""
    windows = [train[(train >= p.settling) & (train < p.settling + p.measured)] for train in trains]
    return np.array([spiking.statistics(train, p.measured).rate for train in windows])


def _moved(currents: Floats, rates: Floats, dt: float) -> float:
    """Mean distance to the current at which the neuron without bias has the same rate: its closed form, inverted.

    Steps lengthen an interval by half a step on average, which is taken off before.
    """
    v = LIF_EXCITATORY.values
    fires = rates > 0
    growth = np.exp((1 / rates[fires] - dt / 2 - v["t_ref"]) / v["tau_m"])
    settled = (v["V_threshold"] * growth - v["V_reset"]) / (growth - 1)
    without = (settled - v["E_L"]) / (v["V_threshold"] - v["E_L"])
    return float(np.mean(currents[fires] - without))
