"""Gates of one threshold unit, AND and NOT: the unit tried on every input, and how many other units would do."""

import operator
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import product
from math import comb
from typing import Any

import numpy as np

from plasticity.artificial.gates import and_gate, not_gate
from plasticity.artificial.truth_tables import TruthTable, tabulate
from plasticity.artificial.units import Network, evaluate, summed_input
from plasticity.experiment import parameter
from plasticity.quiz.answers.gates.by_hand import FIRES, bits, n_wrong, output, unit_of, weighted_sum, whole, written
from plasticity.quiz.record import Answer, Check, Solution

N_STEPS = 6  # weights and biases of -3 to 3 in halves are tried: so many steps either side of 0
ROUNDING = 1e-9  # of sums up to a few thousand
STEPS = (np.arange(-N_STEPS, N_STEPS + 1) / 2).tolist()


@dataclass(frozen=True)
class AndGate:
    """What can be set."""

    weights: tuple[float, ...] = parameter((1.0, 1.0, -1.5), meaning="of a and b, last the bias", least=-1e3, most=1e3)


@dataclass(frozen=True)
class NotGate:
    """What can be set."""

    weights: tuple[float, ...] = parameter((-1.0, 0.5), meaning="of a, last the bias", least=-1e3, most=1e3)


@dataclass(frozen=True)
class Gate:
    """A unit on every input: z and y of each row; the truth table wanted; and how many units of STEPS have it."""

    network: Network
    z: np.ndarray
    y: np.ndarray
    wanted: TruthTable
    n_tried: int
    n_right: int


def study(parameters: AndGate | NotGate, wanted: TruthTable) -> Gate:
    """The unit with these weights on every row of the table wanted, and all units of STEPS."""
    unit = unit_of(parameters.weights, wanted.inputs, "weights")
    network = Network(wanted.inputs, (unit,))
    exactly, scales = whole(network)
    values = evaluate(exactly, wanted.patterns)
    z = np.broadcast_to(summed_input(exactly.units[0], values) / scales["y"], values["y"].shape)
    units = np.array(list(product(STEPS, repeat=len(parameters.weights))))
    fires = units[:, :-1] @ wanted.patterns.T + units[:, -1:] > 0
    n_right = int((fires == wanted.values[:, 0]).all(axis=1).sum())
    return Gate(network, z, values["y"], wanted, len(units), n_right)


def answer(gate: Gate) -> Answer:
    """Every row, how near z comes to 0, and how many other units there are."""
    patterns, wanted = gate.wanted.patterns.tolist(), gate.wanted.values[:, 0].astype(int).tolist()
    columns = zip(patterns, gate.z.tolist(), gate.y.astype(int).tolist(), wanted, strict=True)
    found: dict[str, Any] = {
        "wrong_rows": int(np.sum(gate.y != wanted)),
        "n_units": len(gate.network.units),
        "rows": [{"inputs": bits(x), "z": z, "y": y, "wanted": want} for x, z, y, want in columns],
        "unit": written(gate.network.units[0]),
        "smallest_size_of_z": float(np.abs(gate.z).min()),
        "units_tried": gate.n_tried,
        "units_that_do_it": gate.n_right,
    }
    found["outcome"] = "wrong" if found["wrong_rows"] else "right"
    found["margin"] = "none" if found["smallest_size_of_z"] == 0 else "some"
    readings = {
        name: {**found, "wrong_rows": n_wrong(gate.network, patterns, wanted, fires)} for name, fires in FIRES.items()
    }
    return Answer(found, _checks(gate, patterns, wanted), readings, given=("units_tried", "rows.wanted", "n_units"))


def _checks(gate: Gate, patterns: list, wanted: list) -> list[Check]:
    """Plain Python; and the units counted by their inequalities.

    For AND of n inputs, b = -k and every w = k - u with u >= 0: the u must add up to less than (n - 1) k, in
    steps. For n = 2 and, with w turned about, for NOT these are comb(N_STEPS + n, n + 1).
    """
    unit, names, n = gate.network.units[0], gate.network.inputs, len(gate.network.inputs)
    sums = [weighted_sum(unit, dict(zip(names, pattern, strict=True))) for pattern in patterns]
    by_hand = [output(gate.network, pattern) for pattern in patterns]
    return [
        Check("rows.z", sums, "by_hand", tolerance=ROUNDING),
        Check("rows.y", by_hand, "by_hand"),
        Check("wrong_rows", sum(map(operator.ne, by_hand, wanted)), "by_hand"),
        Check("smallest_size_of_z", min(map(abs, sums)), "by_hand", tolerance=ROUNDING),
        Check("units_that_do_it", comb(N_STEPS + n, n + 1), "inequalities"),
    ]


def _solution(function: Callable[..., bool], parameters: AndGate | NotGate, inputs: tuple[str, ...]) -> Solution:
    return Solution(partial(study, wanted=tabulate(function, inputs)), answer, parameters)


SOLUTIONS = {
    "and-gate": _solution(lambda a, b: bool(a and b), AndGate(), and_gate().inputs),
    "not-gate": _solution(operator.not_, NotGate(), not_gate().inputs),
}
