"""How far simulated rates are from their closed form, and how fast that shrinks with the step. Run by hand.

usage: python benchmarks/fi_curve.py
All currents of a neuron in one vectorised run. The error is the root mean square over the currents; its order of
convergence is the slope of log error against log step, first to last step; where chance (standard errors at the last
step) hides the error, only theory has an order. Without noise a spike falls on the end of its step: order 1; under
white noise crossings within a step are missed: order 1/2. With escape noise the error at these steps is chance.
"""

import time
from dataclasses import dataclass

import numpy as np
from rich.console import Console
from rich.progress import track
from rich.table import Table

from plasticity import spiking
from plasticity.arrays import Floats
from plasticity.neurons import NEURONS, Neuron, closed_form_rate, rate_in_steps, rheobase

LEVELS = np.linspace(1.05, 4.0, 40)  # rheobases
STEPS = (4e-4, 2e-4, 1e-4)  # seconds
SETTLE, MEASURE, COPIES = 0.1, 0.5, 200  # seconds; copies of a neuron with noise at each current
NAMES = ("lif_excitatory", "escape_lif", "white_noise_lif")


@dataclass(frozen=True)
class Row:
    """Errors of one neuron at each of STEPS, hertz: measured, expected, and the part that is chance."""

    name: str
    measured: list[float]
    expected: list[float]
    chance: float
    seconds: float


def rms(values: Floats) -> float:
    """Root mean square."""
    return float(np.sqrt(np.mean(values**2)))


def order(errors: list[float]) -> float:
    """Slope of log error against log step, from the first to the last step."""
    return float(np.log(errors[0] / errors[-1]) / np.log(STEPS[0] / STEPS[-1]))


def rates(neuron: Neuron, currents: Floats, dt: float) -> tuple[Floats, Floats]:
    """Measured rates and standard errors, hertz."""
    copies = 1 if neuron.name == "lif_excitatory" else COPIES
    found = spiking.rates(neuron, np.repeat(currents, copies), duration=MEASURE, settle=SETTLE, dt=dt)
    if copies == 1:
        return np.array([one.rate for one in found]), np.zeros(currents.size)
    counts = np.array([one.n_spikes for one in found]).reshape(-1, copies) / MEASURE
    return counts.mean(axis=1), counts.std(axis=1, ddof=1) / np.sqrt(copies)


def measured(name: str) -> Row:
    """Simulate one neuron at every step."""
    neuron, begin = NEURONS[name], time.perf_counter()
    currents = LEVELS * rheobase(neuron)
    closed = closed_form_rate(neuron, currents)
    found = [rates(neuron, currents, dt) for dt in STEPS]
    return Row(
        name,
        [rms(rate - closed) for rate, _ in found],
        [rms(rate_in_steps(neuron, currents, dt) - closed) for dt in STEPS],
        rms(found[-1][1]),
        time.perf_counter() - begin,
    )


def main() -> None:
    """Measure every neuron and print the table."""
    rows = [measured(name) for name in track(NAMES, "simulating", transient=True)]
    steps = [f"{dt * 1e3:g} ms" for dt in STEPS]
    table = Table(
        "neuron", *steps, "order", "order in theory", "chance", "seconds", title="error of the rate (Hz, rms)"
    )
    for row in rows:
        hidden = min(row.measured) < 3 * row.chance
        cells = [f"{error:.3g}" for error in row.measured]
        slope = "hidden by chance" if hidden else f"{order(row.measured):.2f}"
        table.add_row(row.name, *cells, slope, f"{order(row.expected):.2f}", f"{row.chance:.2g}", f"{row.seconds:.1f}")
    Console().print(table)


if __name__ == "__main__":
    main()
