"""Small pieces of HTML for what a notebook or a report shows of a record: escaped, with no script and nothing fetched.

Colours are those of the place where it stands, light or dark; a picture has white paper beneath it.
"""

from base64 import b64encode
from collections.abc import Iterable, Sequence
from html import escape

from plasticity.errors import printable

_KINDS = {"png": "image/png", "svg": "image/svg+xml"}
_CELL = "text-align:left;vertical-align:top;padding:0.1em 0.9em 0.1em 0"
_NUMBER = "text-align:right;vertical-align:top;padding:0.1em 0.9em 0.1em 0"


def block(name: str, text: str, *parts: str) -> str:
    """A record: its name, a sentence, and what there is to say of it, which is HTML."""
    head = f"<p><b>{written(name)}</b> {written(text)}</p>"
    return f'<div style="max-width:62em;text-align:left">{head}{"".join(parts)}</div>'


def written(text: object) -> str:
    """Text as HTML: nothing in it is markup, nothing in it moves a cursor."""
    return escape(printable(str(text)))


def paragraph(text: object) -> str:
    return f"<p>{written(text)}</p>"


def lines(text: str) -> str:
    """Text that is laid out already, as a terminal shows it."""
    shown = "\n".join(printable(line) for line in text.splitlines())
    return f'<pre style="white-space:pre-wrap">{escape(shown)}</pre>'


def facts(rows: Iterable[tuple[str, str]]) -> str:
    """Labels and texts in two columns."""
    label = f"{_CELL};opacity:0.7;white-space:nowrap"
    cells = (
        f'<tr><th style="{label};font-weight:normal">{written(name)}</th><td style="{_CELL}">{written(text)}</td></tr>'
        for name, text in rows
    )
    return f"<table><tbody>{''.join(cells)}</tbody></table>"


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table; numbers, and texts that begin like one, stand on the right."""
    heads = "".join(f'<th scope="col" style="{_NUMBER}">{written(name)}</th>' for name in head)
    body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"


def image(content: bytes, format: str, text: str) -> str:
    """A picture within the page, which says what is seen to whoever cannot see it. Format: png or svg."""
    data = f"data:{_KINDS[format]};base64,{b64encode(content).decode('ascii')}"
    style = "max-width:100%;background:white;padding:0.3em"
    return f'<p><img src="{data}" alt="{written(text)}" style="{style}"></p>'


def _cell(value: object) -> str:
    text = str(value)
    is_number = text[:1].isdigit() or text[:2].lstrip("+-")[:1].isdigit()
    return f'<td style="{_NUMBER if is_number else _CELL}">{written(text)}</td>'
