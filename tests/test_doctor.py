"""The doctor: facts about the installation, and what is wrong with it."""

import importlib.metadata
import os
import platform
import subprocess
import sys

import pytest

from plasticity import __version__
from plasticity.rules.library.pair_stdp import PAIR_STDP
from plasticity.rules.variants import with_parameters
from plasticity.spiking import doctor, final_weight
from plasticity.spiking.doctor import diagnosis


def run(folder, **environment):
    command = [sys.executable, "-m", "plasticity.cli", "doctor"]
    env = {**os.environ, **environment}
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)


@pytest.fixture
def without_compiler(monkeypatch):
    """Spares the test a compilation."""
    monkeypatch.setattr(doctor, "compiler", lambda: "")


def test_it_shows_the_facts_and_that_nothing_is_wrong_here(tmp_path):
    done = run(tmp_path, COLUMNS="200")
    facts = dict(line.rsplit(maxsplit=1) for line in done.stdout.splitlines())
    assert (facts["plasticity"], facts["python"]) == (__version__, platform.python_version())
    assert facts["brian2"] == importlib.metadata.version("brian2")
    assert facts["code generation, short runs"] == "numpy"
    numba = next(line for line in done.stdout.splitlines() if line.startswith("compiled loops  "))
    assert numba.split()[2:] == ["numba", importlib.metadata.version("numba")]
    assert (done.returncode, done.stderr, facts["nothing is"]) == (0, "", "wrong")


def test_without_a_compiler_it_says_so_and_nothing_is_wrong(tmp_path):
    done = run(tmp_path, PATH="", COLUMNS="200")
    said = " ".join(done.stdout.split())
    assert "C++ compiler none found" in said and "long runs numpy (no working C++ compiler)" in said
    assert (done.returncode, "nothing is wrong" in said, "problem" in said) == (0, True, False)


def test_a_broken_installation_ends_with_its_problem_and_status_1(tmp_path):
    (tmp_path / "brian2.py").write_text("raise ImportError('half of it is missing')\n")
    done = run(tmp_path, PYTHONPATH=str(tmp_path), COLUMNS="200")
    (line,) = [line for line in done.stdout.splitlines() if line.startswith("problem: ")]
    assert "Brian2 cannot be imported: half of it is missing" in line
    assert (done.returncode, done.stderr, "nothing is wrong" in done.stdout) == (1, "", False)


BROKEN = {  # what importing raises, and what the line says
    "raise AttributeError('ptp')": "AttributeError: ptp; run: ",
    "raise SystemExit(0)": "SystemExit: 0; run: ",
    "raise ImportError('first line\\nsecond line')": "first line second line; run: ",
    "import not_there_at_all": "No module named 'not_there_at_all'; run: {} -m pip install not_there_at_all",
}
NEW_NUMPY = """
import importlib.metadata
known = importlib.metadata.version
importlib.metadata.version = lambda name: {"numpy": "2.4.6", "brian2": "2.9.0"}.get(name) or known(name)
"""
TWICE = """
from plasticity.errors import SimulationError
from plasticity.spiking.loading import brian
for _ in range(2):
    try:
        brian()
    except SimulationError as error:
        print(error)
"""


def said_twice(folder, code):
    """What two attempts to import the module that `folder` holds print, a line each."""
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(folder), os.environ.get("PYTHONPATH", "")])}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


@pytest.mark.parametrize("raised, said", BROKEN.items())
def test_whatever_importing_brian2_raises_becomes_one_line_with_what_to_do(raised, said, tmp_path):
    (tmp_path / "brian2").mkdir()
    (tmp_path / "brian2" / "__init__.py").write_text(f"import brian2.part\n{raised}\n")
    (tmp_path / "brian2" / "part.py").write_text("")
    first, second = said_twice(tmp_path, TWICE)
    assert first == second and f"Brian2 cannot be imported: {said.format(sys.executable)}" in first


def test_a_numpy_that_is_too_new_for_brian2_is_named_with_the_cure(tmp_path):
    (tmp_path / "brian2.py").write_text("raise AttributeError('ptp')\n")
    assert {line.rpartition("; ")[2] for line in said_twice(tmp_path, NEW_NUMPY + TWICE)} == {
        f"NumPy 2.4.6 is too new for this Brian2, run: {sys.executable} -m pip install 'numpy<2.4'"
    }


def test_a_package_that_is_missing_is_named_with_what_to_do(monkeypatch, without_compiler):
    monkeypatch.setattr(doctor, "PACKAGES", ("numpy", "not-there"))
    found = diagnosis()
    assert ("not-there", "not installed") in found.facts
    assert found.problems == (f"not-there is not installed; run: {sys.executable} -m pip install not-there",)


def test_a_compiler_that_does_not_compile_is_a_problem_and_not_used(monkeypatch, tmp_path):
    broken = tmp_path / "g++"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setattr(doctor, "compiler", lambda: str(broken))
    found = diagnosis()
    assert dict(found.facts)["code generation, long runs"].startswith("numpy")
    assert [str(broken) in problem for problem in found.problems] == [True]


def test_a_python_that_is_not_supported_is_a_problem(monkeypatch, without_compiler):
    monkeypatch.setattr(doctor, "SUPPORTED", ((3, 8), (3, 9)))
    assert "is not supported" in diagnosis().problems[0]


def test_numbers_that_differ_from_the_exact_reader_are_a_problem(monkeypatch, without_compiler):
    off = with_parameters(PAIR_STDP, A_plus=0.0050001)
    monkeypatch.setattr(doctor, "final_weight", lambda rule, *trains, **options: final_weight(off, *trains, **options))
    (problem,) = diagnosis().problems
    assert "do not trust" in problem


def test_a_crash_of_brian2_is_a_finding(monkeypatch, without_compiler):
    def crash(*trains, **options):
        raise ZeroDivisionError("somewhere inside")

    monkeypatch.setattr(doctor, "final_weight", crash)
    assert ["ZeroDivisionError: somewhere inside" in problem for problem in diagnosis().problems] == [True]


def test_it_is_told_where_compiled_runs_are_kept(tmp_path, monkeypatch):
    monkeypatch.setenv("PLASTICITY_CACHE", str(tmp_path / "kept"))
    assert dict(diagnosis().facts)["compiled runs are kept in"] == str(tmp_path / "kept" / "programs")
    (tmp_path / "kept").chmod(0o777)
    assert "yours alone" in dict(diagnosis().facts)["compiled runs are kept in"]
