"""Claims written shortly; results addressed by name."""

from dataclasses import dataclass

import numpy as np
import pytest

from plasticity.claiming import at_least, at_most, pick, same
from plasticity.errors import UnknownName
from plasticity.experiment import column


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
