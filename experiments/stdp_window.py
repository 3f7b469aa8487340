"""How does the change of a weight depend on the lag between two spikes, under each variant of pair STDP?

Source: song2000, Fig. 1 (the model window); bipoo1998, Fig. 7 (the measured points, digitised).
Differs: the papers' windows are of one pairing rule each; the variants are side by side here, at one size of change.
Time: quick 3 s, full 3 s (exact evaluation without a time step; most of it is Brian2 at seven lags).
"""

from dataclasses import dataclass

import numpy as np

from plasticity import events, protocols, published, spiking
from plasticity.arrays import Floats
from plasticity.experiment import Claim, Experiment, column, parameter
from plasticity.plots import Figure, curves
from plasticity.rules import PRESETS, Rule, nearest, soft_bounds, with_conventions
from plasticity.rules.library.anti_stdp import ANTI_STDP
from plasticity.rules.library.bi_poo import BI_POO
from plasticity.rules.library.pair_stdp import PAIR_STDP

VARIANTS = {
    "pair": PAIR_STDP,
    "anti": ANTI_STDP,
    "nearest": nearest(PAIR_STDP),
    "soft bounds": soft_bounds(PAIR_STDP),
}
PAIR, ANTI, NEAREST, SOFT = range(4)
CHECKED = np.array([-20, -10, -2, 0, 2, 10, 20]) * 1e-3  # seconds: the lags at which Brian2 runs too


@dataclass(frozen=True)
class Parameters:
    """What can be set."""

    widest: float = parameter(100e-3, "ms", "largest lag on either side", least=1e-3, most=0.2)
    n_lags: int = parameter(801, meaning="lags from one end to the other", least=3, most=100_001)
    n_pairs: int = parameter(60, meaning="pairings at each lag", source="bipoo1998", least=1, most=5000)
    rate: float = parameter(1.0, "Hz", "pairings a second", source="bipoo1998", least=0.01, most=1.2)
    fast_rate: float = parameter(20.0, "Hz", "pairings a second where all-to-all and nearest part", least=2, most=24)
    w0: float = parameter(0.5, "1", "start weight, in w_max", least=0, most=1)
    conventions: str = parameter(
        "default", meaning="of all rules; a coincident pair hangs on it", choices=tuple(PRESETS)
    )


@dataclass(frozen=True)
class Result:
    """Changes of weight against lag, and the measured points."""

    lags: Floats = column("ms", "lags", meaning="t_post - t_pre")
    variants: np.ndarray = column("", "variants", meaning="the rule")
    changes: Floats = column("w_max", "variants", "lags", meaning="change of w by all pairings")
    formulas: Floats = column("w_max", "variants", "lags", meaning="the same in closed form, without bounds")
    fast_lags: Floats = column("ms", "fast_lags", meaning="t_post - t_pre, at the fast rate")
    fast_changes: Floats = column("w_max", "variants", "fast_lags", meaning="change of w, at the fast rate")
    fast_pair: Floats = column("w_max", "fast_lags", meaning="pair STDP, sum over all pairs of spikes, closed form")
    fast_nearest: Floats = column("w_max", "fast_lags", meaning="nearest, sum over neighbours, closed form")
    checked: Floats = column("ms", "checked", meaning="t_post - t_pre, of the runs in Brian2")
    exact: Floats = column("w_max", "variants", "checked", meaning="change of w, exact engine, at the fast rate")
    simulated: Floats = column("w_max", "variants", "checked", meaning="change of w, Brian2, at the fast rate")
    fitted: Floats = column("w0", "lags", meaning="relative change, window of Bi & Poo")
    measured_lags: Floats = column("ms", "points", meaning="t_post - t_pre, digitised")
    measured_changes: Floats = column("w0", "points", meaning="relative change, digitised")
    predicted: Floats = column("w0", "points", meaning="the rule bi_poo at the same lag")
    best: Floats = column("w0", "points", meaning="the exponential closest to the points of that side")


