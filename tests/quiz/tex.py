"""The value of a formula of the slides, from its TeX as it stands in the lecture's text: for tests of what is quoted.

Sums bind as products do: they end at the next plus or minus outside of brackets. Names are their first letter,
whatever their index; p runs over the first axis of arrays, i and j over the last.
"""

import re

import numpy as np

FUNCTIONS = {r"\log": np.log, r"\ln": np.log}
IGNORED = re.compile(r"\\left|\\right|\\quad|\$|\\text\{[^}]*\}|_\{[a-z]{2}\}|_[a-z](?![\^a-z])|\s")
TOKEN = re.compile(r"\\[a-zA-Z]+|\d+(?:\.\d+)?|.")
SUM = re.compile(r"\\sum_(?:\{([a-z])[^}]*\}|([a-z]))(?:\^\{[^}]*\})?")


def value(tex, **names):
    """The value of an expression with these numbers or arrays in place of its letters; lambda is `rate`."""
    tex = SUM.sub(lambda match: f"@{match.group(1) or match.group(2)}", tex)
    tokens = TOKEN.findall(IGNORED.sub("", tex))
    found = _expression(tokens, names | {r"\lambda": names.get("rate")})
    assert not tokens, f"not understood: {''.join(tokens)}"
    return found


def _expression(tokens, names):
    found = _term(tokens, names)
    while tokens and tokens[0] in "+-":
        sign = 1 if tokens.pop(0) == "+" else -1
        found = found + sign * _term(tokens, names)
    return found


def _term(tokens, names):
    if tokens[0] == "-":
        tokens.pop(0)
        return -_term(tokens, names)
    found = _factor(tokens, names)
    while tokens and tokens[0] not in "+-)}":
        if tokens[0] == "/":
            tokens.pop(0)
            found = found / _factor(tokens, names)
        else:
            found = found * _factor(tokens, names)
    return found


def _factor(tokens, names):
    token = tokens.pop(0)
    if token in "({":
        found = _expression(tokens, names)
        tokens.pop(0)
        return found
    if token == "@":
        axis = 0 if tokens.pop(0) == "p" else -1
        return np.sum(_term(tokens, names), axis=axis, keepdims=True)
    if token == r"\frac":
        above = _factor(tokens, names)
        return above / _factor(tokens, names)
    if token in FUNCTIONS:
        return FUNCTIONS[token](_factor(tokens, names))
    if token == "e":
        assert tokens.pop(0) == "^"
        return np.exp(_factor(tokens, names))
    return float(token) if token[0].isdigit() else names[token]
