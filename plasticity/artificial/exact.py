"""Exact arithmetic, for the one question that rounding can answer wrongly: is z above 0?

In binary floating point 0.9 is not 9/10, and a weight built from steps of 0.9 collects rounding: a
z that is 0 on paper may arrive as 1e-16 and make a threshold unit fire. Numbers of the type
Fraction do not round. `exact` turns written decimals into such numbers, and everything here that
only adds and multiplies (examples, perceptron, trace table) carries them through.
"""

from decimal import Decimal
from fractions import Fraction

import numpy as np

from plasticity.artificial.checks import finite
from plasticity.errors import ArgumentError


def exact(values):
    """Numbers as Fractions, each float read as the decimal that it prints as: 0.9 becomes 9/10.

    values  : a number or nested sequence of int, float, Decimal, Fraction, or text such as "0.9"
    returns : a Fraction for a number, else an array of Fractions of the same shape
    raises ArgumentError for what is no finite number
    """
    try:
        return np.vectorize(lambda value: Fraction(str(value)), otypes=[object])(values)[()]
    except (ValueError, ZeroDivisionError):
        raise ArgumentError(f"{values!r:.60} holds something that is no finite number") from None


def numbers(values, what):
    """`values` as a new array: of Fractions if one of them is a Fraction or Decimal, else of doubles.

    what : the noun that the error message begins with
    raises ArgumentError for NaN, infinity, no numbers, or a Fraction beside a float that is not
    whole: the float has been rounded already
    """
    if isinstance(values, np.ndarray) and values.dtype.kind != "O":
        return finite(values, what)
    given = np.array(values, dtype=object)
    doubles = finite(given, what)
    return _fractions(given, what) if any(isinstance(v, (Fraction, Decimal)) for v in given.flat) else doubles


def alike(*arrays):
    """The arrays, all turned into Fractions if one of them holds Fractions.

    raises ArgumentError when another holds a float that is not whole
    """
    if any(array.dtype == object for array in arrays):
        return tuple(_fractions(array, "numbers") for array in arrays)
    return arrays


def written(number):
    """A number as one would write it: a Fraction as a decimal if it has one, a float with six digits."""
    if not isinstance(number, Fraction):
        return f"{number:.6g}"
    decimal = f"{float(number):.12g}"
    return decimal if Fraction(decimal) == number else str(number)


def _fractions(array, what):
    return np.vectorize(lambda value: _fraction(value, what), otypes=[object])(array)


def _fraction(value, what):
    if isinstance(value, (float, np.floating)) and value != int(value):
        raise ArgumentError(f"{what}: the float {value} stands beside exact numbers; write exact({value})")
    return Fraction(int(value) if isinstance(value, (float, np.number)) else value)
