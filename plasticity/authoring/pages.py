"""A question in a file of TOML, looked at part by part, so that all that is wrong with it is told at once."""

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from plasticity import ask, files, settings
from plasticity.ask.question_files import read_question
from plasticity.authoring.questions import quiz_report, train_report
from plasticity.authoring.report import Report, faulty
from plasticity.errors import InputError, PlasticityError, unknown
from plasticity.faults import Check, Fault, gathering, refuse
from plasticity.quiz.own import DATA, Scenario, assignment, read_own
from plasticity.quiz.pages import languages, question_of
from plasticity.quiz.texts import read_texts
from plasticity.rules import RULES, unbounded


def page_report(path: Path) -> Report:
    """The report on a question file of either kind. Raises InputError for what is no TOML."""
    page = files.toml_in(files.text_of(path), path)
    if not ({"ask", *languages()} & set(page)):
        return _of_trains(path)
    faults = [Fault(text) for text in dict.fromkeys(_texts(_quiz_checks(page)))]
    return faulty("question", path.stem, tuple(faults)) if faults else quiz_report(read_own(path))


def _of_trains(path: Path) -> Report:
    """A question of `plasticity ask`, under its rule."""
    with gathering() as gathered:
        wrong = _texts(iter([partial(read_question, path)]))
    told = dict.fromkeys(text.removeprefix(f"{files.named(path)}, ") for text in (*map(_text, gathered.faults), *wrong))
    if told:
        return faulty("question", path.stem, tuple(map(Fault, told)))
    found = read_question(path)
    if texts := _texts(_train_checks(found)):
        return faulty("question", path.stem, tuple(map(Fault, texts)))
    rule = found.adaptation.of(RULES[found.rule or ""])
    rule = unbounded(rule) if found.is_unbounded else rule
    asked = ask.Question(
        rule, found.pre, found.post, found.w0, found.n_repeats or 1, found.every or 1.0, events=found.events
    )
    for what_if in found.what_if:
        ask.altered(asked, without=what_if.without, move=what_if.move)
    return train_report(asked, path.stem)


def _train_checks(found: Any) -> Iterator[Check]:
    if found.rule != "all":
        yield partial(RULES.__getitem__, found.rule or "")
    for side in ("pre", "post"):
        if getattr(found, side) is None:
            yield partial(_refuse, f"no {side} train; give [trains] with {side}_ms = [10, 30], or a file")
    if found.every is not None and found.n_repeats is None:
        yield partial(_refuse, "every is from one repetition to the next; give repeat too")


def _quiz_checks(page: Mapping[str, Any]) -> Iterator[Check]:
    """A check for every entry of a question of the quiz."""
    known = (*DATA, "ask", *languages())
    told = [language for language in languages() if isinstance(page.get(language), Mapping)]
    scenario = page.get("ask")
    if not isinstance(scenario, Mapping) or not told:
        yield partial(_refuse, "a question has a table [ask], and its words in a table [en] or [he]")
    for name, value in page.items():
        if name not in known:
            yield partial(refuse, unknown("entry", name, known))
        elif name in DATA and name != "section":
            yield partial(question_of, "question", "own", {name: value})
    for name, value in scenario.items() if isinstance(scenario, Mapping) else ():
        yield partial(_set, name, value)
    for language in told:
        yield from _word_checks(language, page[language])


def _word_checks(language: str, words: Mapping[str, Any]) -> Iterator[Check]:
    """A check for every text of a language, each beside the two that there must be."""
    needed = {name: words[name] for name in ("question", "answer") if isinstance(words.get(name), str)}
    for name in ("question", "answer"):
        if name not in needed:
            yield partial(_refuse, f'[{language}] has no {name}; write {name} = "..." in it')
    whole = {"question": "?", "answer": ".", **needed}
    for name, value in words.items():
        if name not in needed:
            yield partial(read_texts, {**whole, name: value}, f"[{language}]")


def _set(name: str, value: Any) -> None:
    found = settings.resolved(Scenario(), [assignment(name, value)])
    if name == "rule":
        RULES[found.rule]


def _texts(checks: Iterator[Check]) -> list[str]:
    """What those that fail say."""
    found = []
    for check in checks:
        try:
            check()
        except (PlasticityError, TypeError) as error:
            found.append(str(error))
    return found


def _text(fault: Fault) -> str:
    return fault.text


def _refuse(text: str) -> None:
    raise InputError(text)
