"""Why one-hot: labellings that one unit can learn, against counts by hand, in print, and by exact search."""

from itertools import product

import numpy as np
import pytest
from asked_once import answered

from plasticity.artificial.boolean_functions import count_separable
from plasticity.artificial.separability import is_separable
from plasticity.quiz import LECTURE, ask
from plasticity.studies import separable_codes

ID = "one-hot-separable"


def test_the_counts_of_separable_functions_are_the_published_ones():
    """Two, three and four inputs: Muroga 1971."""
    assert answered(ID).answer.measurements["binary_separable_list"] == [14, 104, 1882]


def test_every_labelling_of_one_hot_points_is_separable_by_exact_search():
    labellings = list(product((0, 1), repeat=5))
    assert all(is_separable(np.eye(5, dtype=int).tolist(), labels) for labels in labellings)
    assert separable_codes._answered(5) == len(labellings)


@pytest.mark.parametrize("n_bits", [1, 2, 3])
def test_listed_units_and_sums_that_rule_out_count_what_exact_search_counts(n_bits):
    assert separable_codes._listed(n_bits) == separable_codes._unsummable(n_bits) == count_separable(n_bits)


@pytest.mark.parametrize("n_bits, verdict, outcome", [(1, "depends", "both"), (4, "agrees", "one_hot")])
def test_for_two_objects_the_binary_code_does_as_well(n_bits, verdict, outcome):
    (found,) = ask([LECTURE[ID]], assignments=[f"n_bits={n_bits}"])
    assert (found.verdict, found.answer.measurements["outcome"]) == (verdict, outcome)
    assert found.answer.measurements["binary_separable"] == count_separable(n_bits)