def run(parameters: Parameters) -> Result:
    """Evaluate every window exactly, and a few lags in Brian2."""
    p = parameters
    lags = np.linspace(-p.widest, p.widest, p.n_lags)
    widest = min(p.widest, 0.49 / p.fast_rate)
    fast = np.linspace(-widest, widest, p.n_lags)
    table = published.load("bipoo1998_points")
    points, measured = table["delta_t_ms"] * 1e-3, table["dw"]

    def windows(lags: Floats, rate: float) -> Floats:
        return np.stack([events.window(r, lags, n_pairs=p.n_pairs, rate=rate, w0=p.w0) for r in _variants(p)])

    pair = _all_pairs(p, lags, p.rate)
    return Result(
        lags=lags,
        variants=np.array(list(VARIANTS)),
        changes=windows(lags, p.rate),
        formulas=np.stack([pair, -pair, _neighbours(p, lags, p.rate), _softened(p, lags)]),
        fast_lags=fast,
        fast_changes=windows(fast, p.fast_rate),
        fast_pair=_all_pairs(p, fast, p.fast_rate),
        fast_nearest=_neighbours(p, fast, p.fast_rate),
        checked=CHECKED,
        exact=windows(CHECKED, p.fast_rate),
        simulated=_simulated(p),
        fitted=events.window(BI_POO, lags, n_pairs=60, rate=p.rate, w0=1.0),
        measured_lags=points,
        measured_changes=measured,
        predicted=events.window(BI_POO, points, n_pairs=60, rate=p.rate, w0=1.0),
        best=np.where(points > 0, _best(points, measured, points > 0), _best(points, measured, points < 0)),
    )


def _simulated(p: Parameters) -> Floats:
    """The changes at the checked lags in Brian2, shape (n_variants, n_checked)."""
    trains = protocols.pairing(CHECKED, n_pairs=p.n_pairs, rate=p.fast_rate)
    return np.stack([spiking.final_weight(rule, *trains, p.w0) for rule in _variants(p)]) - p.w0


def _variants(p: Parameters) -> list[Rule]:
    """The variants under the conventions that are set."""
    return [with_conventions(rule, p.conventions) for rule in VARIANTS.values()]


def _first(p: Parameters) -> str:
    """Which spike of a coincident pair acts first: 'pre', 'post', or 'ignored', neither sees the other."""
    return PRESETS[p.conventions].coincidence.removesuffix(" first")


def _one_pair(p: Parameters, lags: Floats) -> Floats:
    """What one pair changes under pair STDP; a coincident one as that of the lag that its convention makes of it."""
    v = PAIR_STDP.values
    after = v["A_plus"] * np.exp(-np.abs(lags) / v["tau_plus"])
    before = -v["A_minus"] * np.exp(-np.abs(lags) / v["tau_minus"])
    coincident = {"pre": v["A_plus"], "post": -v["A_minus"], "ignored": 0.0}[_first(p)]
    return np.where(lags > 0, after, np.where(lags < 0, before, coincident))


def _all_pairs(p: Parameters, lags: Floats, rate: float) -> Floats:
    """The sum over all pairs of spikes: n of a pairing with itself, n - k of pairings k intervals apart, either way."""
    n, total = p.n_pairs, p.n_pairs * _one_pair(p, lags)
    for k in range(1, min(n, 1 + int(2.0 * rate))):  # farther than 2 s nothing is left of a window of 20 ms
        total = total + (n - k) * (_one_pair(p, lags + k / rate) + _one_pair(p, lags - k / rate))
    return total


def _neighbours(p: Parameters, lags: Floats, rate: float) -> Floats:
    """Each spike with the last one of the other train: its own pairing, and the one before or after it.

    Of a coincident pair that is not ignored, the spike that acts second has its own partner for the last one.
    """
    before, after = _one_pair(p, lags - 1 / rate), _one_pair(p, lags + 1 / rate)
    others = np.where((lags > 0) | ((lags == 0) & (_first(p) != "post")), before, 0.0)
    others += np.where((lags < 0) | ((lags == 0) & (_first(p) != "pre")), after, 0.0)
    return p.n_pairs * _one_pair(p, lags) + (p.n_pairs - 1) * others


def _softened(p: Parameters, lags: Floats) -> Floats:
    """Soft bounds: each pairing takes the same fraction of what is left to the bound. Neighbours are left out."""
    one, n = _one_pair(p, lags), p.n_pairs
    up, down = (1 - p.w0) * (1 - (1 - np.maximum(one, 0.0)) ** n), p.w0 * ((1 + np.minimum(one, 0.0)) ** n - 1)
    return up + down


def _best(lags: Floats, changes: Floats, side: np.ndarray) -> Floats:
    """The exponential A exp(-|lag|/tau) closest to the points of one side, tau from 1 to 300 ms."""
    shapes = np.exp(-np.abs(lags) / np.linspace(1e-3, 0.3, 3000)[:, None])
    amplitude = (shapes[:, side] @ changes[side]) / (shapes[:, side] ** 2).sum(axis=1)
    candidates = amplitude[:, None] * shapes
    return candidates[np.argmin(((candidates - changes)[:, side] ** 2).sum(axis=1))]


