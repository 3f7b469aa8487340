"""The squared error of one sigmoid with one weight: two valleys. Cross entropy on the same examples: one.

Both losses are known for every weight, so their minima can be located, not merely met by some descent.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.artificial.losses import CROSS_ENTROPY, MSE
from plasticity.errors import ArgumentError
from plasticity.experiment import parameter
from plasticity.quiz.record import Answer, Check, Solution
from plasticity.studies.complex_step import slope
from plasticity.studies.two_valleys import INPUTS, TARGETS, Landscape, landscape

N_EVEN, N_NEAR_0, N_NEAR = 1201, 600, 401
NEAREST = 1e-6  # of the furthest weight: valleys of large inputs lie near 0, at weights of the size of one over them
ROUNDING = 14  # digits after the point: differences beyond are rounding, where a saturated loss is flat


@dataclass(frozen=True)
class Parameters:
    """What can be set."""

    inputs: tuple[float, ...] = parameter(INPUTS, meaning="x of each example", least=-100, most=100)
    targets: tuple[float, ...] = parameter(TARGETS, meaning="t of each example", least=0, most=1)
    furthest: float = parameter(6.0, meaning="weights from minus this to this are looked at", least=0.5, most=50)


@dataclass(frozen=True)
class Losses:
    """Both losses along the weight."""

    parameters: Parameters
    mse: Landscape
    cross_entropy: Landscape


def study(parameters: Parameters) -> Losses:
    """Both losses on the same examples; nothing here is random."""
    p = parameters
    if len(p.inputs) != len(p.targets):
        raise ArgumentError(f"there are {len(p.inputs)} inputs and {len(p.targets)} targets; give one target an input")
    near_0 = np.geomspace(NEAREST, 1, N_NEAR_0)
    weights = p.furthest * np.unique([*np.linspace(-1, 1, N_EVEN), *near_0, *-near_0])
    inputs, targets = np.array(p.inputs), np.array(p.targets)
    return Losses(p, *(landscape(loss, inputs, targets, weights) for loss in (MSE, CROSS_ENTROPY)))


def answer(losses: Losses) -> Answer:
    """Two minima and a stretch of negative curvature; neither with cross entropy."""
    mse = losses.mse
    n = len(mse.minima)
    measured = _of("mse", mse) | _of("cross_entropy", losses.cross_entropy)
    found: dict[str, Any] = measured | {
        "rows": [{"w": float(w), "height": float(h)} for w, h in zip(mse.minima, mse.heights, strict=True)],
        "mse_hills": mse.hills.tolist(),
        "outcome": ("several" if n > 1 else "one" if n else "none") if mse.curvature.min() < 0 else "convex",
    }
    return Answer(found, _checks(losses, found), {"one weight": measured})


def _of(name: str, landscape: Landscape) -> dict[str, Any]:
    lowest = int(np.argmin(landscape.curvature))
    return {
        f"{name}_n_minima": len(landscape.minima),
        f"{name}_minima": landscape.minima.tolist(),
        f"{name}_at_minima": landscape.heights.tolist(),
        f"{name}_least_second_derivative": float(landscape.curvature[lowest]),
        f"{name}_least_second_derivative_at_w": float(landscape.weights[lowest]),
    }


def _checks(losses: Losses, found: dict[str, Any]) -> list[Check]:
    """Minima by a scan of values; curvature by a complex step of the slope written as a formula."""
    p, checks = losses.parameters, []
    for name, one, height, steep in (
        ("mse", losses.mse, _square, _square_slope),
        ("cross_entropy", losses.cross_entropy, _entropy, _entropy_slope),
    ):
        lowest = [_scanned(height, p, w, _gap(one.weights, w)) for w in one.minima]
        fine = max((2 * _gap(one.weights, w) / (N_NEAR - 1) for w in one.minima), default=0.0)
        checks += [
            Check(f"{name}_n_minima", int(_valleys(height(one.weights, p)).sum()), "values"),
            Check(f"{name}_minima", [w for w, _ in lowest], "near", tolerance=fine, values={"fine": fine}),
            Check(f"{name}_at_minima", [value for _, value in lowest], "near", tolerance=fine, values={"fine": fine}),
        ]
        at = found[f"{name}_least_second_derivative_at_w"]
        bend = float(slope(lambda w, steep=steep: steep(w, p), at))
        tolerance = 1e-10 * max(1.0, float(np.square(p.inputs).max()))
        checks.append(Check(f"{name}_least_second_derivative", bend, "complex_step", tolerance=tolerance))
    of_mse = {check.measurement: check for check in checks}
    rows = [
        replace(of_mse[f"mse_{all}"], measurement=f"rows.{one}")
        for all, one in (("minima", "w"), ("at_minima", "height"))
    ]
    return [*checks, *rows]


def _valleys(values: Floats) -> np.ndarray:
    """Which values are lower than both neighbours."""
    values = np.round(values, ROUNDING)
    return (values[1:-1] < values[:-2]) & (values[1:-1] < values[2:])


def _gap(weights: Floats, w: float) -> float:
    """The distance between the weights on both sides of this one."""
    k = int(np.clip(np.searchsorted(weights, w), 1, len(weights) - 1))
    return float(weights[k] - weights[k - 1])


def _scanned(height: Any, p: Parameters, w: float, spacing: float) -> tuple[float, float]:
    """The lowest of many values near a weight, and where it is."""
    near = w + np.linspace(-spacing, spacing, N_NEAR)
    values = height(near, p)
    lowest = int(np.argmin(values))
    return float(near[lowest]), float(values[lowest])


def _outputs(w: Floats, p: Parameters) -> Floats:
    return 0.5 * (1.0 + np.tanh(0.5 * np.multiply.outer(w, p.inputs)))


def _square(w: Floats, p: Parameters) -> Floats:
    return 0.5 * np.mean((_outputs(w, p) - p.targets) ** 2, axis=-1)


def _square_slope(w: Floats, p: Parameters) -> Floats:
    y = _outputs(w, p)
    return np.mean((y - p.targets) * y * (1 - y) * p.inputs, axis=-1)


def _entropy(w: Floats, p: Parameters) -> Floats:
    z = np.multiply.outer(w, p.inputs)
    return np.mean(np.logaddexp(0.0, z) - np.array(p.targets) * z, axis=-1)


def _entropy_slope(w: Floats, p: Parameters) -> Floats:
    return np.mean((_outputs(w, p) - p.targets) * p.inputs, axis=-1)


SOLUTIONS = {"mse-not-convex": Solution(study, answer, Parameters())}
