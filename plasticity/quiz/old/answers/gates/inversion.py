"""Inverting an output by multiplying its weights by -1: is the bias one of them, and what if a sum is 0?"""

from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from plasticity.artificial.gates import inverted, xnor_gate
from plasticity.artificial.truth_tables import binary_patterns
from plasticity.artificial.units import Network, Unit
from plasticity.quiz.old.answers.gates.by_hand import n_wrong, output, weighted_sum, written
from plasticity.quiz.old.record import Answer, Check, Measurements, Solution

PATTERNS = binary_patterns(2).tolist()
HIDDEN = (4, 2, 1)
SUM_OF_ZERO = Network(("a", "b"), (Unit("y", {"a": 1, "b": 1}),))  # OR, with z = 0 at 00
STEPS = (-2, -1, 0, 1, 2)  # weights and biases of the single units among which sums of 0 are sought
CAUSE = "the bias is a weight too and must be multiplied as well; a sum of exactly 0 stays 0, and its row wrong"
CAUSE_HE = "גם ההטיה היא משקל ויש להכפיל גם אותה; סכום שהוא בדיוק 0 נשאר 0, ושורתו שגויה"


@dataclass(frozen=True)
class InversionStudy:
    """Networks, and how many of their rows come out wrong when inverted: with the bias, without, by the package."""

    networks: list[Network]
    single_units: list[Network]

    def wrong(self, *, with_bias: bool) -> list[int]:
        """Of each network, when its output weights are multiplied by -1."""
        return [_wrong(network, negated(network, with_bias=with_bias)) for network in self.networks]


def study(rng: np.random.Generator, target: str) -> InversionStudy:
    """XNOR with hidden units, and every single unit with weights and bias from STEPS; nothing is random here."""
    units = [Unit("y", {"a": w1, "b": w2}, bias) for w1, w2, bias in product(STEPS, repeat=3)]
    return InversionStudy([xnor_gate(n) for n in HIDDEN], [Network(("a", "b"), (unit,)) for unit in units])


def negated(network: Network, *, with_bias: bool) -> Network:
    """The weights of the last unit multiplied by -1, its bias too or not, the hidden units as they were."""
    *hidden, last = network.units
    weights = {source: -weight for source, weight in last.weights.items()}
    return replace(
        network, units=(*hidden, replace(last, weights=weights, bias=-last.bias if with_bias else last.bias))
    )


def _wrong(network: Network, inverse: Network) -> int:
    """Rows in which the inverse does not say the opposite."""
    return n_wrong(inverse, PATTERNS, [1 - output(network, pattern) for pattern in PATTERNS])


def _has_sum_of_zero(network: Network) -> bool:
    return any(weighted_sum(network.units[0], dict(zip("ab", pattern, strict=True))) == 0 for pattern in PATTERNS)


METHOD = (
    f"XNOR from {', '.join(map(str, HIDDEN))} hidden units: the weights of the output unit are multiplied by -1, with "
    "or without its bias, and every row is compared with the inverted one; the same for all "
    f"{len(STEPS) ** 3} single units with weights and bias from {STEPS[0]} to {STEPS[-1]}, with the bias"
)


