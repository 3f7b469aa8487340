"""Spikes in text files with a row a spike: delimiters, decimal commas, headers and units."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tables_of_spikes import NUMBERED, A, B, found

from plasticity.errors import InputError
from plasticity.trains import read

BOTH = {"A": A, "B": B}
ROWS = [("A", "10.5"), ("A", "30"), ("B", "15"), ("B", "35")]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", " ", "|", " , ", "   "])
@pytest.mark.parametrize("header", [("train", "time_ms"), None])
def test_any_delimiter_with_a_header_or_without(tmp_path, delimiter, header):
    rows = [header, *ROWS] if header else ROWS
    text = "\n".join(delimiter.join(row) for row in rows)
    assert found(tmp_path, text, **({} if header else {"unit": "ms"})) == BOTH


def test_decimal_commas_behind_tabs_need_no_header(tmp_path):
    assert found(tmp_path, "A\t10,5\nA\t30,0\nB\t15,0\nB\t35,0\n", unit="ms") == BOTH


def test_blanks_and_tabs_may_take_turns(tmp_path):
    assert found(tmp_path, "sender\ttime_ms\n3 10.5\n3\t30\n7  15\n7 35\n") == NUMBERED


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_text_as_spreadsheets_save_it(tmp_path, encoding, end):
    mark = "\ufeff" if encoding in ("utf-16-le", "utf-16-be") else ""
    text = mark + end.join(["train;time_ms", "A;10,5", "A;30", "B;15", "B;35", ""])
    assert found(tmp_path, text.encode(encoding)) == BOTH


@pytest.mark.parametrize(
    "text",
    [
        "train;time_ms\nA;10,5\nA;30,0\nB;15\nB;35,\n",
        "train\ttime_ms\nA\t10,5\nA\t30\nB\t15\nB\t35\n",
        "train\ttime_ms\nA\t10,5\nA\t30,0\nB\t15,0\nB\t35,0\n",
        'sep=;\n"train";"time_ms"\n"A";"10,5"\n"A";"30"\n"B";15\n"B";35\n',
        '"train","time_ms"\n"A","10,5"\n"A","30"\n"B","15"\n"B","35"\n',
        "train;time_ms;;\nA;10,5;;\nA;30;;\nB;15;;\nB;35;;\n;;;\n",
    ],
)
def test_decimal_commas(tmp_path, text):
    assert found(tmp_path, text) == BOTH


def test_quoted_names_may_hold_the_delimiter_and_a_break(tmp_path):
    text = 'train,"time\n(ms)"\n"A, left",10.5\n"say ""B""",15\n'
    assert found(tmp_path, text) == {"A, left": [0.0105], 'say "B"': [0.015]}


def test_comments_blank_lines_other_columns_and_order_do_not_matter(tmp_path):
    text = "# made by hand\n\n% and so\nneuron,train,time_s\n1,A, 0.03\n1,A,0.0105\n\n2,B,35e-3\n2,B,.015\n"
    assert found(tmp_path, text) == BOTH


@pytest.mark.parametrize(
    ("name", "factor"),
    [
        *(("time_s", 1), ("time (s)", 1), ("spike_times_seconds", 1), ("timestamp_s", 1)),
        *(("time_ms", 1e3), ("time (ms)", 1e3), ("t[ms]", 1e3), ("t (ms)", 1e3), ("Time [msec]", 1e3), ("timeMs", 1e3)),
        *(("time in ms", 1e3), ("ms", 1e3), ("Spike Time / ms", 1e3), ("times_milliseconds", 1e3)),
        *(("time_us", 1e6), ("t (µs)", 1e6), ("t_μs", 1e6), ("spike_time_usec", 1e6), ("time_ns", 1e9)),
    ],
)
@pytest.mark.parametrize("digits", [9, 12])
def test_the_header_names_the_unit(tmp_path, name, factor, digits):
    rows = [f"{train},{time * factor:.{digits}f}" for train, times in NUMBERED.items() for time in times]
    read_back = found(tmp_path, "\n".join([f"neuron,{name}", *rows]))
    assert read_back == {train: pytest.approx(times, abs=1e-15) for train, times in NUMBERED.items()}


