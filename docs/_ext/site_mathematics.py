"""Mathematics as MathML, which browsers draw by themselves: no script, no font, nothing to load."""

from typing import Any

from docutils import nodes
from docutils.utils.math import latex2mathml
from sphinx.application import Sphinx


def mathml(latex: str, *, is_block: bool) -> str:
    """The MathML of an equation in LaTeX. Raises MathError for what is none, which fails the build."""
    return str(latex2mathml.tex2mathml(latex.strip(), as_block=is_block))


def visit_inline(writer: Any, node: nodes.math) -> None:
    writer.body.append(f'<span class="math">{mathml(node.astext(), is_block=False)}</span>')
    raise nodes.SkipNode


def visit_block(writer: Any, node: nodes.math_block) -> None:
    writer.body.append(f'<div class="math" tabindex="0">{mathml(node.astext(), is_block=True)}</div>\n')
    raise nodes.SkipNode


def setup(app: Sphinx) -> dict[str, Any]:
    """As a renderer of mathematics that Sphinx chooses, in place of a script."""
    app.add_html_math_renderer("mathml", (visit_inline, None), (visit_block, None))
    app.config.html_math_renderer = "mathml"
    return {"parallel_read_safe": True}
