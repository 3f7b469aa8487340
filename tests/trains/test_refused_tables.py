"""Tables of spikes that are malformed, or leave open what they mean, are refused with file, line and reason."""

import pytest
from tables_of_spikes import NUMBERED, found

from plasticity.errors import ArgumentError, InputError

UNIT = "the unit of the times is not told; give --unit s, ms, us, or samples with --sampling-rate"
WHICH = "nothing says which holds what; give --columns ID,TIME by number, say 1,2, or --lines"
REFUSED = [
    ("", {}, 1, "the file is empty; a header 'train,time_ms' and rows are needed"),
    ("# nothing\n", {}, 1, "the file is empty"),
    ("nucleus,time_ms\npre,1\n", {}, 1, "none says ids; needed are train,time_ms (or time_s, ...), or give --columns"),
    ("neuron,channel,time_ms\n1,2,3\n", {}, 1, "neuron, channel may all be ids"),
    ("train,time_ms,time_s\nA,10,0.3\n", {}, 1, "time_ms, time_s may all be times"),
    ("train,time_ms,time_ms\nA,10,0.3\n", {"columns": "train,time_ms"}, 1, "2 columns are called 'time_ms'"),
    ("train,time\npre,1\n", {}, 1, UNIT),
    ("i,t\n1,2.5\n", {}, 1, UNIT),
    ("3 10.5\n7 15.5\n", {}, 1, UNIT),
    ("3 10\n7 15\n", {"unit": "ms"}, 1, WHICH),
    ("1 2 3\n4 5 6\n", {"unit": "ms"}, 1, WHICH),
    ("id,samples\n1,20\n", {}, 1, "the times are in samples; give --sampling-rate, say 30000Hz"),
    ("id,t\n1,20\n", {"unit": "samples"}, 1, "give --sampling-rate"),
    ("id,time_ms\n1,20\n", {"unit": "s"}, 1, "the times are in ms, --unit says s; leave --unit out"),
    ("id,time_ms\n1,20\n", {"sampling_rate": 1e4}, 1, "--sampling-rate is for samples; leave it out"),
    ("id,time_ms\n1,20\n", {"columns": "cell,time_ms"}, 1, "no column 'cell'; it has id, time_ms"),
    ("id,time_ms\n1,20\n", {"columns": "1,3"}, 1, "no column '3'"),
    ("train,time_ms\npre,1\npre\n", {}, 3, "1 cells, the header has 2; give as many"),
    ("train,time_ms\nA,10,5\n", {}, 2, "3 cells, the header has 2; give as many; a decimal comma needs ; or a tab"),
    ("train,time_ms\npre,ten\n", {}, 2, "the time is 'ten'; a number is allowed"),
    ("train,time_ms\npre,1\npre,nan\n", {}, 3, "the time is 'nan'"),
    ("train,time_ms\npre,inf\n", {}, 2, "the time is 'inf'"),
    ("train,time_ms\npre,1e999\n", {}, 2, "the time is '1e999'"),
    ("train,time_ms\npre,1_0\n", {}, 2, "the time is '1_0'"),
    ("train,time_ms\npre,٣\n", {}, 2, "a number is allowed"),
    ("train,time_ms\npre,1 s\n", {}, 2, "the time is '1 s'"),
    ("train,time_ms\npre,\n", {}, 2, "the time is ''"),
    ("train,time_ms\n,1\n", {}, 2, "the train has no name"),
    ("train,time_ms\nA,1\nB,1\nA,1\n", {}, 4, "train 'A' holds the time 0.001 s twice (line 2 has it too)"),
    ("id;time_ms\nA;10,5\nA;11.5\n", {}, 3, "the time is '11.5', elsewhere '10,5'; write all with a point"),
    ("A 10,5\nB 11,5\n", {"unit": "ms"}, 1, "blanks or commas may divide 'A 10,5'"),
    ('train,time_ms\n"A,1\nB,2\n', {}, 3, "close every quote"),
]


@pytest.mark.parametrize(("text", "told", "line", "reason"), REFUSED, ids=[repr(case[0])[:40] for case in REFUSED])
def test_what_is_malformed_or_not_told_is_one_line_with_file_line_and_reason(tmp_path, text, told, line, reason):
    with pytest.raises(InputError) as error:
        found(tmp_path, text, **told)
    assert str(error.value).startswith(f"{tmp_path / 'spikes.csv'}, line {line}") and reason in str(error.value)
    assert "\n" not in str(error.value)


def test_a_gdf_of_whole_numbers_may_hold_steps_and_is_asked_about(tmp_path):
    with pytest.raises(InputError, match="the unit of the times is not told"):
        found(tmp_path, "3 105\n7 150\n", "spikes.gdf")


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ({"unit": "minutes"}, "the unit is 'minutes'; allowed: s, ms, us, ns, samples"),
        ({"unit": 3}, "the unit is 3"),
        ({"columns": "a,b,c"}, "the columns are 'a,b,c'; allowed: ID,TIME"),
        ({"columns": "a,"}, "the columns are 'a,'"),
        ({"columns": "1,1"}, "the columns are '1,1'"),
        ({"columns": 3}, "the columns are 3"),
        ({"only": [None]}, r"only is \[None\]; allowed: names of trains"),
        ({"only": object()}, "only is <object"),
        ({"sampling_rate": 0}, "above 0 Hz is allowed"),
        ({"sampling_rate": "30 ms"}, "the sampling rate is '30 ms'"),
        ({"sampling_rate": float("nan")}, "the sampling rate is nan"),
        ({"sampling_rate": "0e" + "9" * 5000}, "the sampling rate is"),
    ],
)
def test_what_is_told_is_checked(tmp_path, told, reason):
    with pytest.raises(ArgumentError, match=reason):
        found(tmp_path, "train,time_ms\nA,1\n", **told)


@pytest.mark.parametrize("cells", [("1,000", "1,015"), ("1,000,000", "2,000"), ("999", "1,000")])
def test_a_comma_that_may_part_thousands_is_asked_about(tmp_path, cells):
    text = "train,time_ms\n" + "".join(f'A,"{cell}"\n' for cell in cells)
    with pytest.raises(InputError, match="1,000(,000)?' may be a thousand or a decimal comma; write no marks"):
        found(tmp_path, text)


@pytest.mark.parametrize("text", ['train,time_ms\nA,"1,000.5"\n', "train;time_ms\nA;1.000,5\n"])
def test_marks_between_thousands_beside_decimals_are_refused(tmp_path, text):
    with pytest.raises(InputError, match="line 2: the time is '1.000.5'; write no marks between thousands"):
        found(tmp_path, text)


def test_ids_behind_times_in_a_gdf_are_no_times(tmp_path):
    assert found(tmp_path, "10.5\t3\n30.0\t3\n15.0\t7\n35.0\t7\n", "spikes.gdf", unit="ms") == NUMBERED
