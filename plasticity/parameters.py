"""Parameters: the named numbers of rules, neurons and protocols, with unit, meaning, source, and the range allowed."""

import keyword
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol, TypeVar

from plasticity.errors import ParameterError, said, unknown
from plasticity.expressions import is_reserved
from plasticity.faults import Check, in_one, require
from plasticity.frozen import FrozenMap
from plasticity.inputs import fields, number, text
from plasticity.quantities import check_unit, warn_of_unit, written
from plasticity.sources import OUR_CHOICE, check_source


@dataclass(frozen=True)
class Parameter:
    """A named number.

    value       : in SI, or with a unit of its own
    unit        : the one in which it is shown
    source      : a key of SOURCES, a reference with its DOI, or 'our choice'
    least, most : the range allowed, both ends included; infinite where there is no end
    raises ParameterError for a name that an expression cannot hold, and for a value that is none or out of range
    """

    name: str
    value: float
    unit: str = "1"
    meaning: str = ""
    source: str = OUR_CHOICE
    least: float = -math.inf
    most: float = math.inf

    def __post_init__(self) -> None:
        require(self, self._stages())

    def _stages(self) -> Iterator[list[Check]]:
        """What is looked at when it is made, see `plasticity.faults.require`."""
        yield [lambda: fields(self, ParameterError, without=("value", "least", "most"))]
        what = f"parameter {self.name}"
        yield [
            self._check_name,
            lambda: check_unit(self.unit, f"the unit of {what}", ParameterError),
            lambda: text(self.meaning, f"the meaning of {what}", error=ParameterError),
            lambda: check_source(self.source, what, ParameterError),
        ]
        yield [lambda: self._take_end("least", what), lambda: self._take_end("most", what)]
        yield [lambda: self._take_value(what)]

    def _check_name(self) -> None:
        if not is_name(self.name):
            raise ParameterError(
                f"the name {said(self.name)} is impossible or reserved for a parameter; ASCII letters, digits and "
                "inner _ are allowed"
            )

    def _take_end(self, end: str, what: str) -> None:
        value = getattr(self, end)
        if not (isinstance(value, float) and math.isinf(value)):
            value = number(value, f"the {end} of {what}", unit=self.unit, error=ParameterError)
            object.__setattr__(self, end, value)

    def _take_value(self, what: str) -> None:
        value = number(self.value, what, unit=self.unit, error=ParameterError)
        if not self.least <= value <= self.most:
            raise ParameterError(f"{what} is {written(value, self.unit)}; {self.range} is allowed")
        object.__setattr__(self, "value", value)

    @property
    def range(self) -> str:
        """The values that are allowed, in words: 'from 0 to 1', '1 ms or more', 'any number'."""
        is_low, is_high = math.isfinite(self.least), math.isfinite(self.most)
        if is_low and is_high:
            return f"from {written(self.least, self.unit)} to {written(self.most, self.unit)}"
        if is_low:
            return f"{written(self.least, self.unit)} or more"
        return f"{written(self.most, self.unit)} or less" if is_high else "any number"

    def __str__(self) -> str:
        return f"{self.name} = {written(self.value, self.unit)}"


@dataclass(frozen=True)
class ParameterSet:
    """Values that a publication gives to the parameters of a record, beside those that the record has.

    name   : a word, as it is chosen by: RULES["calcium:hippocampal_slices"]
    values : {parameter: SI value}; those it does not name stay
    source : a key of SOURCES, with the place in it
    """

    name: str
    values: Mapping[str, float]
    meaning: str = ""
    source: str = OUR_CHOICE

    @in_one
    def __post_init__(self) -> None:
        fields(self, ParameterError, without=("values",))
        if not (isinstance(self.name, str) and self.name.isidentifier() and self.name.isascii()):
            raise ParameterError(f"the parameter set {said(self.name)} needs a name of ASCII letters, digits and _")
        check_source(self.source, f"the parameter set {self.name}", ParameterError)
        object.__setattr__(self, "values", FrozenMap(self.values))


