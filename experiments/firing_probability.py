"""With what probability does a noisy neuron fire within a window, and is that probability a sigmoid of its current?

Source: gerstner2014, section 9.1 (escape noise: probability 1 - exp(-hazard window)).
Differs: the neurons are settled at their current and have not fired yet; currents in rheobases.
Time: quick 3 s, full 10 s (one Brian2 run, as long as the longest window).
"""

from dataclasses import dataclass

import numpy as np

from plasticity import spiking
from plasticity.arrays import Floats
from plasticity.artificial.activations import SIGMOID
from plasticity.experiment import Claim, Experiment, column, parameter
from plasticity.neurons import NEURONS, firing_probability, rheobase
from plasticity.plots import Figure, curves
from plasticity.plots.style import ARTIFICIAL
from plasticity.spiking import Network, Population

NEURON = NEURONS["escape_lif"]
FEWEST = 5  # neurons that fire, and that do not: with fewer, fractions are not distributed normally


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
    weight: Floats = column("1/rheobase", "windows", meaning="of the sigmoid unit of greatest likelihood")
    bias: Floats = column("1", "windows", meaning="of the same unit")
    line: Floats = column("rheobases", "line", meaning="currents of the curves")
    theory_line: Floats = column("1", "windows", "line", meaning="1 - exp(-hazard window)")
    sigmoid_line: Floats = column("1", "windows", "line", meaning="the fitted unit")
    theory: Floats = column("1", "windows", "currents", meaning="1 - exp(-hazard window)")
    sigmoid: Floats = column("1", "windows", "currents", meaning="the fitted unit")
    n_neurons: int = column("", meaning="at each current")


def run(parameters: Parameters) -> Result:
    """First spikes of many settled neurons at every current, in one run as long as the longest window."""
    p = parameters
    windows, currents = np.array(p.windows), np.linspace(0.0, p.strongest, p.n_currents)
    line, unit = np.linspace(0.0, p.strongest, 301), rheobase(NEURON)
    first = _first_spikes(p, np.repeat(currents * unit, p.n_neurons)).reshape(p.n_currents, p.n_neurons)
    fractions = np.stack([np.mean(first < round(window / p.dt), axis=1) for window in windows])
    theory = np.stack([firing_probability(NEURON, currents * unit, window) for window in windows])
    fits = np.array([_unit(currents, fraction) for fraction in fractions])
    return Result(
        windows=windows,
        currents=currents,
        fractions=fractions,
        errors=np.sqrt(theory * (1 - theory) / p.n_neurons),
        weight=fits[:, 1],
        bias=fits[:, 0],
        line=line,
        theory_line=np.stack([firing_probability(NEURON, line * unit, window) for window in windows]),
        sigmoid_line=SIGMOID(fits[:, :1] + fits[:, 1:] * line),
        theory=theory,
        sigmoid=SIGMOID(fits[:, :1] + fits[:, 1:] * currents),
        n_neurons=p.n_neurons,
    )


def _first_spikes(p: Parameters, amperes: Floats) -> Floats:
    """The step in which each neuron fires first; infinity for none."""
    n_steps = round(max(p.windows) / p.dt)
    current = np.tile(amperes, (n_steps, 1))
    # One step with more current takes the membrane from rest to where it would settle; from there it does not move.
    current[0] /= -np.expm1(-p.dt / NEURON.values["tau_m"])
    network = Network([Population("neurons", NEURON, amperes.size, current)])
    recording = spiking.simulate(network, n_steps * p.dt, dt=p.dt, seed=p.seed)
    return np.array([round(times[0] / p.dt) if len(times) else np.inf for times in recording.spikes["neurons"]])


def _unit(currents: Floats, fraction: Floats) -> tuple[float, float]:
    """Bias and weight of the sigmoid unit of greatest likelihood (least cross entropy), by Newton's method."""
    inputs = np.stack([np.ones(currents.size), currents - 1], axis=1)
    weights = np.zeros(2)
    for _ in range(40):
        y = SIGMOID(inputs @ weights)
        curvature = inputs.T @ (inputs * (y * (1 - y))[:, None])
        weights = weights + np.clip(np.linalg.solve(curvature, inputs.T @ (fraction - y)), -3, 3)
    return float(weights[0] - weights[1]), float(weights[1])


