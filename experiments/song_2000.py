"""What becomes of a thousand synapses that compete by pair STDP for when one neuron fires?

Source: song2000 (neuron, inputs, rule; weights that end at either bound, a rate that input hardly moves, Fig. 2).
Differs: time goes in steps, in which a coincident pair is ignored; its statements are checked, its curves not measured.
Time: quick 4 s, full 50 s (compiled, which needs Numba; quick without it five minutes, by Brian2 in C++).
"""

import numpy as np

from plasticity.arrays import Floats
from plasticity.claiming import at_least, at_most, same
from plasticity.experiment import Claim, Experiment
from plasticity.neurons.library.lif_synapses import LIF_CONDUCTANCE
from plasticity.plots import Axes, Figure, curves, maps
from plasticity.plots.style import FAINT
from plasticity.rules.library.pair_stdp import PAIR_STDP
from plasticity.studies.song_2000 import N_INHIBITORY, N_INPUTS, RATE_INHIBITORY, Parameters, Result, run

TENTHS = 10  # parts of the range of weights, for the shape of their distribution
SAID = {"compiled": "the compiled engine", "cpp_standalone": "Brian2 in C++", "numpy": "Brian2 in NumPy"}


def draw(result: Result, figure: Figure) -> None:
    """Weights in time and at the end, and why; the rate of the neuron in time, and both against the inputs' rate."""
    (growing, final, pairs), (rates, outputs, irregular) = figure.subplots(2, 3)
    middle = len(result.inputs) // 2
    _development(growing, result, middle)
    for number, k in enumerate(_shown(result)):
        curves.curve(final, result.bins, 100 * result.shares[k, -1], _of(result, k), number=number)
        curves.curve(rates, result.looks[1:], result.rates[k, 1:], _of(result, k), number=number)
    final.axhline(100 / len(result.bins), color=FAINT, zorder=0)
    final.legend(title="inputs at")
    curves.label(final, "weight (w_max)", "synapses (%)", "they end at the bounds")
    _pairs(pairs, result, middle)
    curves.log_axis(rates, [1, 10, 100, 1000])
    curves.log_axis(rates, [3, 10, 30, 100, 300], axis="y")
    curves.label(rates, "time of learning (s)", "output rate (Hz)", "its rate while it learns")
    for place, text, face in ((0, "before learning", "white"), (-1, "after", "black")):
        for axes, found in ((outputs, result.rates), (irregular, result.cvs)):
            curves.points(axes, result.inputs, found[:, place], text, number=3, markerfacecolor=face)
    curves.log_axis(outputs, [3, 10, 30, 100, 300], axis="y")
    outputs.legend(frameon=True)  # else its samples look like data
    curves.label(outputs, "input rate (Hz)", "output rate (Hz)", "input hardly moves it")
    irregular.axhline(1.0, color=FAINT, zorder=0)
    irregular.set_ylim(0.0, 1.2)
    irregular.legend(frameon=True)
    curves.label(irregular, "input rate (Hz)", "CV of its intervals", "it fires irregularly")


