from dataclasses import replace

import numpy as np
import pytest
from sklearn.datasets import load_digits

from plasticity.artificial.activations import SIGMOID
from plasticity.artificial.autoencoders import codes, random_autoencoder, train_autoencoder
from plasticity.artificial.descent import Descent
from plasticity.artificial.examples import Examples
from plasticity.artificial.layers import Layer, LayeredNetwork, gradients, output, random_network, train
from plasticity.artificial.losses import CATEGORICAL_CROSS_ENTROPY, MULTICLASS_CROSS_ENTROPY, SOFTMAX
from plasticity.artificial.stacked import (
    Recipe,
    error_rate,
    greedy_encoders,
    linear,
    stacked,
    unpretrained,
    with_trained_top,
)
from plasticity.errors import ArgumentError

SHORT = Recipe(
    sizes=(6, 4),
    greedy=Descent(MULTICLASS_CROSS_ENTROPY, 0.5, batch_size=10, n_epochs=3),
    top=Descent(CATEGORICAL_CROSS_ENTROPY, 0.5, batch_size=10, n_epochs=5),
    fine=Descent(CATEGORICAL_CROSS_ENTROPY, 0.5, batch_size=10, n_epochs=2),
)


def generator():
    return np.random.default_rng(0)


def digits(*slices):
    inputs, labels = load_digits(return_X_y=True)
    order = generator().permutation(len(inputs))
    return [Examples(inputs[order[part]] / 16, np.eye(10)[labels[order[part]]]) for part in slices]


def same(network, other):
    pairs = zip(network.layers, other.layers, strict=True)
    return all((a.weights == b.weights).all() and a.activation == b.activation for a, b in pairs)


def test_each_autoencoder_learns_the_codes_of_the_last_and_loses_its_decoder():
    (examples,) = digits(slice(40))
    rng, inputs, expected = generator(), examples.inputs, []
    for size in (6, 4):
        start = random_autoencoder(inputs.shape[1], size, rng=rng)
        trained = train_autoencoder(start, inputs, descent=SHORT.greedy, rng=rng).autoencoder
        expected.append(trained.encoder)
        inputs = codes(trained, inputs)
    found = greedy_encoders(examples.inputs, SHORT, rng=generator())
    assert same(LayeredNetwork(found), LayeredNetwork(tuple(expected)))


def test_the_top_learns_alone():
    (examples,) = digits(slice(40))
    encoders = greedy_encoders(examples.inputs, SHORT, rng=generator())
    network, longer = (
        with_trained_top(encoders, examples, descent=replace(SHORT.top, n_epochs=n), rng=generator()) for n in (1, 50)
    )
    assert network.layers[:2] == longer.layers[:2] == encoders
    losses = [gradients(net, examples, CATEGORICAL_CROSS_ENTROPY)[0] for net in (network, longer)]
    assert losses[1] < losses[0] and network.layers[2].activation == SOFTMAX


def test_fine_tuning_moves_all_weights_of_the_stack():
    (examples,) = digits(slice(40))
    rng = generator()
    encoders = greedy_encoders(examples.inputs, SHORT, rng=rng)
    pretrained = with_trained_top(encoders, examples, descent=SHORT.top, rng=rng)
    tuned = train(pretrained, examples, descent=SHORT.fine, rng=rng).network
    assert same(stacked(examples, SHORT, rng=generator()), tuned)
    assert all((a.weights != b.weights).any() for a, b in zip(pretrained.layers, tuned.layers, strict=True))


def test_the_yardsticks_get_as_many_epochs_as_the_stack_in_all():
    (examples,) = digits(slice(40))
    descent = Descent(CATEGORICAL_CROSS_ENTROPY, 0.5, batch_size=10, n_epochs=3 + 3 + 5 + 2)
    deep, shallow = ((64, 6, 4, 10), (SIGMOID, SIGMOID, SOFTMAX)), ((64, 10), (SOFTMAX,))
    for yardstick, shape in ((unpretrained, deep), (linear, shallow)):
        rng = generator()
        expected = train(random_network(*shape, rng=rng), examples, descent=descent, rng=rng).network
        assert same(yardstick(examples, SHORT, rng=generator()), expected)


def test_five_layers_of_sigmoids_learn_digits_with_pretraining_and_nothing_without():
    # Over ten seeds: 3.2 % of test errors, standard deviation 0.9 %, against 91 %, which is chance.
    training, test = digits(slice(1000), slice(1000, None))
    recipe = Recipe(sizes=(48, 40, 32, 24, 16))
    pretrained, random, straight = (
        error_rate(build(training, recipe, rng=generator()), test) for build in (stacked, unpretrained, linear)
    )
    assert pretrained < 0.08 and straight < 0.08 and random > 0.8


def test_the_error_rate_counts_wrong_categories():
    network = LayeredNetwork((Layer([[0, 1, 0], [0, 0, 1]], SOFTMAX),))
    examples = Examples([[2, 1], [1, 2], [3, 1], [0, 1]], [[1, 0], [1, 0], [1, 0], [0, 1]])
    assert error_rate(network, examples) == 0.25 and output(network, [[2, 1]]).argmax() == 0


@pytest.mark.parametrize(
    ("targets", "words"),
    [([0, 1], "they must be one-hot"), ([[1, 0, 0], [0, 1, 0]], "targets of 3 categories for a network of 2 outputs")],
)
def test_errors_are_counted_against_one_label_for_each_output_only(targets, words):
    network = LayeredNetwork((Layer([[0, 1, 0], [0, 0, 1]], SOFTMAX),))
    with pytest.raises(ArgumentError, match=words):
        error_rate(network, Examples([[2, 1], [1, 2]], targets))


@pytest.mark.parametrize(("inputs", "words"), [([0.5, 0.5], r"shape is \(2,\)"), ([[np.nan]], "nan at index 0, 0")])
def test_inputs_that_are_no_rows_of_numbers_are_refused(inputs, words):
    with pytest.raises(ArgumentError, match=words):
        greedy_encoders(inputs, SHORT, rng=generator())


@pytest.mark.parametrize("build", [stacked, unpretrained, linear])
def test_labels_must_be_one_hot(build):
    with pytest.raises(ArgumentError, match=r"they must be one-hot"):
        build(Examples(np.full((4, 3), 0.5), [0, 1, 0, 1]), SHORT, rng=generator())
    with pytest.raises(ArgumentError, match="pattern 0 sum to 2"):
        build(Examples(np.full((1, 3), 0.5), [[1, 1]]), SHORT, rng=generator())


def test_wrong_labels_are_refused_before_the_greedy_stage():
    with pytest.raises(ArgumentError, match="pattern 0 sum to 2"):
        stacked(Examples([[16.0]], [[1.0, 1.0]]), SHORT, rng=generator())  # the input is wrong as well


def test_inputs_outside_the_range_of_the_decoder_are_refused():
    with pytest.raises(ArgumentError, match="target 16.0 lies outside the domain"):
        stacked(Examples([[16.0]], [[1.0, 0.0]]), SHORT, rng=generator())
