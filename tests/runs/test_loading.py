"""The folder of a run is read back as the run wrote it; what is none is refused."""

import csv
import sys
from dataclasses import make_dataclass

import numpy as np
import pytest
from small_experiment import Result

from plasticity import runs
from plasticity.errors import ArgumentError, InputError, MissingPackage, OutputError, UnknownName
from plasticity.experiment import column
from plasticity.runs import storage


def test_one_call_loads_the_folder_as_arrays_and_as_a_dataset(folder):
    loaded = runs.load(str(folder))
    assert loaded.arrays["times"].tolist() == [0.0, 0.01, 0.02]
    assert loaded.dataset["grid"].dims == ("times", "names")
    assert loaded.dataset["grid"].attrs["units"] == "V"
    assert loaded.dataset.coords["names"].values.tolist() == ["a", "b"]
    assert float(loaded.dataset["total"]) == 2e-12


@pytest.mark.parametrize(
    "value", [None, 0, b"out", ["out"], "", "nowhere", "a\0b", "x" * 5000], ids=lambda v: repr(v)[:9]
)
@pytest.mark.parametrize("call", [runs.load, runs.rerun])
def test_what_is_no_folder_of_a_run_is_refused(call, value):
    with pytest.raises(InputError, match="give the"):
        call(value)


@pytest.mark.parametrize("value", [None, 0, b"out", ["out"]], ids=repr)
def test_what_is_no_folder_to_write_into_is_refused(value, small):
    with pytest.raises(OutputError, match="give the name of a file or folder as text"):
        runs.run_into(value, small, small.quick, "quick")


@pytest.mark.parametrize("package", ["xarray", "pandas"])
def test_a_missing_package_is_told_with_the_line_that_installs_it_when_it_is_asked_for(folder, monkeypatch, package):
    monkeypatch.setitem(sys.modules, package, None)
    loaded = runs.load(folder)
    with pytest.raises(MissingPackage, match=f"{package} is not installed; run: pip install"):
        loaded.dataset if package == "xarray" else loaded.frame("grid")
    assert loaded.arrays["grid"].shape == (3, 2) and len(loaded.columns("grid")["grid_mV"]) == 6


def test_a_frame_is_the_table_of_a_field_a_row_a_cell(folder):
    frame = runs.load(folder).frame("grid")
    assert list(frame.columns) == ["times_ms", "names", "grid_mV"]
    assert frame.values.tolist() == [[t, name, 1.0] for t in (0.0, 10.0, 20.0) for name in "ab"]
    assert runs.load(folder).frame("noise").shape == (3, 2)
    assert runs.load(folder).frame("names").values.tolist() == [["a"], ["b"]]
    assert runs.load(folder).frame("total").to_dict("records") == [{"total_pA": 2.0}]
    with pytest.raises(UnknownName, match="unknown field of the run 'gird'; known: grid, names"):
        runs.load(folder).frame("gird")


def test_every_array_is_in_a_table_with_its_coordinates_and_units(folder):
    rows = list(csv.reader((folder / "grid.csv").read_text().splitlines()))
    assert rows[0] == ["times_ms", "names", "grid_mV"]
    assert rows[1:] == [[str(t), name, "1.0"] for t in (0.0, 10.0, 20.0) for name in "ab"]


def fields(**shapes):
    """Arrays and what a manifest says of them: {name: (dims, array)}."""
    arrays = {name: np.asarray(array) for name, (_, array) in shapes.items()}
    said = {
        name: {"dims": list(dims), "shown_in": "1", "shape": list(arrays[name].shape)}
        for name, (dims, _) in shapes.items()
    }
    return arrays, said


def test_dimensions_without_coordinates_are_counted_also_when_they_share_a_name():
    arrays, said = fields(points=(("points", "xy"), np.arange(6).reshape(3, 2)), square=(("a", "a"), [[1, 2], [3, 4]]))
    found = storage.columns("points", arrays, said)
    assert {name: column.tolist() for name, column in found.items()} == {
        "points_index": [0, 0, 1, 1, 2, 2],
        "xy_index": [0, 1, 0, 1, 0, 1],
        "points": [0, 1, 2, 3, 4, 5],
    }
    assert list(storage.columns("square", arrays, said)) == ["a_index", "a_index_2", "square"]


def test_a_field_with_more_cells_than_a_table_holds_is_left_out_and_the_manifest_says_so(tmp_path, small, monkeypatch):
    monkeypatch.setattr(storage, "MOST_ROWS", 5)
    runs.run_into(tmp_path / "out", small, small.full, "full")
    assert not (tmp_path / "out" / "grid.csv").exists() and (tmp_path / "out" / "times.csv").exists()
    loaded = runs.load(tmp_path / "out")
    assert loaded.manifest["left_out"] == {"grid": "6 cells; a table holds at most 5; see arrays.npz"}
    assert len(loaded.frame("grid")) == 6


def test_two_tables_never_have_one_name(tmp_path):
    result = Result(np.zeros(2), np.zeros(2), np.zeros((2, 2)), np.array(["a", "b"]), 1.0)
    said = storage.variables_of(result)
    contents = storage.data_files(result)
    assert len(contents) == 5 and said["grid"]["shape"] == [2, 2]


def result_of(**held):
    """A result of the fields {name: (value, unit, dimensions)}."""
    said = [(name, np.ndarray, column(unit, *dims)) for name, (_, unit, dims) in held.items()]
    return make_dataclass("Result", said, frozen=True)(*(value for value, _, _ in held.values()))


def test_neither_tables_nor_columns_of_one_name_take_the_place_of_each_other():
    one, two = np.zeros(2), np.ones(2)
    result = result_of(total=(1.0, "", ()), a=(one, "ms", ["numbers"]), a_ms=(two, "1", ["numbers"]))
    contents = storage.data_files(result)
    assert contents["numbers.csv"] == b"name,value,unit\ntotal,1.0,\n"
    assert contents["numbers_along.csv"] == b"a_ms,a_ms_2\n0.0,1.0\n0.0,1.0\n"
    result = result_of(a=(one, "ms", ["a"]), a_ms=(np.eye(2), "1", ["a", "b"]), A=(np.eye(2), "", ["a", "b"]))
    contents, said = storage.data_files(result), storage.variables_of(result)
    assert sorted(contents) == ["A_cells.csv", "a.csv", "a_ms.csv", "arrays.npz"]
    assert list(storage.columns("a_ms", storage.arrays_of(result), said)) == ["a_ms", "b_index", "a_ms_2"]


@pytest.mark.parametrize(
    ("held", "words"),
    [
        ({"a": (np.zeros((2, 2)), "", ["x"])}, "'a' .* 2 dimensions"),
        ({"a": (np.zeros(2), "", ["x"]), "b": (np.zeros(3), "", ["x"])}, "'b' .* 3 cells along x, and others 2"),
        ({"a": (np.array([None, {}]), "", ["x"])}, "'a' .* type object"),
        ({"a": ([[1], [2, 3]], "", ["x"])}, "'a' .* no array"),
        ({"file": (np.zeros(2), "", ["x"])}, "another name"),
    ],
)
def test_a_result_that_is_not_as_it_was_declared_is_refused(held, words):
    with pytest.raises(ArgumentError, match=words):
        storage.data_files(result_of(**held))
