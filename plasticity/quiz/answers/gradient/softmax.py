"""Softmax: what adds up to 1, who shrinks when one grows, and in which sense its derivative is the sigmoid's."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.artificial.activations import SIGMOID, softmax, softmax_jacobian
from plasticity.errors import ArgumentError
from plasticity.experiment import parameter
from plasticity.quiz.formulas import are_same
from plasticity.quiz.record import Answer, Check, Solution
from plasticity.studies.complex_step import slope

ROUNDING = 1e-9
SHARPER = 10.0


@dataclass(frozen=True)
class Parameters:
    """Sums of the units of one layer, and random ones of as many units."""

    z: tuple[float, ...] = parameter((1.0, 2.0, 3.0), "1", "summed inputs, one a unit", least=-30, most=30)
    raised: float = parameter(1.0, "1", "what is added to the first z", least=0.01, most=30)
    n_random: int = parameter(500, meaning="random layers", least=50, most=20_000)
    seed: int = 0


@dataclass(frozen=True)
class Units:
    """The given layer first, then random ones: sums, outputs, Jacobians; the sums with the first or all changed."""

    parameters: Parameters
    z: Floats
    raised: Floats
    changed: Floats

    @property
    def y(self) -> Floats:
        return softmax(self.z)


def study(parameters: Parameters) -> Units:
    """Random sums of the size of the lecture's, the first one raised alone, and all of them changed."""
    p = parameters
    if len(p.z) < 2:
        raise ArgumentError(
            f"z has the length {len(p.z)}; two units or more are allowed, for a single softmax is always 1"
        )
    rng, shape = np.random.default_rng(p.seed), (p.n_random, len(p.z))
    z = np.vstack([[p.z], rng.normal(scale=2.0, size=shape)])
    by = np.concatenate([[p.raised], rng.uniform(0.1, 2.0, p.n_random)])
    changes = np.vstack([np.zeros(len(p.z)), rng.normal(size=shape)])
    return Units(p, z, z + by[:, np.newaxis] * np.eye(len(p.z))[0], z + changes)


def _others_shrink(before: Floats, after: Floats) -> float:
    """Of the layers whose first output grows, the fraction in which all others shrink."""
    change = after - before
    grows = change[:, 0] > 0
    return float(np.mean(np.all(change[grows, 1:] < 0, axis=1)))


def _others_shrink_by_logs(before: Floats, after: Floats) -> float:
    """The same without outputs: an output shrinks when its z gains less than the log of the sum of exponentials."""
    gains = np.logaddexp.reduce(after, axis=1) - np.logaddexp.reduce(before, axis=1)
    own = after - before
    grows = own[:, 0] > gains
    return float(np.mean(np.all(own[grows, 1:] < gains[grows, np.newaxis], axis=1)))


def answer(units: Units) -> Answer:
    """The diagonal is the sigmoid's in y; the rest is what makes the others shrink."""
    p, y, jacobian = units.parameters, units.y, softmax_jacobian(units.z)
    diagonal = np.diagonal(jacobian, axis1=1, axis2=2)
    is_off = ~np.eye(len(p.z), dtype=bool)
    after = softmax(units.raised)
    found: dict[str, Any] = {
        "sums_to_1": are_same(y.sum(axis=1), 1.0),
        "largest_z_has_largest_y": bool(np.all(y.argmax(axis=1) == units.z.argmax(axis=1))),
        "diagonal_is_y_1_minus_y": are_same(diagonal, y * (1 - y)),
        "off_diagonal_is_minus_product": are_same(jacobian[:, is_off], _products(y)[:, is_off]),
        "others_all_shrink_z_alone": _others_shrink(y[1:], after[1:]),
        "others_all_shrink_any_change": _others_shrink(y[1:], softmax(units.changed[1:])),
        "sum": float(y[0].sum()),
        "largest_y_of_example": float(y[0].max()),
        "largest_y_of_example_sharper": float(softmax(SHARPER * units.z[0]).max()),
        "others_shrink_to": float(after[0, 1] / y[0, 1]),
        "rows": _rows(units, diagonal[0], after[0]),
    }
    readings = _readings(found, are_same(diagonal, SIGMOID.derivative(units.z)))
    return Answer(found, _checks(units, found), readings, given=("rows.unit", "rows.z"))


def _products(y: Floats) -> Floats:
    return -y[:, :, np.newaxis] * y[:, np.newaxis, :]


def _rows(units: Units, slopes: Floats, after: Floats) -> list[dict[str, float]]:
    z, columns = units.z[0], (units.z[0], units.y[0], after, slopes, SIGMOID.derivative(units.z[0]))
    names = ("z", "y", "y_raised", "slope", "sigmoid_slope")
    return [
        {"unit": k + 1, **{name: float(column[k]) for name, column in zip(names, columns, strict=True)}}
        for k in range(len(z))
    ]


def _readings(found: dict[str, Any], is_sigmoid_of_z: bool) -> dict[str, dict[str, Any]]:
    """Who moves, and in terms of what the derivative is meant."""
    shrink = {"alone": found["others_all_shrink_z_alone"], "together": found["others_all_shrink_any_change"]}
    same = {"of_y": found["diagonal_is_y_1_minus_y"], "of_z": is_sigmoid_of_z}
    return {
        f"{moved} / {terms}": found | {"fraction_in_which_all_others_shrink": share, "identical_to_sigmoid": is_same}
        for moved, share in shrink.items()
        for terms, is_same in same.items()
    }


def _pairwise(z: Floats) -> list[float]:
    """The outputs, each from the differences of its z to all others."""
    return [float(1 / np.exp(z - one).sum()) for one in z]


def _checks(units: Units, found: dict[str, Any]) -> list[Check]:
    p, z = units.parameters, units.z[0]
    y, after = _pairwise(z), _pairwise(units.raised[0])

    def along(i: int) -> float:
        return float(slope(lambda s: 1 / (1 + np.exp(np.delete(z, i) - z[i] - s).sum()), 0.0))

    moves = (("z_alone", units.raised), ("any_change", units.changed))
    return [
        Check("sum", float(np.sum(y)), "pairwise", ROUNDING),
        Check("rows.y", y, "pairwise", ROUNDING),
        Check("rows.y_raised", after, "pairwise", ROUNDING),
        Check("rows.slope", [along(i) for i in range(z.size)], "complex_step", ROUNDING),
        Check("rows.sigmoid_slope", slope(lambda z: 1 / (1 + np.exp(-z)), z).tolist(), "complex_step", ROUNDING),
        Check("others_shrink_to", float(1 / (1 + y[0] * np.expm1(p.raised))), "one_sum", 1e-6),
        Check("largest_y_of_example", max(y), "pairwise", ROUNDING),
        Check("largest_y_of_example_sharper", max(_pairwise(SHARPER * z)), "pairwise", ROUNDING),
        *(
            Check(f"others_all_shrink_{n}", _others_shrink_by_logs(units.z[1:], to[1:]), "logs", 1e-9)
            for n, to in moves
        ),
    ]


SOLUTIONS = {"softmax": Solution(study, answer, Parameters())}
