"""The little language: what is refused, and that what is accepted means what Python means by it."""

import ast
import builtins
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plasticity.expressions import MAX_DEPTH, MAX_LENGTH, evaluator, is_reserved, names, parse, sign, written

FIXED = settings(derandomize=True, deadline=None, max_examples=300)
KNOWN = {"w": 0.5, "r_pre": 1.25, "A_plus": 0.005, "zero": 0.0, "debt": -2.0}

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


class Refused(ValueError):
    """The error that the caller asks for."""


def parsed(text, after=()) -> ast.expr:
    return parse(text, known=KNOWN, where="here", error=Refused, after=after)


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


def test_an_expression_is_evaluated_on_arrays_by_broadcasting():
    w, r_pre = np.array([[0.1], [0.2]]), np.array([1.0, 2.0, 3.0])

    value = evaluator(parsed("A_plus*r_pre - w"))({**KNOWN, "w": w, "r_pre": r_pre})

    np.testing.assert_array_equal(value, 0.005 * r_pre - w)


def test_names_are_renamed_where_they_are_written_and_functions_are_not():
    assert written(parsed("exp(w)*r_pre"), str.upper) == "(exp(W) * R_PRE)"


def test_names_are_those_of_values_not_of_functions():
    assert names(parsed("exp(w)*A_plus + tanh(2)")) == {"w", "A_plus"}


@pytest.mark.parametrize(("text", "n"), [("minimum(w)", "1"), ("maximum(w, w, w)", "3"), ("minimum()", "0")])
def test_a_function_of_two_arguments_says_so(text, n):
    with pytest.raises(Refused, match=f"gives {n} to m.*imum, which takes 2 arguments, separated by a comma"):
        parsed(text)


def test_a_function_of_one_argument_says_so():
    with pytest.raises(Refused, match="gives 2 to step, which takes 1 argument$"):
        parsed("step(w, w)")


@pytest.mark.parametrize(("x", "expected"), [(-1.0, 0.0), (0.0, 0.0), (-0.0, 0.0), (5e-324, 1.0), (math.inf, 1.0)])
def test_a_step_is_one_above_zero_and_not_at_zero(x, expected):
    assert evaluator(parsed("step(w)"))({"w": x}) == expected


@pytest.mark.parametrize("text", ["step(w)", "minimum(w, 1)", "minimum(1, w)", "maximum(w, 1)", "maximum(1, w)"])
def test_no_function_makes_a_number_of_nan(text):
    assert math.isnan(evaluator(parsed(text))({"w": math.nan}))


# Marks: `after(u)` is one name, beside `u`.


def test_a_marked_name_is_a_name_of_its_own():
    tree = parsed("-after(w)*w + step(after(r_pre))", after=["w", "r_pre"])

    assert names(tree) == {"after(w)", "w", "after(r_pre)"}
    assert evaluator(tree)({"after(w)": 3.0, "w": 2.0, "after(r_pre)": 1.0}) == -5.0
    assert sign(tree, {"after(w)": -1, "w": 1}) == 1


def test_a_marked_name_is_renamed_whole():
    names_there = {"after(w)": "w_new", "w": "w_x"}

    assert written(parsed("-after( w )*w", after=["w"]), names_there.__getitem__) == "((-w_new) * w_x)"


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


# Random trees: the text and, by Python's own arithmetic, its value.

_PYTHON = {
    "exp": math.exp,
    "log": math.log,
    "sqrt": math.sqrt,
    "abs": abs,
    "tanh": math.tanh,
    "rectify": lambda x: max(x, 0.0),
    "step": lambda x: 1.0 if x > 0 else 0.0,
}
_PYTHON_OF_TWO = {"minimum": min, "maximum": max}
_OPERATIONS = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "**": lambda a, b: a**b,
}
NUMBERS = st.floats(0.0, 1e3) | st.integers(0, 10**6)
LEAVES = NUMBERS.map(lambda x: (repr(x), float(x))) | st.sampled_from(list(KNOWN.items()))


def _combined(parts):
    binary = st.tuples(parts, st.sampled_from(sorted(_OPERATIONS)), parts).map(_operation)
    unary = st.tuples(st.sampled_from("+-"), parts).map(_signed)
    of_two = st.tuples(st.sampled_from(sorted(_PYTHON_OF_TWO)), parts, parts).map(_called_with_two)
    return binary | unary | of_two | st.tuples(st.sampled_from(sorted(_PYTHON)), parts).map(_called)


def _value(function, *operands):
    """What Python makes of it; None where it has no finite real answer."""
    try:
        value = None if None in operands else function(*operands)
    except (ArithmeticError, ValueError):
        return None
    return value if isinstance(value, float) and math.isfinite(value) else None


