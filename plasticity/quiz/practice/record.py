"""What an exercise is: drawn numbers, the key, what each misconception gives, and words in a language."""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from plasticity.errors import ArgumentError, said
from plasticity.inputs import instance, text
from plasticity.quiz.claims import rounds_to
from plasticity.quiz.places import LEFT_TO_RIGHT_MARK

Kind = Literal["number", "choice"]
LETTERS = "ABCDEFGH"
_REPLY = re.compile(r"([-+]?(?:\d{1,30}(?:[.,]\d*)?|[.,]\d+)(?:[eE][-+]?\d{1,3})?) *([A-Za-z%]*)", re.ASCII)
# Minus signs and dashes to a hyphen; the marks of direction, which a copied number brings along, to nothing
_TYPED = {
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d"), "-"),
    0x200E: "",
    0x200F: "",
    0xA0: " ",
}


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

    A typed number is right when it rounds to the right one at its printed precision. It may have the unit that is
    printed, and no other.
    raises ArgumentError for what is neither, saying what is allowed
    """
    reply = text(instance(reply, str, "the reply").translate(_TYPED), "the reply").strip()
    letters = LETTERS[: len(instance(item, Item, "the exercise").options)]
    if len(reply) == 1 and reply.upper() in letters:
        option = item.options[letters.index(reply.upper())]
        return Grade(option.is_right, option, option.reason)
    number = _number(reply, _unit(item.number)) if item.number else None
    if number is None:
        also = " or a number" if item.number else ""
        raise ArgumentError(f"the reply is {said(reply)}; allowed: {', '.join(letters)}{also}")
    for option in item.options:
        if _is_near(number, option.text):
            return Grade(option.is_right, option, option.reason)
    return Grade(False, None, item.reason)


def _number(reply: str, unit: str) -> float | None:
    """A finite number as a person types it: with a comma, any minus sign, the unit that is printed, or per cent."""
    match = _REPLY.fullmatch(reply)
    if match is None or match[2].casefold() not in ("", "%", unit.casefold()) or (match[2] == "%" and unit):
        return None
    number = float(match[1].replace(",", ".")) / (100 if match[2] == "%" else 1)
    return number if math.isfinite(number) else None


def _unit(printed: str) -> str:
    """The unit behind a printed number, or ''."""
    return printed.replace(LEFT_TO_RIGHT_MARK, "").partition(" ")[2]


def _is_near(number: float, printed: str) -> bool:
    """Whether a number rounds to the first figure of a printed option."""
    return rounds_to(number, printed.replace(LEFT_TO_RIGHT_MARK, "").split()[0])
