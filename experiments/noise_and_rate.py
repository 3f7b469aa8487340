"""What does noise change in how the firing rate of a neuron grows with its current?

Source: gerstner2014, sections 1.3 and 9.2 (rates without noise and with escape noise); siegert1951 (white noise).
Differs: currents in rheobases, the smallest current that makes the noiseless neuron fire; constants of song2000.
Time: quick 4 s, full 45 s (one Brian2 run of all neurons at all currents).
"""

import numpy as np

from plasticity.experiment import Claim, Experiment
from plasticity.neurons import NEURONS
from plasticity.plots import Axes, Figure, curves
from plasticity.studies.noise_and_rate import NOISE, Parameters, Result, study


def draw(result: Result, figure: Figure) -> None:
    """Rates about the rheobase, where noise shows, and over the widest range."""
    near, rates = figure.subplots(1, 2)
    for axes, is_near in ((near, True), (rates, False)):
        _draw_rates(axes, result, is_near=is_near)
        axes.legend()
    curves.label(near, "current (rheobases)", "firing rate (Hz)", "noise rounds the edge")
    curves.label(rates, "current (rheobases)", "firing rate (Hz)", "far above, only escape noise shows")


def _draw_rates(axes: Axes, result: Result, *, is_near: bool) -> None:
    """All ranges in one; or the first alone, up to its end."""
    ranges = slice(0, 1) if is_near else slice(None)
    shown = (result.line >= 0) & (result.line <= result.tops[ranges].max())
    for number, name in enumerate(result.neurons):
        curves.theory(axes, result.line[shown], result.rate_line[number][shown], "" if number else "closed form")
        y, error = (of[number][ranges].ravel() for of in (result.rates, result.errors))
        look = {"error": error, "number": number, "markersize": 4.0}
        if not is_near and not number:  # what lies beneath is seen through it
            look |= {"markersize": 7.0, "markerfacecolor": "none"}
        curves.points(axes, result.currents[ranges].ravel(), y, str(name), **look)


def caption(parameters: Parameters, result: Result) -> str:
    """What is seen."""
    p = parameters
    return (
        f"Rates in Brian2 (step {p.dt * 1e3:g} ms, {p.measured:g} s, {p.n_copies} copies of a noisy neuron) over "
        "closed forms (grey). a: about the rheobase noise makes the neuron fire where it would be silent. b: above a "
        "few rheobases white noise makes hardly any difference: its points lie on those without noise."
    )


def _off(result: Result, neuron: int, steps: float) -> float:
    """The largest error of a rate, over so many steps in each interval and five standard errors.

    Of the currents at which 30 spikes or more are expected: from fewer no standard error can be told.
    """
    expected, rates, errors = (a[neuron] for a in (result.in_steps, result.rates, result.errors))
    allowed = expected**2 * result.dt * steps + 5 * errors
    return float(np.max((np.abs(rates - expected) / allowed)[expected * result.watched >= 30]))


EXPERIMENT = Experiment(
    name="noise_and_rate",
    question="What does noise change in how the firing rate of a neuron grows with its current?",
    source="gerstner2014, sections 1.3 and 9.2; siegert1951",
    run=study,
    draw=draw,
    caption=caption,
    full=Parameters(),
    quick=Parameters(n_currents=10, n_copies=30, measured=0.2, settling=0.05, dt=1e-4),
    claims=(
        Claim(
            "With escape noise the rate is that of the renewal process in steps (largest error, standard errors)",
            lambda result: 5 * _off(result, 1, 0.0),
            5.0,
            "gerstner2014, section 9.2",
            reason="five standard errors",
            relation="at most",
        ),
        Claim(
            "Under white noise the rate is Siegert's, with the overshoot of steps (largest error over what is allowed)",
            lambda result: _off(result, 2, 0.5),
            1.0,
            "siegert1951 and broadie1997",
            reason="half a step in an interval and five standard errors",
            relation="at most",
        ),
    ),
    memory=lambda p: 16.0 * len(p.tops) * p.n_currents * p.n_copies * (2 * p.measured * 400 + 50),
    records=(*(NEURONS[name] for name in NOISE),),
    size=(7.2, 3.4),
)


if __name__ == "__main__":
    from plasticity.cli.run import script

    script(EXPERIMENT)