def _operation(parts):
    (left, a), symbol, (right, b) = parts
    return f"({left}) {symbol} ({right})", _value(_OPERATIONS[symbol], a, b)


def _signed(parts):
    symbol, (text, a) = parts
    return f"{symbol}({text})", _value(lambda x: -x if symbol == "-" else x, a)


def _called(parts):
    function, (text, a) = parts
    return f"{function}({text})", _value(_PYTHON[function], a)


def _called_with_two(parts):
    function, (left, a), (right, b) = parts
    return f"{function}({left}, {right})", _value(_PYTHON_OF_TWO[function], a, b)


TREES = st.recursive(LEAVES, _combined, max_leaves=12).filter(lambda tree: tree[1] is not None and len(tree[0]) < 1000)

# NumPy's functions may differ from the C library's in the last bit; powers magnify that, differences lay it bare.
CLOSE = {"rel": 1e-9, "abs": 1e-12}


@FIXED
@given(TREES)
def test_the_evaluator_agrees_with_the_arithmetic_of_python(tree):
    text, expected = tree

    assert float(evaluator(parsed(text))(KNOWN)) == pytest.approx(expected, **CLOSE)


@FIXED
@given(TREES)
def test_what_is_written_out_means_the_same(tree):
    again = written(parsed(tree[0]))
    clip = {"clip": lambda x, low, high: min(max(x, low), high), "inf": math.inf, "int": int}

    value = _by_python(ast.parse(again, mode="eval").body, KNOWN | clip | _PYTHON)

    assert value == pytest.approx(tree[1], **CLOSE)


def _by_python(node, scope):
    """Walks written text with Python's operators, as a code generator would."""
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.Name):
        return scope[node.id]
    if isinstance(node, ast.UnaryOp):
        return -_by_python(node.operand, scope)
    if isinstance(node, ast.Call):
        return scope[node.func.id](*(_by_python(argument, scope) for argument in node.args))
    if isinstance(node, ast.Compare):
        assert isinstance(node.ops[0], ast.Gt)
        return _by_python(node.left, scope) > _by_python(node.comparators[0], scope)
    symbol = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "**"}[type(node.op)]
    return _OPERATIONS[symbol](_by_python(node.left, scope), _by_python(node.right, scope))


# Signs: what `sign` says of a text holds for every value that its names may take.

SIGNS = {"up": 1, "down": -1, "none": 0}
RANGES = {"up": (0.0, 9.0), "down": (-9.0, 0.0), "none": (0.0, 0.0), "any": (-9.0, 9.0)}
SIGN_LEAVES = st.sampled_from([(name, None) for name in RANGES]) | st.sampled_from([("2", None), ("0", None)])
SIGN_TREES = st.recursive(SIGN_LEAVES, _combined, max_leaves=6).map(lambda tree: tree[0])


def sign_of(text):
    return sign(parse(text, known=RANGES, where="here", error=Refused), SIGNS)


@settings(FIXED, max_examples=1500)
@given(SIGN_TREES, st.fixed_dictionaries({name: st.floats(*limits) for name, limits in RANGES.items()}))
def test_the_sign_of_a_text_holds_for_all_values(text, values):
    try:
        tree = parse(text, known=RANGES, where="here", error=Refused)
        with np.errstate(divide="raise", invalid="raise", over="ignore", under="ignore"):
            value = evaluator(tree)({name: np.float64(x) for name, x in values.items()})
    except (Refused, FloatingPointError):  # 0/0 and the like have no sign
        return

    claimed = sign(tree, SIGNS)
    assert claimed is None or value * claimed >= 0 and (claimed or value == 0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("-down*up", 1),
        ("up/down", -1),
        ("up - down", 1),
        ("down - up", -1),
        ("up + down", None),
        ("none*any", None),
        ("none*up", 0),
        ("up + none", 1),
        ("none - up", -1),
        ("up/none", None),
        ("up**any", 1),
        ("any**2", None),
        ("exp(any)", 1),
        ("log(up)", None),
        ("tanh(down)", -1),
        ("rectify(any)", 1),
        ("step(any)", 1),
        ("step(down)", 0),
        ("step(none)", 0),
        ("minimum(up, 2)", 1),
        ("minimum(any, down)", -1),
        ("minimum(none, any)", -1),
        ("minimum(up, none)", 0),
        ("minimum(up, any)", None),
        ("maximum(down, -2)", -1),
        ("maximum(up, any)", 1),
        ("maximum(any, none)", 1),
        ("maximum(none, down)", 0),
        ("maximum(down, any)", None),
        ("-(2*up)", -1),
        ("+(-(-2))", 1),
        ("any", None),
    ],
)
def test_the_sign_of_a_text_is_known_as_far_as_its_names_tell(text, expected):
    assert sign_of(text) == expected
