"""Where does a weight rest, and how far does it spread, when changes depend on the weight?

Source: guetig2003, eq. 2-3 (rest against mu); morrison2007 (rest of the power law); vanrossum2000 (peak with noise).
Differs: pairs of Poisson trains without correlation, no postsynaptic neuron; the size of the noise is our choice.
Time: quick 3 s, full 15 s (closed forms; the exact engine over Poisson trains; Brian2 for what is drawn at random).
"""

from dataclasses import dataclass

import numpy as np

from plasticity import events, protocols, rates, spiking
from plasticity.arrays import Floats
from plasticity.experiment import Claim, Experiment, column, parameter
from plasticity.plots import Figure, curves
from plasticity.plots.style import BIOLOGICAL
from plasticity.rules import Rule, with_parameters
from plasticity.rules.library.gutig_stdp import GUTIG_STDP
from plasticity.rules.library.multiplicative_stdp import MULTIPLICATIVE_STDP
from plasticity.rules.library.pair_stdp import PAIR_STDP
from plasticity.rules.library.power_law_stdp import POWER_LAW_STDP
from plasticity.rules.library.van_rossum_stdp import VAN_ROSSUM_STDP

MUS = np.array([0.02, 0.1, 0.5, 1.0])
GUETIG_RESTS = np.array([0.0802, 0.3804, 0.4756, 0.4878])  # of guetig2003, eq. 2-3, at alpha = 1.05
MORRISON_REST = 39.5985  # pA, at alpha = 0.11
SMALL = 1e-4  # factor on the step of what is averaged, so that weights stay where they are
DRIFTING = (PAIR_STDP, GUTIG_STDP, MULTIPLICATIVE_STDP, VAN_ROSSUM_STDP)


@dataclass(frozen=True)
class Parameters:
    """What can be set."""

    rate: float = parameter(20.0, "Hz", "of both trains", least=2, most=50)
    n_weights: int = parameter(200, meaning="weights of each curve", least=10, most=2000)
    n_mus: int = parameter(100, meaning="powers of the curve of rests", least=5, most=1000)
    n_synapses: int = parameter(400, meaning="synapses, each with trains of its own", least=50, most=2000)
    duration: float = parameter(80.0, "s", "time that they learn", least=20, most=400)
    seed: int = 0


@dataclass(frozen=True)
class Result:
    """Drifts, rests in closed form and over Poisson trains, and the spread that noise makes."""

    rules: np.ndarray = column("", "rules")
    weights: Floats = column("1", "weights", meaning="w, in units of each rule")
    drifts: Floats = column("1", "rules", "weights", meaning="mean change of w, over its largest size between 0 and 1")
    mus: Floats = column("1", "mus", meaning="weight dependence of Guetig's rule")
    rests: Floats = column("1", "mus", meaning="where w rests, closed form")
    published_mus: Floats = column("1", "published_mus", meaning="weight dependence of Guetig's rule")
    published: Floats = column("1", "published_mus", meaning="where w rests, as published")
    found: Floats = column("1", "published_mus", meaning="where the mean drift of the rule vanishes")
    averaged: Floats = column("1", "published_mus", meaning="where the mean change vanishes, exact engine")
    errors: Floats = column("1", "published_mus", meaning="standard error of `averaged`")
    power_law: float = column("pA", meaning="rest of the power law: where its drift vanishes")
    power_law_formula: float = column("pA", meaning="w0 (tau+/(alpha tau-))^(1/(1 - mu))")
    noisy: Floats = column("w0", "synapses", meaning="weights with noise, Brian2")
    noisy_variance: float = column("1", meaning="their variance in closed form")
    quiet: Floats = column("w0", "synapses", meaning="weights without noise, the same trains")
    quiet_variance: float = column("1", meaning="their variance in closed form")


