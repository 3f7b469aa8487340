"""Spike files that are none, or made to do harm: one short line each, soon."""

import os

import numpy as np
import pytest

from plasticity.errors import InputError, MemoryLimitError
from plasticity.trains import read

TEXTS = {
    "a number of 5000 digits": "train,time_ms\nA," + "9" * 5000,
    "an exponent of 5000 digits": "train,time_ms\nA,0e" + "9" * 5000,
    "a cell of 200,000 letters": "train,time_ms\nA," + "x" * 200_000,
    "a quoted cell of 200,000 letters": 'train,time_ms\n"' + "x" * 200_000 + '",1',
    "a header of 200,000 letters": "x" * 200_000 + ",time_ms\nA,1",
    "200,000 columns": "x," * 200_000 + "\nA,1",
    "200,000 digits alone": "9" * 200_000,
    "200,000 blanks": "train" + " " * 200_000 + "x,time_ms\nA,1",
    "200,000 brackets": "(" * 200_000,
    "200,000 colons": ":" * 200_000 + "\n",
    "200,000 quotes": '"' * 200_001,
    "escape codes": "train,time_ms\n\x1b[2J\x1b]0;title\x07,one",
    "zero bytes": "train,time_ms\nA,1\0",
    "a program": "\x7fELF\x02\x01\x01" + "\0" * 2000,
    "a pickle": "\x80\x04\x95\x1a\0",
}


@pytest.mark.timeout(20)
@pytest.mark.parametrize("name", TEXTS)
def test_a_hostile_text_is_one_short_line(tmp_path, name):
    path = tmp_path / "a.csv"
    path.write_bytes(TEXTS[name].encode("latin-1"))
    with pytest.raises(InputError) as error:
        read(path)
    said = str(error.value)
    assert said.isprintable() and len(said) < 600 and str(path) in said


def test_a_name_of_200000_letters_is_a_name(tmp_path):
    (tmp_path / "a.csv").write_text("train,time_ms\n" + "A" * 200_000 + ",10\n")
    assert read(tmp_path / "a.csv") == {"A" * 200_000: [0.01]}


def test_a_binary_file_is_told_what_is_read(tmp_path):
    (tmp_path / "a.csv").write_bytes(bytes(range(256)))
    with pytest.raises(InputError, match="is no text file; give CSV with the columns train,time_ms"):
        read(tmp_path / "a.csv")


@pytest.mark.parametrize(("mark", "kind"), [(b"\x1f\x8b\x08", "gzip"), (b"BZh9", "bzip2"), (b"\xfd7zXZ", "xz")])
def test_a_packed_file_is_told_to_be_unpacked(tmp_path, mark, kind):
    (tmp_path / "a.csv.gz").write_bytes(mark + b"\0" * 20)
    with pytest.raises(InputError, match=f"is packed \\({kind}\\); unpack it first"):
        read(tmp_path / "a.csv.gz")


@pytest.mark.timeout(20)
@pytest.mark.parametrize("path", ["/dev/zero", "a\0b", "a" * 5000, "", "\udcff", "pipe", "nothing.csv"])
def test_what_is_no_file_is_one_line(tmp_path, monkeypatch, path):
    monkeypatch.chdir(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InputError, match="give a file") as error:
        read(path)
    assert len(str(error.value)) < 400 and "\n" not in str(error.value)


def test_a_text_that_would_fill_the_memory_is_refused_before_it_is_read(tmp_path, monkeypatch):
    (tmp_path / "a.csv").write_text("train,time_ms\n" + "A,1\n" * 1000)
    monkeypatch.setattr("plasticity.memory.free_memory", lambda: 1e4)
    with pytest.raises(MemoryLimitError, match="a.csv: reading so large a text would take"):
        read(tmp_path / "a.csv")


@pytest.mark.timeout(60)
def test_many_spikes_are_read_exactly(tmp_path):
    rng = np.random.default_rng(1)
    ids, times = rng.integers(0, 300, 100_000), np.unique(rng.integers(0, 10**9, 100_100))[:100_000]
    rows = [f"{k},{t // 1000}.{t % 1000:03d}\n" for k, t in zip(ids.tolist(), times.tolist(), strict=True)]
    (tmp_path / "a.csv").write_text("neuron,time_ms\n" + "".join(rows))
    found = read(tmp_path / "a.csv")
    assert len(found) == 300
    for name in ("0", "17", "299"):
        np.testing.assert_array_equal(found[name], times[ids == int(name)] / 1e6)
