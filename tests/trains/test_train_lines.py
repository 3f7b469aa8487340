"""Text files in which every line is one train."""

import pytest

from plasticity.errors import InputError
from plasticity.trains import read

A, B = [0.0105, 0.03], [0.015, 0.035]  # seconds


def found(folder, text, **told):
    path = folder / "spikes.txt"
    path.write_text(text, encoding="utf-8")
    return {name: times.tolist() for name, times in read(path, **told).items()}


@pytest.mark.parametrize(
    "text",
    [
        "pre: 10.5 30\npost: 15 35\nsilent:\n",
        "# times in ms\n\npre:10.5,30\n'post' : 15, 35\nsilent: \n",
        "pre:\t10,5;30\npost:\t15;35\nsilent:\n",
        "pre: 30 10.5\n\npost: 35\t15\nsilent:\n",
    ],
)
def test_a_name_and_times(tmp_path, text):
    assert found(tmp_path, text, unit="ms") == {"pre": A, "post": B, "silent": []}


@pytest.mark.parametrize("mark", [" ", ",", ", ", ";", "\t"])
def test_times_alone_are_called_by_their_number(tmp_path, mark):
    text = f"{mark.join(['10.5', '30'])}\n{mark.join(['15', '35', '40'])}\n"
    assert found(tmp_path, text, unit="ms") == {"1": A, "2": [*B, 0.04]}


def test_lines_of_equal_length_are_trains_when_that_is_told(tmp_path):
    assert found(tmp_path, "10.5 30\n15 35\n", unit="ms", lines=True) == {"1": A, "2": B}


def test_a_name_may_stand_before_the_times(tmp_path):
    assert found(tmp_path, "pre,10.5,30\npost,15\n", unit="ms") == {"pre": A, "post": [0.015]}


def test_one_column_is_one_train(tmp_path):
    assert found(tmp_path, "10.5\n30\n", unit="ms") == found(tmp_path, "time_ms\n10.5\n30\n") == {"1": A}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("pre_ms,post_ms\n10.5,15\n30,35\n,40\n", {}),
        ("pre_ms;post_s\n10,5;0,015\n30;0,035\n;0,04\n", {}),
        ("pre\tpost\n10.5\t15\n30\t35\n\t40\n", {"unit": "ms"}),
    ],
)
def test_columns_of_numbers_under_names_are_trains(tmp_path, text, told):
    trains = found(tmp_path, text, **told)
    assert [name.partition("_")[0] for name in trains] == ["pre", "post"]
    assert list(trains.values()) == [A, [*B, 0.04]]


def test_samples_become_seconds(tmp_path):
    assert found(tmp_path, "3.0: 315 900\n7: 450 1050", sampling_rate="30kHz") == {"3": A, "7": B}


@pytest.mark.parametrize(
    ("text", "told", "line", "reason"),
    [
        ("pre: 10 30\npost: 15\n", {}, 1, "the unit of the times is not told"),
        ("pre: 10 30\n15 35\n", {"unit": "ms"}, 2, "'name: times' was expected, '15 35' came"),
        ("pre: 10 30\npre: 15\n", {"unit": "ms"}, 2, "the train 'pre' stands there twice"),
        ("pre: 10 30\npost: 15 x\n", {"unit": "ms"}, 2, "the time is 'x'; a number is allowed"),
        ("pre,post\n1,2\n", {}, None, "'pre': the unit of the times is not told"),
        ("pre_ms,post_ms\n1,2\n1,3\n", {}, 3, "train 'pre_ms' holds the time 0.001 s twice (line 2 has it too)"),
        ("pre: 10 30\npost: 15 15\n", {"unit": "ms"}, None, "train 'post' holds the time 0.015 s twice"),
        ("pre: 10,5 30,5\n", {"unit": "ms"}, 1, "blanks and commas both divide"),
        ("1 10 30\n2 15\n", {"unit": "ms"}, 1, "are the first numbers, 1, 2, names or times? Write 'name: times'"),
        ("10 30\n\n15 35 40\n", {"unit": "ms"}, 2, "an empty line or a comment among trains without names"),
        ("pre: 10 30\n", {"unit": "ms", "columns": "1,2"}, 1, "no use for --columns"),
        ("pre: 10 30\n", {"unit": "ms", "sampling_rate": 10}, 1, "--sampling-rate is for samples; leave it out"),
    ],
)
def test_what_is_malformed_or_not_told_is_one_line(tmp_path, text, told, line, reason):
    with pytest.raises(InputError) as error:
        found(tmp_path, text, **told)
    where = "" if line is None else f", line {line}: "
    assert str(error.value).startswith(f"{tmp_path / 'spikes.txt'}{where}") and reason in str(error.value)
