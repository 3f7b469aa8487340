import autograd
import autograd.numpy as anp
import autograd_references as references
import numpy as np
import pytest
from scipy import special

from plasticity.artificial.activations import ACTIVATIONS, LINEAR, RELU, SIGMOID, TANH
from plasticity.artificial.losses import (
    CATEGORICAL_CROSS_ENTROPY,
    CROSS_ENTROPY,
    LOSSES,
    MSE,
    MULTICLASS_CROSS_ENTROPY,
    SOFTMAX,
    check_targets,
    pull_back,
    value_and_gradient,
)
from plasticity.errors import ArgumentError

MATCHING = [(loss, loss.matching) for loss in LOSSES.values()]
UNITS = [unit for unit in (*ACTIVATIONS.values(), SOFTMAX) if unit.name in references.UNITS]


def distributions(seed, shape=(5, 3)):
    drawn = np.random.default_rng(seed).uniform(0.1, 1.0, shape)
    return drawn / drawn.sum(axis=-1, keepdims=True)


@pytest.mark.parametrize("loss", LOSSES.values(), ids=str)
def test_value_and_gradient_agree_with_automatic_differentiation(loss):
    # A few rounding errors of sums of 15 terms: 1e-13.
    y, t = distributions(0), distributions(1)
    reference = references.LOSSES[loss.name]
    assert loss.value(y, t) == pytest.approx(reference(y, t), rel=1e-13)
    assert loss.gradient(y, t) == pytest.approx(autograd.grad(reference)(y, t), rel=1e-13)


@pytest.mark.parametrize("loss", LOSSES.values(), ids=str)
def test_gradients_agree_with_central_differences(loss):
    # Step 1e-5: truncation h**2 / 6 f''' is below 1e-7 for y above 0.05, rounding near 1e-11.
    y, t, h = distributions(2), distributions(3), 1e-5
    for place in np.ndindex(y.shape):
        shift = np.zeros_like(y)
        shift[place] = h
        slope = (loss.value(y + shift, t) - loss.value(y - shift, t)) / (2 * h)
        assert loss.gradient(y, t)[place] == pytest.approx(slope, rel=1e-6, abs=1e-8)


@pytest.mark.parametrize(("loss", "unit"), MATCHING, ids=str)
def test_through_the_matching_unit_the_gradient_is_the_error(loss, unit):
    z, t = np.random.default_rng(4).normal(0, 2, (5, 3)), distributions(5)
    value, fused = value_and_gradient(loss, unit, z, t)
    y = unit(z)
    assert fused == pytest.approx((y - t) / 5, rel=1e-15)
    assert fused == pytest.approx(pull_back(unit, z, loss.gradient(y, t)), rel=1e-10, abs=1e-14)
    assert value == pytest.approx(loss.value(y, t), rel=1e-13)


@pytest.mark.parametrize("loss", LOSSES.values(), ids=str)
@pytest.mark.parametrize("unit", UNITS, ids=str)
def test_value_and_gradient_of_every_unit_agree_with_automatic_differentiation(loss, unit):
    # z from 0.1 to 0.5 keeps every output, also that of a linear unit, within the domain 0 to 1.
    z, t = np.random.default_rng(6).uniform(0.1, 0.5, (4, 3)), distributions(7, (4, 3))

    def reference(z):
        return references.LOSSES[loss.name](references.UNITS[unit.name](z), t)

    value, gradient = value_and_gradient(loss, unit, z, t)
    assert value == pytest.approx(reference(z), rel=1e-13)
    assert gradient == pytest.approx(autograd.grad(reference)(z), rel=1e-12, abs=1e-15)


@pytest.mark.parametrize("size", [40.0, 700.0, 1e5])
def test_far_in_saturation_the_cross_entropies_keep_their_digits(size):
    # Reference: ln sigmoid from SciPy; the categorical loss of two units is the binary one.
    both = -special.log_expit(np.array([[size], [-size]]))
    for t in (0.0, 1.0):
        value, gradient = value_and_gradient(CROSS_ENTROPY, SIGMOID, np.array([size]), np.array([t]))
        assert value == pytest.approx(both[1 - int(t), 0], rel=1e-14)
        assert gradient == pytest.approx([1 - t], abs=1e-15)
    z, t = np.array([[size, 0.0]] * 2), np.eye(2)
    values = [value_and_gradient(CATEGORICAL_CROSS_ENTROPY, SOFTMAX, z[:1], row[None])[0] for row in t]
    assert values == pytest.approx(both[:, 0], rel=1e-14)


def test_the_squared_error_carries_the_half_of_the_lecture():
    x, t = np.array([10.0, 5.0, 1.0, 8.0, 4.0]), np.array([8.5, 3.8, 2.0, 2.0, 5.0])
    assert np.dot(MSE.gradient(2 * x, t), x) == pytest.approx(np.mean((2 * x - t) * x), rel=1e-15)
    assert MSE.value([3.0], [1.0]) == 2.0


