"""The little language of rules and neurons: arithmetic, powers, and a few named functions.

An expression is text such as `A_plus*r_pre`. It is parsed with `ast`, every node is checked against an
allow-list, and then either evaluated by a tree of closures on NumPy numbers or written out again, fully
parenthesised, for a code generator. No text is ever given to `eval`, `exec`, or a generator unchecked.
"""

import ast
import warnings
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, TypeGuard

import numpy as np

from plasticity.errors import ArgumentError, said
from plasticity.inputs import function, instance, listed
from plasticity.inputs import text as one_line

MAX_LENGTH = 1000  # characters: many times the longest published rule, too short to exhaust a parser
MAX_DEPTH = 40  # nested operations, for the same reason


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
_OF_TWO = frozenset({"minimum", "maximum"})  # the functions of two arguments; all others have one
# Functions that code generators lack, in what they have. The first argument of `clip` keeps a NaN on every target.
_WRITTEN = {
    "rectify": "clip({}, 0, inf)",
    "step": "(1.0*int({} > 0))",
    "minimum": "clip({}, -inf, {})",
    "maximum": "clip({}, {}, inf)",
}
MARK = "after"  # after(u): the name of one more value, that of u as the jump of the same event leaves it
_BINARY: dict[type, tuple[str, Callable]] = {
    ast.Add: ("+", np.add),
    ast.Sub: ("-", np.subtract),
    ast.Mult: ("*", np.multiply),
    ast.Div: ("/", np.divide),
    ast.Pow: ("**", np.power),
}
ALLOWED = f"numbers, names, + - * / **, parentheses, and {', '.join(FUNCTIONS)}"


def parse(
    text: str, *, known: Collection[str], where: str, error: type[Exception], after: Collection[str] = ()
) -> ast.expr:
    """The checked syntax tree of `text`.

    known : the names that may occur
    where : what is being defined, for the message, say 'pair_stdp.dw_post'
    after : the names u of which `after(u)` may occur, which the tree holds as one name of its own, "after(u)"
    raises `error` for syntax or names that are not allowed; the message says which are.
    """
    known = _listed_names(known, f"known to {where}")
    marked = _listed_names(after, f"whose new value is known to {where}")
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
    _check(tree, _Names(frozenset(known), marked, f"{where} = {said(text)}", error))
    return _OneName().visit(tree)


def is_reserved(name: str) -> bool:
    """Whether no number and no trace may be called so: functions, `after`, and Brian2's names for white noise, xi and
    xi_..."""
    return isinstance(name, str) and (name in FUNCTIONS or name in (MARK, "xi") or name.startswith("xi_"))


def names(tree: ast.expr) -> set[str]:
    """The free names of a checked tree, "after(u)" among them; function names do not count."""
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
    """A function from {name: number or array} to the value of a checked tree, by NumPy's broadcasting.

    What is marked is found under its mark: {"after(u)": ...}.
    """
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
    if tree.func.id in _OF_TWO:
        other = evaluator(tree.args[1])
        return lambda values: function(argument(values), other(values))
    return lambda values: function(argument(values))


