"""Spikes in .mat files, written by SciPy as MATLAB writes them."""

import contextlib
import struct
from io import BytesIO

import numpy as np
import pytest
from scipy import io

from plasticity.errors import InputError, MemoryLimitError, MissingPackage
from plasticity.trains import mat_form, read

A, B = [0.0105, 0.03], [0.015, 0.035]  # seconds
IDS, MS = np.array([3, 7, 3, 7]), np.array([10.5, 15.0, 30.0, 35.0])
PLACES, NUMBERED, NAMED = {"1": A, "2": B}, {"3": A, "7": B}, {"pre": A, "post": B}


def cell(*trains):
    made = np.empty(len(trains), dtype=object)
    for place, train in enumerate(trains):
        made[place] = np.asarray(train)
    return made


CELL = cell([10.5, 30], [15, 35])


def structs(**fields):
    made = np.zeros(2, dtype=[(name, "O") for name in fields])
    for name, values in fields.items():
        made[name] = values
    return made


def found(folder, variables, **told):
    io.savemat(folder / "spikes.mat", variables, do_compression=True)
    return {name: times.tolist() for name, times in read(folder / "spikes.mat", **told).items()}


@pytest.mark.parametrize(
    ("variables", "told", "trains"),
    [
        ({"trains": CELL}, {"unit": "ms"}, PLACES),
        ({"trains": cell([[10.5], [30]], np.array([15, 35], "uint16"))}, {"unit": "ms"}, PLACES),
        ({"trains": cell([0.0105, 0.03], [])}, {"unit": "s"}, {"1": A, "2": []}),
        ({"trains_ms": CELL, "fs": 30000.0}, {}, PLACES),
        ({"trains": cell([315, 900], [450, 1050])}, {"sampling_rate": "30 kHz"}, PLACES),
        ({"cluster_id": [3, 7], "trains": CELL}, {"unit": "ms", "columns": "cluster_id,trains"}, NUMBERED),
        ({"cluster_id": [3, 7], "trains": CELL}, {"unit": "ms", "columns": "trains"}, PLACES),
        ({"a": cell([1.0], [2.0]), "b": CELL}, {"unit": "ms", "columns": "b"}, PLACES),
        ({"pre": [10.5, 30], "post": [15, 35]}, {"unit": "ms"}, NAMED),
        ({"pre": [[10.5], [30]], "post": [[15], [35]], "note": "mine"}, {"unit": "ms"}, NAMED),
        ({"id": IDS, "time_ms": MS}, {}, NUMBERED),
        ({"gid": IDS.astype(float), "t": MS}, {"unit": "ms"}, NUMBERED),
        ({"who": IDS, "when": MS}, {"unit": "ms", "columns": "who,when"}, NUMBERED),
        ({"spikes": {"pre": [10.5, 30], "post": [15, 35]}}, {"unit": "ms"}, NAMED),
        ({"spikes": {"neuron": IDS, "time_us": MS * 1e3}}, {}, NUMBERED),
        ({"spikes": {"times_ms": CELL, "label": "x"}}, {}, PLACES),
        ({"units": structs(times=list(CELL), id=[3, 7])}, {"unit": "ms"}, NUMBERED),
        ({"units": structs(spikes=list(CELL))}, {"unit": "ms"}, PLACES),
    ],
)
def test_a_cell_a_struct_or_vectors(tmp_path, variables, told, trains):
    assert found(tmp_path, variables, **told) == trains