@pytest.mark.parametrize(
    "name", ["sample", "samples", "sample_index", "spike_samples", "time_step", "time (samples)", "sample number"]
)
@pytest.mark.parametrize("rate", [30000, 30000.0, "30000Hz", "30000", "30 kHz", np.int64(30000)])
def test_samples_become_seconds_by_the_rate(tmp_path, name, rate):
    text = f"cluster_id;{name}\n3;315\n3;900\n7;450\n7;1050\n"
    assert found(tmp_path, text, sampling_rate=rate) == NUMBERED


@pytest.mark.parametrize("unit", ["ms", "MS", "msec", "milliseconds"])
@pytest.mark.parametrize("name", ["t", "time", "times", "spike_times", "timestamps"])
def test_a_unit_that_the_header_leaves_out_is_told(tmp_path, name, unit):
    text = f"id,{name}\n3,10.5\n3,30\n7,15\n7,35\n"
    assert found(tmp_path, text, unit=unit) == NUMBERED


@pytest.mark.parametrize(
    "name",
    [
        *("train", "id", "i", "Neuron ID", "neuron_index", "unitID", "unit", "Cell #", "cell number", "sender", "gid"),
        *("cluster_id", "spike_clusters", "spike train", "channel", "node_ids", "electrode", "source"),
    ],
)
def test_the_header_names_the_ids(tmp_path, name):
    assert found(tmp_path, f"{name};amplitude;time_ms\n3;1;10.5\n3;2;30\n7;1;15\n7;3;35\n") == NUMBERED


@pytest.mark.parametrize("columns", ["who,when", ["who", "when"], "2,3", (2, 3), "WHO,When"])
def test_columns_are_told_by_name_or_number(tmp_path, columns):
    text = "n,who,when\n1,3,10.5\n2,3,30\n3,7,15\n4,7,35\n"
    assert found(tmp_path, text, columns=columns, unit="ms") == NUMBERED


def test_columns_without_header_are_told_by_number(tmp_path):
    assert found(tmp_path, "1 10.5 3\n1 30 3\n1 15 7\n1 35 7\n", columns="3,2", unit="ms") == NUMBERED
    assert found(tmp_path, "10.5\n30\n", columns="1", unit="ms") == {"1": A}


def test_ids_and_times_without_a_header_are_told_apart_where_one_column_is_whole(tmp_path):
    assert found(tmp_path, "3 10.5\n3 30.0\n7 15\n7 35\n", unit="ms") == NUMBERED
    assert found(tmp_path, "10.5,3.0\n30.0,3.0\n15.0,7.0\n35.0,7.0\n", unit="ms") == NUMBERED
    assert found(tmp_path, "1 10\n1 30\n2 15\n2 35\n", unit="ms") == {"1": [0.01, 0.03], "2": B}  # few ids, many times


@pytest.mark.parametrize("id_", ["3", "3.0", "3.", "3.000000000000000000e+00", "+3.0", "3,0"])
def test_whole_numbers_are_one_name_however_they_are_written(tmp_path, id_):
    assert set(found(tmp_path, f"id;time_ms\n{id_};10.5\n")) <= {"3", "+3"}


def test_names_that_only_look_like_numbers_stay_apart(tmp_path):
    assert set(found(tmp_path, "id,time_ms\n12e5,1\n1200000,1\n007,1\n7,1\n3.5,1\n")) == {
        *("12e5", "1200000", "007", "7", "3.5")
    }


