"""Spikes in NWB files, written by pynwb."""

import numpy as np
import pytest
from nwb_writer import nwb

from plasticity.errors import InputError, MemoryLimitError, MissingPackage
from plasticity.trains import read

A, B = [0.0105, 0.03], [0.015, 0.035]  # seconds


@pytest.mark.parametrize("name", ["a.nwb", "a.h5"])
@pytest.mark.parametrize("ids", [None, [3, 7, 9]])
def test_each_unit_is_a_train_in_seconds(tmp_path, name, ids):
    trains = read(nwb(tmp_path / name, [A, B, []], ids), unit=None if ids else "s")
    names = [str(k) for k in ids or range(3)]
    assert {name: times.tolist() for name, times in trains.items()} == dict(zip(names, [A, B, []], strict=True))


def test_a_train_out_of_order_is_sorted_and_many_are_exact(tmp_path):
    times = np.random.default_rng(1).uniform(0, 3600, (20, 50))
    found = read(nwb(tmp_path / "a.nwb", times))
    np.testing.assert_array_equal(list(found.values()), np.sort(times, axis=1))


@pytest.mark.parametrize(
    ("trains", "told", "reason"),
    [
        ([], {}, "has no units with spike times"),
        ([A], {"unit": "ms"}, "the times are in s, --unit says ms"),
        ([A], {"columns": "id,spike_times"}, "no use for --columns"),
        ([A], {"sampling_rate": 3e4}, "no use for --sampling-rate"),
        ([[0.1, np.nan]], {}, "train '0' holds the time nan"),
        ([[0.1, 0.1]], {}, "train '0' holds the time 0.1 s twice"),
    ],
)
def test_what_is_malformed_or_contradicts_itself_is_one_line(tmp_path, trains, told, reason):
    path = nwb(tmp_path / "a.nwb", trains)
    with pytest.raises(InputError) as error:
        read(path, **told)
    assert str(error.value).startswith(str(path)) and reason in str(error.value)


def test_another_file_of_hdf5_and_a_damaged_one_are_told(tmp_path):
    import h5py

    with h5py.File(tmp_path / "a.h5", "w") as file:
        file["t"] = A
    (tmp_path / "b.nwb").write_bytes(nwb(tmp_path / "c.nwb", [A]).read_bytes()[:3000])
    for name in ("a.h5", "b.nwb"):
        with pytest.raises(InputError, match="is no NWB file that pynwb reads") as error:
            read(tmp_path / name)
        assert "\n" not in str(error.value)


def test_spikes_that_would_fill_the_memory_are_refused_before_they_are_read(tmp_path, monkeypatch):
    path = nwb(tmp_path / "a.nwb", [np.arange(10_000.0)])
    monkeypatch.setattr("plasticity.memory.free_memory", lambda: 1e5)
    with pytest.raises(MemoryLimitError, match="a.nwb: reading its spikes would take"):
        read(path)


def test_without_pynwb_the_line_names_the_extra(tmp_path, monkeypatch):
    path = nwb(tmp_path / "a.nwb", [A])
    monkeypatch.setitem(__import__("sys").modules, "pynwb", None)
    with pytest.raises(MissingPackage, match=r"pip install 'plasticity-lab\[nwb\]'"):
        read(path)
