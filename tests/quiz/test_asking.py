"""Answers as a whole: names, kinds, verdicts, confirmations, and that the same seed gives the same bytes."""

import ast
import inspect
import json

import pytest

from plasticity.errors import UnknownName
from plasticity.quiz.old import Answer, ask, asking, chosen
from plasticity.quiz.old.record import Solution, load_questions

IDS = [id for id, question in load_questions().items() if question.section == "spiking"]
TOGETHER = ["dw_hebbian", "dw_anti_hebbian"]
TWIN = ["w_start", "w_end", "w_min", "pairings_to_zero", "psp_start_mv", "psp_end_mv"]
# Others read these by name: they are fixed.
FIXED = {
    "anti-hebbian-together": TOGETHER,
    "hebbian-together": TOGETHER,
    "post-before-pre-biological": TWIN,
    "weight-decreased-artificial": TWIN,
}


def as_bytes(answered):
    return {one.question.id: json.dumps(one.as_object()) for one in answered}


@pytest.mark.parametrize("id", IDS)
def test_the_fixed_measurements_are_there(id, answers):
    assert set(FIXED[id]) <= set(answers[id].answer.measurements)


@pytest.mark.parametrize("id", IDS)
def test_measurements_are_flat_plain_numbers_and_lists_of_them(id, answers):
    measurements = answers[id].answer.measurements
    flat = [x for value in measurements.values() for x in (value if type(value) is list else [value])]
    assert {type(x) for x in flat} <= {int, float, type(None)}
    assert json.loads(json.dumps(measurements, allow_nan=False)) == measurements


@pytest.mark.parametrize("id", IDS)
def test_the_printed_answer_holds(id, answers):
    assert answers[id].verdict == "agrees"


def test_an_answer_does_not_depend_on_what_else_is_asked_nor_in_which_order(answers):
    others_first = [answers[id].question for id in ("weight-decreased-artificial", "hebbian-together")]
    before = as_bytes(answers.values())
    assert as_bytes(ask(others_first)) == {question.id: before[question.id] for question in others_first}


def test_questions_that_share_a_study_share_its_run(monkeypatch):
    runs = []
    shared = Solution(lambda rng, target: runs.append(target), lambda study: Answer("", {}, "", [], {}))
    monkeypatch.setattr(asking, "SOLUTIONS", dict.fromkeys(IDS, shared))
    assert len(list(ask(chosen(IDS), target="numpy"))) == len(IDS)
    assert runs == ["numpy"]


@pytest.mark.parametrize("id", asking.SOLUTIONS)
def test_a_study_that_reads_the_target_says_that_it_simulates(id):
    solution = asking.SOLUTIONS[id]
    names = ast.walk(ast.parse(inspect.getsource(solution.study)))
    assert any(isinstance(name, ast.Name) and name.id == "target" for name in names) == solution.simulates


def test_an_answer_says_whether_random_numbers_had_a_part_in_it(monkeypatch):
    drawing = Solution(lambda rng, target: rng.random(), lambda study: Answer("", {}, "", [], {}))
    still = Solution(lambda rng, target: 0.0, drawing.answer)
    monkeypatch.setattr(asking, "SOLUTIONS", dict.fromkeys(IDS, drawing) | {IDS[0]: still})
    assert [answered.draws for answered in ask(chosen(IDS[:3]))] == [False, True, True]


def test_chosen_questions_come_once_each_in_the_order_of_the_lecture():
    wanted = ["hebbian-together", "anti-hebbian-together", "hebbian-together"]
    assert [question.id for question in chosen(wanted)] == ["anti-hebbian-together", "hebbian-together"]
    assert [question.id for question in chosen(section="spiking")] == IDS


@pytest.mark.parametrize("wrong", [{"ids": ["hebbian-together", "nope"]}, {"section": "nope"}], ids=str)
def test_an_unknown_question_or_section_is_named_beside_the_known_ones(wrong):
    with pytest.raises(UnknownName, match="'nope'; known: .*(hebbian-together|spiking)"):
        chosen(**wrong)
