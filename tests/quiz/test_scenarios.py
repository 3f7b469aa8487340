"""Questions asked: with the lecture's numbers, with others, with another seed, in another process."""

import json
import subprocess
import sys

import pytest
from asked_once import answered

from plasticity.errors import ArgumentError, UnknownName
from plasticity.quiz import LECTURE, Check, Claim, ask, chosen
from plasticity.quiz.record import verdict

ID = "bias-no-input"
UP, READINGS = Claim("x", ">", 0), {"one": {"x": 1.0}, "machine": {"x": -1.0}}


def asked(*assignments, seed=0):
    (found,) = ask([LECTURE[ID]], seed=seed, assignments=assignments)
    return found


def test_a_number_of_the_scenario_can_be_set():
    changed = asked("bias=0.4")
    assert changed.answer.measurements["rate_hz"] > answered(ID).answer.measurements["rate_hz"] + 10
    assert changed.is_changed and not answered(ID).is_changed


@pytest.mark.parametrize(
    "assignment, error", [("bia=0.4", UnknownName), ("bias=-3", ArgumentError), ("bias", ArgumentError)]
)
def test_what_cannot_be_set_is_refused_with_the_name_of_the_question(assignment, error):
    with pytest.raises(error, match=ID):
        asked(assignment)


def test_another_process_gives_the_same_bytes_for_the_same_seed(tmp_path):
    command = [sys.executable, "-m", "plasticity.cli", "quiz", ID, "--json", "--seed", "5"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [json.loads(json.dumps(asked(seed=5).as_object()))]


@pytest.mark.parametrize(
    "readings, scan, found",
    [
        (READINGS, (), "depends"),
        (READINGS, ("machine",), "scan"),
        (READINGS, ("one",), "depends"),
        ({"one": {"x": 1.0}}, (), "agrees"),
        ({"machine": {"x": -1.0}}, (), "differs"),
        ({"machine": {"x": -1.0}}, ("machine",), "differs"),
    ],
)
def test_the_verdict_counts_the_readings_in_which_the_printed_answer_comes_out(readings, scan, found):
    assert verdict([UP], readings, scan) == found


def test_without_a_printed_answer_the_verdict_is_unprinted_or_that_of_the_scan():
    assert (verdict([], READINGS), verdict([], READINGS, ["machine"])) == ("unprinted", "scan")


def test_a_check_fails_when_its_second_route_disagrees():
    measured = {"x": [1.0, 2.0], "rows": [{"w": 3.0}]}
    assert Check("x", [1.0, 2.0], "by hand").holds(measured) and Check("rows.w", [3.0], "by hand").holds(measured)
    assert not Check("x", [1.0, 2.1], "by hand", tolerance=0.05).holds(measured)
    assert Check("x", [0.0, 2.0], "a bound", relation="at least").holds(measured)
    assert not Check("x", [0.0, 2.0], "a bound", relation="at most").holds(measured)


def test_questions_are_chosen_by_name_and_section():
    assert [one.question.id for one in chosen([ID], "spiking")] == [ID]
    with pytest.raises(UnknownName, match="spiking"):
        chosen([ID], "poetry")
