"""A package that is begun works as it stands: it passes its own tests, and plasticity finds what is in it."""

import os
import subprocess
import sys
from importlib.metadata import version
from importlib.util import find_spec

import pytest
from command_line import assert_refused, plasticity_here
from own_packages import made

from plasticity.authoring import KINDS
from plasticity.authoring.packages import checked_name
from plasticity.errors import ArgumentError


@pytest.fixture(scope="module")
def packages(tmp_path_factory):
    """{kind: folder} of four new packages, and the environment in which they are installed."""
    folder = tmp_path_factory.mktemp("packages")
    found = {kind: made(folder / kind, kind, f"begun_{kind}") for kind in KINDS}
    path = os.pathsep.join(map(str, found.values()))
    return found, {**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1", "COLUMNS": "1000"}


def test_all_four_pass_their_own_tests(packages):
    folders, environment = packages
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *map(str, folders.values())]
    done = subprocess.run(command, env=environment, cwd=folders["rule"].parent, capture_output=True, text=True)
    assert done.returncode == 0 and "18 passed" in done.stdout, done.stdout + done.stderr


def test_all_four_are_listed(packages, monkeypatch):
    for folder in packages[0].values():
        monkeypatch.syspath_prepend(folder)
    done = plasticity_here("list")
    assert done.returncode == 0 and done.stderr == ""
    assert all(f" begun_{kind} " in done.stdout for kind in KINDS)


def test_a_shell_takes_the_words_of_the_page_for_comments_as_a_reader_does(packages):
    pages = [(folder / "README.md").read_text() for folder in packages[0].values()]
    commands = [line for page in pages for line in page.split("```")[1].splitlines()[1:]]
    assert len(commands) >= 4 * 3
    assert not [word for line in commands for word in line.split() if "#" in word[1:]]  # such a one is no comment


@pytest.mark.whole
@pytest.mark.parametrize("kind", KINDS)
def test_pip_installs_it(kind, tmp_path):
    plasticity_here("new", kind, str(tmp_path / "package"), "--name", "installed_one")
    # Where setuptools is new enough, nothing is fetched to build with
    found = find_spec("setuptools") and version("setuptools").partition(".")[0]
    alone = ["--no-build-isolation"] if int(found or 0) >= 77 else []
    options = ["--no-deps", *alone, "--quiet", "--target", str(tmp_path / "site")]
    subprocess.run([sys.executable, "-m", "pip", "install", *options, str(tmp_path / "package")], check=True)
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "site")}
    tests = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tmp_path / "package" / "tests")]
    done = subprocess.run(tests, env=environment, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_the_name_is_that_of_the_folder_and_a_taken_folder_is_left_alone(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = plasticity_here("new", "rule", "My-new rule")
    assert done.returncode == 0 and (tmp_path / "My-new rule" / "my_new_rule" / "rule.py").is_file()
    assert 'name = "my-new-rule"' in (tmp_path / "My-new rule" / "pyproject.toml").read_text()
    assert "MY_NEW_RULE = Rule(" in (tmp_path / "My-new rule" / "my_new_rule" / "rule.py").read_text()
    assert "plasticity check 'My-new rule/my_new_rule/rule.py'" in done.stdout  # as a shell takes it
    again = plasticity_here("new", "rule", "My-new rule")
    assert_refused(again, "exists")
    assert "--overwrite" not in again.stderr  # which it has not


@pytest.mark.parametrize(
    "name", ["json", "Rule", "_x", "2x", "class", "numpy", "plasticity", "pair_stdp", "a-b", "exp", "tests"]
)
def test_a_name_that_would_hide_something_or_cannot_be_is_refused_and_nothing_written(name, tmp_path):
    assert_refused(plasticity_here("new", "rule", str(tmp_path / "new"), "--name", name), name, "--name my_rule")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("kind", "name"), [("neuron", "adex"), ("experiment", "stdp_window"), ("question", "swish")])
def test_a_name_of_ours_is_refused_for_its_kind_alone(kind, name):
    with pytest.raises(ArgumentError, match=f"one of plasticity's {kind}s"):
        checked_name(name, kind)
    assert checked_name(name, "rule") == name
