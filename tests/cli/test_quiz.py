"""`plasticity quiz` and what holds for all commands, as a process, in a folder that must stay empty."""

import json
import os
import shlex
import subprocess
import sys

import pytest
from command_line import NARROW, assert_refused, plasticity, plasticity_here, plasticity_on_a_terminal

from plasticity import __version__
from plasticity.quiz import ask, chosen, frame
from plasticity.quiz.contents import CONTENTS

KEYS = ["id", "section", "question", "answer", "why", "numbers", "tables", "printed", "verdict", "condition", "cause"]
KEYS += ["insight", "method", "readings", "checks", "measurements", "settings", "experiment", "slides"]

BAD_INPUT = {
    "quiz mutual-pairs": ("'mutual-pairs'", ["mutual-pair", "hebbian-together"]),
    "quiz hebbian-together ''": ("question ''", ["hebbian-together"]),
    "quiz mutual-pair --section gates": ("'mutual-pair'", ["section gates", "and-gate"]),
    "quiz --section dreams": ("'dreams'", ["spiking"]),
    "quiz --loud": ("'--loud'", ["--explain", "--json", "--section", "--seed"]),
    "quiz --seed -1": ("-1", ["x>=0"]),
    "quiz --seed 1.5": ("'1.5'", ["integer"]),
    "quiz hebbian-together --target gpu": ("'gpu'", ["auto", "numpy", "cpp_standalone"]),
    "answer": ("'answer'", ["quiz", "doctor"]),
    "--loud": ("'--loud'", ["--version", "--help"]),
    "doctor me": ("me", ["--help"]),
}


@pytest.mark.parametrize("line", BAD_INPUT)
def test_bad_input_gets_one_line_and_status_2(tmp_path, monkeypatch, line):
    monkeypatch.chdir(tmp_path)
    came, allowed = BAD_INPUT[line]
    assert_refused(plasticity_here(*shlex.split(line)), came, *allowed)
    assert not list(tmp_path.iterdir())


def test_json_is_a_list_of_objects_with_the_fixed_keys(tmp_path):
    done = plasticity(tmp_path, "quiz", "not-gate", "and-gate", "--json")
    found = json.loads(done.stdout)
    assert [list(answer) for answer in found] == [KEYS, KEYS]
    assert [answer["id"] for answer in found] == ["and-gate", "not-gate"]  # in the order of the lecture
    assert done.stderr == ""


def labels(line):
    """What a line of an answer is labelled with, where it is."""
    return line[2:].split("  ")[0]


def test_the_answer_comes_first_then_its_reason_then_the_numbers(tmp_path):
    done = plasticity(tmp_path, "quiz", "gd-single-weight")
    found = [label for line in done.stdout.splitlines() if (label := labels(line)) in frame("en")["labels"].values()]
    assert found == ["question", "answer", "because", "numbers", "slides", "verdict", "cause"]
    (answered,) = ask(chosen(["gd-single-weight"]))
    assert answered.told().answer in done.stdout and answered.told().why in done.stdout


def test_a_section_is_all_its_questions_each_with_its_verdict(tmp_path):
    done = plasticity(tmp_path, "quiz", "--section", "forward-backward")
    named = [line.split()[0] for line in done.stdout.splitlines() if line.endswith("(forward-backward)")]
    answers = list(ask(chosen(section="forward-backward")))
    counts = [sum(one.verdict == verdict for one in answers) for verdict in frame("en")["counted"]]
    assert named == [one.question.id for one in answers]
    assert [int(part.split()[0]) for part in done.stdout.splitlines()[-1].split(", ")] == [n for n in counts if n]
    assert (done.stderr, list(tmp_path.iterdir())) == ("", [])


