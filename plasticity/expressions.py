"""The little language of rules and neurons: arithmetic, powers, and a few named functions.

An expression is text such as `A_plus*r_pre`. It is parsed with `ast`, every node is checked against an
allow-list, and then either evaluated by a tree of closures on NumPy numbers or written out again, fully
parenthesised, for a code generator. No text is ever given to `eval`, `exec`, or a generator unchecked.
"""

import ast
import warnings
from collections.abc import Callable, Collection, Mapping
from typing import Any

import numpy as np

from plasticity.errors import ArgumentError, said
from plasticity.inputs import function, instance, listed
from plasticity.inputs import text as one_line

MAX_LENGTH = 1000  # characters: many times the longest published rule, too short to exhaust a parser
MAX_DEPTH = 40  # nested operations, for the same reason


def _rectify(x):
    return np.maximum(x, 0.0)


FUNCTIONS: dict[str, Callable] = {
    "exp": np.exp,
    "log": np.log,
    "sqrt": np.sqrt,
    "abs": np.abs,
    "tanh": np.tanh,
    "rectify": _rectify,
}
_BINARY: dict[type, tuple[str, Callable]] = {
    ast.Add: ("+", np.add),
    ast.Sub: ("-", np.subtract),
    ast.Mult: ("*", np.multiply),
    ast.Div: ("/", np.divide),
    ast.Pow: ("**", np.power),
}
ALLOWED = f"numbers, names, + - * / **, parentheses, and {', '.join(FUNCTIONS)}"


def parse(text: str, *, known: Collection[str], where: str, error: type[Exception]) -> ast.expr:
    """The checked syntax tree of `text`.

    known : the names that may occur
    where : what is being defined, for the message, say 'pair_stdp.dw_post'
    raises `error` for syntax or names that are not allowed; the message says which are.
    """
    known = list(known) if isinstance(known, Mapping) else known
    known = [one_line(name, f"a name known to {where}") for name in listed(known, f"the names known to {where}")]
    if not isinstance(text, str) or not text.strip() or len(text) > MAX_LENGTH:
        raise error(f"{where} is {said(text)}; an expression of 1 to {MAX_LENGTH} characters is allowed")
    # Python reads over a comment, which would swallow what a variant writes behind it, and changes other letters.
    if "#" in text or not text.isascii():
        raise error(f"{where} = {said(text)} holds a comment, or more than ASCII; allowed: {ALLOWED}")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # "1or 2" and the like: refused below, with our own words
            tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise error(f"{where} = {said(text)} is no expression; allowed: {ALLOWED}") from None
    _check(tree, frozenset(known), f"{where} = {said(text)}", error)
    return tree


def is_reserved(name: str) -> bool:
    """Whether no number and no trace may be called so: functions, and Brian2's names for white noise, xi and xi_..."""
    return isinstance(name, str) and (name in FUNCTIONS or name == "xi" or name.startswith("xi_"))


def names(tree: ast.expr) -> set[str]:
    """The free names of a checked tree; function names do not count."""
    _require_tree(tree)
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and id(node) not in called}


def above_zero(tree: ast.expr) -> list[ast.expr]:
    """The expressions that must be above zero for a checked tree to have a value: what it takes logarithms of, and the
    sizes of what it divides by. Else a function around it, such as tanh, would make a finite number of infinity."""
    _require_tree(tree)
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "log":
            found.append(node.args[0])
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) and names(node.right):
            found.append(_size(node.right))
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow) and _is_negative(node.right):
            found.append(_size(node.left))
    return found


def _size(node: ast.expr) -> ast.expr:
    return ast.Call(ast.Name("abs"), [node], [])


def _is_negative(node: ast.expr) -> bool:
    return isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub)


def evaluator(tree: ast.expr) -> Callable[[Mapping[str, Any]], Any]:
    """A function from {name: number or array} to the value of a checked tree, by NumPy's broadcasting."""
    _require_tree(tree)
    if isinstance(tree, ast.Constant):
        number = np.float64(tree.value)  # type: ignore[arg-type]
        return lambda values: number
    if isinstance(tree, ast.Name):
        name = tree.id
        return lambda values: values[name]
    if isinstance(tree, ast.UnaryOp):
        operand = evaluator(tree.operand)
        return operand if isinstance(tree.op, ast.UAdd) else lambda values: -operand(values)
    if isinstance(tree, ast.BinOp):
        apply, left, right = _BINARY[type(tree.op)][1], evaluator(tree.left), evaluator(tree.right)
        return lambda values: apply(left(values), right(values))
    assert isinstance(tree, ast.Call) and isinstance(tree.func, ast.Name)
    function, argument = FUNCTIONS[tree.func.id], evaluator(tree.args[0])
    return lambda values: function(argument(values))


