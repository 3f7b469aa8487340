"""How slowly can a neuron fire, and does its firing set in gradually or at once?

Source: ermentrout1996 and fourcaud2003 (integrators, type I); hodgkin1952 (the squid axon, type II).
Differs: constant currents switched on at rest; the onset of ion channels is told from their equations, linearised.
Time: quick 4 s, full 40 s (Brian2, NumPy; an interval is right to a step, and to two where it is short).
"""

from dataclasses import dataclass

import numpy as np

from plasticity.arrays import Floats
from plasticity.experiment import Claim, Experiment, column, parameter
from plasticity.neurons import NEURONS, closed_form_rate, last_rest, rheobase
from plasticity.plots import Figure, curves
from plasticity.plots.wording import name_in_words
from plasticity.spiking import Network, Population, simulate

INTEGRATORS = ("quadratic", "exponential")
CELL, SQUID = "traub_miles", "hodgkin_huxley"
VOLTAGES = (-72e-3, -50e-3, 89)  # of the search for the last rest


@dataclass(frozen=True)
class Parameters:
    """What can be set."""

    n_currents: int = parameter(20, meaning="currents of each neuron", least=6, most=200)
    integrators: float = parameter(1.0, "ms", "time in which the integrators have to fire twice", least=0.1, most=20.0)
    slowest: float = parameter(1.0, "ms", "time in which the cell has to fire twice", least=0.25, most=20.0)
    squid: float = parameter(0.3, "ms", "time in which the squid axon has to", least=0.1, most=2.0)
    dt: float = parameter(5e-5, "ms", "step", least=1e-5, most=5e-5)


@dataclass(frozen=True)
class Result:
    """Rates of the last interval; 0 where there is none in the last third of the run."""

    neurons: np.ndarray = column("", "neurons")
    onsets: Floats = column("pA", "neurons", meaning="current at which rest is lost, from the equations")
    currents: Floats = column("pA", "neurons", "places")
    rates: Floats = column("Hz", "neurons", "places")
    closed_form: Floats = column("Hz", "integrators", "places")
    line_currents: Floats = column("pA", "integrators", "line", meaning="of the closed forms that are drawn")
    line: Floats = column("Hz", "integrators", "line", meaning="closed form")
    dt: float = column("ms", meaning="step")


def run(parameters: Parameters) -> Result:
    """Fire each neuron at currents around its onset."""
    p = parameters
    names = (*INTEGRATORS, CELL, SQUID)
    onsets = np.array([_onset(name) for name in names])
    reach = {**dict.fromkeys(INTEGRATORS, np.linspace(0.0, 8.0, p.n_currents))}
    reach[CELL] = np.append([0.7, 0.95], 1 + np.geomspace(0.28, 3.0, p.n_currents - 2))  # near its onset, and beyond
    reach[SQUID] = np.linspace(0.4, 1.6, p.n_currents)
    currents = np.array([reach[name] * onset for name, onset in zip(names, onsets, strict=True)])
    durations = (p.integrators, p.integrators, p.slowest, p.squid)
    rates = np.array([_rates(*each, p.dt) for each in zip(names, currents, durations, strict=True)])
    lines = np.array([np.linspace(0.0, given[-1], 400) for given in currents[: len(INTEGRATORS)]])
    forms, drawn = (
        np.array([closed_form_rate(NEURONS[name], at) for name, at in zip(INTEGRATORS, given, strict=False)])
        for given in (currents, lines)
    )
    return Result(np.array(names), onsets, currents, rates, forms, lines, drawn, p.dt)


def _onset(name: str) -> float:
    """The current at which rest is lost: the rheobase in closed form, or from the linearised equations."""
    neuron = NEURONS[name]
    return rheobase(neuron) if name in INTEGRATORS else last_rest(neuron, np.linspace(*VOLTAGES)).current


def _rates(name: str, currents: Floats, duration: float, dt: float) -> Floats:
    """One over the last interval (Hz), where the neuron still fires in the last third of the run."""
    part = Population(name, NEURONS[name], len(currents), currents)
    trains = simulate(Network([part]), duration, dt=dt, target="numpy").spikes[name]
    return np.array([1 / np.diff(t)[-1] if len(t) > 1 and t[-1] > duration / 1.5 else 0.0 for t in trains])


def draw(result: Result, figure: Figure) -> None:
    """Rates against current, integrators left, ion channels right."""
    left, right = figure.subplots(1, 2)
    for number, name in enumerate(result.neurons):
        axes = left if name in INTEGRATORS else right
        x = result.currents[number] * 1e12
        if name in INTEGRATORS:
            line = result.line_currents[number] * 1e12
            curves.theory(axes, line, result.line[number], "" if number else "closed form")
        curves.points(axes, x, result.rates[number], name_in_words(str(name)), number=number)
    curves.label(left, "current (pA)", "firing rate (Hz)", "integrate-and-fire: from zero")
    curves.label(right, "current (pA)", "firing rate (Hz)", "ion channels: from zero, or not")
    curves.log_axis(right, [10, 30, 100, 300, 1000])
    left.legend()
    right.legend()


