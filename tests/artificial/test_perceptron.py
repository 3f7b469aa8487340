from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sklearn.datasets import load_breast_cancer, load_digits, load_iris
from sklearn.linear_model import Perceptron

from plasticity.artificial.exact import exact
from plasticity.artificial.examples import Examples, with_bias
from plasticity.artificial.perceptron import novikoff_bound, perceptron
from plasticity.errors import ArgumentError

AND = Examples([[1, 1, 0], [1, 0, 1], [1, 0, 0], [1, 1, 1]], [0, 0, 0, 1])
XOR = Examples([[1, 0, 0], [1, 0, 1], [1, 1, 0], [1, 1, 1]], [0, 1, 1, 0])
DATA = {"iris": (load_iris, 2), "breast cancer": (load_breast_cancer, 1), "digits": (load_digits, 3)}


@pytest.mark.parametrize("name", DATA)
def test_the_weights_on_real_data_are_those_of_scikit_learn(name):
    # A random start, because at z = 0 scikit-learn also corrects patterns with target 0.
    load, positive = DATA[name]
    inputs, labels = load(return_X_y=True)
    t = (labels == positive) * 1
    start = np.random.default_rng(0).normal(size=inputs.shape[1] + 1)
    reference = Perceptron(tol=None, max_iter=5, shuffle=False)
    reference.fit(inputs, t, coef_init=start[None, 1:].copy(), intercept_init=start[:1].copy())
    run = perceptron(Examples(with_bias(inputs), t), start, n_epochs=5)
    assert run.history.final == pytest.approx([*reference.intercept_, *reference.coef_[0]], rel=1e-10)


def test_the_lecture_trace_converges_exactly():
    run = perceptron(AND, exact([-1.2, -0.3, -0.4]), rate=exact(0.9))
    assert run.converged and run.n_mistakes == 16 and run.history.final.tolist() == exact([-3, 1.5, 2.3]).tolist()
    assert (np.array(AND.inputs) @ run.history.final > 0).tolist() == [False, False, False, True]


@pytest.mark.parametrize("size", [1, 1000])
def test_rounding_can_turn_a_zero_into_a_firing_and_is_reported(size):
    # 0.1 + 0.2 - 0.3 is 0 on paper and 5.6e-17 in floats; a thousandfold input rounds a thousandfold.
    examples = Examples([[size, 0], [size, size]], [1, 0])
    rounded = perceptron(examples, [0.1 + 0.2, -0.3], n_epochs=1)
    on_paper = perceptron(examples, exact(["0.3", "-0.3"]), n_epochs=1)
    assert [run.history.outputs[1][0] for run in (rounded, on_paper)] == [1, 0]
    assert rounded.doubtful == (1,) and on_paper.doubtful == ()


def test_whole_numbers_leave_no_doubt():
    assert perceptron(XOR, [0, 0, 0], n_epochs=50).doubtful == ()


def test_on_xor_the_weights_come_back_exactly_and_stay_small():
    run = perceptron(XOR, [0, 0, 0])
    first, period = run.cycle
    longer = perceptron(Examples(np.tile(XOR.inputs, (20, 1)), np.tile(XOR.targets, 20)), [0, 0, 0], n_epochs=1)
    at_epochs = longer.history.weights[::4]
    assert not run.converged and run.n_epochs == first + period
    assert (at_epochs[first + period :] == at_epochs[first:-period]).all()
    assert run.largest_norm == np.linalg.norm(longer.history.weights, axis=1).max() == pytest.approx(np.sqrt(5))


def test_without_a_cycle_the_run_stops_at_its_last_epoch():
    run = perceptron(XOR, [0.1, 0.2, 0.3], n_epochs=2)
    assert not run.converged and run.cycle is None and run.n_epochs == 2 and len(run.history) == 8


def test_a_layer_learns_like_its_units_alone():
    targets = np.stack([AND.targets, AND.inputs[:, 1]], axis=1)
    layer = perceptron(Examples(AND.inputs, targets), np.zeros((2, 3)), n_epochs=4).history
    for unit in (0, 1):
        alone = perceptron(Examples(AND.inputs, targets[:, unit]), np.zeros(3), n_epochs=4).history
        assert (layer.weights[: len(alone), unit] == alone.weights[:-1]).all()


