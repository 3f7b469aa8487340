"""Docstrings in the style of the house, put into the sections that numpydoc knows.

A line `name : meaning` is a parameter (of a class: an attribute), `returns : ...` what comes back, `raises Error ...`
what goes wrong, `>>>` an example. All else is prose, in which no sign has a meaning but the backtick.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sphinx.application import Sphinx

NAMED = re.compile(r"^(\*{0,2}\w+(?:, \*{0,2}\w+)*) +: (.*)$")
LISTED = re.compile(r"^([\w.]+(?:, [\w.]+)*) {2,}(\S.*)$")  # `name   what it is`, as modules list what they hold
RAISED = re.compile(r"^raises (\w+)(.*)$")
TICKED = re.compile(r"(`[^`\n]+`)")
WORDS = ("returns", "yields")


def processed(lines: Sequence[str], kind: str) -> list[str]:
    """A docstring as numpydoc reads it; `kind` is what autodoc calls the object: 'function', 'class'"""
    prose: list[str] = []
    named: list[tuple[str, str]] = []
    returned, raised, examples = [], [], []
    for block in _blocks(lines):
        match = NAMED.match(block[0])
        if block[0].startswith(">>>"):
            examples += [*block, ""]
        elif match and match[1] in WORDS:
            returned.append(_joined([match[2], *block[1:]]))
        elif match:
            named.append((match[1], _joined([match[2], *block[1:]])))
        elif found := RAISED.match(block[0]):
            raised.append((found[1], _joined([found[2].lstrip(" ,:"), *block[1:]])))
        elif found := LISTED.match(block[0]):
            prose += [f"``{found[1]}``", f"    {escaped(_joined([found[2], *block[1:]]))}", ""]
        else:
            prose += [*_prose(block), ""]
    sections = prose
    sections += _section("Attributes" if kind == "class" else "Parameters", named)
    sections += _section("Returns", [("", one) for one in returned])
    sections += _section("Raises", raised)
    return [*sections, *(["Examples", "--------", *examples] if examples else [])]


def escaped(text: str) -> str:
    """Prose of a docstring as reStructuredText: what stands in backticks is code, and no other sign means anything."""
    parts = TICKED.split(text)
    return "".join(f"`{part}`" if TICKED.fullmatch(part) else re.sub(r"([\\*|_`])", r"\\\1", part) for part in parts)


def _blocks(lines: Sequence[str]) -> Iterator[list[str]]:
    """The lines that belong together: a paragraph, one entry of a list, an example."""
    block: list[str] = []
    for line in [*lines, ""]:
        starts = NAMED.match(line) or LISTED.match(line) or RAISED.match(line) or line.startswith("- ")
        is_example = bool(block) and block[0].startswith(">>>")
        if block and (not line.strip() or (starts and not is_example) or (line[:1] == " ") != (block[-1][:1] == " ")):
            if not (line.strip() and line[:1] == " " and not is_example and _continues(block)):
                yield block
                block = []
        if line.strip():
            block.append(line)
    if block:
        yield block


def _continues(block: Sequence[str]) -> bool:
    """Whether an indented line belongs to this block, an entry whose text goes on beneath itself."""
    first = block[0]
    return bool(NAMED.match(first) or LISTED.match(first) or RAISED.match(first) or first.startswith("- "))


def _prose(block: Sequence[str]) -> list[str]:
    if all(line.startswith(" ") for line in block):  # indented by itself: shown as it stands
        return ["::", "", *(f"    {line.strip()}" if len(block) == 1 else f"  {line}" for line in block)]
    if block[0].startswith("- "):
        return [f"- {escaped(_joined([block[0][2:], *block[1:]]))}"]
    return [escaped(line) for line in block]


def _joined(lines: Iterable[str]) -> str:
    return " ".join(stripped for line in lines if (stripped := line.strip()))


def _section(title: str, entries: Sequence[tuple[str, str]]) -> list[str]:
    if not entries:
        return []
    lines = [title, "-" * len(title)]
    for name, meaning in entries:
        lines += [name.replace("*", r"\*"), f"    {escaped(meaning)}"] if name else [escaped(meaning)]
    return [*lines, ""]


def on_docstring(app: Sphinx, what: str, name: str, obj: Any, options: Any, lines: list[str]) -> None:
    """What autodoc calls for every docstring, before numpydoc."""
    lines[:] = processed(lines, what)


def after_numpydoc(app: Sphinx, what: str, name: str, obj: Any, options: Any, lines: list[str]) -> None:
    """What comes back is said in a sentence, which numpydoc takes for a type without a meaning beneath it: `..`."""
    field = ""
    for number, line in enumerate(lines):
        field = line if line.startswith(":") else field
        if field.startswith(":Returns:") and line.strip() == "..":
            lines[number] = ""


def setup(app: Sphinx) -> dict[str, Any]:
    """Before and after numpydoc, whose priority is 500."""
    app.connect("autodoc-process-docstring", on_docstring, priority=400)
    app.connect("autodoc-process-docstring", after_numpydoc, priority=600)
    return {"parallel_read_safe": True}
