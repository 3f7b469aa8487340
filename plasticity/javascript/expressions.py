"""Checked expressions printed as JavaScript, with no more parentheses than its reader needs."""

import ast
import math
from collections.abc import Callable

from plasticity.expressions import require_tree

Rename = Callable[[str], str]

_SYMBOLS = {ast.Add: ("+", 1), ast.Sub: ("-", 1), ast.Mult: ("*", 2), ast.Div: ("/", 2)}
_CALLED = {"minimum": "Math.min", "maximum": "Math.max", "step": "plasticity.step"}
_UNARY, _ATOM = 3, 4

# What a name of a record cannot be in a script: words of the language, and names that the printed text needs
_TAKEN = frozenset(
    """arguments async await break case catch class const continue debugger default delete do else enum eval export
    extends false finally for function if implements import in Infinity instanceof interface let Math NaN new null
    package plasticity private protected public return static super switch this throw true try typeof undefined var
    void while with yield""".split()
)


def local(name: str) -> str:
    """What a name of a record is called in a script. No name of a record holds a $, so that all others do."""
    return f"{name}$" if name in _TAKEN else name


def written_number(value: float) -> str:
    """A number as JavaScript reads it back, to the last bit."""
    if math.isfinite(value):
        return repr(int(value)) if value == int(value) and abs(value) < 1e15 else repr(float(value))
    return "NaN" if math.isnan(value) else f"{'-' if value < 0 else ''}Infinity"


def printed(tree: ast.expr, rename: Rename = local) -> str:
    """A checked tree as an expression, its operations in the order of the tree.

    rename : what a name is called in the script
    """
    require_tree(tree)
    return _printed(tree, rename)[0]


def _printed(tree: ast.expr, rename: Rename) -> tuple[str, int]:
    """The text, and how strongly it holds together."""
    if isinstance(tree, ast.Constant):
        value = float(tree.value)  # type: ignore[arg-type]
        return written_number(value), _UNARY if value < 0 else _ATOM
    if isinstance(tree, ast.Name):
        return rename(tree.id), _ATOM
    if isinstance(tree, ast.UnaryOp):
        if isinstance(tree.op, ast.UAdd):
            return _printed(tree.operand, rename)
        text = _held(tree.operand, _UNARY, rename)
        return (f"-({text})" if text.startswith("-") else f"-{text}"), _UNARY
    if isinstance(tree, ast.BinOp):
        return _operation(tree, rename)
    assert isinstance(tree, ast.Call) and isinstance(tree.func, ast.Name)
    arguments = [_printed(argument, rename)[0] for argument in tree.args]
    if tree.func.id == "rectify":
        return f"Math.max({arguments[0]}, 0)", _ATOM
    return f"{_CALLED.get(tree.func.id, f'Math.{tree.func.id}')}({', '.join(arguments)})", _ATOM


def _operation(tree: ast.BinOp, rename: Rename) -> tuple[str, int]:
    if isinstance(tree.op, ast.Pow):
        return f"Math.pow({_printed(tree.left, rename)[0]}, {_printed(tree.right, rename)[0]})", _ATOM
    symbol, strength = _SYMBOLS[type(tree.op)]
    left, right = _held(tree.left, strength, rename), _held(tree.right, strength + 1, rename)
    space = " " if strength == 1 else ""
    return f"{left}{space}{symbol}{space}{f'({right})' if right.startswith('-') else right}", strength


def _held(tree: ast.expr, strength: int, rename: Rename) -> str:
    """An operand, in parentheses where it would fall apart."""
    text, own = _printed(tree, rename)
    return f"({text})" if own < strength else text