NEST = "# NEST version: 3.8\n# RecordingBackendASCII version: 2\n"


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("spikes-8-0.dat", f"{NEST}sender\ttime_ms\n3\t10.500\n3\t30.000\n7\t15.000\n7\t35.000\n", {}),
        (
            "spikes-8-0.dat",
            f"{NEST}sender\ttime_step\ttime_offset\n3\t106\t0.1\n3\t300\t0\n7\t150\t0\n7\t350\t0\n",
            "r",
        ),
        ("spikes-8-0.dat", "3\t10.500\t\n3\t30.000\t\n7\t15.000\t\n7\t35.000\t\n", {"unit": "ms"}),
        ("spikes-8-0.gdf", "3\t10.500\t\n3\t30.000\t\n7\t15.000\t\n7\t35.000\t\n", {}),
        ("spikes-8-0.gdf", "3 105\n3 300\n7 150\n7 350\n", "r"),
        ("spikes-8-0.gdf", "3 105\n3 300\n7 150\n7 350\n", {"unit": "steps", "sampling_rate": "10 kHz"}),
    ],
)
def test_recorders_of_nest(tmp_path, name, text, told):
    told = {"sampling_rate": "10 kHz"} if told == "r" else told
    assert found(tmp_path, text, name, **told) == NUMBERED


def test_a_header_in_a_comment_as_numpy_writes_it(tmp_path):
    path = tmp_path / "spikes.txt"
    np.savetxt(path, [[3, 10.5], [3, 30], [7, 15], [7, 35]], header="i t_ms")
    assert {name: times.tolist() for name, times in read(path).items()} == NUMBERED


def test_times_before_zero_and_a_header_alone_are_fine(tmp_path):
    assert found(tmp_path, "train,time_ms\nA,-5\nA,-7\n") == {"A": [-0.007, -0.005]}
    assert found(tmp_path, "train,time_ms\n") == {}


WRITTEN = {
    "delimiter": st.sampled_from([",", ";", "\t", " ", "|"]),
    "is_quoted": st.booleans(),
    "has_header": st.booleans(),
    "has_comma": st.booleans(),
    "unit": st.sampled_from([("s", 0), ("ms", 3), ("us", 6)]),
    "trains": st.dictionaries(
        st.from_regex(r"[a-z]{1,5}", fullmatch=True),
        st.lists(st.integers(-(10**9), 10**9), min_size=1, unique=True),
        min_size=1,
    ),
}


@settings(
    derandomize=True, deadline=None, max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(**WRITTEN)
def test_what_was_written_is_read(tmp_path, delimiter, is_quoted, has_header, has_comma, unit, trains):
    name, digits = unit
    rows = [(train, f"{Decimal(t).scaleb(digits - 6):f}") for train, times in trains.items() for t in times]
    if has_comma and (is_quoted or delimiter in ";\t|"):
        rows = [(train, text.replace(".", ",")) for train, text in rows]
    if has_header:
        rows.insert(0, ("train", f"time_{name}"))
    mark = '"' if is_quoted else ""
    text = "\n".join(delimiter.join(f"{mark}{cell}{mark}" for cell in row) for row in rows)
    expected = {train: sorted(float(Decimal(t).scaleb(-6)) for t in times) for train, times in trains.items()}
    assert found(tmp_path, text, unit=name) == expected


def test_times_are_the_floats_that_a_program_would_write(tmp_path):
    texts = [f"{k}.{k % 10}" for k in range(1, 2000)]
    times = found(tmp_path, "train,time_ms\n" + "".join(f"A,{text}\n" for text in texts))["A"]
    assert times == [float(f"{text}e-3") for text in texts]


def test_only_the_trains_asked_for_are_checked_and_returned(tmp_path):
    text = "train,time_ms\n3,10.5\n3,30\n9,1\n9,1\n7,15\n7,35\n"
    for only in (["3.0", "7"], (3, 7.0), np.array([3, 7])):
        assert found(tmp_path, text, only=only) == NUMBERED
    assert found(tmp_path, text, only=3) == found(tmp_path, text, only="3") == {"3": A}
    with pytest.raises(InputError, match="train '9' holds the time 0.001 s twice"):
        found(tmp_path, text)
