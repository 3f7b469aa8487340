"""A run leaves one whole folder, which can be loaded and repeated; or nothing."""

import csv
import json
import os
import signal
import subprocess
import sys
import textwrap
from dataclasses import replace

import numpy as np
import pytest
from small_experiment import EXPERIMENT

from plasticity import runs
from plasticity.errors import ArgumentError, InputError, MemoryLimitError, OutputError
from plasticity.runs.manifest import MANIFEST
from plasticity.runs.storage import write_folder

FILES = {"figure.png", "arrays.npz", "times.csv", "names.csv", "numbers.csv", MANIFEST}


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
    assert "a coincident pair is ignored" in facts["records"][0]["conventions"]
    assert set(facts["files"]) == FILES - {MANIFEST}
    assert facts["versions"].keys() >= {"plasticity", "numpy", "brian2", "python"}
    assert [claim["holds"] for claim in facts["claims"]] == [True, True]


def test_a_claim_that_measures_no_number_does_not_hold_and_is_kept_as_null(tmp_path, small):
    claim = replace(small.claims[0], measure=lambda result: float("nan"))
    runs.run_into(tmp_path / "out", replace(small, claims=(claim,)), small.quick, "quick")
    (kept,) = json.loads((tmp_path / "out" / MANIFEST).read_text())["claims"]
    assert (kept["measured"], kept["holds"]) == (None, False)


def test_one_call_loads_the_folder_as_arrays_and_as_a_dataset(folder):
    loaded = runs.load(folder)
    assert loaded.arrays["times"].tolist() == [0.0, 0.01, 0.02]
    assert loaded.dataset["grid"].dims == ("times", "names")
    assert loaded.dataset["grid"].attrs["units"] == "V"
    assert loaded.dataset.coords["names"].values.tolist() == ["a", "b"]
    assert float(loaded.dataset["total"]) == 2e-12


def test_where_xarray_is_not_installed_there_are_the_arrays(folder, monkeypatch):
    monkeypatch.setattr("plasticity.runs.running.find_spec", lambda name: None)
    loaded = runs.load(str(folder))
    assert loaded.dataset is None and loaded.arrays["grid"].shape == (3, 2)


def test_a_repeated_run_is_bit_equal(folder):
    equal = runs.rerun(folder)
    assert set(equal) == FILES - {MANIFEST, "figure.png"} and all(equal.values())


def test_a_run_that_comes_out_otherwise_is_told_file_by_file(folder):
    other = replace(EXPERIMENT, run=lambda p: replace(EXPERIMENT.run(p), total=3e-12))
    equal = runs.rerun(folder, lookup=lambda name: other)
    assert equal == {"arrays.npz": False, "names.csv": True, "numbers.csv": False, "times.csv": True}


def test_data_that_were_changed_since_the_run_are_not_compared(folder):
    (folder / "times.csv").write_text("times_ms\n1\n")
    with pytest.raises(InputError, match="times.csv is missing or was changed"):
        runs.rerun(folder)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"experiment": "small"}'])
def test_a_manifest_that_is_none_is_refused_with_its_path(folder, text):
    (folder / MANIFEST).write_text(text)
    with pytest.raises(InputError, match=f"{MANIFEST}.*run the experiment again"):
        runs.rerun(folder)


def test_arrays_that_are_none_are_refused_with_their_path(folder):
    (folder / "arrays.npz").write_bytes(b"PK\x03\x04 no zip")
    with pytest.raises(InputError, match="arrays.npz cannot be read"):
        runs.load(folder)


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


def test_writing_that_fails_in_the_middle_leaves_what_was_there(folder, monkeypatch):
    before = sorted(path.name for path in folder.iterdir())
    with pytest.raises(OutputError, match="cannot be written"):
        write_folder(folder, {"a": b"1", "a/b": b"2"})
    assert sorted(path.name for path in folder.iterdir()) == before
    assert [path.name for path in folder.parent.iterdir()] == ["out"]


SLOW = """
import sys
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


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL], ids=lambda number: number.name)
def test_a_run_killed_in_the_middle_leaves_no_folder(tmp_path, number):
    code = textwrap.dedent(SLOW.format(tests=os.path.dirname(__file__)))
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen([sys.executable, "-c", code], cwd=tmp_path, text=True, **pipes) as process:
        assert process.stdout.readline() == "drawing\n"
        process.send_signal(number)
        assert process.wait() != 0
    assert list(tmp_path.iterdir()) == []