def written(tree: ast.expr, rename: Callable[[str], str] = str) -> str:
    """A checked tree as text again, every operation in parentheses, every name passed through `rename`.

    What code generators lack is written in what they have, `rectify(x)` as `clip(x, 0, inf)`, numbers as floats.
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
    arguments = [written(argument, rename) for argument in tree.args]
    return _WRITTEN.get(tree.func.id, f"{tree.func.id}({{}})").format(*arguments)


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
    return _sign_of_call(tree.func.id, [sign(argument, signs) for argument in tree.args])


def _sign_of_call(name: str, inner: list[int | None]) -> int | None:
    if name in ("minimum", "maximum"):
        flip = 1 if name == "minimum" else -1  # maximum(a, b) is -minimum(-a, -b)
        of_minimum = _sign_of_minimum(*(None if one is None else flip * one for one in inner))
        return None if of_minimum is None else flip * of_minimum
    if name == "step" and inner[0] in (0, -1):
        return 0
    return inner[0] if name == "tanh" else {"log": None}.get(name, 1)


def _sign_of_minimum(left: int | None, right: int | None) -> int | None:
    if -1 in (left, right):
        return -1
    if 0 in (left, right):
        return -1 if None in (left, right) else 0
    return left if left == right else None


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


@dataclass(frozen=True)
class _Names:
    """What may occur in one text, and how to refuse what may not."""

    known: frozenset[str]
    marked: list[str]
    where: str
    error: type[Exception]

    def refusal(self, reason: str) -> Exception:
        return self.error(f"{self.where} {reason}")


def _listed_names(names: Collection[str], what: str) -> list[str]:
    names = list(names) if isinstance(names, Mapping) else names
    return [one_line(name, f"a name {what}") for name in listed(names, f"the names {what}")]


def _check(tree: ast.expr, allowed: _Names, depth: int = 0) -> None:
    if depth > MAX_DEPTH:
        raise allowed.refusal(f"nests deeper than {MAX_DEPTH} operations; write it flatter")
    if isinstance(tree, ast.Constant):
        if isinstance(tree.value, bool) or not isinstance(tree.value, int | float) or not _is_finite(tree.value):
            raise allowed.refusal(f"holds {said(tree.value)}; finite numbers are allowed")
        return
    if isinstance(tree, ast.Name):
        if tree.id not in allowed.known:
            known = ", ".join(sorted(allowed.known))
            raise allowed.refusal(f"uses '{tree.id}', which is not known here; known: {known}")
        return
    if _is_marked(tree):
        return _check_mark(tree, allowed)
    for part in _parts(tree, allowed):
        _check(part, allowed, depth + 1)
    if not names(tree):
        _check_constant(tree, allowed)


def _check_constant(tree: ast.expr, allowed: _Names) -> None:
    """Refuse 1/0, 9**9**9 and (-8)**0.5: Python, in which code generators work them out, raises or turns complex."""
    with np.errstate(all="ignore"):
        value = evaluator(tree)({})
    if not np.isfinite(value):
        raise allowed.refusal(f"holds {said(ast.unparse(tree))}, which is {value}; finite numbers are allowed")


def _check_mark(tree: ast.Call, allowed: _Names) -> None:
    """Refuse `after` where nothing comes after, and around anything but one of the names that have a new value."""
    if not allowed.marked:
        raise allowed.refusal(f"uses '{MARK}', which is not allowed here; functions allowed: {', '.join(FUNCTIONS)}")
    is_name = len(tree.args) == 1 and not tree.keywords and isinstance(tree.args[0], ast.Name)
    if not is_name or tree.args[0].id not in allowed.marked:  # type: ignore[attr-defined]
        choices = " or ".join(f"{MARK}({name})" for name in sorted(allowed.marked))
        raise allowed.refusal(f"uses {said(ast.unparse(tree))}; allowed: {choices}")


def _parts(tree: ast.AST, allowed: _Names) -> list[ast.expr]:
    """The operands of an allowed operation; anything else raises."""
    if isinstance(tree, ast.UnaryOp) and isinstance(tree.op, ast.UAdd | ast.USub):
        return [tree.operand]
    if isinstance(tree, ast.BinOp) and type(tree.op) in _BINARY:
        return [tree.left, tree.right]
    if isinstance(tree, ast.Call) and isinstance(tree.func, ast.Name):
        return _arguments(tree, tree.func.id, allowed)
    raise allowed.refusal(f"uses syntax that is not allowed ({type(tree).__name__}); allowed: {ALLOWED}")


def _arguments(call: ast.Call, name: str, allowed: _Names) -> list[ast.expr]:
    if name not in FUNCTIONS:
        raise allowed.refusal(f"calls '{name}'; functions allowed: {', '.join(FUNCTIONS)}")
    n, wanted = len(call.args) + len(call.keywords), 2 if name in _OF_TWO else 1
    if n != wanted:
        words = "arguments, separated by a comma" if wanted == 2 else "argument"
        raise allowed.refusal(f"gives {n} to {name}, which takes {wanted} {words}")
    if call.keywords or any(isinstance(argument, ast.Starred) for argument in call.args):
        raise allowed.refusal(f"calls {name} with = or *; arguments are expressions")
    return call.args


def _is_marked(tree: ast.AST) -> TypeGuard[ast.Call]:
    return isinstance(tree, ast.Call) and isinstance(tree.func, ast.Name) and tree.func.id == MARK


class _OneName(ast.NodeTransformer):
    """Makes each `after(u)` of a checked tree one name, so that who reads trees meets nothing new."""

    def visit_Call(self, node: ast.Call) -> ast.expr:
        return ast.Name(ast.unparse(node)) if _is_marked(node) else self.generic_visit(node)  # type: ignore[return-value]


def _is_finite(number: int | float) -> bool:
    try:
        return bool(np.isfinite(float(number)))
    except OverflowError:
        return False
