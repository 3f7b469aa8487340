"""Inverting an output by multiplying its weights by -1: is the bias one of them, and what if a sum is 0?"""

from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import numpy as np

from plasticity.artificial.gates import inverted, xnor_gate
from plasticity.artificial.truth_tables import binary_patterns
from plasticity.artificial.units import Network, Unit, output
from plasticity.experiment import parameter
from plasticity.quiz.answers.gates.by_hand import n_wrong, unit_of, weighted_sum, whole, written
from plasticity.quiz.answers.gates.by_hand import output as by_hand
from plasticity.quiz.record import Answer, Check, Measurements, Solution

PATTERNS = binary_patterns(2).tolist()
HIDDEN = (4, 2, 1)
STEPS = (-2, -1, 0, 1, 2)  # weights and biases of the single units among which sums of 0 are sought


@dataclass(frozen=True)
class Parameters:
    """What can be set."""

    weights: tuple[float, ...] = parameter(
        (1.0, 1.0, 0.0), meaning="of a unit that is inverted too: w_a, w_b, bias", least=-1e3, most=1e3
    )


@dataclass(frozen=True)
class Inversions:
    """What is inverted: XNOR of each kind, a unit of one's own, and every single unit of STEPS."""

    xnor: list[Network]
    own: Network
    units: list[Network]


def study(parameters: Parameters) -> Inversions:
    """XNOR with hidden units, the unit given, and every unit with weights and bias from STEPS."""
    units = [Unit("y", {"a": w1, "b": w2}, bias) for w1, w2, bias in product(STEPS, repeat=3)]
    own = Network(("a", "b"), (unit_of(parameters.weights, ("a", "b"), "weights"),))
    return Inversions([xnor_gate(n) for n in HIDDEN], own, [Network(("a", "b"), (unit,)) for unit in units])


def negated(network: Network, *, with_bias: bool) -> Network:
    """The weights of the last unit multiplied by -1, its bias too or not, the hidden units as they were."""
    *hidden, last = network.units
    weights = {source: -weight for source, weight in last.weights.items()}
    return replace(
        network, units=(*hidden, replace(last, weights=weights, bias=-last.bias if with_bias else last.bias))
    )


def wrong_rows(network: Network, *, with_bias: bool) -> int:
    """Rows in which the inverse does not say the opposite."""
    (exactly, _), (inverse, _) = whole(network), whole(negated(network, with_bias=with_bias))
    return int(np.sum(output(inverse, PATTERNS) == output(exactly, PATTERNS)))


def has_sum_of_zero(network: Network) -> bool:
    """Whether a single unit has a row with z = 0."""
    return any(weighted_sum(network.units[0], dict(zip("ab", pattern, strict=True))) == 0 for pattern in PATTERNS)


def answer(found: Inversions) -> Answer:
    """The bias belongs to the weights; a sum of exactly 0 is the exception."""
    rows: list[dict[str, Any]] = [
        {"network": f"xnor {n}", **_row(network)} for n, network in zip(HIDDEN, found.xnor, strict=True)
    ]
    rows.append({"network": "own", **_row(found.own)})
    zero = [network for network in found.units if has_sum_of_zero(network)]
    others = [network for network in found.units if not has_sum_of_zero(network)]
    measured: dict[str, Any] = {
        "rows": rows,
        "n_hidden": list(HIDDEN),
        "wrong_rows_with_bias": [row["with_bias"] for row in rows[:-1]],
        "wrong_rows_without_bias": [row["without_bias"] for row in rows[:-1]],
        "output_biases": [row["bias"] for row in rows[:-1]],
        "own_unit": written(found.own.units[0]),
        "units_with_a_sum_of_0": len(zero),
        "of_these_inverted_wrongly": sum(wrong_rows(network, with_bias=True) > 0 for network in zero),
        "other_units": len(others),
        "of_the_others_inverted_wrongly": sum(wrong_rows(network, with_bias=True) > 0 for network in others),
    }
    measured["outcome"] = _outcome(sum(measured["wrong_rows_with_bias"]), sum(measured["wrong_rows_without_bias"]))
    measured["own"] = "a sum of 0" if has_sum_of_zero(found.own) else "no sum of 0"
    readings: dict[str, Measurements] = {
        f"{counted} / {row['network'].replace(' ', '=')}": {"wrong_rows": row[counted]}
        for counted in ("with_bias", "without_bias")
        for row in rows
    }
    return Answer(measured, _checks(found), readings, given=("rows.bias",))


def _row(network: Network) -> dict[str, float]:
    counted = {name: wrong_rows(network, with_bias=name == "with_bias") for name in ("with_bias", "without_bias")}
    return {"bias": network.units[-1].bias, **counted}


def _outcome(wrong_with_bias: int, wrong_without_bias: int) -> str:
    if wrong_with_bias:
        return "no"
    return "with bias" if wrong_without_bias else "either way"


def _checks(found: Inversions) -> list[Check]:
    """Plain Python for every row; the package's own inversion; and the sums of 0 counted on one grid."""
    networks = [*found.xnor, found.own]
    opposite = [[1 - by_hand(network, pattern) for pattern in PATTERNS] for network in networks]
    counts = {
        name: [
            n_wrong(negated(network, with_bias=name == "with_bias"), PATTERNS, wanted)
            for network, wanted in zip(networks, opposite, strict=True)
        ]
        for name in ("with_bias", "without_bias")
    }
    w1, w2, bias = np.meshgrid(STEPS, STEPS, STEPS, indexing="ij")
    n_zero = int(np.sum(bias * (w1 + bias) * (w2 + bias) * (w1 + w2 + bias) == 0))
    n_plain = sum(inverted(network) == negated(network, with_bias=True) for network in found.units)
    return [
        Check("rows.with_bias", counts["with_bias"], "by_hand"),
        Check("rows.without_bias", counts["without_bias"], "by_hand"),
        Check("units_with_a_sum_of_0", n_zero, "product"),
        Check("other_units", len(found.units) - n_zero, "product"),
        Check("of_these_inverted_wrongly", len(found.units) - n_plain, "lifted"),
        Check("of_the_others_inverted_wrongly", len(found.units) - n_zero - n_plain, "lifted"),
    ]


SOLUTIONS = {"invert-output": Solution(study, answer, Parameters())}