class _HasParameters(Protocol):
    """A frozen record with a name and a tuple of parameters: a rule, a neuron, a protocol."""

    @property
    def name(self) -> str: ...
    @property
    def parameters(self) -> tuple[Parameter, ...]: ...


R = TypeVar("R", bound=_HasParameters)


def values_of(record: _HasParameters) -> dict[str, float]:
    """The parameters of a record as {name: SI value}. Raises ParameterError for what has none."""
    if not _has_parameters(record):
        raise ParameterError(f"{said(record)} has no parameters; a rule, a neuron or a protocol is allowed")
    return {parameter.name: parameter.value for parameter in record.parameters}


def with_parameters(record: R, **values: Any) -> R:
    """The same record with other parameter values, in SI or with a unit.

    raises UnknownName for a parameter it does not have; ParameterError for a value that is none, or out of range.
    Warns (UnitWarning) when a bare number looks as if it were in the unit in which the parameter is shown, such as 20
    for 20 ms.

    >>> from plasticity import RULES, with_parameters
    >>> str(with_parameters(RULES["pair_stdp"], tau_plus=15e-3).parameters[2])
    'tau_plus = 15 ms'
    """
    known = values_of(record)
    for name in values:
        if name not in known:
            raise unknown(f"parameter of {record.name}", name, known)
    changed = replace(record, parameters=tuple(_changed(p, values) for p in record.parameters))  # type: ignore[type-var]
    after = values_of(changed)  # what is impossible has been refused by now, and is not doubted
    for parameter in record.parameters:
        name = parameter.name
        if name in values:
            warn_of_unit(name, parameter.value, after[name], unit=parameter.unit, given=values[name])
    return changed


def with_set(record: R, name: str) -> R:
    """The same record with the parameters of one of its published sets; it is called 'record:set' then.

    raises UnknownName for a set that it does not have

    >>> from plasticity.rules import RULES, with_set
    >>> str(with_set(RULES["pair_stdp"], "song2001"))
    'pair_stdp:song2001'
    """
    values_of(record)  # refuses what has no parameters
    sets = {one.name: one for one in getattr(record, "sets", ())}
    if name not in sets:
        raise unknown(f"parameter set of {record.name}", name, sets)
    chosen = sets[name]
    # as published, so however far from the values of the record, no unit is doubted
    cited = tuple(
        replace(parameter, value=chosen.values[parameter.name], source=chosen.source)
        if parameter.name in chosen.values
        else parameter
        for parameter in record.parameters
    )
    return replace(record, name=f"{record.name}:{name}", parameters=cited)  # type: ignore[type-var]


def check_sets(record: _HasParameters, sets: tuple[ParameterSet, ...]) -> None:
    """Raise ParameterError for two sets of one name, and for an impossible value; UnknownName for a parameter that the
    record lacks."""
    known = {parameter.name: parameter for parameter in record.parameters} if values_of(record) else {}
    if not isinstance(sets, tuple) or not all(isinstance(one, ParameterSet) for one in sets):
        raise ParameterError(f"the sets of {record.name} are {said(sets)}; a tuple of ParameterSet is allowed")
    names = [one.name for one in sets]
    for one in sets:
        if names.count(one.name) > 1:
            raise ParameterError(f"{record.name} has two parameter sets called {said(one.name)}; rename one")
        for name in one.values:
            if name not in known:
                raise unknown(f"parameter of {record.name}", name, known)
            replace(known[name], value=one.values[name])


def is_name(name: Any) -> bool:
    """Whether an expression can hold the name: ASCII, no underscore in front, not reserved."""
    is_word = isinstance(name, str) and name.isidentifier() and name.isascii() and not name.startswith("_")
    return is_word and not is_reserved(name) and not keyword.iskeyword(name)


def _changed(parameter: Parameter, values: Mapping[str, Any]) -> Parameter:
    if parameter.name not in values:
        return parameter
    return replace(parameter, value=values[parameter.name], source=OUR_CHOICE)


def _has_parameters(record: Any) -> bool:
    parameters = getattr(record, "parameters", None)
    return isinstance(parameters, tuple) and all(isinstance(item, Parameter) for item in parameters)
