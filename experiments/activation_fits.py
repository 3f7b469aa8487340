"""Which artificial activation is the firing rate of a neuron, near its threshold and far above it?

Source: gerstner2014, section 1.3 (rates); lecture (Swish).
Differs: every activation is stretched along both axes and shifted, height f(gain (current - threshold)).
Time: quick 4 s, full 45 s (one Brian2 run of all neurons at all currents, then the fits).
"""

import numpy as np

from plasticity.claiming import pick
from plasticity.experiment import Claim, Experiment
from plasticity.neurons import NEURONS
from plasticity.plots import Axes, Figure, curves, grids
from plasticity.studies.activation_fits import TRIED, Result, study
from plasticity.studies.noise_and_rate import NOISE, Parameters

NARROW, WIDE = ("relu", "softplus", "swish"), ("softplus", "sigmoid", "tanh")  # whose fits are drawn
NUMBERS = {"relu": 0, "softplus": 1, "swish": 2, "tanh": 4, "sigmoid": 5}  # the colour and dash of each
UNBOUNDED = ("linear", "relu", "leaky_relu", "softplus", "swish", "gelu")


def draw(result: Result, figure: Figure) -> None:
    """Fits over the first and the last range; what every fit misses; Swish by itself."""
    above, beneath = figure.subfigures(2, 1, squeeze=False, height_ratios=(1.0, 1.15)).ravel()
    near, far = above.subplots(1, 2)
    for axes, top, names in ((near, 0, NARROW), (far, -1, WIDE)):
        x = result.currents[top]
        curves.points(axes, x, result.rates[0, top], "measured, no noise", number=3, markersize=4.0)
        for name in names:
            fit = result.fits[0, top, TRIED.index(name)]
            curves.curve(axes, result.line[top], fit, name, number=NUMBERS[name])
        curves.label(axes, "current (rheobases)", "firing rate (Hz)", f"fits up to {result.tops[top]:g} rheobases")
        axes.legend()
    best, swish = beneath.subplots(1, 2, width_ratios=(1.3, 1.0))
    _draw_best(best, result)
    _draw_swish(swish, result)


def _draw_best(axes: Axes, result: Result) -> None:
    missed = np.moveaxis(result.missed, -1, 0).reshape(len(TRIED), -1)
    spread = result.rates.std(axis=-1).ravel()
    middle = (len(result.tops) - 1) // 2
    names = [
        f"{top:g}\n{name.removesuffix(' noise')}" if k == middle else f"{top:g}"
        for name in result.neurons
        for k, top in enumerate(result.tops)
    ]
    texts = [[f"{value:.2g}" if value < 10 else f"{value:.0f}" for value in row] for row in missed]
    marked = missed == missed.min(axis=0)
    grids.matrix(axes, np.log(missed / spread), texts, (list(result.activations), names), marked=marked)
    curves.label(axes, "currents up to (rheobases); noise", "", "what each fit misses (Hz)")


def _draw_swish(axes: Axes, result: Result) -> None:
    for name in ("swish", "relu", "sigmoid"):
        text = {"swish": "swish: z times its gate", "sigmoid": "gate: sigmoid(z)"}.get(name, name)
        curves.curve(axes, result.z, result.shapes[TRIED.index(name)], text, number=NUMBERS[name])
    curves.zero_line(axes)
    curves.label(axes, "summed input z", "activation", "a self-gated activation")
    axes.legend()


def caption(parameters: Parameters, result: Result) -> str:
    """What is seen."""
    p, lowest = parameters, pick(result, "shapes", activations="swish").min()
    return (
        f"Rates in Brian2 (step {p.dt * 1e3:g} ms, {p.measured:g} s, {p.n_copies} copies of a noisy neuron), and "
        "height f(gain (current - threshold)) fitted to them for every activation f. c: root mean square "
        f"residuals, framed the best of each column: up to {p.tops[0]:g} rheobases the edge decides, up to "
        f"{p.tops[-1]:g} the ceiling 1/t_ref. d: Swish falls to {lowest:.3f}, where its gate is mostly shut."
    )


def _ratio(result: Result, neurons: slice, top: int, worse: tuple[str, ...], better: tuple[str, ...]) -> float:
    """What the best of `worse` misses over what the best of `better` misses; the least of the neurons."""
    missed = result.missed[neurons, top]
    one, other = (missed[:, [TRIED.index(name) for name in names]].min(axis=1) for names in (worse, better))
    return float(np.min(one / other))


def _lambert(x: float) -> float:
    """The w with w exp(w) = x, by Newton's method."""
    w = 0.5
    for _ in range(20):
        w -= (w * np.exp(w) - x) / (np.exp(w) * (1 + w))
    return float(w)


EXPERIMENT = Experiment(
    name="activation_fits",
    question="Which artificial activation is the firing rate of a neuron, near its threshold and far above it?",
    source="gerstner2014, section 1.3",
    run=study,
    draw=draw,
    caption=caption,
    full=Parameters(),
    quick=Parameters(n_currents=10, n_copies=30, measured=0.2, settling=0.05, dt=1e-4),
    claims=(
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
        Claim(
            "Swish is lowest at the value -W(1/e), Lambert's W (lowest of those drawn)",
            lambda result: pick(result, "shapes", activations="swish").min(),
            lambda result: -_lambert(np.exp(-1)),
            "closed form",
            tolerance=1e-4,
            reason="a point in every fiftieth is drawn, where the curve is flat",
        ),
    ),
    memory=lambda p: 16.0 * len(p.tops) * p.n_currents * p.n_copies * (2 * p.measured * 400 + 50),
    records=(*(NEURONS[name] for name in NOISE),),
    size=(7.2, 5.4),
)


if __name__ == "__main__":
    from plasticity.cli.run import script

    script(EXPERIMENT)
