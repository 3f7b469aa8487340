"""Exercises as a file: for Moodle (its XML), or a page of HTML that works from disk, without script or network."""

from collections.abc import Callable, Mapping, Sequence
from html import escape
from xml.etree import ElementTree

from plasticity.errors import unknown
from plasticity.inputs import listed, text
from plasticity.quiz.pages import frame
from plasticity.quiz.practice.drawing import in_words
from plasticity.quiz.practice.record import LETTERS, Exercise, Item

_STYLE = """
body { font: 17px/1.55 system-ui, sans-serif; color: #222; background: #fff; max-width: 44rem; margin: 2rem auto;
  padding: 0 1rem; }
section { border-top: 1px solid #ccc; margin-top: 1.5rem; padding-top: 0.5rem; }
summary { cursor: pointer; padding: 0.35rem 0.6rem; border: 1px solid #bbb; border-radius: 0.4rem; margin: 0.3rem 0; }
summary:focus-visible { outline: 3px solid #0b5cad; }
.right { color: #00643c; } .wrong { color: #a00000; } .small { color: #555; font-size: 0.85rem; }
@media (prefers-color-scheme: dark) { body { color: #eee; background: #181818; } .right { color: #6fd6a5; }
  .wrong { color: #ff9d9d; } .small { color: #aaa; } }
"""


def exported(exercises: Sequence[Exercise], form: str, *, language: str = "en") -> str:
    """The exercises as a text of this form, 'moodle' or 'html'. Raises UnknownName for another form or language."""
    if text(form, "the form of export") not in EXPORTS:
        raise unknown("form of export", form, EXPORTS)
    frame(language)
    return EXPORTS[form]([(one, in_words(one, language)) for one in listed(exercises, "the exercises")], language)


def _moodle(items: Sequence[tuple[Exercise, Item]], language: str) -> str:
    quiz = ElementTree.Element("quiz")
    category = ElementTree.SubElement(quiz, "question", type="category")
    _text(category, "category", f"$course$/plasticity/{language}")
    for k, (exercise, item) in enumerate(items, start=1):
        question = ElementTree.SubElement(quiz, "question", type="multichoice")
        _text(question, "name", f"{exercise.question} {k:02d}")
        _text(question, "questiontext", _paragraph(item.prompt, language), format="html")
        _text(question, "generalfeedback", _paragraph(item.reason, language), format="html")
        for name, value in {"single": "true", "shuffleanswers": "true", "answernumbering": "ABCD"}.items():
            ElementTree.SubElement(question, name).text = value
        for option in item.options:
            fraction = "100" if option.is_right else "0"
            answer = _text(question, "answer", _paragraph(option.text, language), fraction=fraction, format="html")
            _text(answer, "feedback", _paragraph(option.reason, language), format="html")
    ElementTree.indent(quiz)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(quiz, encoding="unicode")}\n'


def _text(parent: ElementTree.Element, tag: str, text: str, **attributes: str) -> ElementTree.Element:
    """An element whose words stand in a <text>, as Moodle has them."""
    element = ElementTree.SubElement(parent, tag, attributes)
    ElementTree.SubElement(element, "text").text = text
    return element


def _paragraph(text: str, language: str) -> str:
    """A paragraph of HTML, set in the direction of its language."""
    return f'<p dir="{_direction(language)}">{escape(text)}</p>'


def _html(items: Sequence[tuple[Exercise, Item]], language: str) -> str:
    words = frame(language)["practice"]
    sections = "\n".join(_section(k, exercise, item, words) for k, (exercise, item) in enumerate(items, start=1))
    title = escape(words["title"])
    return (
        f'<!DOCTYPE html>\n<html lang="{language}" dir="{_direction(language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n<p>{escape(words['how'])}</p>\n"
        f"{sections}\n</main>\n</body>\n</html>\n"
    )


def _section(k: int, exercise: Exercise, item: Item, words: Mapping[str, str]) -> str:
    """One exercise: the prompt, and options that open to say what is right or wrong with them."""
    rows = [
        f"<details><summary>{letter}. <bdi>{escape(option.text)}</bdi></summary>"
        f'<p class="{"right" if option.is_right else "wrong"}"><strong>'
        f"{escape(words['right' if option.is_right else 'wrong'])}</strong> {escape(option.reason)}</p></details>"
        for letter, option in zip(LETTERS, item.options, strict=False)
    ]
    heading = f"<h2>{k}</h2>\n<p>{escape(item.prompt)}</p>"
    return (
        f'<section id="exercise-{k}">\n{heading}\n{"".join(rows)}\n<p class="small">{exercise.question}</p>\n</section>'
    )


def _direction(language: str) -> str:
    return "rtl" if frame(language)["direction"] == "right to left" else "ltr"


EXPORTS: Mapping[str, Callable[[Sequence[tuple[Exercise, Item]], str], str]] = {"moodle": _moodle, "html": _html}
