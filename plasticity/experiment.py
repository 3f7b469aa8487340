"""What an experiment is: parameters, a run, a picture, and claims that can fail. Knows no science.

Parameters and result of an experiment are frozen dataclasses, whose fields say at the border what they are:

    @dataclass(frozen=True)
    class Parameters:
        lag: float = parameter(10e-3, "ms", "t_post - t_pre")
        n_pairs: int = parameter(60, meaning="pairings", least=1)
        seed: int = 0

    @dataclass(frozen=True)
    class Result:
        lags: Floats = column("ms", "lag")
        change: Floats = column("w_max", "rule", "lag")

An experiment that draws random numbers has a parameter `seed`; one without a seed gives the same numbers always. One
whose rules can be put under other conventions has a parameter `conventions`, a preset, under which all of them are.
"""

import dataclasses
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Literal, TypeVar

from plasticity.displayed import Displayed, brief
from plasticity.errors import ArgumentError, said
from plasticity.faults import Check, in_one, require
from plasticity.inputs import choice, fields, instance, is_scalar, listed, plain, text
from plasticity.quantities import FACTORS
from plasticity.sources import check_text

_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]{0,99}")
P = TypeVar("P")  # the parameters of an experiment
PRESETS = ("full", "quick")
LARGEST_SIDE = 100.0  # inches of a figure; our choice: a poster
Relation = Literal["equals", "at least", "at most"]


def parameter(
    default: Any,
    unit: str = "1",
    meaning: str = "",
    *,
    source: str = "our choice",
    least: float = -math.inf,
    most: float = math.inf,
    choices: Sequence[str] = (),
) -> Any:
    """A field of Parameters: a number, truth value, text, or tuple of numbers or texts; numbers in SI.

    unit        : the one in which it is shown, and read on the command line
    source      : a key of plasticity.sources with table or figure, or 'our choice' with the reason in `meaning`
    least, most : the smallest and the largest number allowed, in SI
    choices     : the texts allowed
    raises ArgumentError for a unit or a limit that is none, or a default of another kind
    """
    metadata = {"unit": unit, "meaning": meaning, "source": source, "least": least, "most": most, "choices": choices}
    checks: list[Check] = [
        lambda: _check_default(default),
        lambda: check_text(source, "a parameter", ArgumentError),
        lambda: choice(unit, FACTORS, "the unit of a parameter"),
        lambda: text(meaning, "the meaning of a parameter"),
        lambda: metadata.update(choices=_choices(choices)),
        lambda: metadata.update(_limits(least, most)),
    ]
    require(metadata, [checks])
    return field(default=default, metadata=metadata)


def column(unit: str, *dims: str, meaning: str = "") -> Any:
    """A field of Result: an array (numbers in SI, or texts) along `dims`, or without any a single number.

    unit : the one in which it is shown; one outside plasticity.quantities, such as 'w_max', has no other
    A field called like its only dimension is the coordinate along it.
    raises ArgumentError for a dimension whose name is no name of a file
    """
    metadata = {"unit": unit, "dims": dims, "meaning": meaning}
    words = [partial(text, word, f"the {what} of a column") for what, word in (("unit", unit), ("meaning", meaning))]
    require(metadata, [[*words, *(partial(_require_name, dim, "a dimension") for dim in dims)]])
    return field(metadata=metadata)


@dataclass(frozen=True)
class Claim:
    """What an experiment says of the world, and the number that decides it.

    sentence  : the claim, as one would say it
    measure   : function from result to number
    expected  : the number from a publication, a closed form, or another route; or a function from result to it
    tolerance : how far the measure may be off; or a function from result to it
    reason    : why this much: rounding, step, standard errors
    source    : where the expected number is from: a key of plasticity.sources with equation, table or figure, or
                'closed form', 'another engine', ...
    relation  : 'equals' within the tolerance, or 'at least', 'at most', give or take the tolerance
    """

    sentence: str
    measure: Callable[[Any], float]
    expected: float | Callable[[Any], float]
    source: str
    tolerance: float | Callable[[Any], float] = 0.0
    reason: str = ""
    relation: Relation = "equals"

    @in_one
    def __post_init__(self) -> None:
        fields(self)
        text(self.sentence, "the sentence of a claim", is_empty_allowed=False)


