"""The values of expressions at the borders of where they have one."""

import ast
from collections.abc import Callable, Mapping
from functools import lru_cache, reduce
from typing import Any

import numpy as np

from plasticity.expressions import above_zero, evaluator


@lru_cache(maxsize=1024)
def defined(tree: ast.expr) -> Callable[[Mapping[str, Any]], Any]:
    """The value of a change; NaN where it divides by zero, or takes the logarithm of what is not above zero.

    Kept: a rule is taken apart once, and so its trees are the same from one run to the next.
    """
    value, arguments = evaluator(tree), [evaluator(argument) for argument in above_zero(tree)]
    if not arguments:
        return value
    return lambda values: np.where(_all_above_zero(arguments, values), value(values), np.nan)


def _all_above_zero(arguments: list[Callable[[Mapping[str, Any]], Any]], values: Mapping[str, Any]) -> Any:
    return reduce(np.logical_and, (argument(values) > 0 for argument in arguments), True)
