"""What of a question can be swept or set, and how its values are read: `w0=0.5`, `every=50ms`, `tau_plus=20`."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from plasticity.errors import ArgumentError, said, unknown
from plasticity.inputs import count
from plasticity.parameters import Parameter
from plasticity.quantities import parsed
from plasticity.rules import RULES, Rule
from plasticity.rules.conventions import read_conventions

_TRUTHS = {"true": True, "yes": True, "false": False, "no": False}
Reader = Callable[[str, str], Any]  # from the name of an axis and a text to the value in SI
OF_TRAINS = ("w0", "repeat", "every")  # and moved spikes: along them points differ in trains and weights alone


def _truth(name: str, text: str) -> bool:
    if text.strip().lower() not in _TRUTHS:
        raise ArgumentError(f"{name} is {said(text)}; allowed: {', '.join(_TRUTHS)}")
    return _TRUTHS[text.strip().lower()]


def _conventions(name: str, text: str) -> str:
    read_conventions(text)
    return text


def _positive(name: str, text: str) -> float:
    value = parsed(text, "ms", name)
    if not value > 0:
        raise ArgumentError(f"{name} is {said(text)}; more than 0 ms is allowed")
    return value


def shift(name: str, text: str) -> float:
    return parsed(text, "ms", f"the shift of {name}")


def number_in(unit: str) -> tuple[Reader, str]:
    return (lambda name, text: parsed(text, unit, name)), unit


# What a question says besides its spikes and the parameters of its rule: {key: (how its value is read, unit)}
KEYS: Mapping[str, tuple[Reader, str]] = {
    "rule": (lambda name, text: RULES[text].name, ""),
    "conventions": (_conventions, ""),
    "unbounded": (_truth, ""),
    "lower": (lambda name, text: parsed(text, "1", name), "1"),
    "upper": (lambda name, text: parsed(text, "1", name), "1"),
    "w0": (lambda name, text: parsed(text, "1", name), "1"),
    "repeat": (lambda name, text: count(parsed(text, "1", name), name), "1"),
    "every": (_positive, "ms"),
}


def parameter_of(rule: Rule, name: str, also: Sequence[str] = ()) -> Parameter:
    """The parameter of a rule. Raises UnknownName, which tells what else may be meant."""
    known = {parameter.name: parameter for parameter in rule.parameters}
    if name not in known:
        raise unknown(f"parameter of {rule.name}, or key of the question,", name, [*also, *known])
    return known[name]
