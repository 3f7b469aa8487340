"""Does a weight under Poisson firing drift as the mean of its rule says, and where does the drift turn?

Source: kempter1999, section III: the mean of pairs of independent spikes.
Differs from it: the rule is pair_stdp, unbounded, so that no weight is stopped on its way.
Time: quick 0.3 s, full 3 s.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from plasticity.events import final_weight
from plasticity.experiment import Claim, Experiment, column, parameter
from plasticity.plots import curves
from plasticity.protocols import poisson
from plasticity.rates import drift
from plasticity.rules import RULES, unbounded

RULE = unbounded(RULES["pair_stdp"])


@dataclass(frozen=True)
class Parameters:
    """What can be set, as `plasticity run my_experiment --set rate_pre=5Hz` does."""

    rate_pre: float = parameter(20.0, "Hz", "of the presynaptic neuron", least=1.0, most=200.0)
    rates_post: tuple[float, ...] = parameter((5.0, 10.0, 20.0, 30.0, 40.0), "Hz", "of the postsynaptic neuron")
    duration: float = parameter(10.0, "s", "of the trains", least=1.0, most=1000.0)
    n_synapses: int = parameter(200, meaning="each with trains of its own", least=2, most=10_000)
    seed: int = 0


@dataclass(frozen=True)
class Result:
    """The drift at each rate: measured, with its standard error, and in closed form."""

    rates_post: np.ndarray = column("Hz", "rates_post", meaning="of the postsynaptic neuron")
    measured: np.ndarray = column("w_max/s", "rates_post", meaning="mean change of the weight per second")
    standard_error: np.ndarray = column("w_max/s", "rates_post")
    expected: np.ndarray = column("w_max/s", "rates_post", meaning="the same in closed form")


def run(parameters: Parameters) -> Result:
    """Give every synapse its own trains, and measure how far its weight has come."""
    rng = np.random.default_rng(parameters.seed)
    rates = np.array(parameters.rates_post)
    changes = np.array([_changes(parameters, rate, rng) for rate in rates]) / parameters.duration
    return Result(
        rates_post=rates,
        measured=changes.mean(axis=1),
        standard_error=changes.std(axis=1, ddof=1) / np.sqrt(parameters.n_synapses),
        expected=drift(RULE, parameters.rate_pre, rates, 0.5),
    )


def _changes(parameters: Parameters, rate_post: float, rng: np.random.Generator) -> np.ndarray:
    """The change of every weight, (n_synapses,)."""
    n, duration = parameters.n_synapses, parameters.duration
    pre = [poisson(parameters.rate_pre, duration, rng=rng) for _ in range(n)]
    post = [poisson(rate_post, duration, rng=rng) for _ in range(n)]
    return np.asarray(final_weight(RULE, pre, post, 0.5)) - 0.5


def draw(result: Result, figure: Any) -> None:
    """Both drifts over the postsynaptic rate."""
    axes = figure.add_subplot()
    rates = result.rates_post
    curves.theory(axes, rates, result.expected, "in closed form")
    curves.points(axes, rates, result.measured, "measured", error=1.96 * result.standard_error)
    curves.zero_line(axes)
    curves.label(axes, "postsynaptic rate (Hz)", "drift of the weight (1/s)", "")
    curves.legend_above(axes)


def caption(parameters: Parameters, result: Result) -> str:
    """What the figure shows."""
    return (
        f"The mean drift of a weight under pair_stdp, presynaptic rate {parameters.rate_pre:g} Hz, over "
        f"{parameters.n_synapses} synapses and {parameters.duration:g} s each. Bars: 95 % confidence."
    )


def farthest(result: Result) -> float:
    """By how many standard errors the measured drift is off, at most."""
    return float(np.max(np.abs(result.measured - result.expected) / result.standard_error))


CLAIMS = (
    Claim(
        "The drift that is measured is that of the closed form, at every rate",
        measure=farthest,
        expected=5.0,
        relation="at most",
        source="closed form",
    ),
    Claim(
        "Weights shrink on average, at every rate, since depression has the larger area",
        measure=lambda result: float(result.measured.max()),
        expected=0.0,
        relation="at most",
        source="song2000",
    ),
)

EXPERIMENT = Experiment(
    name="my_experiment",
    question="Does a weight under Poisson firing drift as the mean of its rule says?",
    source="kempter1999, section III",
    run=run,
    draw=draw,
    caption=caption,
    full=Parameters(duration=50.0, n_synapses=500),
    quick=Parameters(),
    claims=CLAIMS,
    memory=lambda parameters: 200.0 * parameters.n_synapses * parameters.duration * max(parameters.rates_post),
    records=(RULE,),
)
