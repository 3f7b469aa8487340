"""What do two neurons do that drive each other: settle, remember, choose a winner, or oscillate?

Source: lecture (the loop of two neurons); gerstner2014, section 1.3 (the rate of the spiking neurons).
Differs: rate neurons are sigmoids whose bias makes half a partner's rate neutral; the spiking pairs are ours.
Time: quick 5 s, full 8 s (rate loops, then one Brian2 run of three spiking pairs).
"""

from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.claiming import at_most, pick
from plasticity.experiment import Claim, Experiment
from plasticity.plots import Axes, Figure, curves
from plasticity.plots.style import ARTIFICIAL, FAINT
from plasticity.studies.loops_of_two import SIGNS, Parameters, Result, study
from plasticity.studies.spiking_pairs import END, EXCITATORY, INHIBITORY, LENGTH, ONSETS, PAIRS
from plasticity.studies.two_neuron_loop import CUT, N_BEFORE, N_PULSE

OF_PAIRS = (1, 3, 4, 5)  # colours of kinds of pairs: others than those of A and B
SHORT = {"one excites, one inhibits": "one of each", CUT: "no way back"}  # names of pairs for a legend


def draw(result: Result, figure: Figure) -> None:
    """Above the planes of the rate loops; beneath discrete time, and the spiking pairs."""
    above, beneath = figure.subplots(2, len(SIGNS))
    for k, axes in enumerate(above):
        _draw_plane(axes, result, k)
    _draw_pulsed(beneath[0], result)
    for axes, pair, rates in zip(beneath[1:], PAIRS, result.spike_rates, strict=True):
        for start in ONSETS:
            axes.axvspan(start * 1e3, (start + LENGTH) * 1e3, color=FAINT, alpha=0.5, linewidth=0)
        for side, name in enumerate("AB"):
            curves.curve(axes, result.clock * 1e3, rates[side], name, number=2 * side)
        curves.label(axes, "time (ms)", "firing rate (Hz)", f"{pair}, spikes")
    curves.shared_legend([above[1], *beneath[:2]])


def _draw_pulsed(axes: Axes, result: Result) -> None:
    axes.axvspan(N_BEFORE, N_BEFORE + N_PULSE, color=FAINT, alpha=0.5, linewidth=0)
    shown = slice(N_BEFORE - 5, N_BEFORE + N_PULSE + 20)
    for number, kind in enumerate(result.pulsed_kinds):
        text = SHORT.get(str(kind), str(kind))
        steps, look = np.arange(result.pulsed.shape[1])[shown], OF_PAIRS[number]
        curves.curve(axes, steps, result.pulsed[number, shown], text, number=look)
    curves.label(axes, "step", "change of a rate", "a pulse to B, in steps")


def _draw_plane(axes: Axes, result: Result, k: int) -> None:
    for start in range(result.paths.shape[2]):
        _draw_path(axes, result.paths[k, :, start])
    curves.curve(axes, result.nullclines[k, 0], result.axis, "A stands still", number=0)
    curves.curve(axes, result.axis, result.nullclines[k, 1], "B stands still", number=2)
    for is_stable, fill, text in ((True, ARTIFICIAL, "stable"), (False, "white", "unstable")):
        chosen = (result.point_kinds == result.kinds[k]) & (result.is_stable == is_stable)
        look: dict[str, Any] = {"color": ARTIFICIAL, "markerfacecolor": fill, "markersize": 5, "zorder": 5}
        axes.plot(result.points_a[chosen], result.points_b[chosen], "o", label=text, **look)
    curves.label(axes, "rate of A", "rate of B", f"{result.kinds[k]}:\n{result.regimes[k]}")
    axes.set_xlim(-0.03, 1.03)
    axes.set_ylim(-0.03, 1.03)


def _draw_path(axes: Axes, path: Floats) -> None:
    """A grey path with an arrow half-way along."""
    axes.plot(*path.T, color=FAINT, linewidth=0.9, zorder=1)
    passed = np.cumsum(np.hypot(*np.diff(path, axis=0).T))
    middle = int(np.searchsorted(passed, passed[-1] / 2))
    look = {"arrowstyle": "-|>", "color": FAINT, "linewidth": 0.9, "mutation_scale": 7}
    axes.annotate("", path[middle + 1], path[middle], arrowprops=look, zorder=1)


