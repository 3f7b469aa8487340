"""Texts of the little language, made at random, and what is read of them."""

import ast
import math

from hypothesis import settings
from hypothesis import strategies as st

from plasticity.expressions import parse

FIXED = settings(derandomize=True, deadline=None, max_examples=300)
KNOWN = {"w": 0.5, "r_pre": 1.25, "A_plus": 0.005, "zero": 0.0, "debt": -2.0}


class Refused(ValueError):
    """The error that the caller asks for."""


def parsed(text, after=()) -> ast.expr:
    return parse(text, known=KNOWN, where="here", error=Refused, after=after)


# Random trees: the text and, by Python's own arithmetic, its value.

PYTHON = {
    "exp": math.exp,
    "log": math.log,
    "sqrt": math.sqrt,
    "abs": abs,
    "tanh": math.tanh,
    "rectify": lambda x: max(x, 0.0),
    "step": lambda x: 1.0 if x > 0 else 0.0,
}
_PYTHON_OF_TWO = {"minimum": min, "maximum": max}
OPERATIONS = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "**": lambda a, b: a**b,
}


def combined(parts):
    binary = st.tuples(parts, st.sampled_from(sorted(OPERATIONS)), parts).map(_operation)
    unary = st.tuples(st.sampled_from("+-"), parts).map(_signed)
    of_two = st.tuples(st.sampled_from(sorted(_PYTHON_OF_TWO)), parts, parts).map(_called_with_two)
    return binary | unary | of_two | st.tuples(st.sampled_from(sorted(PYTHON)), parts).map(_called)


def _value(function, *operands):
    """What Python makes of it; None where it has no finite real answer."""
    try:
        value = None if None in operands else function(*operands)
    except (ArithmeticError, ValueError):
        return None
    return value if isinstance(value, float) and math.isfinite(value) else None


def _operation(parts):
    (left, a), symbol, (right, b) = parts
    return f"({left}) {symbol} ({right})", _value(OPERATIONS[symbol], a, b)


def _signed(parts):
    symbol, (text, a) = parts
    return f"{symbol}({text})", _value(lambda x: -x if symbol == "-" else x, a)


def _called(parts):
    function, (text, a) = parts
    return f"{function}({text})", _value(PYTHON[function], a)


def _called_with_two(parts):
    function, (left, a), (right, b) = parts
    return f"{function}({left}, {right})", _value(_PYTHON_OF_TWO[function], a, b)
