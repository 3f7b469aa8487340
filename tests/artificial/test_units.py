import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plasticity.artificial.activations import LINEAR, SIGMOID, TANH
from plasticity.artificial.units import (
    Network,
    Unit,
    cycle,
    evaluate,
    is_feed_forward,
    output,
    run,
    step,
    topological_order,
)
from plasticity.errors import ArgumentError, DivergenceError

steady = settings(derandomize=True, deadline=None)  # the same examples in every run, however slow

CHAIN = Network("a", (Unit("c", {"b": 1}, -0.5), Unit("b", {"a": 1}, -0.5)), ("c",))
TWO_NEURON_LOOP = Network("i", (Unit("p", {"q": 1, "i": 1}, -0.5), Unit("q", {"p": 1}, -0.5)))


def random_network(seed, *, is_acyclic):
    """Six units in shuffled order; in the acyclic case, unit k reads only units before it."""
    rng = np.random.default_rng(seed)
    names = [f"u{k}" for k in range(6)]
    units = [
        Unit(
            name,
            {s: rng.normal() for s in ("a", "b", *(names[:k] if is_acyclic else names))},
            rng.normal(),
            TANH,
        )
        for k, name in enumerate(names)
    ]
    return Network("ab", [units[k] for k in rng.permutation(6)], names)


def layered_output(network, x):
    """A second route: plain recursion from the output backwards."""
    units = {unit.name: unit for unit in network.units}

    def value(name):
        if name in network.inputs:
            return x[network.inputs.index(name)]
        unit = units[name]
        return np.tanh(sum(w * value(s) for s, w in unit.weights.items()) + unit.bias)

    return [value(name) for name in network.outputs]


@pytest.mark.parametrize("z, y", [(1e-300, 1), (0.0, 0), (-0.0, 0), (-1e-300, 0)])
def test_a_binary_threshold_unit_is_active_only_above_zero(z, y):
    assert output(Network("x", (Unit("y", {"x": 1}),)), [z]) == [y]


def test_a_positive_bias_makes_a_unit_active_by_itself():
    assert output(Network((), (Unit("on", bias=0.1), Unit("off", bias=-0.1)), ("on", "off")), []).tolist() == [1, 0]


@steady
@given(seed=st.integers(0, 10**6))
def test_one_pass_in_topological_order_agrees_with_recursion(seed):
    network, x = random_network(seed, is_acyclic=True), np.array([0.3, -1.2])
    assert output(network, x) == pytest.approx(layered_output(network, x), rel=1e-12)


@steady
@given(seed=st.integers(0, 10**6))
def test_every_unit_stands_after_those_it_reads(seed):
    network = random_network(seed, is_acyclic=True)
    order = topological_order(network)
    assert sorted(order) == sorted(unit.name for unit in network.units)
    for unit in network.units:
        assert all(order.index(s) < order.index(unit.name) for s in unit.weights if s not in network.inputs)


def test_inputs_are_vectorised_over_all_leading_axes():
    network = random_network(1, is_acyclic=True)
    x = np.random.default_rng(2).normal(size=(4, 5, 2))
    assert output(network, x)[3, 1] == pytest.approx(output(network, x[3, 1]), rel=1e-14)
    assert evaluate(network, x)["a"].shape == (4, 5)


def test_two_neurons_that_drive_each_other_are_a_recurrent_network():
    assert not is_feed_forward(TWO_NEURON_LOOP)
    assert cycle(TWO_NEURON_LOOP) in [("p", "q", "p"), ("q", "p", "q")]


def test_an_acyclic_network_has_no_cycle():
    assert is_feed_forward(CHAIN) and cycle(CHAIN) == ()


def test_the_named_cycle_follows_the_direction_of_the_signals():
    ring = Network((), (Unit("x", {"z": 1}), Unit("y", {"x": 1}), Unit("z", {"y": 1})))
    circle = cycle(ring)
    units = {unit.name: unit for unit in ring.units}
    assert len(circle) == 4 and circle[0] == circle[-1]
    assert all(source in units[target].weights for source, target in zip(circle, circle[1:], strict=False))


@pytest.mark.parametrize("needs_order", [topological_order, lambda n: evaluate(n, [0]), lambda n: output(n, [0])])
def test_where_a_feed_forward_network_is_needed_the_error_names_the_cycle(needs_order):
    with pytest.raises(ArgumentError, match=r"recurrent: (p -> q -> p|q -> p -> q); remove"):
        needs_order(TWO_NEURON_LOOP)


def test_a_unit_that_reads_itself_is_a_cycle():
    assert cycle(Network((), (Unit("y", {"y": 1}),))) == ("y", "y")


