import autograd
import autograd.numpy as anp
import autograd_references as references
import numpy as np
import pytest
from sklearn.datasets import load_iris

from plasticity.artificial.activations import LINEAR, RELU, SIGMOID, STEP, TANH
from plasticity.artificial.autoencoders import (
    Autoencoder,
    as_network,
    autoencoder_gradients,
    codes,
    random_autoencoder,
    reconstructions,
    train_autoencoder,
)
from plasticity.artificial.burdens import Burden, dropout_mask, kl, l1
from plasticity.artificial.descent import Descent
from plasticity.artificial.examples import Examples
from plasticity.artificial.layers import Layer, gradients, output
from plasticity.artificial.losses import MSE, MULTICLASS_CROSS_ENTROPY
from plasticity.errors import ArgumentError, DivergenceError

PENALTIES = {"none": None, "l1": l1(0.3), "kl": kl(0.7, 0.1)}
PRICES = {  # the same penalties for autograd
    "none": lambda h: 0.0,
    "l1": lambda h: 0.3 * anp.sum(anp.abs(h)) / len(h),
    "kl": lambda h: 0.7 * anp.sum(_divergence(0.1, anp.mean(h, axis=0))),
}
KINDS = [(p, tied, dropped) for p in PENALTIES for tied in (False, True) for dropped in (False, True)]


def _divergence(r, a):
    return r * anp.log(r / a) + (1 - r) * anp.log((1 - r) / (1 - a))


def reference(weights, inputs, mask, *, tied, penalty, loss):
    encoder, decoder = weights
    if tied:
        decoder = anp.hstack([decoder[:, None], encoder[:, 1:].T])
    h = references.layer(encoder, inputs, "sigmoid")
    y = references.layer(decoder, h * mask, "sigmoid")
    return references.LOSSES[loss.name](y, inputs) + PRICES[penalty](h)


@pytest.mark.parametrize(("penalty", "tied", "dropped"), KINDS)
@pytest.mark.parametrize("loss", [MSE, MULTICLASS_CROSS_ENTROPY], ids=str)
def test_gradients_of_every_kind_agree_with_automatic_differentiation(penalty, tied, dropped, loss):
    # The same sums in another order: some hundred roundings, cancelling at most to a thousandth.
    rng = np.random.default_rng(0)
    autoencoder, inputs = random_autoencoder(5, 3, tied=tied, rng=rng), rng.uniform(0, 1, (6, 5))
    mask = dropout_mask((6, 3), 0.4, rng=rng) if dropped else np.ones((6, 3))
    free = (
        autoencoder.encoder.weights,
        autoencoder.decoder.weights[:, 0] if tied else autoencoder.decoder.weights,
    )
    keywords = {"tied": tied, "penalty": penalty, "loss": loss}
    value, found = autoencoder_gradients(
        autoencoder, inputs, loss=loss, burden=Burden(PENALTIES[penalty]), mask=mask if dropped else None
    )
    assert value == pytest.approx(reference(free, inputs, mask, **keywords), rel=1e-13)
    for own, other in zip(found, autograd.grad(reference)(free, inputs, mask, **keywords), strict=True):
        assert own == pytest.approx(other, rel=1e-10, abs=1e-17)


@pytest.mark.parametrize("penalty", PENALTIES)
def test_the_gradient_of_tied_weights_agrees_with_central_differences(penalty):
    # Step 1e-5: truncation h**2 / 6 f''' near 1e-10, rounding eps / h near 1e-11.
    rng = np.random.default_rng(1)
    autoencoder, inputs = random_autoencoder(4, 2, tied=True, rng=rng), rng.uniform(0, 1, (5, 4))
    burden = Burden(PENALTIES[penalty])

    def at(shift):
        encoder = autoencoder.encoder.weights + shift
        decoder = np.hstack([np.zeros((4, 1)), encoder[:, 1:].T])
        shifted = Autoencoder(Layer(encoder, SIGMOID), Layer(decoder, SIGMOID), tied=True)
        return autoencoder_gradients(shifted, inputs, loss=MSE, burden=burden)

    for place in np.ndindex(2, 5):
        shift = np.zeros((2, 5))
        shift[place] = 1e-5
        slope = (at(shift)[0] - at(-shift)[0]) / 2e-5
        assert at(0 * shift)[1][0][place] == pytest.approx(slope, rel=1e-6, abs=1e-9)


