"""What a question, an answer and a verdict are. Knows no science and no words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np

from plasticity.errors import ArgumentError, said, unknown
from plasticity.inputs import choice, fields, instance, listed, plain, text
from plasticity.quiz.claims import Claim, Measurements

Verdict = Literal["agrees", "differs", "depends", "scan", "unprinted"]
VERDICTS: tuple[Verdict, ...] = ("agrees", "differs", "depends", "scan", "unprinted")
CHECKED = ("equals", "at least", "at most")


@dataclass(frozen=True)
class Check:
    """A measurement by a second route, one that could disagree.

    measurement : its name in the answer; 'trace.w' is the column w of the rows `trace`
    confirmed   : the number, or the list of them, by the other route
    by          : the route, a key of [routes] in the question's texts
    tolerance   : how far both may be apart; the text of the route gives the reason
    relation    : 'equals' within the tolerance, or 'at least', 'at most': the measurement, the confirmed bound
    values      : what the text of the route has places for
    """

    measurement: str
    confirmed: Any
    by: str
    tolerance: float = 0.0
    relation: str = "equals"
    values: Mapping[str, Any] | None = None

    def __post_init__(self) -> None:
        fields(self)
        choice(self.relation, CHECKED, "the relation of a check")
        plain(self.confirmed, f"the second route of {self.measurement}", has_truths=True, is_matrix=True)

    def differences(self, measurements: Measurements) -> np.ndarray:
        """Measured less confirmed, one number or one for each item; of a bound, only what oversteps it.

        raises UnknownName for a measurement that is not there; ArgumentError when both are not of one shape
        """
        found, confirmed = numbers_of(measurement(measurements, self.measurement)), numbers_of(self.confirmed)
        if found.shape != confirmed.shape:
            raise ArgumentError(f"{self.measurement} has the shape {found.shape}, its second route {confirmed.shape}")
        off = np.where(found == confirmed, 0.0, found - confirmed)  # infinity less infinity is no number
        if self.relation == "equals":
            return off
        return np.minimum(off, 0.0) if self.relation == "at least" else np.maximum(off, 0.0)

    def holds(self, measurements: Measurements) -> bool:
        """Whether the second route bears the measurement out."""
        return bool(np.all(np.abs(self.differences(measurements)) <= self.tolerance))


@dataclass(frozen=True)
class Answer:
    """A computed answer, in numbers; the words stand in the texts of its question.

    measurements : names to numbers, truth values, words of an outcome, lists, or rows (lists of dicts)
    checks       : the confirmation by other routes
    readings     : {how the question can be read: measurements that the claims speak of}; the verdict counts in how
                   many of them the printed answer comes out. The key has parts with ' / ' between, each a key of
                   [words.readings] or, as 'level=1.05', one with the place {value}
    given        : the measurements that are chosen, and not found
    records      : the names of rules and neurons that stand in readings as they are
    """

    measurements: Measurements
    checks: Sequence[Check]
    readings: Mapping[str, Measurements]
    given: tuple[str, ...] = ()
    records: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        fields(self)
        for check in self.checks:
            instance(check, Check, "a check")


@dataclass(frozen=True)
class Question:
    """A question of the lecture and what is printed as its answer; its words are in `texts.py`.

    claims     : the printed answer restated so that it can be compared; none where the slides print no answer
    slides     : [line of the lecture's text, what stands there], as it stands
    scan       : the readings in which the machine reading of the slide is taken as it stands
    experiment : the one that shows it in a picture
    is_judged  : whether the printed answer says enough that one can be asked whether it is right
    """

    id: str
    section: str
    claims: tuple[Claim, ...] = ()
    slides: tuple[tuple[int, str], ...] = ()
    scan: tuple[str, ...] = ()
    experiment: str = ""
    is_judged: bool = True

    def __post_init__(self) -> None:
        fields(self)
        text(self.id, "the name of a question", is_empty_allowed=False)
        text(self.section, "the section of a question", is_empty_allowed=False)


@dataclass(frozen=True)
class Solution:
    """How a question is answered: `study` computes, `answer` reads its result. Questions can share a study.

    study      : function from parameters to a result; one that simulates takes the name of a target after them
    answer     : function (result) -> Answer
    parameters : the lecture's numbers, what `--set` changes; with a field `seed` when it draws random numbers
    """

    study: Callable[..., Any]
    answer: Callable[[Any], Answer]
    parameters: Any
    simulates: bool = False

    def __post_init__(self) -> None:
        fields(self)

    @property
    def draws(self) -> bool:
        """Whether it draws random numbers."""
        return hasattr(self.parameters, "seed")

    def seeded(self, seed: int) -> "Solution":
        """The same with this seed, where one is needed."""
        return replace(self, parameters=replace(self.parameters, seed=seed)) if self.draws else self

    def result(self, target: str = "auto") -> Any:
        """What the study finds."""
        return self.study(self.parameters, target) if self.simulates else self.study(self.parameters)


def verdict(claims: Sequence[Claim], readings: Mapping[str, Measurements], scan: Sequence[str] = ()) -> Verdict:
    """'agrees' when the claims hold in every reading, 'differs' in none, else 'depends'; 'unprinted' without any.

    scan : readings of the slide as the machine read it. 'scan' when the claims hold in none of these but in another
           reading, or when nothing is printed that could tell what was meant
    """
    claims = [instance(claim, Claim, "a claim") for claim in listed(claims, "the claims")]
    if not isinstance(readings, Mapping):
        raise ArgumentError(f"the readings are {said(readings)}; measurements by the name of the reading are allowed")
    for name in scan:
        if name not in readings:
            raise unknown("reading", name, readings)
    if not claims or not readings:
        return "scan" if scan else "unprinted"
    held = {name: all(claim.holds(measured) for claim in claims) for name, measured in readings.items()}
    if all(held.values()):
        return "agrees"
    if not any(held.values()):
        return "differs"
    return "scan" if scan and not any(held[name] for name in scan) else "depends"


def measurement(measurements: Measurements, name: str) -> Any:
    """A measurement by name; 'trace.w' is the column w of the rows `trace`. Raises UnknownName."""
    if name in instance(measurements, Mapping, "the measurements"):
        return measurements[name]
    rows, _, column = name.partition(".")
    if not column or rows not in measurements:
        raise unknown("measurement", name, measurements)
    try:
        return [row[column] for row in measurements[rows]]
    except (LookupError, TypeError):
        raise ArgumentError(
            f"{name}: {said(measurements[rows])}; rows with the column '{column}' are allowed"
        ) from None


def numbers_of(value: Any) -> np.ndarray:
    """Numbers and truth values as an array; None is no number. Raises ArgumentError for what is neither."""
    try:
        return np.asarray(value, dtype=float)
    except (TypeError, ValueError, OverflowError):
        raise ArgumentError(f"{said(value)} are no numbers that could be checked; numbers are allowed") from None
