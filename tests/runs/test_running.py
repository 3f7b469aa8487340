"""A run leaves one whole folder, which can be loaded and repeated; or nothing."""

import csv
import json
import os
import signal
import subprocess
import sys
import textwrap
from dataclasses import dataclass, replace

import numpy as np
import pytest

from plasticity import files, runs
from plasticity.errors import ArgumentError, MemoryLimitError, OutputError, PlasticityError, UnknownName
from plasticity.experiment import column
from plasticity.runs.manifest import MANIFEST

FILES = {"figure.png", "caption.txt", "arrays.npz", "times.csv", "names.csv", "grid.csv", "numbers.csv", MANIFEST}


@pytest.fixture
def folder(tmp_path, small):
    """The folder of a finished run."""
    runs.run_into(tmp_path / "out", small, small.full, "full")
    return tmp_path / "out"


def test_a_run_leaves_figure_data_and_manifest(folder):
    assert {path.name for path in folder.iterdir()} == FILES
    assert [path.name for path in folder.parent.iterdir()] == ["out"]


def test_tables_carry_units_and_read_back_as_the_same_numbers(folder):
    rows = list(csv.DictReader((folder / "times.csv").read_text().splitlines()))
    assert [float(row["times_ms"]) for row in rows] == [0.0, 10.0, 20.0]
    assert [float(row["noise"]) for row in rows] == np.random.default_rng(0).normal(size=3).tolist()
    assert (folder / "numbers.csv").read_text() == "name,value,unit\ntotal,2.0,pA\n"


def test_the_manifest_says_what_the_numbers_depend_on(folder):
    facts = json.loads((folder / MANIFEST).read_text())
    assert (facts["seed"], facts["preset"], facts["parameters"]["lag"]) == (0, "full", 0.01)
    assert facts["parameters_shown"]["lag"] == "10 ms"
    assert facts["records"][0]["equations"][0] == "dr_pre/dt = -r_pre/tau_plus"
    assert any(line.startswith("a coincident pair is ignored") for line in facts["records"][0]["conventions"])
    assert set(facts["files"]) == FILES - {MANIFEST}
    assert facts["versions"].keys() >= {"plasticity", "numpy", "brian2", "python"}
    assert [claim["holds"] for claim in facts["claims"]] == [True, True]


def test_a_claim_that_measures_no_number_does_not_hold_and_is_kept_as_null(tmp_path, small):
    claim = replace(small.claims[0], measure=lambda result: float("nan"))
    runs.run_into(tmp_path / "out", replace(small, claims=(claim,)), small.quick, "quick")
    (kept,) = json.loads((tmp_path / "out" / MANIFEST).read_text())["claims"]
    assert (kept["measured"], kept["holds"]) == (None, False)


def test_an_existing_folder_is_not_overwritten_unasked(folder, small):
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(OutputError, match="exists; give another folder"):
        runs.run_into(folder, small, small.quick, "quick")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_asked_to_overwrite_it_replaces_a_run_and_nothing_else(folder, small):
    runs.run_into(folder, small, small.quick, "quick", overwrite=True)
    assert json.loads((folder / MANIFEST).read_text())["preset"] == "quick"
    (folder / MANIFEST).unlink()
    with pytest.raises(OutputError, match="no run of ours"):
        runs.run_into(folder, small, small.quick, "quick", overwrite=True)
    assert [path.name for path in folder.parent.iterdir()] == ["out"]


def test_a_folder_that_appears_while_the_run_goes_on_is_kept(tmp_path, small):
    def run(parameters):
        (tmp_path / "out").mkdir()
        (tmp_path / "out" / "thesis.txt").write_text("mine")
        return small.run(parameters)

    with pytest.raises(OutputError, match="out exists by now"):
        runs.run_into(tmp_path / "out", replace(small, run=run), small.quick, "quick")
    assert [path.name for path in tmp_path.rglob("*")] == ["out", "thesis.txt"]


