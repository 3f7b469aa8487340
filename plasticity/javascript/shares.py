"""A change of w as a sum over the spikes of the other train, printed: what the ledger of a rule books.

A change is a polynomial in traces, and a trace is a sum over its spikes. Each term is shared out over the traces of
the other train that it has, as `plasticity.events.ledger` does it.
"""

import ast
from collections.abc import Callable, Mapping
from typing import Any

from plasticity.javascript.expressions import printed
from plasticity.javascript.traced import Traced, tree_of
from plasticity.rules.conventions import WEIGHT
from plasticity.rules.parts import Jump
from plasticity.rules.polynomials import NoPolynomial, polynomial
from plasticity.rules.system import System

_ANY = 0.5  # a number that stands for w: only the trees of what is worked out with it are used


def traced_values(found: System) -> dict[str, Any]:
    """The parameters and the ends of the bounds as numbers that know their names."""
    return {name: Traced(value, ast.Name(name)) for name, value in found.values.items()}


def has_pairs(found: System) -> bool:
    """Whether the changes of a rule are sums over pairs of spikes, so that a ledger can be kept by pairs."""
    if found.needs != {"spikes"}:
        return False
    try:
        return all(_partners(found, jump) is not None for jump in found.jumps[WEIGHT])
    except (NoPolynomial, KeyError):
        return False


def partners(found: System, jump: Jump) -> list[str]:
    """The traces of the other train that a change may read."""
    return [name for name, trace in found.traces.items() if trace.event != jump.event]


def share_lines(found: System, jump: Jump, number: int, called: Callable[[str], str]) -> list[str]:
    """The line that says what of a change has no partner, and the factor of each trace of the other train."""
    if not has_pairs(found):
        return []
    lone, factors = _partners(found, jump)
    text = ", ".join(printed(tree, called) for tree in (lone, *factors.values()))
    return [f"if ($kit.shares) $kit.shares({number}, {text});"]


def _partners(found: System, jump: Jump) -> tuple[ast.expr, Mapping[str, ast.expr]]:
    values = {**traced_values(found), WEIGHT: Traced(_ANY, ast.Name(WEIGHT))}
    others = partners(found, jump)
    lone: Any = 0.0
    factors: dict[str, Any] = dict.fromkeys(others, 0.0)
    for powers, coefficient in polynomial(jump.tree, values, list(found.traces)).items():
        own = coefficient
        for name in powers:
            own = own if name in others else own * _trace(name)
        here = [name for name in powers if name in others]
        if not here:
            lone = lone + own
        for place, name in enumerate(here):
            share = own / len(here)
            for rest, other in enumerate(here):
                share = share if rest == place else share * _trace(other)
            factors[name] = factors[name] + share
    return tree_of(lone), {name: tree_of(factor) for name, factor in factors.items()}


def _trace(name: str) -> Traced:
    return Traced(1.0, ast.Name(name))