def run(parameters: Parameters) -> Result:
    """Rests by three routes, and weights under noise."""
    p = parameters
    weights, mus = np.linspace(0.0, 1.5, p.n_weights), np.linspace(0.005, 1.0, p.n_mus)
    trains = _trains(p)
    guetig = [with_parameters(GUTIG_STDP, mu=mu) for mu in MUS.tolist()]
    averaged = [_averaged_rests(rule, trains, p) for rule in guetig]
    noisy, quiet = (
        np.asarray(spiking.final_weight(with_parameters(VAN_ROSSUM_STDP, sigma=sigma), *trains, 1.0, seed=p.seed))
        for sigma in (VAN_ROSSUM_STDP.values["sigma"], 0.0)
    )
    v = POWER_LAW_STDP.values
    return Result(
        rules=np.array([rule.name for rule in DRIFTING]),
        weights=weights,
        drifts=np.array([_drift(rule, weights, p) for rule in DRIFTING]),
        mus=mus,
        rests=1 / (1 + GUTIG_STDP.values["alpha"] ** (1 / mus)),
        published_mus=MUS,
        published=GUETIG_RESTS,
        found=np.array([_rest(rule, p) for rule in guetig]),
        averaged=np.array([each.mean() for each in averaged]),
        errors=np.array([each.std(ddof=1) for each in averaged]) / np.sqrt(p.n_synapses),
        power_law=_rest(POWER_LAW_STDP, p),
        power_law_formula=v["w0"] * (v["tau_plus"] / (v["alpha"] * v["tau_minus"])) ** (1 / (1 - v["mu"])),
        noisy=noisy,
        noisy_variance=_variance(p, VAN_ROSSUM_STDP.values["sigma"]),
        quiet=quiet,
        quiet_variance=_variance(p, 0.0),
    )


def _trains(p: Parameters) -> tuple[list[Floats], list[Floats]]:
    rng = np.random.default_rng(p.seed)
    pre, post = ([protocols.poisson(p.rate, p.duration, rng) for _ in range(p.n_synapses)] for _ in range(2))
    return pre, post


def _drift(rule: Rule, weights: Floats, p: Parameters) -> Floats:
    """The mean change within the bounds of the rule, over its largest size where all rules are."""
    within = (weights >= rule.bounds.lower) & (weights <= rule.bounds.upper)
    drift = np.where(within, rates.drift(rule, p.rate, p.rate, np.where(within, weights, 0.5)), np.nan)
    return np.asarray(drift / np.abs(drift[weights <= 1.0]).max())


def _rest(rule: Rule, p: Parameters) -> float:
    """The one stable weight at which the mean drift vanishes."""
    (point,) = (one for one in rates.fixed_points(rule, p.rate, p.rate) if one.stability == "stable")
    return point.weight


def _variance(p: Parameters, sigma: float) -> float:
    """The variance of w under van Rossum's rule after the duration, from w = 1, for small changes.

    Pairs come `pairs` times a second, each counted with its window; pre before post adds c, post before pre takes away
    c w, and both add sigma w at random. The lag of a pair is symmetric, so that counts of spikes, up and down, cancel;
    what is left is the mean square of each pair.
    """
    c, tau = VAN_ROSSUM_STDP.values["c_d"], VAN_ROSSUM_STDP.values["tau_plus"]
    pairs = p.rate**2 * tau
    push = pairs * (sigma**2 + c**2)
    decay = pairs * (2 * c - sigma**2 - c**2 / 2)  # less what is pushed more, where w is above its rest
    return push / decay * (1 - np.exp(-decay * p.duration))


def _averaged_rests(rule: Rule, trains: tuple[list[Floats], list[Floats]], p: Parameters) -> Floats:
    """Where each synapse would rest by what it changes at the rest of the drift, with steps so small that it stays
    there: a step of Newton's method with the slope of the drift, (n_synapses,)."""
    small, rest, h = with_parameters(rule, rate=rule.values["rate"] * SMALL), _rest(rule, p), 1e-4
    below, above = rates.drift(rule, p.rate, p.rate, np.array([rest - h, rest + h]))
    change = np.asarray(events.final_weight(small, *trains, rest)) - rest
    return np.asarray(rest - change / SMALL / p.duration * 2 * h / (above - below))


