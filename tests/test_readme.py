"""What the README shows runs as it stands."""

import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from plasticity import RULES, ask, trajectory
from plasticity.ask.folder import image
from plasticity.plots import Look
from plasticity.runs import EXPERIMENTS

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
PYTHON = re.findall(r"^```python\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)
SHELL = re.findall(r"^```sh\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


PAGES = [README, *(page.read_text(encoding="utf-8") for page in (Path(__file__).parents[1] / "docs").rglob("*.md"))]
SVG = "{http://www.w3.org/2000/svg}"


def test_there_are_python_blocks_to_run():
    assert PYTHON


@pytest.mark.parametrize("number", range(len(PYTHON)))
def test_a_python_block_runs_by_itself(number, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MPLBACKEND", "Agg")
    exec(compile(PYTHON[number], f"README.md, python block {number + 1}", "exec"), {"__name__": "__main__"})
    assert not list(tmp_path.iterdir())


def test_the_first_two_shell_blocks_are_one_command_each():
    first, second = (block.replace("\\\n", " ").strip().splitlines() for block in SHELL[:2])
    assert len(first) == len(second) == 1
    install, ask, quiz = (part.strip() for part in first[0].split("&&")[-3:])
    assert install.endswith("pip install -e .") and quiz.endswith("plasticity quiz")
    assert " ask " in ask and "--out" in ask and ask.endswith("--overwrite")  # so that it works a second time
    assert "[test]" in second[0] and second[0].endswith("pytest -n auto")


def test_the_answer_that_opens_it_is_what_is_printed():
    (command, *printed) = re.search(r"^```text\n\$ plasticity (ask .*?)^```$", README, re.DOTALL | re.MULTILINE)[
        1
    ].splitlines()
    asked = [sys.executable, "-m", "plasticity.cli", *command.split()]
    done = subprocess.run(asked, env=os.environ | {"COLUMNS": "80"}, capture_output=True, text=True, check=True)
    assert [line.rstrip() for line in done.stdout.splitlines()] == printed
    assert command in SHELL[0]


def test_experiments_have_the_parameters_that_pages_set_and_sweep():
    lines = re.findall(r"plasticity (?:run|sweep) (\w+) (.*)", "\n".join(PAGES))
    asked = [(name, key) for name, rest in lines for key in re.findall(r"--(?:over|set) (\w+)=", rest)]
    assert len(asked) >= 5
    assert not [(name, key) for name, key in asked if key not in vars(EXPERIMENTS[name].quick)]


def words_and_weight(svg):
    """The texts of a picture, and the heights of the weight's line over time, from 0 at its start to 1 at its end."""
    words = [" ".join("".join(one.itertext()).split()) for one in ElementTree.fromstring(svg).iter(f"{SVG}text")]
    paths = re.findall(r'<path d="([^"]*)"[^>]*stroke: #0072b2[^>]*stroke-linecap: square', svg)
    heights = [float(y) for _, y in re.findall(r"[ML] (\S+) (\S+)", max(paths, key=len))]  # not its sample
    return words, [(y - heights[0]) / (heights[-1] - heights[0]) for y in heights]


def test_the_picture_that_opens_it_is_what_the_command_draws_and_shows_the_weight():
    committed = (Path(__file__).parents[1] / "docs" / "pictures" / "ask.svg").read_text(encoding="utf-8")
    rule, trains = RULES["pair_stdp"], ([0.010, 0.030], [0.015, 0.035])
    drawn = image(ask.answer(ask.Question(rule, *trains)), "svg", Look(is_captioned=False)).decode()

    words, heights = words_and_weight(committed)
    assert words == words_and_weight(drawn)[0], "draw it again: plasticity ask ... --no-caption --format svg --out DIR"
    weights = [0.5, *trajectory(rule, *trains, w0=0.5).weights]
    expected = [(weight - 0.5) / (weights[-1] - 0.5) for weight in weights]
    assert sorted(set(np.round(heights, 3))) == pytest.approx(
        sorted(set(expected)), abs=2e-3
    )  # of a pixel in a hundred


def test_the_contents_name_every_section():
    contents = re.search(r"^\*\*Contents\.\*\*(.*?)\n\n", README, re.DOTALL | re.MULTILINE)[1]
    sections = re.findall(r"^## (.*)$", README, re.MULTILINE)
    assert re.findall(r"\[(.*?)\]", contents) == sections
    anchors = [re.sub(r"[^a-z -]", "", name.lower()).replace(" ", "-") for name in sections]
    assert re.findall(r"\(#(.*?)\)", contents) == anchors


def test_the_rule_in_full_is_that_of_the_catalogue():
    from plasticity.rules import RULES

    (block,) = [block for block in PYTHON if 'name="pair_stdp"' in block]
    names = {}
    exec(block, names)
    assert names["PAIR_STDP"] == replace(RULES["pair_stdp"], purpose="", sets=())


def test_the_commands_that_are_listed_exist():
    from plasticity.cli import COMMANDS

    listed = re.findall(r"^plasticity (\w+)", README, re.MULTILINE)
    assert set(listed) == set(COMMANDS)
