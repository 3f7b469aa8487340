"""Does it help a deep network to be trained first, layer by layer and without labels, to give back its input?

Source: bengio2007 (greedy layer-wise training); alpaydin1998 (the digits); lecture.
Differs: 8 x 8 digits and small sigmoid layers, not 28 x 28 and thousands of units.
Time: quick 4 s, full 9 s (NumPy).
"""

import numpy as np

from plasticity.arrays import Floats
from plasticity.claiming import at_least, at_most, pick, same
from plasticity.errors import ArgumentError
from plasticity.experiment import Claim, Experiment
from plasticity.plots import Axes, Figure, curves, images, one_panel
from plasticity.plots.style import FAINT, THEORY
from plasticity.studies.digits import N_PIXELS
from plasticity.studies.stacked_autoencoder import FINE, KINDS, N_FEATURES, RANDOM, TOP, Parameters, Result, study

CHANCE = 0.9  # error of naming one of ten digits at random
NEVER = CHANCE / 2  # our choice: a network that errs more on the digits it learnt from has hardly begun to learn


def run(parameters: Parameters) -> Result:
    """The study, with small networks beside. Raises ArgumentError without starts of these."""
    if not parameters.n_starts:
        raise ArgumentError("n_starts is 0; the picture shows which starts are stuck: 5 or more are needed")
    return study(parameters)


def draw(result: Result, figure: Figure) -> None:
    """Test errors with their standard errors; small networks that are stuck; the weights of the first layer."""
    above, below = figure.subfigures(2, 1, squeeze=False, height_ratios=(1.6, 1)).ravel()
    axes, small = above.subplots(1, 2, width_ratios=(1.2, 1))
    _draw_errors(axes, result)
    _draw_stuck(small, result)
    titles = ("pretrained", "fine-tuned", "from random")
    parts = below.subplots(1, len(titles))
    one_panel(parts)
    for part, weights, title in zip(parts, result.features, titles, strict=True):
        shown = images.mosaic(part, weights.reshape(-1, 8, 8), 8, signed=True)
        part.set_title(title)
    scale = below.colorbar(shown, ax=list(parts), ticks=[-1, 0, 1], fraction=0.03, pad=0.02)
    scale.set_label("of its largest")
    scale.outline.set_visible(False)


def _draw_errors(axes: Axes, result: Result) -> None:
    """The test error by depth, of every kind of network."""
    for number, (kind, errors) in enumerate(zip(result.kinds, result.errors, strict=True)):
        mean, error = 100 * errors.mean(axis=1), 196 * _standard_error(errors)
        places = np.arange(len(mean)) + 0.12 * (number - 1)
        curves.points(axes, places, mean, str(kind), error=error, number=number)
    axes.axhline(100 * result.linear.mean(), color=THEORY, linestyle=":", label="softmax regression")
    axes.axhline(100 * CHANCE, color=FAINT, label="chance")
    everything = 100 * np.concatenate([result.errors.mean(axis=2).ravel(), [result.linear.mean(), CHANCE]])
    axes.set_yscale("log")
    axes.set_ylim(everything.min() / 1.5, 100)
    ticks = [tick for tick in (1, 2, 3, 5, 10, 20, 50, 100) if tick > everything.min() / 1.5]
    axes.set_yticks(ticks, [str(tick) for tick in ticks])
    axes.set_yticks([], minor=True)
    axes.set_xticks(range(len(result.depths)), [f"{depth:g}" for depth in result.depths])
    axes.set_xlim(-0.5, len(result.depths) - 0.5)
    curves.label(axes, "hidden layers", "test error (%)", "does pretraining help?")
    curves.legend_beside(axes)


def _draw_stuck(axes: Axes, result: Result) -> None:
    for number, (units, stuck) in enumerate(zip(result.stuck_units, result.stuck, strict=True)):
        curves.curve(axes, result.stuck_depths, 100 * stuck, f"{units} units", number=3 + number)
    at_chance = 100 * result.at_chance[:1].ravel()
    curves.points(axes, result.stuck_depths[: len(at_chance)], at_chance, "saying one half", number=3)
    axes.set_ylim(-3, 103)
    axes.set_xticks(result.stuck_depths, [f"{depth:g}" for depth in result.stuck_depths])
    curves.label(axes, "hidden layers", "starts stuck (%)", "parity of three bits")
    curves.legend_above(axes)
    axes.set_yticks(range(0, 101, 20))  # the legend is above all that there can be


def _standard_error(errors: Floats) -> Floats:
    return errors.std(axis=-1, ddof=1) / np.sqrt(errors.shape[-1])


def caption(parameters: Parameters, result: Result) -> str:
    """What is seen, whether it helps, and whether the rival was trained at all."""
    p = parameters
    verdicts = "; ".join(f"{depth:g} hidden: {_verdict(result, depth)}" for depth in result.depths)
    return (
        f"a: error on {p.n_unseen} digits after learning from {p.n_shown} others, {p.n_seeds} seeds (bars: 95 "
        f"%); at each depth as many epochs in all. What pretraining takes off the error, in points: "
        f"{verdicts}. Softmax regression, without any hidden layer: {100 * result.linear.mean():.1f} % "
        f"({_plain(result)} the deepest pretrained network). b: of {p.n_starts} starts of small networks "
        f"without pretraining, those that still answer wrongly. c: weights of {N_FEATURES} units of the first "
        f"layer, after each training, scaled by its largest; purple excites, orange inhibits."
    )


