"""The comment that every export carries: what it is, where from, under which conventions, on what it was verified."""

import textwrap
from collections.abc import Sequence

from plasticity import __version__
from plasticity.catalogue import SET
from plasticity.errors import UnknownName, printable
from plasticity.neurons import Neuron
from plasticity.rules import Rule
from plasticity.rules.describe import conventions
from plasticity.sources import SOURCES

_WIDTH = 100


def header(record: Rule | Neuron, target: str, proof: Sequence[str], *, mark: str, command: str = "") -> str:
    """The comment, a line each behind `mark`.

    proof   : sentences: on what it was verified, how, and the residual
    command : that repeats it; by default how the function is called
    """
    told = command or f'plasticity.export.exported(record, "{target}")'
    paragraphs = [
        f"{record.name}: {record.summary}",
        f"Source: {reference(record.source)}",
        *_of_set(record),
        *(f"Convention: {line}" for line in (conventions(record) if isinstance(record, Rule) else ())),
        *proof,
        f"Written by plasticity {__version__}. What repeats it:",
    ]
    lines = [line for paragraph in paragraphs for line in commented(paragraph, mark)]
    return "\n".join([*lines, f"{mark}   {plain(told)}"])


def _of_set(record: Rule | Neuron) -> list[str]:
    """Where the values of a published set are from."""
    chosen = record.name.rpartition(SET)[2]
    return [f"Parameters: {one.meaning}; {reference(one.source)}" for one in record.sets if one.name == chosen]


def commented(paragraph: str, mark: str) -> list[str]:
    """Lines of a comment; nothing in the text can end it."""
    text = " ".join(printable(paragraph).split())
    lines = textwrap.wrap(text, _WIDTH, subsequent_indent="  ", break_on_hyphens=False) or [""]
    return [f"{mark} {line}".rstrip() for line in lines]


def plain(text: str) -> str:
    """A text of a record for the end of a line of code."""
    return " ".join(printable(text).split())


def reference(source: str) -> str:
    """A source in full, with its DOI where it has one."""
    key, comma, place = source.partition(", ")  # "naud2008, table 1"
    try:
        return f"{SOURCES[key]}{comma}{place}"
    except UnknownName:
        return source


def as_residual(number: float) -> str:
    """A residual as it is written."""
    return "0" if number == 0 else f"{number:.2g}"
