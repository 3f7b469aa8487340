"""What does a clamp at zero do to synapses that see the same spikes as their unbounded twins?

Source: song2000 (the rule, the neuron); guetig2003, eq. 2-3 (soft bounds); kempter1999, section III (the drift).
Differs: the postsynaptic train is given, not caused by the synapses, so that all twins see the same spikes.
Time: quick 4 s, full 6 s (exact evaluation; Brian2 for six synapses and the potentials).
"""

import numpy as np

from plasticity.arrays import Floats
from plasticity.claiming import at_least, same
from plasticity.experiment import Claim, Experiment
from plasticity.neurons import synaptic_potential
from plasticity.neurons.library.lif import LIF_EXCITATORY
from plasticity.plots import Axes, Figure, curves, spikes
from plasticity.plots.style import ARTIFICIAL, BIOLOGICAL, FAINT, SMALLEST, SOFT
from plasticity.studies.biological_and_artificial_weights import (
    ART,
    BIO,
    GROUPS,
    KINDS,
    SOFTLY,
    Parameters,
    Result,
    study,
)

COLORS = (BIOLOGICAL, ARTIFICIAL, SOFT)
WIDTH = 0.05  # of the bins of the histogram


def draw(result: Result, figure: Figure) -> None:
    """One synapse above, all synapses below."""
    grid = figure.add_gridspec(2, 3)
    one, lost, volts = (figure.add_subplot(grid[0, k]) for k in range(3))
    _one_synapse(one, lost, result)
    for kind, potential, color in zip(result.kinds, result.potentials, COLORS, strict=True):
        curves.curve(volts, result.after_spike * 1e3, potential * 1e3, kind, color=color)
    curves.curve(volts, result.after_spike * 1e3, result.start_potential * 1e3, "all, at the start", color=FAINT)
    curves.zero_line(volts)
    curves.label(volts, "time after a spike (ms)", "potential (mV)", "one spike, at the end")
    curves.shared_legend([one, volts])
    _all_synapses(figure.add_subplot(grid[1, 0]), figure.add_subplot(grid[1, 1:]), result)


def _one_synapse(weight: Axes, lost: Axes, result: Result) -> None:
    """The weight of the sample under each bound, and what the clamp threw away."""
    path = {"end": result.times[-1], "unit": "s"}
    for name, sample, color in zip(result.kinds, result.sample, COLORS, strict=True):
        spikes.weight_steps(weight, result.sample_times, sample, name, color=color, w0=result.w0, **path)
    spikes.weight_steps(lost, result.sample_times, -result.thrown_away, "", color=BIOLOGICAL, w0=0.0, **path)
    for axes in (weight, lost):
        curves.zero_line(axes)
        if np.isfinite(result.bite):
            axes.axvline(result.bite, color=FAINT, linestyle=":", zorder=0)
    title = f"the clamp bites at {result.bite:.1f} s" if np.isfinite(result.bite) else "the clamp never bites"
    curves.label(weight, "time (s)", "weight w (w_max)", "one synapse")
    curves.label(lost, "time (s)", "depression lost (w_max)", title)


def _all_synapses(mean: Axes, ends: Axes, result: Result) -> None:
    """Mean weights of the groups, and the weights at the end."""
    for kind, means, color in zip(result.kinds, result.means, COLORS, strict=True):
        for k, group in enumerate(means):
            curves.curve(mean, result.times, group, "" if k else str(kind), color=color)
    for name, end in zip(result.groups, result.means[ART, :, -1], strict=True):
        mean.text(result.times[-1] * 1.02, end, name, va="center", fontsize=SMALLEST)
    mean.set_xlim(0.0, result.times[-1] * 1.6)
    for name, weights, color in zip(result.kinds, result.ends, COLORS, strict=True):
        curves.histogram(ends, weights.ravel(), _edges(result.ends), str(name), color=color)
    ends.axvspan(_edges(result.ends)[0], 0.0, color=FAINT, alpha=0.2, zorder=0)
    curves.zero_line(mean)
    curves.label(mean, "time (s)", "mean weight (w_max)", "groups of synapses")
    curves.label(ends, "weight at the end (w_max)", "synapses", "all synapses; shaded: below zero")


def _edges(ends: Floats) -> Floats:
    """Of bins that hold their lower edge, and a weight at its upper bound within the bin below."""
    edges = np.arange(np.floor(ends.min() / WIDTH), np.ceil(ends.max() / WIDTH) + 2) * WIDTH
    return np.where(edges > 0.5, edges + 1e-9, edges)


