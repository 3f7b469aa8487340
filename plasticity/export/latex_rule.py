"""Rules as equations in LaTeX, with a table of their parameters."""

import ast
from collections.abc import Callable, Sequence

from plasticity.errors import RuleError
from plasticity.export.header import header
from plasticity.export.latex_fragment import LAG, NEEDS, factor, fragment, legend, rate_of
from plasticity.export.latex_words import mathematics, symbol, text, turned
from plasticity.export.proved import of_rule
from plasticity.expressions import parse
from plasticity.rules import Rule
from plasticity.rules.conventions import WEIGHT
from plasticity.rules.mean_forms import mean_form
from plasticity.rules.pair_windows import NoClosedForm, pair_window
from plasticity.rules.system import System, system
from plasticity.rules.variables import Event, Variable

_LONGEST = 400  # characters of a line of mathematics; a longer mean drift fills a page and is left out
_RATES = {"pre": r"\nu_{\mathrm{pre}}", "post": r"\nu_{\mathrm{post}}"}


def rule_equations(rule: Rule, command: str = "") -> str:
    """Flows, jumps, bounds, window and mean drift of a rule, and its parameters."""
    rows = rule_rows(rule)
    notes = [NEEDS + legend(rows), *(_missing(rule)), *of_rule(rule)]
    return fragment(header(rule, "latex", notes, mark="%", command=command), rows, rule.parameters)


def rule_rows(rule: Rule) -> list[str]:
    """The lines of the equations of a rule, aligned at &."""
    found = system(rule)
    rows = [_flow(found, variable) for variable in (*rule.state, rule.weight)]
    rows += [row for event in rule.events for row in _at(found, event)]
    if str(rule.bounds) != "unbounded":
        rows.append(_bounds(rule))
    if rule.transmits != WEIGHT:
        sent = mathematics(found.transmits)
        rows.append(rf"\text{{a presynaptic spike transmits}}\quad & {sent}")
    return [row for row in [*rows, *_window(rule), *_drift(rule)] if row]


def _flow(found: System, variable: Variable) -> str:
    if variable.name not in found.flows and variable.name not in found.noises:
        return ""
    is_soft = variable is found.rule.weight and found.rule.bounds.is_soft
    flow = found.flows.get(variable.name)
    if flow is not None and not is_soft:
        flow = found.parsed(variable.flow, "a flow")
    terms = [mathematics(flow)] if flow is not None else []
    terms += [rf"{factor(found.noises[variable.name])}\,\xi(t)"] if variable.name in found.noises else []
    return rf"{rate_of(variable.name)} &= {' + '.join(terms)}"


def _at(found: System, event: Event) -> list[str]:
    """What an event does, a row a change; the weight first."""
    rule, rows = found.rule, []
    name = f"a {event}synaptic spike" if event in ("pre", "post") else text(event)
    for variable in rule.variables:
        x = symbol(variable.name)
        if variable is rule.weight and rule.bounds.is_soft:
            changes = [(jump.tree, False) for jump in found.jumps[WEIGHT] if jump.event == event]
        else:
            changes = [_change(found, change) for change in variable.changes.get(event, ())]
        for change, is_set in changes:
            after = mathematics(change if is_set else _sum(ast.Name(variable.name), change))
            rows.append(rf"\text{{at {name}}}\quad {x} &\to {after}")
        if event in variable.scatter:
            deviation = factor(found.parsed(variable.scatter[event], "a scatter"))
            rows.append(rf"\text{{at {name}}}\quad {x} &\to {x} + {deviation}\,\xi")
    return rows


def _change(found: System, change: str) -> tuple[ast.expr, bool]:
    return found.parsed(change.removeprefix("="), "a jump", after=found.jumping()), change.startswith("=")


def _sum(left: ast.expr, right: ast.expr) -> ast.expr:
    """A sum, whose second part may begin with a minus."""
    if (positive := turned(right)) is not None:
        return ast.BinOp(left, ast.Sub(), positive)
    if isinstance(right, ast.BinOp) and isinstance(right.op, ast.Sub):
        return ast.BinOp(ast.BinOp(left, ast.Add(), right.left), ast.Sub(), right.right)
    return ast.BinOp(left, ast.Add(), right)


def _bounds(rule: Rule) -> str:
    bounds = rule.bounds
    upper = rf" \leq {bounds.upper:g}" if bounds.upper < float("inf") else ""
    lower = rf"{bounds.lower:g} \leq " if bounds.lower > -float("inf") else ""
    return rf"\text{{clipped to}}\quad & {lower}w{upper}"


def _window(rule: Rule) -> list[str]:
    try:
        window = pair_window(rule)
    except NoClosedForm:
        return []
    known = [*system(rule).known, window.lag]
    name = _named({window.lag: LAG})
    at = mathematics(_read(window.turns_at, known), name)
    rows = []
    for side, sign in ((window.pre_first, ">"), (window.post_first, "<")):
        change = mathematics(_read(side, known), name)
        rows.append(rf"\Delta w &= {change} \quad\text{{for }} {LAG} {sign} {at}")
    return rows


def _drift(rule: Rule) -> list[str]:
    try:
        mean = mean_form(rule)
    except NoClosedForm:
        return []
    if mean.drift == "0":
        return []
    names = {mean.pre: _RATES["pre"], mean.post: _RATES["post"]}
    drift = mathematics(_read(mean.drift, [*system(rule).known, mean.pre, mean.post]), _named(names))
    row = rf"\left\langle {rate_of('w')} \right\rangle &= {drift}"
    return [row] if len(row) <= _LONGEST else []


def _missing(rule: Rule) -> list[str]:
    """Why window or mean drift are not there."""
    told = []
    for what, form in (("window of a pair", pair_window), ("mean drift", mean_form)):
        try:
            form(rule)
        except NoClosedForm as error:
            told.append(f"No {what} in closed form: {error}.")
    if not told and not _drift(rule):
        told.append("Its mean drift is longer than a line; 'plasticity show' prints it.")
    return told


def _named(names: dict[str, str]) -> Callable[[str], str]:
    return lambda name: names.get(name) or symbol(name)


def _read(expression: str, known: Sequence[str]) -> ast.expr:
    return parse(expression, known=known, where="a closed form", error=RuleError)
