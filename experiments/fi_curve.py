"""How does the firing rate of a neuron grow with its current, and what does a bias change?

Source: gerstner2014, section 1.3 (rates without noise).
Differs: currents in rheobases, the smallest current that makes the neuron fire; constants of song2000.
Time: quick 3 s, full 7 s (one Brian2 run of all neurons at all currents).
"""

import numpy as np

from plasticity.experiment import Claim, Experiment
from plasticity.neurons.library.lif import LIF_EXCITATORY
from plasticity.plots import Figure, curves
from plasticity.studies.fi_curve import Parameters, Result, study


def draw(result: Result, figure: Figure) -> None:
    """The rate over the widest range; what a bias does to it."""
    rates, bias = figure.subplots(1, 2)
    driven = result.line >= 0
    curves.theory(rates, result.line[driven], result.rate_line[driven])
    curves.points(rates, result.currents.ravel(), result.rates.ravel(), "simulated")
    curves.label(rates, "current (rheobases)", "firing rate (Hz)", "rate against current")
    rates.legend()
    reached = result.line <= result.bias_currents[-1]
    for number, value in enumerate(result.biases):
        curves.theory(bias, result.line[reached], result.bias_line[number][reached], "" if number else "closed form")
        text = "no bias" if value == -1 else f"bias {value:+g}"
        curves.points(bias, result.bias_currents, result.bias_rates[number], text, number=number, markersize=3.0)
    curves.label(bias, "current added to the bias (rheobases)", "firing rate (Hz)", "a bias shifts the curve")
    bias.legend()


def caption(parameters: Parameters, result: Result) -> str:
    """What is seen."""
    p = parameters
    return (
        f"A leaky neuron without noise in Brian2 (step {p.dt * 1e3:g} ms, {p.measured:g} s) over its closed form "
        "(grey). a: it is silent up to the rheobase, rises steeply there, and bends, for the refractory time lets it "
        f"fire at {1 / LIF_EXCITATORY.values['t_ref']:g} Hz at most. b: a constant current of the rheobase and b "
        "rheobases more (bias b) moves the curve to the left."
    )


def _steps_late(result: Result) -> float:
    """The largest excess of an interval without noise over its closed form, in steps."""
    fires = result.rates > 0
    return float(np.max(1 / result.rates[fires] - 1 / result.closed_form[fires]) / result.dt)


EXPERIMENT = Experiment(
    name="fi_curve",
    question="How does the firing rate of a neuron grow with its current, and what does a bias change?",
    source="gerstner2014, section 1.3",
    run=study,
    draw=draw,
    caption=caption,
    full=Parameters(),
    quick=Parameters(n_currents=10, biases=(0.5,), measured=0.2, settling=0.05, dt=1e-4),
    claims=(
        Claim(
            "Without noise an interval is at most one step longer than in closed form (largest excess, steps)",
            _steps_late,
            1.0,
            "gerstner2014, section 1.3",
            tolerance=1e-6,
            reason="rounding of times",
            relation="at most",
        ),
        Claim(
            "Without noise every interval is the closed form rounded up to whole steps (largest error of a rate, Hz)",
            lambda result: np.abs(result.rates - result.in_steps).max(),
            0.0,
            "closed form",
            tolerance=1e-8,
            reason="rounding of times",
        ),
        Claim(
            "A bias of one rheobase more moves the curve by one rheobase to the left",
            lambda result: np.polyfit(result.biases, result.moved, 1)[0],
            -1.0,
            "closed form, inverted",
            tolerance=0.01,
            reason="half a step in an interval, either way, on average",
        ),
    ),
    memory=lambda p: 16.0 * (len(p.tops) + 2 * len(p.biases) + 2) * p.n_currents * (2 * p.measured * 400 + 50),
    records=(LIF_EXCITATORY,),
    size=(7.2, 3.2),
)


if __name__ == "__main__":
    from plasticity.cli.run import script

    script(EXPERIMENT)
