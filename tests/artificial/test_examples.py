import numpy as np
import pytest
import quantities

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
        ([[1], [np.nan]], [0, 1], "inputs is nan at index 1, 0"),
        ([[1], [2]], [0, np.inf], "targets is inf at index 1"),
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


def test_a_table_of_several_columns_is_a_matrix_of_inputs():
    pandas = pytest.importorskip("pandas")
    table = pandas.DataFrame({"width": [0.5, 2.0], "n": [3, 4]})
    examples = Examples(table, pandas.DataFrame({"label": [0, 1]}))
    assert examples.inputs.tolist() == [[0.5, 3.0], [2.0, 4.0]]
    assert examples.targets.tolist() == [0.0, 1.0]
    assert with_bias(table).tolist() == [[1.0, 0.5, 3.0], [1.0, 2.0, 4.0]]


def test_a_generator_of_rows_is_read_once():
    assert Examples(([k, k * k] for k in (1, 2)), range(2)).inputs.tolist() == [[1.0, 1.0], [2.0, 4.0]]


@pytest.mark.parametrize(
    ("inputs", "words"),
    [
        ([[1.0], [2.0]] * quantities.ms, "real numbers, without unit"),
        ([[1.0], [2.0]] * quantities.V, "real numbers, without unit"),
        (np.array([[1], [2]], "timedelta64[ms]"), "a time"),
        (np.array([["2026-01-01"], ["2026-01-02"]], "datetime64[D]"), "dates"),
        (np.ma.masked_array([[1.0], [2.0]], [[True], [False]]), "masked"),
        ([[1j], [2.0]], "1j"),
        ([["1"], ["2"]], "'1'"),
        (np.array([[True], [False]]), r"truth values \(.astype\(float\)"),
        ([[True], [False]], "True"),
    ],
)
def test_what_is_no_training_data_is_refused_by_name(inputs, words):
    with pytest.raises(ArgumentError, match=words):
        Examples(inputs)
    with pytest.raises(ArgumentError, match=words):
        Examples([[1.0], [2.0]], inputs)
