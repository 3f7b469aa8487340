"""How does the change of a weight depend on the lag between two spikes, under each variant of pair STDP?

Source: song2000, Fig. 1 (the model window); bipoo1998, Fig. 7 (the measured points, digitised).
Differs: the papers' windows are of one pairing rule each; the variants are side by side here, at one size of change.
Time: quick 3 s, full 3 s (exact evaluation without a time step; most of it is Brian2 at seven lags).
"""

import numpy as np

from plasticity.arrays import Floats
from plasticity.experiment import Claim, Experiment
from plasticity.plots import Figure, curves, style
from plasticity.rules.library.bi_poo import BI_POO
from plasticity.rules.library.pair_stdp import PAIR_STDP
from plasticity.studies.stdp_window import (
    ANTI,
    NEAREST,
    PAIR,
    SOFT,
    VARIANTS,
    Parameters,
    Result,
    first_of_coincident,
    run,
)

COLOURS = (style.PAIR, style.ANTI, style.NEAREST, style.SOFTLY)  # of the variants, as in every figure


def draw(result: Result, figure: Figure) -> None:
    """The variants, slow and fast; the measured window."""
    slow, fast, measured = figure.subplots(1, 3)
    fast.sharey(slow)
    for axes, lags, changes in ((slow, result.lags, result.changes), (fast, result.fast_lags, result.fast_changes)):
        for name, change, number in zip(result.variants, changes, COLOURS, strict=True):
            curves.broken_curve(axes, lags * 1e3, change, name, number=number)
        curves.zero_line(axes, x=True)
    curves.label(slow, "lag t_post - t_pre (ms)", "change of w (w_max)", f"pairings at {result.rate:g} Hz")
    curves.label(fast, "lag t_post - t_pre (ms)", "", f"pairings at {1 / result.interval:g} Hz")
    fast.tick_params(labelleft=False)
    points = result.measured_lags * 1e3, result.measured_changes * 100
    curves.published_points(measured, *points, "Bi & Poo 1998")
    curves.broken_curve(measured, result.lags * 1e3, result.fitted * 100, "the rule bi_poo", number=style.BI_POO)
    curves.zero_line(measured, x=True)
    curves.label(measured, "lag t_post - t_pre (ms)", "change of w (% of start)", "measured window")
    curves.shared_legend([slow, measured])


_COINCIDENT = {
    "ignored": "lag 0 is ignored by convention",
    "pre": "at lag 0 pre acts first by convention",
    "post": "at lag 0 post acts first by convention",
}


def caption(parameters: Parameters, result: Result) -> str:
    """What is seen."""
    p, predicted, coincident = parameters, result.predicted, _COINCIDENT[first_of_coincident(parameters)]
    return (
        f"Change of weight after {p.n_pairs} pairings against lag, from w = {p.w0:g}; {coincident}. "
        f"a, pairings at {p.rate:g} Hz: nearest (dotted) lies on all-to-all (pair). b, at {p.fast_rate:g} Hz: "
        f"neighbouring pairings meet, and the two part. c, {result.measured_lags.size} points measured in hippocampal "
        f"cultures after 60 pairings at 1 Hz, and the window of the rule bi_poo: rms {_rms(result, 1, predicted):.2f} "
        f"from the points where pre fires first, {_rms(result, -1, predicted):.2f} where post does."
    )


def _largest(differences: Floats) -> float:
    return float(np.abs(differences).max())


def _gain(result: Result) -> float:
    """How many times more all-to-all changes than nearest, at a lag of a quarter of the widest fast one."""
    index = int(np.searchsorted(result.fast_lags, result.fast_lags[-1] / 4))
    return float(result.fast_free[PAIR, index] / result.fast_free[NEAREST, index])


def _rms(result: Result, side: int, window: Floats) -> float:
    """Root mean square distance of the points of one side (1: pre first, -1: post first) from a window."""
    here = np.sign(result.measured_lags) == side
    return float(np.sqrt(np.mean((window - result.measured_changes)[here] ** 2)))


def _left_ratio(result: Result, beyond: float = 0.0) -> float:
    """Post first and at least `beyond` apart: rms distance of the points from the rule, over that from no change."""
    here = (result.measured_lags < 0) & (np.abs(result.measured_lags) >= beyond)
    points, rule = result.measured_changes[here], result.predicted[here]
    return float(np.sqrt(np.mean((points - rule) ** 2) / np.mean(points**2)))


