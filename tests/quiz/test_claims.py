"""Claims and rounding: what makes a printed answer right."""

import contextlib
import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from plasticity.errors import ArgumentError, UnknownName
from plasticity.quiz import Claim
from plasticity.quiz.claims import rounds_to


@pytest.mark.parametrize(
    "relation, holds_at", [("<", [1.9]), (">", [2.1]), ("=", [2.0])], ids=["less", "more", "equal"]
)
def test_a_comparison_holds_on_its_side_only(relation, holds_at):
    claim = Claim("x", relation, 2)
    assert [x for x in (1.9, 2.0, 2.1) if claim.holds({"x": x})] == holds_at


def test_a_claim_can_compare_with_another_measurement():
    claim = Claim("rate_hz", "<", "free_hz")
    assert claim.holds({"rate_hz": 1.0, "free_hz": 2.0}) and not claim.holds({"rate_hz": 2.0, "free_hz": 1.0})


@pytest.mark.parametrize("falls", [[3.0, 1.0, 0.0], [3.0, 3.0, 0.0, 0.0], [0.0]])
def test_a_list_falls_when_it_never_rises_and_ends_there(falls):
    assert Claim("rates", "falls to", 0).holds({"rates": falls})


@pytest.mark.parametrize("other", [[3.0, 4.0, 0.0], [0.0, 1.0, 0.0], [3.0, 1.0], [3.0, 0.0, -1.0]])
def test_a_list_that_rises_or_ends_elsewhere_does_not_fall(other):
    assert not Claim("rates", "falls to", 0).holds({"rates": other})


@pytest.mark.parametrize("claim", [Claim("y", "<", 0), Claim("x", "<", "y")], ids=str)
def test_a_claim_about_what_was_not_measured_is_no_verdict(claim):
    with pytest.raises(UnknownName, match="unknown measurement .y.; known: x"):
        claim.holds({"x": 1.0})


@pytest.mark.parametrize("relation, value", [("<", 1), ("rounds to", "1"), ("falls to", 1), ("is", [1, 2])])
@pytest.mark.parametrize(
    "measured", [np.arange(2), {"a": 1}, "text", None, 10**400], ids=lambda value: type(value).__name__
)
def test_whatever_was_measured_a_claim_holds_or_not_or_says_what_it_cannot_compare(relation, value, measured):
    with contextlib.suppress(ArgumentError):
        assert Claim("x", relation, value).holds({"x": measured}) in (True, False)


def test_a_claim_in_no_known_relation_is_refused():
    with pytest.raises(ArgumentError, match="the relation of a claim is 'near'; allowed: <, <="):
        Claim("x", "near", 0)


@given(st.floats(-1e4, 1e4), st.integers(0, 6))
def test_a_number_rounds_to_what_python_prints_at_that_precision(number, digits):
    assert rounds_to(number, f"{number:.{digits}f}")


@given(st.integers(-(10**6), 10**6), st.integers(0, 6), st.floats(-3, 3))
def test_half_a_unit_of_the_last_printed_digit_decides(last_digits, digits, away):
    assume(abs(abs(away) - 0.5) > 1e-6)  # a half is next
    figure = f"{last_digits * 10.0**-digits:.{digits}f}"
    assert rounds_to(float(figure) + away * 10.0**-digits, figure) == (abs(away) < 0.5)


@pytest.mark.parametrize(
    "number, figures", [(46.45, ["46.4", "46.5"]), (-1.05, ["-1.0", "-1.1"]), (0.285, ["0.28", "0.29"])]
)
def test_a_half_rounds_either_way(number, figures):
    assert all(rounds_to(number, figure) for figure in figures)


@pytest.mark.parametrize(
    "number, figure",
    [(0.47, "-0.47"), (-0.464, "0.464"), (0.4651, "0.46"), (2.51, "2"), (46.44, "46.40"), (16, "1E+1")],
)
def test_sign_and_printed_precision_count(number, figure):
    assert not rounds_to(number, figure)


def test_what_is_no_number_rounds_to_nothing():
    assert not rounds_to(math.nan, "0.00") and not rounds_to(math.inf, "0.00")


UP, DOWN = Claim("up", ">", 0), Claim("down", "<", 0)
BOTH, NEITHER, HALF = {"up": 1, "down": -1}, {"up": -1, "down": 1}, {"up": 1, "down": 1}
