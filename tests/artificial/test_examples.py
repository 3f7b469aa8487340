import numpy as np
import pytest

from plasticity.artificial.exact import exact
from plasticity.artificial.examples import Examples, teacher, with_bias
from plasticity.errors import ArgumentError


def test_examples_keep_read_only_copies():
    given = np.ones((3, 2))
    examples = Examples(given, [0, 1, 1])
    given[:] = 7
    assert len(examples) == 3 and (examples.inputs == 1).all()
    with pytest.raises(ValueError, match="read-only"):
        examples.targets[0] = 5


def test_the_bias_is_the_weight_of_a_first_input_of_one():
    assert with_bias([[2.0, 3.0], [4.0, 5.0]]).tolist() == [[1, 2, 3], [1, 4, 5]]
    assert with_bias(exact([[0.9]])).tolist() == [[1, exact(0.9)]]


@pytest.mark.parametrize(
    ("inputs", "targets", "words"),
    [
        ([1, 2], [0, 1], r"inputs have shape \(2,\)"),
        (np.zeros((0, 2)), None, "not empty"),
        ([[1], [2]], [1], r"2 input patterns need \(2,\)"),
        ([[1], [2]], np.zeros((2, 1, 1)), r"or \(2, n_units\)"),
        ([[1], [np.nan]], [0, 1], "inputs: nan at index 1, 0"),
        ([[1], [2]], [0, np.inf], "targets: inf at index 1"),
    ],
)
def test_examples_that_do_not_fit_together_are_refused(inputs, targets, words):
    with pytest.raises(ArgumentError, match=words):
        Examples(inputs, targets)


@pytest.mark.parametrize(("inputs", "words"), [([1.0, 2.0], r"shape \(2,\)"), ([[np.nan]], "nan at index 0, 0")])
def test_a_bias_is_put_before_rows_of_numbers_only(inputs, words):
    with pytest.raises(ArgumentError, match=words):
        with_bias(inputs)


def test_examples_without_targets_cannot_teach():
    with pytest.raises(ArgumentError, match="no targets"):
        teacher(Examples([[1.0]]))