@pytest.mark.parametrize("language", ["en", "he"])
def test_in_a_pipe_each_difference_is_one_line_with_figures_and_cause(tmp_path, language):
    ids = ["gd-single-weight", "gd-two-weights", "and-gate"]
    done = plasticity(tmp_path, "quiz", *ids, "--lang", language, env=NARROW)
    lines = [line.lstrip("\u200f") for line in done.stdout.splitlines() if line.lstrip("\u200f").startswith("- gd-")]
    wrong, scan, _ = ask(chosen(ids))
    assert [line[2:].split(":")[0] for line in lines] == ids[:2]
    assert all(computed in lines[0] for _, _, computed in wrong.differing())
    assert lines[0].endswith(wrong.as_object(language)["cause"]) and scan.as_object(language)["condition"] in lines[1]


def test_every_second_route_is_one_line_unless_they_are_asked_for(tmp_path):
    shown = [plasticity(tmp_path, "quiz", "gd-two-weights", option).stdout for option in ("--explain", "-v", "-vv")]
    (answered,) = ask(chosen(["gd-two-weights"]))
    n = len(answered.as_object()["checks"])
    assert shown[0] == shown[1] and f"{n} numbers confirmed" in shown[0]
    assert [text.count(answered.as_object()["checks"][0]["by"]) > 0 for text in shown] == [False, False, True]


def test_a_scenario_of_ones_own_is_said_to_be_one(tmp_path):
    done = plasticity(tmp_path, "quiz", "gd-two-weights", "--set", "rate=0.02")
    assert "with your numbers" in done.stdout and "slides are wrong" not in done.stdout


def test_a_question_without_spikes_loads_no_simulator(tmp_path):
    command = [sys.executable, "-X", "importtime", "-m", "plasticity.cli", "quiz", "and-gate", "gd-single-weight"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    loaded = {line.split("|")[-1].strip().split(".")[0] for line in done.stderr.splitlines()}
    assert "numpy" in loaded and not loaded & {"brian2", "sympy", "matplotlib", "scipy"}


def test_a_terminal_sees_the_progress(tmp_path):
    done, saw = plasticity_on_a_terminal(tmp_path, "quiz", "bias-no-input")
    assert "computing" in saw and done.stdout.startswith("bias-no-input")
    done, saw = plasticity_on_a_terminal(tmp_path, "quiz", "not-gate", "--json")
    assert saw == "" and json.loads(done.stdout)[0]["id"] == "not-gate"


@pytest.mark.parametrize("line", ["quiz not-gate", "--help"])
def test_a_reader_that_leaves_the_pipe_is_told_nothing(tmp_path, line):
    reading, writing = os.pipe()
    os.close(reading)
    done = plasticity(tmp_path, *line.split(), stdout=writing)
    os.close(writing)
    assert done.stderr == ""


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="the system has no disk that is always full")
def test_a_full_disk_is_one_line_and_status_1(tmp_path):
    with open("/dev/full", "w") as full:
        done = plasticity(tmp_path, "quiz", "not-gate", stdout=full)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "No space left" in done.stderr


def test_a_closed_error_stream_is_no_error(tmp_path):
    command = f"'{sys.executable}' -m plasticity.cli quiz not-gate --json 2>&-"
    done = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert json.loads(done.stdout)[0]["id"] == "not-gate"


@pytest.mark.parametrize("line, named", [("--help", "doctor"), ("", "doctor"), ("quiz -h", "--explain")])
def test_help_names_what_there_is(tmp_path, line, named):
    done = plasticity(tmp_path, *line.split())
    assert (done.returncode, done.stderr) == (0, "")
    assert named in done.stdout


def test_the_version_is_that_of_the_package(tmp_path):
    assert plasticity(tmp_path, "--version").stdout.split()[-1] == __version__


@pytest.mark.parametrize("numbers, is_said", [((), True), (("--set", "w=1,2,3"), False)])
def test_with_other_numbers_a_plain_verdict_names_no_condition(numbers, is_said):
    done = plasticity_here("quiz", "backprop-sigmoid", *numbers)
    assert ("the well-known form of this example" in " ".join(done.stdout.split())) is is_said


def test_every_language_has_a_word_for_every_section():
    for language in ("en", "he"):
        assert list(frame(language)["sections"]) == list(CONTENTS)
    done = plasticity_here("quiz", "and-gate", "--lang", "he")
    assert done.stdout.splitlines()[0] == f"and-gate ({frame('he')['sections']['gates']})"
