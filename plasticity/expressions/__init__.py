"""The little language of rules and neurons: arithmetic, powers, and a few named functions.

An expression is text such as `A_plus*r_pre`. It is parsed with `ast`, every node is checked against an
allow-list, and then either evaluated by a tree of closures on NumPy numbers or written out again, fully
parenthesised, for a code generator. No text is ever given to `eval`, `exec`, or a generator unchecked.
"""

from plasticity.expressions.algebra import above_zero, sign, terms
from plasticity.expressions.functions import FUNCTIONS, MARK, is_reserved
from plasticity.expressions.parsing import MAX_DEPTH, MAX_LENGTH, parse
from plasticity.expressions.reading import evaluator, names, require_tree, written
from plasticity.expressions.substitution import substituted

__all__ = [
    "FUNCTIONS",
    "MARK",
    "MAX_DEPTH",
    "MAX_LENGTH",
    "above_zero",
    "evaluator",
    "is_reserved",
    "names",
    "parse",
    "require_tree",
    "sign",
    "substituted",
    "terms",
    "written",
]
