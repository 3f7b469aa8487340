"""From what a person has to an array of doubles: containers opened, units converted, everything else refused."""

import datetime
import sys
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from itertools import islice
from numbers import Number, Real
from typing import Any

import numpy as np

from plasticity.errors import ArgumentError, said
from plasticity.inputs.carriers import Carried, Mismatch, carried
from plasticity.inputs.reals import Plain, Refusal, converted, real
from plasticity.inputs.tables import column, column_of, column_read, is_table

MOST_ITEMS = 20_000_000  # of an iterable without a length, which may have no end; our choice: a gigabyte as objects
_NUMBERS = frozenset({float, int, np.float64, *(np.dtype(code).type for code in "bBhHiIlLqQ")})
_SCALARS = (Number, np.generic, str, bytes, bool, datetime.timedelta, datetime.date, type(None))


def plain(
    values: Any,
    what: str,
    *,
    unit: str = "1",
    error: type[Exception] = ArgumentError,
    is_matrix: bool = False,
    has_truths: bool = False,
) -> Plain:
    """One number, or any container of them, as doubles in SI; NaN and infinity pass.

    what       : whose numbers they are, for the message
    unit       : of plasticity.quantities; what carries a unit must be of its dimension, bare numbers are SI
    is_matrix  : whether a table of several columns is a matrix, (n_rows, n_columns); else it is refused
    has_truths : whether truth values are numbers, 0 and 1, as they are in a truth table; else they are refused
    raises `error` for what is masked, complex, text, a truth value, a date, ragged, of another dimension, or no number
    """
    if type(values) is np.ndarray and values.dtype == np.float64:  # most are, and nothing else can be wrong with them
        return Plain(values, 0.0)
    refuse = Refusal(what, unit, error, has_truths)
    try:
        if _hides_values(values):  # first, for a mask is lost where a unit is read
            raise refuse("holds masked values; leave them out first (values.compressed())")
        if _is_masked(values):
            values = values.data
        if is_table(values) and is_matrix:
            return _matrix(values, refuse)
        if is_table(values):
            values = column(values, refuse)
        found = carried(values, unit)
        return converted(found, refuse) if found else _bare(values, refuse)
    except Mismatch as mismatch:
        raise refuse(f"is {said(values)}, {mismatch}") from None
    except RecursionError:
        raise refuse("nests too deeply") from None


def items(values: Any, what: str, error: type[Exception] = ArgumentError) -> Any:
    """An array as it is; any other container opened into a list, tables of one column into that column.

    raises `error` for text, mappings, tables of several columns, and what never ends
    """
    return _opened(values, Refusal(what, "1", error))


def listed(values: Any, what: str, error: type[Exception] = ArgumentError) -> list[Any]:
    """The items of any container, one by one. Raises `error` as `items` does, and for a text or a single value."""
    has_unit = hasattr(values, "units") or hasattr(values, "dim")  # which the array beneath would lose
    opened = list(values) if has_unit and np.ndim(values) else items(values, what, error)
    if not isinstance(opened, list) and np.ndim(opened) == 0:
        raise error(f"{what} is {said(values)}; a list or a tuple is allowed")
    return list(opened)


def is_scalar(value: Any) -> bool:
    """Whether `value` stands for one number (text and None too, which are refused later, by name)."""
    if isinstance(value, np.ndarray):  # first, for there may be thousands
        return value.ndim == 0
    return isinstance(value, _SCALARS) or (hasattr(value, "ndim") and np.ndim(value) == 0)


def _bare(values: Any, refuse: Refusal) -> Plain:
    opened = _opened(values, refuse)
    if isinstance(opened, np.ndarray) and opened.dtype.kind == "m" and opened is not values:  # out of a table
        return plain(opened, refuse.what, unit=refuse.unit, error=refuse.error)
    if isinstance(opened, np.ndarray) and opened.dtype.kind != "O":
        return converted(Carried(real(opened, values, refuse), 1.0), refuse)
    if isinstance(opened, np.ndarray):
        flat = _listed(opened.ravel().tolist(), refuse)
        return Plain(flat.values.reshape(opened.shape), flat.spacing) if flat.values.ndim == 1 else flat
    if isinstance(opened, list):
        return _listed(opened, refuse)
    return _one(opened, refuse)


def _is_masked(values: Any) -> bool:
    """Whether it is an array with a mask; numpy.ma, which is slow to load, is loaded already where there is one."""
    return "numpy.ma" in sys.modules and isinstance(values, np.ma.MaskedArray)


