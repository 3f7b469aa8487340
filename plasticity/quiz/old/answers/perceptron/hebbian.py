"""Is the perceptron rule Hebbian? Its four kinds of mistakes, beside Hebb's own rule on the same examples."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from plasticity.artificial.activations import STEP
from plasticity.artificial.examples import Examples
from plasticity.artificial.learning import hebb
from plasticity.artificial.perceptron import perceptron
from plasticity.quiz.old.record import Answer, Check, Solution

N_DRAWS = 50  # of input and weight, for each case
SIGNS = {"positive": 1, "negative": -1}
CHANGES = {1: "strengthens", 0: "stays", -1: "weakens", None: "varies"}
KINSHIPS = {1: "Hebbian", 0: "neither", -1: "anti-Hebbian", None: "varies"}
ENGLISH = {word: word for word in (*CHANGES.values(), *KINSHIPS.values())}
HEBREW = {
    "strengthens": "מתחזק",
    "stays": "אינו משתנה",
    "weakens": "נחלש",
    "Hebbian": "הביאני",
    "neither": "לא הביאני ולא אנטי-הביאני",
    "anti-Hebbian": "אנטי-הביאני",
    "varies": "משתנה ממקרה למקרה",
}


@dataclass(frozen=True)
class Case:
    """Examples with one sign of x and one output y, each of shape (N_DRAWS,).

    dw       : what the perceptron rule does to the weight when y is a mistake, t = 1 - y
    dw_right : what it does when t = y
    hebb     : what Hebb's rule does, which knows no t
    """

    y: int
    x: np.ndarray
    dw: np.ndarray
    dw_right: np.ndarray
    hebb: np.ndarray


def study(rng: np.random.Generator, target: str) -> dict[str, Case]:
    """One input and one weight, of the sign that gives this y; one step of each rule."""
    return {f"x_{name}_y_{y}": _case(rng, sign, y) for (name, sign), y in product(SIGNS.items(), (0, 1))}


def _case(rng: np.random.Generator, sign: int, y: int) -> Case:
    sizes, weights = rng.uniform(0.1, 2, (2, N_DRAWS))
    x, weights = sign * sizes, sign * (2 * y - 1) * weights  # so that z = w x > 0 when y = 1
    pairs = list(zip(x.tolist(), weights.tolist(), strict=True))
    wrong, right = ([_step(*pair, t) for pair in pairs] for t in (1 - y, y))
    hebbian = [float(hebb([[a]], [w], rate=1, activation=STEP).final[0] - w) for a, w in pairs]
    return Case(y, x, np.array(wrong), np.array(right), np.array(hebbian))


def _step(x: float, weight: float, t: int) -> float:
    examples = Examples(np.array([[x]]), np.array([t]))
    return float(perceptron(examples, [weight], n_epochs=1).history.final[0] - weight)


METHOD = (
    f"{N_DRAWS} random inputs and weights for each sign of x and each output y: one step of the perceptron rule with "
    "t = 1 - y and with t = y, and one of Hebb's rule. Readings of 'Hebbian': the step has the sign of Hebb's y x, "
    "with y from {0, 1}, or with y from {-1, 1}; the step is the teacher's part t x of (t - y) x = t x - y x"
)
CAUSE = "the sign of x was left out: the printed words fit w x, whose change (t - y) x^2 has the sign of the error"
CAUSE_HE = "הסימן של x נשמט: המילים בשקף מתאימות למכפלה w x, שהשינוי שלה, x^2 (t - y), הוא בסימן השגיאה"


def answer(cases: Mapping[str, Case]) -> Answer:
    """What the weight does in each case, and its likeness to Hebb's rule in three readings."""
    weight = {name: CHANGES[_sign(case.dw)] for name, case in cases.items()}
    unmoved = sum(int(np.count_nonzero(case.dw_right)) for case in cases.values())
    found: dict[str, Any] = {
        "cases": list(cases),
        "changes_when_y_is_t": unmoved,
        "weight": list(weight.values()),
        "contribution_w_x": [CHANGES[_sign(case.dw * case.x)] for case in cases.values()],
        "mean_dw": [float(case.dw.mean()) for case in cases.values()],
        "mean_dw_of_hebb": [float(case.hebb.mean()) for case in cases.values()],
    }
    readings: dict[str, dict[str, Any]] = {}
    for key, (reading, kinship) in LIKENESSES.items():
        labels = {name: KINSHIPS[_sign(kinship(case))] for name, case in cases.items()}
        found[f"likeness_{key}"] = list(labels.values())
        readings[reading] = {name: [weight[name], label] for name, label in labels.items()}
        readings[reading]["changes_when_y_is_t"] = unmoved
    sentences = _sentence(found), _sentence_he(found)
    return Answer(sentences[0], found, METHOD, _checks(cases), readings, sentences[1], CAUSE, CAUSE_HE)


