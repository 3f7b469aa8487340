"""A run that is repeated is compared array by array, and what else changed is said."""

from dataclasses import replace

import numpy as np
import pytest
from changing import with_changes
from small_experiment import EXPERIMENT

from plasticity import runs
from plasticity.runs import manifest, running
from plasticity.runs.storage import ARRAYS


@pytest.fixture
def folder(tmp_path, small):
    """The folder of a finished run."""
    runs.run_into(tmp_path / "out", small, small.full, "full")
    return tmp_path / "out"


def repeated(folder, **change):
    return runs.rerun(folder, lookup=lambda name: replace(EXPERIMENT, **change))


def test_a_repeated_run_is_bit_equal(folder):
    found = runs.rerun(folder)
    assert found.is_equal and set(found.arrays) == {"times", "noise", "grid", "names", "total"}
    assert found.changed == {}


def test_what_comes_out_otherwise_is_told_array_by_array(folder):
    found = repeated(folder, run=lambda p: replace(EXPERIMENT.run(p), total=3e-12))
    assert not found.is_equal and [name for name, equal in found.arrays.items() if not equal] == ["total"]


def test_arrays_are_compared_and_not_the_bytes_of_their_archive(tmp_path, small, monkeypatch):
    monkeypatch.setattr(np, "savez_compressed", np.savez)  # another NumPy may pack them otherwise
    runs.run_into(tmp_path / "out", small, small.full, "full")
    monkeypatch.undo()
    assert runs.run(small, small.full).files("png")[ARRAYS] != (tmp_path / "out" / ARRAYS).read_bytes()
    assert runs.rerun(tmp_path / "out", lookup=lambda name: EXPERIMENT).is_equal


@pytest.mark.parametrize(
    "other", [np.array([0.0, -0.0, 0.0]), np.zeros(3, "f4"), np.zeros(3, int), np.zeros(4)], ids=str
)
def test_equal_means_every_bit_type_and_shape(other):
    from plasticity.runs.repeating import _is_equal

    assert _is_equal(np.zeros(3), np.zeros(3)) and _is_equal(np.array([np.nan]), np.array([np.nan]))
    assert not _is_equal(np.zeros(3), other)


def test_versions_that_changed_are_told_though_the_data_are_equal(folder, monkeypatch):
    monkeypatch.setattr(manifest, "versions", lambda: {**real, "numpy": "9.9"})
    found = repeated(folder)
    assert found.is_equal and found.changed == {"versions": f"numpy {real['numpy']}, now 9.9"}


real = manifest.versions()


def test_claims_and_equations_that_changed_are_told_by_name(folder):
    claim, record = EXPERIMENT.claims[0], EXPERIMENT.records[0]
    claims = (replace(claim, expected=2e-3), EXPERIMENT.claims[1], replace(claim, sentence="A new one"))
    found = repeated(folder, claims=claims, records=(with_changes(record, pre="-2*A_minus*r_post"),))
    assert "'The grid is one millivolt everywhere': expected 0.001, now 0.002" in found.changed["claims"]
    assert "holds True, now False; 'A new one' is new" in found.changed["claims"]
    assert (
        found.changed["equations"].startswith("'pair_stdp': equations [") and "2*A_minus" in found.changed["equations"]
    )
    assert set(found.changed) == {"claims", "equations"} and found.is_equal


def test_a_seed_that_is_no_longer_the_one_is_told(folder, monkeypatch):
    facts = running.manifest
    monkeypatch.setattr(running, "manifest", lambda *of, **about: {**facts(*of, **about), "seed": 7})
    assert repeated(folder).changed["seed"] == "0, now 7"
