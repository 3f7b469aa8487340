from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plasticity.artificial.activations import SIGMOID
from plasticity.artificial.gates import (
    and_gate,
    bird_circuit,
    construction,
    inverted,
    nand_gate,
    not_gate,
    or_gate,
    xnor_gate,
    xor_gate,
)
from plasticity.artificial.truth_tables import (
    TruthTable,
    attractors,
    binary_patterns,
    is_stable,
    tabulate,
    truth_table,
)
from plasticity.artificial.units import Network, Unit, evaluate, run
from plasticity.errors import ArgumentError

steady = settings(derandomize=True, deadline=None)  # the same examples in every run, however slow


def answers(network):
    return truth_table(network).values[:, 0].tolist()


def every_table(n_inputs):
    names, rows = "abcdefgh"[:n_inputs], 2**n_inputs
    for truths in binary_patterns(rows):
        yield TruthTable(names, ("y",), binary_patterns(n_inputs), truths[:, None])


@pytest.mark.parametrize("n_inputs", [1, 2, 3, 6])
def test_gates_agree_with_python_for_any_number_of_inputs(n_inputs):
    names = [f"x{k}" for k in range(n_inputs)]
    assert answers(and_gate(names)) == tabulate(lambda *x: all(x), names).values[:, 0].tolist()
    assert answers(or_gate(names)) == tabulate(lambda *x: any(x), names).values[:, 0].tolist()
    assert answers(nand_gate(names)) == tabulate(lambda *x: not all(x), names).values[:, 0].tolist()


def test_not_turns_its_input_round():
    assert answers(not_gate()) == [1, 0]


@pytest.mark.parametrize("gate", [and_gate, or_gate, not_gate, nand_gate])
def test_these_gates_need_no_more_than_one_unit(gate):
    assert len(gate().units) == 1


@pytest.mark.parametrize("n_hidden", [4, 2, 1])
def test_xnor_and_xor_are_built_with_the_stated_number_of_hidden_units(n_hidden):
    xnor, xor = xnor_gate(n_hidden), xor_gate(n_hidden)
    assert answers(xnor) == [1, 0, 0, 1] and answers(xor) == [0, 1, 1, 0]
    assert len(xnor.units) - 1 == len(xor.units) - 1 == n_hidden


def test_only_the_network_with_one_hidden_unit_has_a_bypass():
    bypassed = [n for n in (4, 2, 1) if set(xnor_gate(n).units[-1].weights) & {"a", "b"}]
    assert bypassed == [1]


@pytest.mark.parametrize("every_row", [False, True])
@pytest.mark.parametrize("n_inputs", [0, 1, 2, 3])
def test_the_construction_theorem_builds_every_truth_table(n_inputs, every_row):
    for table in every_table(n_inputs):
        network = construction(table, every_row=every_row)
        assert np.array_equal(truth_table(network).values, table.values)
        assert len(network.units) - 1 == (2**n_inputs if every_row else table.values.sum())


@pytest.mark.parametrize("every_row", [False, True])
def test_the_construction_serves_many_inputs_and_outputs(every_row):
    truths = np.random.default_rng(1).integers(0, 2, (256, 3))
    table = TruthTable("abcdefgh", "xyz", binary_patterns(8), truths)
    assert np.array_equal(truth_table(construction(table, every_row=every_row)).values, truths)


def test_a_hidden_unit_of_the_construction_is_active_in_its_own_row_only():
    network = construction(tabulate(lambda a, b, c: True, "abc"))
    values = evaluate(network, binary_patterns(3))
    hidden = np.stack([values[unit.name] for unit in network.units[:-1]])
    assert np.array_equal(hidden, np.eye(8))


@pytest.mark.parametrize("gate", [and_gate(), or_gate(), xnor_gate(4), xor_gate(2), xnor_gate(1)])
def test_no_gate_ever_sums_to_less_than_half_a_unit_from_its_threshold(gate):
    values = evaluate(gate, binary_patterns(2))
    for unit in gate.units:
        z = unit.bias + sum(w * values[s] for s, w in unit.weights.items())
        assert np.abs(z).min() >= 0.5


def test_an_inverted_output_has_all_weights_and_the_bias_times_minus_one():
    before, after = xnor_gate(2).units, inverted(xnor_gate(2)).units
    assert after[:-1] == before[:-1]
    assert after[-1].bias == -before[-1].bias
    assert dict(after[-1].weights) == {name: -weight for name, weight in before[-1].weights.items()}


