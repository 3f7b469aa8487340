"""The little language refuses, in one line, whatever is no arithmetic."""

import ast
import builtins

import numpy as np
import pytest
from expression_texts import FIXED, KNOWN, Refused, parsed
from hypothesis import given
from hypothesis import strategies as st

from plasticity.expressions import MAX_DEPTH, MAX_LENGTH, evaluator, is_reserved, names

HOSTILE = {
    "import": "__import__('os').system('true')",
    "attribute": "w.__class__",
    "attribute of a number": "(1).__class__.__mro__",
    "method": "w.real()",
    "unknown function": "eval(w)",
    "builtin": "open(w)",
    "dunder": "__builtins__",
    "call of a call": "exp(w)(w)",
    "call of a name": "w(1)",
    "function as a value": "exp",
    "function of a function": "exp(exp)",
    "lambda": "(lambda: 1)()",
    "comprehension": "[w for w in (1, 2)]",
    "generator": "abs(w for w in (1, 2))",
    "dict": "{1: w}",
    "tuple": "1, 2",
    "string": "'w'",
    "bytes": "b'w'",
    "f-string": "f'{w}'",
    "walrus": "(w := 1)",
    "assignment": "w = 1",
    "statements": "w; w",
    "subscript": "w[0]",
    "slice": "w[1:2]",
    "starred": "exp(*w)",
    "keyword argument": "exp(x=w)",
    "two arguments": "exp(w, w)",
    "no argument": "exp()",
    "one argument of two": "minimum(w)",
    "three arguments of two": "maximum(w, w, w)",
    "two arguments of one": "step(w, w)",
    "starred arguments of two": "minimum(*w, w)",
    "named arguments of two": "minimum(w, b=w)",
    "minimum as a value": "minimum",
    "comparison of the generator": "int(w > 0)",
    "another function of the generator": "clip(w, 0, 1)",
    "what nobody marked": "after(w)",
    "a mark of nothing": "after()",
    "a mark as a value": "after",
    "logarithm of a step": "log(step(0))",
    "condition": "w if w else w",
    "comparison": "w < 1",
    "logic": "w and w",
    "negation": "not w",
    "bits": "~1 | 2 ^ 3 << 4",
    "remainder": "w % 2",
    "floor division": "w // 2",
    "matrix product": "w @ w",
    "yield": "(yield w)",
    "await": "await w",
    "boolean": "True",
    "none": "None",
    "ellipsis": "...",
    "complex number": "1j",
    "infinite number": "1e999",
    "huge integer": "9" * 900,
    "tower of powers": "9**9**9",
    "tower inside": "w*9**9**9",
    "tower of floats": "1e300**2.0",
    "one by zero": "w*(1/0)",
    "zero by zero": "0/0",
    "root of minus one": "sqrt(-1)",
    "fractional power below zero": "(-8)**0.5",
    "logarithm of zero": "log(0)",
    "unclosed": "(w",
    "empty": "",
    "blank": " \n\t ",
    "null byte": "w\0",
    "escaped newline": "w\\\n.__class__",
    "second line": "w\nimport os",
    "semicolon": "w; import os",
    "surrogate": "w\ud800",
    "right-to-left override": "w\u202e+1",
    "zero-width space": "w\u200b",
    "fullwidth digit": "\uff11",
    "fullwidth letter": "\uff57",
    "comment": "w # all of it",
    "look-alike letter": "\u03c9",
    "unicode minus": "w \u2212 1",
    "line separator": "w\u2028+ q",
    "many brackets": "(" * 300 + "w" + ")" * 300,
    "many minuses": "-" * 900 + "w",
    "many functions": "abs(" * 150 + "w" + ")" * 150,
    "many brackets unclosed": "(" * 900,
    "too deep": "abs(" * (MAX_DEPTH + 1) + "w" + ")" * (MAX_DEPTH + 1),
    "too many terms": "+".join(["w"] * (MAX_DEPTH + 2)),
    "too long": "w" + " " * MAX_LENGTH + "+ w",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_refused_in_one_line(text):
    with pytest.raises(Refused) as caught:
        parsed(text)

    message = str(caught.value)
    assert message.isprintable() and message.startswith("here") and len(message) < 250


@pytest.mark.parametrize("text", [None, 3, b"w", ["w"], ast.Name("w")])
def test_what_is_no_text_is_refused(text):
    with pytest.raises(Refused, match="an expression of 1 to 1000 characters is allowed"):
        parsed(text)


@FIXED
@given(st.text(alphabet="wr_pe0129.+-*/()[]{}=:,'\"\\@%&|~<> \n\0expimotlambdafv\u202e\uff57", max_size=60) | st.text())
def test_any_text_is_refused_with_the_given_error_or_is_arithmetic(text):
    try:
        tree = parsed(text)
    except Refused as error:
        assert "\n" not in str(error)
    else:
        with np.errstate(all="ignore"):
            assert isinstance(evaluator(tree)(KNOWN), float) and names(tree) <= set(KNOWN)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_no_text_reaches_eval_exec_or_compile_of_code(text, monkeypatch):
    compiled, modes = builtins.compile, []

    def watched(source, filename, mode, flags=0, *rest, **named):
        modes.append(flags & ast.PyCF_ONLY_AST)
        return compiled(source, filename, mode, flags, *rest, **named)

    monkeypatch.setattr(builtins, "compile", watched)
    monkeypatch.setattr(builtins, "eval", lambda *_: pytest.fail("eval was called"))
    monkeypatch.setattr(builtins, "exec", lambda *_: pytest.fail("exec was called"))
    with pytest.raises(Refused):
        parsed(text)

    assert all(modes)


def test_an_unknown_name_is_answered_with_the_known_ones():
    with pytest.raises(Refused, match="uses 'r_past', which is not known here; known: A_plus, debt, r_pre, w, zero"):
        parsed("A_plus*r_past")


def test_an_unknown_function_is_answered_with_the_known_ones():
    with pytest.raises(Refused, match="calls 'sin'; functions allowed: exp, .*, rectify, step, minimum, maximum"):
        parsed("sin(w)")


def test_depth_is_allowed_up_to_its_limit():
    deepest, too_deep = ("abs(" * depth + "w" + ")" * depth for depth in (MAX_DEPTH, MAX_DEPTH + 1))

    assert evaluator(parsed(deepest))(KNOWN) == 0.5
    with pytest.raises(Refused, match="nests deeper"):
        parsed(too_deep)


@pytest.mark.parametrize(("text", "n"), [("minimum(w)", "1"), ("maximum(w, w, w)", "3"), ("minimum()", "0")])
def test_a_function_of_two_arguments_says_so(text, n):
    with pytest.raises(Refused, match=f"gives {n} to m.*imum, which takes 2 arguments, separated by a comma"):
        parsed(text)


def test_a_function_of_one_argument_says_so():
    with pytest.raises(Refused, match="gives 2 to step, which takes 1 argument$"):
        parsed("step(w, w)")


@pytest.mark.parametrize(
    "text", ["after(r_pre)", "after(w + 1)", "after(after(w))", "after(w, w)", "after(x=w)", "after()"]
)
def test_a_mark_stands_around_one_of_the_names_allowed(text):
    with pytest.raises(Refused, match=r"^here = .* uses 'after\(.*\)'; allowed: after\(debt\) or after\(w\)$"):
        parsed(text, after=("w", "debt"))


def test_a_mark_where_nothing_is_marked_is_refused():
    with pytest.raises(Refused, match="uses 'after', which is not allowed here; functions allowed: exp"):
        parsed("w*after(w)")


@pytest.mark.parametrize("name", ["after", "step", "minimum", "maximum", "xi"])
def test_no_number_takes_the_name_of_a_function_or_of_the_mark(name):
    assert is_reserved(name)
