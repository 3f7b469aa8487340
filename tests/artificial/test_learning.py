import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from sklearn.datasets import load_iris, load_wine
from sklearn.linear_model import LogisticRegression

from plasticity.artificial.activations import LINEAR, SIGMOID, SIGN, STEP, TANH
from plasticity.artificial.descent import Descent
from plasticity.artificial.examples import Examples, with_bias
from plasticity.artificial.learning import anti_hebb, gradient_descent, hebb, largest_stable_rate, lms
from plasticity.artificial.losses import CATEGORICAL_CROSS_ENTROPY, CROSS_ENTROPY, MSE, SOFTMAX
from plasticity.errors import ArgumentError, DivergenceError

POINTS = Examples([[10.0], [5.0], [1.0], [8.0], [4.0]], [8.5, 3.8, 2.0, 2.0, 5.0])


def standardised(inputs):
    return with_bias((inputs - inputs.mean(axis=0)) / inputs.std(axis=0))


def iris(*kinds):
    inputs, labels = load_iris(return_X_y=True)
    kept = np.isin(labels, kinds)
    return standardised(inputs[kept]), labels[kept]


def test_one_batch_step_is_the_mean_of_the_errors_times_the_inputs():
    history = gradient_descent(POINTS, [2.0], activation=LINEAR, descent=Descent(MSE, 0.01))
    x, t = POINTS.inputs[:, 0], POINTS.targets
    assert history.final == pytest.approx([2 - 0.01 * np.mean((2 * x - t) * x)], rel=1e-14)


def test_batch_descent_of_a_linear_unit_reaches_the_least_squares_solution():
    x, t = iris(0, 1, 2)
    history = gradient_descent(
        Examples(x, t), np.zeros(5), activation=LINEAR, descent=Descent(MSE, 0.3, 0.9, n_epochs=1500)
    )
    expected = np.linalg.lstsq(x, t, rcond=None)[0]
    # The slowest direction shrinks by sqrt(0.9) a step at least: nothing but rounding is left.
    assert history.final == pytest.approx(expected, rel=1e-10)


def test_lms_steps_by_the_error_times_the_input():
    history = lms(POINTS, [2.0], rate=0.001, n_epochs=2)
    w = 2.0
    for x, t in zip(POINTS.inputs[:, 0].tolist() * 2, POINTS.targets.tolist() * 2, strict=True):
        w += 0.001 * (t - w * x) * x
    assert history.final == pytest.approx([w], rel=1e-14) and len(history) == 10


def test_logistic_regression_agrees_with_scikit_learn():
    # Versicolor and virginica overlap, so the minimum is finite. Scikit-learn stops at a gradient of
    # 2e-11; over the smallest curvature, 4e-4, that leaves 5e-8 in weights of size 0.3 to 8.
    x, labels = iris(1, 2)
    t = (labels == 2) * 1.0
    reference = LogisticRegression(C=np.inf, tol=1e-9, max_iter=10_000, solver="newton-cholesky").fit(x[:, 1:], t)
    descent = Descent(CROSS_ENTROPY, 4.0, 0.97, n_epochs=2000)
    history = gradient_descent(Examples(x, t), np.zeros(5), activation=SIGMOID, descent=descent)
    assert history.final == pytest.approx([*reference.intercept_, *reference.coef_[0]], rel=1e-6)


def test_a_softmax_layer_agrees_with_multinomial_regression_of_scikit_learn():
    # Malic acid and ash overlap between the wines. Weights of a softmax have a common part that
    # changes nothing; from 0 it stays 0, as in scikit-learn, which stops at its tol, here 1e-10.
    inputs, labels = load_wine(return_X_y=True)
    x = standardised(inputs[:, 1:3])
    reference = LogisticRegression(C=np.inf, tol=1e-10, max_iter=10_000).fit(x[:, 1:], labels)
    descent = Descent(CATEGORICAL_CROSS_ENTROPY, 2.0, 0.9, n_epochs=400)
    history = gradient_descent(Examples(x, np.eye(3)[labels]), np.zeros((3, 3)), activation=SOFTMAX, descent=descent)
    assert history.final[:, 0] == pytest.approx(reference.intercept_, abs=1e-7)
    assert history.final[:, 1:] == pytest.approx(reference.coef_, abs=1e-7)


@pytest.mark.parametrize("activation", [LINEAR, SIGMOID, TANH], ids=str)
def test_each_recorded_step_is_the_gradient_of_its_own_batch(activation):
    rng = np.random.default_rng(0)
    examples = Examples(rng.normal(size=(7, 3)), rng.uniform(0, 1, (7, 2)))
    start = rng.normal(size=(2, 3))
    history = gradient_descent(examples, start, activation=activation, descent=Descent(MSE, 0.5, batch_size=2), rng=rng)
    functions = {"linear": lambda z: z, "sigmoid": lambda z: 1 / (1 + anp.exp(-z)), "tanh": anp.tanh}
    for shown, w, change in zip(history.patterns, history.before, np.diff(history.weights, axis=0), strict=True):
        x, t = examples.inputs[shown], examples.targets[shown]
        slope = autograd.grad(
            lambda w, x=x, t=t: anp.mean(anp.sum((functions[str(activation)](x @ w.T) - t) ** 2, 1)) / 2
        )
        assert change == pytest.approx(-0.5 * slope(w), rel=1e-12, abs=1e-15)


