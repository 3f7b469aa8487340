"""Units exist at borders only: what they are worth, and how a number is shown."""

import pytest

from plasticity.errors import ArgumentError, UnknownName
from plasticity.quantities import FACTORS, in_unit, parsed, to_si, written


@pytest.mark.parametrize("unit", FACTORS)
def test_a_number_comes_back_from_its_unit(unit):
    assert in_unit(to_si(3.7, unit), unit) == pytest.approx(3.7, rel=1e-15)  # two roundings


def test_ohms_law_holds_across_units():
    voltage = to_si(0.15, "nA") * to_si(100.0, "Mohm")

    assert in_unit(voltage, "mV") == pytest.approx(15.0, rel=1e-15)


def test_a_prefix_is_worth_a_thousandth_of_the_next():
    assert to_si(1000.0, "ms") == to_si(1.0, "s")
    assert to_si(1000.0, "mV") == to_si(1.0, "V")
    assert to_si(1000.0, "pA") == pytest.approx(to_si(1.0, "nA"), rel=1e-15)


@pytest.mark.parametrize(
    ("value", "unit", "text"), [(0.02, "ms", "20 ms"), (0.005, "1", "0.005"), (1.5e-10, "pA", "150 pA")]
)
def test_a_number_is_shown_in_its_unit(value, unit, text):
    assert written(value, unit) == text


@pytest.mark.parametrize("function", [to_si, in_unit, written])
def test_an_unknown_unit_is_answered_with_the_known_ones(function):
    with pytest.raises(UnknownName, match="unknown unit 'mile'; known: 1, A, F, Hz, .*, ms"):
        function(1.0, "mile")


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [("10", "ms", 0.01), ("10ms", "ms", 0.01), (" 0.5 s ", "ms", 0.5), ("-3e1", "ms", -0.03), (".5", "1", 0.5)],
)
def test_a_typed_number_is_the_float_that_a_program_would_write(text, unit, number):
    assert parsed(text, unit, "it") == number


@pytest.mark.parametrize("unit, power", [("ms", -3), ("us", -6), ("pA", -12), ("Mohm", 6)])
def test_a_typed_number_is_shifted_not_multiplied(unit, power):
    # a product with 1e-3 misses a hundred of these by a unit in the last place
    assert all(parsed(f"{n} {unit}", unit, "it") == float(f"{n}e{power}") for n in range(1, 1000))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ten",
        "10 mV",
        "nan",
        "inf",
        "1e999",
        "10 ms ms",
        "0x10",
        "1_0",
        "٣",
        "0e" + "9" * 5000,
        "9" * 5000,
        "9" * 100_000 + "!",
        "1" + " " * 100_000 + "!",
    ],
)
def test_a_typed_number_of_another_kind_or_unit_is_refused_with_what_is_allowed(text):
    with pytest.raises(ArgumentError, match="the lag is '.*; allowed: a number, with or without s or ms"):
        parsed(text, "ms", "the lag")


def test_a_number_without_dimension_takes_no_unit():
    with pytest.raises(ArgumentError, match="the count is '3 ms'; allowed: a number without unit"):
        parsed("3 ms", "1", "the count")