@pytest.mark.parametrize(
    ("variables", "told", "reason"),
    [
        ({"trains": CELL}, {}, "'trains': the unit of the times is not told; give --unit"),
        ({"a": CELL, "b": CELL}, {"unit": "ms"}, "holds a, b, and each may hold the trains; give --columns NAME"),
        (
            {"cluster_id": [3, 7], "trains": CELL},
            {"unit": "ms"},
            "Give --columns cluster_id,trains or --columns trains",
        ),
        ({"trains": CELL}, {"unit": "ms", "columns": "tr"}, "no column 'tr'; it has trains"),
        ({"names": cell("a", "b")}, {"unit": "ms"}, "'names' holds in place 1 array(['a']"),
        ({"trains": cell(np.ones((2, 2)))}, {"unit": "ms"}, "'trains' holds in place 1"),
        ({"trains_ms": CELL}, {"unit": "s"}, "the times are in ms, --unit says s"),
        ({"units": structs(a=list(CELL), b=list(CELL))}, {"unit": "ms"}, "one id and one list of times is needed"),
        ({"units": structs(times=list(CELL), id=[3, 3])}, {"unit": "ms"}, "called 3, 3; one name each is needed"),
        ({"trains_ms": cell([1.0, np.nan])}, {}, "train '1' holds the time nan"),
        ({"x": np.ones((2, 2))}, {"unit": "ms"}, "holds no list of times; it has x"),
    ],
)
def test_what_is_malformed_or_not_told_is_one_line(tmp_path, variables, told, reason):
    with pytest.raises(InputError) as error:
        found(tmp_path, variables, **told)
    assert str(error.value).startswith(str(tmp_path / "spikes.mat")) and reason in str(error.value)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"MATLAB 7.3 MAT-file, Platform: GLNXA64".ljust(512) + b"\x89HDF\r\n\x1a\n", "save it there with '-v7'"),
        (b"MATLAB 5.0 MAT-file".ljust(124) + b"\0\1IM" + b"\xff" * 100, "is no file of MATLAB that SciPy reads"),
        (b"hello", "is no file of MATLAB that SciPy reads"),
    ],
)
def test_another_version_and_a_damaged_file_are_one_line(tmp_path, content, reason):
    (tmp_path / "a.mat").write_bytes(content)
    with pytest.raises(InputError, match=reason):
        read(tmp_path / "a.mat")


def test_a_file_that_would_fill_the_memory_is_refused_before_it_is_read(tmp_path, monkeypatch):
    io.savemat(tmp_path / "a.mat", {"x": np.zeros(10**6)}, do_compression=True)
    monkeypatch.setattr("plasticity.memory.free_memory", lambda: 1e7)
    with pytest.raises(MemoryLimitError, match="a variable of a .mat file would take"):
        read(tmp_path / "a.mat")


def test_without_scipy_the_line_names_the_extra(tmp_path, monkeypatch):
    io.savemat(tmp_path / "a.mat", {"x": [1.0, 2]})
    monkeypatch.setitem(__import__("sys").modules, "scipy", None)
    with pytest.raises(MissingPackage, match=r"pip install 'plasticity-lab\[mat\]'"):
        read(tmp_path / "a.mat")


def test_no_change_of_a_byte_gets_past_the_form_to_a_reader_that_ends_the_process(tmp_path):
    io.savemat(tmp_path / "a.mat", {"trains_ms": CELL, "s": {"pre": [1.0, 2.0]}, "text": "abc"})
    whole = (tmp_path / "a.mat").read_bytes()
    for place in range(124, len(whole), 3):
        for byte in (1, 255):
            changed = whole[:place] + bytes([byte]) + whole[place + 1 :]
            (tmp_path / "b.mat").write_bytes(changed)
            with contextlib.suppress(InputError, MemoryLimitError):
                assert all(np.isfinite(times).all() for times in read(tmp_path / "b.mat").values())


def test_objects_of_matlab_beside_the_trains_do_not_matter():
    whole = io_bytes({"trains_ms": CELL})
    function = struct.pack("<IIIIII", 14, 16, 6, 8, 16, 0)  # of class 16, without content
    assert mat_form.readable(whole + function) == ["trains_ms"]
    with pytest.raises(mat_form.Damaged):
        mat_form.readable(whole[:-20])


def io_bytes(variables):
    file = BytesIO()
    io.savemat(file, variables)
    return file.getvalue()


@pytest.mark.parametrize(
    ("place", "byte", "reason"),
    [
        (126, 0, "its header is none"),
        (128, 13, "a variable is of type 13"),
        (132, 200, "bytes are promised"),
        (136, 5, "an element of type 5, where 6 belongs"),
        (164, 3, "3 numbers in 16 bytes of type 9"),
        (167, 255, "an array of shape"),
        (176, 0, "2 numbers in 16 bytes of type 0"),
        (180, 8, "2 numbers in 8 bytes of type 9"),
    ],
)
def test_what_does_not_fit_together_is_told(place, byte, reason):
    whole = bytearray(io_bytes({"x": [1.0, 2.0]}))
    whole[place] = byte
    with pytest.raises(mat_form.Damaged, match=reason):
        mat_form.readable(bytes(whole))