def test_weights_without_the_bias_do_not_invert_the_output():
    gate = and_gate()
    weights_only = replace(gate.units[0], weights={name: -w for name, w in gate.units[0].weights.items()})
    assert answers(Network("ab", (weights_only,))) == [0, 0, 0, 0] != answers(inverted(gate))


@steady
@given(weights=st.lists(st.integers(-3, 3), min_size=3, max_size=3), bias=st.integers(-4, 4))
def test_inversion_holds_even_where_the_sum_is_exactly_zero(weights, bias):
    network = Network("abc", (Unit("y", dict(zip("abc", weights, strict=True)), bias),))
    assert [1 - y for y in answers(network)] == answers(inverted(network))


@pytest.mark.parametrize("bias", [-1, 0])
def test_an_inverted_unit_whose_sum_was_zero_keeps_a_margin(bias):
    unit = inverted(Network("a", (Unit("y", {"a": 1}, bias),))).units[0]
    assert abs(unit.bias) >= 0.5 and abs(unit.weights["a"] + unit.bias) >= 0.5


def test_with_a_hidden_unit_for_every_row_the_output_needs_no_bias():
    output_unit = xnor_gate(4).units[-1]
    assert output_unit.bias == 0 and sorted(output_unit.weights.values()) == [-1, -1, 1, 1]


def test_without_the_shift_a_sum_of_zero_would_stay_silent_twice():
    sums_to_zero = Unit("y", {"a": 1}, -1)
    negated = replace(sums_to_zero, weights={"a": -1}, bias=1)
    assert answers(Network("a", (sums_to_zero,)))[1] == answers(Network("a", (negated,)))[1] == 0
    assert answers(inverted(Network("a", (sums_to_zero,)))) == [1, 1]


def test_the_bird_eats_blueberries_but_no_golf_balls():
    assert answers(bird_circuit()) == [0, 0, 0, 1]


def test_the_bird_circuit_settles_within_two_steps_from_every_state():
    for seen in binary_patterns(2):
        ends = [run(bird_circuit(), np.tile(seen, (2, 1)), start)[-1] for start in binary_patterns(3)]
        assert np.unique(ends, axis=0).tolist() == [[*seen, seen.all()]]


@pytest.mark.parametrize("feedback", [-0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75])
def test_the_bird_circuit_is_stable_for_feedback_above_minus_half_up_to_half(feedback):
    assert is_stable(bird_circuit(feedback)) == (-0.5 < feedback <= 0.5)


def test_strong_feedback_lets_the_bird_eat_a_golf_ball_after_a_plum():
    plum, golf_ball = [1, 1], [0, 1]
    states = run(bird_circuit(0.75), [plum] * 3 + [golf_ball] * 5)
    assert states[3:, -1].tolist() == [1] * 6
    assert [len(end) for end in attractors(bird_circuit(0.75), golf_ball)] == [1, 1]


def test_inhibitory_feedback_makes_the_bird_flicker_before_a_plum():
    assert [len(end) for end in attractors(bird_circuit(-0.75), [1, 1])] == [2]


@pytest.mark.parametrize(
    "call, message",
    [
        (lambda: xnor_gate(3), "n_hidden of XNOR is 3; allowed: 4, 2, 1"),
        (lambda: xor_gate(2, "abc"), "XNOR got 3 inputs"),
        (lambda: construction(TruthTable("a", "y", [[0], [1]], [[0], [0.5]])), "zeros and ones"),
        (lambda: inverted(bird_circuit(0.25)), "recurrent: edible -> edible"),
        (lambda: inverted(Network("a", (Unit("y", {"a": 1}, 0, SIGMOID),))), "'y' is no step unit"),
        (
            lambda: inverted(Network("a", (Unit("y", {"a": 1}), Unit("z", {"y": 1})), "yz")),
            "'y' is read by unit 'z'",
        ),
        (lambda: inverted(Network("ab", (Unit("y", {"a": -1, "b": 1e-20}, 1),))), "too near 0"),
    ],
)
def test_what_cannot_be_built_is_refused(call, message):
    with pytest.raises(ArgumentError, match=message):
        call()