def test_a_file_put_into_the_folder_of_a_run_is_kept_when_the_run_is_replaced(folder, small):
    def run(parameters):
        (folder / "notes.txt").write_text("mine")
        return small.run(parameters)

    with pytest.raises(OutputError, match="holds what no run of ours wrote: notes.txt"):
        runs.run_into(folder, replace(small, run=run), small.quick, "quick", overwrite=True)
    assert {path.name for path in folder.iterdir()} == FILES | {"notes.txt"}
    with pytest.raises(OutputError, match="notes.txt"):
        runs.run_into(folder, small, small.quick, "quick", overwrite=True)


def test_a_dimension_that_would_leave_the_folder_is_refused(tmp_path, small):
    with pytest.raises(PlasticityError, match="the name of a dimension is .*evil"):

        @dataclass(frozen=True)
        class Result:
            times: np.ndarray = column("ms", "../../../evil")

        other = replace(small, run=lambda p: Result(np.array([1.0])), draw=lambda result, figure: None, claims=())
        runs.run_into(tmp_path / "out", other, small.quick, "quick")
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_told_before_the_run(tmp_path, small):
    (tmp_path / "file").write_text("")
    never = replace(small, run=lambda p: pytest.fail("it ran"))
    for place in (tmp_path / "file" / "out", tmp_path / "file"):
        with pytest.raises(OutputError):
            runs.run_into(place, never, small.full, "full")


def test_a_format_that_is_none_is_told_before_the_run(tmp_path, small):
    never = replace(small, run=lambda p: pytest.fail("it ran"))
    with pytest.raises(ArgumentError, match="'gif'; allowed: png, svg, pdf"):
        runs.run_into(tmp_path / "out", never, small.full, "full", format="gif")


def test_a_run_too_large_for_memory_is_told_before_it_starts(small):
    never = replace(small, run=lambda p: pytest.fail("it ran"), memory=lambda p: 1e18)
    with pytest.raises(MemoryLimitError, match="the experiment small would take 9.31e.08 GiB"):
        runs.run(never, small.full)


def test_writing_that_fails_in_the_middle_leaves_what_was_there(folder):
    before = sorted(path.name for path in folder.iterdir())
    contents = files.sealed("run", {}, {"a": b"1", "a/b": b"2"})
    with pytest.raises(OutputError, match="cannot be written"):
        files.write_folder(folder, "run", contents, overwrite=True)
    assert sorted(path.name for path in folder.iterdir()) == before
    assert [path.name for path in folder.parent.iterdir()] == ["out"]


SLOW = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # whatever we ourselves were started with
signal.signal(signal.SIGTERM, signal.SIG_DFL)
signal.signal(signal.SIGHUP, signal.SIG_DFL)
sys.path.insert(0, {tests!r})
from dataclasses import replace
from pathlib import Path
from small_experiment import EXPERIMENT
from plasticity import runs
from plasticity.cli import run_command
import click

def draw(result, figure):
    print("drawing", flush=True)
    sys.stdin.read()  # for as long as the test lives

@click.command()
def command():
    slow = replace(EXPERIMENT, draw=draw)
    runs.run_into(Path("out"), slow, slow.full, "full")

run_command(command, [])
"""


ENDS = {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGHUP: 129, signal.SIGKILL: -9}


@pytest.mark.parametrize("number", ENDS, ids=lambda number: number.name)
def test_a_run_killed_in_the_middle_leaves_no_folder(tmp_path, number):
    code = textwrap.dedent(SLOW.format(tests=os.path.dirname(__file__)))
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-c", code], cwd=tmp_path, text=True, **pipes) as process:
        assert process.stdout.readline() == "drawing\n"
        process.send_signal(number)
        said = process.communicate()[1]
    assert process.returncode == ENDS[number] and said.strip() == ("Stopped." if number != signal.SIGKILL else "")
    assert list(tmp_path.iterdir()) == []


def test_a_name_and_quick_are_all_that_one_needs(small):
    assert runs.run("small").parameters == small.full
    quick = runs.run("small", quick=True)
    assert (quick.parameters, quick.preset) == (small.quick, "quick")
    assert runs.run(small, small.quick).parameters == small.quick
    with pytest.raises(ArgumentError, match="quick stands for the parameters of a preset"):
        runs.run("small", small.quick, quick=True)
    with pytest.raises(UnknownName, match="known: .*stdp_window"):
        runs.run("stpd_window")
