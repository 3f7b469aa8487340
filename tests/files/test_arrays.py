"""Arrays are read without pickle, and what their files claim is looked at before memory is taken."""

import io
import struct
import tracemalloc
import warnings
import zipfile
from pathlib import Path

import numpy as np
import pytest

from plasticity import memory
from plasticity.errors import InputError, MemoryLimitError
from plasticity.files.arrays import Shape, array_in, arrays_in

PATH = Path("arrays.npz")
GOOD = {"a": np.arange(6.0).reshape(2, 3), "names": np.array(["x", "שלום"])}
EXPECTED = {name: Shape(array.dtype.str, array.shape) for name, array in GOOD.items()}


def npz(**arrays):
    file = io.BytesIO()
    np.savez_compressed(file, **arrays)
    return file.getvalue()


def npy(array, **options):
    file = io.BytesIO()
    np.lib.format.write_array(file, array, **options)
    return file.getvalue()


def zipped(members, method=zipfile.ZIP_DEFLATED):
    """A zip file of {name: bytes}, or of pairs when a name comes twice."""
    file = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(file, "w", method) as archive:
        warnings.simplefilter("ignore")  # of a name that comes twice
        for name, content in members.items() if isinstance(members, dict) else members:
            archive.writestr(name, content)
    return file.getvalue()


def header(text, data=b""):
    """An .npy file whose header is any text."""
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text)) + text.encode() + data


def claiming(descr="'<f8'", shape="(2, 3)", data=bytes(48)):
    return header(f"{{'descr': {descr}, 'fortran_order': False, 'shape': {shape}, }}\n", data)


def encrypted(content):
    """The archive with the bit set that says so, in each member and in the directory."""
    changed = bytearray(content)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = changed.find(mark)
        while at >= 0:
            changed[at + offset] |= 1
            at = changed.find(mark, at + 4)
    return bytes(changed)


@pytest.mark.parametrize(
    "array",
    [
        np.arange(6.0).reshape(2, 3),
        np.asfortranarray(np.arange(6).reshape(2, 3)),
        np.array(3.5),
        np.zeros((0, 4)),
        np.array(["a", "שלום"]),
        np.array(["", ""]),
        np.array([True, False]),
        np.array([1 + 2j]),
        np.arange(4, dtype=">i2"),
        np.array([1, 2], "timedelta64[ms]"),
    ],
    ids=str,
)
def test_arrays_come_back_as_they_were_saved(array):
    for found in (arrays_in(npz(a=array), PATH)["a"], array_in(npy(array), PATH), array_in(npy(array), PATH)):
        assert found.dtype == array.dtype and found.shape == array.shape
        assert found.tobytes() == array.tobytes() and found.flags.writeable


@pytest.mark.parametrize("version", [(1, 0), (2, 0), (3, 0)])
def test_every_version_of_the_format_is_read(version):
    assert array_in(npy(GOOD["a"], version=version), PATH).tolist() == GOOD["a"].tolist()


def test_headers_that_other_programs_write_are_read():
    text = '{"shape":(3,1),"descr":"<u4","fortran_order":True}'
    assert array_in(header(text, np.array([1, 2, 3], "<u4").tobytes()), PATH).tolist() == [[1], [2], [3]]


