"""Parts of the gallery's page as HTML: a figure, whole and a panel a row; what is folded; tables that a phone stacks.

Places of the page that are no experiment, rule or neuron have a dot in their names, as no name of a record has.
"""

import re
import struct
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from plasticity.markup import written
from plasticity.plots import Look

BARE = Look(is_captioned=False)  # the page says the caption as text
TOP = "page.top"
_NOTHING = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="  # one pixel: nothing to load
_SVG_SIZE = re.compile(rb'<svg [^>]*?width="([\d.]+)pt" height="([\d.]+)pt"')


@dataclass(frozen=True)
class Pictures:
    """A figure as files of the page, {path: image}: the whole, and what a phone shows instead, by letter."""

    whole: Mapping[str, bytes]
    narrow: Mapping[str, tuple[str, bytes]]

    @property
    def contents(self) -> dict[str, bytes]:
        """{path: image} of all of them."""
        return {**self.whole, **dict(self.narrow.values())}


def pictures(name: str, whole: bytes, drawn: Callable[[Look], bytes], letters: str, format: str) -> Pictures:
    """The whole figure of a record, and as `drawn` for a phone: each of its panels, or all of it, if it is one."""
    looks = {letter: Look(panel=letter, is_captioned=False) for letter in letters}
    narrow = looks or {"": Look(size="single", is_captioned=False)}
    return Pictures(
        {f"{name}/figure.{format}": whole},
        {letter: (f"{name}.panels/{letter or 'all'}.{format}", drawn(look)) for letter, look in narrow.items()},
    )


def figure(shown: Pictures, alt: str, caption: str) -> str:
    """The whole figure where there is room, panels beneath each other where there is none, and what it shows."""
    whole = "".join(_image(path, content, alt, is_printed=True) for path, content in shown.whole.items())
    narrow = "".join(
        f'<div><b aria-hidden="true">{letter}</b>{_image(path, content, f"Panel {letter}: {alt}")}</div>\n'
        if letter
        else _image(path, content, alt)
        for letter, (path, content) in shown.narrow.items()
    )
    caption = f"<figcaption>{written(caption)}</figcaption>\n" if caption else ""
    return f'<figure>\n<div class="whole">{whole}</div>\n<div class="narrow">{narrow}</div>\n{caption}</figure>\n'


def folded(summary: str, content: str, *, is_open: bool = False) -> str:
    """What is seen when one asks for it, and in print."""
    return f"<details{' open' if is_open else ''}>\n<summary>{written(summary)}</summary>\n{content}</details>\n"


def table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]], *, kind: str = "") -> str:
    """Rows of cells, which are HTML; the first cell of each names it. On a phone each cell says its heading."""
    head = "".join(f'<th scope="col">{written(name)}</th>' for name in heads)
    body = "".join(f"<tr>{_cells(heads, cells)}</tr>\n" for cells in rows)
    caption = f"<caption>{written(caption)}</caption>\n"
    return f'<table class="{kind}">\n{caption}<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>\n'


def facts(rows: Iterable[tuple[str, str]]) -> str:
    """Headings and what there is to say under each, which is HTML."""
    told = "".join(f"<div><dt>{written(heading)}</dt><dd>{text}</dd></div>\n" for heading, text in rows)
    return f'<dl class="facts">\n{told}</dl>\n' if told else ""


def section(name: str, title: str, content: str) -> str:
    """A section of the page under its heading, with the way back."""
    key = written(name)
    return (
        f'<section id="{key}" class="record" aria-labelledby="{key}.title">\n'
        f'<h3 id="{key}.title">{written(title)}</h3>\n{content}'
        f'<p class="back"><a href="#{TOP}">Back to the top</a></p>\n</section>\n'
    )


def _cells(heads: Sequence[str], cells: Sequence[str]) -> str:
    first, *others = cells
    told = zip(heads[1:], others, strict=True)
    return f'<th scope="row">{first}</th>' + "".join(f'<td data-label="{written(h)}">{cell}</td>' for h, cell in told)


def _image(path: str, content: bytes, alt: str, *, is_printed: bool = False) -> str:
    """A picture that leads to its file. One that waits until it is seen is missing on paper; a phone loads panels."""
    width, height = _size(content)
    how = "" if is_printed else ' loading="lazy"'
    shown = f'<img src="{written(path)}" alt="{written(alt)}" width="{width}" height="{height}"{how}>'
    if is_printed:
        shown = f'<picture><source media="screen and (max-width: 600px)" srcset="{_NOTHING}">{shown}</picture>'
    return f'<a href="{written(path)}">{shown}</a>\n'


def _size(content: bytes) -> tuple[int, int]:
    """Width and height of a picture of ours, for the page to keep its place before it is loaded."""
    if found := _SVG_SIZE.search(content):
        return round(float(found[1])), round(float(found[2]))
    width, height = struct.unpack(">II", content[16:24])  # where a PNG says it
    return width, height
