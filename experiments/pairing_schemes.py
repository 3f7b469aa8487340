"""Does it matter which pairs of spikes count, and from which firing rate on does a synapse grow stronger?

Source: izhikevichdesai2003 (thresholds of Poisson trains, presynaptic-centred); morrison2008, Fig. 7 (the schemes).
Differs: the windows are those that give the published thresholds; amplitudes are in w_max, a hundredth of the printed.
Time: quick 2 s, full 12 s (closed forms; the exact engine over Poisson trains at a few rates).
"""

from dataclasses import dataclass

import numpy as np

from plasticity import events, protocols, rates
from plasticity.arrays import Floats
from plasticity.experiment import Claim, Experiment, column, parameter
from plasticity.plots import Figure, curves, style
from plasticity.rules import Rule, unbounded, with_parameters, with_set
from plasticity.rules.library.pair_stdp import PAIR_STDP
from plasticity.rules.library.pairing_schemes import (
    NEAREST_SYMMETRIC_STDP,
    PRESYNAPTIC_CENTRED_STDP,
    REDUCED_SYMMETRIC_STDP,
)

SCHEMES = (PAIR_STDP, NEAREST_SYMMETRIC_STDP, PRESYNAPTIC_CENTRED_STDP, REDUCED_SYMMETRIC_STDP)
ALL_PAIRS, CENTRED = 0, 2  # places in SCHEMES
WINDOWS = {"suppression_window": 10.7, "pair_window": 16.3}  # sets of the presynaptic-centred rule: published, Hz
SMALL = 1e-3  # factor on the amplitudes of what is averaged, so that the weight stays away from its bounds
MEASURED_RATES = np.array([4.0, 8.0, 14.0, 24.0, 40.0])  # hertz


@dataclass(frozen=True)
class Parameters:
    """What can be set."""

    rate_pre: float = parameter(10.0, "Hz", "presynaptic rate", least=0.5, most=50)
    highest: float = parameter(50.0, "Hz", "highest postsynaptic rate", least=20, most=200)
    n_rates: int = parameter(200, meaning="postsynaptic rates of each curve", least=10, most=2000)
    n_synapses: int = parameter(1600, meaning="synapses over which changes are averaged", least=20, most=5000)
    duration: float = parameter(50.0, "s", "time that is averaged", least=5, most=500)
    seed: int = 0


@dataclass(frozen=True)
class Result:
    """Mean changes of w a second against the postsynaptic rate, by window and scheme."""

    windows: np.ndarray = column("", "windows", meaning="amplitudes and time constants")
    schemes: np.ndarray = column("", "schemes", meaning="the rule")
    rates: Floats = column("Hz", "rates", meaning="postsynaptic rate")
    drifts: Floats = column("1/s", "windows", "schemes", "rates", meaning="mean change of w, closed form")
    measured_rates: Floats = column("Hz", "measured_rates", meaning="postsynaptic rate")
    measured: Floats = column("1/s", "windows", "schemes", "measured_rates", meaning="the same, exact engine")
    errors: Floats = column("1/s", "windows", "schemes", "measured_rates", meaning="standard error")
    expected: Floats = column("1/s", "windows", "schemes", "measured_rates", meaning="closed form at these rates")
    thresholds: Floats = column("Hz", "windows", meaning="where the presynaptic-centred drift turns")
    formulas: Floats = column("Hz", "windows", meaning="the same, as izhikevichdesai2003 write it")
    published: Floats = column("Hz", "windows", meaning="the same, as they print it")


def run(parameters: Parameters) -> Result:
    """Every scheme with both windows: drift in closed form, and over Poisson trains."""
    p, at = parameters, np.linspace(0.0, parameters.highest, parameters.n_rates)
    rules = [[_rule(scheme, name) for scheme in SCHEMES] for name in WINDOWS]
    trains = _trains(p)
    measured = np.array([[[_measured(rule, *pair, p) for pair in trains] for rule in row] for row in rules])
    return Result(
        windows=np.array(list(WINDOWS)),
        schemes=np.array([scheme.name for scheme in SCHEMES]),
        rates=at,
        drifts=np.array([[rates.drift(rule, p.rate_pre, at, 0.5) for rule in row] for row in rules]),
        measured_rates=MEASURED_RATES,
        measured=measured[..., 0],
        errors=measured[..., 1],
        expected=np.array([[rates.drift(rule, p.rate_pre, MEASURED_RATES, 0.5) for rule in row] for row in rules]),
        thresholds=np.array([_threshold(row[CENTRED], p) for row in rules]),
        formulas=np.array([_formula(row[CENTRED]) for row in rules]),
        published=np.array(list(WINDOWS.values())),
    )


def _rule(scheme: Rule, window: str) -> Rule:
    """A scheme with the window of a set."""
    return with_parameters(scheme, **with_set(PRESYNAPTIC_CENTRED_STDP, window).values)


def _trains(p: Parameters) -> list[tuple[list[Floats], list[Floats]]]:
    """Poisson trains at each of the rates."""
    rng = np.random.default_rng(p.seed)

    def many(rate: float) -> list[Floats]:
        return [protocols.poisson(rate, p.duration, rng) for _ in range(p.n_synapses)]

    return [(many(p.rate_pre), many(rate)) for rate in MEASURED_RATES.tolist()]


