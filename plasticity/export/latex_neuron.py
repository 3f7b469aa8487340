"""Neurons as equations in LaTeX, with a table of their parameters."""

import ast
import copy

from plasticity.export.header import header
from plasticity.export.latex_fragment import NEEDS, factor, fragment, legend, rate_of
from plasticity.export.latex_words import mathematics, symbol, text
from plasticity.export.proved import of_neuron
from plasticity.neurons import Neuron
from plasticity.neurons.equations import CURRENT, tree

_GUARDED = "x/(1 - exp(-x)) is written without what keeps it finite at x = 0. "


def neuron_equations(neuron: Neuron, command: str = "") -> str:
    """Flows, threshold and reset of a neuron, what its synapses do, and its parameters."""
    rows = neuron_rows(neuron)
    guarded = _GUARDED if any("tanh" in variable.flow for variable in neuron.variables) else ""
    notes = [f"{NEEDS}{guarded}{legend(rows)}", *of_neuron(neuron)]
    return fragment(header(neuron, "latex", notes, mark="%", command=command), rows, neuron.parameters)


def neuron_rows(neuron: Neuron) -> list[str]:
    """The lines of the equations of a neuron, aligned at &."""
    rows = []
    for variable in neuron.variables:
        flow, *more = _flow(neuron, variable.name)
        noise = rf" + {factor(tree(neuron, variable.noise))}\,\xi(t)" if variable.noise != "0" else ""
        rows += [flow + noise, *more]
    if neuron.hazard:
        rows.append(rf"\text{{fires with the rate}}\quad & {mathematics(tree(neuron, neuron.hazard))}")
    else:
        rows.append(rf"\text{{fires {_when(neuron)}}}\quad & {_above(tree(neuron, neuron.threshold))}")
    spike = {**neuron.reset, **{name: clamp.value for name, clamp in neuron.clamps.items()}}
    rows += [
        rf"\text{{at a spike}}\quad {symbol(name)} &\to {mathematics(tree(neuron, value))}"
        for name, value in spike.items()
    ]
    for name, clamp in neuron.clamps.items():
        after = mathematics(tree(neuron, neuron.reset[name]))
        rows.append(rf"\text{{after }}{symbol(clamp.time)}\quad {symbol(name)} &\to {after}")
    if neuron.refractory:
        rows.append(rf"\text{{refractory for}}\quad & {symbol(neuron.refractory)}")
    for name, receptor in neuron.receptors.items():
        sign = "+" if receptor.direction > 0 else "-"
        change = rf"{symbol(receptor.variable)} {sign} W\,{symbol(receptor.size)}"
        rows.append(rf"\text{{{text(name)}, through a weight }}W\quad {symbol(receptor.variable)} &\to {change}")
    return rows


def _flow(neuron: Neuron, name: str) -> list[str]:
    """The flow of a variable; of a gate, with its rates of opening and closing in lines of their own."""
    flow = _Unguarded().visit(copy.deepcopy(tree(neuron, neuron.variable(name).flow)))
    rates = _rates(flow, name)
    if rates is None:
        return [rf"{rate_of(name)} &= {_written(flow)}"]
    x = symbol(name)
    own = {r"\alpha": rates[0], r"\beta": rates[1]}
    whole = rf"{rate_of(name)} &= \alpha_{{{x}}}\,\left(1 - {x}\right) - \beta_{{{x}}}\,{x}"
    return [whole, *(rf"{letter}_{{{x}}} &= {_written(rate)}" for letter, rate in own.items())]


def _rates(flow: ast.expr, name: str) -> tuple[ast.expr, ast.expr] | None:
    """The rates at which a gate opens and closes, of a flow alpha*(1 - x) - beta*x; None of another."""
    match flow:
        case ast.BinOp(
            ast.BinOp(opening, ast.Mult(), ast.BinOp(ast.Constant(1), ast.Sub(), ast.Name(open))),
            ast.Sub(),
            ast.BinOp(closing, ast.Mult(), ast.Name(closed)),
        ) if open == closed == name:
            return opening, closing
    return None


class _Unguarded(ast.NodeTransformer):
    """Turns x/2 + y/tanh(y), y = max(|x|/2, a little), into x/(1 - exp(-x)), which it is."""

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        match node:
            case ast.BinOp(
                ast.BinOp(x, ast.Div(), ast.Constant(2)),
                ast.Add(),
                ast.BinOp(
                    ast.Call(ast.Name("maximum"), [ast.BinOp(ast.Call(ast.Name("abs"), [same]), ast.Div(), _), _]),
                    ast.Div(),
                    ast.Call(ast.Name("tanh")),
                ),
            ) if ast.dump(x) == ast.dump(same):
                below = ast.BinOp(
                    ast.Constant(1), ast.Sub(), ast.Call(ast.Name("exp"), [ast.UnaryOp(ast.USub(), x)], [])
                )
                return ast.BinOp(x, ast.Div(), below)
        return self.generic_visit(node)  # type: ignore[return-value]


def _written(tree: ast.expr) -> str:
    return mathematics(tree, lambda name: "I" if name == CURRENT else symbol(name))


def _when(neuron: Neuron) -> str:
    return "as it comes to be" if neuron.fires_on == "crossing" else "while"


def _above(threshold: ast.expr) -> str:
    if isinstance(threshold, ast.BinOp) and isinstance(threshold.op, ast.Sub):
        return f"{mathematics(threshold.left)} > {mathematics(threshold.right)}"
    return f"{mathematics(threshold)} > 0"
