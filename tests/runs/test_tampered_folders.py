"""The folder of a run that was tampered with is refused in one line, or costs a warning; a dead writer's is mended."""

import io
import json
import os

import numpy as np
import pytest

from plasticity import files, runs
from plasticity.errors import InputError, PlasticityError, PlasticityWarning
from plasticity.runs.manifest import MANIFEST


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