whole = st.integers(-20, 20)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(whole, whole), min_size=2, max_size=8),
    st.tuples(whole, whole, whole),
    st.tuples(whole, whole, whole),
)
def test_mistakes_stay_below_novikoffs_bound_from_any_start(points, separating, start):
    inputs = np.array([(1, *point) for point in points])
    z = inputs @ separating
    assume((z != 0).all())
    examples = Examples(inputs, (z > 0) * 1)
    bound = novikoff_bound(examples, separating, start=start, rate=2)
    assume(bound < 2000)
    run = perceptron(examples, start, rate=2, n_epochs=2001)
    assert run.converged and run.n_mistakes <= bound


def test_from_zero_novikoffs_bound_is_the_square_of_radius_over_margin():
    # Separating plane x1 + x2 = 1.5: the margin is 0.5 / |u|, the longest input sqrt(3).
    u = np.array([-1.5, 1.0, 1.0])
    assert novikoff_bound(AND, u) == pytest.approx(3 * (u @ u) / 0.25, rel=1e-14)


def test_novikoffs_bound_is_the_solution_of_its_inequality():
    # One pattern x = 1, so radius and margin are 1. From 0 one mistake is allowed, and is made. From
    # w = -5: (k - 5)^2 <= 25 + k allows 11; the rule makes the 6 that lift w above 0.
    examples = Examples([[1.0]], [1])
    assert novikoff_bound(examples, [1.0]) == perceptron(examples, [0.0]).n_mistakes == 1
    assert novikoff_bound(examples, [1.0], start=[-5.0]) == pytest.approx(11, rel=1e-15)
    assert perceptron(examples, [-5.0]).n_mistakes == 6
    # x = 2, w = -10, rate 2: radius and margin are 2, and (2 k - 5)^2 <= 25 + 4 k allows 6.
    assert novikoff_bound(Examples([[2.0]], [1]), [3.0], start=[-10.0], rate=2.0) == pytest.approx(6, rel=1e-15)


def test_the_loss_is_the_perceptron_criterion():
    history = perceptron(AND, [0, 1, 1]).history
    z = [history.examples.inputs[p[0]] @ w for p, w in zip(history.patterns, history.before, strict=True)]
    wrong = [y[0] != t[0] for y, t in zip(history.outputs, history.targets, strict=True)]
    assert history.losses == pytest.approx(np.abs(z) * wrong)


@pytest.mark.parametrize(
    ("targets", "start", "rate", "words"),
    [
        ([-1, 1, 1, 1], [0, 0, 0], 1, "label -1.0 lies outside the range of a step unit; use 0 and 1"),
        ([0, 0, 0, 1], [0, 0], 1, r"start weights have shape \(2,\); these examples need \(3,\)"),
        ([0, 0, 0, 1], [0, 0, np.nan], 1, "start weights is nan at index 2"),
        ([0, 0, 0, 1], [0, 0, 0], 0, "rate is 0"),
        ([0, 0, 0, 1], [0, 0, Fraction(1)], 0.9, "write exact"),
    ],
)
def test_what_does_not_fit_the_perceptron_is_refused(targets, start, rate, words):
    with pytest.raises(ArgumentError, match=words):
        perceptron(Examples(AND.inputs, targets), start, rate=rate)


@pytest.mark.parametrize("n_epochs", [0, 1.5, np.nan, "all"])
def test_no_epoch_is_no_training(n_epochs):
    with pytest.raises(ArgumentError, match=f"n_epochs is {n_epochs!r}"):
        perceptron(AND, [0, 0, 0], n_epochs=n_epochs)


def test_a_unit_that_does_not_separate_gives_no_bound():
    with pytest.raises(ArgumentError, match="does not separate the patterns"):
        novikoff_bound(AND, [0.0, 1.0, 1.0])
