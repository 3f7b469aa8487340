"""What codes does an autoencoder find, are they bits, and how does a linear one compare with principal components?

Source: lecture (8-3-8); rumelhart1986 (the encoder problem); baldi1989 (linear autoencoders); alpaydin1998 (digits).
Differs: cross entropy where the first nets had squared error; the linear autoencoder is tied and sees centred digits.
Time: quick 4 s, full 8 s (NumPy; half of it decides separability exactly).
"""

import numpy as np

from plasticity.arrays import Floats
from plasticity.claiming import at_least, pick, same
from plasticity.experiment import Claim, Experiment
from plasticity.plots import Axes, Figure, curves, images, one_panel
from plasticity.plots.style import FAINT, MARKERS, PALETTE
from plasticity.studies.autoencoder_codes import N_HIDDEN, N_INPUTS, Parameters, Result, study
from plasticity.studies.object_likeness import FEATURES, ONE_HOT, TOLD

NAMES = {ONE_HOT: "1-hot", FEATURES: "features", TOLD: "told"}  # as short as a third of a small panel
SURE = 1.96  # standard errors of a 95 % interval, as drawn


def draw(result: Result, figure: Figure) -> None:
    """The codes as they form; how many are left when rounded; the linear autoencoder next to the components."""
    above, below, lowest = figure.subfigures(3, 1, squeeze=False, height_ratios=(0.75, 0.9, 1.5)).ravel()
    courses = above.subplots(1, len(result.course), sharey=True)
    one_panel(courses)
    for k, (axes, hidden) in enumerate(zip(courses, result.course, strict=True)):
        shown = images.matrix(axes, hidden, digits=None)
        axes.set_xticks(range(N_HIDDEN), [f"h{n}" for n in range(1, N_HIDDEN + 1)])
        axes.set_yticks(range(0, N_INPUTS, 2), [str(n) for n in range(1, N_INPUTS + 1, 2)])
        curves.label(axes, "", "input that is 1" if k == 0 else "", f"step {result.moments[k]:g}")
    scale = above.colorbar(shown, ax=list(courses), ticks=[0, 1], fraction=0.03, pad=0.02)
    scale.set_label("output")
    scale.outline.set_visible(False)
    rounding, errors, digits = below.subplots(1, 3, width_ratios=(0.8, 1, 1.9))
    _draw_rounding(rounding, result)
    curves.points(errors, result.sizes, result.pca_errors, "components", number=5, marker="o", markersize=7.0)
    curves.points(errors, result.sizes, result.linear_errors, "autoencoder", number=3)
    errors.set_ylim(0, 1.6 * result.pca_errors.max())
    curves.label(errors, "units of the code", "squared error", "digits, squeezed")
    curves.legend_above(errors)
    images.mosaic(digits, result.pictures.reshape(-1, 8, 8), result.pictures.shape[1])
    digits.set_yticks([3.5, 12.5, 21.5], ["given", "components", "autoencoder"])
    digits.tick_params(length=0)
    digits.set_title(f"through {result.sizes[-1]:g} numbers and back")
    learnable, burdened, pictures, objects = lowest.subplots(1, 4, width_ratios=(0.9, 1.1, 0.9, 1.1))
    _draw_learnable(learnable, result)
    _draw_burdened(burdened, result)
    _draw_likeness(pictures, result)
    _draw_objects(objects, result)


def _draw_rounding(axes: Axes, result: Result) -> None:
    kinds = np.arange(min(6, int(result.rounded.min())), N_INPUTS + 1)
    counts = [int(np.sum(result.rounded == kind)) for kind in kinds]
    axes.bar(kinds, counts, width=0.7, color=PALETTE[2], edgecolor=FAINT)
    axes.set_xticks(kinds)
    axes.locator_params(axis="y", integer=True)
    curves.label(axes, "different codes", "networks", "codes as bits")


def _draw_learnable(axes: Axes, result: Result) -> None:
    for number, code in enumerate(result.input_codes):
        curves.curve(axes, result.objects, 100 * result.learnable[number], str(code), number=number)
    axes.set_xticks(result.objects, [f"{n:g}" for n in result.objects])
    axes.set_ylim(0, 150)
    axes.set_yticks([0, 50, 100])
    curves.label(axes, "objects", "labellings (%)", "why one-hot")
    axes.legend(loc="upper left", borderaxespad=0.0)


def _draw_burdened(axes: Axes, result: Result) -> None:
    places = np.arange(len(result.burdens))
    for number, (measure, values) in enumerate(zip(result.measures, result.burdened, strict=True)):
        error = _sure(values)
        axes.errorbar(
            values.mean(axis=1),
            places,
            xerr=error,
            label=str(measure),
            color=PALETTE[number],
            marker=MARKERS[number],
            linestyle="none",
            capsize=2.0,
        )
    axes.set_yticks(places, [str(name) for name in result.burdens])
    axes.invert_yaxis()
    axes.set_xlim(0, None)
    axes.set_ylim(len(places) - 0.5, -0.5)
    curves.label(axes, "% of variance or units", "", "burdens")
    curves.legend_above(axes)


def _draw_likeness(axes: Axes, result: Result) -> None:
    for number, (stage, values) in enumerate(zip(result.stages, result.likeness, strict=True)):
        error = _sure(values)
        curves.points(axes, result.units, values.mean(axis=1), str(stage), error=error, number=number)
    curves.log_axis(axes, result.units)
    axes.set_ylim(0, 1)
    curves.label(axes, "hidden units", "rank correlation", "like pictures")
    axes.legend(loc="lower right")


