"""The reports on questions: one of the quiz in every language, or one about spike trains."""

import json

from plasticity import ask as trains
from plasticity.authoring.report import NOTHING_WRONG, Report, faulty
from plasticity.errors import PlasticityError
from plasticity.faults import Fault
from plasticity.inputs import instance
from plasticity.quiz.asking import Answered
from plasticity.quiz.claims import Claim
from plasticity.quiz.pages import Asked
from plasticity.quiz.places import filled
from plasticity.quiz.record import Answer, Verdict, verdict
from plasticity.quiz.texts import Texts

_VERDICTS = {
    "agrees": "the printed answer is right",
    "differs": "the printed answer is wrong",
    "depends": "whether the printed answer is right depends on the reading",
    "scan": "the printed answer cannot be read with certainty",
    "unprinted": "there is no printed answer to judge",
}


def quiz_report(asked: Asked) -> Report:
    """A question of the quiz, answered, by a second route where it has one, and told in all its languages."""
    solution = asked.solution.seeded(0)
    answer = instance(solution.answer(solution.result()), Answer, "the answer")
    unread = [text for claim in asked.question.claims if (text := _unread(claim, answer))]
    judged: Verdict = "unprinted" if unread else verdict(asked.question.claims, answer.readings, asked.question.scan)
    answered = Answered(asked, solution, answer, judged)
    misfits = [text for language in asked.languages for text in _misfits(answered, language)]
    if unread or misfits:
        return faulty("question", asked.name, tuple(Fault(text) for text in dict.fromkeys((*unread, *misfits))))
    sections = {f"in {language}": _told(answered, language) for language in asked.languages}
    checks = answered.answer.checks
    unborne = [check.measurement for check in checks if not check.holds(answered.answer.measurements)]
    routes = f"{len(checks)} of its numbers by a second route" if checks else "no number by a second route"
    warnings = [] if checks else ["no number is confirmed by a second route: give its answer a Check"]
    if not asked.question.claims:
        warnings.append("no printed answer is restated as claims: there is nothing that its verdict could deny")
    sections["verdict"] = (_VERDICTS[answered.verdict],)
    if unborne:
        differing = f"a second route gives other numbers: {', '.join(unborne)}"
        return Report("question", asked.name, "differs", differing, (), tuple(warnings), sections)
    fine = f"{NOTHING_WRONG}; {_VERDICTS[answered.verdict]}; {routes}"
    return Report("question", asked.name, "fine", fine, (), tuple(warnings), sections)


def train_report(question: trains.Question, name: str) -> Report:
    """A question about two spike trains, answered."""
    found = trains.answer(question)
    told = f"the weight goes from {found.w_before:.6g} to {found.w_after:.6g}: {found.verdict}"
    notes = (found.note,) if found.note else ()
    return Report("question", name, "fine", f"{NOTHING_WRONG}; {told}", (), notes, {"rule": (str(question.rule),)})


def _told(answered: Answered, language: str) -> tuple[str, ...]:
    told = answered.told(language)
    lines = (told.text(told.texts.question), told.answer, told.why, *(f"{what}: {n}" for what, n in told.numbers))
    return tuple(line for line in lines if line)


def _unread(claim: Claim, answer: Answer) -> str:
    """Why a claim cannot be judged; empty where it can."""
    try:
        for measured in answer.readings.values():
            claim.holds(measured)
    except PlasticityError as error:
        return f"the claim {[claim.measurement, claim.relation, claim.value]}: {error}"
    return ""


def _misfits(answered: Answered, language: str) -> list[str]:
    """Every text of a language that has a place for what there is not."""
    told, found = answered.told(language), list[str]()
    for text in dict.fromkeys(_every_text(told.texts)):
        try:
            filled(text, told.values, told.texts.words)
        except PlasticityError as error:
            found.append(f"[{language}] {error}")
    try:
        if not found:
            json.dumps(answered.as_object(language), allow_nan=False)
    except (PlasticityError, ValueError) as error:
        found.append(f"[{language}] {error}")
    return found


def _every_text(texts: Texts) -> list[str]:
    """The texts whose places stand for measurements themselves: those of rows and routes know more."""
    numbers = [text for row in texts.numbers for text in row]
    single = [texts.question, texts.printed, texts.answer, texts.why, texts.condition, texts.cause, texts.method]
    return [text for text in (*single, *texts.insight, *numbers) if text]