def _shown(result: Result) -> list[int]:
    """The lowest, the middle and the highest input rate."""
    return sorted({0, len(result.inputs) // 2, len(result.inputs) - 1})


def _of(result: Result, k: int) -> str:
    return f"{result.inputs[k]:g} Hz"


def _seconds(time: float) -> str:
    return f"{time:.2g}" if time < 100 else f"{time:.0f}"


def _development(axes: Axes, result: Result, k: int) -> None:
    """How many synapses have which weight, from look to look."""
    edges = np.linspace(0.0, 1.0, len(result.bins) + 1)
    shares, names = 100 * result.shares[k].T, [f"{low:.2f}" for low in edges[:-1]]
    maps.heat_map(axes, [""] * len(result.looks), names, shares, "synapses (%)")
    places = range(0, len(result.looks), 2)
    axes.set_xticks(places, [_seconds(result.looks[place]) for place in places])
    axes.set_yticks([-0.5, len(result.bins) / 2 - 0.5, len(result.bins) - 0.5], ["0", "0.5", "1"])
    curves.label(axes, "time of learning (s)", "weight (w_max)", f"weights part ({_of(result, k)})")


def _pairs(axes: Axes, result: Result, k: int) -> None:
    """What strengthens and what weakens a synapse, by its weight."""
    x, chance = result.levels[k], 100 * (result.asymmetry - 1)
    up, down = 100 * (result.leading[k] - 1), 100 * (result.asymmetry * result.trailing[k] - 1)
    curves.points(axes, x, up, "potentiation", error=196 * result.leading_errors[k], number=4)
    curves.points(axes, x, down, "depression", error=196 * result.asymmetry * result.trailing_errors[k], number=5)
    curves.theory(axes, [0.0, 1.0], [chance, chance], "closed form")
    axes.axvline(result.tipping[k], 0.0, 0.7, color=FAINT, zorder=0)
    curves.label(axes, "weight (w_max)", "above chance (%)", "why: the strong predict")
    curves.legend_above(axes)


def caption(parameters: Parameters, result: Result) -> str:
    """What is seen."""
    p, k = parameters, len(result.inputs) // 2
    return (
        f"A leaky neuron, {N_INPUTS} Poisson inputs that learn by pair STDP (A_plus {p.A_plus:g}, A_minus "
        f"{p.asymmetry:g} times that) and {N_INHIBITORY} inhibitory ones of {RATE_INHIBITORY:g} Hz that do not, for "
        f"{p.duration:g} s, by {SAID.get(result.engine, result.engine)}. a, c: inputs at {_of(result, k)}. b: grey, as "
        "many synapses of every weight. c: pairs beyond those of independent trains, weighed as the rule does (bars: "
        "95 %): a synapse helps to fire the spike that follows, the more its weight. Beyond "
        f"{result.tipping[k]:.2f} w_max (grey line) potentiation wins and the weight tends to the top, below it to 0. "
        "f: grey, a Poisson train. Learning brings the mean input just below the threshold of "
        f"{result.threshold * 1e3:g} mV ({_volts(result.drive_after)} mV; before, {_volts(result.drive_before)} mV), "
        "so that chance makes the neuron fire."
    )


def _volts(drive: Floats) -> str:
    return f"{drive.min() * 1e3:.1f} to {drive.max() * 1e3:.1f}"


def _tenths(result: Result) -> Floats:
    """The share of weights in every tenth of their range at the end, (n_inputs, TENTHS)."""
    return np.stack([np.histogram(w, TENTHS, (0.0, 1.0))[0] / w.size for w in result.weights])


def _ends_over_middle(result: Result) -> Floats:
    """The emptier end over the emptiest tenth between them, for every input rate."""
    tenths = _tenths(result)
    return np.asarray(np.minimum(tenths[:, 0], tenths[:, -1]) / np.maximum(tenths[:, 1:-1].min(axis=1), 1e-3))


def _spread(rates: Floats) -> float:
    return float(rates.max() / rates.min())


EXPERIMENT = Experiment(
    name="song_2000",
    question="What becomes of a thousand synapses that compete by pair STDP for when one neuron fires?",
    source="song2000, Fig. 2",
    run=run,
    draw=draw,
    caption=caption,
    full=Parameters(),
    quick=Parameters(rates=(10.0, 20.0, 40.0), duration=200.0, n_looks=5, tested=30.0, dt=2e-4),
    claims=(
        same(
            "On the spikes of the network the exact engine finds the weights that it learned (largest difference)",
            lambda r: r.apart,
            lambda r: np.zeros(r.apart.shape),
            by="another engine",
            tolerance=1e-12,
            reason="rounding",
        ),
        at_most(
            "Pairs in the order that weakens are as many as by chance, whatever the weight (distance, standard errors)",
            lambda r: np.abs(r.trailing - 1) / r.trailing_errors,
            5.0,
            by="closed form: inputs know nothing of earlier spikes",
            reason="five standard errors",
        ),
        at_most(
            "A synapse of no weight has as many pairs in the other order, too (distance, standard errors)",
            lambda r: np.abs(r.at_zero) / r.at_zero_errors,
            5.0,
            by="closed form: it does nothing to the neuron",
            reason="five standard errors",
        ),
        at_least(
            "Between 0 and w_max lies a weight from which both bounds are downhill (distance from the nearer bound)",
            lambda r: np.minimum(r.tipping, 1 - r.tipping),
            0.0,
            by="song2000: synapses compete, and none stays in between",
        ),
        at_least(
            "Weights gather at both bounds (the emptier end over the emptiest tenth in between, smallest ratio)",
            _ends_over_middle,
            1.0,
            by="song2000, Fig. 2: two peaks, at the bounds",
        ),
        at_most(
            "The faster the inputs, the weaker they become (largest growth of the mean weight, from rate to rate)",
            lambda r: np.diff(r.means[:, -1]),
            0.0,
            by="song2000, Fig. 2",
        ),
        Claim(
            "The output rate rises by a smaller factor than the inputs' does (factor between the extremes)",
            lambda r: _spread(r.rates[:, -1]),
            lambda r: _spread(r.inputs),
            "song2000, Fig. 2",
            relation="at most",
        ),
        at_least(
            "The neuron ends up firing irregularly (smallest CV of its intervals)",
            lambda r: r.cvs[:, -1],
            0.5,
            by="song2000: chance decides when it fires",
            reason="our choice: half of a Poisson train's; one that the mean input drives has a tenth",
        ),
        at_most(
            "After learning the mean input alone leaves the neuron below its threshold (highest voltage less it, mV)",
            lambda r: 1e3 * (r.drive_after - r.threshold),
            0.0,
            by="song2000: balanced excitation; closed form of the mean conductances",
        ),
    ),
    memory=lambda p: 32.0 * N_INPUTS * max(p.rates) * p.duration,
    records=(PAIR_STDP, LIF_CONDUCTANCE),
    size=(7.2, 4.05),
)


if __name__ == "__main__":
    from plasticity.cli.run import script

    script(EXPERIMENT)
