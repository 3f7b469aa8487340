"""What does a synapse with short-term plasticity transmit of a train, and what does it forget?

Source: tsodyks1998 (the model, and the parameters of its authors' implementation, ModelDB 3815).
Differs: resources recover as soon as they are released, not after the current that they made is over.
Time: quick 2 s, full 3 s (exact evaluation; one run of Brian2 for each kind of synapse).
"""

import numpy as np

from plasticity.experiment import Claim, Experiment
from plasticity.plots import Figure, curves
from plasticity.rules import PRESETS
from plasticity.rules.library.tsodyks_markram import TSODYKS_MARKRAM, TSODYKS_MARKRAM_STDP
from plasticity.studies.short_term_release import Parameters, Result, run


def draw(result: Result, figure: Figure) -> None:
    """Spike by spike, and against the rate."""
    each, stationary = figure.subplots(1, 2)
    for number, kind in enumerate(result.kinds):
        curves.points(each, result.spike, result.releases[number] / result.U[number], kind, number=number)
        curves.theory(stationary, result.rates, result.closed_form[number], "" if number else "closed form")
        curves.curve(stationary, result.rates, result.stationary[number], kind, number=number)
        text = "" if number else "published"
        curves.published_points(stationary, result.printed_rates[number], result.printed[number], text)
    for axes in (each, stationary):
        curves.log_axis(axes, [0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5], axis="y")
    curves.log_axis(stationary, [0.5, 1, 2, 5, 10, 20, 50, 100])
    curves.shared_legend([each, stationary])
    curves.label(each, "number of the spike", "release (of a rested synapse's)", "the first spikes of a train")
    curves.label(stationary, "rate of the train (Hz)", "release (of a rested synapse's)", "after many spikes")


def _convention(preset: str) -> str:
    """When a spike transmits, in words."""
    if PRESETS[preset].transmitted == "before":
        return f"By convention ({preset}) a spike transmits before its own update takes resources away."
    return (
        f"By convention ({preset}) a spike transmits after its own update, what that leaves of the resources: 1 - u of "
        "the published release. (NEST's own short-term synapses transmit before it, as the publication does.)"
    )


def caption(parameters: Parameters, result: Result) -> str:
    """What is seen."""
    best = result.rates[result.stationary[1].argmax()]
    return (
        f"a: what each spike of a train of {parameters.rate:g} Hz releases. A depressing synapse tells of the "
        "onset, a facilitating one of what goes on. b: in the end. The facilitating synapse releases most near "
        f"{best:.2g} Hz; of the depressing one, release falls as 1/rate: {result.stationary[0, -1]:.2g} at 100 Hz. "
        + _convention(parameters.conventions)
    )


EXPERIMENT = Experiment(
    name="short_term_release",
    question="What does a synapse with short-term plasticity transmit of a train, and what does it forget?",
    source="tsodyks1998",
    run=run,
    draw=draw,
    caption=caption,
    full=Parameters(),
    quick=Parameters(n_rates=25),
    claims=(
        *(
            Claim(
                f"{kind}: stationary release at regular rates is the published one, of what is left to "
                "transmit (largest error, of the last digit)",
                lambda r, k=number, unit=unit: float(  # type: ignore[misc]
                    np.abs(r.found[k] - r.printed[k] * r.left[k]).max() / unit
                ),
                0.0,
                "tsodyks1998, parameters of ModelDB 3815",
                tolerance=0.5,
                reason=f"printed with {digits} decimals",
            )
            for number, (kind, unit, digits) in enumerate((("depressing", 1e-3, 3), ("facilitating", 1e-2, 2)))
        ),
        Claim(
            "Stationary release is the fixed point of the recursion (largest error)",
            lambda r: float(np.abs(r.stationary - r.closed_form).max()),
            0.0,
            "closed form",
            tolerance=1e-11,
            reason="rounding, and what is left of the start",
        ),
        Claim(
            "A depressing synapse forgets the rate: release times rate tends to 1/(U tau_rec), of what is left to "
            "transmit (at the fastest, Hz)",
            lambda r: float(r.stationary[0, -1] * r.rates[-1]),
            lambda r: r.limit,
            "tsodyks1998",
            tolerance=0.1,
            reason="the next term of the expansion in the interval, 1/(100 Hz tau_rec) and its like",
        ),
        Claim(
            "Brian2 releases the same in a random train (largest difference)",
            lambda r: float(np.abs(r.brian2 - r.whole).max()),
            0.0,
            "another engine",
            tolerance=1e-11,
            reason="rounding of a sum of hundreds",
        ),
        Claim(
            "With STDP beside, a spike transmits the weight of its moment times the release (largest error)",
            lambda r: float(r.product.max()),
            0.0,
            "the two rules, each alone",
            tolerance=1e-12,
            reason="rounding",
        ),
    ),
    memory=lambda p: 1e7 + 1e5 * p.n_rates + 1e3 * p.n_random,
    records=(TSODYKS_MARKRAM, TSODYKS_MARKRAM_STDP),
    size=(7.2, 3.0),
)


if __name__ == "__main__":
    from plasticity.cli.run import script

    script(EXPERIMENT)
