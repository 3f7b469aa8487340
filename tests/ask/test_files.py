"""Questions and trains in files; what is malformed is told with file, line and reason."""

import numpy as np
import pytest

from plasticity.ask.question_files import WhatIf, read_question
from plasticity.ask.train_files import read_pair
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


def test_other_events_are_in_milliseconds_by_their_names(tmp_path):
    found = read_question(written(tmp_path, "q.toml", "[events_ms]\nreward = [120, 340.5]\n"))
    assert found.events == {"reward": (0.12, 0.3405)}


def test_a_changed_rule_is_kept_as_it_is_written(tmp_path):
    text = "variant = ['nearest', 'anti']\nw_max = 2\n[set]\ntau_plus = '15 ms'\nA_plus = 0.01\n"
    found = read_question(written(tmp_path, "q.toml", text))
    assert (found.settings, found.variants, found.w_max) == (
        {"tau_plus": "15 ms", "A_plus": "0.01"},
        ("nearest", "anti"),
        2.0,
    )


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_is_no_part_of_a_question(tmp_path, encoding):
    (tmp_path / "q.toml").write_bytes(WHOLE.encode(encoding))
    assert read_question(tmp_path / "q.toml").rule == "pair_stdp"


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
        ("[trains]\npre = [1]\n", 2, "pre is a list, and names a train of file; write its times as pre_ms"),
        ("[trains]\npre = 'A'\n", 2, "pre belongs to file, which is not given; give file = 'spikes.csv'"),
        ("[trains]\npre_ms = [1]\nunit = 'ms'\n", 3, "unit belongs to file"),
        ("[trains]\nfile = 'none.csv'\npre_ms = [1]\n", 3, "pre_ms and file both give the spikes; leave one of them"),
        ("[trains]\nfile = 'none.csv'\nunit = 'h'\n", 3, "the unit is 'h'; allowed: s, ms"),
        ("[trains]\nfile = 'none.csv'\nsampling_rate = 0\n", 3, "above 0 Hz is allowed"),
        ("w0 = 1" + "0" * 400 + "\n", 1, "a number of 401 digits"),
        ("\nrepeat = " + "9" * 5000 + "\n", 2, "a number of 5000 digits"),
        ("every = '0e" + "9" * 5000 + " s'\n", 1, "every is '0e999"),
        ("[trains]\npre_ms = [1" + "0" * 4500 + "]\n", 2, "a number of 4501 digits"),
        ("rule = " + "[" * 5000 + "\n", 1, "levels of brackets"),
        ("a = " + "{a = " * 3000 + "\n", 1, "levels of brackets"),
        ("a" + ".a" * 20_000 + " = 1\n", 1, "a name of more than 20 dots"),
        ("[a" + ".a" * 20_000 + "]\n", 1, "a name of more than 20 dots"),
        ("'\x1b'" + " = 1\n", 1, "TOML"),
        ('"\\u001b[2J" = 1\n', 1, "unknown key '\\x1b[2J' in the file"),
        ("rule = '" + "x" * 100_000 + "'\nw0 = '" + "y" * 100_000 + "'\n", 2, "yyy...; a number is allowed"),
        ("every = 50\n", 1, "every is 50; a text such as '50ms' is allowed"),
        ("every = '1 mV'\n", 1, "every is '1 mV'"),
        ("repeat = 1.5\n", 1, "repeat is 1.5; a whole number is allowed"),
        ("[[question]]\nwithout = [2]\n", 2, "without holds 2"),
        ("question = [1]\n", 1, "write [[question]]"),
        ("[[question]]\nif = 'x'\n", 2, "unknown key 'if'"),
        ("trains = [1]\n", 1, "trains is [1]; a table is allowed"),
        ("events_ms = [1]\n", 1, "events_ms is [1]; a table is allowed"),
        ("[events_ms]\nreward = 1\n", 2, "reward is 1; a list of times in milliseconds is allowed"),
        ("[events_ms]\nreward = ['1']\n", 2, "reward holds '1'"),
        ("[trains\n", 1, "Expected"),
        ("w0 = 1\nvariant = 'nerest'\n", 2, "did you mean nearest"),
        ("variant = [1]\n", 1, "variant holds 1; names such as 'nearest' are allowed"),
        ("variant = 1\n", 1, "variant is 1; text or a list is allowed"),
        ("w_max = 0\n", 1, "w_max is 0"),
        ("variant = 'unbounded'\nw_max = 2\n", 2, "takes the bound away"),
        ("conventions = 'nets'\n", 1, "unknown preset of conventions"),
        ("rule = 'all'\nset = { A_plus = 1, tau_plus = true }\n", 2, "tau_plus is True"),
        ("[set]\ntau_plus = [1]\n", 2, "tau_plus is [1]; a number, or a text such as '15 ms', is allowed"),
    ],
)
def test_a_malformed_question_file_is_told_with_file_line_and_reason(tmp_path, text, line, reason):
    path = written(tmp_path, "q.toml", text)
    with pytest.raises(InputError) as error:
        read_question(path)
    assert str(error.value).startswith(f"{path}, line {line}: ") and reason in str(error.value)


