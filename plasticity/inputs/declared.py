"""Records checked against their own annotations: a field of the wrong kind is refused where the record is made."""

import types
import typing
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, Literal, Union

import numpy as np

from plasticity.errors import ArgumentError, said
from plasticity.inputs.checked import MOST_COUNTED, choice, count, function, instance, number
from plasticity.inputs.containers import listed


def fields(record: Any, error: type[Exception] = ArgumentError, *, without: Sequence[str] = ()) -> None:
    """Check the fields of a frozen dataclass, from its `__post_init__`; numbers and tuples are converted.

    without : fields that the record checks itself, such as numbers with a unit, or that may be infinite
    raises `error`, which names the field, for a field of another kind than its annotation, or a number not finite
    """
    for name, kind in _kinds(type(record)).items():  # type: ignore[arg-type]
        if name not in without:
            what = f"{name} of {_label(record)}"
            object.__setattr__(record, name, _checked(getattr(record, name), kind, what, error))


def _label(record: Any) -> str:
    """The class, and the name of the record where it has one."""
    name = getattr(record, "name", "")
    is_named = isinstance(name, str) and name and name.isprintable()
    return f"{type(record).__name__} {name}" if is_named else type(record).__name__


@cache
def _kinds(record: type) -> dict[str, Any]:
    hints = typing.get_type_hints(record)
    return {name: hints[name] for name in record.__dataclass_fields__}  # type: ignore[attr-defined]


def _checked(value: Any, kind: Any, what: str, error: type[Exception]) -> Any:
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin is Literal:
        return choice(value, inner, what, error)
    if origin in (Union, types.UnionType):
        return _one_of(value, inner, what, error)
    if origin is tuple:
        return _tuple(value, inner, what, error)
    return _plain_kind(value, origin or kind, what, error)


def _plain_kind(value: Any, kind: Any, what: str, error: type[Exception]) -> Any:
    if kind is Any:
        return value
    if kind is float:
        return number(value, what, error=error)
    if kind is int:
        return count(value, what, least=-MOST_COUNTED, error=error)
    if kind is bool:
        return bool(instance(value, (bool, np.bool_), what, error))
    if kind is Callable:
        return function(value, what, error)
    if kind is Mapping and not isinstance(value, Mapping):
        raise error(f"{what} is {said(value)}; a mapping is allowed")
    if kind is Sequence and (isinstance(value, str) or not isinstance(value, Sequence)):
        raise error(f"{what} is {said(value)}; a list or a tuple is allowed")
    return instance(value, kind, what, error) if isinstance(kind, type) and kind is not object else value


def _one_of(value: Any, kinds: tuple[Any, ...], what: str, error: type[Exception]) -> Any:
    """`value` as the first of the kinds that it fits."""
    found = [kind for kind in kinds if isinstance(kind, type) and type(value) is kind]
    refused: Exception | None = None
    for kind in [*found, *kinds]:
        try:
            return _checked(value, kind, what, error)
        except error as wrong:
            refused = wrong
    raise refused or error(f"{what} is {said(value)}")


def _tuple(value: Any, inner: tuple[Any, ...], what: str, error: type[Exception]) -> tuple[Any, ...]:
    parts = list(value) if isinstance(value, tuple | list) else listed(value, what, error)
    if inner and inner[-1] is not ...:
        if len(parts) != len(inner):
            raise error(f"{what} is {said(value)}; {len(inner)} values are allowed")
        return tuple(_checked(part, kind, what, error) for part, kind in zip(parts, inner, strict=True))
    return tuple(_checked(part, inner[0], f"one of {what}", error) for part in parts)
