"""The 2-2-1 network by hand: forwards with all digits, and with the two digits that the slide carries on.

The slide writes the first hidden output as 1/(1+exp(-0.1)), although z is -0.1: both are computed.
"""

from dataclasses import dataclass

import numpy as np

from plasticity.artificial import graph
from plasticity.artificial.activations import SIGMOID
from plasticity.artificial.layers import Layer, LayeredNetwork, forward
from plasticity.quiz.formulas import listed, ltr
from plasticity.quiz.old.record import Answer, Check, Solution

HIDDEN = ((0.1, -0.2, 0.3), (0.2, 0.1, -0.3))  # the bias first
OUTPUT = (0.1, 0.2, 0.1)
INPUTS = (1.0, 0.0)
METHOD = "`artificial.layers.forward`; also with the hidden outputs rounded to, and cut after, two digits"


@dataclass(frozen=True)
class Pass:
    """Sums and outputs of the hidden layer (2) and of the output layer (3)."""

    z2: list[float]
    y2: list[float]
    z3: float
    y3: float

    def measurements(self) -> dict:
        """With the expression that the slide writes for the first hidden output, its exponent -|z|."""
        written = float(1 / (1 + np.exp(-abs(self.z2[0]))))
        return {"z2": self.z2, "y2": self.y2, "z3": self.z3, "y3": self.y3, "y2_first_as_written": written}


def study(rng: np.random.Generator, target: str) -> dict[str, Pass]:
    """Exact, and onwards from hidden outputs of two digits; nothing here is random."""
    network = LayeredNetwork((Layer(np.array(HIDDEN), SIGMOID), Layer(np.array([OUTPUT]), SIGMOID)))
    (z2, y2), (z3, y3) = forward(network, np.array([INPUTS]))
    exact = Pass(z2[0].tolist(), y2[0].tolist(), float(z3[0, 0]), float(y3[0, 0]))
    return {
        "exact": exact,
        "rounded": _onwards(exact, np.round(y2[0], 2)),
        "cut": _onwards(exact, np.floor(y2[0] * 100) / 100),
    }


def _onwards(exact: Pass, y2: np.ndarray) -> Pass:
    top = LayeredNetwork((Layer(np.array([OUTPUT]), SIGMOID),))
    ((z3, y3),) = forward(top, y2[np.newaxis])
    return Pass(exact.z2, y2.tolist(), float(z3[0, 0]), float(y3[0, 0]))


def answer(passes: dict[str, Pass]) -> Answer:
    """Everything comes out but the sign in the exponent, and one digit."""
    exact, rounded, cut = (passes[kind].measurements() for kind in ("exact", "rounded", "cut"))
    readings = {"all digits": exact, "hidden outputs cut after two digits": cut}
    others = {f"{n}_{kind}": m[n] for kind, m in (("rounded", rounded), ("cut", cut)) for n in ("y2", "z3", "y3")}
    as_written, right = _logistic_text(-abs(exact["z2"][0])), _logistic_text(-exact["z2"][0])
    cause = (
        f"the minus of z was lost in the exponent: {as_written} is {exact['y2_first_as_written']:.3f}, {right} is "
        f"{exact['y2'][0]:.3f}, which was cut, not rounded, to two digits"
    )
    cause_he = (
        f"המינוס של z אבד במעריך: {ltr(as_written)} הוא {exact['y2_first_as_written']:.3f}, ו-{ltr(right)} הוא "
        f"{exact['y2'][0]:.3f}, שנקצץ לשתי ספרות במקום להתעגל"
    )
    sentences = _sentence(passes), _sentence_he(passes)
    return Answer(
        sentences[0], exact | others, METHOD, _checks(passes["exact"]), readings, sentences[1], cause, cause_he
    )


def _logistic_text(exponent: float) -> str:
    return f"1/(1+exp({exponent:g}))"


def _sentence(passes: dict[str, Pass]) -> str:
    exact, rounded, cut = passes["exact"], passes["rounded"], passes["cut"]
    return (
        f"z(2) = ({listed(exact.z2)}), y(2) = ({listed(exact.y2, 4)}), z(3) = {exact.z3:.4f}, y(3) = {exact.y3:.4f}. "
        "The sigmoid of a negative sum lies below 1/2, the first hidden output too; "
        f"{_logistic_text(-abs(exact.z2[0]))} as written is {exact.measurements()['y2_first_as_written']:.4f}. The two "
        f"digits carried on hardly matter: from y(2) = ({listed(rounded.y2)}), rounded, z(3) = {rounded.z3:.4f} and "
        f"y(3) = {rounded.y3:.4f}; from ({listed(cut.y2)}), cut, {cut.z3:.4f} and {cut.y3:.4f}."
    )


def _sentence_he(passes: dict[str, Pass]) -> str:
    exact, rounded, cut = passes["exact"], passes["rounded"], passes["cut"]
    return (
        f"התוצאה: z(2) = ({listed(exact.z2)}), y(2) = ({listed(exact.y2, 4)}), z(3) = {exact.z3:.4f}, y(3) = "
        f"{exact.y3:.4f}. הסיגמואיד של סכום שלילי קטן מ-1/2, וכך גם הפלט הנסתר הראשון; "
        f"{ltr(_logistic_text(-abs(exact.z2[0])))} כפי שנכתב הוא {exact.measurements()['y2_first_as_written']:.4f}. "
        f"העיגול לשתי ספרות כמעט אינו משנה: מ-y(2) = ({listed(rounded.y2)}), מעוגל, מתקבל z(3) = {rounded.z3:.4f} "
        f"ו-y(3) = {rounded.y3:.4f}; מ-{ltr(f'({listed(cut.y2)})')}, קצוץ, מתקבל {cut.z3:.4f} ו-{cut.y3:.4f}."
    )


def _checks(exact: Pass) -> list[Check]:
    """The same network as a computation graph of single numbers."""
    hidden = [graph.sigmoid(sum(w * x for w, x in zip(row, (1.0, *INPUTS), strict=True))) for row in HIDDEN]
    total = OUTPUT[0] + OUTPUT[1] * hidden[0] + OUTPUT[2] * hidden[1]
    pairs = [(f"y{i + 1}(2)", exact.y2[i], hidden[i].value) for i in (0, 1)]
    pairs += [("z(3)", exact.z3, total.value), ("y(3)", exact.y3, graph.sigmoid(total).value)]
    return [Check(what, found, confirmed, "a computation graph") for what, found, confirmed in pairs]


SOLUTIONS = {"forward-2-2-1": Solution(study, answer)}
