"""A report as a piece of a page: in a notebook, the cell that checks a record shows it."""

from base64 import b64encode
from html import escape

from plasticity.authoring.report import Report
from plasticity.errors import printable

_COLOURS = {"fine": "#007a55", "differs": "#b34700", "faulty": "#b3261e"}  # each 4.5:1 on white and more


def as_html(report: Report) -> str:
    """The verdict, what is wrong, what to ask, the pictures, and the sections."""
    colour = _COLOURS[report.status]
    parts = [f'<p><strong style="color:{colour}">{_text(report.title)}</strong></p>']
    parts += _list("", [fault.text for fault in report.faults])
    parts += _list("A careful reader would ask:", report.warnings)
    for name, content in report.files.items():
        if name.endswith(".png"):
            data = b64encode(content).decode("ascii")
            parts.append(f'<img alt="{_text(report.name)}" style="max-width:100%" src="data:image/png;base64,{data}">')
    for heading, lines in report.sections.items():
        if lines:
            told = "<br>".join(map(_text, lines))
            parts.append(f"<p><em>{_text(heading)}</em><br>{told}</p>")
    return "\n".join(parts)


def _list(heading: str, lines: "tuple[str, ...] | list[str]") -> list[str]:
    if not lines:
        return []
    items = "".join(f"<li>{_text(line)}</li>" for line in lines)
    return [*([f"<p>{_text(heading)}</p>"] if heading else []), f"<ul>{items}</ul>"]


def _text(text: str) -> str:
    return escape(printable(text))
