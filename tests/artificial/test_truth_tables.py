import numpy as np
import pytest

from plasticity.artificial.activations import SIGMOID
from plasticity.artificial.gates import and_gate
from plasticity.artificial.truth_tables import (
    TruthTable,
    attractors,
    binary_patterns,
    is_stable,
    tabulate,
    truth_table,
)
from plasticity.artificial.units import Network, Unit, output, run
from plasticity.errors import ArgumentError

AND = Network("ab", (Unit("y", {"a": 1, "b": 1}, -1.5),))
LATCH = Network(("set", "reset"), (Unit("q", {"set": 1, "q": 1, "reset": -2}, -0.5),))
FLICKER = Network((), (Unit("y", {"y": -1}, 0.5),))
# q reads itself too weakly to remember: recurrent, and yet a function of its inputs.
FORGETFUL = Network("a", (Unit("q", {"a": 1, "q": 0.25}, -0.5),))


def test_patterns_count_upwards_with_the_first_input_as_highest_digit():
    assert (binary_patterns(5) @ [16, 8, 4, 2, 1]).tolist() == list(range(32))
    assert binary_patterns(0).shape == (1, 0)


def test_a_truth_table_prints_as_rows_under_its_names():
    assert str(truth_table(AND)).splitlines() == ["a b | y", "0 0 | 0", "0 1 | 0", "1 0 | 0", "1 1 | 1"]


def test_the_table_of_a_network_is_that_of_the_function_it_was_built_for():
    network, function = truth_table(AND), tabulate(lambda a, b: a and b, "ab")
    assert np.array_equal(network.values, function.values) and network.inputs == function.inputs


def test_a_table_holds_whatever_kind_of_value_the_outputs_give():
    smooth = Network("a", (Unit("y", {"a": 1}, 0, SIGMOID), Unit("z", {"a": -1}, 0, SIGMOID)), ("y", "z"))
    assert truth_table(smooth).values.sum(axis=1) == pytest.approx(1, rel=1e-15)


def test_a_recurrent_network_that_forgets_its_start_has_a_truth_table():
    assert truth_table(FORGETFUL).values.ravel().tolist() == [0, 1]


@pytest.mark.parametrize(
    "network, why",
    [
        (LATCH, "with set = 0, reset = 0 its output depends on the state it starts from"),
        (FLICKER, "with no input its output oscillates"),
    ],
)
def test_a_network_that_remembers_or_oscillates_has_no_truth_table(network, why):
    with pytest.raises(ArgumentError, match=why):
        truth_table(network)


def test_an_output_may_be_settled_while_other_units_oscillate():
    network = Network((), (*FLICKER.units, Unit("q", {"q": 0.25}, 1.0)))
    assert truth_table(network).values.tolist() == [[1]]
    assert not is_stable(network)


def test_a_latch_holds_either_state_and_obeys_set_and_reset():
    assert [end.tolist() for end in attractors(LATCH, [0, 0])] == [[[0]], [[1]]]
    assert [end.tolist() for end in attractors(LATCH, [1, 0])] == [[[1]]]
    assert [end.tolist() for end in attractors(LATCH, [0, 1])] == [[[0]]]


@pytest.mark.parametrize("seed", range(20))
def test_a_run_from_every_start_ends_in_a_listed_attractor(seed):
    rng = np.random.default_rng(seed)
    names = "pqrs"
    units = [Unit(n, dict(zip(names, rng.normal(size=4), strict=True)), rng.normal()) for n in names]
    network = Network((), units)
    ends = {frozenset(map(tuple, end.tolist())) for end in attractors(network, [])}
    runs = [run(network, np.zeros((48, 0)), start)[16:] for start in binary_patterns(4)]
    assert {frozenset(map(tuple, r.tolist())) for r in runs} == ends


@pytest.mark.parametrize("seed", range(20))
def test_an_attractor_is_run_through_in_its_order_for_ever(seed):
    weights = np.random.default_rng(seed).normal(size=(3, 3))
    units = [Unit(n, dict(zip("pqr", row, strict=True))) for n, row in zip("pqr", weights, strict=True)]
    for end in attractors(Network((), units), []):
        steps = run(Network((), units), np.zeros((2 * len(end) - 1, 0)), end[0])
        assert np.array_equal(steps, np.tile(end, (2, 1)))


def test_feed_forward_networks_are_stable_and_latches_are_not():
    assert is_stable(AND) and is_stable(FORGETFUL)
    assert not is_stable(LATCH) and not is_stable(FLICKER)


@pytest.mark.parametrize(
    "call, message",
    [
        (lambda: binary_patterns(17), "is 17; a whole number of 0 or more and 16 or less"),
        (lambda: binary_patterns(-1), "is -1"),
        (lambda: binary_patterns(1.5), "is 1.5"),
        (lambda: attractors(AND, [1]), "network input: the shape"),
        (lambda: attractors(Network((), (Unit("y", {"y": 1}, 0, SIGMOID),)), []), "'y' is no step unit"),
        (lambda: TruthTable("a", "y", np.array([[1], [0]]), np.zeros((2, 1))), "counting order"),
        (
            lambda: TruthTable("a", "y", np.zeros((3, 1)), np.zeros((3, 1))),
            "patterns of a truth table: the shape",
        ),
        (
            lambda: TruthTable("a", "y", np.array([[0], [1]]), np.zeros((2, 2))),
            "values of a truth table: the shape",
        ),
    ],
)
def test_what_does_not_fit_is_refused(call, message):
    with pytest.raises(ArgumentError, match=message):
        call()


def test_a_table_cannot_be_changed():
    with pytest.raises(ValueError, match="read-only"):
        truth_table(AND).values[0] = 1


def test_truth_values_are_zeros_and_ones_where_truth_is_the_matter():
    table = tabulate(lambda a, b: a and b, "ab")
    assert (TruthTable("ab", "y", table.patterns == 1, table.values == 1).values == table.values).all()
    assert output(and_gate(), np.array([[True, True], [True, False]])).tolist() == [[1.0], [0.0]]
