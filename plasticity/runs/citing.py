"""Sources as a page cites them: authors and year, which lead to the whole reference with its DOI."""

import re
from collections.abc import Iterable
from urllib.parse import quote

from plasticity.markup import written
from plasticity.sources import SOURCES, Source

_PLACE = "source."
_LECTURE = "lecture"  # the key that is a word, too: a citation only where one begins
_KEY = re.compile(r"[a-z]+(?:19|20)\d\d(?!\w)|(?:(?<=^)|(?<=; ))lecture(?!\w)")
_SHORT = re.compile(r".*?\b(?:18|19|20)\d\d\b")
_DOI = re.compile(r"doi:(10\.\d{4,9}(?:\.\d+)*/[^\s\"<>]*[^\s\"<>.,;])")


def keys_in(text: str) -> list[str]:
    """The keys of `plasticity.sources` that a text cites, in order."""
    return [key for key in dict.fromkeys(_KEY.findall(text)) if key in SOURCES]


def cited(text: str) -> str:
    """HTML of a text: each key leads to its reference on the page, each DOI to the publication itself."""
    parts, end = [], 0
    for found in _KEY.finditer(text):
        if found[0] in SOURCES:
            parts += [_linked(text[end : found.start()]), _citation(SOURCES[found[0]])]
            end = found.end()
    return "".join([*parts, _linked(text[end:])])


def references(keys: Iterable[str]) -> str:
    """HTML of the list of these references, by author; each is a place of the page."""
    items = (
        f'<li id="{_PLACE}{key}">{_linked(str(SOURCES[key]))}{"" if str(SOURCES[key]).endswith(".") else "."}</li>\n'
        for key in sorted(set(keys), key=lambda key: SOURCES[key].text.lower())
    )
    return f'<ul class="references">\n{"".join(items)}</ul>\n'


def _citation(source: Source) -> str:
    found = _SHORT.match(source.text)
    short = "the lecture" if source.key == _LECTURE else found[0] if found else source.text
    return f'<a href="#{_PLACE}{source.key}">{written(short)}</a>'


def _linked(text: str) -> str:
    parts = _DOI.split(text)
    return "".join(_doi(part) if k % 2 else written(part) for k, part in enumerate(parts))


def _doi(doi: str) -> str:
    return f'<a href="https://doi.org/{quote(doi, safe="/:;().-_")}">doi:{written(doi)}</a>'
