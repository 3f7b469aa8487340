"""Questions and trains in files; what is malformed is told with file, line and reason."""

import pytest

from plasticity.ask.question_files import WhatIf, read_question
from plasticity.ask.train_files import read_trains, train_called
from plasticity.errors import InputError

WHOLE = """
rule = "pair_stdp"
w0 = 0.25
unbounded = true
repeat = 60
every = "1 s"

[trains]
pre_ms = [10, 30.5]
post_ms = []

[[question]]
name = "the second spike"
without = ["pre:2"]
move = ["pre:1:+3ms"]

[[question]]
without = ["pre:1"]
"""


def written(folder, name, text):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_question_file_says_what_it_asks(tmp_path):
    found = read_question(written(tmp_path, "q.toml", WHOLE))
    assert (found.rule, found.w0, found.is_unbounded, found.n_repeats, found.every) == (
        "pair_stdp",
        0.25,
        True,
        60,
        1.0,
    )
    assert (found.pre, found.post) == ((0.01, 0.0305), ())
    assert found.what_if == (WhatIf("the second spike", ("pre:2",), ("pre:1:+3ms",)), WhatIf("question 2", ("pre:1",)))


def test_trains_may_stand_in_a_csv_beside_it(tmp_path):
    written(tmp_path, "spikes.csv", "train,time_ms\nA,10\nB,15\nA,30\n")
    found = read_question(written(tmp_path, "q.toml", '[trains]\nfile = "spikes.csv"\npre = "A"\npost = "B"\n'))
    assert (found.pre, found.post) == ((0.01, 0.03), (0.015,))


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("rule = pair\n", 1, "Invalid value"),
        ('rule = "a"\nw0 = "half"\n', 2, "w0 is 'half'; a number is allowed"),
        ("w0 = true\n", 1, "w0 is True; a number is allowed"),
        ("rule = 'a'\n\nruel = 'b'\n", 3, "unknown key 'ruel' in the file; known: rule, w0"),
        ("[trains]\npre_ms = [1, 'x']\n", 2, "pre_ms holds 'x'"),
        ("[trains]\npre = [1]\n", 2, "pre is [1]; text is allowed"),
        ("every = '1 mV'\n", 1, "every is '1 mV'"),
        ("repeat = 1.5\n", 1, "repeat is 1.5; a whole number is allowed"),
        ("[[question]]\nwithout = [2]\n", 2, "without holds 2"),
        ("question = [1]\n", 1, "write [[question]]"),
        ("[[question]]\nif = 'x'\n", 2, "unknown key 'if'"),
        ("trains = [1]\n", 1, "trains is [1]; a table is allowed"),
        ("[trains\n", 1, "Expected"),
    ],
)
def test_a_malformed_question_file_is_told_with_file_line_and_reason(tmp_path, text, line, reason):
    path = written(tmp_path, "q.toml", text)
    with pytest.raises(InputError) as error:
        read_question(path)
    assert str(error.value).startswith(f"{path}, line {line}: ") and reason in str(error.value)


def test_a_csv_of_trains_may_have_comments_spaces_seconds_and_other_columns(tmp_path):
    text = "# made by hand\n\nneuron,train,time_s\n1,pre, 0.03\n1,pre,0.01\n2,post,1e-2\n"
    assert read_trains(written(tmp_path, "s.csv", text)) == {"pre": (0.01, 0.03), "post": (0.01,)}


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("", 1, "the file is empty"),
        ("# nothing\n", 1, "the file is empty"),
        ("neuron,time_ms\npre,1\n", 1, "the header is neuron,time_ms; needed: train,time_ms or train,time_s"),
        ("train,time\npre,1\n", 1, "needed: train,time_ms"),
        ("train,time_ms\npre,1\npre\n", 3, "1 cells, the header has 2"),
        ("train,time_ms\npre,ten\n", 2, "the time is 'ten'"),
        ("train,time_ms\npre,nan\n", 2, "the time is 'nan'"),
        ("train,time_ms\npre,-1\n", 2, "the time is '-1'"),
        ("train,time_ms\npre,1 s\n", 2, "the time is '1 s'"),
        ("train,time_ms\npre,\n", 2, "the time is ''"),
    ],
)
def test_a_malformed_csv_is_told_with_file_line_and_reason(tmp_path, text, line, reason):
    path = written(tmp_path, "s.csv", text)
    with pytest.raises(InputError) as error:
        read_trains(path)
    assert str(error.value).startswith(f"{path}, line {line}: ") and reason in str(error.value)


def test_a_train_that_is_not_in_the_file_is_told_with_those_that_are(tmp_path):
    with pytest.raises(InputError, match="has no train 'C'; it has A, B"):
        train_called({"A": (), "B": ()}, "C", tmp_path)


def test_a_file_that_cannot_be_read_is_told(tmp_path):
    (tmp_path / "latin.csv").write_bytes(b"train,time_ms\n\xe9,1\n")
    with pytest.raises(InputError, match="no UTF-8 text"):
        read_trains(tmp_path / "latin.csv")
    for path in (tmp_path / "none.toml", tmp_path):
        with pytest.raises(InputError, match="give a file that can be read"):
            read_question(path)
