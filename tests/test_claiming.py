"""Claims written shortly; results addressed by name."""

from dataclasses import dataclass

import numpy as np
import pytest

from plasticity.claiming import at_least, at_most, pick, same
from plasticity.errors import ArgumentError, UnknownName
from plasticity.experiment import Outcome, column


@dataclass(frozen=True)
class Result:
    rules: np.ndarray = column("", "rules")
    lags: np.ndarray = column("ms", "lags")
    change: np.ndarray = column("1", "rules", "lags")


RESULT = Result(np.array(["pair", "anti"]), np.array([-0.01, 0.01]), np.array([[-1.0, 2.0], [3.0, -4.0]]))


def held(claim):
    return claim.measure(RESULT), claim.expected


def test_a_field_is_picked_by_the_names_of_its_coordinates():
    assert pick(RESULT, "change", rules="anti", lags=0.01) == -4
    assert pick(RESULT, "change", lags=-0.01).tolist() == [-1, 3]


@pytest.mark.parametrize("at", [{"rules": "bcm"}, {"times": 1.0}])
def test_what_a_result_does_not_have_is_refused_with_what_it_has(at):
    with pytest.raises(UnknownName, match="pair|rules"):
        pick(RESULT, "change", **at)
    with pytest.raises(UnknownName, match="change"):
        pick(RESULT, "weights")


def test_two_routes_are_the_same_when_their_largest_difference_is_0():
    measured, expected = held(same("both", lambda r: r.change, lambda r: r.change + [[0, 0], [0, 0.5]], by="other"))
    assert (measured, expected) == (0.5, 0.0)


def test_a_bound_is_about_the_number_that_comes_nearest_to_it():
    assert held(at_least("all", lambda r: r.change, -4.0, by="closed form"))[0] == -4
    assert held(at_most("all", lambda r: r.change, 3.0, by="closed form"))[0] == 3


def bears_out(claim):
    return Outcome("s", claim.relation, claim.measure(RESULT), claim.expected, claim.tolerance, "", "").holds


@pytest.mark.parametrize("numbers", [[], [np.nan], [1.0, None], np.ones((0, 3))], ids=str)
def test_of_nan_and_of_no_numbers_no_claim_holds(numbers):
    claims = [make("s", lambda r: numbers, 0.0, by="closed form", tolerance=9) for make in (at_least, at_most)]
    claims.append(same("s", lambda r: numbers, lambda r: numbers, by="closed form", tolerance=9))
    assert not any(map(bears_out, claims))


def test_infinity_is_the_same_as_itself_and_as_no_number():
    def of(other):
        return same("s", lambda r: [np.inf, 1.0], lambda r: [other, 1.0], by="closed form", tolerance=9)

    assert bears_out(of(np.inf)) and not bears_out(of(-np.inf)) and not bears_out(of(1e300))


@pytest.mark.parametrize("other", [[1.0, 2.0, 3.0], [[1.0, 2.0]], ["a", "b"], [{}, {}]], ids=str)
def test_what_has_another_shape_or_is_no_number_is_refused_with_the_claim(other):
    with pytest.raises(ArgumentError, match="the claim 's' compares"):
        same("s", lambda r: [1.0, 2.0], lambda r: other, by="closed form").measure(RESULT)


@pytest.mark.parametrize("make", [at_least, at_most])
def test_a_claim_about_what_is_no_function_is_refused_where_it_is_made(make):
    with pytest.raises(ArgumentError, match="what was found is 3; a function"):
        make("s", 3, 0.0, by="closed form")
    with pytest.raises(ArgumentError, match="the other route is 3; a function"):
        same("s", np.sum, 3, by="closed form")


@pytest.mark.parametrize("at, error", [("pair", UnknownName), (None, UnknownName), ([-0.01, 0.01], ArgumentError)])
def test_a_coordinate_of_another_kind_is_none(at, error):
    with pytest.raises(error, match="lags"):
        pick(RESULT, "change", lags=at)


def test_coordinates_much_smaller_than_one_are_told_apart():
    small = Result(RESULT.rules, np.array([0.0, 1e-9]), RESULT.change)
    assert pick(small, "change", rules="pair", lags=1e-9) == 2
