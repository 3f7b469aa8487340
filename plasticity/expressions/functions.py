"""The words of the language: what each operation and function computes, and what code generators call it."""

import ast
from collections.abc import Callable

import numpy as np


def _rectify(x):
    return np.maximum(x, 0.0)


def _step(x):
    """1 where `x` is above 0, else 0: a threshold counts as crossed above it, not on it."""
    return np.heaviside(x, 0.0)


FUNCTIONS: dict[str, Callable] = {
    "exp": np.exp,
    "log": np.log,
    "sqrt": np.sqrt,
    "abs": np.abs,
    "tanh": np.tanh,
    "rectify": _rectify,
    "step": _step,
    "minimum": np.minimum,
    "maximum": np.maximum,
}
OF_TWO = frozenset({"minimum", "maximum"})  # the functions of two arguments; all others have one
# Functions that code generators lack, in what they have. The first argument of `clip` keeps a NaN on every target.
WRITTEN = {
    "rectify": "clip({}, 0, inf)",
    "step": "(1.0*int({} > 0))",
    "minimum": "clip({}, -inf, {})",
    "maximum": "clip({}, {}, inf)",
}
MARK = "after"  # after(u): the name of one more value, that of u as the jump of the same event leaves it
BINARY: dict[type, tuple[str, Callable]] = {
    ast.Add: ("+", np.add),
    ast.Sub: ("-", np.subtract),
    ast.Mult: ("*", np.multiply),
    ast.Div: ("/", np.divide),
    ast.Pow: ("**", np.power),
}
ALLOWED = f"numbers, names, + - * / **, parentheses, and {', '.join(FUNCTIONS)}"


def is_reserved(name: str) -> bool:
    """Whether no number and no trace may be called so: functions, `after`, and Brian2's names for white noise, xi and
    xi_..."""
    return isinstance(name, str) and (name in FUNCTIONS or name in (MARK, "xi") or name.startswith("xi_"))