def _sides_right(result: Result) -> float:
    """The fraction of measured points at which the rule has the sign of the point."""
    return float(np.mean(np.sign(result.predicted) == np.sign(result.measured_changes)))


def _rounding(result: Result) -> float:
    """Of the sum of the changes of all pairings."""
    return 1e-14 * max(result.n_pairs, 100)


EXPERIMENT = Experiment(
    name="stdp_window",
    question="How does the change of a weight depend on the lag between two spikes, under each variant of pair STDP?",
    source="song2000, Fig. 1; bipoo1998, Fig. 7",
    run=run,
    draw=draw,
    caption=caption,
    full=Parameters(),
    quick=Parameters(n_lags=201),
    claims=(
        Claim(
            "Without bounds, pair and anti are A exp(-|lag|/tau), added up over all pairs (largest error)",
            lambda r: max(_largest((r.free - r.formulas)[: ANTI + 1]), _largest(r.fast_free[PAIR] - r.fast_pair)),
            0.0,
            "closed form",
            tolerance=_rounding,
            reason="rounding of as many changes",
        ),
        Claim(
            "Brian2 gives every variant the same change as the exact engine (largest difference)",
            lambda r: _largest(r.simulated - r.exact),
            0.0,
            "another engine",
            tolerance=1e-12,
            reason="rounding",
        ),
        Claim(
            "Anti-STDP, in Brian2, mirrors pair STDP of the exact engine, begun as far from the other bound (largest "
            "sum of both)",
            lambda r: _largest(r.simulated[ANTI] + r.mirrored),
            0.0,
            "symmetry",
            tolerance=1e-12,
            reason="rounding",
        ),
        Claim(
            "Slow pairing: without bounds, nearest and all-to-all are the same (largest difference)",
            lambda r: _largest(r.free[NEAREST] - r.free[PAIR]),
            0.0,
            "limit case",
            tolerance=1e-12,
            reason="the next pairing is 0.9 s away or more, 45 time constants",
        ),
        Claim(
            "Fast pairing: without bounds, nearest adds up neighbours only (largest error)",
            lambda r: _largest(r.fast_free[NEAREST] - r.fast_nearest),
            0.0,
            "closed form",
            tolerance=_rounding,
            reason="rounding of as many changes",
        ),
        Claim(
            "Fast pairing: without bounds, all-to-all changes more than nearest, by 1/(1 - exp(-interval/tau))",
            _gain,
            lambda r: 1 / (1 - np.exp(-r.interval / PAIR_STDP.values["tau_plus"])),
            "closed form",
            tolerance=lambda r: 0.6 / r.n_pairs,
            reason="the first and the last pairing have a neighbour on one side only",
        ),
        Claim(
            "Soft bounds: each pairing takes the same fraction of what is left to the bound (largest error)",
            lambda r: _largest((r.changes - r.formulas)[SOFT]),
            0.0,
            "closed form",
            tolerance=1e-12,
            reason="rounding; the next pairing is 45 time constants away",
        ),
        Claim(
            "Pre first: the rule is nearly as close to the measured points as any exponential (ratio of rms distances)",
            lambda r: _rms(r, 1, r.predicted) / _rms(r, 1, r.best),
            1.05,
            "bipoo1998, Fig. 7",
            relation="at most",
            reason="our choice: a twentieth, far less than the scatter of the points",
        ),
        Claim(
            "Post first: taken over all points, the rule is no closer than no change at all (ratio of rms distances)",
            _left_ratio,
            1.0,
            "bipoo1998, Fig. 7",
            relation="at least",
            reason="a failure of the rule: two points within 4 ms are strengthened",
        ),
        Claim(
            "Post first by 4 ms or more: the rule halves the distance from the points (ratio of rms distances)",
            lambda r: _left_ratio(r, 4e-3),
            0.5,
            "bipoo1998, Fig. 7",
            relation="at most",
            reason="half is our choice",
        ),
        Claim(
            "The rule has the sign of the measured change more often than chance (fraction of points)",
            _sides_right,
            lambda r: 0.5 + 3 * np.sqrt(0.25 / r.measured_lags.size),
            "bipoo1998, Fig. 7",
            relation="at least",
            reason="three standard errors above a coin",
        ),
    ),
    memory=lambda p: 8.0 * 40 * p.n_lags * p.n_pairs,
    records=(*VARIANTS.values(), BI_POO),
    size=(7.2, 2.9),
)


if __name__ == "__main__":
    from plasticity.cli.run import script

    script(EXPERIMENT)
