"""Start weights of many synapses: one for all or one each, within the bounds, and a copy."""

import numpy as np
import pytest

from plasticity.errors import WeightError
from plasticity.trains import start_weights


@pytest.mark.parametrize(
    ("w0", "message"),
    [
        (-0.1, r"a weight of -0.1 is outside the bounds \[0, 1\]"),
        (1.5, r"a weight of 1.5 is outside the bounds \[0, 1\]"),
        (np.nan, "a weight of nan is outside the bounds"),
        ([0.5, 2.0, 0.5], "a weight of 2.0 is outside the bounds"),
        ([0.1, 0.2], r"w0 = \[0.1, 0.2\] is no weight, nor one for each of 3 synapses"),
        ("heavy", "w0 is 'heavy'; real numbers, without unit, are allowed"),
        (np.zeros((20, 20)), r"w0 = array\(.*\.\.\. is no weight"),
        (None, "w0 is None; real numbers"),
    ],
)
def test_an_impossible_start_weight_is_refused_in_one_line(w0, message):
    with pytest.raises(WeightError, match=f"^{message}") as caught:
        start_weights(w0, 3, 0.0, 1.0)

    assert "\n" not in str(caught.value)


def test_an_infinite_weight_is_refused_where_there_is_no_bound():
    with pytest.raises(WeightError, match="a weight of inf"):
        start_weights(np.inf, 1, -np.inf, np.inf)


def test_the_bounds_themselves_are_allowed():
    assert start_weights([0.0, 1.0], 2, 0.0, 1.0).tolist() == [0.0, 1.0]


def test_start_weights_are_a_copy():
    given_weights = np.array([0.1, 0.2])

    start_weights(given_weights, 2, 0.0, 1.0)[:] = 9.0

    assert given_weights.tolist() == [0.1, 0.2]
