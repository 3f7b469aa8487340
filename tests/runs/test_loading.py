"""The folder of a run is read back as the run wrote it, or refused in one line."""

import csv
import io
import json
import os
import sys
from dataclasses import make_dataclass

import numpy as np
import pytest
from small_experiment import EXPERIMENT, Result

from plasticity import files, runs
from plasticity.errors import (
    ArgumentError,
    InputError,
    MissingPackage,
    OutputError,
    PlasticityError,
    PlasticityWarning,
    UnknownName,
)
from plasticity.experiment import column
from plasticity.runs import storage
from plasticity.runs.manifest import MANIFEST


@pytest.fixture(scope="module")
def left(tmp_path_factory):
    """What a run leaves: {name: content}."""
    folder = tmp_path_factory.mktemp("run") / "out"
    runs.run_into(folder, EXPERIMENT, EXPERIMENT.full, "full")
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def folder(tmp_path, left, small):
    """A folder of a run, which may be tampered with."""
    (tmp_path / "out").mkdir()
    for name, content in left.items():
        (tmp_path / "out" / name).write_bytes(content)
    return tmp_path / "out"


def sealed_anew(folder, change=lambda facts: None, **contents):
    """What somebody would do who knows how the hashes are made: change files and manifest, and seal them again."""
    facts = json.loads((folder / MANIFEST).read_text())
    change(facts)
    for name, content in contents.items():
        (folder / name.replace("__", ".")).write_bytes(content)
    kept = {name: (folder / name).read_bytes() for name in facts["files"] if (folder / name).is_file()}
    about = {key: value for key, value in facts.items() if key not in ("files", "hashes", "sha256", "written_by")}
    (folder / MANIFEST).write_bytes(files.sealed("run", about, kept)[MANIFEST])


def npz(**arrays):
    file = io.BytesIO()
    np.savez_compressed(file, **arrays)
    return file.getvalue()


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


@pytest.mark.parametrize("name", ["arrays.npz", "times.csv", "grid.csv", "numbers.csv"])
@pytest.mark.parametrize("call", [runs.load, runs.rerun])
def test_data_that_were_changed_or_removed_are_refused(folder, name, call):
    (folder / name).write_bytes((folder / name).read_bytes() + b"\n")
    with pytest.raises(InputError, match=f"{name} is missing or was changed since the run"):
        call(folder)
    (folder / name).unlink()
    with pytest.raises(InputError, match=f"{name} is missing"):
        call(folder)


@pytest.mark.parametrize("key", ["claims", "seed", "records", "versions", "parameters", "variables", "preset", "files"])
@pytest.mark.parametrize("call", [runs.load, runs.rerun])
def test_a_manifest_that_was_edited_is_refused_with_what_was_edited(folder, key, call):
    facts = json.loads((folder / MANIFEST).read_text())
    facts[key] = {**facts[key], "x": "0" * 64} if isinstance(facts[key], dict) else 3
    (folder / MANIFEST).write_text(json.dumps(facts))
    with pytest.raises(InputError, match=f"{MANIFEST}: {key} changed since it was written"):
        call(folder)


def test_a_figure_that_was_changed_costs_a_warning(folder):
    (folder / "figure.png").write_bytes(b"edited")
    with pytest.warns(PlasticityWarning, match="figure.png is missing or was changed"):
        assert runs.load(folder).arrays["grid"].shape == (3, 2)
    with pytest.warns(PlasticityWarning, match="figure.png"):
        assert runs.rerun(folder).is_equal


def fifo(folder):
    (folder / "arrays.npz").unlink()
    os.mkfifo(folder / "arrays.npz")


def linked(folder):
    (folder / "arrays.npz").unlink()
    (folder / "arrays.npz").symlink_to("/dev/zero")


ARRAYS = {"times": [0.0, 0.01, 0.02], "noise": [0.0] * 3, "grid": [[0.0] * 2] * 3, "names": ["a", "b"], "total": 0.0}


def another(**change):
    """Arrays that are not those of the manifest, sealed."""
    arrays = {name: np.array(array) for name, array in {**ARRAYS, **change}.items() if array is not None}
    return lambda folder: sealed_anew(folder, arrays__npz=npz(**arrays))


def changed(*keys, to):
    """A manifest with one fact changed, sealed."""

    def change(facts):
        for key in keys[:-1]:
            facts = facts[key]
        facts[keys[-1]] = to

    return lambda folder: sealed_anew(folder, change)