def test_without_burden_it_is_a_network_that_is_taught_its_inputs():
    rng = np.random.default_rng(2)
    autoencoder, inputs = random_autoencoder(4, 2, rng=rng), rng.uniform(0, 1, (5, 4))
    network = as_network(autoencoder)
    value, found = autoencoder_gradients(autoencoder, inputs, loss=MSE)
    expected_value, expected = gradients(network, Examples(inputs, inputs), MSE)
    assert value == expected_value and all((a == b).all() for a, b in zip(found, expected, strict=True))
    assert (reconstructions(autoencoder, inputs) == output(network, inputs)).all()


def test_a_linear_tied_autoencoder_reaches_the_error_of_principal_components():
    # No linear code of two numbers loses less than the variance outside the first two components
    # (Baldi & Hornik 1989), and the descent converges geometrically: rounding is what is left.
    inputs = load_iris().data
    centred = inputs - inputs.mean(axis=0)
    lost = np.sum(np.linalg.svd(centred, compute_uv=False)[2:] ** 2) / len(inputs)
    start = random_autoencoder(4, 2, activations=(LINEAR, LINEAR), tied=True, rng=np.random.default_rng(0))
    trained = train_autoencoder(start, centred, descent=Descent(MSE, 0.05, 0.9, n_epochs=2000)).autoencoder
    error = np.mean(np.sum((reconstructions(trained, centred) - centred) ** 2, axis=1))
    assert error == pytest.approx(lost, rel=1e-9)
    assert (trained.decoder.weights[:, 1:] == trained.encoder.weights[:, 1:].T).all()


def test_8_3_8_gives_back_its_inputs_from_codes_that_all_differ():
    inputs = np.eye(8)
    start = random_autoencoder(8, 3, rng=np.random.default_rng(0))
    descent = Descent(MULTICLASS_CROSS_ENTROPY, 2.0, n_epochs=3000)
    trained = train_autoencoder(start, inputs, descent=descent).autoencoder
    assert (reconstructions(trained, inputs).round() == inputs).all()
    assert len(np.unique(codes(trained, inputs).round(), axis=0)) == 8


@pytest.mark.parametrize("penalty", [l1(0.1), kl(0.5, 0.05)], ids=lambda penalty: penalty.name)
def test_a_sparse_penalty_makes_the_codes_less_active(penalty):
    inputs = np.random.default_rng(3).uniform(0, 1, (50, 6))
    start = random_autoencoder(6, 10, rng=np.random.default_rng(4))
    descent = Descent(MSE, 0.5, 0.9, n_epochs=300)
    free, sparse = (
        codes(train_autoencoder(start, inputs, descent=descent, burden=burden).autoencoder, inputs).mean()
        for burden in (Burden(), Burden(penalty))
    )
    assert sparse < 0.2 < free


def test_the_kl_penalty_is_nothing_at_its_target_and_all_units_count():
    assert kl(2.0, 0.25).value(np.full((4, 3), 0.25)) == 0
    assert (kl(2.0, 0.25).gradient(np.full((4, 3), 0.25)) == 0).all()
    assert kl(2.0, 0.25).value(np.full((4, 3), 0.5)) == pytest.approx(6 * _divergence(0.25, 0.5), rel=1e-14)


def test_dropout_silences_its_share_and_keeps_the_mean():
    # 20 000 draws: five standard errors of the share are 5 sqrt(0.21 / 20 000) = 0.016.
    mask = dropout_mask((200, 100), 0.3, rng=np.random.default_rng(5))
    assert set(np.unique(mask)) == {0.0, 1 / 0.7}
    assert np.mean(mask == 0) == pytest.approx(0.3, abs=0.016)


