"""How does the firing rate of a neuron grow with its current, and which artificial activation is that?

Source: gerstner2014, sections 1.3 and 9.2 (rates without noise and with escape noise); siegert1951 (white noise).
Differs: currents in rheobases, the smallest current that makes the noiseless neuron fire; constants of song2000.
Time: quick 4 s, full 45 s (one Brian2 run of all neurons at all currents, then the fits).
"""

import numpy as np

from plasticity.experiment import Claim, Experiment
from plasticity.neurons import NEURONS
from plasticity.plots import Axes, Figure, curves, grids
from plasticity.studies.fi_curve import NOISE, TRIED, Parameters, Result, study

DRAWN = ("relu", "softplus", "sigmoid", "tanh")  # whose residuals are drawn


def draw(result: Result, figure: Figure) -> None:
    """Rates, bias and best fits above; the residuals over the first range beneath."""
    above, beneath = figure.subfigures(2, 1, squeeze=False, height_ratios=(1.15, 1.0)).ravel()
    rates, bias, best = above.subplots(1, 3, width_ratios=(1.0, 1.0, 1.25))
    for number, name in enumerate(result.neurons):
        from_zero = result.line >= 0
        curves.theory(
            rates, result.line[from_zero], result.rate_line[number][from_zero], "" if number else "closed form"
        )
        y, error = result.rates[number].ravel(), result.errors[number].ravel()
        curves.points(rates, result.currents.ravel(), y, str(name), error=error, number=number, markersize=3.5)
    curves.label(rates, "current (rheobases)", "firing rate (Hz)", "rate against current")
    rates.legend()
    for number, value in enumerate(result.biases):
        reached = result.line <= result.bias_currents[-1]
        curves.theory(bias, result.line[reached], result.bias_line[number][reached], "")
        text = "no bias" if value == -1 else f"bias {value:+g}"
        curves.points(bias, result.bias_currents, result.bias_rates[number], text, number=number, markersize=3.0)
    curves.label(bias, "current added to the bias (rheobases)", "firing rate (Hz)", "a bias shifts it (no noise)")
    bias.legend()
    _draw_best(best, result)
    for axes, name, found in zip(
        beneath.subplots(1, 3, sharey=True), result.neurons, result.residuals[:, 0], strict=True
    ):
        for number, activation in enumerate(DRAWN):
            curves.curve(axes, result.currents[0], found[TRIED.index(activation)], activation, number=number)
        curves.zero_line(axes)
        curves.label(axes, "current (rheobases)", "measured - fit (Hz)", f"residuals: {name}")
    axes.legend()


def _draw_best(axes: Axes, result: Result) -> None:
    missed = np.moveaxis(result.missed, -1, 0).reshape(len(TRIED), -1)
    spread = result.rates.std(axis=-1).ravel()
    middle = (len(result.tops) - 1) // 2
    names = [
        f"{top:g}\n{name}" if k == middle else f"{top:g}"
        for name in result.neurons
        for k, top in enumerate(result.tops)
    ]
    texts = [[f"{value:.2g}" if value < 10 else f"{value:.0f}" for value in row] for row in missed]
    marked = missed == missed.min(axis=0)
    grids.matrix(axes, np.log(missed / spread), texts, (list(result.activations), names), marked=marked)
    curves.label(axes, "currents up to (rheobases), and noise of the neuron", "", "what each fit misses (rms, Hz)")


def caption(parameters: Parameters, result: Result) -> str:
    """What is seen."""
    p = parameters
    return (
        f"Rates in Brian2 (step {p.dt * 1e3:g} ms, {p.measured:g} s, {p.n_copies} copies of a noisy neuron) over "
        f"closed forms (grey). Constant current of the rheobase and b rheobases more (bias b) moves the curve to the "
        f"left. Table: root mean square residuals of height f(gain (current - threshold)) for each f, framed the best; "
        f"up to {p.tops[0]:g} rheobases an edge decides, rounded by noise, up to {p.tops[-1]:g} the ceiling 1/t_ref."
    )


def _steps_late(result: Result) -> float:
    """The largest excess of an interval without noise over its closed form, in steps."""
    fires = result.rates[0] > 0
    return float(np.max(1 / result.rates[0][fires] - 1 / result.closed_form[0][fires]) / result.dt)


def _off(result: Result, neuron: int, steps: float) -> float:
    """The largest error of a rate, over so many steps in each interval and five standard errors.

    Of the currents at which 30 spikes or more are expected: from fewer no standard error can be told.
    """
    expected, rates, errors = (a[neuron] for a in (result.in_steps, result.rates, result.errors))
    allowed = expected**2 * result.dt * steps + 5 * errors
    return float(np.max((np.abs(rates - expected) / allowed)[expected * result.watched >= 30]))


def _ratio(result: Result, neurons: slice, top: int, worse: tuple[str, ...], better: tuple[str, ...]) -> float:
    """What the best of `worse` misses over what the best of `better` misses; the least of the neurons."""
    missed = result.missed[neurons, top]
    one, other = (missed[:, [TRIED.index(name) for name in names]].min(axis=1) for names in (worse, better))
    return float(np.min(one / other))


UNBOUNDED = ("linear", "relu", "leaky_relu", "softplus", "swish", "gelu")
EXPERIMENT = Experiment(
    name="fi_curve",
    question="How does the firing rate of a neuron grow with its current, and which artificial activation is that?",
    source="gerstner2014, sections 1.3 and 9.2; siegert1951",
    run=study,
    draw=draw,
    caption=caption,
    full=Parameters(),
    quick=Parameters(n_currents=10, n_copies=30, biases=(0.5,), measured=0.2, settling=0.05, dt=1e-4),
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
            lambda result: np.abs(result.rates[0] - result.in_steps[0]).max(),
            0.0,
            "closed form",
            tolerance=1e-8,
            reason="rounding of times",
        ),
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
        Claim(
            "A bias of one rheobase more moves the curve by one rheobase to the left",
            lambda result: np.polyfit(result.biases, result.moved, 1)[0],
            -1.0,
            "closed form, inverted",
            tolerance=0.01,
            reason="half a step in an interval, either way, on average",
        ),
        Claim(
            "Up to the first end a softplus fits the neuron under white noise better than a ReLU (ratio of residuals)",
            lambda result: _ratio(result, slice(2, 3), 0, ("relu",), ("softplus",)),
            1.0,
            "siegert1951: the rate is smooth where that without noise has its edge",
            relation="at least",
        ),
        Claim(
            "Up to the last end every neuron is fitted better by a bounded activation than by any other (least ratio)",
            lambda result: _ratio(result, slice(0, 3), -1, UNBOUNDED, ("sigmoid", "tanh")),
            1.0,
            "closed form: rates tend to 1/t_ref",
            relation="at least",
        ),
    ),
    memory=lambda p: 16.0 * len(p.tops) * p.n_currents * p.n_copies * (2 * p.measured * 400 + 50),
    records=(*(NEURONS[name] for name in NOISE),),
    size=(13.0, 7.6),
)


if __name__ == "__main__":
    from plasticity.cli.run import script

    script(EXPERIMENT)
