"""The windows of pair STDP and its variants, by two engines and in closed form; and a measured window."""

from dataclasses import dataclass

import numpy as np

from plasticity import engines, protocols, published, spiking
from plasticity.arrays import Floats
from plasticity.experiment import column, parameter
from plasticity.rules import PRESETS, Rule, nearest, soft_bounds, unbounded, with_conventions
from plasticity.rules.conventions import words
from plasticity.rules.library.anti_stdp import ANTI_STDP
from plasticity.rules.library.bi_poo import BI_POO
from plasticity.rules.library.pair_stdp import PAIR_STDP
from plasticity.studies.pair_formula import one_pair

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
    free: Floats = column("w_max", "variants", "lags", meaning="the same without bounds, or with soft ones")
    formulas: Floats = column("w_max", "variants", "lags", meaning="the same without bounds in closed form")
    fast_lags: Floats = column("ms", "fast_lags", meaning="t_post - t_pre, at the fast rate")
    fast_changes: Floats = column("w_max", "variants", "fast_lags", meaning="change of w, at the fast rate")
    fast_free: Floats = column("w_max", "variants", "fast_lags", meaning="the same without bounds, or with soft ones")
    fast_pair: Floats = column("w_max", "fast_lags", meaning="pair STDP, sum over all pairs of spikes, closed form")
    fast_nearest: Floats = column("w_max", "fast_lags", meaning="nearest, sum over neighbours, closed form")
    checked: Floats = column("ms", "checked", meaning="t_post - t_pre, of the runs in Brian2")
    exact: Floats = column("w_max", "variants", "checked", meaning="change of w, exact engine, at the fast rate")
    mirrored: Floats = column(
        "w_max", "checked", meaning="of pair STDP in a mirror, exact engine, as far from the other bound"
    )
    simulated: Floats = column("w_max", "variants", "checked", meaning="change of w, Brian2, at the fast rate")
    rate: float = column("Hz", meaning="pairings a second")
    interval: float = column("ms", meaning="between pairings at the fast rate")
    n_pairs: int = column("1", meaning="pairings at each lag")
    fitted: Floats = column("w0", "lags", meaning="relative change, window of Bi & Poo")
    measured_lags: Floats = column("ms", "points", meaning="t_post - t_pre, digitised")
    measured_changes: Floats = column("w0", "points", meaning="relative change, digitised")
    predicted: Floats = column("w0", "points", meaning="the rule bi_poo at the same lag")
    best: Floats = column("w0", "points", meaning="the exponential closest to the points of that side")


def run(parameters: Parameters) -> Result:
    """Evaluate every window exactly, and a few lags in Brian2."""
    p, rules = parameters, _variants(parameters)
    bi_poo = with_conventions(BI_POO, p.conventions)
    lags = np.linspace(-p.widest, p.widest, p.n_lags)
    widest = min(p.widest, 0.49 / p.fast_rate)
    fast = np.linspace(-widest, widest, p.n_lags)
    table = published.load("bipoo1998_points")
    points, measured = table["delta_t_ms"] * 1e-3, table["dw"]

    free = [*(unbounded(rule) for rule in rules[:SOFT]), rules[SOFT]]

    def windows(rules: list[Rule], lags: Floats, rate: float) -> Floats:
        return np.stack([engines.window(r, lags, n_pairs=p.n_pairs, rate=rate, w0=p.w0) for r in rules])

    pair = _all_pairs(p, lags, p.rate)
    return Result(
        lags=lags,
        variants=np.array(list(VARIANTS)),
        changes=windows(rules, lags, p.rate),
        free=windows(free, lags, p.rate),
        formulas=np.stack([pair, -pair, _neighbours(p, lags, p.rate), _softened(p, lags)]),
        fast_lags=fast,
        fast_changes=windows(rules, fast, p.fast_rate),
        fast_free=windows(free, fast, p.fast_rate),
        fast_pair=_all_pairs(p, fast, p.fast_rate),
        fast_nearest=_neighbours(p, fast, p.fast_rate),
        checked=CHECKED,
        exact=windows(rules, CHECKED, p.fast_rate),
        mirrored=engines.window(_mirrored(rules[PAIR]), CHECKED, n_pairs=p.n_pairs, rate=p.fast_rate, w0=1 - p.w0),
        simulated=_simulated(p, rules),
        rate=p.rate,
        interval=1 / p.fast_rate,
        n_pairs=p.n_pairs,
        fitted=engines.window(bi_poo, lags, n_pairs=60, rate=p.rate, w0=1.0),
        measured_lags=points,
        measured_changes=measured,
        predicted=engines.window(bi_poo, points, n_pairs=60, rate=p.rate, w0=1.0),
        best=np.where(points > 0, _best(points, measured, points > 0), _best(points, measured, points < 0)),
    )


def _simulated(p: Parameters, rules: list[Rule]) -> Floats:
    """The changes at the checked lags in Brian2, shape (n_variants, n_checked)."""
    trains = protocols.pairing(CHECKED, n_pairs=p.n_pairs, rate=p.fast_rate)
    return np.stack([spiking.final_weight(rule, *trains, p.w0) for rule in rules]) - p.w0


def _variants(p: Parameters) -> list[Rule]:
    """The variants under the conventions that are set."""
    return [with_conventions(rule, p.conventions) for rule in VARIANTS.values()]


def _mirrored(rule: Rule) -> Rule:
    """The rule with the other order at one instant: in a mirror what raises a weight lowers it."""
    orders = words()["order"]
    return with_conventions(rule, order=orders[1 - orders.index(rule.conventions.order)])


def first_of_coincident(p: Parameters) -> str:
    """Which spike of a coincident pair acts first: 'pre', 'post', or 'ignored', neither sees the other."""
    return PRESETS[p.conventions].coincidence.removesuffix(" first")


def _one_pair(p: Parameters, lags: Floats) -> Floats:
    """What one pair changes under pair STDP; a coincident one as that of the lag that its convention makes of it."""
    v = PAIR_STDP.values
    coincident = {"pre": v["A_plus"], "post": -v["A_minus"], "ignored": 0.0}[first_of_coincident(p)]
    return one_pair(PAIR_STDP, lags, coincident=coincident)


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
    others = np.where((lags > 0) | ((lags == 0) & (first_of_coincident(p) != "post")), before, 0.0)
    others += np.where((lags < 0) | ((lags == 0) & (first_of_coincident(p) != "pre")), after, 0.0)
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