@dataclass(frozen=True)
class Outcome:
    """A claim next to what was measured."""

    sentence: str
    relation: Relation
    measured: float
    expected: float
    tolerance: float
    reason: str
    source: str

    @property
    def holds(self) -> bool:
        """Whether the measured number bears the claim out; NaN never does."""
        off = self.measured - self.expected
        if self.relation == "equals":
            return abs(off) <= self.tolerance
        return (off if self.relation == "at least" else -off) >= -self.tolerance

    @property
    def figures(self) -> str:
        """Both numbers, such as '0.312 (expected 0.31 ± 0.01)'."""
        margin = f" ± {self.tolerance:.2g}" if self.tolerance else ""
        relation = "" if self.relation == "equals" else f"{self.relation} "
        return f"{self.measured:.4g} (expected {relation}{self.expected:.4g}{margin})"


@dataclass(frozen=True)
class Experiment(Displayed):
    """An experiment.

    name     : that of its module; ASCII letters, digits, _ and -, for it names files and links
    question : what it answers, one sentence
    source   : keys of plasticity.sources with figure, or references; what is called a DOI in them must look like one
    run      : function from parameters to result; does not draw
    draw     : function (result, matplotlib figure) -> None; does not compute
    caption  : function (parameters, result) -> what the figure shows, and the parameters that matter
    full     : parameters of the whole experiment, at most two minutes; quick: of the one of five seconds
    records  : the rules and neurons that it uses, for the manifest
    memory   : function from parameters to the bytes that a run takes, roughly; asked before it starts
    size     : of the figure, inches
    """

    name: str
    question: str
    source: str
    run: Callable[[Any], Any]
    draw: Callable[[Any, Any], None]
    caption: Callable[[Any, Any], str]
    full: Any
    quick: Any
    claims: tuple[Claim, ...]
    memory: Callable[[Any], float]
    records: tuple[Any, ...] = ()
    size: tuple[float, float] = (8.0, 4.5)

    def __post_init__(self) -> None:
        """Raises ArgumentError for an impossible name or source, or a field of another kind."""
        checks: list[Check] = [
            lambda: _require_name(self.name, "an experiment"),
            lambda: check_text(self.source, f"the experiment {self.name}", ArgumentError),
            self._check_size,
        ]
        require(self, ([lambda: fields(self)], checks))

    def _check_size(self) -> None:
        if not all(0 < side <= LARGEST_SIDE for side in self.size):
            raise ArgumentError(f"the size of {self.name} is {self.size}; up to {LARGEST_SIDE:g} inches are allowed")

    def __repr__(self) -> str:
        return brief("experiment", self.name, self.question)

    def preset(self, name: str) -> Any:
        """The parameters called 'full' or 'quick'. Raises ArgumentError for another name."""
        return getattr(self, choice(name, PRESETS, "the preset"))


def outcomes(experiment: Experiment, result: Any) -> list[Outcome]:
    """Every claim of the experiment, measured on a result."""
    return [_outcome(claim, result) for claim in instance(experiment, Experiment, "the experiment").claims]


def fields_of(record: Any) -> dict[str, Mapping[str, Any]]:
    """{name: what `parameter` or `column` said of it} for the fields of Parameters or Result."""
    if not dataclasses.is_dataclass(record):
        raise ArgumentError(f"{said(record)} is no record of parameters or results; a dataclass is allowed")
    return {item.name: item.metadata for item in dataclasses.fields(record)}


def _require_name(name: object, what: str) -> None:
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise ArgumentError(
            f"the name of {what} is {said(name)}; ASCII letters, digits, _ and -, at most 100, are allowed"
        )


def _check_default(default: Any) -> None:
    kinds = (bool, int, float, str)
    parts = default if isinstance(default, tuple) else (default,)
    if not all(isinstance(part, kinds) for part in parts):
        raise ArgumentError(
            f"the default of a parameter is {said(default)}; a number, truth value, text or tuple is allowed"
        )


def _choices(choices: Any) -> tuple[str, ...]:
    found = listed(choices, "the choices of a parameter")
    return tuple(text(item, "a choice of a parameter") for item in found)


def _limits(least: Any, most: Any) -> dict[str, float]:
    least, most = _limit(least, "least"), _limit(most, "most")
    if not least <= most:
        raise ArgumentError(f"a parameter of at least {least:g} and at most {most:g}; the first must not be the larger")
    return {"least": least, "most": most}


def _limit(value: Any, name: str) -> float:
    if not is_scalar(value) or math.isnan(found := float(plain(value, f"{name} of a parameter").values)):
        raise ArgumentError(f"{name} of a parameter is {said(value)}; a number, or infinity for none, is allowed")
    return found


def _outcome(claim: Claim, result: Any) -> Outcome:
    def number(value: float | Callable[[Any], float]) -> float:
        return float(value(result) if callable(value) else value)

    return Outcome(
        claim.sentence,
        claim.relation,
        float(claim.measure(result)),
        number(claim.expected),
        number(claim.tolerance),
        claim.reason,
        claim.source,
    )
