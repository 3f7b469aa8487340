"""How does the change of a weight depend on the lag between two spikes, under each variant of pair STDP?

Source: song2000, Fig. 1 (the model window); bipoo1998, Fig. 7 (the measured points, digitised).
Differs: the papers' windows are of one pairing rule each; the variants are side by side here, at one size of change.
Time: quick under 1 s, full under 1 s (exact evaluation, no time step).
"""

from dataclasses import dataclass

import numpy as np

from plasticity import events, published
from plasticity.experiment import Claim, Experiment, column, setting
from plasticity.plots import curves
from plasticity.plots.style import BIOLOGICAL
from plasticity.rules import nearest, soft_bounds
from plasticity.rules.anti_stdp import ANTI_STDP
from plasticity.rules.bi_poo import BI_POO
from plasticity.rules.pair_stdp import PAIR_STDP
from plasticity.trains import Floats

VARIANTS = {
    "pair": PAIR_STDP,
    "anti": ANTI_STDP,
    "nearest": nearest(PAIR_STDP),
    "soft bounds": soft_bounds(PAIR_STDP),
}


@dataclass(frozen=True)
class Parameters:
    """What can be set."""

    widest: float = setting(100e-3, "ms", "largest lag on either side", least=1e-3, most=0.4)
    n_lags: int = setting(401, meaning="lags from one end to the other", least=3, most=100_001)
    n_pairs: int = setting(60, meaning="pairings at each lag", source="bipoo1998", least=1, most=100_000)
    rate: float = setting(1.0, "Hz", "pairings a second", source="bipoo1998", least=0.01, most=1.2)
    fast_rate: float = setting(20.0, "Hz", "pairings a second where all-to-all and nearest part", least=1, most=100)
    w0: float = setting(0.5, "1", "start weight, in w_max", least=0, most=1)


@dataclass(frozen=True)
class Result:
    """Changes of weight against lag, and the measured points."""

    lags: Floats = column("ms", "lags", meaning="t_post - t_pre")
    variants: np.ndarray = column("", "variants", meaning="the rule")
    changes: Floats = column("w_max", "variants", "lags", meaning="change of w by all pairings")
    fast_lags: Floats = column("ms", "fast_lags", meaning="t_post - t_pre, at the fast rate")
    fast_changes: Floats = column("w_max", "variants", "fast_lags", meaning="change of w, at the fast rate")
    fitted: Floats = column("w0", "lags", meaning="relative change, window of Bi & Poo")
    measured_lags: Floats = column("ms", "points", meaning="t_post - t_pre, digitised")
    measured_changes: Floats = column("w0", "points", meaning="relative change, digitised")
    closed_form: Floats = column("w_max", "lags", meaning="n A exp(-|lag|/tau), pair STDP")


def run(parameters: Parameters) -> Result:
    """Evaluate every window exactly."""
    p = parameters
    lags = np.linspace(-p.widest, p.widest, p.n_lags)
    widest = min(p.widest, 0.49 / p.fast_rate)
    fast_lags = np.linspace(-widest, widest, p.n_lags)
    table = published.load("bipoo1998_points")

    def windows(lags: Floats, rate: float) -> Floats:
        return np.stack([events.window(r, lags, n_pairs=p.n_pairs, rate=rate, w0=p.w0) for r in VARIANTS.values()])

    return Result(
        lags=lags,
        variants=np.array(list(VARIANTS)),
        changes=windows(lags, p.rate),
        fast_lags=fast_lags,
        fast_changes=windows(fast_lags, p.fast_rate),
        fitted=events.window(BI_POO, lags, n_pairs=p.n_pairs, rate=p.rate, w0=1.0),
        measured_lags=table["delta_t_ms"] * 1e-3,
        measured_changes=table["dw"],
        closed_form=_one_pair(lags) * p.n_pairs,
    )


def _one_pair(lags: Floats) -> Floats:
    """What one pair changes under pair STDP, in closed form; a coincident pair is ignored."""
    v = PAIR_STDP.values
    after = v["A_plus"] * np.exp(-np.abs(lags) / v["tau_plus"])
    before = -v["A_minus"] * np.exp(-np.abs(lags) / v["tau_minus"])
    return np.where(lags > 0, after, np.where(lags < 0, before, 0.0))


def draw(result: Result, figure) -> None:
    """The variants, slow and fast; the measured window."""
    slow, fast, measured = figure.subplots(1, 3)
    for axes, lags, changes in ((slow, result.lags, result.changes), (fast, result.fast_lags, result.fast_changes)):
        for number, (name, change) in enumerate(zip(result.variants, changes, strict=True)):
            curves.curve(axes, lags * 1e3, change, name, number=number)
        curves.zero_line(axes, x=True)
    curves.label(slow, "lag t_post - t_pre (ms)", "change of w (w_max)", "slow pairing")
    curves.label(fast, "lag t_post - t_pre (ms)", "change of w (w_max)", "fast pairing")
    slow.legend(loc="upper left")
    curves.published_points(measured, result.measured_lags * 1e3, result.measured_changes * 100, "Bi & Poo 1998")
    curves.curve(measured, result.lags * 1e3, result.fitted * 100, "the rule bi_poo", color=BIOLOGICAL)
    curves.zero_line(measured, x=True)
    curves.label(measured, "lag t_post - t_pre (ms)", "change of w (% of start)", "measured window")
    measured.legend(loc="upper left")


def caption(parameters: Parameters, result: Result) -> str:
    """What is seen."""
    p = parameters
    return (
        f"Change of weight after {p.n_pairs} pairings against lag. Left: {p.rate:g} a second from w = {p.w0:g}; "
        f"middle: {p.fast_rate:g} a second, where neighbouring pairings meet, and all-to-all and nearest part. "
        f"Right: 42 points measured in hippocampal cultures and the window of the rule bi_poo."
    )


def _far_from_bounds(result: Result) -> float:
    """The largest error of the additive window against its closed form, where neighbouring pairings do not matter."""
    return float(np.abs(result.changes[0] - result.closed_form).max())


def _sides_right(result: Result) -> float:
    """The share of measured points on whose side the rule has the sign of the point."""
    rule = np.interp(result.measured_lags, result.lags, result.fitted)
    return float(np.mean(np.sign(rule) == np.sign(result.measured_changes)))


EXPERIMENT = Experiment(
    name="stdp_window",
    question="How does the change of a weight depend on the lag between two spikes, under each variant of pair STDP?",
    source="song2000, Fig. 1; bipoo1998, Fig. 7",
    run=run,
    draw=draw,
    caption=caption,
    full=Parameters(),
    quick=Parameters(n_lags=101),
    claims=(
        Claim(
            "Pair STDP gives the closed form n A exp(-|lag|/tau), but for neighbours (largest error, w_max)",
            _far_from_bounds,
            0.0,
            "closed form",
            tolerance=lambda result: 60 * 0.00525 * np.exp(-(1 - 0.1) / 20e-3) * 2 + 1e-12,
            reason="pairs of neighbouring pairings, 0.9 s apart or more, and rounding",
        ),
    ),
    memory=lambda p: 8.0 * 40 * p.n_lags * p.n_pairs,
    records=(*VARIANTS.values(), BI_POO),
    size=(11.0, 3.8),
)


if __name__ == "__main__":
    from plasticity.cli.experiments import script

    script(EXPERIMENT)
