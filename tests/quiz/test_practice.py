"""Exercises: their keys by a second route, wrong options that differ, replies, and exports read back by a parser."""

import math
import re
from html.parser import HTMLParser
from xml.etree import ElementTree

import numpy as np
import pytest
from asked_once import LANGUAGES, answered

from plasticity.errors import ArgumentError, UnknownName
from plasticity.quiz.contents import LECTURE
from plasticity.quiz.practice import exercises, exported, families_of, graded, in_words
from plasticity.quiz.practice.drawing import FAMILIES

SEEDS = range(25)
every_family = pytest.mark.parametrize("family", FAMILIES.values(), ids=lambda family: family.name)
in_every_language = pytest.mark.parametrize("language", LANGUAGES)


def draws(name):
    return [FAMILIES[name].draw(np.random.default_rng(seed)) for seed in SEEDS]


def drawn(family, n=12, seed=3, language="en"):
    every = exercises(n=n * len(FAMILIES), seed=seed, language=language)
    return [one for one in every if one.family is family]


@every_family
@in_every_language
def test_the_options_of_an_exercise_differ_and_one_is_right(family, language):
    for exercise in drawn(family, language=language):
        item = in_words(exercise, language)
        texts = [option.text for option in item.options]
        assert len(set(texts)) == len(texts) >= 3 and sum(option.is_right for option in item.options) == 1
        assert all(option.reason for option in item.options) and "{" not in item.prompt


@every_family
def test_both_languages_print_the_same_figures(family):
    for exercise in drawn(family):
        english, hebrew = (in_words(exercise, language) for language in LANGUAGES)
        figures = [re.findall(r"\d+(?:\.\d+)?", item.prompt) for item in (english, hebrew)]
        assert sorted(figures[0]) == sorted(figures[1]) and english.letter == hebrew.letter


@every_family
def test_every_misconception_is_explained_in_every_language(family):
    names = {name for seed in SEEDS for name in family.draw(np.random.default_rng(seed)).wrong}
    from plasticity.quiz.practice.drawing import words

    assert all(names == {*words(family.name, language)["misconceptions"]} for language in LANGUAGES)


@pytest.mark.parametrize("id", ["gd-two-weights", "cross-entropy-minibatch", "acyclic-network"])
def test_a_slide_is_judged_as_the_quiz_judges_it(id):
    from plasticity.quiz.practice.judging import judging

    found = judging(id).draw(np.random.default_rng(0))
    assert found.key == answered(id).verdict and found.key not in found.wrong.values()


def test_a_question_without_exercises_of_its_own_judges_its_slide():
    (exercise,) = exercises("acyclic-network", n=1)
    item = in_words(exercise)
    assert "The slides print" in item.prompt and item.options["ABCD".index(item.letter)].text.startswith("yes")


def test_the_slope_of_tanh_is_the_difference_of_two_values():
    for one in draws("tanh_slope"):
        z = math.atanh(one.values["y"])
        assert one.key == pytest.approx((math.tanh(z + 1e-5) - math.tanh(z - 1e-5)) / 2e-5, rel=1e-8)


def test_the_gradient_of_a_competing_unit_is_the_difference_of_two_losses():
    for one in draws("competing"):
        z = math.log(one.values["y"] / (1 - one.values["y"]))  # beside a right unit whose sum is 0

        def loss(z):
            return math.log(1 + math.exp(z))

        assert one.key == pytest.approx((loss(z + 1e-5) - loss(z - 1e-5)) / 2e-5, rel=1e-8)


def test_the_same_seed_draws_the_same_and_another_does_not():
    first, again, other = (exercises(n=13, seed=seed) for seed in (1, 1, 2))
    assert [one.drawn for one in first] == [one.drawn for one in again] != [one.drawn for one in other]


def test_the_change_of_a_synapse_is_the_window_added_up():
    for one in draws("synapse"):
        v = one.values
        amplitude = v["A_plus"] if v["first"] == "pre" else -v["A_minus"]
        lags = (v["lag_ms"] * 1e-3 + k * (1 if v["first"] == "pre" else -1) for k in range(1))
        assert one.key == pytest.approx(sum(v["n_pairs"] * amplitude * math.exp(-lag / 0.02) for lag in lags), abs=1e-9)


def test_a_clamped_weight_ends_at_zero_and_an_unbounded_one_below():
    assert all(one.key == 0.0 > one.wrong["clamp_forgotten"] for one in draws("clamped"))


def test_the_rate_under_inhibition_is_that_of_the_interval():
    for one in draws("biased"):
        v, drive = one.values, 1 + one.values["bias"] * (1 - one.values["level"])
        interval = v["t_ref_ms"] + v["tau_ms"] * math.log((16 * drive - 10) / (16 * drive - 16))
        assert one.key == pytest.approx(1e3 / interval, rel=1e-9)


def test_the_directions_of_two_synapses_are_opposite_and_turn_with_the_order():
    for one in draws("mutual"):
        is_up = (one.values["first"] == "A") == (one.values["rule"] == "pair_stdp")
        assert one.key == ("up_down" if is_up else "down_up") != one.wrong["order_exchanged"]