def test_the_history_tells_outputs_and_losses_before_each_step():
    history = gradient_descent(POINTS, [2.0], activation=LINEAR, descent=Descent(MSE, 0.001, batch_size=2, n_epochs=3))
    for k, shown in enumerate(history.patterns):
        x, t = POINTS.inputs[shown], POINTS.targets[shown]
        assert history.outputs[k] == pytest.approx(x @ history.weights[k], rel=1e-15)
        assert history.losses[k] == pytest.approx(np.mean((x @ history.weights[k] - t) ** 2) / 2, rel=1e-14)
        assert (history.targets[k] == t).all()


@pytest.mark.parametrize("inputs", [np.zeros((3, 2)), np.zeros((0, 2))])
def test_inputs_without_any_activity_have_no_largest_stable_rate(inputs):
    with pytest.raises(ArgumentError, match="nothing but 0"):
        largest_stable_rate(inputs)


@pytest.mark.parametrize(("factor", "converges"), [(0.98, True), (1.02, False)])
def test_batch_descent_converges_just_below_the_largest_stable_rate_and_not_above(factor, converges):
    x, t = iris(0, 1, 2)
    descent = Descent(MSE, factor * largest_stable_rate(x), n_epochs=2000)
    start = np.linalg.lstsq(x, t, rcond=None)[0] + 1.0
    if converges:
        losses = gradient_descent(Examples(x, t), start, activation=LINEAR, descent=descent).losses
        assert np.all(np.diff(losses) <= 1e-15)
    else:
        with pytest.raises(DivergenceError, match=r"^step \d+: the mean squared error has grown"):
            gradient_descent(Examples(x, t), start, activation=LINEAR, descent=descent)


def test_hebb_strengthens_and_anti_hebb_weakens_what_is_active_together():
    x = np.array([[1.0, 0.0, 2.0]])
    up, down = (rule(x, [0.5, 0.5, 0.5], rate=0.1).after[0] for rule in (hebb, anti_hebb))
    assert up == pytest.approx([0.5 + 0.1 * 1.5, 0.5, 0.5 + 0.1 * 1.5 * 2], rel=1e-15)
    assert up + down == pytest.approx([1.0, 1.0, 1.0], rel=1e-15)


def test_hebb_in_a_linear_unit_grows_geometrically_until_it_overflows():
    # Each step multiplies the output by 1 + rate |x|^2 = 2, so 2**1024 is the first to overflow.
    assert hebb([[1.0]], [1.0], rate=1.0, n_epochs=1023).final == [2.0**1023]
    with pytest.raises(DivergenceError, match="^step 1023: a weight of Hebb's rule overflows"):
        hebb([[1.0]], [1.0], rate=1.0, n_epochs=2000)


def test_hebb_trains_each_unit_of_a_layer_by_its_own_output():
    x, start = np.array([[1.0, 2.0], [0.5, -1.0]]), np.array([[0.1, 0.2], [-0.3, 0.4]])
    layer = hebb(x, start, rate=0.1, activation=TANH)
    for unit in (0, 1):
        assert layer.weights[:, unit] == pytest.approx(hebb(x, start[unit], rate=0.1, activation=TANH).weights)
    assert layer.outputs[0].shape == (1, 2)


@pytest.mark.parametrize("rule", [hebb, anti_hebb])
@pytest.mark.parametrize(("rate", "words"), [("fast", "rate is 'fast'"), ([0.1, 0.2], "shape"), (0, "is 0")])
def test_a_rate_that_is_no_single_number_is_refused(rule, rate, words):
    with pytest.raises(ArgumentError, match=words):
        rule([[1.0]], [1.0], rate=rate)


@pytest.mark.parametrize("activation", [STEP, SIGN], ids=str)
def test_units_without_a_slope_are_refused(activation):
    with pytest.raises(ArgumentError, match=f"a {activation} unit has slope 0.*use `perceptron`"):
        gradient_descent(Examples([[1.0]], [0.0]), [0.0], activation=activation, descent=Descent())


@pytest.mark.parametrize(
    ("start", "targets", "words"),
    [
        ([1.0, 2.0], [1.0], r"start weights have shape \(2,\); they must be \(1,\)"),
        ([1.0], [[1.0, 0.0]], r"do not fit targets of shape \(1, 2\)"),
        ([[1.0]], [1.0], r"do not fit targets of shape \(1,\)"),
        ([np.nan], [1.0], "start weights is nan"),
        ([1.0], [2.0], "label 2.0 lies outside the range of a sigmoid unit"),
        ([1.0], None, "no targets"),
    ],
)
def test_what_does_not_fit_the_unit_is_refused(start, targets, words):
    with pytest.raises(ArgumentError, match=words):
        gradient_descent(Examples([[1.0]], targets), start, activation=SIGMOID, descent=Descent())
