"""`plasticity quiz --practice`, `--export`, `--template` and `--picture`, as a person meets them."""

import shlex
import subprocess

import pytest
from command_line import PLASTICITY, assert_refused, plasticity_here

from plasticity.quiz import TEMPLATE


def practised(folder, replies, *arguments):
    command = [*PLASTICITY, "quiz", "--practice", *arguments]
    return subprocess.run(command, cwd=folder, input=replies, capture_output=True, text=True, check=True)


def test_practice_asks_takes_a_reply_and_says_why(tmp_path):
    done = practised(tmp_path, "A\nperhaps\nB\n", "bias-no-input", "--count", "2", "--seed", "3")
    assert done.stdout.count("your answer") == 3 and "none of A, B" in done.stdout
    assert done.stdout.splitlines()[-1].endswith("of 2 right") and done.stderr == ""


def test_the_end_of_the_input_ends_it_with_what_was_asked(tmp_path):
    assert practised(tmp_path, "").stdout.splitlines()[-1] == "0 of 0 right"


@pytest.mark.parametrize("form, start", [("moodle", "<?xml"), ("html", "<!DOCTYPE html>")])
def test_exercises_are_printed_or_written_as_a_file(tmp_path, form, start):
    out = tmp_path / "exercises"
    printed = plasticity_here("quiz", "--export", form, "--count", "3", "--lang", "he")
    written = plasticity_here("quiz", "--export", form, "--count", "3", "--lang", "he", "--out", str(out))
    assert printed.stdout.startswith(start) and printed.stdout == out.read_text(encoding="utf-8")
    assert_refused(plasticity_here("quiz", "--export", form, "--out", str(out)), "exists")
    assert written.returncode == 0


@pytest.mark.parametrize(
    "line, words",
    [
        ("--practice --json", ["--json", "exercises"]),
        ("--practice poetry", ["poetry", "spiking"]),
        ("--practice bias-no-input spiking", ["one question"]),
        ("--practice --section ''", ["''", "spiking"]),
        ("--export html --out .", ["is a folder"]),
        ("--template --json", ["--template", "alone"]),
        ("--count 3", ["--practice"]),
        ("--export word", ["moodle", "html"]),
        ("bias-no-input --picture there/p.png", ["there"]),
        ("bias-no-input --picture p.gif", ["gif", "png"]),
        ("bias-no-input --set bia=3", ["bia", "bias"]),
        ("bias-no-input --lang fr", ["fr", "en"]),
    ],
)
def test_what_cannot_be_done_is_refused_in_one_line(tmp_path, monkeypatch, line, words):
    monkeypatch.chdir(tmp_path)
    assert_refused(plasticity_here("quiz", *shlex.split(line)), *words)


def test_the_printed_example_can_be_asked_and_drawn(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    printed = plasticity_here("quiz", "--template").stdout
    (tmp_path / "mine.toml").write_text(printed, encoding="utf-8")
    done = plasticity_here("quiz", "mine.toml", "--picture", "mine.png")
    assert printed == TEMPLATE and "The synapse is strengthened." in done.stdout
    assert (tmp_path / "mine.png").read_bytes()[1:4] == b"PNG"


def test_a_link_that_leads_nowhere_is_no_name_of_a_new_picture(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "p.png").symlink_to(tmp_path / "nowhere")
    assert_refused(plasticity_here("quiz", "two-neuron-loop", "--picture", "p.png"), "exists")


def test_a_question_is_drawn_by_its_experiment_for_the_numbers_asked(tmp_path):
    command = [*PLASTICITY, "quiz", "bias-no-input", "--set", "bias=0.4", "--picture", "p.svg"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "bias_and_inhibition" in done.stdout and "bias 0.4" in " ".join((tmp_path / "p.svg").read_text().split())
