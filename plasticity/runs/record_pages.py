"""The section of a rule or a neuron in the gallery: its picture, and all that `plasticity show` tells of it."""

from plasticity.catalogue import Families
from plasticity.errors import printable
from plasticity.markup import written
from plasticity.neurons import FAMILIES as NEURONS
from plasticity.neurons import Neuron
from plasticity.plots import Look, told_caption
from plasticity.plots.figure import panel_letters
from plasticity.plots.portraits import draw, drawn, portrait_of
from plasticity.rules import FAMILIES as RULES
from plasticity.rules import Rule
from plasticity.runs.citing import cited, keys_in
from plasticity.runs.gallery import Page
from plasticity.runs.gallery_parts import BARE, Pictures, facts, figure, folded, pictures, section
from plasticity.studies.cards import Card, card
from plasticity.studies.portraits import Portrait

_SEEN = ("what it is for", "equations")  # at once; the rest is folded
_OTHERS = "of other packages"


def record_page(record: Rule | Neuron, format: str = "png") -> Page:
    """Draw a rule or a neuron, and tell what there is to say of it; a neuron is simulated in Brian2."""
    found, portrait = card(record), portrait_of(record)
    name = f"{found.kind}_{record.name}"
    shown = _pictures(name, record, portrait, format)
    lines = {heading: said for heading, said in found.sections.items() if said} | {"source": (record.source,)}
    return Page(
        name,
        shown.contents,
        _section(name, found, lines, figure(shown, f"{record.name}: {record.summary}", told_caption(portrait.caption))),
        found.kind,
        title=record.name,
        family=_family(record.name, RULES if found.kind == "rule" else NEURONS),
        cites=tuple(key for said in lines.values() for line in said for key in keys_in(line)),
    )


def _pictures(name: str, record: Rule | Neuron, portrait: Portrait, format: str) -> Pictures:
    def seen(look: Look) -> bytes:
        return drawn(portrait, record.summary, format, look)

    return pictures(name, seen(BARE), seen, panel_letters(lambda figure: draw(figure, portrait)), format)


def _section(name: str, found: Card, lines: dict[str, tuple[str, ...]], shown: str) -> str:
    rows = {heading: "<br>".join(cited(printable(line)) for line in said) for heading, said in lines.items()}
    seen = [(heading, rows.pop(heading)) for heading in _SEEN if heading in rows]
    summary = f'<p class="question">{written(found.summary)}</p>\n'
    more = folded("Parameters, conventions, and what else there is to say", facts(rows.items()))
    return section(name, found.name, f"{summary}{shown}{facts(seen)}{more}")


def _family(name: str, families: Families) -> str:
    return next((family for family, pages in families.items() if any(name in page for page in pages.values())), _OTHERS)
