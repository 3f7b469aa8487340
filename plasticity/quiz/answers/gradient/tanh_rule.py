"""The home exercise: the update of a tanh unit, first by the method of the slides, then for losses that fit it.

The slides' C takes y for a probability, with targets 0 and 1. The slope of tanh is 1 - y^2 = (1-y)(1+y), whose 1-y
cancels against that of dC/dy; y does not, and below 0 there is no logarithm. With p = (1 + y)/2 for the probability of
+1 and s = (1 + t)/2, C = -s ln p - (1-s) ln(1-p) has dC/dy = (y-t)/(1-y^2), and the slope cancels whole.
"""

from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.artificial.activations import SIGMOID, TANH
from plasticity.artificial.losses import CROSS_ENTROPY, MSE, value_and_gradient
from plasticity.errors import ArgumentError
from plasticity.experiment import parameter
from plasticity.quiz.formulas import are_same
from plasticity.quiz.record import Answer, Check, Solution
from plasticity.studies.complex_step import slope

ROUNDING = 1e-9
SMALLEST = 1e-9  # nearer to 0 a complex step no longer finds the slope of the slides' logarithm
LOSSES = ("slides", "fitting", "squared")


@dataclass(frozen=True)
class Parameters:
    """One unit at its sum z, and random examples."""

    z: float = parameter(0.5, "1", "summed input of the unit", least=-5, most=5)
    is_on: bool = parameter(True, meaning="whether it should say yes: t = 1, else 0, or -1 where targets are -1 and 1")
    n_random: int = parameter(500, meaning="random examples; z is normal with deviation 1", least=50, most=50_000)
    seed: int = 0


def of_slides(y: Any, t: Any) -> Any:
    """dC/dz by the method of the ReLU slide: (y-t)/(y(1-y)) times the slope 1 - y^2; t is 0 or 1, y above 0."""
    return (y - t) * (1 + y) / y


def of_fitting(y: Any, t: Any) -> Any:
    """dC/dz of the cross entropy of (1 + y)/2; t is -1 or 1."""
    return y - t


def of_squared(y: Any, t: Any) -> Any:
    """dC/dz of (y - t)^2 / 2; t is -1 or 1."""
    return (y - t) * (1 - y**2)


def _entropy(p: Any, label: Any) -> Any:
    return -label * np.log(p) - (1 - label) * np.log(1 - p)


@dataclass(frozen=True)
class Tried:
    """Random sums and labels; each rule and the slope of its loss by a complex step, there and at the unit."""

    parameters: Parameters
    z: Floats
    label: Floats
    rules: dict[str, Floats]
    slopes: dict[str, Floats]
    at: dict[str, float | None]
    slopes_at: dict[str, float | None]


def study(parameters: Parameters) -> Tried:
    """Each rule against the slope of its loss."""
    p = parameters
    if 0 < abs(p.z) < SMALLEST:
        raise ArgumentError(f"z is {p.z:g}; allowed: 0, or {SMALLEST:g} and more away from it")
    rng = np.random.default_rng(p.seed)
    z, label = rng.normal(size=p.n_random), rng.integers(0, 2, p.n_random).astype(float)
    on = z > 0
    rules, slopes = _tried(z, label)
    rules["slides"], slopes["slides"] = (part["slides"] for part in _tried(z[on], label[on]))
    here, slopes_here = _tried(np.array([p.z]), np.array([float(p.is_on)]))
    at, slopes_at = ({name: float(value[0]) for name, value in part.items()} for part in (here, slopes_here))
    return Tried(p, z, label, rules, slopes, _allowed(at, p.z), _allowed(slopes_at, p.z))


def _tried(z: Floats, label: Floats) -> tuple[dict[str, Floats], dict[str, Floats]]:
    """dC/dz by each rule, and by a complex step of each loss; that of the slides means nothing where z <= 0."""
    y, t = TANH(z), 2 * label - 1
    rules = {"fitting": of_fitting(y, t), "squared": of_squared(y, t)}
    slopes = {
        "fitting": slope(lambda z: _entropy((1 + np.tanh(z)) / 2, label), z),
        "squared": slope(lambda z: 0.5 * (np.tanh(z) - t) ** 2, z),
    }
    with np.errstate(divide="ignore", invalid="ignore"):
        rules["slides"], slopes["slides"] = of_slides(y, label), slope(lambda z: _entropy(np.tanh(z), label), z)
    return rules, slopes


def _allowed(slopes: dict[str, float], z: float) -> dict[str, float | None]:
    """None where the slides' loss does not exist."""
    return {name: None if name == "slides" and z <= 0 else slopes[name] for name in LOSSES}


def answer(tried: Tried) -> Answer:
    """By the slides' method first; then what that loss lacks."""
    p, n = tried.parameters, len(tried.z)
    held = {name: are_same(tried.rules[name], tried.slopes[name]) for name in LOSSES}
    changes = {name: None if one is None else -one for name, one in tried.at.items()}
    found: dict[str, Any] = {
        "unshifted_rule_holds": held["slides"],
        "entropy_rule_holds": held["fitting"],
        "squared_rule_holds": held["squared"],
        "y": float(TANH(p.z)),
        "share_without_unshifted_loss": float(np.mean(tried.z <= 0)),
        "changes": [one for one in changes.values() if one is not None],
        "rows": [{"loss": name, "change": one} for name, one in changes.items()],
        "dw": float(-np.mean(tried.slopes["fitting"])),
        "dw_squared": float(-np.mean(tried.slopes["squared"])),
    }
    as_sigmoid = -2 * value_and_gradient(CROSS_ENTROPY, SIGMOID, 2 * tried.z, tried.label)[1].sum()
    of_losses = -value_and_gradient(MSE, TANH, tried.z, 2 * tried.label - 1)[1].sum()
    by_step = [-one for one in tried.slopes_at.values() if one is not None]
    largest = 1 + max(map(abs, by_step))
    checks = [
        Check("y", float(2 / (1 + np.exp(-2 * p.z)) - 1), "twice_sigmoid", ROUNDING),
        Check("changes", by_step, "complex_step", ROUNDING * largest),
        Check("share_without_unshifted_loss", 0.5, "symmetric", 5 * sqrt(0.25 / n)),
        Check("dw", float(as_sigmoid), "sigmoid_of_2z", ROUNDING),
        Check("dw_squared", float(of_losses), "losses", ROUNDING),
    ]
    return Answer(found, checks, {"no printed answer": found})


SOLUTIONS = {"tanh-rule": Solution(study, answer, Parameters())}
