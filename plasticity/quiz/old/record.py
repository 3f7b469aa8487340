"""What a question, an answer and a verdict are. Knows no science."""

import operator
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Literal

import numpy as np

from plasticity.errors import ArgumentError, said, unknown
from plasticity.inputs import choice, fields, instance, listed, text

Verdict = Literal["agrees", "differs", "depends", "unprinted"]
Measurements = Mapping[str, Any]

_COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
}

SECTIONS = sorted(page.stem for page in (Path(__file__).parent / "lecture").glob("*.toml"))
RELATIONS = (*_COMPARISONS, "rounds to", "falls to", "is")


@dataclass(frozen=True)
class Claim:
    """A printed statement about one measurement.

    relation : '<', '<=', '>', '>=', '=' (numbers);
               'rounds to' (the printed figure as text, its last digit gives the precision; lists, item by item);
               'falls to' (a list that never rises and ends there);
               'is' (equality of any data: truth values, text, nested lists)
    value    : a number, printed text, other data, or for numbers the name of another measurement
    """

    measurement: str
    relation: str
    value: Any

    def __post_init__(self) -> None:
        fields(self)
        choice(self.relation, RELATIONS, "the relation of a claim")

    def holds(self, measurements: Measurements) -> bool:
        """Whether the measurements bear the statement out. Raises UnknownName for a measurement that is not there."""
        compared = [self.value] if isinstance(self.value, str) and self.relation in (*_COMPARISONS, "falls to") else []
        for name in (self.measurement, *compared):
            if name not in measurements:
                raise unknown("measurement", name, measurements)
        measured, value = measurements[self.measurement], self.value
        if self.relation == "is":
            return bool(measured == value)
        if self.relation == "rounds to":
            figures, numbers = (value, measured) if isinstance(value, list) else ([value], [measured])
            return len(figures) == len(numbers) and all(map(rounds_to, numbers, figures))
        other = float(measurements[value] if isinstance(value, str) else value)
        if self.relation == "falls to":
            return bool(np.all(np.diff(measured) <= 0) and measured[-1] == other)
        return bool(_COMPARISONS[self.relation](float(measured), other))

    def comparison(self, measurements: Measurements, words: tuple[str, str] = ("printed", "computed")) -> str:
        """Both figures, such as 'w1_new: printed 1.54, computed 1.8064'; `words` stand before them."""
        relation = {"rounds to": "", "is": "", "=": ""}.get(self.relation, f"{self.relation} ")
        computed = _shown(measurements[self.measurement])
        return f"{self.measurement}: {words[0]} {relation}{_shown(self.value)}, {words[1]} {computed}"


@dataclass(frozen=True)
class Question:
    """A question of the lecture and what is printed as its answer, in English and Hebrew.

    claims : the printed answer restated so that it can be compared; none where the slides print no answer
    """

    id: str
    section: str
    question: str
    printed: str
    question_he: str
    printed_he: str
    claims: tuple[Claim, ...]

    def __post_init__(self) -> None:
        fields(self)
        text(self.id, "the name of a question", is_empty_allowed=False)
        choice(self.section, SECTIONS, "the section of a question")


@dataclass(frozen=True)
class Check:
    """A number of the answer by a second route."""

    what: str
    found: float
    confirmed: float
    by: str

    @property
    def difference(self) -> float:
        """Found less confirmed."""
        return self.found - self.confirmed


@dataclass(frozen=True)
class Answer:
    """A computed answer.

    sentence     : with its numbers and units; sentence_he says the same in Hebrew
    measurements : a flat mapping of names to numbers or lists; units are in the names
    method       : how it was computed
    checks       : the confirmation by other routes
    readings     : {how the question can be read: measurements that the claims speak of}; the verdict counts
                   in how many of them the printed answer comes out
    cause        : where the slides are wrong, the likely cause; cause_he says the same in Hebrew
    """

    sentence: str
    measurements: Measurements
    method: str
    checks: Sequence[Check]
    readings: Mapping[str, Measurements]
    sentence_he: str = ""
    cause: str = ""
    cause_he: str = ""


@dataclass(frozen=True)
class Solution:
    """How a question is answered: `study` simulates, `answer` reads its result. Questions can share a study.

    study takes a numpy Generator and the name of a code generation target, which only one that simulates reads.
    """

    study: Callable[[np.random.Generator, str], Any]
    answer: Callable[[Any], Answer]
    simulates: bool = False

    def __post_init__(self) -> None:
        fields(self)


def verdict(claims: Sequence[Claim], readings: Mapping[str, Measurements]) -> Verdict:
    """'agrees' when the claims hold in every reading, 'differs' in none, else 'depends'; 'unprinted' without any."""
    claims = [instance(claim, Claim, "a claim") for claim in listed(claims, "the claims")]
    if not isinstance(readings, Mapping):
        raise ArgumentError(f"the readings are {said(readings)}; measurements by the name of the reading are allowed")
    if not claims or not readings:
        return "unprinted"
    held = [all(claim.holds(measurements) for claim in claims) for measurements in readings.values()]
    if all(held):
        return "agrees"
    return "depends" if any(held) else "differs"


def rounds_to(number: float, printed: str) -> bool:
    """Whether `number` rounds to the printed figure at its printed precision (half a unit of the last digit)."""
    try:
        figure, value = Decimal(printed), float(number)
    except (InvalidOperation, TypeError, ValueError, OverflowError):
        raise ArgumentError(f"{said(number)} and {said(printed)}: a number and a printed figure are allowed") from None
    if not figure.is_finite() or abs(figure.adjusted()) > 300:
        raise ArgumentError(f"the printed figure is {said(printed)}; one within the range of doubles is allowed")
    exponent = figure.as_tuple().exponent
    unit = 10.0 ** (exponent if isinstance(exponent, int) else 0)
    slack = 1e-9 * unit  # a computed half may come out a rounding error beside the half
    return bool(abs(value - float(figure)) <= unit / 2 + slack)


def load_questions() -> dict[str, Question]:
    """All questions of the lecture by id, in its order: one page a section."""
    questions = {}
    for section in SECTIONS:
        page = Path(__file__).parent / "lecture" / f"{section}.toml"
        for entry in tomllib.loads(page.read_text(encoding="utf-8"))["question"]:
            claims = tuple(Claim(*claim) for claim in entry.pop("claims"))
            questions[entry["id"]] = Question(section=section, claims=claims, **entry)
    return questions


def find_question(questions: Mapping[str, Question], id: str) -> Question:
    """The question called `id`; raises UnknownName, which lists the known ones."""
    if text(id, "the name of a question") not in questions:
        raise unknown("question", id, questions)
    return questions[id]


def _shown(value: Any) -> str:
    """A figure for reading: numbers with six digits, lists item by item."""
    if isinstance(value, list | tuple):
        return f"[{', '.join(_shown(item) for item in value)}]"
    return f"{value:.6g}" if isinstance(value, float) else str(value)