TAMPERED = {
    "no manifest": lambda folder: (folder / MANIFEST).unlink(),
    "an empty manifest": lambda folder: (folder / MANIFEST).write_text(""),
    "half a manifest": lambda folder: (folder / MANIFEST).write_text((folder / MANIFEST).read_text()[:500]),
    "a list": lambda folder: (folder / MANIFEST).write_text("[]"),
    "a manifest of others": lambda folder: (folder / MANIFEST).write_text('{"experiment": "small"}'),
    "brackets": lambda folder: (folder / MANIFEST).write_text("[" * 100_000),
    "no text": lambda folder: (folder / MANIFEST).write_bytes(b"\xff\x00"),
    "a large manifest": lambda folder: os.truncate(folder / MANIFEST, 2**40),
    "a pipe": fifo,
    "a device": linked,
    "an answer": changed("kind", to="answer"),
    "a field that is no array": changed("variables", "grid", to=3),
    "a field of many dimensions": changed("variables", "grid", "dims", to=["a"] * 100),
    "a field of no shape": changed("variables", "grid", "shape", to=None),
    "a negative shape": changed("variables", "grid", "shape", to=[-3, -2]),
    "a large shape": changed("variables", "grid", "shape", to=[10**100, 2]),
    "a type that is none": changed("variables", "grid", "dtype", to="nosuch"),
    "a field more": changed("variables", "more", to={"dims": [], "shape": [], "dtype": "<f8"}),
    "no variables": changed("variables", to={}),
    "a text for variables": changed("variables", to="grid"),
    "no experiment": changed("experiment", to=None),
    "an empty file": lambda folder: sealed_anew(folder, arrays__npz=b""),
    "no zip": lambda folder: sealed_anew(folder, arrays__npz=b"PK\x03\x04 no zip"),
    "a variable missing": another(noise=None),
    "a variable more": another(more=[1.0]),
    "another shape": another(grid=[[0.0] * 3] * 2),
    "another type": another(noise=[1, 2, 3]),
    "scalars for arrays": another(times=1.0),
    "zeros": another(grid=np.zeros((1000, 1000))),
    "no arrays": another(**dict.fromkeys(ARRAYS)),
}


@pytest.mark.parametrize("case", TAMPERED)
@pytest.mark.parametrize("call", [runs.load, runs.rerun])
def test_a_folder_that_was_tampered_with_is_refused_in_one_line(folder, case, call):
    TAMPERED[case](folder)
    with pytest.raises(InputError, match="run the experiment again|give .*") as error:
        call(folder)
    assert "\n" not in str(error.value) and len(str(error.value)) < 700


REFUSED_BY_RERUN = {
    "an experiment that is none": changed("experiment", to="nosuch"),
    "a preset that is none": changed("preset", to="nosuch"),
    "a parameter more": changed("parameters", "more", to=1),
    "a parameter of 300 digits": changed("parameters", "n", to=10**299),
    "a parameter of another kind": changed("parameters", "lag", to=[[1]]),
    "a text for a parameter": changed("parameters", "kind", to="x" * 10_000),
    "a seed that is none": changed("parameters", "seed", to=-1),
    "a seed that is too large": changed("parameters", "seed", to=2**32),
}


@pytest.mark.parametrize("case", REFUSED_BY_RERUN)
def test_what_cannot_be_repeated_is_refused_in_one_line(folder, case):
    REFUSED_BY_RERUN[case](folder)
    with pytest.raises(PlasticityError) as error:
        runs.rerun(folder)
    assert "\n" not in str(error.value) and len(str(error.value)) < 2100


def test_the_folder_of_a_dead_writer_is_restored_when_it_is_read(folder):
    hidden = folder.parent / ".plasticity-0123abcd"
    (hidden / "new").mkdir(parents=True)
    plan = {"pid": 1, "host": "", **leftover(), "target": "out", "inode": os.lstat(hidden / "new").st_ino, "files": []}
    (hidden / "writer.json").write_text(json.dumps(plan))
    folder.rename(hidden / "old")
    with pytest.warns(PlasticityWarning, match="the earlier folder has its name again"):
        assert runs.load(folder).arrays["grid"].shape == (3, 2)
    assert os.listdir(folder.parent) == ["out"]


def leftover():
    from plasticity.files.leftovers import machine

    return machine()
