"""What the LaTeX of rules and of neurons has in common: lines, a legend of signs, and the table of parameters."""

import ast
from collections.abc import Sequence

from plasticity.export.header import plain
from plasticity.export.latex_words import mathematics, quantity, symbol, text
from plasticity.parameters import Parameter
from plasticity.quantities import in_unit

LAG = r"\Delta t"
NEEDS = "Needs the package amsmath. "


def legend(rows: Sequence[str]) -> str:
    """What the signs mean that are not everybody's."""
    signs = {
        r"]_{+}": "[x]_+ is x where it is above 0, else 0",
        r"\Theta": "Theta is 1 above 0, else 0",
        r"^{\prime}": "a prime is a value as its own jump at the same event leaves it",
        r"\xi": "xi is white noise, or a normal random number at an event",
        LAG: "Delta t is t_post - t_pre",
        r"\nu_": "nu are the rates of independent Poisson spikes",
        "weight }W": "W is the weight of a synapse",
    }
    told = "; ".join(words for sign, words in signs.items() if any(sign in row for row in rows))
    return f"{told[:1].upper()}{told[1:]}." if told else ""


def fragment(comment: str, rows: Sequence[str], parameters: Sequence[Parameter]) -> str:
    """The equations, a row each, and beneath them a table of the parameters; `comment` stands above."""
    lines = [comment, "", r"\begin{align*}"]
    lines += [f"  {row}" + (r" \\" if number < len(rows) else "") for number, row in enumerate(rows, start=1)]
    lines += [r"\end{align*}"]
    if parameters:
        lines += ["", r"\begin{tabular}{llp{0.55\linewidth}}", r"  symbol & value & meaning \\ \hline"]
        lines += [
            rf"  ${symbol(p.name)}$ & ${quantity(float(in_unit(p.value, p.unit)), p.unit)}$ & {_meaning(p)} \\"
            for p in parameters
        ]
        lines += [r"\end{tabular}"]
    return "\n".join([*lines, ""])


def _meaning(parameter: Parameter) -> str:
    return text(plain(parameter.meaning))


def rate_of(name: str) -> str:
    return rf"\frac{{\mathrm{{d}} {symbol(name)}}}{{\mathrm{{d}} t}}"


def factor(tree: ast.expr) -> str:
    """An expression as a factor of a product: a sum in brackets."""
    written = mathematics(tree)
    return (
        rf"\left({written}\right)"
        if isinstance(tree, ast.BinOp) and isinstance(tree.op, ast.Add | ast.Sub)
        else written
    )
