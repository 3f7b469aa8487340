"""What holds for every question of the lecture: sentences, languages, measurements, readings, checks, lines."""

import json
import re
import sys
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "quiz"))

from asked_once import LANGUAGES, answered, each  # noqa: E402

from plasticity.quiz import LECTURE  # noqa: E402
from plasticity.quiz.places import places  # noqa: E402
from plasticity.quiz.texts import audited, numbers_named  # noqa: E402
from plasticity.runs import EXPERIMENTS  # noqa: E402

SLIDES = (Path(__file__).parents[1] / "quiz" / "lecture.he.txt").read_text(encoding="utf-8").splitlines()
MOST_WORDS, MOST_NUMBERS = 20, 5
RESIDUE = re.compile(r"\de-(0[9]|[1-9]\d)")
every_question = pytest.mark.parametrize("id", each())
in_every_language = pytest.mark.parametrize("language", LANGUAGES)


def sentences(text):
    return [one for one in re.split(r"(?<=[.?!])\s+", text) if one]


@every_question
@in_every_language
def test_the_answer_is_one_sentence_of_at_most_twenty_words(id, language):
    said = answered(id).told(language).answer
    assert len(sentences(said)) == 1 and 1 < len(said.split()) <= MOST_WORDS, said


@every_question
@in_every_language
def test_the_reason_is_one_sentence_and_the_numbers_are_at_most_five(id, language):
    told = answered(id).told(language)
    assert len(sentences(told.why)) == 1, told.why
    assert 1 <= len(told.numbers) <= MOST_NUMBERS


@every_question
@in_every_language
def test_no_rounding_residue_and_no_empty_place_is_in_the_prose(id, language):
    told = answered(id).told(language)
    rest = [told.text(told.texts.method), told.text(told.texts.cause), told.text(told.texts.condition)]
    tables = [cell for table in told.tables(detail=True) for row in table["rows"] for cell in row]
    prose = [told.answer, told.why, *(value for _, value in told.numbers), *told.insight, *rest, *tables]
    assert not [text for text in prose if RESIDUE.search(text) or "{" in text or "nan" in text.lower().split()]


@every_question
def test_both_languages_have_places_for_the_same_numbers(id):
    english, hebrew = (LECTURE[id].texts(language) for language in LANGUAGES)
    for name in ("answer", "why", "condition", "cause", "method", "numbers", "insight", "tables", "words"):
        assert _places(getattr(english, name)) == _places(getattr(hebrew, name)), name
    assert _keys(english.words) == _keys(hebrew.words) and set(english.names) == set(hebrew.names)


def _places(told):
    """All places in a text, or in texts within one another."""
    if isinstance(told, str):
        return sorted(places(told))
    if is_dataclass(told):
        return [_places(getattr(told, field.name)) for field in fields(told) if field.name == "cells"]
    return [_places(item) for item in (sorted(told.items()) if isinstance(told, dict) else told)]


def _keys(words):
    return {group: sorted(known) for group, known in words.items()}


@every_question
def test_every_number_that_is_shown_has_a_second_route(id):
    found = answered(id)
    confirmed = {check.measurement for check in found.answer.checks}
    given = {field.name for field in fields(found.solution.parameters)} if found.solution.parameters else set()
    shown = numbers_named(LECTURE[id].texts("en")) - given
    numbers = {name for name in shown if _is_number(found.answer.measurements, name)}
    assert numbers - confirmed - {*found.answer.given} == set()


def _is_number(measurements, name):
    """Whether a measurement that is shown holds numbers, and not words."""
    rows, _, column = name.partition(".")
    value = [row.get(column) for row in measurements[rows]] if column else measurements.get(name)
    items = value if isinstance(value, list) else [value]
    return any(isinstance(item, int | float) and not isinstance(item, bool) for item in items)


@every_question
def test_every_second_route_bears_its_number_out(id):
    found = answered(id)
    assert found.answer.checks
    failing = [check for check in found.answer.checks if not check.holds(found.answer.measurements)]
    assert not failing


@every_question
@in_every_language
def test_every_check_and_reading_is_called_by_words_of_the_language(id, language):
    found = answered(id)
    texts = found.told(language).texts
    assert {check.by for check in found.answer.checks} <= {*texts.routes}
    assert {check.measurement for check in found.answer.checks} <= {*texts.names}
    parts = {part.partition("=")[0] for key in found.answer.readings for part in key.split(" / ")}
    assert all(part in texts.words.get("readings", {}) or part in found.answer.records for part in parts)
    assert {name for claim in found.question.claims for name in claim.names()} <= {*texts.names}


@every_question
def test_what_a_claim_speaks_of_is_measured_in_every_reading(id):
    found = answered(id)
    assert found.answer.readings
    for claim in found.question.claims:
        assert all({*claim.names()} <= {*measured} for measured in found.answer.readings.values())


@every_question
@in_every_language
def test_an_answer_is_fit_for_json(id, language):
    found = answered(id)
    said = json.loads(json.dumps(found.as_object(language), allow_nan=False))
    assert said["id"] == id and len(said["checks"]) == len(audited(found.told(language), found.answer))


@every_question
@in_every_language
def test_where_the_slides_do_not_agree_it_is_said_why(id, language):
    found, told = answered(id), answered(id).told(language)
    if found.verdict == "differs":
        assert told.text(told.texts.cause) and found.differing()
    if found.verdict in ("depends", "scan"):
        assert told.text(told.texts.condition)


@every_question
def test_what_the_slides_print_stands_in_the_line_that_is_named(id):
    slides = LECTURE[id].question.slides
    assert slides or not LECTURE[id].question.claims
    for line, text in slides:
        assert text and text in SLIDES[line - 1]


@every_question
def test_a_question_names_the_experiment_that_shows_it(id):
    assert LECTURE[id].question.experiment in EXPERIMENTS
