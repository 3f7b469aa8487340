"""Exact arithmetic, for the one question that rounding can answer wrongly: is z above 0?

In binary floating point 0.9 is not 9/10, and a weight built from steps of 0.9 collects rounding: a
z that is 0 on paper may arrive as 1e-16 and make a threshold unit fire. Numbers of the type
Fraction do not round. `exact` turns written decimals into such numbers, and everything here that
only adds and multiplies (examples, perceptron, trace table) carries them through.
"""

from decimal import Decimal
from fractions import Fraction
from numbers import Real
from typing import Any

import numpy as np

from plasticity import inputs
from plasticity.errors import ArgumentError, said
from plasticity.inputs import is_scalar, items

MOST_DIGITS = 400  # of one number, or zeros before or after them; our choice: doubles end at 308


def exact(values: Any) -> Any:
    """Numbers as Fractions, each float read as the decimal that it prints as: 0.9 becomes 9/10.

    values  : a number or nested sequence of int, float, Decimal, Fraction, or text such as "0.9"; or an array or table
    returns : a Fraction for a number, else an array of Fractions of the same shape
    raises ArgumentError for what is no finite number, carries a unit, or has an exponent beyond 400
    """
    if not isinstance(values, str | Decimal | Fraction):
        values = _leaves(values)
    return np.vectorize(_from_decimal, otypes=[object])(values)[()]


def numbers(values: Any, what: str) -> np.ndarray:
    """`values` as a new array: of Fractions if one of them is a Fraction or Decimal, else of doubles.

    what : the noun that the error message begins with
    raises ArgumentError for NaN, infinity, no numbers, or a Fraction next to a float that is not
    whole: the float has been rounded already. A table of several columns is a matrix.
    """
    if not is_scalar(values) and not hasattr(values, "__len__"):  # a generator is read once
        values = items(values, what)
    doubles = inputs.numbers(values, what, is_matrix=True)
    given = _objects(values)
    is_exact = given.shape == doubles.shape and any(isinstance(v, (Fraction, Decimal)) for v in given.flat)
    return _fractions(given, what) if is_exact else doubles


def alike(*arrays: Any) -> tuple[np.ndarray, ...]:
    """The arrays, all turned into Fractions if one of them holds Fractions.

    raises ArgumentError when another holds a float that is not whole
    """
    arrays = tuple(array if type(array) is np.ndarray else numbers(array, "numbers") for array in arrays)
    if any(array.dtype == object for array in arrays):
        return tuple(_fractions(array, "numbers") for array in arrays)
    return arrays


def written(number: Fraction | float) -> str:
    """A number as one would write it: a Fraction as a decimal if it has one, a float with six digits."""
    if not isinstance(number, Fraction):
        number = inputs.number(number, "a number to be written")
        return f"{number:.6g}"
    decimal = f"{float(number):.12g}"
    return decimal if Fraction(decimal) == number else str(number)


def _objects(values: Any) -> np.ndarray:
    """Nested sequences as an array of objects; nothing for a container that cannot hold Fractions."""
    is_array = isinstance(values, np.ndarray)
    if not isinstance(values, list | tuple | Fraction | Decimal) and not (is_array and values.dtype == object):
        return np.empty(0, dtype=object)
    return _array(values)


def _array(values: Any) -> np.ndarray:
    """Nested sequences as an array of objects. Raises ArgumentError for what is ragged."""
    try:
        return np.array(values, dtype=object)
    except ValueError:
        raise ArgumentError(f"{said(values)} is ragged; rows of one length are allowed") from None


def _leaves(values: Any) -> np.ndarray:
    """The numbers and texts of any container, as an array."""
    if isinstance(values, list | tuple) or (type(values) is np.ndarray and values.dtype.kind == "O"):
        return _array(values)
    if type(values) is np.ndarray and values.dtype.kind in "iuf":
        return values  # each number as it prints in its own precision
    return inputs.numbers(values, "what is to be written exactly", is_matrix=True)


def _from_decimal(value: Any) -> Fraction:
    """One number, or its text. An exponent of millions would be a number of millions of digits."""
    written = str(value)
    is_number = isinstance(value, str | Real | Decimal) and not isinstance(value, bool)
    try:
        if (
            is_number
            and len(written) <= MOST_DIGITS
            and ("/" in written or abs(Decimal(written).adjusted()) <= MOST_DIGITS)
        ):
            return Fraction(written)
    except (ValueError, ZeroDivisionError, ArithmeticError, TypeError):
        pass
    raise ArgumentError(f"{said(value)} is no finite number of at most {MOST_DIGITS} digits; numbers are allowed")


def _fractions(array: np.ndarray, what: str) -> np.ndarray:
    return np.vectorize(lambda value: _fraction(value, what), otypes=[object])(array)


def _fraction(value: Any, what: str) -> Fraction:
    if isinstance(value, (float, np.floating)) and value != int(value):
        raise ArgumentError(f"{what}: the float {value} stands next to exact numbers; write exact({value})")
    return Fraction(int(value) if isinstance(value, (float, np.number)) else value)