@pytest.mark.parametrize(
    ("trains", "spikes"),
    [
        ('pre = 3\npost = "7.0"\nunit = "ms"\n', "3 10.0\n7 15.5\n"),
        ('pre = 3.0\npost = 7\nunit = "ms"\n', "3: 10\n7: 15.5\n"),
        ('pre = "1"\npost = "2"\nunit = "ms"\nlines = true\n', "10 20\n15.5 20\n"),
        ('pre = "3"\npost = "7"\nsampling_rate = "10 kHz"\n', "id;samples\n3;100\n7;155\n"),
        ("pre = 3\npost = 7\nsampling_rate = 10000\ncolumns = [3, 1]\n", "a,b,c\n100,x,3\n155,y,7\n"),
        ('pre = "A"\npost = ""\ncolumns = "who,when_ms"\n', "who,where,when_ms\nA,x,10\n"),
    ],
)
def test_what_is_told_of_the_spike_file_stands_beside_its_name(tmp_path, trains, spikes):
    written(tmp_path, "spikes.txt", spikes)
    found = read_question(written(tmp_path, "q.toml", f'[trains]\nfile = "spikes.txt"\n{trains}'))
    assert (found.pre[0], found.post[:1]) in ((0.01, (0.0155,)), (0.01, ()))


def test_trains_that_are_not_wanted_are_not_read(tmp_path):
    path = written(tmp_path, "q.toml", "w0 = 0.5\n[trains]\nfile = 'none.csv'\n")
    assert read_question(path, with_trains=False).w0 == 0.5
    with pytest.raises(InputError, match="none.csv: No such file"):
        read_question(path)


def test_the_name_of_a_question_is_cut(tmp_path):
    (found,) = read_question(written(tmp_path, "q.toml", f'[[question]]\nname = "{"x" * 1000}"\n')).what_if
    assert len(found.name) < 300


def test_a_path_with_a_zero_byte_is_one_line(tmp_path):
    with pytest.raises(InputError, match=r"give a file that can be read"):
        read_question(written(tmp_path, "q.toml", '[trains]\nfile = "a\\u0000b"\n'))


def test_a_train_that_is_not_in_the_file_is_told_with_those_that_are(tmp_path):
    path = written(tmp_path, "s.csv", "train,time_ms\nA,1\nB,2\n")
    with pytest.raises(InputError, match="s.csv has no train 'C'; it has A, B$"):
        read_pair(path, ("A", "C"))
    path = written(tmp_path, "s.csv", "train,time_ms\n" + "".join(f"n{k},1\n" for k in range(20_000)))
    with pytest.raises(InputError, match="it has n0, n1, .*, n19 and 19980 more$"):
        read_pair(path, ("n1", "C"))


def test_names_match_as_numbers_and_by_their_unit(tmp_path):
    path = written(tmp_path, "s.csv", "id,time_ms\n3.0,10\n7,15\n")
    assert read_pair(path, ("3", "7.0")) == [(0.01,), (0.015,)]
    assert read_pair(path, ("03", "")) == [(0.01,), ()]
    np.savez(tmp_path / "s.npz", pre_ms=[10.0], post_ms=[15.0])
    assert read_pair(tmp_path / "s.npz", ("pre", "post_ms")) == [(0.01,), (0.015,)]
    with pytest.raises(InputError, match="'3' may be any of 03, 003; write it as the file does"):
        read_pair(written(tmp_path, "s.csv", "id,time_ms\n03,10\n003,15\n"), ("3", "3"))


def test_a_file_that_cannot_be_read_is_told(tmp_path):
    (tmp_path / "latin.csv").write_bytes(b"train,time_ms\n\xe9,1\n")
    with pytest.raises(InputError, match="no UTF-8 text"):
        read_pair(tmp_path / "latin.csv", ("pre", "post"))
    for path in (tmp_path / "none.toml", tmp_path):
        with pytest.raises(InputError, match="give a file that can be read"):
            read_question(path)
