"""Parameters as a person sets them: `lag=10ms`, checked against what the experiment says of each."""

import dataclasses
import math
import typing
from collections.abc import Mapping, Sequence
from typing import Any

from plasticity import inputs
from plasticity.errors import ArgumentError, said, unknown
from plasticity.experiment import fields_of
from plasticity.quantities import FACTORS, parsed, written

# Our choice: what takes seconds for each of a few values is over in minutes with this many, and not in days
MOST_VALUES = 100
_KINDS = {int: "a whole number", float: "a number", bool: "true or false", str: "text"}


def resolved(parameters: Any, assignments: Sequence[str], seed: int | None = None) -> Any:
    """The parameters with some of them set anew.

    assignments : 'key=value' each; a value is a number with or without a unit, a truth value, a text, or several of
                  them with commas between
    seed        : of the random numbers; None leaves it, and an experiment that draws none takes none
                  else a whole number from 0 to 2**32 - 1, as everywhere
    raises UnknownName for a key the experiment does not have; ArgumentError for a value of another kind or unit,
    or outside its limits, and for more than MOST_VALUES values, or those of the preset

    >>> from plasticity import runs
    >>> quick = runs.EXPERIMENTS["stdp_window"].quick
    >>> runs.resolved(quick, ["w0=0.2"]).w0
    0.2
    """
    if not dataclasses.is_dataclass(parameters) or isinstance(parameters, type):
        raise ArgumentError(f"{said(parameters)} are no parameters of an experiment; a record of them is allowed")
    assignments = [inputs.text(one, "an assignment") for one in inputs.listed(assignments, "the assignments")]
    kinds, values = typing.get_type_hints(type(parameters)), dict[str, Any]()
    for assignment in assignments:
        name, equals, text = assignment.partition("=")
        if not equals:
            raise ArgumentError(f"{said(assignment)} sets nothing; write key=value, say {next(iter(kinds))}=...")
        if name not in kinds:
            raise unknown("parameter", name, kinds)
        if name in values or (name == "seed" and seed is not None):
            raise ArgumentError(f"{name} is set twice; set it once")
        _check_count(name, [item for item in text.split(",") if item.strip()], parameters)
        values[name] = _value(name, text, kinds[name], fields_of(parameters)[name])
    if seed is not None:
        seed = inputs.seed(seed)  # checked also where none is needed
    if seed is not None and "seed" in kinds:
        values["seed"] = seed
    return dataclasses.replace(parameters, **values)


def shown(parameters: Any) -> dict[str, str]:
    """Every parameter as a person reads it: '10 ms'."""
    return {name: _shown(getattr(parameters, name), _unit(said)) for name, said in fields_of(parameters).items()}


def restored(parameters: Any, values: Mapping[str, Any]) -> Any:
    """The parameters with the SI values that a manifest keeps. Raises ArgumentError when they do not fit."""
    kinds, said = typing.get_type_hints(type(parameters)), fields_of(parameters)
    if set(values) != set(said):
        raise ArgumentError(f"the parameters are {_came(', '.join(values))}; the experiment has {', '.join(said)}")
    for name, value in values.items():
        _check_count(name, value, parameters)
    return dataclasses.replace(
        parameters, **{name: _checked(name, value, kinds[name], said[name]) for name, value in values.items()}
    )


def _check_count(name: str, values: Any, parameters: Any) -> None:
    """Refuse more values than a run gets through: it takes all that a parameter of several has, one by one."""
    usual = getattr(parameters, name)
    if not (isinstance(usual, tuple) and isinstance(values, list | tuple)):
        return
    most = max(MOST_VALUES, len(usual))
    if len(values) > most:
        raise ArgumentError(f"{name} has {len(values)} values; at most {most} are allowed: run it for some at a time")


def _value(name: str, text: str, kind: Any, said: Mapping[str, Any]) -> Any:
    """A typed value, checked."""
    if typing.get_origin(kind) is tuple:
        items = [item for item in text.split(",") if item.strip()]
        if not items:
            raise ArgumentError(f"{name} is {_came(text)}; allowed: one value or more, with commas between")
        return tuple(_value(name, item, typing.get_args(kind)[0], said) for item in items)
    if kind is bool:
        return _one_of(name, text.strip().lower(), {"true": True, "yes": True, "false": False, "no": False})
    if kind is str:
        return _checked(name, text.strip(), kind, said)
    number = parsed(text, _unit(said), name)
    return _checked(name, int(number) if kind is int and number == int(number) else number, kind, said)


def _checked(name: str, value: Any, kind: Any, said: Mapping[str, Any]) -> Any:
    """The value, if it is of its kind and within its limits."""
    if typing.get_origin(kind) is tuple and isinstance(value, list | tuple):
        return tuple(_checked(name, item, typing.get_args(kind)[0], said) for item in value)
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    if kind not in _KINDS or type(value) is not kind:
        raise ArgumentError(f"{name} is {_came(_shown(value, _unit(said)))}; allowed: {_KINDS.get(kind, 'a list')}")
    choices = said.get("choices", ())
    if choices and value not in choices:
        raise ArgumentError(f"{name} is {_came(value)}; allowed: {', '.join(choices)}")
    if kind in (int, float):
        _check_limits(name, value, said)
    return value


def _check_limits(name: str, number: float, said: Mapping[str, Any]) -> None:
    if name == "seed":
        inputs.seed(number, name)
    least, most = said.get("least", -math.inf), said.get("most", math.inf)
    if not least <= number <= most:
        unit = _unit(said)
        limits = [(word, limit) for word, limit in (("from", least), ("to", most)) if math.isfinite(limit)]
        allowed = " ".join(f"{word} {_shown(limit, unit)}" for word, limit in limits) or "finite numbers"
        raise ArgumentError(f"{name} is {_shown(number, unit)}; allowed: {allowed}")


def _one_of(name: str, text: str, choices: Mapping[str, Any]) -> Any:
    if text not in choices:
        raise ArgumentError(f"{name} is {_came(text)}; allowed: {', '.join(choices)}")
    return choices[text]


def _came(value: Any) -> str:
    """What came, as a message shows it."""
    return said(value)


def _unit(said: Mapping[str, Any]) -> str:
    return said.get("unit", "1")


def _shown(value: Any, unit: str) -> str:
    if isinstance(value, tuple):
        return ", ".join(_shown(item, unit) for item in value)
    if isinstance(value, int | float) and not isinstance(value, bool) and unit in FACTORS:
        return str(value) if isinstance(value, int) and unit == "1" else written(value, unit)
    return str(value)
