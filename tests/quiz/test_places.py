"""Places in a text, filled with numbers and words, and set for lines of Hebrew."""

import pytest

from plasticity.errors import PlasticityError
from plasticity.quiz.places import filled, marked, marked_beside, places

VALUES = {"rate_hz": 12.345, "lag": 0.01, "tiny": 3e-16, "names": ["a", "b"], "rows": [{"w": 2.0}], "is_on": True}
WORDS = {"on": {"true": "on at {rate_hz:.0f} Hz", "false": "off"}, "count": {"1": "one", "other": "{value} of them"}}


@pytest.mark.parametrize(
    "template, text",
    [
        ("{rate_hz:.1f} Hz", "12.3 Hz"),
        ("{lag:g ms} later", "10 ms later"),
        ("{tiny:.3g}", "0"),
        ("{names}", "a, b"),
        ("{rows[0].w:.1f}", "2.0"),
        ("{is_on|on}", "on at 12 Hz"),
    ],
)
def test_a_place_holds_a_number_an_item_or_a_word(template, text):
    assert filled(template, VALUES, WORDS) == text


def test_a_word_may_stand_for_all_other_values():
    assert [filled("{n|count}", {"n": n}, WORDS) for n in (1, 1.0, 3)] == ["one", "one", "3 of them"]


def test_a_negative_zero_loses_its_sign():
    assert filled("{x:+.2f} {x:.1%}", {"x": -1e-4}, {}) == "0.00 0.0%"


@pytest.mark.parametrize(
    "template",
    [
        "{speed}",
        "{is_on|of}",
        "{tiny:}",
        "{is_on|}",
        "{tiny:.2f|on}",
        "{|on}",
        "{rate_hz|count.x}",
        "{rows[3].w}",
        "{rate_hz:.2f m}",
    ],
)
def test_a_place_that_cannot_be_filled_is_refused(template):
    with pytest.raises(PlasticityError):
        filled(template, VALUES, WORDS)


def test_the_places_of_a_text_are_listed():
    assert list(places("{a:.1f} {rows[0].w} {b|words}")) == [("a", ".1f", ""), ("rows.w", "", ""), ("b", "", "words")]


@pytest.mark.parametrize(
    "line, ordered",
    [
        ("הקצב -0.5 Hz", "הקצב \u200e-0.5 Hz\u200e"),
        ("כ-48 Hz", "כ-\u200e48 Hz\u200e"),
        ("w -> w + 1 (כאן)", "\u200ew -> w + 1\u200e (כאן)"),
        ("כך: --set w=1", "כך: \u200e--set w=1\u200e"),
        ("plain -1", "plain -1"),
        ("אחד (2, 3). 90 מהם", "אחד \u200e(2, 3)\u200e. \u200e90\u200e מהם"),
        ("-0.5 ו--0.1", "\u200e-0.5\u200e ו-\u200e-0.1\u200e"),
    ],
)
def test_amid_hebrew_a_number_keeps_its_sign_and_a_formula_its_order(line, ordered):
    assert marked(line) == ordered


def test_a_number_that_follows_hebrew_words_on_their_line_keeps_its_sign():
    assert marked_beside("הקצב", "-0.5 Hz") == "\u200e-0.5 Hz\u200e"
    assert [marked_beside(words, text) for words, text in (("rate", "-1"), ("הקצב", "שלילי"))] == ["-1", "שלילי"]
