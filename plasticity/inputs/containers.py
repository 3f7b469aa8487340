"""From what a person has to an array of doubles: containers opened, units converted, everything else refused."""

import datetime
import math
import sys
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from itertools import islice
from numbers import Number, Real
from typing import Any, NamedTuple

import numpy as np

from plasticity.arrays import Floats
from plasticity.errors import ArgumentError, said
from plasticity.inputs.carriers import Carried, Mismatch, carried
from plasticity.quantities import si_unit

MOST_ITEMS = 20_000_000  # of an iterable without a length, which may have no end; our choice: a gigabyte as objects
_NUMBERS = frozenset({float, int, np.float64, *(np.dtype(code).type for code in "bBhHiIlLqQ")})
_WORDS = {
    "b": "truth values (.astype(float) makes numbers of them)",
    "c": "complex numbers",
    "M": "dates",
    **dict.fromkeys("UST", "text"),
}
_SCALARS = (Number, np.generic, str, bytes, bool, datetime.timedelta, datetime.date, type(None))


class Plain(NamedTuple):
    """Doubles in SI.

    spacing : the distance between neighbouring numbers of the type in which they came, where it is widest; 0 when
              they came as doubles or whole numbers
    """

    values: Floats
    spacing: float


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
    refuse = _Refusal(what, unit, error, has_truths)
    try:
        if _hides_values(values):  # first, for a mask is lost where a unit is read
            raise refuse("holds masked values; leave them out first (values.compressed())")
        if _is_masked(values):
            values = values.data
        if _is_table(values) and is_matrix:
            return _matrix(values, refuse)
        if _is_table(values):
            values = _column(values, refuse)
        found = carried(values, unit)
        return _converted(found, refuse) if found else _bare(values, refuse)
    except Mismatch as mismatch:
        raise refuse(f"is {said(values)}, {mismatch}") from None
    except RecursionError:
        raise refuse("nests too deeply") from None


def items(values: Any, what: str, error: type[Exception] = ArgumentError) -> Any:
    """An array as it is; any other container opened into a list, tables of one column into that column.

    raises `error` for text, mappings, tables of several columns, and what never ends
    """
    return _opened(values, _Refusal(what, "1", error))


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


class _Named:
    """A column that does not know its own name, which may tell the unit."""

    def __init__(self, name: str, column: Any) -> None:
        self.name, self.column = name, column

    def to_numpy(self, **how: bool) -> Any:
        return self.column.to_numpy(**how)


class _Refusal(NamedTuple):
    """Makes the one line: what came, what is allowed."""

    what: str
    unit: str
    error: type[Exception]
    has_truths: bool = False

    def __call__(self, came: str) -> Exception:
        si = si_unit(self.unit)
        allowed = f"bare ({si}) or with a unit of the dimension of {si}" if si != "1" else "without unit"
        return self.error(f"{self.what} {came}; real numbers, {allowed}, are allowed")

    def part(self, values: Any) -> "Plain":
        """One of several parts, as the whole is read."""
        return plain(values, self.what, unit=self.unit, error=self.error, has_truths=self.has_truths)


def _bare(values: Any, refuse: _Refusal) -> Plain:
    opened = _opened(values, refuse)
    if isinstance(opened, np.ndarray) and opened.dtype.kind == "m" and opened is not values:  # out of a table
        return plain(opened, refuse.what, unit=refuse.unit, error=refuse.error)
    if isinstance(opened, np.ndarray) and opened.dtype.kind != "O":
        return _converted(Carried(_real(opened, values, refuse), 1.0), refuse)
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


def _opened(values: Any, refuse: _Refusal) -> Any:
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
    if _is_table(values):
        values = _column(values, refuse)
    if hasattr(values, "to_numpy"):
        return _column_read(values, refuse)
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


def _is_table(values: Any) -> bool:
    """Whether it is a table of pandas or polars."""
    return hasattr(values, "columns") and hasattr(values, "shape")


def _column(table: Any, refuse: _Refusal) -> Any:
    if table.shape[1] != 1:
        raise refuse(f"is a table of {table.shape[1]} columns; choose one")
    return _column_of(table, 0)


def _column_of(table: Any, place: int) -> Any:
    """One column, by its place, for names may come twice: of pandas, of pyarrow, of polars."""
    if hasattr(table, "iloc"):
        return table.iloc[:, place]
    if hasattr(table, "column_names"):
        return _Named(table.column_names[place], table.column(place))
    return table[:, place]


