"""Arguments of one kind each: a number within limits, a count, a seed, a word."""

import numpy as np
import pytest

from plasticity.errors import ArgumentError, NeuronError
from plasticity.inputs import choice, count, generator, instance, number, numbers, seed, text


@pytest.mark.parametrize("value", [3, 3.0, np.float32(3), np.int64(3), np.array(3), np.uint8(3)])
def test_any_real_number_is_a_float(value):
    found = number(value, "it")
    assert type(found) is float and found == 3.0


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        ({"least": 4.0}, "it is 3; 4 or more is allowed"),
        ({"above": 3.0}, "it is 3; more than 3 is allowed"),
        ({"most": 2.0}, "it is 3; at most 2 is allowed"),
        ({"least": 0.005, "unit": "ms"}, "it is 3000 ms"),
    ],
)
def test_a_number_outside_its_limits_is_refused_with_them(limits, message):
    if message.startswith("it is 3000"):
        limits = limits | {"most": 1.0}
    with pytest.raises(ArgumentError, match=f"^{message}"):
        number(3, "it", **limits)


def test_several_numbers_are_no_number():
    with pytest.raises(NeuronError, match=r"it has shape \(2,\); one number is allowed"):
        number([1, 2], "it", error=NeuronError)


@pytest.mark.parametrize("value", [5, 5.0, np.int8(5), np.float32(5)])
def test_a_whole_number_of_any_type_is_a_count(value):
    assert type(count(value, "n")) is int and count(value, "n") == 5


@pytest.mark.parametrize("value", [0, -1, 1.5, True, "3", None, np.nan, np.inf, 10**30, [1, 2]])
def test_what_is_no_count_is_refused(value):
    with pytest.raises(ArgumentError, match="^n "):
        count(value, "n")


def test_a_count_beyond_what_doubles_count_is_refused_with_the_limit():
    with pytest.raises(ArgumentError, match="n is 10+; a whole number of 1 or more and 9.007199e\\+15 or less is"):
        count(10**18, "n")


def test_seeds_have_one_limit():
    assert seed(0) == 0 and seed(2**32 - 1) == 2**32 - 1
    for wrong in (-1, 2**32, 10**25, 0.5, True, "1", None):
        with pytest.raises(ArgumentError, match="a whole number from 0 to 4294967295 is allowed"):
            seed(wrong)


def test_a_whole_number_where_a_generator_is_wanted_is_its_seed():
    assert generator(7).random() == np.random.default_rng(7).random()
    own = np.random.default_rng(7)
    assert generator(own) is own
    with pytest.raises(ArgumentError, match="rng is 'x'; a numpy.random.Generator, or a seed"):
        generator("x")


@pytest.mark.parametrize("value", ["Pre", None, 1, ["pre"]])
def test_a_word_is_one_of_those_allowed_to_the_letter(value):
    assert choice("pre", ("pre", "post"), "the side") == "pre"
    assert choice(np.str_("pre"), ("pre", "post"), "the side") == "pre"
    with pytest.raises(ArgumentError, match="^the side is .*; allowed: pre, post"):
        choice(value, ("pre", "post"), "the side")


def test_an_object_of_another_class_is_refused_by_name():
    assert instance(3, int, "it") == 3
    with pytest.raises(ArgumentError, match="^it is 'x'; a int is allowed"):
        instance("x", int, "it")


@pytest.mark.parametrize("value", ["two\nlines", "\x1b[2J", 5, None])
def test_text_is_one_printable_line(value):
    with pytest.raises(ArgumentError, match="one line of printable text") as caught:
        text(value, "the name")
    assert str(caught.value).isprintable()


@pytest.mark.parametrize(("shape", "wanted"), [((2, 3), (None, 3)), ((4, 2, 3), (..., 3)), ((3,), (..., 3))])
def test_a_shape_may_leave_axes_open(shape, wanted):
    assert numbers(np.zeros(shape), "it", shape=wanted).shape == shape


@pytest.mark.parametrize(
    ("shape", "written"), [((3,), r"\(3,\)"), ((None, 2), r"\(any, 2\)"), ((..., 4), r"\(..., 4\)")]
)
def test_another_shape_is_refused_with_the_one_wanted(shape, written):
    with pytest.raises(ArgumentError, match=rf"it: the shape is \(2,\); it must be {written}"):
        numbers([1, 2], "it", shape=shape)