def caption(parameters: Parameters, result: Result) -> str:
    """What is seen."""
    cell, squid = result.onsets[2:] * 1e12
    return (
        f"Rates of the last interval (Brian2, step {parameters.dt * 1e3:g} ms). traub_miles loses rest at "
        f"{cell:.2f} pA, where its rate grows from zero; hodgkin_huxley, the squid axon, at {squid:.0f} pA, but it "
        "fires from "
        f"{_first(result) * 1e12:.0f} pA on when the current is switched on, at {_lowest(result, 3):.0f} Hz or more."
    )


def _first(result: Result) -> float:
    """The smallest current (A) at which the squid axon goes on firing."""
    return float(result.currents[3][result.rates[3] > 0].min())


def _lowest(result: Result, neuron: int) -> float:
    rates = result.rates[neuron]
    return float(rates[rates > 0].min())


def _steps_off(result: Result, neuron: int) -> float:
    """The largest excess of an interval over its closed form, in steps; a climb is rounded up."""
    fires = result.rates[neuron] > 0
    late = 1 / result.rates[neuron][fires] - 1 / result.closed_form[neuron][fires]
    return float(np.max(np.abs(late - result.dt / 2)) / result.dt)


def _extrapolated(result: Result) -> float:
    """The current at which the cell's squared rate would be zero, over that of its onset.

    By a parabola through its slowest rates, up to twice the slowest.
    """
    rates = result.rates[2]
    slow = (rates > 0) & (rates < 2 * _lowest(result, 2))
    return float(np.polyfit(rates[slow] ** 2, result.currents[2][slow], 2)[-1] / result.onsets[2])


EXPERIMENT = Experiment(
    name="excitability",
    question="How slowly can a neuron fire, and does its firing set in gradually or at once?",
    source="ermentrout1996; fourcaud2003; ermentrout1998; hodgkin1952",
    run=run,
    draw=draw,
    caption=caption,
    full=Parameters(),
    quick=Parameters(n_currents=10, integrators=0.25, slowest=0.36, squid=0.1),
    claims=(
        Claim(
            "The quadratic neuron fires at the rate of its closed form (largest error of an interval, in steps)",
            lambda result: _steps_off(result, 0),
            0.5,
            "closed form: an arctangent",
            tolerance=0.01,
            reason="a climb is rounded up to whole steps, and Runge's error",
            relation="at most",
        ),
        Claim(
            "The exponential neuron fires at the rate of its quadrature (largest error of an interval, in steps)",
            lambda result: _steps_off(result, 1),
            0.5,
            "closed form: an integral",
            tolerance=0.25,
            reason="a climb is rounded up to whole steps, and Runge's error in the step of the upstroke",
            relation="at most",
        ),
        Claim(
            "traub_miles begins to fire slowly, where its rest is lost: its squared rate, followed down, vanishes at "
            "this current (the one current over the other)",
            _extrapolated,
            1.0,
            "ermentrout1996: a saddle-node on a circle; the end of rest from the linearised equations",
            tolerance=0.05,
            reason="the square root is the first term of a series; rates of 8 Hz and more",
        ),
        Claim(
            "hodgkin_huxley, the squid axon, cannot fire slowly: its lowest rate is half of that at 1.6 times the "
            "current at which its rest is lost, or more (lowest rate over that one)",
            lambda result: _lowest(result, 3) / result.rates[3][-1],
            0.5,
            "hodgkin1952: type II",
            relation="at least",
        ),
        Claim(
            "traub_miles can fire slowly: its lowest rate is half of that at 4 times the current at which its rest is "
            "lost, or less (lowest rate over that one)",
            lambda result: _lowest(result, 2) / result.rates[2][-1],
            0.5,
            "ermentrout1998: type I",
            relation="at most",
        ),
        Claim(
            "hodgkin_huxley, the squid axon, goes on firing at currents at which it could still rest (the least of "
            "them over the current at which its rest is lost)",
            lambda result: _first(result) / result.onsets[3],
            0.9,
            "the end of rest from the linearised equations",
            relation="at most",
        ),
    ),
    memory=lambda p: 16.0 * p.n_currents * (max(p.integrators, p.slowest) / p.dt),
    records=(*(NEURONS[name] for name in (*INTEGRATORS, CELL, SQUID)),),
    size=(7.2, 3.0),
)


if __name__ == "__main__":
    from plasticity.cli.run import script

    script(EXPERIMENT)