def test_dropout_changes_the_training_and_repeats_with_its_seed():
    inputs = np.random.default_rng(6).uniform(0, 1, (20, 4))
    start, descent = random_autoencoder(4, 6, rng=np.random.default_rng(7)), Descent(MSE, 0.5, n_epochs=5)

    def losses(dropout, seed):
        rng = np.random.default_rng(seed)
        return train_autoencoder(
            start, inputs, descent=descent, burden=Burden(dropout=dropout), rng=rng
        ).losses.tolist()

    assert losses(0.5, 1) == losses(0.5, 1) != losses(0.5, 2)
    assert losses(0.0, 1) == pytest.approx(losses(0.0, 2), rel=1e-12)  # one batch: the order only rounds


def sized(encoder, decoder, activation=SIGMOID, **keywords):
    return Autoencoder(Layer(np.full(encoder, 0.1), activation), Layer(np.full(decoder, 0.2), SIGMOID), **keywords)


@pytest.mark.parametrize(
    ("attempt", "words"),
    [
        (lambda: sized((2, 4), (5, 4)), "an encoder from 3 to 2 units does not fit a decoder from 3 to 5"),
        (lambda: sized((2, 4), (3, 3), tied=True), "not the encoder's transposed"),
        (lambda: codes(sized((2, 4), (3, 3)), [[1.0]]), r"autoencoder inputs: the shape is \(1, 1\)"),
        (
            lambda: autoencoder_gradients(sized((2, 4), (3, 3)), [[0, 0, 2]], loss=MSE),
            "label 2.0 lies outside",
        ),
        (
            lambda: autoencoder_gradients(sized((2, 4), (3, 3)), [[0, 0, np.nan]], loss=MSE),
            "nan at index 0, 2",
        ),
        (
            lambda: autoencoder_gradients(sized((2, 4), (3, 3)), [[0, 0, 1]], loss=MSE, mask=[[1.0]]),
            r"mask: the shape is \(1, 1\); it must be \(1, 2\)",
        ),
        (lambda: autoencoder_gradients(sized((2, 4), (3, 3), STEP), [[0, 0, 1]], loss=MSE), "slope 0"),
        (
            lambda: autoencoder_gradients(
                sized((2, 4), (3, 3), TANH), [[0, 0, 1]], loss=MSE, burden=Burden(kl(1, 0.1))
            ),
            "kl penalty needs activity from 0 to 1; tanh gives -1 to 1",
        ),
        (
            lambda: train_autoencoder(
                sized((2, 4), (3, 3)), [[0, 0, 1]], descent=Descent(), burden=Burden(dropout=0.5)
            ),
            "give rng",
        ),
        (lambda: Burden(dropout=1.0), "dropout is 1; 0 or more and less than 1"),
        (lambda: Burden(dropout="half"), "dropout is 'half'"),
        (lambda: dropout_mask((2, 2), 1.0, rng=np.random.default_rng(0)), "dropout is 1; 0 or more and less than 1"),
        (lambda: l1(-1), "strength is -1"),
        (lambda: l1("much"), "strength is 'much'"),
        (lambda: kl(1.0, None), "target activity is None"),
        (lambda: kl(1.0, 0.0), "target activity is 0; more than 0"),
        (lambda: kl(1.0, 1.0), "target activity is 1; more than 0 and less than 1"),
    ],
)
def test_impossible_autoencoders_are_refused(attempt, words):
    with pytest.raises(ArgumentError, match=words):
        attempt()


@pytest.mark.parametrize("read", [codes, reconstructions])
def test_a_sum_that_overflows_is_reported(read):
    huge, small = Layer([[0.0, 1e308, 1e308]], LINEAR), Layer([[0.0, 1.0], [0.0, 1.0]], LINEAR)
    with pytest.raises(DivergenceError, match="summed input of a layer overflows"):
        read(Autoencoder(huge, small), [[1.0, 1.0]])


def test_a_rate_that_is_too_large_stops_with_the_step_and_the_cause():
    start = random_autoencoder(4, 2, activations=(RELU, LINEAR), rng=np.random.default_rng(0))
    with pytest.raises(DivergenceError, match=r"^step \d+: the mean squared error"):
        train_autoencoder(start, load_iris().data, descent=Descent(MSE, 5.0, n_epochs=100))
