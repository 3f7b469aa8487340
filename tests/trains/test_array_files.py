"""Spikes in the files of NumPy: monitors of Brian2, columns by name, an array a train; never a pickle."""

import io
import pickle
import zipfile

import numpy as np
import pytest

from plasticity.errors import InputError, MemoryLimitError
from plasticity.trains import read

A, B = [0.0105, 0.03], [0.015, 0.035]  # seconds
NUMBERED = {"3": A, "7": B}
IDS, T = np.array([3, 7, 3, 7]), np.array([0.0105, 0.015, 0.03, 0.035])


def found(folder, arrays, **told):
    np.savez(folder / "spikes.npz", **arrays)
    return {name: times.tolist() for name, times in read(folder / "spikes.npz", **told).items()}


@pytest.mark.parametrize("dtype", ["int32", "int64", "uint8", "float32", "float64", "<U3"])
def test_a_monitor_of_brian2_is_in_seconds(tmp_path, dtype):
    assert found(tmp_path, {"i": IDS.astype(dtype), "t": T}) == NUMBERED


def test_a_neuron_that_a_monitor_counts_but_that_never_fired_has_an_empty_train(tmp_path):
    arrays = {"i": np.array([0, 2]), "t": T[:2], "count": np.array([1, 0, 1]), "N": np.array(2)}
    assert found(tmp_path, arrays) == {"0": [0.0105], "2": [0.015], "1": []}


@pytest.mark.parametrize(("unit", "factor"), [("ms", 1e3), ("us", 1e6), ("s", 1)])
@pytest.mark.parametrize("names", [("i", "t"), ("senders", "times"), ("neuron_ids", "spike_times")])
def test_another_unit_is_told(tmp_path, names, unit, factor):
    trains = found(tmp_path, dict(zip(names, (IDS, T * factor), strict=True)), unit=unit)
    assert trains == {name: pytest.approx(times, abs=1e-15) for name, times in NUMBERED.items()}


def test_names_say_the_unit_and_columns_may_be_told(tmp_path):
    assert found(tmp_path, {"senders": IDS, "times_ms": T * 1e3}) == NUMBERED
    assert found(tmp_path, {"who": IDS, "when": T * 1e3}, columns="who,when", unit="ms") == NUMBERED
    assert found(tmp_path, {"id": IDS, "samples": np.array([315, 450, 900, 1050])}, sampling_rate=3e4) == NUMBERED


def test_an_array_may_be_a_train_by_its_name(tmp_path):
    arrays = {"pre": np.array([10.5, 30.0]), "post": np.array([[15], [35]]), "none": np.array([])}
    assert found(tmp_path, arrays, unit="ms") == {"pre": A, "post": B, "none": []}
    assert found(tmp_path, {"pre_ms": [10.5, 30], "post_s": B}) == {"pre_ms": A, "post_s": B}


def test_times_that_carry_their_unit_need_none(tmp_path):
    trains = found(tmp_path, {"i": IDS, "t": (T * 1e6).round().astype("timedelta64[us]")})
    assert trains == {name: pytest.approx(times, abs=1e-15) for name, times in NUMBERED.items()}


def test_single_precision_keeps_its_digits_and_is_refused_where_it_has_none(tmp_path):
    trains = found(tmp_path, {"i": IDS, "t": T.astype("float32")})
    assert trains == {name: pytest.approx(times, rel=1e-7) for name, times in NUMBERED.items()}
    with pytest.raises(InputError, match="times in float32 are up to 0.0078 s apart; save them in double precision"):
        found(tmp_path, {"i": IDS, "t": (T + 1e5).astype("float32")})


@pytest.mark.parametrize("told", [{"columns": "1,2", "unit": "s"}, {"columns": (1, 2), "unit": "s"}])
def test_an_npy_file_of_two_columns(tmp_path, told):
    np.save(tmp_path / "a.npy", np.c_[IDS, T])
    assert {name: times.tolist() for name, times in read(tmp_path / "a.npy", **told).items()} == NUMBERED
    with pytest.raises(InputError, match="give --columns ID,TIME by number"):
        read(tmp_path / "a.npy", unit="s")