def draw(result: Result, figure: Figure) -> None:
    """The drift of each rule; rests against the power; weights with and without noise."""
    drift, rests, spread = figure.subplots(1, 3)
    for number, name in enumerate(result.rules):
        curves.curve(drift, result.weights, result.drifts[number], name, number=number)
    curves.zero_line(drift)
    curves.legend_above(drift)
    curves.label(drift, "weight w", "mean change of w (relative)", "without correlation")
    curves.theory(rests, result.mus, result.rests)
    curves.published_points(rests, result.published_mus, result.published, "Gütig et al. (2003)", marker="D")
    curves.points(rests, result.published_mus, result.averaged, "exact engine", error=result.errors)
    rests.set_ylim(0.0, 0.6)
    curves.legend_above(rests)
    curves.label(rests, "power of the weight dependence", "weight at rest", "where weights rest")
    edges = np.linspace(0.3, 1.9, 41)
    curves.histogram(spread, result.noisy, edges, "with noise", color=BIOLOGICAL)
    deviation = np.sqrt(result.noisy_variance)
    bell = np.exp(-((edges - 1) ** 2) / (2 * deviation**2)) / (deviation * np.sqrt(2 * np.pi))
    curves.theory(spread, edges, bell * result.noisy.size * np.diff(edges)[0], "normal, closed form")
    curves.legend_above(spread)
    curves.label(spread, "weight (of the rest)", "synapses", "van Rossum's rule")


def caption(parameters: Parameters, result: Result) -> str:
    """What is seen."""
    return (
        f"a: mean change of w under Poisson trains of {parameters.rate:g} Hz. Additive STDP only weakens, and "
        "leaves weights at a bound; weight dependence makes a rest. b: Gütig's rest moves from "
        f"{result.found[0]:.3g} (mu = {result.published_mus[0]:g}) to {result.found[-1]:.3g} (mu = 1). The power law "
        f"rests at {result.power_law:.4g} pA. c: van Rossum's noise spreads weights around their rest with a "
        f"standard deviation of {result.noisy.std():.3g}; without it, {result.quiet.std():.3g}."
    )


def _guetig_claim(place: int) -> Claim:
    return Claim(
        f"Guetig's rule rests at {GUETIG_RESTS[place]:g} for mu = {MUS[place]:g}",
        lambda r: float(r.found[place]),
        GUETIG_RESTS[place],
        "guetig2003, eq. 2-3",
        tolerance=5e-5,
        reason="four decimals",
    )


def _spread_claim(what: str, weights: str, variance: str) -> Claim:
    return Claim(
        f"{what} (variance over that of the closed form)",
        lambda r: float(getattr(r, weights).var(ddof=1) / getattr(r, variance)),
        1.0,
        "closed form, for small changes",
        tolerance=lambda r: float(5 * np.sqrt(2 / r.noisy.size)),
        reason="five standard errors of a variance",
    )


EXPERIMENT = Experiment(
    name="weight_dependence",
    question="Where does a weight rest, and how far does it spread, when changes depend on the weight?",
    source="guetig2003, eq. 2-3; morrison2007; vanrossum2000",
    run=run,
    draw=draw,
    caption=caption,
    full=Parameters(),
    quick=Parameters(n_weights=60, n_mus=40, n_synapses=150, duration=30.0),
    claims=(
        *(_guetig_claim(place) for place in range(len(MUS))),
        Claim(
            "Where Guetig's rule rests, the mean change of many synapses vanishes (largest distance, standard errors)",
            lambda r: float((np.abs(r.averaged - r.found) / r.errors).max()),
            5.0,
            "another engine",
            relation="at most",
            reason="five standard errors",
        ),
        Claim(
            "The power law rests where Morrison et al. put it (pA)",
            lambda r: r.power_law,
            MORRISON_REST,
            "morrison2007",
            tolerance=5e-5,
            reason="four decimals",
        ),
        Claim(
            "The power law rests at w0 (tau+/(alpha tau-))^(1/(1 - mu)) (relative difference)",
            lambda r: r.power_law / r.power_law_formula - 1,
            0.0,
            "closed form",
            tolerance=1e-9,
            reason="rounding",
        ),
        _spread_claim(
            "Noise in proportion to w spreads van Rossum's weights as far as it should", "noisy", "noisy_variance"
        ),
        _spread_claim("Without noise, chance in the trains alone spreads them", "quiet", "quiet_variance"),
    ),
    memory=lambda p: 8.0 * p.n_synapses * p.duration * p.rate * 2 * 20,
    records=(*DRIFTING, POWER_LAW_STDP),
    size=(7.2, 2.9),
)


if __name__ == "__main__":
    from plasticity.cli.run import script

    script(EXPERIMENT)