def _sign(numbers: np.ndarray) -> int | None:
    """The sign that all share; None when they do not."""
    signs = set(np.sign(np.round(numbers, 12)).astype(int).tolist())
    return signs.pop() if len(signs) == 1 else None


def _part(case: Case) -> np.ndarray:
    """1 where the step is t x, with the teacher's t in place of Hebb's y; -1 where it is -y x, against Hebb."""
    t = 1 - case.y
    return np.isclose(case.dw, t * case.x).astype(int) - np.isclose(case.dw, -case.y * case.x)


LIKENESSES = {
    "y_0_or_1": ("sign of y x, y from {0, 1}", lambda case: case.dw * case.hebb),
    "y_minus_1_or_1": ("sign of y x, y from {-1, 1}", lambda case: case.dw * (2 * case.y - 1) * case.x),
    "teacher": ("the teacher's part t x, or the own part -y x", _part),
}


def _grouped(found: dict, key: str, words: Mapping[str, str]) -> str:
    """The cases in which each word comes out: 'weakens (x>0, y=1; x<0, y=0)'."""
    by_word: dict[str, list[str]] = {}
    for case, word in zip(found["cases"], found[key], strict=True):
        short = case.replace("_positive_", ">0, ").replace("_negative_", "<0, ").replace("y_", "y=")
        by_word.setdefault(word, []).append(short)
    return ", ".join(f"{words[word]} ({'; '.join(cases)})" for word, cases in by_word.items())


def _sentence(found: dict) -> str:
    likenesses = (f"likeness_{key}" for key in LIKENESSES)
    weight, product, *labels = (_grouped(found, key, ENGLISH) for key in ("weight", "contribution_w_x", *likenesses))
    return (
        f"When t = y the weight changed in {found['changes_when_y_is_t']} of the examples. When not, the weight "
        f"{weight}: dw = (t - y) x has the sign of x in it. Its contribution w x {product}: only that follows the "
        f"error alone. Is it Hebb's y x? With y from 0 and 1: {labels[0]}; where y is 0, Hebb's rule does nothing. "
        f"With y from -1 and 1: {labels[1]}. As t x - y x, the teacher's t x or the own -y x: {labels[2]}."
    )


def _sentence_he(found: dict) -> str:
    likenesses = (f"likeness_{key}" for key in LIKENESSES)
    weight, product, *labels = (_grouped(found, key, HEBREW) for key in ("weight", "contribution_w_x", *likenesses))
    return (
        f"כאשר t = y, המשקל השתנה ב-{found['changes_when_y_is_t']} מהדוגמאות. אחרת, המשקל {weight}: הסימן של "
        f"dw = (t - y) x תלוי גם בסימן של x. ואילו הקלט המשוקלל w x {product}: רק הוא נקבע בידי השגיאה לבדה. האם זה "
        f"כלל הב, y x? כאשר y הוא 0 או 1: {labels[0]}; כאשר y הוא 0, כלל הב אינו משנה דבר. כאשר הפלט הוא 1 או מינוס "
        f"1: {labels[1]}. ובפירוק t x - y x, החלק של המורה, t x, מול החלק של הנוירון עצמו: {labels[2]}."
    )


def _checks(cases: Mapping[str, Case]) -> list[Check]:
    return [
        Check(
            f"mean dw, {name.replace('_', ' ')}",
            float(case.dw.mean()),
            float(((1 - 2 * case.y) * case.x).mean()),
            "(t - y) x",
        )
        for name, case in cases.items()
    ]


SOLUTIONS = {"perceptron-hebbian-cases": Solution(study, answer)}