@pytest.mark.parametrize(
    ("arrays", "told", "reason"),
    [
        ({"senders": IDS, "times": T}, {}, "'times': the unit of the times is not told; give --unit"),
        ({"pre": T}, {}, "'pre': the unit of the times is not told"),
        ({"i": IDS, "t": T[:2]}, {}, "4 ids and 2 times; as many of each are needed"),
        ({"i": IDS, "t": T + 0j}, {}, "'t' holds complex128; numbers are needed"),
        ({"i": IDS, "t": T > 0}, {}, "'t' holds bool; numbers are needed"),
        ({"i": IDS, "t": np.where(T > 0.02, np.nan, T)}, {}, "train '3' holds the time nan; finite times are allowed"),
        ({"i": IDS, "t": T * 0}, {}, "train '3' holds the time 0 s twice"),
        ({"x": np.ones((3, 3))}, {}, "holds no list of times; it has x"),
        ({"x": np.array(["a"])}, {}, "holds no list of times; it has x, which are texts"),
        ({"i": IDS, "t": T}, {"columns": "i,u"}, "no column 'u'; it has i, t"),
        ({"i": IDS, "t": T}, {"lines": True}, "no use for --lines"),
    ],
)
def test_what_is_malformed_or_not_told_is_one_line(tmp_path, arrays, told, reason):
    with pytest.raises(InputError) as error:
        found(tmp_path, arrays, **told)
    assert str(error.value).startswith(str(tmp_path / "spikes.npz")) and reason in str(error.value)


class Evil:
    def __reduce__(self):
        return exec, ("raise SystemExit('run')",)


def test_no_pickle_is_read(tmp_path):
    np.savez(tmp_path / "a.npz", i=np.array([Evil()], dtype=object), t=T)
    np.save(tmp_path / "a.npy", np.array([Evil()], dtype=object))
    for name in ("a.npz", "a.npy"):
        with pytest.raises(
            InputError, match="is no plain array of numbers or texts; save arrays of numbers, without pickle"
        ):
            read(tmp_path / name)
    (tmp_path / "b.npy").write_bytes(pickle.dumps(Evil()))
    with pytest.raises(InputError, match="is no text file"):
        read(tmp_path / "b.npy")


def header(shape, dtype="<f8"):
    file = io.BytesIO()
    np.lib.format.write_array_header_1_0(file, {"descr": dtype, "fortran_order": False, "shape": shape})
    return file.getvalue()


def zipped(**members):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(f"{name}.npy", content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"PK\x03\x04 and no more", "cannot be read"),
        (zipped(i=header((10**12,)), t=b""), "holds 0 bytes; its header asks for 8000000000000"),
        (header((2**40, 2**40)), "its header asks for"),
        (header((-1,)), "cannot be read"),
        (zipped(i=b"", t=b""), "cannot be read"),
        (zipped(i=b"\x93NUMPY\x01\x00\x10\x27" + b"(" * 10000), "cannot be read"),
        (b"\x93NUMPY\x09\x09" + b"x" * 100, "cannot be read"),
        (zipped(i=header((4,)) + IDS.tobytes())[:-20], "cannot be read"),
    ],
)
def test_a_damaged_file_is_one_line(tmp_path, content, reason):
    (tmp_path / "a.npz").write_bytes(content)
    with pytest.raises(InputError, match=reason) as error:
        read(tmp_path / "a.npz")
    assert "\n" not in str(error.value) and "allow_pickle" not in str(error.value)


def test_an_archive_that_would_fill_the_memory_is_refused_before_it_is_unpacked(tmp_path, monkeypatch):
    np.savez_compressed(tmp_path / "a.npz", i=np.zeros(10**6), t=np.zeros(10**6))
    monkeypatch.setattr("plasticity.memory.free_memory", lambda: 1e7)
    with pytest.raises(MemoryLimitError, match="reading .*a.npz would take 0.0149 GiB"):
        read(tmp_path / "a.npz")


def test_a_spreadsheet_is_told_from_arrays(tmp_path):
    with zipfile.ZipFile(tmp_path / "spikes.xlsx", "w") as archive:
        archive.writestr("[Content_Types].xml", "")
    with pytest.raises(InputError, match="is a spreadsheet; save it as CSV"):
        read(tmp_path / "spikes.xlsx")