def _verdict(result: Result, depth: float) -> str:
    """The gain of pretraining, seed by seed, whether it is more than two standard errors, and over what rival."""
    gains = 100 * _gain(result, depth)
    error, learnt = (
        float(_standard_error(gains)),
        float(pick(result, "learnt", kinds=KINDS[RANDOM], depths=depth).mean()),
    )
    if learnt > NEVER:
        return (
            f"{gains.mean():.1f} ± {error:.1f} over a rival that never learnt ({100 * learnt:.0f} % errors on its own)"
        )
    verdict = (
        "a clear gain" if gains.mean() > 2 * error else "a clear loss" if gains.mean() < -2 * error else "no clear gain"
    )
    return f"{gains.mean():.1f} ± {error:.1f} ({verdict})"


def _plain(result: Result) -> str:
    """How softmax regression compares with the deepest fine-tuned network, seed by seed."""
    more = result.linear - pick(result, "errors", kinds=KINDS[FINE], depths=result.depths.max())
    if abs(more.mean()) <= 2 * _standard_error(more):
        return "within two standard errors of"
    return "worse than" if more.mean() > 0 else "better than"


def _gain(result: Result, depth: float) -> Floats:
    """By seed: the test error from random weights less that with pretraining."""
    random, fine = (pick(result, "errors", kinds=KINDS[kind], depths=depth) for kind in (RANDOM, FINE))
    return random - fine


def _deepest(result: Result) -> Floats:
    return _gain(result, result.depths.max())


def _shallowest(result: Result) -> Floats:
    return _gain(result, result.depths.min())


def _five(errors: Floats) -> float:
    return float(5 * _standard_error(errors).max())


EXPERIMENT = Experiment(
    name="stacked_autoencoder",
    question="Does it help a deep network to be trained first, layer by layer and without labels, to give back its "
    "input?",
    source="bengio2007; alpaydin1998; lecture",
    run=run,
    draw=draw,
    caption=caption,
    full=Parameters(n_starts=50),
    quick=Parameters(depths=(2, 4), n_seeds=3, n_starts=20),
    claims=(
        at_least(
            "In the deepest network pretraining lowers the error on unseen digits (mean gain less two standard errors)",
            lambda result: _deepest(result).mean() - 2 * _standard_error(_deepest(result)),
            0.0,
            by="bengio2007: greedy training helps deep networks",
        ),
        at_least(
            "It gains more in the deepest network than in the shallowest (difference of the gains)",
            lambda result: (_deepest(result) - _shallowest(result)).mean(),
            0.0,
            by="hochreiter1998: errors fade on their way down through sigmoid layers",
        ),
        at_most(
            "The networks that it is compared with have learnt, from random weights (error on the digits learnt from)",
            lambda result: pick(result, "learnt", kinds=KINDS[RANDOM]).mean(axis=-1),
            NEVER,
            by="half of what chance errs",
        ),
        Claim(
            "In the shallowest network random weights do about as well (mean gain)",
            lambda result: float(_shallowest(result).mean()),
            0.0,
            "null hypothesis: no gain",
            tolerance=lambda result: max(0.03, _five(_shallowest(result))),
            reason="five standard errors, at least three points: a few seeds do not tell their own spread",
        ),
        at_most(
            "Fine-tuning lowers what the softmax layer alone leaves on the digits learnt from (largest change)",
            lambda result: (result.learnt[FINE] - result.learnt[TOP]).mean(axis=1),
            0.0,
            by="bengio2007: fine-tuning of the whole network",
        ),
        at_least(
            "Without pretraining more starts are stuck in the deepest network of sigmoid units than with one hidden "
            "layer (fraction)",
            lambda result: pick(result, "stuck", stuck_units="sigmoid")[-1],
            lambda result: pick(result, "stuck", stuck_units="sigmoid")[0] + 2 * np.sqrt(0.5 / result.n_starts),
            by="hochreiter1998; two standard errors of a difference at most",
        ),
        at_most(
            "With tanh units depth leaves no more starts stuck than one hidden layer does (fraction)",
            lambda result: pick(result, "stuck", stuck_units="tanh"),
            lambda result: pick(result, "stuck", stuck_units="tanh")[0],
            by="the network of one hidden layer",
            tolerance=lambda result: 5 * np.sqrt(0.18 / result.n_starts),
            reason="five standard errors of the difference of two fractions near a tenth",
        ),
        same(
            "The error counts digits: multiplied out anew, and compared with the labels as numbers, it is the same",
            lambda result: result.errors,
            lambda result: result.recounted,
            by="another route: bias as a weight, labels as numbers",
            tolerance=1e-12,
            reason="rounding of a fraction",
        ),
    ),
    memory=lambda p: 8.0 * 20 * p.n_seeds * (p.n_shown + p.n_unseen) * (N_PIXELS + sum(p.sizes)) + 2e7,
    size=(7.2, 4.05),
)


if __name__ == "__main__":
    from plasticity.cli.run import script

    script(EXPERIMENT)