def draw(result: Result, figure: Figure) -> None:
    """The variants, slow and fast; the measured window."""
    slow, fast, measured = figure.subplots(1, 3)
    fast.sharey(slow)
    for axes, lags, changes in ((slow, result.lags, result.changes), (fast, result.fast_lags, result.fast_changes)):
        for number, (name, change) in enumerate(zip(result.variants, changes, strict=True)):
            curves.broken_curve(axes, lags * 1e3, change, name, number=number)
        curves.zero_line(axes, x=True)
    curves.label(slow, "lag t_post - t_pre (ms)", "change of w (w_max)", "slow pairing")
    curves.label(fast, "lag t_post - t_pre (ms)", "change of w (w_max)", "fast pairing")
    slow.legend(loc="upper left")
    curves.published_points(measured, result.measured_lags * 1e3, result.measured_changes * 100, "Bi & Poo 1998")
    curves.broken_curve(measured, result.lags * 1e3, result.fitted * 100, "the rule bi_poo")
    curves.zero_line(measured, x=True)
    curves.label(measured, "lag t_post - t_pre (ms)", "change of w (% of start)", "measured window")
    measured.legend(loc="upper left")


_COINCIDENT = {
    "ignored": "lag 0 is ignored by convention",
    "pre": "at lag 0 pre acts first by convention",
    "post": "at lag 0 post acts first by convention",
}


def caption(parameters: Parameters, result: Result) -> str:
    """What is seen."""
    p, predicted = parameters, result.predicted
    return (
        f"Change of weight after {p.n_pairs} pairings against lag, from w = {p.w0:g}; {_COINCIDENT[_first(p)]}. "
        f"Left: {p.rate:g} a second. Middle: {p.fast_rate:g} a second, where neighbouring pairings meet, and "
        f"all-to-all (pair) and nearest part. Right: {result.measured_lags.size} points measured in hippocampal "
        f"cultures after 60 pairings at 1 Hz, and the window of the rule bi_poo: on the right side rms "
        f"{_rms(result, 1, predicted):.2f} from the points, on the left {_rms(result, -1, predicted):.2f}."
    )


def _largest(differences: Floats) -> float:
    return float(np.abs(differences).max())


def _gain(result: Result) -> float:
    """How many times more all-to-all changes than nearest, at a lag of a quarter of the widest fast one."""
    index = int(np.searchsorted(result.fast_lags, result.fast_lags[-1] / 4))
    return float(result.fast_changes[PAIR, index] / result.fast_changes[NEAREST, index])


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
            "With no bound in reach, pair and anti are A exp(-|lag|/tau), added up over all pairs (largest error)",
            lambda r: max(_largest((r.changes - r.formulas)[: ANTI + 1]), _largest(r.fast_changes[PAIR] - r.fast_pair)),
            0.0,
            "closed form",
            tolerance=1e-12,
            reason="rounding",
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
            "Anti-STDP, in Brian2, undoes pair STDP of the exact engine (largest sum of both)",
            lambda r: _largest(r.simulated[ANTI] + r.exact[PAIR]),
            0.0,
            "symmetry",
            tolerance=1e-12,
            reason="rounding",
        ),
        Claim(
            "Slow pairing: nearest and all-to-all are the same (largest difference)",
            lambda r: _largest(r.changes[NEAREST] - r.changes[PAIR]),
            0.0,
            "limit case",
            tolerance=1e-12,
            reason="the next pairing is 0.9 s away or more, 45 time constants",
        ),
        Claim(
            "Fast pairing: nearest adds up neighbours only (largest error)",
            lambda r: _largest(r.fast_changes[NEAREST] - r.fast_nearest),
            0.0,
            "closed form",
            tolerance=1e-12,
            reason="rounding",
        ),
        Claim(
            "20 pairings a second: all-to-all changes more than nearest, by 1/(1 - exp(-50 ms/tau))",
            _gain,
            1 / (1 - np.exp(-50e-3 / 20e-3)),
            "closed form",
            tolerance=0.01,
            reason="the first and the last of 60 pairings have a neighbour on one side only",
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
    size=(11.0, 3.8),
)


if __name__ == "__main__":
    from plasticity.cli.run import script

    script(EXPERIMENT)
