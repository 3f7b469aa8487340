"""XNOR from 4, 2 and 1 hidden units, or from any that are given: what every unit does, and how few would do."""

import operator
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import numpy as np

from plasticity.artificial.gates import construction, xnor_gate
from plasticity.artificial.separability import is_separable
from plasticity.artificial.truth_tables import TruthTable, binary_patterns, tabulate
from plasticity.artificial.units import Network, Unit, evaluate, is_feed_forward, summed_input
from plasticity.errors import ArgumentError
from plasticity.experiment import parameter
from plasticity.quiz.answers.gates.by_hand import FIRES, bits, n_wrong, output, unit_of, weighted_sum, whole, written
from plasticity.quiz.record import Answer, Check, Solution
from plasticity.studies.separability import labellings_of_small_units

INPUTS = ("a", "b")
WANTED = tabulate(operator.eq, INPUTS)


@dataclass(frozen=True)
class Parameters:
    """What can be set: with two weights more than hidden units, the output reads a and b first, by a bypass."""

    hidden: tuple[float, ...] = parameter(
        (1.0, 1.0, -1.5), meaning="w_a, w_b and bias of each hidden unit", least=-1e3, most=1e3
    )
    output: tuple[float, ...] = parameter(
        (-1.0, -1.0, 2.0, 0.5), meaning="of the output: what it reads, last the bias", least=-1e3, most=1e3
    )


@dataclass(frozen=True)
class Built:
    """A network on every row of the table: what each unit says, {name: (4,)}, and its sums z."""

    network: Network
    says: dict[str, np.ndarray]
    sums: dict[str, np.ndarray]

    @property
    def hidden(self) -> tuple[Unit, ...]:
        """All units but the output."""
        return self.network.units[:-1]


def numbers_of(network: Network) -> Parameters:
    """The numbers of a network of hidden units that read the inputs, and an output that reads them."""
    *hidden, last = network.units
    weights = [unit.weights.get(source, 0.0) if source else unit.bias for unit in hidden for source in (*INPUTS, "")]
    return Parameters(tuple(weights), (*last.weights.values(), last.bias))


