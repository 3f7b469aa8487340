"""Text with places for measured numbers and words: 'it fires at {rate_hz:.1f} Hz and {outcome|outcomes}'.

{name}         a number or text as it is
{name:.2f}     a number in this format; {name:.3g ms}: of SI seconds, in this unit
{name|group}   the word, or text with places, that stands for the value in the group; a list gives several
{name[0]:.2f}  an item of a list; {name.key} an entry
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from plasticity.errors import ArgumentError, said, unknown
from plasticity.quantities import FACTORS, in_unit

RESIDUE = 1e-12  # a number this small is a rounding error of numbers about 1, and reads as 0
OTHER = "other"  # the word of a group for every value that has none of its own
_PLACE = re.compile(r"\{([^{}|:]+)(?::([^{}|]+)|\|([^{}]+))?\}")
_BROKEN = re.compile(r"\{[\w.\[\]]*[:|][^{}]*\}")  # what was meant as a place
_STEP = re.compile(r"\[(-?\d+)\]|\.(\w+)")
_HEBREW = re.compile("[\u0590-\u05ff]")
LEFT_TO_RIGHT_MARK = "\u200e"
_ENDS = re.compile(r"([.;:!?]+\s+)")
_RUN = re.compile("[^\u0590-\u05ff]+")
_ORDERED = re.compile(r"[-+*/=<>^~|()\[\]]|\d")  # what a right-to-left line would turn about, or set before its sign

MOST_LEVELS = 10  # of words in whose places stand words; our choice: three times what the lecture has
_WIDE = re.compile(r"\d{3}")  # a format that fills the memory with blanks or digits

Words = Mapping[str, Mapping[str, str]]


def filled(template: str, values: Mapping[str, Any], words: Words, level: int = 0) -> str:
    """The text with its places filled; `level` counts the words in whose places it stands.

    raises UnknownName for a value, a group or a word that there is not; ArgumentError for a format that does not fit,
    and for words that lead to themselves
    """
    if level > MOST_LEVELS:
        raise ArgumentError(f"{said(template)} stands in words within words; have no group lead to itself")

    def place(match: re.Match) -> str:
        name, form, group = match.group(1), match.group(2), match.group(3)
        value = value_at(name, values)
        return _worded(value, group, values, words, level + 1) if group else _formatted(value, form or "", name)

    if broken := _BROKEN.search(_PLACE.sub("", template)):
        raise ArgumentError(f"{said(broken.group())} is no place; {{name}}, {{name:.2f}}, {{name|group}} are")
    return _PLACE.sub(place, template)


def places(template: str) -> Iterator[tuple[str, str, str]]:
    """The places of a text: the measurement, format, group of words; 'rows.w' for '{rows[0].w}'."""
    for match in _PLACE.finditer(template):
        yield re.sub(r"\[-?\d+\]", "", match.group(1)), match.group(2) or "", match.group(3) or ""


def value_at(name: str, values: Mapping[str, Any]) -> Any:
    """A value by its name, an item 'rates[0]', or an entry 'row.w'."""
    start = re.split(r"[\[.]", name)[0]
    if start not in values:
        raise unknown("measurement", start, values)
    value = values[start]
    for item, key in _STEP.findall(name[len(start) :]):
        try:
            value = value[int(item)] if item else value[key]
        except (LookupError, TypeError):
            raise ArgumentError(f"{name}: {said(value)} has no such item") from None
    return value


def marked(text: str) -> str:
    """A line of Hebrew in which numbers keep their signs in front and formulas their order; marks of before go."""
    text = text.replace(LEFT_TO_RIGHT_MARK, "")
    if not _HEBREW.search(text):
        return text
    return _RUN.sub(lambda match: _in_pieces(match.group(), is_after_a_word=match.start() > 0), text)


def marked_beside(words: str, text: str) -> str:
    """A text that follows these words on a line: one without Hebrew keeps its order beside Hebrew ones."""
    return _kept(text, is_after_a_word=False) if _HEBREW.search(words) and not _HEBREW.search(text) else text


def _in_pieces(run: str, *, is_after_a_word: bool) -> str:
    """The run, each of its sentences kept by itself: what ends one is no part of the next."""
    pieces = _ENDS.split(run)
    kept = [
        piece if k % 2 else _kept(piece, is_after_a_word=is_after_a_word and k == 0) for k, piece in enumerate(pieces)
    ]
    return "".join(kept)


def _kept(run: str, *, is_after_a_word: bool) -> str:
    """A run without Hebrew letters between two marks, where its order would be turned."""
    # A hyphen that joins a number to the word before it is no minus
    start = 1 if is_after_a_word and run.startswith("-") else 0
    core = run[start:].strip(" \t\n.,:;!?'\"")
    while core and (core[0] in ")]" or (core[0] in "-(" and not re.match(r"(--|[-(])\s*[\w(]", core))):
        core = core[1:].lstrip()
    while core and core[-1] in "([-":
        core = core[:-1].rstrip()
    core = _balanced(core)
    if len(core) < 2 or not _ORDERED.search(core):
        return run
    before, after = run[start:].split(core, 1)
    return f"{run[:start]}{before}{LEFT_TO_RIGHT_MARK}{core}{LEFT_TO_RIGHT_MARK}{after}"


def _balanced(core: str) -> str:
    """Without a bracket at an end whose partner is in the Hebrew beside."""
    while core.startswith("(") and core.count("(") > core.count(")"):
        core = core[1:].lstrip()
    while core.endswith(")") and core.count(")") > core.count("("):
        core = core[:-1].rstrip()
    return core


def _formatted(value: Any, form: str, name: str) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(_formatted(item, form, name) for item in value)
    if not form or isinstance(value, str) or value is None:
        return str(value)
    form, _, unit = form.partition(" ")
    if unit and unit not in FACTORS:
        raise unknown(f"unit of {name}", unit, FACTORS)
    if _WIDE.search(form):
        raise ArgumentError(f"{name} has the format {said(form)}; at most two digits of width or precision are allowed")
    try:
        value = in_unit(value, unit) if unit else value
        text = format(0 if abs(value) < RESIDUE and not form.endswith("e") else value, form)
    except (TypeError, ValueError):
        raise ArgumentError(f"{name} is {said(value)}, which has no format {said(form)}") from None
    if not text.strip("-+0.%"):
        text = text.lstrip("-+")  # no minus zero
    return f"{text} {unit}" if unit and unit != "1" else text


def _worded(value: Any, group: str, values: Mapping[str, Any], words: Words, level: int) -> str:
    if group not in words:
        raise unknown("group of words", group, words)
    if isinstance(value, list | tuple):
        if not value:
            return filled(words[group].get("none", "-"), values, words, level)
        return ", ".join(_worded(item, group, values, words, level) for item in value)
    key = str(value).lower() if isinstance(value, bool) else _key(value)
    if key not in words[group] and OTHER not in words[group]:
        raise unknown(f"word of the group '{group}'", key, words[group])
    text = words[group].get(key, words[group].get(OTHER, ""))
    return filled(text, {**values, "value": value}, words, level)


def _key(value: Any) -> str:
    """A value as a key of words: a whole number without its point."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def sequence(value: Any) -> Sequence[Any]:
    """Rows of a table, or nothing."""
    return value if isinstance(value, list | tuple) else ()
