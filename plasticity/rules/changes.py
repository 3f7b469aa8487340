"""The jumps of a rule, derived from the texts of its record: softened, in terms, each with the sign that it keeps."""

import ast
from collections.abc import Mapping
from typing import TYPE_CHECKING

from plasticity.expressions import names, sign, terms
from plasticity.rules.conventions import WEIGHT
from plasticity.rules.deriving import softened, with_partner
from plasticity.rules.parts import Jump

if TYPE_CHECKING:
    from plasticity.rules.system import System
    from plasticity.rules.variables import Variable


def jumps_of(found: "System", variable: "Variable") -> tuple[Jump, ...]:
    """The jumps of one variable, in the order of the record; those of w as changes, set ones too."""
    jumps = []
    for event, texts in variable.changes.items():
        for text in texts:
            is_set = text.startswith("=")
            change = text.removeprefix("=")
            what = f"the jump of {variable.name} at {event}"
            after = found.jumping(event)
            tree = found.parsed(change, what, after=after)
            if variable is not found.rule.weight:
                jumps.append(Jump(variable.name, event, tree, tree, is_set, sign(tree, found.signs)))
                continue
            change = f"({change}) - {WEIGHT}" if is_set else change
            for term in _terms(found, change, found.parsed(change, what, after=after)):
                hard = with_partner(found.parsed(term, what, after=after), found.empty_first)
                soft = with_partner(found.parsed(softened_change(found, term), what, after=after), found.empty_first)
                jumps.append(Jump(variable.name, event, soft, hard, False, sign(hard, found.signs)))
    return tuple(jumps)


def softened_change(found: "System", change: str) -> str:
    """A change of w as it is with soft bounds, if the rule has them."""
    if not found.rule.bounds.is_soft:
        return change
    tree = found.parsed(change, "a change of w", after=found.jumping())
    return softened(change, sign(tree, found.signs), found.rule.bounds)


def lasting_signs(found: "System") -> dict[str, int]:
    """The signs of names that never change theirs, as `expressions.sign` takes them."""
    signs = {name: (value > 0) - (value < 0) for name, value in found.rule.values.items()}
    signs |= {WEIGHT: 1} if found.rule.bounds.lower >= 0 else {}
    for variable in found.rule.state:
        if _is_never_negative(found, variable, signs):
            signs |= {variable.name: 1, f"after({variable.name})": 1}
    return signs


def _is_never_negative(found: "System", variable: "Variable", signs: Mapping[str, int]) -> bool:
    if variable.bounds.lower >= 0:
        return True
    if variable.name in found.noises or found.start(variable) < 0:
        return False
    decay = found.decays.get(variable.name)
    if variable.name in found.flows_of_state and not (decay and decay.rest >= 0):
        return False
    texts = [text.removeprefix("=") for texts in variable.changes.values() for text in texts]
    trees = [found.parsed(text, f"a jump of {variable.name}", after=found.jumping()) for text in texts]
    return all(sign(tree, signs) in (0, 1) for tree in trees)


def _terms(found: "System", change: str, tree: ast.expr) -> list[str]:
    """A change of w as it is made by the conventions of the rule: whole, or in terms."""
    is_whole = found.rule.conventions.terms == "together" or WEIGHT in names(tree) or found.rule.bounds.is_soft
    if is_whole or sign(tree, found.signs) is not None:
        return [change]
    return [ast.unparse(term) for term in terms(tree)]