def caption(parameters: Parameters, result: Result) -> str:
    """What is seen."""
    p = parameters
    return (
        f"a to d: two sigmoid rate neurons with weights {p.weak:g} (a) and {p.strength:g}: paths from {p.n_starts} "
        "random starts (grey), where one rate stands still (nullclines), fixed points (full: stable; open: not). e: "
        "what a pulse (shaded) changes in steps; in a loop it can last, as another state or phase; without a way back "
        f"(a DAG) nothing is left. f to h: spiking pairs, weight {p.weight:g} (rules end at 1: one neuron stands for "
        f"{p.weight:g}); rate: one over the last interval, or the silence since. Shaded: a pulse to A, then one to B. "
        "Mutual excitation is switched on and, by an inhibiting pulse, off; mutual inhibition holds the last winner; "
        "one of each returns to where it was."
    )


def _astray(result: Result) -> float:
    """How far the end of a path is from the nearest stable fixed point, at most."""
    far = []
    for kind, ends in zip(result.kinds, result.paths[:, -1], strict=True):
        chosen = (result.point_kinds == kind) & result.is_stable
        points = np.stack([result.points_a[chosen], result.points_b[chosen]], axis=-1)
        far.append(np.linalg.norm(ends[:, None] - points, axis=-1).min(axis=1).max())
    return float(max(far))


def _period(result: Result) -> float:
    """After how many steps one of each is again where it was; 0 for never in ten."""
    states = result.steps[-1]
    return float(next((k for k in range(1, 11) if np.abs(states[-1] - states[-1 - k]).max() < 1e-6), 0))


EXPERIMENT = Experiment(
    name="two_neuron_loop",
    question="What do two neurons do that drive each other: settle, remember, choose a winner, or oscillate?",
    source="lecture, the loop of two neurons; gerstner2014, section 1.3",
    run=study,
    draw=draw,
    caption=caption,
    full=Parameters(),
    quick=Parameters(n_starts=6, n_times=251, duration=0.25, dt=2e-4),
    claims=(
        Claim(
            "In continuous time every path ends in a stable fixed point (largest distance)",
            _astray,
            0.0,
            "another engine: roots, not integration",
            tolerance=1e-3,
            reason="what is left of a deviation after 25 time constants or more, for starts that lie near a border",
        ),
        Claim(
            "Mutual excitation has two stable states from the weight at which the gain of a round is 1",
            lambda result: result.bistable_from,
            4.0,
            "closed form: w f'(0) = w/4",
            tolerance=0.01,
            reason="rounding at the bifurcation, halving to 0.005",
        ),
        Claim(
            "In discrete time, with one neuron of each kind, the loop oscillates from the same weight on",
            lambda result: result.oscillating_from,
            4.0,
            "closed form: |eigenvalue| = w/4",
            tolerance=0.01,
            reason="rounding at the bifurcation, halving to 0.005",
        ),
        Claim(
            "The oscillation takes as many steps as the eigenvalue of the fixed point needs for one turn (steps)",
            _period,
            lambda result: result.turning[-1],
            "closed form: eigenvalues of the Jacobian",
            tolerance=1e-6,
            reason="rounding",
        ),
        at_most(
            "In discrete time nothing is left of a pulse two steps after it where the way back is cut (largest change)",
            lambda result: pick(result, "pulsed", pulsed_kinds=CUT)[N_BEFORE + N_PULSE + 2 :],
            0.0,
            by="closed form: in a DAG of two units no path is longer than one step",
        ),
        Claim(
            "Spiking: mutual excitation holds the rate of r = f(I + w J tau_syn r) after the pulse (Hz)",
            lambda result: result.held[0, 1].mean(),
            lambda result: result.held_in_theory,
            "closed form of the rate, mean current",
            tolerance=lambda result: 0.05 * result.held_in_theory + result.held_in_theory**2 * result.dt,
            reason="a synaptic current of 5 ms is not quite its mean; one step in an interval",
        ),
        Claim(
            "Spiking: the winner of mutual inhibition fires as if alone (larger rate, Hz, between the pulses)",
            lambda result: result.held[1, 1].max(),
            lambda result: result.alone,
            "closed form of the rate",
            tolerance=lambda result: result.alone**2 * result.dt,
            reason="one step in an interval",
        ),
        Claim(
            "Spiking: the loser of mutual inhibition is silent, before and after they change places (Hz)",
            lambda result: result.held[1, 1:].min(axis=1).max() + abs(result.held[1, 1, 1] - result.held[1, 2, 0]),
            0.0,
            "closed form: the mean inhibition of the winner exceeds what the loser has above its rheobase",
            tolerance=1e-9,
            reason="rounding",
        ),
    ),
    memory=lambda p: 200.0 * p.n_starts * p.n_times + 400.0 * END / p.dt,
    records=(EXCITATORY, INHIBITORY),
    size=(7.2, 4.05),
)


if __name__ == "__main__":
    from plasticity.cli.run import script

    script(EXPERIMENT)
