"""Asking: which questions there are, and their computed answers with verdicts."""

import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from plasticity.errors import unknown
from plasticity.inputs import choice, instance, listed, text
from plasticity.inputs import seed as checked_seed
from plasticity.quiz.old.record import Answer, Question, Solution, Verdict, find_question, load_questions, verdict

SOLUTIONS: Mapping[str, Solution] = {}


Language = Literal["en", "he"]


@dataclass(frozen=True)
class Answered:
    """A question with its computed answer, and how the printed answer fares.

    draws, simulates : whether random numbers, and a code generation target, had a part in it
    """

    question: Question
    answer: Answer
    verdict: Verdict
    draws: bool = False
    simulates: bool = False

    def differing(self, words: tuple[str, str] = ("printed", "computed")) -> list[str]:
        """Both figures of every printed statement that does not come out: of the readings where one does not, the
        one nearest to the slides. The words stand before the figures."""
        wrong = [
            [claim.comparison(measurements, words) for claim in self.question.claims if not claim.holds(measurements)]
            for measurements in self.answer.readings.values()
        ]
        return min(filter(None, wrong), key=len, default=[])

    def texts(self, language: Language = "en") -> dict[str, str]:
        """Question, printed answer, computed answer, and likely cause of a difference, in one language."""
        question, answer = self.question, self.answer
        choice(language, ("en", "he"), "the language")
        if language == "he":
            texts = (question.question_he, question.printed_he, answer.sentence_he, answer.cause_he)
        else:
            texts = (question.question, question.printed, answer.sentence, answer.cause)
        return dict(zip(("question", "printed", "answer", "cause"), texts, strict=True))

    def explained(self) -> dict[str, Any]:
        """The confirmation and the readings, as plain data for JSON."""
        checks = [
            {"what": c.what, "by": c.by, "found": c.found, "confirmed": c.confirmed, "difference": c.difference}
            for c in self.answer.checks
        ]
        readings = {
            name: all(claim.holds(measurements) for claim in self.question.claims)
            for name, measurements in self.answer.readings.items()
        }
        return {"checks": checks, "readings": readings}

    def as_object(self, language: Language = "en") -> dict[str, Any]:
        """As plain data for JSON."""
        texts = self.texts(language)
        return {
            "id": self.question.id,
            "section": self.question.section,
            "question": texts["question"],
            "printed": texts["printed"],
            "answer": texts["answer"],
            "verdict": self.verdict,
            "measurements": dict(self.answer.measurements),
            "method": self.answer.method,
        }


def chosen(ids: Sequence[str] = (), section: str | None = None) -> list[Question]:
    """The questions with these ids, or of this section, or all; in the order of the lecture.

    raises UnknownName for an id or section that does not exist, or an id of another section, listing those that do
    """
    questions = load_questions()
    ids = [text(id, "the name of a question") for id in listed(ids, "the names of questions")]
    section = section if section is None else text(section, "the section")
    sections = {question.section for question in questions.values()}
    if section is not None and section not in sections:
        raise unknown("section", section, sections)
    wanted = {find_question(questions, id).id for id in ids}
    offered = {id: question for id, question in questions.items() if section in (None, question.section)}
    for id in sorted(wanted - set(offered)):
        raise unknown(f"question of the section {section}", id, offered)
    return [question for id, question in offered.items() if not wanted or id in wanted]


def ask(questions: Sequence[Question], *, seed: int = 0, target: str = "auto") -> Iterator[Answered]:
    """Answer the questions one by one; questions that share a study share its run.

    A study draws its random numbers from the seed and its own name, so that the answer to a question does not
    depend on which others are asked.
    raises ArgumentError for what is no question, no seed (0 to 2**32 - 1) or no target
    """
    seed, target = checked_seed(seed), text(target, "the target")
    questions = [instance(question, Question, "a question") for question in listed(questions, "the questions")]
    for question in questions:
        if question.id not in SOLUTIONS:
            raise unknown("question", question.id, SOLUTIONS)
    results: dict[Callable, tuple[Any, bool]] = {}
    for question in questions:
        solution = SOLUTIONS[question.id]
        study = solution.study
        if study not in results:
            name = zlib.crc32(f"{study.__module__.replace('.old', '')}.{study.__qualname__}".encode())
            rng = np.random.default_rng([seed, name])
            before = rng.bit_generator.state
            results[study] = study(rng, target), rng.bit_generator.state != before
        result, draws = results[study]
        answer = solution.answer(result)
        yield Answered(question, answer, verdict(question.claims, answer.readings), draws, solution.simulates)