def _measured(rule: Rule, pre: list[Floats], post: list[Floats], p: Parameters) -> tuple[float, float]:
    """The mean change a second, and its standard error. The first second, in which the traces fill, is left out."""
    amplitudes = {name: rule.values[name] * SMALL for name in ("A_plus", "A_minus")}
    small = unbounded(with_parameters(rule, **amplitudes))
    early_pre, early_post = ([train[train < 1.0] for train in side] for side in (pre, post))
    change = np.asarray(events.final_weight(small, pre, post, 0.5))
    change = change - events.final_weight(small, early_pre, early_post, 0.5)
    per_second = change / SMALL / (p.duration - 1.0)
    return float(per_second.mean()), float(per_second.std(ddof=1) / np.sqrt(p.n_synapses))


def _threshold(rule: Rule, p: Parameters) -> float:
    """The rate at which the drift turns from depression to potentiation, by halving."""
    low, high = 1e-6, p.highest
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if rates.drift(rule, p.rate_pre, middle, 0.5) < 0 else (low, middle)
    return (low + high) / 2


def _formula(rule: Rule) -> float:
    """The rate at which A_plus/(1/tau_plus + rate) meets A_minus/(1/tau_minus + rate)."""
    v = rule.values
    return (v["A_minus"] / v["tau_plus"] - v["A_plus"] / v["tau_minus"]) / (v["A_plus"] - v["A_minus"])


COLOURS = (style.PAIR, style.NEAREST, style.ANTI, style.TRIPLET)  # those of all pairs and of nearest as in every figure


def draw(result: Result, figure: Figure) -> None:
    """A panel for each window."""
    for place, axes in enumerate(figure.subplots(1, len(result.windows), sharey=True)):
        for k, (name, number) in enumerate(zip(result.schemes, COLOURS, strict=True)):
            curves.curve(axes, result.rates, result.drifts[place, k] * 1e3, name, number=number)
            curves.points(
                axes,
                result.measured_rates,
                result.measured[place, k] * 1e3,
                error=result.errors[place, k] * 1e3,
                number=number,
            )
        curves.published_points(axes, result.published[[place]], np.zeros(1), "published threshold", marker="D")
        curves.zero_line(axes)
        change = "" if place else "mean change of w (10⁻³ w_max/s)"
        curves.label(axes, "postsynaptic rate (Hz)", change, str(result.windows[place]))
    curves.shared_legend(figure.axes[:1])


def caption(parameters: Parameters, result: Result) -> str:
    """What is seen."""
    found = " and ".join(f"{rate:.4g} Hz" for rate in result.thresholds)
    return (
        f"Mean change of w a second under Poisson firing, {parameters.rate_pre:g} Hz before the synapse, against the "
        "rate behind it; lines are closed forms, points averages of the exact engine. When all pairs count, these "
        "windows only depress. When each presynaptic spike pairs with its neighbours, the synapse grows above "
        f"{found} (a, b): the shape of the BCM rule, from the choice of pairs alone."
    )


def _off(result: Result) -> float:
    """The largest distance of an average from its closed form, in standard errors."""
    return float((np.abs(result.measured - result.expected) / result.errors).max())


def _threshold_claim(place: int, window: str, published: float) -> Claim:
    return Claim(
        f"Presynaptic-centred pairs strengthen above {published:g} Hz with the {window.replace('_', ' ')} (Hz)",
        lambda r: float(r.thresholds[place]),
        published,
        "izhikevichdesai2003",
        tolerance=0.05,
        reason="printed with one decimal",
    )


EXPERIMENT = Experiment(
    name="pairing_schemes",
    question="Does it matter which pairs of spikes count, and from which firing rate on does a synapse grow stronger?",
    source="izhikevichdesai2003; morrison2008, Fig. 7",
    run=run,
    draw=draw,
    caption=caption,
    full=Parameters(),
    quick=Parameters(n_rates=60, n_synapses=150, duration=20.0),
    claims=(
        *(_threshold_claim(place, *item) for place, item in enumerate(WINDOWS.items())),
        Claim(
            "The threshold is where A+/(1/tau+ + rate) meets A-/(1/tau- + rate) (largest difference, Hz)",
            lambda r: float(np.abs(r.thresholds - r.formulas).max()),
            0.0,
            "closed form",
            tolerance=1e-9,
            reason="rounding",
        ),
        Claim(
            "Averages of the exact engine over Poisson trains lie on the closed forms (largest distance, standard "
            "errors)",
            _off,
            5.0,
            "another engine",
            relation="at most",
            reason="five standard errors",
        ),
        Claim(
            "When all pairs count, the same windows strengthen at no rate (largest mean change of w, 1/s)",
            lambda r: float(r.drifts[:, ALL_PAIRS, 1:].max()),
            0.0,
            "closed form: A+ tau+ is less than A- tau-",
            relation="at most",
        ),
    ),
    memory=lambda p: 8.0 * p.n_synapses * p.duration * (p.rate_pre + 40.0) * 12,
    records=SCHEMES,
    size=(7.2, 3.0),
)


if __name__ == "__main__":
    from plasticity.cli.run import script

    script(EXPERIMENT)