def _hides_values(values: Any) -> bool:
    """Whether an array of a library, with a unit or without, has a mask of its own that hides some of its values."""
    mask = getattr(getattr(values, "magnitude", values), "mask", None)  # a method where it is of pandas
    return isinstance(mask, np.ndarray | np.bool_) and bool(np.any(mask))


def _opened(values: Any, refuse: Refusal) -> Any:
    """The container as an array or a list; a single number stays as it is."""
    if type(values) is np.ndarray or type(values) is list:
        return values
    if _is_masked(values):
        if np.ma.is_masked(values):
            raise refuse("holds masked values; leave them out first (values.compressed())")
        return values.data
    if isinstance(values, str | bytes | bytearray) or values is None:
        raise refuse(f"is {said(values)}")
    if isinstance(values, bool | np.bool_) and not refuse.has_truths:
        raise refuse(f"is {said(values)}")
    if isinstance(values, Mapping):
        raise refuse(f"is {said(values)}, which has names; give one of its values")
    if is_table(values):
        values = column(values, refuse)
    if hasattr(values, "to_numpy"):
        return column_read(values, refuse)
    if isinstance(values, Number | np.generic):
        return values
    if hasattr(values, "__array__") or isinstance(values, memoryview) or hasattr(values, "buffer_info"):
        try:
            return np.asarray(values)
        except Exception as error:  # a tensor on another device, or with a gradient
            raise refuse(f"is {said(values)}, which gives no array: {error}") from None
    if isinstance(values, Iterable):
        return _listed_items(values, refuse)
    return values


def _matrix(table: Any, refuse: Refusal) -> Plain:
    """The columns of a table side by side, each of one kind of numbers."""
    n_rows, n_columns = table.shape
    parts = [_part(column_of(table, place), refuse) for place in range(n_columns)]
    values = np.column_stack([part.values for part in parts]) if parts else np.empty((n_rows, 0))
    return Plain(values, max((part.spacing for part in parts), default=0.0))


def _part(values: Any, refuse: Refusal) -> Plain:
    """One of several parts, as the whole is read."""
    return plain(values, refuse.what, unit=refuse.unit, error=refuse.error, has_truths=refuse.has_truths)


def _listed_items(values: Iterable[Any], refuse: Refusal) -> list[Any]:
    try:
        found = list(islice(values, MOST_ITEMS + 1))
        ordered = sorted(found) if isinstance(values, AbstractSet) else found
    except Exception as error:  # a generator of the caller's may raise anything
        raise refuse(f"cannot be read one by one: {type(error).__name__}: {error}") from None
    if len(ordered) > MOST_ITEMS:
        raise refuse(f"has more than {MOST_ITEMS} items, or no end; give an array")
    return ordered


def _listed(values: list[Any], refuse: Refusal) -> Plain:
    kinds = set(map(type, values))
    try:
        if kinds <= _NUMBERS:
            return Plain(np.array(values, dtype=np.float64), 0.0)
        if len(kinds) == 1 and issubclass(kinds.copy().pop(), np.floating):
            return converted(Carried(np.array(values), 1.0), refuse)
    except (OverflowError, ValueError):
        raise refuse("holds a number beyond 1e308") from None
    has_unit = [carried(value, refuse.unit) is not None for value in values]
    if any(has_unit) and not all(has_unit):
        raise refuse("holds numbers with a unit beside numbers without one")
    parts = [_part(value, refuse) for value in values]
    if len({part.values.shape for part in parts}) > 1:
        raise refuse(f"is ragged: {said(values)}")
    return Plain(np.stack([part.values for part in parts]), max(part.spacing for part in parts))


def _one(value: Any, refuse: Refusal) -> Plain:
    """One number that is no array: of Python, of its libraries, or of NumPy."""
    if isinstance(value, np.generic):
        return converted(Carried(real(np.asarray(value), value, refuse), 1.0), refuse)
    if (isinstance(value, Real) or _is_decimal(value)) and (refuse.has_truths or not isinstance(value, bool)):
        try:
            return Plain(np.array(float(value)), 0.0)
        except (OverflowError, ValueError):
            raise refuse("is a number beyond 1e308") from None
    raise refuse(f"is {said(value)}")


def _is_decimal(value: Any) -> bool:
    """Whether it is a Decimal, whose module is slow to load: who has one has loaded it."""
    return "decimal" in sys.modules and isinstance(value, sys.modules["decimal"].Decimal)
