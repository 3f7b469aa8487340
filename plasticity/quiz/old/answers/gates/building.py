"""Gates built from threshold units: XNOR from 4, 2 and 1 hidden units; tried on every input."""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np

from plasticity.artificial.gates import construction, xnor_gate
from plasticity.artificial.separability import is_separable
from plasticity.artificial.truth_tables import TruthTable, binary_patterns, tabulate, truth_table
from plasticity.artificial.units import Network, is_feed_forward
from plasticity.quiz.old.answers.gates.by_hand import FIRES, bits, n_wrong, output, weighted_sum, written
from plasticity.quiz.old.record import Answer, Check, Solution


@dataclass(frozen=True)
class Gate:
    """A network, its truth table, and the one that it should have."""

    network: Network
    found: TruthTable
    wanted: TruthTable


def study(rng: np.random.Generator, target: str) -> dict[str, Gate]:
    """Build every gate and run it on every input; nothing is random here."""

    def xnor(a: int, b: int) -> bool:
        return a == b

    functions: dict[str, tuple[Network, Callable[..., bool]]] = {
        "xnor-four-hidden": (xnor_gate(4), xnor),
        "xnor-two-hidden": (xnor_gate(2), xnor),
        "xnor-one-hidden": (xnor_gate(1), xnor),
    }
    return {
        id: Gate(network, truth_table(network), tabulate(function, network.inputs))
        for id, (network, function) in functions.items()
    }


METHOD = (
    "The network is built and run on every input of zeros and ones, and compared row by row with the logical function. "
    "Readings: units that fire when z > 0, and units that fire at z = 0 too"
)


def _measurements(gate: Gate) -> dict:
    network, patterns = gate.network, gate.found.patterns.tolist()
    hidden = [unit.name for unit in network.units[:-1]]
    return {
        "wrong_rows": int(np.sum(gate.found.values != gate.wanted.values)),
        "rows": [bits(pattern) for pattern in patterns],
        "outputs": gate.found.values[:, 0].astype(int).tolist(),
        "n_units": len(network.units),
        "n_hidden": len(hidden),
        "is_feed_forward": is_feed_forward(network),
        "has_bypass": bool(hidden) and any(name in network.inputs for name in network.units[-1].weights),
        "units": [written(unit) for unit in network.units],
        "smallest_size_of_z": min(min(_sizes(network, pattern)) for pattern in patterns),
    }


def _sizes(network: Network, pattern: list[float]) -> list[float]:
    """How far every unit is from its threshold."""
    values, sizes = dict(zip(network.inputs, pattern, strict=True)), []
    for unit in network.units:
        z = weighted_sum(unit, values)
        values[unit.name] = float(z > 0)
        sizes.append(abs(z))
    return sizes


def _answer(gate: Gate, found: dict, reason: str, reason_he: str) -> Answer:
    rows = ", ".join(f"{row} -> {y}" for row, y in zip(found["rows"], found["outputs"], strict=True))
    sentence = (
        f"{'; '.join(found['units'])}. It gives {rows}: {found['wrong_rows']} of {len(found['rows'])} rows are wrong, "
        f"and no z is nearer to 0 than {found['smallest_size_of_z']:g}. {reason}"
    )
    sentence_he = (
        f"הרשת: {'; '.join(found['units'])}. הטבלה: {rows}; מספר השורות השגויות הוא {found['wrong_rows']} מתוך "
        f"{len(found['rows'])}, ואף z אינו קרוב ל-0 יותר מ-{found['smallest_size_of_z']:g}. {reason_he}"
    )
    patterns, wanted = gate.found.patterns.tolist(), gate.wanted.values[:, 0].tolist()
    readings = {
        name: {**found, "wrong_rows": n_wrong(gate.network, patterns, wanted, fires)} for name, fires in FIRES.items()
    }
    by_hand = [output(gate.network, pattern) for pattern in patterns]
    same = sum(map(operator.eq, found["outputs"], by_hand))
    checks = [Check("rows", len(patterns), same, "rows that come out the same in plain Python")]
    return Answer(sentence, found, METHOD, checks, readings, sentence_he)


def with_hidden(gates: Mapping[str, Gate], id: str) -> Answer:
    """XNOR, and how few hidden units would do."""
    gate, found = gates[id], _measurements(gates[id])
    wanted = gate.wanted.values[:, 0]
    found |= {
        "separable_without_hidden_units": is_separable(binary_patterns(2), wanted),
        "right_rows_at_best_with_1_hidden_and_no_bypass": _best_without_bypass(wanted),
        "hidden_units_for_the_true_rows_alone": len(construction(gate.wanted).units) - 1,
    }
    best, needed = (found[name] for name in list(found)[-2:])
    alone = ("possible", "אפשר") if found["separable_without_hidden_units"] else ("impossible", "אי אפשר")
    reason = (
        f"Without hidden units it is {alone[0]}; one hidden unit without a bypass gets at best {best} of 4 rows right, "
        "because the output then sees one bit and can only repeat or invert it; one unit for each true row takes "
        f"{needed}."
    )
    reason_he = (
        f"בלי נוירונים נסתרים {alone[1]} לבנות זאת; נוירון נסתר אחד בלי מעקף מגיע לכל היותר ל-{best} שורות נכונות "
        f"מתוך 4, כי הפלט רואה אז סיבית אחת ויכול רק לחזור עליה או להפוך אותה; נוירון לכל שורת אמת, ותו לא, "
        f"פירושו {needed} נוירונים נסתרים."
    )
    return _answer(gate, found, reason, reason_he)


def _best_without_bypass(wanted: np.ndarray) -> int:
    """The most rows right when the output sees one hidden unit only, which can be any separable function."""
    functions = [f for f in binary_patterns(4) if is_separable(binary_patterns(2), f)]
    outputs = [y for f in functions for y in (f, 1 - f, 0 * f, 0 * f + 1)]
    return max(int(np.sum(y == wanted)) for y in outputs)


SOLUTIONS = {
    id: Solution(study, partial(with_hidden, id=id))
    for id in ("xnor-four-hidden", "xnor-two-hidden", "xnor-one-hidden")
}
