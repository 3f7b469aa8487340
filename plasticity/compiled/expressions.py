"""Checked expressions printed as scalar Python, which reads the same to Python and to the compiler."""

import ast
from collections.abc import Callable, Sequence

from plasticity.expressions import require_tree

_SYMBOLS = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
# NumPy's functions of one number give what is no number where Python's raise
_CALLED = {"exp": "np.exp", "log": "np.log", "sqrt": "np.sqrt", "abs": "abs", "tanh": "np.tanh"}
_LARGEST_WHOLE = 8  # the largest power that is multiplied out

# What Python lacks; a NaN stays one. Put before the kernels that use it.
PRELUDE = """
def rectify(x):
    return 0.0 if x < 0.0 else x


def step(x):
    return 1.0 if x > 0.0 else (0.0 if x <= 0.0 else x)


def minimum(x, y):
    return x if x <= y or x != x else y


def maximum(x, y):
    return x if x >= y or x != x else y
"""


def printed(tree: ast.expr, rename: Callable[[str], str]) -> str:
    """A checked tree as a line of Python, every operation in parentheses.

    rename : what a name is called in the kernel
    """
    require_tree(tree)
    if isinstance(tree, ast.Constant):
        return repr(float(tree.value))  # type: ignore[arg-type]
    if isinstance(tree, ast.Name):
        return rename(tree.id)
    if isinstance(tree, ast.UnaryOp):
        operand = printed(tree.operand, rename)
        return operand if isinstance(tree.op, ast.UAdd) else f"(-{operand})"
    if isinstance(tree, ast.BinOp):
        left = printed(tree.left, rename)
        if isinstance(tree.op, ast.Pow):
            return _power(left, tree.right, rename)
        return f"({left} {_SYMBOLS[type(tree.op)]} {printed(tree.right, rename)})"
    assert isinstance(tree, ast.Call) and isinstance(tree.func, ast.Name)
    arguments = ", ".join(printed(argument, rename) for argument in tree.args)
    return f"{_CALLED.get(tree.func.id, tree.func.id)}({arguments})"


def _power(left: str, exponent: ast.expr, rename: Callable[[str], str]) -> str:
    """A power; one with a small whole number is a product, which the compiler writes out."""
    if isinstance(exponent, ast.Constant) and exponent.value in range(1, _LARGEST_WHOLE + 1):
        return f"({left})**{int(exponent.value)}"  # type: ignore[arg-type]
    return f"np.power({left}, {printed(exponent, rename)})"


def filled(source: str, **parts: Sequence[str]) -> str:
    """A source with lines in the places that are named after them, each a line of its own: {name}."""
    lines: list[str] = []
    for line in source.splitlines():
        key = line.strip()
        indent = line[: len(line) - len(line.lstrip())]
        if key[:1] == "{" and key[1:-1] in parts:
            lines += [f"{indent}{part}" for part in parts[key[1:-1]] or ["pass"]]
        else:
            lines.append(line)
    return "\n".join(lines) + "\n"