def answer(study: InversionStudy) -> Answer:
    """The bias belongs to the weights; a sum of exactly 0 is the exception."""
    zero = [network for network in study.single_units if _has_sum_of_zero(network)]
    others = [network for network in study.single_units if not _has_sum_of_zero(network)]
    wrong = {name: study.wrong(with_bias=name == "with_bias") for name in ("with_bias", "without_bias")}
    found = {
        "n_hidden": list(HIDDEN),
        "wrong_rows_with_bias": wrong["with_bias"],
        "wrong_rows_without_bias": wrong["without_bias"],
        "output_biases": [network.units[-1].bias for network in study.networks],
        "wrong_rows_of_an_or_without_threshold": _wrong(SUM_OF_ZERO, negated(SUM_OF_ZERO, with_bias=True)),
        "units_with_a_sum_of_0": len(zero),
        "of_these_inverted_wrongly": sum(_wrong(n, negated(n, with_bias=True)) > 0 for n in zero),
        "other_units": len(others),
        "of_the_others_inverted_wrongly": sum(_wrong(n, negated(n, with_bias=True)) > 0 for n in others),
    }
    readings: dict[str, Measurements] = {
        f"{'bias too' if name == 'with_bias' else 'bias as it was'}, {n} hidden": {"wrong_rows": rows}
        for name, counts in wrong.items()
        for n, rows in zip(HIDDEN, counts, strict=True)
    }
    readings["bias too, but a sum is 0"] = {"wrong_rows": found["wrong_rows_of_an_or_without_threshold"]}
    sentences = _sentences(found)
    return Answer(sentences[0], found, METHOD, _checks(study), readings, sentences[1], CAUSE, CAUSE_HE)


def _sentences(found: dict) -> tuple[str, str]:
    listed = [
        ", ".join(f"{rows:g} ({n})" for n, rows in zip(found["n_hidden"], found[key], strict=True))
        for key in ("wrong_rows_with_bias", "wrong_rows_without_bias", "output_biases")
    ]
    counts = [found[name] for name in list(found)[-4:]]  # sums of 0, of these wrong; others, of these wrong
    english = (
        f"The hidden units stay as they are. Wrong rows of 4 by number of hidden units: {listed[0]} when the bias is "
        f"multiplied by -1 as well, {listed[1]} when it is not; so the bias counts as a weight, of an input that is "
        f"always 1, and can be forgotten only where it is 0 (the output biases are {listed[2]}). -z > 0 is the "
        f"opposite of z > 0 but for z = 0: {counts[1]} of {counts[0]} single units with such a sum come out wrong, and "
        f"{counts[3]} of the {counts[2]} others; {written(SUM_OF_ZERO.units[0])}, for one, in "
        f"{found['wrong_rows_of_an_or_without_threshold']} row."
    )
    hebrew = (
        f"הנוירונים הנסתרים נשארים כפי שהם. שורות שגויות מתוך 4, לפי מספר הנוירונים הנסתרים: {listed[0]} כשגם ההטיה "
        f"מוכפלת במינוס 1, ולעומת זאת {listed[1]} כשהיא אינה מוכפלת; ההטיה היא אפוא משקל ככל המשקלים, של קלט שהוא תמיד "
        f"1, ואפשר לשכוח אותה רק כשהיא 0 (גודל הטיות הפלט: b = {listed[2]}). התנאי -z > 0 הפוך לתנאי z > 0 חוץ מאשר "
        f"ב-z = 0: מבין {counts[0]} יחידות בודדות שיש להן סכום כזה {counts[1]} יוצאות שגויות, ומבין {counts[2]} "
        f"האחרות {counts[3]}; למשל {written(SUM_OF_ZERO.units[0])}, שמספר שורותיה השגויות הוא "
        f"{found['wrong_rows_of_an_or_without_threshold']}."
    )
    return english, hebrew


def _checks(study: InversionStudy) -> list[Check]:
    """The package's own inversion, which lifts sums of 0."""
    xnor = sum(_wrong(network, inverted(network)) for network in study.networks)
    single = sum(_wrong(network, inverted(network)) for network in study.single_units)
    predicted = sum(_has_sum_of_zero(network) for network in study.single_units)
    failing = sum(_wrong(network, negated(network, with_bias=True)) > 0 for network in study.single_units)
    return [
        Check("wrong rows of XNOR, bias too", sum(study.wrong(with_bias=True)), xnor, "gates.inverted"),
        Check("single units inverted wrongly", failing, predicted, "units with a sum of 0"),
        Check("wrong rows when sums of 0 are lifted first", single, 0, "gates.inverted on every single unit"),
    ]


SOLUTIONS = {"invert-output": Solution(study, answer)}