def _draw_objects(axes: Axes, result: Result) -> None:
    values, places = result.alike, np.arange(len(result.tasks))
    error = _sure(values)
    curves.points(axes, places, values.mean(axis=1), error=error, number=2)
    curves.zero_line(axes)
    axes.set_xticks(places, [NAMES[task] for task in result.tasks])
    axes.set_xlim(-0.5, len(places) - 0.5)
    axes.set_ylim(-0.2, 1)
    curves.label(axes, "learnt from", "", "like objects")


def _sure(values: Floats) -> Floats:
    """Half of the 95 % interval of each mean over the last axis."""
    return SURE * values.std(axis=-1, ddof=1) / np.sqrt(values.shape[-1])


def caption(parameters: Parameters, result: Result) -> str:
    """What is seen."""
    p = parameters
    kept = np.mean(result.rounded == N_INPUTS)
    return (
        f"a: hidden values of an 8-3-8 autoencoder while it learns (rate {p.rate:g}). b: of "
        f"{p.n_networks} such networks, trained {p.n_steps} steps, {kept:.0%} keep eight different codes when "
        f"rounded to bits; as real numbers all differ (nearest two {result.apart.min():.2f} apart). c, "
        f"d: {p.n_digits} handwritten digits through a linear bottleneck, over the error of principal components. "
        f"e: labellings of one-hot and binary objects that one unit can learn. f: what burdens on the hidden "
        f"layer cost and buy on unseen digits. g, h: how distances of codes tell those of pictures, and of objects "
        f"with features. f to h: {p.n_seeds} seeds (bars: 95 %)."
    )


def _error_of_one_hot(result: Result) -> float:
    values = pick(result, "alike", tasks=ONE_HOT)
    return float(values.std(ddof=1) / np.sqrt(len(values)))


EXPERIMENT = Experiment(
    name="autoencoder_codes",
    question="What codes does an autoencoder find, are they bits, and how does a linear one compare with principal "
    "components?",
    source="lecture; rumelhart1986; baldi1989; alpaydin1998",
    run=study,
    draw=draw,
    caption=caption,
    full=Parameters(),
    quick=Parameters(
        n_networks=5, n_steps=700, n_digits=300, sizes=(2, 4, 8), n_linear_steps=300, units=(4, 16), n_seeds=2
    ),
    claims=(
        same(
            "Every 8-3-8 network gives all inputs back, outputs rounded",
            lambda result: float(np.mean(np.all(np.round(result.outputs) == np.eye(N_INPUTS), axis=(1, 2)))),
            lambda result: 1.0,
            by="rumelhart1986: three units are enough",
        ),
        same(
            "In every network each code can be told from the other seven by one unit, bits or not",
            lambda result: result.singled_out,
            lambda result: float(N_INPUTS),
            by="another route: separability decided exactly",
        ),
        at_least(
            "No linear autoencoder errs less than principal components (smallest ratio of errors)",
            lambda result: result.linear_errors / result.pca_errors,
            1.0,
            by="baldi1989: principal components are the minimum",
            tolerance=1e-9,
            reason="rounding",
        ),
        Claim(
            "The tied linear autoencoder reaches the error of principal components (largest ratio of errors)",
            lambda result: float((result.linear_errors / result.pca_errors).max()),
            1.0,
            "baldi1989: there is no other minimum",
            tolerance=0.01,
            reason="descent stopped after so many steps; the last of nearly equal components is found last",
        ),
        Claim(
            "The code of the tied linear autoencoder spans the leading principal components, half as many as it "
            "has units (smallest fraction)",
            lambda result: float(result.overlap.min()),
            1.0,
            "another route: singular value decomposition",
            tolerance=0.01,
            reason="descent stopped after so many steps",
        ),
        same(
            "One unit can learn as many labellings of one-hot and of binary objects as theory counts (fractions)",
            lambda result: result.learnable,
            lambda result: result.learnable_again,
            by="cover1965: points in general position; muroga1971: sums of patterns",
            tolerance=1e-12,
            reason="rounding of a fraction",
        ),
        at_least(
            "Every burden leaves more error on unseen digits than none does (smallest, % of variance)",
            lambda result: pick(result, "burdened", measures="error left")[1:].mean(axis=1),
            lambda result: pick(result, "burdened", measures="error left", burdens="free").mean(),
            by="the same network without a burden",
        ),
        at_least(
            "From features like objects have like codes, also from one-hot inputs that must tell them (correlation)",
            lambda result: result.alike[1:].mean(axis=1),
            lambda result: 5 * _error_of_one_hot(result),
            by="five standard errors of what one-hot inputs alone give",
        ),
        Claim(
            "From one-hot inputs alone codes tell nothing of what objects have in common (mean rank correlation)",
            lambda result: float(pick(result, "alike", tasks=ONE_HOT).mean()),
            0.0,
            "symmetry: no object is special",
            tolerance=lambda result: 5 * _error_of_one_hot(result),
            reason="five standard errors",
        ),
    ),
    memory=lambda p: 8.0 * (p.n_networks * 200 + p.n_digits * 600) + 2e7,
    size=(7.2, 5.6),
)


if __name__ == "__main__":
    from plasticity.cli.run import script

    script(EXPERIMENT)