def draw(result: Result, figure: Figure) -> None:
    """Fractions over theory, with the fitted sigmoids; what each of both misses in the first window."""
    fired, missed = figure.subplots(1, 2, width_ratios=(1.3, 1.0))
    for number, window in enumerate(result.windows):
        curves.theory(fired, result.line, result.theory_line[number], "" if number else "1 - exp(-hazard window)")
        curves.curve(
            fired, result.line, result.sigmoid_line[number], "" if number else "fitted sigmoid", color=ARTIFICIAL
        )
        text = f"fired within {window * 1e3:g} ms"
        look = {"error": result.errors[number], "number": number}
        curves.points(fired, result.currents, result.fractions[number], text, **look)
        off = result.fractions[number] - result.theory[number]
        curves.points(missed, result.currents, off, text, **look)
        off = result.sigmoid_line[number] - result.theory_line[number]
        curves.curve(missed, result.line, off, f"sigmoid, {window * 1e3:g} ms", number=number)
    curves.zero_line(missed)
    curves.label(fired, "current (rheobases)", "probability of firing", "probability against current")
    curves.label(missed, "current (rheobases)", "difference to theory", "measured and sigmoid, minus theory")
    fired.legend(loc="lower right", bbox_to_anchor=(1.0, 0.05))
    missed.legend(ncols=2, loc="upper left")
    missed.set_ylim(top=missed.get_ylim()[1] * 1.7)


def caption(parameters: Parameters, result: Result) -> str:
    """What is seen."""
    return (
        f"Share of {result.n_neurons} neurons with escape noise (bars: standard errors) that fire within a window, of "
        f"those settled at a current. Theory in grey; dashed, the sigmoid unit of greatest likelihood for each window: "
        f"weights {', '.join(f'{weight:.1f}' for weight in result.weight)} a rheobase. A longer window moves the curve "
        f"to the left, as a bias does. Right: the sigmoid, being symmetrical, leaves 0 and reaches 1 too late."
    )


def _squares(result: Result, expected: Floats) -> Floats:
    """Mean square of the deviations in standard errors, for each window; about 1 for the truth."""
    n = result.n_neurons
    telling = np.minimum(result.theory, 1 - result.theory) * n >= FEWEST
    off = (result.fractions - expected) / np.where(telling, result.errors, np.inf)
    return np.sum(off**2, axis=1) / telling.sum(axis=1)


def _shift(result: Result) -> float:
    """How far the current of probability 1/2 moves from the first to the last window, rheobases."""
    halves = [np.interp(0.5, fraction, result.currents) for fraction in (result.fractions[0], result.fractions[-1])]
    return float(halves[0] - halves[1])


def _shift_in_theory(result: Result) -> float:
    """delta_v ln(ratio of windows): the hazard grows e-fold in delta_v, so that is what a longer window is worth."""
    v = NEURON.values
    worth = v["delta_v"] * np.log(result.windows[-1] / result.windows[0])
    return float(worth / (v["V_threshold"] - v["E_L"]))


EXPERIMENT = Experiment(
    name="firing_probability",
    question="With what probability does a noisy neuron fire within a window, and is that a sigmoid of its current?",
    source="gerstner2014, section 9.1",
    run=run,
    draw=draw,
    caption=caption,
    full=Parameters(),
    quick=Parameters(n_currents=19, n_neurons=1000),
    claims=(
        Claim(
            "The fraction that fires is 1 - exp(-hazard window) in every window (largest mean square, standard errors)",
            lambda result: _squares(result, result.theory).max(),
            lambda result: 1 + 5 * np.sqrt(2 / 10),
            "gerstner2014, section 9.1",
            reason="five standard errors of the mean of ten squares; as many currents tell at least",
            relation="at most",
        ),
        Claim(
            "A longer window moves the curve to weaker currents, by delta_v ln(ratio) (first to last, rheobases)",
            _shift,
            _shift_in_theory,
            "closed form",
            tolerance=lambda result: 0.02 + 5 * 0.35 / np.sqrt(result.n_neurons),
            reason="straight lines between currents; five standard errors of a fraction over its slope",
        ),
        Claim(
            "No sigmoid is this probability: it misses by more than chance (least mean square, in standard errors)",
            lambda result: _squares(result, result.sigmoid).min(),
            lambda result: 1 + 5 * np.sqrt(2 / 10),
            "closed form: 1 - exp(-exp(z)) is not symmetrical",
            reason="five standard errors of the mean of ten squares",
            relation="at least",
        ),
        Claim(
            "As activation a sigmoid is close: it misses the probability by a tenth at most",
            lambda result: np.abs(result.sigmoid_line - result.theory_line).max(),
            0.1,
            "closed form",
            relation="at most",
        ),
    ),
    memory=lambda p: 24.0 * p.n_currents * p.n_neurons * max(p.windows) / p.dt,
    records=(NEURON,),
    size=(11.0, 4.6),
)


if __name__ == "__main__":
    from plasticity.cli.run import script

    script(EXPERIMENT)
