"""What an exercise is: drawn numbers, the key, what each misconception gives, and words in a language."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from plasticity.errors import ArgumentError, said
from plasticity.inputs import text

Kind = Literal["number", "choice"]
LETTERS = "ABCDEFGH"


@dataclass(frozen=True)
class Drawn:
    """One draw of a family: the numbers of the scenario, the right result, and that of each misconception.

    key   : a number, or for a choice the name of an outcome that the words of the family know
    wrong : {misconception: the same, computed as one who holds it would}
    """

    values: Mapping[str, Any]
    key: Any
    wrong: Mapping[str, Any]


@dataclass(frozen=True)
class Family:
    """Exercises of one kind.

    name      : of its words, `words/NAME.en.toml`
    questions : ids of the lecture that it practises
    draw      : function (numpy Generator) -> Drawn
    kind      : whether a number is asked, or a choice among outcomes
    """

    name: str
    questions: tuple[str, ...]
    draw: Callable[[np.random.Generator], Drawn]
    kind: Kind = "number"


@dataclass(frozen=True)
class Option:
    """An answer to choose from; `misconception` is '' for the right one, and `reason` says what is right or wrong."""

    text: str
    misconception: str
    reason: str

    @property
    def is_right(self) -> bool:
        return not self.misconception


@dataclass(frozen=True)
class Item:
    """An exercise in words.

    options : in the order shown, one of them right; all differ
    number  : the right number as printed, where one may be typed; '' for a choice
    reason  : why the right answer is right
    """

    prompt: str
    options: tuple[Option, ...]
    number: str
    reason: str

    @property
    def letter(self) -> str:
        """Of the right option."""
        return LETTERS[[option.is_right for option in self.options].index(True)]


@dataclass(frozen=True)
class Exercise:
    """An exercise: its family, which of its questions it practises, what was drawn, the order of its options."""

    family: Family
    question: str
    drawn: Drawn
    order: tuple[str, ...]


@dataclass(frozen=True)
class Grade:
    """Whether an answer is right; the option that it is, where it is one."""

    is_right: bool
    option: Option | None
    reason: str


def graded(item: Item, reply: str) -> Grade:
    """What a reply is worth: the letter of an option, or a number where one is asked.

    A typed number is right when it rounds to the right one at its printed precision.
    raises ArgumentError for what is neither, saying what is allowed
    """
    reply = text(reply, "the reply").strip()
    letters = LETTERS[: len(item.options)]
    if len(reply) == 1 and reply.upper() in letters:
        option = item.options[letters.index(reply.upper())]
        return Grade(option.is_right, option, option.reason)
    number = _number(reply) if item.number else None
    if number is None:
        also = " or a number" if item.number else ""
        raise ArgumentError(f"the reply is {said(reply)}; allowed: {', '.join(letters)}{also}")
    for option in item.options:
        if _is_near(number, option.text):
            return Grade(option.is_right, option, option.reason)
    return Grade(False, None, item.reason)


def _number(reply: str) -> float | None:
    try:
        return float(reply.replace("\u2212", "-").replace(",", "."))
    except ValueError:
        return None


def _is_near(number: float, printed: str) -> bool:
    """Whether a number rounds to the first figure of a printed option."""
    from plasticity.quiz.claims import rounds_to
    from plasticity.quiz.places import LEFT_TO_RIGHT_MARK

    return rounds_to(number, printed.replace(LEFT_TO_RIGHT_MARK, "").split()[0])
