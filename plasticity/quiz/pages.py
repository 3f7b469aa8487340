"""A question as its pages of TOML say it: one of data, one of words in each language beside it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from plasticity import files
from plasticity.errors import ArgumentError, UnknownName, said, unknown
from plasticity.inputs import count, fields, instance, text
from plasticity.quiz.claims import Claim
from plasticity.quiz.record import Question, Solution
from plasticity.quiz.texts import Texts, read_texts

LANGUAGES = Path(__file__).parent / "language"


@dataclass(frozen=True)
class Asked:
    """A question, its texts by language, and what computes its answer (loaded when it is asked for)."""

    question: Question
    languages: Mapping[str, Texts]
    load: Callable[[], Solution]

    def __post_init__(self) -> None:
        fields(self)

    @cached_property
    def solution(self) -> Solution:
        return instance(self.load(), Solution, f"the solution of {self.name}")

    @property
    def name(self) -> str:
        """Its id, by which a catalogue knows it."""
        return self.question.id

    def texts(self, language: str) -> Texts:
        """What is said of it in a language; in the one that it has, where it has but one. Raises UnknownName."""
        if text(language, "the language") in self.languages:
            return self.languages[language]
        if len(self.languages) == 1 and language in languages():
            return next(iter(self.languages.values()))
        raise unknown(f"language of {self.question.id}", language, self.languages)


def languages() -> list[str]:
    """The languages that the lecture is told in: those whose words stand in `language/`.

    >>> from plasticity import quiz
    >>> quiz.languages()
    ['en', 'he']
    """
    return sorted(page.stem for page in LANGUAGES.glob("*.toml"))


def frame(language: str) -> dict[str, Any]:
    """The words about all questions in a language: labels, verdicts, headings. Raises UnknownName.

    >>> from plasticity import quiz
    >>> quiz.frame("en")["verdicts"]["agrees"]
    'agrees'
    """
    if text(language, "the language") not in languages():
        raise unknown("language", language, languages())
    return read_toml(LANGUAGES / f"{language}.toml")


def read_page(page: Path, section: str, load: Callable[[], Solution]) -> Asked:
    """The question whose data stand in `page`, with the texts beside it, 'ID.en.toml' for 'ID.toml'.

    raises ArgumentError, which names the page, for what is no question
    """
    data = read_toml(page)
    try:
        question = question_of(page.stem, data.pop("section", section), data)
    except (ArgumentError, UnknownName) as error:
        raise ArgumentError(f"{page.name}: {error}") from None
    found = {one.name.split(".")[-2]: one for one in sorted(page.parent.glob(f"{page.stem}.*.toml"))}
    if not found:
        raise ArgumentError(f"{page.name} has no words; write {page.stem}.en.toml beside it")
    return Asked(question, {name: read_texts(read_toml(one), one.name) for name, one in found.items()}, load)


def question_of(id: str, section: str, data: Mapping[str, Any]) -> Question:
    """The question whose data a page holds. Raises ArgumentError for what is none, UnknownName for another entry."""
    known = ("claims", "slides", "scan", "experiment", "is_judged")
    for name in data:
        if name not in known:
            raise unknown("entry", name, known)
    slides = [_listed(one, "a line of the slides", 2) for one in _listed(data.get("slides", []), "'slides'")]
    return Question(
        id=id,
        section=section,
        claims=tuple(Claim(*_listed(one, "a claim", 3)) for one in _listed(data.get("claims", []), "'claims'")),
        slides=tuple((count(line, "the number of a line"), text(words, "a line")) for line, words in slides),
        scan=tuple(text(one, "a reading of the scan") for one in _listed(data.get("scan", []), "'scan'")),
        experiment=text(data.get("experiment", ""), "the experiment of a question"),
        is_judged=instance(data.get("is_judged", True), bool, "is_judged"),
    )


def _listed(entry: Any, what: str, length: int | None = None) -> list[Any]:
    """A list of TOML. Raises ArgumentError for anything else, or one of another length."""
    if not isinstance(entry, list) or length not in (None, len(entry)):
        allowed = _ALLOWED.get(what, "a list")
        raise ArgumentError(f"{what} is {said(entry)}; {allowed} is allowed")
    return entry


_ALLOWED = {"a claim": "[measurement, relation, value]", "a line of the slides": "[number of the line, its text]"}


def read_toml(page: Path) -> dict[str, Any]:
    """A page of TOML. Raises InputError, which says where it is wrong."""
    return files.toml_in(files.text_of(page), page)
