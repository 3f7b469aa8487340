"""Asking: which questions there are, and their computed answers with verdicts."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, is_dataclass, replace
from pathlib import Path
from typing import Any

from plasticity import settings
from plasticity.displayed import Displayed, brief
from plasticity.errors import ArgumentError, PlasticityError, PluginError, UnknownName, said, told, unknown
from plasticity.inputs import count, instance, listed, text
from plasticity.inputs import seed as checked_seed
from plasticity.quiz.contents import CONTENTS, LECTURE, QUESTIONS
from plasticity.quiz.pages import Asked
from plasticity.quiz.record import Answer, Question, Solution, Verdict, verdict
from plasticity.quiz.sharing import Shared
from plasticity.quiz.texts import Told, audited

ENDING = ".toml"  # of a file with a question of one's own


@dataclass(frozen=True)
class Answered(Displayed):
    """A question with its computed answer, and how the printed answer fares.

    solution   : with the parameters that it was computed for
    is_changed : whether these are others than the lecture's
    """

    asked: Asked
    solution: Solution
    answer: Answer
    verdict: Verdict
    is_changed: bool = False

    def __repr__(self) -> str:
        return brief("answer to", self.asked.name, self.verdict)

    @property
    def question(self) -> Question:
        return self.asked.question

    def held(self) -> dict[str, bool]:
        """Whether the printed answer comes out, by reading; nothing where none is printed."""
        claims = self.question.claims
        return {
            name: all(claim.holds(measured) for claim in claims)
            for name, measured in self.answer.readings.items()
            if claims
        }

    def told(self, language: str = "en") -> Told:
        """The same in words."""
        parameters = self.solution.parameters
        given = {} if parameters is None else vars(parameters)
        return Told(self.asked.texts(language), {**given, **self.answer.measurements})

    def differing(self) -> list[tuple[str, str, str]]:
        """(measurement, printed, computed) of every printed statement that does not come out: of the readings where
        one does not, the one nearest to the slides."""
        wrong = [
            [(c.measurement, *c.figures(measured)) for c in self.question.claims if not c.holds(measured)]
            for measured in self.answer.readings.values()
        ]
        return min(filter(None, wrong), key=len, default=[])

    def as_object(self, language: str = "en") -> dict[str, Any]:
        """As plain data for JSON."""
        told, texts = self.told(language), self.asked.texts(language)
        held = self.held()
        return {
            "id": self.question.id,
            "section": self.question.section,
            "question": told.text(texts.question),
            "answer": told.answer,
            "why": told.why,
            "numbers": [{"what": what, "value": value} for what, value in told.numbers],
            "tables": told.tables(detail=True),
            "printed": told.text(texts.printed),
            "verdict": self.verdict,
            "condition": told.text(texts.condition),
            "cause": told.text(texts.cause),
            "insight": told.insight,
            "method": told.text(texts.method),
            "readings": [
                {"reading": told.reading(key), "printed_answer_comes_out": held.get(key)}
                for key in self.answer.readings
            ],
            "checks": audited(told, self.answer),
            "measurements": dict(self.answer.measurements),
            "settings": settings.shown(self.solution.parameters) if is_dataclass(self.solution.parameters) else {},
            "experiment": self.question.experiment,
            "slides": [{"line": line, "text": words} for line, words in self.question.slides],
        }


def chosen(ids: Sequence[str] = (), section: str | None = None) -> list[Asked]:
    """The questions with these ids, or of this section, or all; in the order of the lecture, then one's own.

    ids : names, or files of TOML that hold a question, as `plasticity.quiz.TEMPLATE` shows
    raises UnknownName for an id or section that does not exist, or an id of another section, listing those that do;
    InputError for a file that holds no question

    >>> from plasticity import quiz
    >>> [asked.name for asked in quiz.chosen(section="forward-backward")]
    ['forward-2-2-1', 'backprop-product', 'backprop-sigmoid', 'local-gradients']
    """
    ids = [text(id, "the name of a question") for id in listed(ids, "the names of questions")]
    section = section if section is None else text(section, "the section")
    own = _own([id for id in ids if id.endswith(ENDING)])
    ids = [id for id in ids if not id.endswith(ENDING)]
    known = LECTURE if all(id in LECTURE for id in ids) and (ids or section in CONTENTS) else QUESTIONS.names()
    sections = {id: LECTURE.section(id) if id in LECTURE else QUESTIONS[id].question.section for id in known}
    if section is not None and section not in sections.values():
        raise unknown("section", section, dict.fromkeys(sections.values()))
    offered = [id for id in sections if section in (None, sections[id])]
    for id in ids:
        if id not in sections:
            raise unknown("question", id, sections)
        if id not in offered:
            raise unknown(f"question of the section {section}", id, offered)
    wanted = [id for id in offered if id in ids] if ids or own else offered
    found = [*(QUESTIONS[id] for id in wanted), *own]
    twice = sorted(id for id, times in Counter(asked.name for asked in found).items() if times > 1)
    if twice:
        raise ArgumentError(f"two questions are called {twice[0]}; give one of the files another name, or ask it alone")
    return found


def _own(files: Sequence[str]) -> list[Asked]:
    """The questions in these files; what reads them is loaded where there are any."""
    if not files:
        return []
    from plasticity.quiz.own import read_own

    return [read_own(Path(file)) for file in files]


def ask(
    questions: Sequence[Asked],
    *,
    seed: int = 0,
    target: str = "auto",
    assignments: Sequence[str] = (),
    n_processes: int = 1,
) -> Iterator[Answered]:
    """Answer the questions one by one; questions that share a study with the same parameters share its run.

    assignments : 'key=value' each: numbers of the scenario set anew, of every one of these questions
    n_processes : with more than one, a second process computes part of them; a script needs `if __name__ ==
                  "__main__"` then
    raises ArgumentError for what is no question, no seed (0 to 2**32 - 1), no target, or a value out of its limits,
    and for a second process that ends before it answers;
    UnknownName for a parameter that a question does not have

    >>> from plasticity import quiz
    >>> (answered,) = quiz.ask(quiz.chosen(["and-gate"]))
    >>> answered.verdict
    'agrees'
    """
    seed, target = checked_seed(seed), text(target, "the target")
    assignments = [text(one, "an assignment") for one in listed(assignments, "the assignments")]
    questions = [instance(asked, Asked, "a question") for asked in listed(questions, "the questions")]
    solutions = [_set_up(asked, seed, assignments) for asked in questions]
    every = {asked.question.id: one for asked, one in zip(questions, solutions, strict=True)}
    shared = Shared(every, target, seed=seed, n_processes=count(n_processes, "the number of processes"))
    try:
        for asked, solution in zip(questions, solutions, strict=True):
            if asked.question.id in LECTURE:
                yield _answered(asked, solution, shared, seed)
            else:
                yield _others_answered(asked, solution, shared, seed)
    finally:
        shared.close()


def _answered(asked: Asked, solution: Solution, shared: Shared, seed: int) -> Answered:
    answer = instance(shared.answer(asked.question.id), Answer, "the answer")
    found = verdict(asked.question.claims, answer.readings, asked.question.scan)
    is_changed = solution.parameters != asked.solution.seeded(seed).parameters
    return Answered(asked, solution, answer, found, is_changed)


def _others_answered(asked: Asked, solution: Solution, shared: Shared, seed: int) -> Answered:
    """The answer to a question of one's own, which may be wrong anywhere: then nothing of it is shown.

    raises ArgumentError, which names the question, for words that do not fit in any of its languages, or numbers that
    are none; PluginError for whatever else its functions raise
    """
    try:
        answered = _answered(asked, solution, shared, seed)
        for language in asked.languages:
            json.dumps(answered.as_object(language), allow_nan=False)
        return answered
    except KeyboardInterrupt:
        raise
    except PlasticityError as error:
        raise ArgumentError(f"the question {said(asked.question.id)}: {error}") from error
    except BaseException as error:  # other people's code may raise anything, and may exit
        raise PluginError(f"the question {said(asked.question.id)} has no answer: {told(error)}; repair it") from error


def _set_up(asked: Asked, seed: int, assignments: Sequence[str]) -> Solution:
    solution = asked.solution.seeded(seed)
    if not assignments:
        return solution
    if solution.parameters is None:
        raise ArgumentError(f"{asked.question.id} has no numbers to set; ask it without --set and --rule")
    try:
        return replace(solution, parameters=settings.resolved(solution.parameters, assignments))
    except (ArgumentError, UnknownName) as error:
        raise type(error)(f"{asked.question.id}: {error}") from None
