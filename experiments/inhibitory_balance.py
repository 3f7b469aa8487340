"""How does inhibition find the strength that keeps a neuron at one firing rate, whatever excites it?

Source: vogels2011 (the rule and its target, alpha/(2 tau); constants of the single cell and its inputs, authors' code).
Differs: inputs fire at constant rates, without correlation, and the rule learns faster; the target depends on neither.
Time: quick 4 s, full 40 s (one Brian2 network; closed forms; the exact engine over Poisson trains).
"""

import numpy as np

from plasticity.experiment import Claim, Experiment
from plasticity.neurons import NEURONS
from plasticity.plots import Figure, curves
from plasticity.plots.style import FAINT
from plasticity.rules import PRESETS
from plasticity.rules.library.inhibitory_stdp import INHIBITORY_STDP
from plasticity.studies.inhibitory_balance import N_EXCITATORY, N_INHIBITORY, TARGETS, Parameters, Result, run


def draw(result: Result, figure: Figure) -> None:
    """The drift of both sets; rates of the network before and after learning; the weights that do it."""
    drift, firing, weights = figure.subplots(1, 3)
    for number, name in enumerate(result.sets):
        curves.curve(
            drift, result.rates, result.drifts[number], f"{name}: {result.set_points[number]:.3g} Hz", number=number
        )
        curves.points(
            drift, result.measured_rates, result.measured[number], error=result.measured_errors[number], number=number
        )
    curves.zero_line(drift)
    curves.legend_above(drift)
    curves.label(drift, "postsynaptic rate (Hz)", "mean change of w over eta (1/s)", "the rule")
    firing.axhline(result.formulas[0], color=FAINT, linewidth=3.0, label=r"$\alpha/(2\tau)$", zorder=0)
    curves.points(firing, result.drives, result.before, "before learning", number=0)
    curves.points(firing, result.drives, result.after, "after learning", error=result.errors, number=2)
    firing.set_ylim(bottom=0.0)
    curves.legend_above(firing)
    curves.label(firing, "weight of excitation", "firing rate (Hz)", "neurons that learn")
    curves.points(weights, result.drives, result.weights, number=2)
    weights.set_ylim(bottom=0.0)
    curves.label(weights, "weight of excitation", "mean inhibitory weight", "what they learn")


def _convention(p: Parameters) -> str:
    """What the conventions make of spikes in one step, in words."""
    used = PRESETS[p.conventions]
    pairs = "does not count" if used.coincidence == "ignored" else "counts in full"
    return (
        f"By convention ({p.conventions}) a pair in one step of {p.dt * 1e3:g} ms {pairs}, and a spike transmits the "
        f"weight {used.transmitted} its own change of it."
    )


def caption(parameters: Parameters, result: Result) -> str:
    """What is seen."""
    return (
        f"a: mean change of inhibitory weights under Poisson firing; it vanishes at {result.set_points[0]:.4g} and "
        f"{result.set_points[1]:.4g} Hz, whatever the presynaptic rate. b, c: neurons with "
        f"{N_EXCITATORY} excitatory and {N_INHIBITORY} inhibitory inputs of {parameters.rate_pre:g} Hz. Before, they "
        f"fire at {result.before.min():.3g} to {result.before.max():.3g} Hz; after {parameters.duration:g} s of "
        f"learning at {result.after.min():.3g} to {result.after.max():.3g} Hz: inhibition has grown with excitation. "
        "They end a little above alpha/(2 tau), for inhibition thins out the spikes just behind its own: the pairs "
        f"that it meets are {result.pairs.min():.3g} to {result.pairs.max():.3g} (alpha: {result.alpha:g}). "
        f"{_convention(parameters)}"
    )


def _set_point_claim(place: int, name: str) -> Claim:
    return Claim(
        f"With the values of the {name}, inhibition neither grows nor shrinks at the rate that its authors aim at (Hz)",
        lambda r: float(r.set_points[place]),
        TARGETS[place],
        "vogels2011, authors' code: alpha/(2 tau)",
        tolerance=1e-9,
        reason="rounding",
    )


EXPERIMENT = Experiment(
    name="inhibitory_balance",
    question="How does inhibition find the strength that keeps a neuron at one firing rate, whatever excites it?",
    source="vogels2011",
    run=run,
    draw=draw,
    caption=caption,
    full=Parameters(),
    quick=Parameters(n_drives=3, n_copies=3, eta=0.05, duration=4.0, measured=2.0, n_rates=40, n_synapses=200),
    claims=(
        *(_set_point_claim(place, name) for place, name in enumerate(("single cell", "network"))),
        Claim(
            "Over Poisson trains the exact engine finds the drift as its mean (largest distance, in standard errors)",
            lambda r: float((np.abs(r.measured - r.expected) / r.measured_errors).max()),
            5.0,
            "another engine",
            relation="at most",
            reason="five standard errors",
        ),
        Claim(
            "Over the spikes of the network the exact engine finds the weights that Brian2 found while it ran (largest "
            "difference)",
            lambda r: float(r.apart.max()),
            0.0,
            "another engine",
            tolerance=1e-12,
            reason="rounding",
        ),
        Claim(
            "Learning ends when the pairs of a presynaptic spike strengthen as much as alpha weakens, whatever excites "
            "the neuron (largest difference, in standard errors)",
            lambda r: float(np.abs(r.pairs / r.alpha - 1).max() / r.scatter),
            5.0,
            "closed form: a weight stays where its pairs make up for alpha",
            relation="at most",
            reason="five standard errors of as many spikes as the set point makes",
        ),
        Claim(
            "Learning brings every rate nearer to alpha/(2 tau) (distance after over that before, the largest of all)",
            lambda r: float((np.abs(r.after - r.formulas[0]) / np.abs(r.before - r.formulas[0])).max()),
            0.2,
            "vogels2011",
            relation="at most",
            reason="our choice: neurons that merely fired less would stay several times too fast",
        ),
        Claim(
            "The more excitation, the stronger inhibition becomes (smallest growth of its weight, drive by drive)",
            lambda r: float(np.diff(r.weights).min()),
            0.0,
            "vogels2011: inhibition balances excitation",
            relation="at least",
        ),
    ),
    memory=lambda p: 8.0 * (N_EXCITATORY + N_INHIBITORY) * (p.n_drives * p.n_copies * 12 + p.rate_pre * p.duration * 8),
    records=(INHIBITORY_STDP, NEURONS["lif_conductance"]),
    size=(7.2, 2.8),
)


if __name__ == "__main__":
    from plasticity.cli.run import script

    script(EXPERIMENT)
