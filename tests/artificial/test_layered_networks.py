import autograd
import autograd_references as references
import numpy as np
import pytest
from sklearn.datasets import load_digits

from plasticity.artificial.activations import ACTIVATIONS, LINEAR, SIGMOID, STEP, TANH
from plasticity.artificial.descent import Descent
from plasticity.artificial.examples import Examples, with_bias
from plasticity.artificial.layers import (
    Layer,
    LayeredNetwork,
    forward,
    gradients,
    output,
    random_layer,
    random_network,
    train,
)
from plasticity.artificial.learning import gradient_descent
from plasticity.artificial.losses import CATEGORICAL_CROSS_ENTROPY, CROSS_ENTROPY, LOSSES, MSE, SOFTMAX
from plasticity.errors import ArgumentError, DivergenceError

UNITS = {unit.name: unit for unit in (*ACTIVATIONS.values(), SOFTMAX) if unit.name in references.UNITS}
XOR = Examples([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0])


def inside_the_domain(hidden, last):
    """A 4-3-3-2 network whose outputs lie between 0 and 1 for every kind of unit, and its examples."""
    rng = np.random.default_rng(1)
    network = random_network((4, 3, 3, 2), (hidden, hidden, last), rng=rng)
    *lower, top = network.layers
    small = np.abs(top.weights) * 0.1
    small[:, 0] = (0.3, 0.4)  # z of the last layer stays near 0.35
    targets = rng.uniform(0.1, 1, (5, 2))
    targets /= targets.sum(axis=1, keepdims=True)
    inputs = rng.uniform(0.2, 1, (5, 4))
    return LayeredNetwork((*lower, Layer(small, last))), Examples(inputs, targets)


@pytest.mark.parametrize("loss", LOSSES.values(), ids=str)
@pytest.mark.parametrize("last", UNITS)
@pytest.mark.parametrize("hidden", UNITS)
def test_gradients_of_every_kind_agree_with_automatic_differentiation(hidden, last, loss):
    # The same sums in another order: some hundred roundings, cancelling at most to a thousandth.
    network, examples = inside_the_domain(UNITS[hidden], UNITS[last])
    value, found = gradients(network, examples, loss)
    weights = [layer.weights for layer in network.layers]
    keywords = {"units": (hidden, hidden, last), "loss": loss.name}
    reference = autograd.grad(references.loss_of)(weights, examples.inputs, examples.targets, **keywords)
    assert value == pytest.approx(references.loss_of(weights, examples.inputs, examples.targets, **keywords), rel=1e-12)
    for own, other in zip(found, reference, strict=True):
        assert own == pytest.approx(other, rel=1e-10, abs=1e-17)


@pytest.mark.parametrize("loss", LOSSES.values(), ids=str)
@pytest.mark.parametrize("name", UNITS)
def test_gradients_of_every_kind_agree_with_central_differences(name, loss):
    # Step 1e-5: truncation h**2 / 6 f''' near 1e-10, rounding eps / h near 1e-11.
    network, examples = inside_the_domain(UNITS[name], UNITS[name])
    _, found = gradients(network, examples, loss)
    for number in range(3):
        for place in [(0, 0), (1, 2), (-1, -1)]:
            up, down = (loss_at(network, number, place, by, examples, loss) for by in (1e-5, -1e-5))
            assert found[number][place] == pytest.approx((up - down) / 2e-5, rel=1e-6, abs=1e-9)


def loss_at(network, number, place, by, *task):
    layers = list(network.layers)
    weights = layers[number].weights.copy()
    weights[place] += by
    layers[number] = Layer(weights, layers[number].activation)
    return gradients(LayeredNetwork(tuple(layers)), *task)[0]


def test_the_forward_pass_of_the_lecture():
    # forward-2-2-1, with every number written out.
    hidden = Layer([[0.1, -0.2, 0.3], [0.2, 0.1, -0.3]], SIGMOID)
    network = LayeredNetwork((hidden, Layer([[0.1, 0.2, 0.1]], SIGMOID)))
    (z2, y2), (z3, y3) = forward(network, [[1, 0]])
    assert z2[0] == pytest.approx([-0.1, 0.3], rel=1e-15)
    first, second = 1 / (1 + np.exp(0.1)), 1 / (1 + np.exp(-0.3))
    assert y2[0] == pytest.approx([first, second], rel=1e-15)
    assert z3[0] == pytest.approx([0.1 + 0.2 * first + 0.1 * second], rel=1e-15)
    assert (output(network, [[1, 0]]) == y3).all()
    assert y3 == pytest.approx(1 / (1 + np.exp(-z3)), rel=1e-15)


def test_a_sum_that_overflows_is_reported():
    network = LayeredNetwork((Layer([[0.0, 1e308, 1e308]], LINEAR),))
    with pytest.raises(DivergenceError, match="summed input of a layer overflows"):
        forward(network, [[1.0, 1.0]])