def _column_read(column: Any, refuse: _Refusal) -> Any:
    try:
        return column.to_numpy()
    except Exception as error:  # pyarrow, whose own errors are not imported here, copies only when told to
        reason = error
    try:
        return column.to_numpy(zero_copy_only=False)
    except TypeError:  # not of pyarrow: nobody else has that word, and the reason is the first one
        raise refuse(f"is {said(column)}, which gives no array: {reason}") from reason
    except Exception as error:
        raise refuse(f"is {said(column)}, which gives no array: {error}") from error


def _matrix(table: Any, refuse: _Refusal) -> Plain:
    """The columns of a table side by side, each of one kind of numbers."""
    n_rows, n_columns = table.shape
    parts = [refuse.part(_column_of(table, place)) for place in range(n_columns)]
    values = np.column_stack([part.values for part in parts]) if parts else np.empty((n_rows, 0))
    return Plain(values, max((part.spacing for part in parts), default=0.0))


def _listed_items(values: Iterable[Any], refuse: _Refusal) -> list[Any]:
    try:
        found = list(islice(values, MOST_ITEMS + 1))
        ordered = sorted(found) if isinstance(values, AbstractSet) else found
    except Exception as error:  # a generator of the caller's may raise anything
        raise refuse(f"cannot be read one by one: {type(error).__name__}: {error}") from None
    if len(ordered) > MOST_ITEMS:
        raise refuse(f"has more than {MOST_ITEMS} items, or no end; give an array")
    return ordered


def _real(array: np.ndarray, values: Any, refuse: _Refusal) -> np.ndarray:
    """The array, if its type is that of real numbers."""
    kind = array.dtype.kind
    if kind in "iuf":
        return array
    if kind == "b" and refuse.has_truths:
        return array.astype(np.float64)
    if kind == "V" and array.dtype.names is None:  # types of other libraries, such as bfloat16
        try:
            return array.astype(np.float32)
        except (TypeError, ValueError):
            pass
    raise refuse(f"holds {_WORDS.get(kind, f'values of type {array.dtype}')}: {said(values)}")


def _converted(found: Carried, refuse: _Refusal) -> Plain:
    """Doubles from magnitudes of any real type, times the factor of their unit."""
    magnitudes = found.magnitudes
    if magnitudes.dtype.kind not in "iuf":
        magnitudes = _real(magnitudes, magnitudes, refuse)
    values = np.asarray(magnitudes, dtype=np.float64)
    spacing = _spacing(magnitudes) * found.factor
    if found.factor == 1.0:
        return Plain(values, spacing)
    inverse = round(1 / found.factor) if found.factor < 1 else 0
    # Dividing by a whole number rounds once, so that 35 ms are the float 0.035 that a program would write.
    exact = inverse and math.isclose(inverse * found.factor, 1.0, rel_tol=1e-14)
    return Plain(values / inverse if exact else values * found.factor, spacing)


def _spacing(magnitudes: np.ndarray) -> float:
    if magnitudes.dtype.kind != "f" or magnitudes.dtype.itemsize >= 8 or not magnitudes.size:
        return 0.0
    finite = np.abs(magnitudes[np.isfinite(magnitudes)])
    return float(np.spacing(finite.max())) if finite.size else 0.0


def _listed(values: list[Any], refuse: _Refusal) -> Plain:
    kinds = set(map(type, values))
    try:
        if kinds <= _NUMBERS:
            return Plain(np.array(values, dtype=np.float64), 0.0)
        if len(kinds) == 1 and issubclass(kinds.copy().pop(), np.floating):
            return _converted(Carried(np.array(values), 1.0), refuse)
    except (OverflowError, ValueError):
        raise refuse("holds a number beyond 1e308") from None
    has_unit = [carried(value, refuse.unit) is not None for value in values]
    if any(has_unit) and not all(has_unit):
        raise refuse("holds numbers with a unit beside numbers without one")
    parts = [refuse.part(value) for value in values]
    if len({part.values.shape for part in parts}) > 1:
        raise refuse(f"is ragged: {said(values)}")
    return Plain(np.stack([part.values for part in parts]), max(part.spacing for part in parts))


def _one(value: Any, refuse: _Refusal) -> Plain:
    """One number that is no array: of Python, of its libraries, or of NumPy."""
    if isinstance(value, np.generic):
        return _converted(Carried(_real(np.asarray(value), value, refuse), 1.0), refuse)
    if (isinstance(value, Real) or _is_decimal(value)) and (refuse.has_truths or not isinstance(value, bool)):
        try:
            return Plain(np.array(float(value)), 0.0)
        except (OverflowError, ValueError):
            raise refuse("is a number beyond 1e308") from None
    raise refuse(f"is {said(value)}")


def _is_decimal(value: Any) -> bool:
    """Whether it is a Decimal, whose module is slow to load: who has one has loaded it."""
    return "decimal" in sys.modules and isinstance(value, sys.modules["decimal"].Decimal)