def test_a_gradient_of_an_exercise_is_the_difference_of_two_losses():
    for one in draws("descent_step"):
        points = [tuple(map(float, pair.split(","))) for pair in re.findall(r"\(([^)]*)\)", one.values["points"])]

        def loss(w, points=points):
            return np.mean([(w * x - t) ** 2 / 2 for x, t in points])

        w, rate = one.values["w"], one.values["rate"]
        assert one.key == pytest.approx(w - rate * (loss(w + 1e-4) - loss(w - 1e-4)) / 2e-4, abs=1e-9)


def test_bits_of_a_bottleneck_suffice_and_one_less_does_not():
    assert all(2**one.key >= one.values["n"] > 2 ** (one.key - 1) for one in draws("bottleneck"))


def test_a_letter_or_a_number_at_the_printed_precision_is_graded():
    exercise = drawn(FAMILIES["descent_step"])[0]
    item = in_words(exercise)
    assert graded(item, item.letter.lower()).is_right and graded(item, str(exercise.drawn.key)).is_right
    wrong = graded(item, str(exercise.drawn.wrong["uphill"]))
    assert not wrong.is_right and wrong.option.misconception == "uphill"
    assert graded(item, "12345").option is None


@pytest.mark.parametrize(
    "written", ["{}", "{} Hz", "{}hz", "\u200e{}\u200e", "+{}", "{}e0", " {}\u00a0Hz "], ids=[*"1234567"]
)
def test_the_right_number_is_right_however_it_is_typed(written):
    item = in_words(drawn(FAMILIES["biased"])[0])
    number = item.number.removesuffix(" Hz")
    assert all(graded(item, written.format(one)).is_right for one in (number, number.replace(".", ",")))


@pytest.mark.parametrize("sign", ["-", "\u2212", "\u2013"])
def test_any_minus_sign_is_one(sign):
    item = in_words(drawn(FAMILIES["saturation"])[0], "he")
    number = item.number.replace("\u200e", "")
    assert number.startswith("-") and graded(item, number.replace("-", sign)).is_right


def test_per_cent_are_hundredths_where_a_share_is_asked():
    item = in_words(drawn(FAMILIES["softmax"])[0])
    assert graded(item, f"{100 * float(item.number):.1f} %").is_right


@pytest.mark.parametrize("reply", ["nan", "inf", "1e999", "1_0", "12 mV", "12 %", "1.2.3", "9" * 10**6])
def test_what_is_no_number_in_the_unit_asked_for_is_no_reply(reply):
    with pytest.raises(ArgumentError, match="A, B, C, D or a number"):
        graded(in_words(drawn(FAMILIES["biased"])[0]), reply)


@pytest.mark.parametrize("reply", ["", "Z", "yes", "A B"])
def test_what_is_no_reply_is_refused_with_what_is_allowed(reply):
    with pytest.raises(ArgumentError, match="A, B, C"):
        graded(in_words(drawn(FAMILIES["mutual"])[0]), reply)


def test_exercises_are_of_the_question_or_section_asked_for():
    assert {one.question for one in exercises("bias-no-input", n=3)} == {"bias-no-input"}
    sections = {LECTURE.section(id) for family in families_of("spiking") for id in family.questions if id in LECTURE}
    assert sections == {"spiking"}
    with pytest.raises(UnknownName, match="spiking"):
        exercises("poetry")


@in_every_language
def test_moodle_reads_back_what_was_exported(language):
    asked = exercises(n=15, seed=4, language=language)
    root = ElementTree.fromstring(exported(asked, "moodle", language=language).encode("utf-8"))
    questions = [one for one in root if one.get("type") == "multichoice"]
    items = [in_words(one, language) for one in asked]
    assert [len(one.findall("answer")) for one in questions] == [len(item.options) for item in items]
    for question, item in zip(questions, items, strict=True):
        right = [one for one in question.findall("answer") if one.get("fraction") == "100"]
        assert len(right) == 1 and _words(right[0].find("text").text) == item.options["ABCD".index(item.letter)].text
        assert _words(question.find("questiontext/text").text) == item.prompt


class _Page(HTMLParser):
    """The texts of a page by tag, and the addresses that it would load."""

    def __init__(self):
        super().__init__()
        self.texts, self.loads, self._open = {}, [], []

    def handle_starttag(self, tag, attributes):
        if tag not in ("meta", "br"):
            self._open.append(tag)
        self.loads += [value for name, value in attributes if name in ("src", "href")]

    def handle_endtag(self, tag):
        self._open.pop()

    def handle_data(self, data):
        if self._open and data.strip():
            self.texts.setdefault(self._open[-1], []).append(data.strip())


def _words(html):
    page = _Page()
    page.feed(html)
    return " ".join(page.texts["p"])


@in_every_language
def test_a_page_of_html_holds_every_option_and_loads_nothing(language):
    asked, page = exercises(n=13, seed=5, language=language), _Page()
    page.feed(exported(asked, "html", language=language))
    assert page.texts["bdi"] == [option.text for one in asked for option in in_words(one, language).options]
    assert page.loads == [] and "script" not in page.texts
