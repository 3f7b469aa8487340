"""Parameters as a person sets them: `lag=10ms`, checked against what the experiment says of each."""

import dataclasses
import typing
from collections.abc import Mapping, Sequence
from typing import Any

from plasticity.errors import ArgumentError, unknown
from plasticity.experiment import fields_of
from plasticity.quantities import FACTORS, parsed, written


def resolved(parameters: Any, assignments: Sequence[str], seed: int | None = None) -> Any:
    """The parameters with some of them set anew.

    assignments : 'key=value' each; a value is a number with or without a unit, a truth value, a text, or several of
                  them with commas between
    seed        : of the random numbers; None leaves it, and an experiment that draws none takes none
    raises UnknownName for a key the experiment does not have; ArgumentError for a value of another kind or unit,
    or outside its limits
    """
    kinds, values = typing.get_type_hints(type(parameters)), dict[str, Any]()
    for assignment in assignments:
        name, equals, text = assignment.partition("=")
        if not equals:
            raise ArgumentError(f"'{assignment}' sets nothing; write key=value, say {next(iter(kinds))}=...")
        if name not in kinds:
            raise unknown("parameter", name, kinds)
        values[name] = _value(name, text, kinds[name], fields_of(parameters)[name])
    if seed is not None and "seed" in kinds:
        values["seed"] = seed
    return dataclasses.replace(parameters, **values)


def shown(parameters: Any) -> dict[str, str]:
    """Every parameter as a person reads it: '10 ms'."""
    return {name: _shown(getattr(parameters, name), _unit(said)) for name, said in fields_of(parameters).items()}


def restored(parameters: Any, values: Mapping[str, Any]) -> Any:
    """The parameters with the SI values that a manifest keeps. Raises ArgumentError when they do not fit."""
    known = fields_of(parameters)
    if set(values) != set(known):
        raise ArgumentError(f"the parameters are {', '.join(values)}; the experiment has {', '.join(known)}")
    return dataclasses.replace(
        parameters, **{name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
    )


def _value(name: str, text: str, kind: Any, said: Mapping[str, Any]) -> Any:
    if typing.get_origin(kind) is tuple:
        items = tuple(_value(name, item, typing.get_args(kind)[0], said) for item in text.split(",") if item.strip())
        if not items:
            raise ArgumentError(f"{name} is {text!r}; allowed: one value or more, with commas between")
        return items
    if kind is bool:
        return _one_of(name, text.strip().lower(), {"true": True, "yes": True, "false": False, "no": False})
    if kind is str:
        choices = said.get("choices", ())
        return _one_of(name, text.strip(), {choice: choice for choice in choices}) if choices else text
    return _number(name, text, kind, said)


def _number(name: str, text: str, kind: Any, said: Mapping[str, Any]) -> float | int:
    number = parsed(text, _unit(said), name)
    if kind is int and number != int(number):
        raise ArgumentError(f"{name} is {text!r}; allowed: a whole number")
    least, most = (
        (0.0, 2**63 - 1) if name == "seed" else (said.get("least", -float("inf")), said.get("most", float("inf")))
    )
    if not least <= number <= most:
        limits = [
            f"{word} {_shown(limit, _unit(said))}"
            for word, limit in (("from", least), ("to", most))
            if abs(limit) < 1e300
        ]
        raise ArgumentError(f"{name} is {text!r}; allowed: {' '.join(limits)}")
    return int(number) if kind is int else number


def _one_of(name: str, text: str, choices: Mapping[str, Any]) -> Any:
    if text not in choices:
        raise ArgumentError(f"{name} is {text!r}; allowed: {', '.join(choices)}")
    return choices[text]


def _unit(said: Mapping[str, Any]) -> str:
    return said.get("unit", "1")


def _shown(value: Any, unit: str) -> str:
    if isinstance(value, tuple):
        return ", ".join(_shown(item, unit) for item in value)
    if isinstance(value, float) and unit in FACTORS:
        return written(value, unit)
    return str(value)
