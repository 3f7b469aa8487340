"""Parts of a page as docutils has them: text as it is, in which no sign means anything."""

from collections.abc import Mapping, Sequence
from html import escape

from docutils import nodes
from sphinx import addnodes

Text = str | nodes.Node


def paragraph(*parts: Text) -> nodes.paragraph:
    """A paragraph of text and of parts that are made already."""
    return nodes.paragraph("", "", *(nodes.Text(part) if isinstance(part, str) else part for part in parts))


def bold(text: str) -> nodes.strong:
    return nodes.strong("", text)


def code(text: str, *, is_block: bool = False, look: str = "") -> nodes.Node:
    """Code, in a line or as a block of its own, which a keyboard can scroll."""
    if not is_block:
        return nodes.literal("", text)
    return nodes.literal_block(text, text, language="text", classes=[look] if look else [])


def reference(text: str, page: str) -> nodes.Node:
    """A link to a page beside this one."""
    found = addnodes.pending_xref(
        "", nodes.literal("", text), reftype="doc", refdomain="std", reftarget=page, refexplicit=True, refwarn=True
    )
    return found


def definitions(sections: Mapping[str, Sequence[nodes.Node]]) -> nodes.definition_list:
    """Headings, with what belongs to each beneath it."""
    items = [
        nodes.definition_list_item("", nodes.term("", heading), nodes.definition("", *body))
        for heading, body in sections.items()
    ]
    return nodes.definition_list("", *items)


def told(lines: Sequence[str]) -> list[nodes.Node]:
    """A sentence as a paragraph, several as a list."""
    if len(lines) == 1:
        return [ticked(lines[0])]
    return [nodes.bullet_list("", *(nodes.list_item("", ticked(line)) for line in lines))]


def ticked(line: str) -> nodes.paragraph:
    """A sentence in which what stands in backticks is code."""
    return paragraph(*(code(part) if number % 2 else part for number, part in enumerate(line.split("`"))))


def rows(columns: Sequence[str], cells: Sequence[Sequence[Text]], *, has_head: bool = True) -> nodes.container:
    """A table, that is scrolled by itself where it is wider than the page."""
    group = nodes.tgroup("", *(nodes.colspec("", colwidth=1) for _ in columns), cols=len(columns))
    if has_head:
        group += nodes.thead("", _row(columns))
    group += nodes.tbody("", *map(_row, cells))
    return nodes.container("", nodes.table("", group), classes=["wide"])


def headed(heading: str, shown: nodes.Node) -> list[nodes.Node]:
    """What is shown, beneath its heading where it has one."""
    return [*([paragraph(nodes.emphasis("", heading))] if heading else []), shown]


def folded(heading: str, shown: nodes.Node) -> list[nodes.Node]:
    """What opens when its heading is pressed, without a script."""
    start = f"<details><summary>{escape(heading or 'table')}</summary>"
    return [nodes.raw("", start, format="html"), shown, nodes.raw("", "</details>", format="html")]


def _row(cells: Sequence[Text]) -> nodes.row:
    return nodes.row("", *(nodes.entry("", paragraph(cell)) for cell in cells))