def test_in_time_a_signal_needs_one_step_for_each_connection():
    states = run(CHAIN, [[1], [0], [0]])
    assert states.tolist() == [[0, 0], [0, 1], [1, 0], [0, 0]]


def test_a_loop_of_two_keeps_a_pulse_running_round():
    states = run(TWO_NEURON_LOOP, [[1], [0], [0], [0]])
    assert states.tolist() == [[0, 0], [1, 0], [0, 1], [1, 0], [0, 1]]


def test_linear_units_in_time_are_powers_of_the_weight_matrix():
    W = np.array([[0.2, -0.7], [0.5, 0.1]])
    units = [Unit(n, dict(zip("pq", row, strict=True)), 0.0, LINEAR) for n, row in zip("pq", W, strict=True)]
    states = run(Network((), units), np.zeros((9, 0)), [1.0, -2.0])
    assert states[9] == pytest.approx(np.linalg.matrix_power(W, 9) @ [1.0, -2.0], rel=1e-12)


def test_a_feed_forward_network_in_time_settles_on_its_feed_forward_values():
    network = random_network(3, is_acyclic=True)
    x, rng = np.array([0.4, -0.9]), np.random.default_rng(4)
    states = run(network, np.tile(x, (6, 1)), rng.normal(size=6))
    values = evaluate(network, x)
    assert states[-1] == pytest.approx([values[unit.name] for unit in network.units], rel=1e-14)


def test_each_step_reads_the_input_of_that_step():
    network = random_network(5, is_acyclic=False)
    x = np.random.default_rng(6).normal(size=(4, 2))
    states = run(network, x)
    assert np.array_equal(step(network, states[:-1], x), states[1:])


def test_the_last_unit_is_the_output_when_none_is_named():
    assert Network("a", CHAIN.units).outputs == ("b",)


def test_units_cannot_be_changed_from_outside():
    weights = {"a": 1.0}
    unit = Unit("y", weights)
    weights["a"] = 2.0
    assert unit.weights["a"] == 1.0
    with pytest.raises(TypeError):
        unit.weights["a"] = 3.0
    with pytest.raises(dataclasses.FrozenInstanceError):
        unit.bias = 1.0


@pytest.mark.parametrize("bad", [np.nan, np.inf, "1", None, 1j, [1, 2]])
def test_a_weight_or_bias_that_is_no_finite_number_is_refused_by_name(bad):
    with pytest.raises(ArgumentError, match="weight of unit 'y' for 'a'"):
        Unit("y", {"a": bad})
    with pytest.raises(ArgumentError, match="bias of unit 'y'"):
        Unit("y", bias=bad)


@pytest.mark.parametrize(
    "inputs, units, outputs, message",
    [
        ("a", (), (), "at least one unit"),
        ("aa", (Unit("y"),), (), "name 'a' is used twice"),
        ("a", (Unit("a"),), (), "name 'a' is used twice"),
        ("a", (Unit("y"), Unit("y")), (), "name 'y' is used twice"),
        ("a", (Unit("y", {"b": 1}),), (), "unit 'y' reads 'b', which does not exist; known: a, y"),
        ("a", (Unit("y"),), ("a",), "an output is 'a', which does not exist; known: y"),
    ],
)
def test_names_that_do_not_fit_are_refused(inputs, units, outputs, message):
    with pytest.raises(ArgumentError, match=message):
        Network(inputs, units, outputs)


@pytest.mark.parametrize(
    "call, message",
    [
        (lambda: output(CHAIN, [1, 0]), r"network input: the shape is \(2,\); it must be \(\.\.\., 1\)"),
        (lambda: output(CHAIN, [np.nan]), "network input is nan"),
        (lambda: run(CHAIN, [1, 0]), "network input: the shape"),
        (lambda: run(CHAIN, [[1]], [0, 0, 0]), "initial state: the shape"),
        (lambda: step(CHAIN, [0, np.inf], [1]), "network state is inf"),
        (lambda: step(CHAIN, np.zeros((2, 2)), np.zeros((3, 1))), "do not fit"),
    ],
)
def test_values_that_do_not_fit_are_refused(call, message):
    with pytest.raises(ArgumentError, match=message):
        call()


def test_a_state_that_grows_beyond_all_numbers_stops_with_the_step():
    doubling = Network((), (Unit("y", {"y": 2.0}, 0.0, LINEAR),))
    with pytest.raises(DivergenceError, match="step 1024: the summed input of unit 'y' overflows"):
        run(doubling, np.zeros((2000, 0)), [1.0])


def test_a_sum_that_overflows_in_one_pass_is_refused():
    with pytest.raises(DivergenceError, match="unit 'y' overflows"):
        output(Network("ab", (Unit("y", {"a": 1e308, "b": -1e308}, 0, SIGMOID),)), [10, 10])