def test_cross_entropy_of_two_softmax_units_is_that_of_one_sigmoid():
    z, t = np.array([0.3, -1.2, 2.0]), np.array([1.0, 0.0, 0.0])
    one = CROSS_ENTROPY.value(SIGMOID(z), t)
    two = CATEGORICAL_CROSS_ENTROPY.value(SOFTMAX(np.stack([z, 0 * z], 1)), np.stack([t, 1 - t], 1))
    assert one == pytest.approx(two, rel=1e-15)


def test_one_pattern_may_be_a_number():
    assert CROSS_ENTROPY.value(0.25, 1) == pytest.approx(np.log(4), rel=1e-15)
    assert CROSS_ENTROPY.gradient(0.25, 1) == pytest.approx((0.25 - 1) / (0.25 * 0.75), rel=1e-15)


def test_certainty_costs_nothing_when_right_and_everything_when_wrong():
    assert CROSS_ENTROPY.value([1.0, 0.0], [1, 0]) == 0
    assert CROSS_ENTROPY.value([1.0, 0.0], [1, 1]) == np.inf
    assert CROSS_ENTROPY.gradient([1.0, 0.0], [1, 0]) == pytest.approx([-0.5, 0.5])


def test_a_relu_below_zero_has_infinite_loss_and_no_gradient():
    value, gradient = value_and_gradient(CROSS_ENTROPY, RELU, np.array([-1.0]), np.array([1.0]))
    assert value == np.inf and np.isnan(gradient).all()


@pytest.mark.parametrize(
    ("loss", "y", "t", "words"),
    [
        (MSE, [1.0, 2.0], [1.0], r"shape \(2,\), targets \(1,\)"),
        (MSE, [np.nan], [1.0], "nan at index 0"),
        (MSE, [1.0], [np.inf], "inf at index 0"),
        (
            MSE,
            np.zeros((0, 2)),
            np.zeros((0, 2)),
            r"needs \(n_patterns, n_units\) or \(n_patterns,\), at least one",
        ),
        (CROSS_ENTROPY, [0.5, 1.5], [0, 1], "output 1.5 lies outside"),
        (CROSS_ENTROPY, [0.5], [-1], "target -1.0 lies outside"),
        (MULTICLASS_CROSS_ENTROPY, [0.5, 0.5], [1, 0], r"needs \(n_patterns, n_units\), at least"),
        (CATEGORICAL_CROSS_ENTROPY, [[0.5, 0.5]], [[1, 1]], "pattern 0 sum to 2"),
    ],
)
def test_bad_outputs_and_targets_are_named(loss, y, t, words):
    with pytest.raises(ArgumentError, match=words):
        loss.value(y, t)
    with pytest.raises(ArgumentError, match=words):
        loss.gradient(y, t)


@pytest.mark.parametrize("unit", [LINEAR, SIGMOID], ids=str)  # the matching one, and another
def test_shapes_that_would_broadcast_are_refused(unit):
    with pytest.raises(ArgumentError, match=r"sums have shape \(3,\), targets \(3, 1\)"):
        value_and_gradient(MSE, unit, np.zeros(3), np.zeros((3, 1)))


def test_targets_may_come_as_a_list_but_not_with_nan():
    check_targets(MSE, SIGMOID, [0, 1])
    with pytest.raises(ArgumentError, match="targets is nan at index 1"):
        check_targets(MSE, SIGMOID, [0, np.nan])


def test_labels_outside_the_range_of_the_unit_are_refused():
    with pytest.raises(ArgumentError, match="label -1.0 lies outside the range of a sigmoid unit, 0 to 1"):
        check_targets(MSE, SIGMOID, np.array([1.0, -1.0]))
    check_targets(MSE, TANH, np.array([1.0, -1.0]))
    check_targets(MSE, SOFTMAX, np.array([[1.0, 0.0]]))
    with pytest.raises(ArgumentError, match="label 2.0 .* softmax unit, 0 to 1"):
        check_targets(MSE, SOFTMAX, np.array([[2.0, 0.0]]))


def test_an_output_outside_the_domain_of_the_loss_is_refused():
    with pytest.raises(ArgumentError, match="output 2.0 of a relu unit"):
        value_and_gradient(CROSS_ENTROPY, RELU, np.array([2.0]), np.array([1.0]))


def test_the_softmax_pulls_back_through_its_whole_jacobian():
    z, upstream = np.array([[0.2, -1.0, 3.0]]), np.array([[1.0, 2.0, -0.5]])
    reference = autograd.grad(lambda z: anp.sum(upstream * anp.exp(z) / anp.sum(anp.exp(z))))(z)
    assert pull_back(SOFTMAX, z, upstream) == pytest.approx(reference, rel=1e-14)


def test_every_elementwise_unit_pulls_back_by_its_slope():
    z = np.array([[0.5, -0.5]])
    for activation in ACTIVATIONS.values():
        assert pull_back(activation, z, np.full((1, 2), 3.0)) == pytest.approx(3 * activation.derivative(z))
