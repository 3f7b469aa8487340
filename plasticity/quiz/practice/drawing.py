"""Exercises drawn from a seed, and put into words: the key, the wrong options, each with its reason."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from plasticity.errors import ArgumentError, UnknownName, unknown
from plasticity.inputs import count, instance, text
from plasticity.inputs import seed as checked_seed
from plasticity.quiz.contents import LECTURE
from plasticity.quiz.pages import read_toml
from plasticity.quiz.places import filled, marked
from plasticity.quiz.practice import artificial, spiking
from plasticity.quiz.practice.judging import NAME as JUDGING
from plasticity.quiz.practice.judging import has_printed, judging, said_by
from plasticity.quiz.practice.record import Exercise, Family, Item, Option

FAMILIES: Mapping[str, Family] = {one.name: one for one in (*spiking.FAMILIES, *artificial.FAMILIES)}
FEWEST_WRONG, MOST_WRONG = 2, 3
MOST_DRAWS = 200  # of one exercise, until enough options differ
RIGHT = ""  # stands for the key among the names of misconceptions
_WORDS = Path(__file__).parent / "words"


def families_of(chosen: str | None = None) -> list[Family]:
    """The kinds of exercises for a question, a section, or the lecture.

    A question with exercises of drawn numbers has these; of any other with a printed answer one judges the slide. A
    section has both. raises UnknownName for what is neither; ArgumentError for a question that has none
    """
    if chosen is None:
        return list(FAMILIES.values())
    chosen = text(chosen, "the question or section")
    sections = {id: LECTURE.section(id) for id in LECTURE}
    if chosen not in sections and chosen not in sections.values():
        raise unknown("question or section", chosen, dict.fromkeys(sections.values()), chosen=sections)
    wanted = {id for id in sections if chosen in (id, sections[id])}
    drawn = [family for family in FAMILIES.values() if wanted & {*family.questions}]
    judged = [judging(id) for id in sections if id in wanted and has_printed(id)]
    found = drawn if chosen in sections and drawn else [*drawn, *judged]
    if not found:
        raise ArgumentError(f"there are no exercises for {chosen}: its slide prints no answer that could be judged")
    return found


def exercises(chosen: str | None = None, *, n: int = 10, seed: int = 0, language: str = "en") -> list[Exercise]:
    """`n` exercises for a question, a section, or the lecture, the families in turn; the same for the same seed.

    A slide is judged once: where nothing is drawn beside, there are fewer than `n`.
    raises as `families_of`; ArgumentError for no count and no seed
    """
    families, n = families_of(chosen), count(n, "the number of exercises")
    words(families[0].name, text(language, "the language"))  # whether there are any, before all is drawn
    rng = np.random.default_rng([checked_seed(seed), 20])
    again = [family for family in families if family.name != JUDGING]
    turns = [*families, *(again * n)][:n]
    return [_drawn(family, chosen, rng, language) for family in turns]


def _drawn(family: Family, chosen: str | None, rng: np.random.Generator, language: str) -> Exercise:
    """An exercise whose options all differ as they are printed. A draw in which too few do is drawn again."""
    page = words(family.name, language)
    for _ in range(MOST_DRAWS):
        drawn = family.draw(rng)
        printed = {RIGHT: _printed(page, drawn.key, drawn.values)}
        for name, value in drawn.wrong.items():
            figure = _printed(page, value, drawn.values)
            if figure not in printed.values():
                printed[name] = figure
        if len(printed) > FEWEST_WRONG:
            wrong = [name for name in printed if name][:MOST_WRONG]
            order = [str(name) for name in rng.permutation([RIGHT, *wrong])]
            question = chosen if chosen in family.questions else family.questions[0]
            return Exercise(family, question, drawn, tuple(order))
    raise ArgumentError(f"no draw of the exercise {family.name} has {FEWEST_WRONG} wrong options that differ")


def in_words(exercise: Exercise, language: str = "en") -> Item:
    """An exercise in a language. Raises UnknownName for one that has no words."""
    exercise = instance(exercise, Exercise, "the exercise")
    page, drawn = words(exercise.family.name, text(language, "the language")), exercise.drawn
    told = said_by(drawn.values["id"], language) if exercise.family.name == JUDGING else {}
    values = {**drawn.values, **told, "key": drawn.key}

    def said(template: str) -> str:
        return marked(filled(template, values, page.get("words", {})))

    reason = said(page["reason"])
    options = [
        Option(
            text=marked(_printed(page, drawn.key if name == RIGHT else drawn.wrong[name], drawn.values)),
            misconception=name,
            reason=reason if name == RIGHT else said(page["misconceptions"][name]),
        )
        for name in exercise.order
    ]
    number = options[exercise.order.index(RIGHT)].text if exercise.family.kind == "number" else ""
    return Item(said(page["prompt"]), tuple(options), number, reason)


@cache
def words(family: str, language: str) -> dict[str, Any]:
    """The words of a family: prompt, option, reason, misconceptions. Raises UnknownName for a language without."""
    known: Sequence[str] = sorted(path.stem.split(".")[-1] for path in _WORDS.glob(f"{family}.*.toml"))
    if language not in known:
        raise UnknownName(f"the exercise {family} has no words in {language!r}; it has {', '.join(known)}")
    return read_toml(_WORDS / f"{family}.{language}.toml")


def _printed(page: Mapping[str, Any], value: Any, values: Mapping[str, Any]) -> str:
    """A result as an option shows it."""
    return filled(page["option"], {**values, "value": value}, page.get("words", {}))
