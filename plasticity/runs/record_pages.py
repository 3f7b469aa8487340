"""The page of a rule or a neuron in the gallery: its picture, and all that `plasticity show` tells of it."""

from html import escape

from plasticity.errors import printable
from plasticity.neurons import Neuron
from plasticity.plots import picture
from plasticity.plots.portraits import draw, portrait_of
from plasticity.rules import Rule
from plasticity.runs.gallery import Page
from plasticity.studies.cards import Card, card


def record_page(record: Rule | Neuron, format: str = "png") -> Page:
    """Draw a rule or a neuron, and tell what there is to say of it; a neuron is simulated in Brian2."""
    found, portrait = card(record), portrait_of(record)
    name = f"{found.kind}_{record.name}"
    contents = {
        f"figure.{format}": picture(
            lambda figure: draw(figure, portrait),
            size=portrait.size,
            caption=portrait.caption,
            title=record.summary,
            format=format,
        )
    }
    return Page(name, contents, _section(found, name, portrait.caption, format), found.kind)


def _section(found: Card, name: str, caption: str, format: str) -> str:
    picture = f"{escape(name)}/figure.{format}"
    rows = "".join(
        f"<tr><th>{escape(heading)}</th><td>{'<br>'.join(escape(printable(line)) for line in lines)}</td></tr>\n"
        for heading, lines in found.sections.items()
        if lines
    )
    return (
        f'<section id="{escape(name)}">\n<h2>{escape(found.name)}</h2>\n'
        f"<p><strong>{escape(printable(found.summary))}</strong></p>\n"
        f'<a href="{picture}"><img src="{picture}" alt="{escape(printable(caption))}"></a>\n'
        f"<table>\n{rows}</table>\n</section>\n"
    )