BROKEN = {
    "empty": b"",
    "no zip": b"PK\x03\x04 no zip",
    "an npy": npy(GOOD["a"]),
    "cut": npz(**GOOD)[:-30],
    "cut at the start": npz(**GOOD)[30:],
    "unknown compression": npz(**GOOD).replace(b"\x08\x00\x00\x00", b"\x63\x00\x00\x00"),
    "bzip2": zipped({f"{name}.npy": npy(array) for name, array in GOOD.items()}, zipfile.ZIP_BZIP2),
    "lzma": zipped({f"{name}.npy": npy(array) for name, array in GOOD.items()}, zipfile.ZIP_LZMA),
    "encrypted": encrypted(npz(**GOOD)),
    "a member that is no array": zipped({"a.npy": npy(GOOD["a"]), "names.npy": b"text"}),
    "a member without the ending": zipped({"a": npy(GOOD["a"]), "names.npy": npy(GOOD["names"])}),
    "missing": npz(a=GOOD["a"]),
    "too many": npz(**GOOD, more=GOOD["a"]),
    "two of one name": zipped([("a.npy", npy(GOOD["a"]))] * 2 + [("names.npy", npy(GOOD["names"]))]),
    "another shape": npz(a=GOOD["a"].T, names=GOOD["names"]),
    "another type": npz(a=GOOD["a"].astype("f4"), names=GOOD["names"]),
    "objects": zipped({"a.npy": npy(np.array([None, {}]), allow_pickle=True), "names.npy": npy(GOOD["names"])}),
    "records": npz(a=np.zeros(2, "f8,f8"), names=GOOD["names"]),
    **{
        f"header {k}": zipped({"a.npy": content, "names.npy": npy(GOOD["names"])})
        for k, content in enumerate(
            [
                claiming(shape="(1000000000000,)"),
                claiming(shape="(" * 9000 + "2, 3" + ")" * 9000),
                claiming(shape="(2, -3)"),
                claiming(shape="(2, True)"),
                claiming(shape="[2, 3]"),
                claiming(shape=f"({'9' * 5000},)"),
                claiming(descr="'nosuch'"),
                claiming(descr="'<f8' if 1 else 2"),
                claiming(descr="__import__('os').system('true')"),
                claiming(data=bytes(47)),
                claiming(data=bytes(49)),
                header("{}"),
                header("{'descr': '<f8'"),
                header("\0" * 100),
                b"\x93NUMPY\x02\x00\xff\xff\xff\xff",
                b"\x93NUMPY",
                b"",
            ]
        )
    },
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_archive_is_refused_in_one_line(case):
    with pytest.raises(InputError, match="arrays.npz cannot be read: .*; run it again") as error:
        arrays_in(BROKEN[case], PATH, EXPECTED, "run it again")
    assert "\n" not in str(error.value) and len(str(error.value)) < 400 and "pickle" not in str(error.value)


@pytest.mark.parametrize("content", [content for case, content in BROKEN.items() if "header" not in case])
def test_what_is_no_npy_file_is_refused_in_one_line(content):
    if not content.startswith(b"\x93NUMPY"):
        with pytest.raises(InputError, match="is no array of NumPy"):
            array_in(content, PATH)


@pytest.mark.parametrize("seed", range(200))
def test_a_damaged_archive_is_refused_or_as_it_was(seed):
    rng, content = np.random.default_rng(seed), bytearray(npz(**GOOD))
    for at in rng.integers(0, len(content), size=rng.integers(1, 6)):
        content[at] = rng.integers(0, 256)
    try:
        found = arrays_in(bytes(content), PATH, EXPECTED)
    except (InputError, MemoryLimitError):
        return
    assert {name: array.tobytes() for name, array in found.items()} == {n: a.tobytes() for n, a in GOOD.items()}


def test_bytes_that_are_no_truth_values_and_no_letters_are_refused():
    for descr, shape, data in [
        ("'|b1'", "(2,)", b"\1\2"),
        ("'<U1'", "(1,)", b"\xff" * 4),
        ("'<U1'", "(1,)", b"\0\xd8\0\0"),
    ]:
        with pytest.raises(InputError, match="neither true nor false|letters that do not exist"):
            array_in(claiming(descr, shape, data), PATH)


def test_a_bomb_is_refused_before_it_is_unpacked():
    bomb = npz(a=np.zeros(40_000_000), names=GOOD["names"])  # 320 MB of 311 kB
    tracemalloc.start()
    with pytest.raises(InputError, match=r"\(40000000,\); it had <f8 and \(2, 3\) when written"):
        arrays_in(bomb, PATH, EXPECTED)
    assert tracemalloc.get_traced_memory()[1] < 20e6
    tracemalloc.stop()


def test_an_archive_larger_than_memory_is_refused_with_both_figures(monkeypatch):
    monkeypatch.setattr(memory, "free_memory", lambda: 1e5)
    with pytest.raises(MemoryLimitError, match=r"reading arrays.npz would take .* GiB, and .* GiB are free"):
        arrays_in(npz(a=np.zeros(40_000)), PATH)


def test_an_archive_of_a_million_names_is_refused():
    with pytest.raises(InputError, match="more than 10000 arrays"):
        arrays_in(npz(**GOOD) + b"PK\x01\x02" * 10_001, PATH)
