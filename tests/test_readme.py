"""What the README shows runs as it stands."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
PYTHON = re.findall(r"^```python\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)
SHELL = re.findall(r"^```sh\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


def test_there_are_python_blocks_to_run():
    assert PYTHON


@pytest.mark.parametrize("number", range(len(PYTHON)))
def test_a_python_block_runs_by_itself(number, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MPLBACKEND", "Agg")
    exec(compile(PYTHON[number], f"README.md, python block {number + 1}", "exec"), {"__name__": "__main__"})
    assert not list(tmp_path.iterdir())


def test_the_first_two_shell_blocks_are_one_command_each():
    first, second = (block.strip().splitlines() for block in SHELL[:2])
    assert len(first) == len(second) == 1
    assert "pip install" in first[0] and first[0].endswith("plasticity quiz")
    assert "[test]" in second[0] and second[0].endswith("pytest -n auto")


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
