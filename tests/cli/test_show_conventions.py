"""Conventions on the command line: `ask --conventions`, in question files, and the page of all."""

import json

import pytest
from command_line import assert_refused, plasticity_here

PAIR = ("ask", "--rule", "pair_stdp", "--pre", "10", "--post", "10")
FILE = (
    'rule = "nearest_symmetric_stdp"\nconventions = "nest, imagined=pre at 0"\n[trains]\npre_ms = []\npost_ms = [10]\n'
)


@pytest.mark.parametrize(
    ("conventions", "after"),
    [
        ("default", 0.5),
        ("brian2-example", 0.505),
        ("nest", 0.5),
        ("coincidence=post first", 0.49475),
        ("brian2-example, coincidence=ignored", 0.5),
    ],
)
def test_a_question_is_asked_under_the_conventions_that_are_given(conventions, after):
    found = json.loads(plasticity_here(*PAIR, "--conventions", conventions, "--json").stdout)
    assert found["w_after"] == pytest.approx(after, abs=1e-15)


def test_an_answer_tells_its_conventions():
    found = json.loads(plasticity_here(*PAIR, "--conventions", "nest, imagined=pre at 0", "--json").stdout)
    assert found["conventions"]["clipping"] == "own side" and found["conventions"]["imagined"] == "pre at 0"
    assert (
        "under the conventions nest, gates=as before"
        in plasticity_here(*PAIR, "--conventions", "nest, gates=as before").stdout
    )


def test_a_question_file_gives_them_and_the_option_takes_their_place(tmp_path):
    (tmp_path / "q.toml").write_text(FILE, encoding="utf-8")
    asked = ("ask", str(tmp_path / "q.toml"), "--json")

    from_file, from_option = (
        json.loads(plasticity_here(*asked, *more).stdout) for more in ((), ("--conventions", "nest"))
    )

    assert from_file["dw"] > 0.003 and from_option["dw"] == 0


@pytest.mark.parametrize(
    ("conventions", "words"),
    [
        ("neuron", ("unknown preset", "'neuron'", "FIELD=WORD", "brian2-example, default, nest")),
        ("clip=own side", ("unknown convention 'clip'", "clipping, coincidence")),
        ("clipping=own", ("the convention clipping is 'own'", "allowed: both sides, own side")),
        ("nest, default", ("one preset is allowed",)),
        ("imagined=none, imagined=none", ("set imagined twice",)),
        ("", ("unknown preset", "''")),
    ],
)
def test_conventions_that_there_are_not_get_one_line(conventions, words, tmp_path):
    assert_refused(plasticity_here(*PAIR, "--conventions", conventions), *words)
    (tmp_path / "q.toml").write_text(FILE.replace("nest, imagined=pre at 0", conventions), encoding="utf-8")
    assert_refused(plasticity_here("ask", str(tmp_path / "q.toml")), "q.toml", "line 2", *words)


def test_the_page_prints_every_field_and_preset_with_numbers():
    done = plasticity_here("show", "conventions")

    assert (done.returncode, done.stderr) == (0, "")
    for word in ("brian2-example", "nest", "coincidence", "terms", "gates", "imagined", "pre first 0.505", "0.503033"):
        assert word in " ".join(done.stdout.split())
    found = json.loads(plasticity_here("show", "conventions", "--json").stdout)
    assert found["presets"]["nest"]["gates"] == "post first" and set(found["presets"]) == {
        "default",
        "brian2-example",
        "nest",
    }
    assert found["fields"]["coincidence"]["smallest"]["results"] == {
        "ignored": 0.5,
        "pre first": 0.505,
        "post first": 0.49475,
    }