def test_one_layer_learns_as_the_layer_of_the_learning_module_does():
    x, labels = load_digits(return_X_y=True)
    x, t = x[:300] / 16, np.eye(10)[labels[:300]]
    descent = Descent(CATEGORICAL_CROSS_ENTROPY, 0.5, 0.9, batch_size=50, n_epochs=3)
    layer = random_layer(64, 10, activation=SOFTMAX, rng=np.random.default_rng(2))
    training = train(LayeredNetwork((layer,)), Examples(x, t), descent=descent, rng=np.random.default_rng(3))
    history = gradient_descent(
        Examples(with_bias(x), t),
        layer.weights,
        activation=SOFTMAX,
        descent=descent,
        rng=np.random.default_rng(3),
    )
    assert training.network.layers[0].weights == pytest.approx(history.final, rel=1e-10, abs=1e-13)
    assert training.losses == pytest.approx(history.losses, rel=1e-12)


def test_a_hidden_layer_learns_xor():
    network = random_network((2, 4, 1), (TANH, SIGMOID), rng=np.random.default_rng(0))
    training = train(network, XOR, descent=Descent(CROSS_ENTROPY, 0.5, 0.9, n_epochs=300))
    assert output(training.network, XOR.inputs)[:, 0] == pytest.approx(XOR.targets, abs=0.1)
    assert len(training.losses) == 300 and training.losses[-1] < 0.05 < training.losses[0]


def test_training_leaves_the_network_it_started_from_as_it_was():
    network = random_network((2, 3, 1), (TANH, SIGMOID), rng=np.random.default_rng(0))
    before = [layer.weights.copy() for layer in network.layers]
    train(network, XOR, descent=Descent(CROSS_ENTROPY))
    assert all((layer.weights == old).all() for layer, old in zip(network.layers, before, strict=True))
    with pytest.raises(ValueError, match="read-only"):
        network.layers[0].weights[0, 0] = 1.0


def test_random_weights_fill_the_range_of_glorot_and_bengio_without_bias():
    # 3000 uniform draws come within 1 % of both ends but for a chance of 2 * exp(-30 / 2).
    weights = random_layer(30, 100, activation=TANH, rng=np.random.default_rng(0)).weights
    bound = np.sqrt(6 / 130)
    assert (weights[:, 0] == 0).all()
    assert weights.min() == pytest.approx(-bound, rel=0.01) and weights.max() == pytest.approx(bound, rel=0.01)
    assert np.abs(weights).max() <= bound


def test_a_rate_that_is_too_large_stops_with_the_step_and_the_cause():
    network = random_network((2, 3, 1), (LINEAR, LINEAR), rng=np.random.default_rng(0))
    with pytest.raises(DivergenceError, match=r"^step \d+: the mean squared error .*a rate below 9"):
        train(network, XOR, descent=Descent(MSE, rate=9.0, n_epochs=1000))


@pytest.mark.parametrize(
    ("examples", "words"),
    [
        (Examples([[1.0]], [1.0]), r"network inputs: the shape is \(1, 1\)"),
        (Examples([[1.0, 2.0]], [[1.0, 0.0]]), r"1 outputs need \(n_patterns, 1\)"),
        (Examples([[1.0, 2.0]], [2.0]), "label 2.0 lies outside the range of a sigmoid"),
        (Examples([[1.0, 2.0]]), "no targets"),
    ],
)
def test_examples_that_do_not_fit_the_network_are_refused(examples, words):
    network = random_network((2, 1), (SIGMOID,), rng=np.random.default_rng(0))
    for attempt in (
        lambda: train(network, examples, descent=Descent()),
        lambda: gradients(network, examples, MSE),
    ):
        with pytest.raises(ArgumentError, match=words):
            attempt()


def test_flat_targets_are_for_a_single_output():
    flat, column = Examples([[1.0], [2.0]], [0.0, 1.0]), Examples([[1.0], [2.0]], [[0.0], [1.0]])
    one, two = (random_network((1, n), (SIGMOID,), rng=np.random.default_rng(0)) for n in (1, 2))
    assert gradients(one, flat, MSE)[0] == gradients(one, column, MSE)[0]
    with pytest.raises(ArgumentError, match=r"targets have shape \(2,\); 2 outputs need"):
        gradients(two, flat, MSE)


def test_a_layer_without_slope_is_refused():
    network = random_network((2, 2, 1), (STEP, SIGMOID), rng=np.random.default_rng(0))
    with pytest.raises(ArgumentError, match="step unit has slope 0"):
        gradients(network, XOR, MSE)


@pytest.mark.parametrize(
    ("build", "words"),
    [
        (lambda: Layer([1.0, 2.0], TANH), r"must be \(any, any\)"),
        (lambda: Layer([[1.0]], TANH), "needed: a unit, a bias and an input"),
        (lambda: Layer([[1.0, np.nan]], TANH), "layer weights is nan"),
        (lambda: LayeredNetwork(()), "at least one layer"),
        (
            lambda: LayeredNetwork((Layer(np.ones((2, 3)), TANH),) * 2 + (Layer(np.ones((1, 5)), TANH),)),
            "layer 1 has 2 units, but layer 2 takes 4",
        ),
        (lambda: random_network((2, 3), (TANH, TANH), rng=None), r"for sizes \(2, 3\); one per layer"),
        (
            lambda: random_layer(0, 3, activation=TANH, rng=None),
            "the inputs of a layer is 0; a whole number",
        ),
        (lambda: random_layer(2, 1.5, activation=TANH, rng=None), "the units of a layer is 1.5; a whole number"),
    ],
)
def test_impossible_networks_are_refused(build, words):
    with pytest.raises(ArgumentError, match=words):
        build()