def caption(parameters: Parameters, result: Result) -> str:
    """What is seen."""
    p = parameters
    below = float((result.ends[ART] < 0).mean())
    return (
        f"Pair STDP at {len(GROUPS)} x {p.n_synapses} synapses of one neuron; all fire at {p.rate:g} Hz; in two "
        f"groups {p.paired:.0%} of the presynaptic spikes lead or follow a postsynaptic one by {p.lag * 1e3:g} ms. "
        f"Biological is clamped to 0 and 1, artificial unbounded, on the same spikes. After {p.duration:g} s "
        f"{below:.0%} of the artificial weights are negative: their excitatory neuron inhibits. a, b, c: a synapse "
        f"whose presynaptic spikes follow; d, e: all."
    )


def _in_errors(result: Result) -> Floats:
    """How far each group's mean artificial change is from its closed form, in standard errors."""
    change = result.ends[ART] - result.w0
    errors = change.std(axis=1, ddof=1) / np.sqrt(change.shape[1]) + 1e-12  # none when all trains are alike
    return np.asarray((change.mean(axis=1) - result.drifting) / errors)


def _before(marks: np.ndarray) -> int:
    """How many spikes pass before the first marked one; all, when none is marked."""
    return int(np.argmax(marks)) if marks.any() else marks.size


def _peak(volts: Floats) -> float:
    """The largest deflection, with its sign."""
    return float(volts[np.abs(volts).argmax()])


EXPERIMENT = Experiment(
    name="biological_and_artificial_weights",
    question="What does a clamp at zero do to synapses that see the same spikes as their unbounded twins?",
    source="song2000; guetig2003, eq. 2-3; kempter1999, section III",
    run=study,
    draw=draw,
    caption=caption,
    full=Parameters(),
    quick=Parameters(n_synapses=40, duration=80.0),
    claims=(
        same(
            "Brian2 gives every twin the same weight as the exact engine (largest difference)",
            lambda r: r.brian2,
            lambda r: r.exact,
            by="another engine",
            tolerance=1e-12,
            reason="rounding",
        ),
        same(
            "A clamped weight is the free one, lifted by how far that has been below zero (largest error)",
            lambda r: r.clamp_error,
            lambda r: 0.0,
            by="Skorokhod's reflection",
            tolerance=1e-11,
            reason="rounding, added up over thousands of spikes",
        ),
        same(
            "Free weights drift as the window and the spikes say (largest distance of a group, standard errors)",
            _in_errors,
            lambda r: 0.0,
            by="kempter1999, section III",
            tolerance=5.0,
            reason="five standard errors",
        ),
        Claim(
            "The clamp bites at the very spike that takes the artificial weight below zero (spikes before it)",
            lambda r: _before(r.thrown_away != 0),
            lambda r: _before(r.sample[ART] < 0),
            "another route",
            reason="the same spike",
        ),
        Claim(
            "One spike through the artificial weight inhibits: its potential at the end (mV)",
            lambda r: 1e3 * _peak(r.potentials[ART]),
            lambda r: 1e3 * synaptic_potential(LIF_EXCITATORY, r.sample[ART, -1]),
            "closed form",
            tolerance=lambda r: 0.01 * 1e3 * abs(synaptic_potential(LIF_EXCITATORY, r.sample[ART, -1])),
            reason="a hundredth: the peak is met to within a step of 0.1 ms",
        ),
        at_least(
            "No spike through a biological or softly bounded weight ever inhibits (lowest potential, mV)",
            lambda r: 1e3 * r.potentials[[BIO, SOFTLY]],
            0.0,
            by="Dale's principle",
            tolerance=1e-9,
            reason="rounding of volts",
        ),
        same(
            "Soft bounds settle where up (1 - w) meets down w (largest distance of a group's mean)",
            lambda r: r.ends[SOFTLY].mean(axis=1),
            lambda r: r.settled,
            by="kempter1999, section III",
            tolerance=0.05,
            reason="the post train alone fires a few per cent more or less than its rate",
        ),
    ),
    memory=lambda p: 8.0 * len(GROUPS) * p.n_synapses * 2 * p.rate * p.duration * 14,
    records=(*KINDS.values(), LIF_EXCITATORY),
    size=(7.2, 4.0),
)


if __name__ == "__main__":
    from plasticity.cli.run import script

    script(EXPERIMENT)