def network_of(parameters: Parameters) -> Network:
    """The network with these numbers, hidden units h1, h2, ... Raises ArgumentError when there are too many or few."""
    p, names = parameters, [f"h{k + 1}" for k in range(len(parameters.hidden) // 3)]
    if len(p.hidden) % 3:
        raise ArgumentError(f"hidden has {len(p.hidden)} numbers; three are allowed for each hidden unit")
    hidden = [unit_of(p.hidden[3 * k : 3 * k + 3], INPUTS, "a hidden unit", name) for k, name in enumerate(names)]
    sources = (*INPUTS, *names) if len(p.output) == len(names) + 3 else names
    return Network(INPUTS, (*hidden, unit_of(p.output, sources, "output")))


def study(parameters: Parameters) -> Built:
    """The network on every row."""
    network = network_of(parameters)
    exactly, scales = whole(network)
    says, zeros = evaluate(exactly, WANTED.patterns), np.zeros(len(WANTED.patterns))
    sums = {unit.name: summed_input(unit, says) / scales[unit.name] + zeros for unit in exactly.units}
    return Built(network, says, sums)


def answer(built: Built) -> Answer:
    """Rows right and wrong; what each hidden unit is there for; what fewer could do."""
    network, wanted = built.network, WANTED.values[:, 0].astype(int)
    patterns, outputs = WANTED.patterns.tolist(), built.says["y"].astype(int)
    missed = _wrong_at([output(_without_hidden(network), pattern) for pattern in patterns])
    found: dict[str, Any] = {
        "wrong_rows": int(np.sum(outputs != wanted)),
        "outputs": outputs.tolist(),
        "n_units": len(network.units),
        "n_hidden": len(built.hidden),
        "is_feed_forward": is_feed_forward(network),
        "has_bypass": any(name in INPUTS for name in network.units[-1].weights),
        "rows": [{"unit": written(u), "fires_at": _rows(built.says[u.name])} for u in network.units],
        "smallest_size_of_z": float(min(np.abs(z).min() for z in built.sums.values())),
        "missed_without_hidden": missed,
        "n_missed_without_hidden": len(missed),
        "right_rows_at_best_with_1_hidden_and_no_bypass": _best_without_bypass(wanted),
        "hidden_units_for_the_true_rows_alone": len(construction(WANTED).units) - 1,
    }
    found["margin"] = "none" if found["smallest_size_of_z"] == 0 else "some"
    found["outcome"] = "wrong" if found["wrong_rows"] else _way([row["fires_at"] for row in found["rows"][:-1]], missed)
    readings = {
        name: {**found, "wrong_rows": n_wrong(network, patterns, wanted.tolist(), fires)}
        for name, fires in FIRES.items()
    }
    return Answer(found, _checks(built, found), readings, given=("n_hidden", "n_units"))


def _rows(says: np.ndarray) -> list[str]:
    return [bits(pattern) for pattern, is_on in zip(WANTED.patterns, says, strict=True) if is_on]


def _wrong_at(outputs: Sequence[int]) -> list[str]:
    return _rows(np.array(outputs) != WANTED.values[:, 0])


def _without_hidden(network: Network) -> Network:
    """The output alone, with what it reads by the bypass."""
    last = network.units[-1]
    bypass = {source: weight for source, weight in last.weights.items() if source in INPUTS}
    return Network(INPUTS, (replace(last, weights=bypass),))


def _way(hidden: list[list[str]], missed: list[str]) -> str:
    """How a network that is right does it: by the rows at which its hidden units fire."""
    single = sorted(row for rows in hidden for row in rows) if all(len(rows) == 1 for rows in hidden) else []
    if len(single) == len(set(single)) == len(WANTED.patterns):
        return "every row"
    if single == _rows(WANTED.values[:, 0]):
        return "true rows"
    return "corrects" if single and single == missed else "right"


def _best_without_bypass(wanted: np.ndarray) -> int:
    """The most rows right when the output sees one hidden unit only, which can be any separable function."""
    functions = [f for f in binary_patterns(4) if is_separable(binary_patterns(2), f)]
    outputs = [y for f in functions for y in (f, 1 - f, 0 * f, 0 * f + 1)]
    return max(int(np.sum(y == wanted)) for y in outputs)


def _best_listed(table: TruthTable) -> int:
    """The same by listing: all hidden units with small whole weights, and outputs that read one of them."""
    hidden = labellings_of_small_units(table.patterns, 2)
    outputs = [weight * hidden + bias > 0 for weight, bias in product((-1, 0, 1), (-0.5, 0.5))]
    return max(int(np.sum(y == (table.values[:, 0] > 0), axis=1).max()) for y in outputs)


def _checks(built: Built, found: dict) -> list[Check]:
    """Plain Python, and listing."""
    network, patterns, wanted = built.network, WANTED.patterns.tolist(), WANTED.values[:, 0].astype(int).tolist()
    by_hand = [output(network, pattern) for pattern in patterns]
    alone = [output(_without_hidden(network), pattern) for pattern in patterns]
    best = "right_rows_at_best_with_1_hidden_and_no_bypass"
    return [
        Check("outputs", by_hand, "by_hand"),
        Check("wrong_rows", sum(map(operator.ne, by_hand, wanted)), "by_hand"),
        Check("smallest_size_of_z", min(min(_sizes(network, pattern)) for pattern in patterns), "by_hand", 1e-9),
        Check("n_missed_without_hidden", sum(map(operator.ne, alone, wanted)), "by_hand"),
        Check(best, _best_listed(WANTED), "listing"),
        Check("hidden_units_for_the_true_rows_alone", sum(wanted), "true_rows"),
    ]


def _sizes(network: Network, pattern: Sequence[float]) -> list[float]:
    """How far every unit is from its threshold."""
    values, sizes = dict(zip(network.inputs, pattern, strict=True)), []
    for unit in network.units:
        z = weighted_sum(unit, values)
        values[unit.name] = float(z > 0)
        sizes.append(abs(z))
    return sizes


SOLUTIONS = {
    f"xnor-{name}-hidden": Solution(study, answer, numbers_of(xnor_gate(n)))
    for name, n in (("four", 4), ("two", 2), ("one", 1))
}
