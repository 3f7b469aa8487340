"""From text to a checked syntax tree, of which everything that is not arithmetic is refused."""

import ast
import warnings
from collections.abc import Collection, Mapping
from copy import deepcopy
from functools import lru_cache
from typing import NamedTuple, TypeGuard

import numpy as np

from plasticity.errors import nearest, said
from plasticity.expressions.functions import ALLOWED, BINARY, FUNCTIONS, MARK, OF_TWO
from plasticity.expressions.reading import evaluator, names
from plasticity.inputs import listed
from plasticity.inputs import text as one_line

MAX_LENGTH = 1000  # characters: many times the longest published rule, too short to exhaust a parser
MAX_DEPTH = 40  # nested operations, for the same reason


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
        return _tree(text.strip(), known, marked)
    except _Refused as refused:
        raise error(f"{where} = {said(text)} {refused}") from None


class _Refused(Exception):
    """Why a text is no expression, for whoever knows where it stands."""


@lru_cache(maxsize=4096)  # a rule is made anew for every value of a parameter, from the same texts
def _tree(text: str, known: frozenset[str], marked: frozenset[str]) -> ast.expr:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # "1or 2" and the like: refused below, with our own words
            tree = ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise _Refused(f"is no expression; allowed: {ALLOWED}") from None
    read = (node.id for node in ast.walk(tree) if isinstance(node, ast.Name))
    _check(tree, _Names(known, marked, tuple(dict.fromkeys(name for name in read if name not in known))))
    return _OneName().visit(deepcopy(tree))  # what has been looked at stays as it was


class _Names(NamedTuple):
    """What may occur in one text."""

    known: frozenset[str]
    marked: frozenset[str]
    unknown: tuple[str, ...] = ()  # those of the text that may not

    def refusal(self, reason: str) -> Exception:
        return _Refused(reason)


def _listed_names(names: Collection[str], what: str) -> frozenset[str]:
    is_of_a_record = isinstance(names, list | tuple | frozenset | Mapping)  # looked at dozens of times for each record
    if is_of_a_record and all(type(name) is str and name.isprintable() for name in names):
        return frozenset(names)
    names = list(names) if isinstance(names, Mapping) else names
    return frozenset(one_line(name, f"a name {what}") for name in listed(names, f"the names {what}"))


def _check(tree: ast.expr, allowed: _Names, depth: int = 0) -> None:
    if depth > MAX_DEPTH:
        raise allowed.refusal(f"nests deeper than {MAX_DEPTH} operations; write it flatter")
    if isinstance(tree, ast.Constant):
        if isinstance(tree.value, bool) or not isinstance(tree.value, int | float) or not _is_finite(tree.value):
            raise allowed.refusal(f"holds {said(tree.value)}; finite numbers are allowed")
        return
    if isinstance(tree, ast.Name):
        if tree.id not in allowed.known:
            raise allowed.refusal(_unknown(allowed))
        return
    if _is_marked(tree):
        return _check_mark(tree, allowed)
    for part in _parts(tree, allowed):
        _check(part, allowed, depth + 1)
    if not names(tree):
        _check_constant(tree, allowed)


def _unknown(allowed: _Names) -> str:
    """All names of a text that may not occur, and which may have been meant."""
    wrong = [name for name in allowed.unknown if name not in FUNCTIONS and name != MARK] or [*allowed.unknown]
    uses = f"uses {' and '.join(map(repr, wrong))}, which {'is' if len(wrong) == 1 else 'are'} not known here"
    near = [other for name in wrong for other in nearest(name, allowed.known)[:1]]
    meant = f"; did you mean {' and '.join(dict.fromkeys(near))}?" if near else ""
    return f"{uses}; known: {', '.join(sorted(allowed.known))}{meant}"


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
    if isinstance(tree, ast.BinOp) and type(tree.op) in BINARY:
        return [tree.left, tree.right]
    if isinstance(tree, ast.Call) and isinstance(tree.func, ast.Name):
        return _arguments(tree, tree.func.id, allowed)
    raise allowed.refusal(f"uses syntax that is not allowed ({type(tree).__name__}); allowed: {ALLOWED}")


def _arguments(call: ast.Call, name: str, allowed: _Names) -> list[ast.expr]:
    if name not in FUNCTIONS:
        raise allowed.refusal(f"calls '{name}'; functions allowed: {', '.join(FUNCTIONS)}")
    n, wanted = len(call.args) + len(call.keywords), 2 if name in OF_TWO else 1
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