def written(tree: ast.expr, rename: Callable[[str], str] = str) -> str:
    """A checked tree as text again, every operation in parentheses, every name passed through `rename`.

    `rectify(x)` is written as `clip(x, 0, inf)`, numbers as floats: the common ground of code generators.
    """
    _require_tree(tree)
    function(rename, "the function that renames")
    if isinstance(tree, ast.Constant):
        return repr(float(tree.value))  # type: ignore[arg-type]
    if isinstance(tree, ast.Name):
        return rename(tree.id)
    if isinstance(tree, ast.UnaryOp):
        operand = written(tree.operand, rename)
        return operand if isinstance(tree.op, ast.UAdd) else f"(-{operand})"
    if isinstance(tree, ast.BinOp):
        symbol = _BINARY[type(tree.op)][0]
        return f"({written(tree.left, rename)} {symbol} {written(tree.right, rename)})"
    assert isinstance(tree, ast.Call) and isinstance(tree.func, ast.Name)
    argument = written(tree.args[0], rename)
    return f"clip({argument}, 0, inf)" if tree.func.id == "rectify" else f"{tree.func.id}({argument})"


def sign(tree: ast.expr, signs: Mapping[str, int]) -> int | None:
    """The sign that a checked tree has for all values of its names: 1, -1, 0, or None when it can vary.

    signs : the sign of each name; one that is absent can vary. 1 stands for "never negative", -1 for
    "never positive".
    """
    _require_tree(tree)
    if not isinstance(signs, Mapping):
        raise ArgumentError(f"the signs are {said(signs)}; a mapping from names to 1, 0 or -1 is allowed")
    if isinstance(tree, ast.Constant):
        return int(np.sign(float(tree.value)))  # type: ignore[arg-type]
    if isinstance(tree, ast.Name):
        return signs.get(tree.id)
    if isinstance(tree, ast.UnaryOp):
        inner = sign(tree.operand, signs)
        return inner if isinstance(tree.op, ast.UAdd) or inner is None else -inner
    if isinstance(tree, ast.BinOp):
        return _sign_of_operation(tree.op, sign(tree.left, signs), sign(tree.right, signs))
    assert isinstance(tree, ast.Call) and isinstance(tree.func, ast.Name)
    inner = sign(tree.args[0], signs)
    return inner if tree.func.id == "tanh" else {"log": None}.get(tree.func.id, 1)


def _sign_of_operation(operation: ast.operator, left: int | None, right: int | None) -> int | None:
    if isinstance(operation, ast.Mult | ast.Div):
        is_pole = isinstance(operation, ast.Div) and right == 0
        return None if left is None or right is None or is_pole else left * right
    if isinstance(operation, ast.Pow):
        return 1 if left == 1 else None
    if isinstance(operation, ast.Sub):
        right = None if right is None else -right
    if left == 0 or right == 0:
        return right if left == 0 else left
    return left if left == right else None


def _require_tree(tree: Any) -> None:
    instance(tree, ast.expr, "the tree of an expression")


def _check(tree: ast.expr, known: frozenset[str], where: str, error: type[Exception], depth: int = 0) -> None:
    if depth > MAX_DEPTH:
        raise error(f"{where} nests deeper than {MAX_DEPTH} operations; write it flatter")
    if isinstance(tree, ast.Constant):
        if isinstance(tree.value, bool) or not isinstance(tree.value, int | float) or not _is_finite(tree.value):
            raise error(f"{where} holds {said(tree.value)}; finite numbers are allowed")
        return
    if isinstance(tree, ast.Name):
        if tree.id not in known:
            raise error(f"{where} uses '{tree.id}', which is not known here; known: {', '.join(sorted(known))}")
        return
    for part in _parts(tree, where, error):
        _check(part, known, where, error, depth + 1)
    if not names(tree):
        _check_constant(tree, where, error)


def _check_constant(tree: ast.expr, where: str, error: type[Exception]) -> None:
    """Refuse 1/0, 9**9**9 and (-8)**0.5: Python, in which code generators work them out, raises or turns complex."""
    with np.errstate(all="ignore"):
        value = evaluator(tree)({})
    if not np.isfinite(value):
        raise error(f"{where} holds {said(ast.unparse(tree))}, which is {value}; finite numbers are allowed")


def _parts(tree: ast.AST, where: str, error: type[Exception]) -> list[ast.expr]:
    """The operands of an allowed operation; anything else raises."""
    if isinstance(tree, ast.UnaryOp) and isinstance(tree.op, ast.UAdd | ast.USub):
        return [tree.operand]
    if isinstance(tree, ast.BinOp) and type(tree.op) in _BINARY:
        return [tree.left, tree.right]
    if isinstance(tree, ast.Call) and isinstance(tree.func, ast.Name):
        if tree.func.id not in FUNCTIONS:
            raise error(f"{where} calls '{tree.func.id}'; functions allowed: {', '.join(FUNCTIONS)}")
        if len(tree.args) == 1 and not tree.keywords and not isinstance(tree.args[0], ast.Starred):
            return [tree.args[0]]
    raise error(f"{where} uses syntax that is not allowed ({type(tree).__name__}); allowed: {ALLOWED}")


def _is_finite(number: int | float) -> bool:
    try:
        return bool(np.isfinite(float(number)))
    except OverflowError:
        return False
