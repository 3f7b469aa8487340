import dataclasses
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, special

from plasticity.artificial import activations
from plasticity.artificial.activations import ACTIVATIONS, SIGMOID, Activation, softmax, softmax_jacobian
from plasticity.errors import ArgumentError

steady = settings(derandomize=True, deadline=None)  # the same examples in every run, however slow

SMOOTH = ("linear", "softplus", "sigmoid", "tanh", "swish", "gelu")
KINKED = ("step", "sign", "relu", "leaky_relu")
REFERENCES = {
    "step": lambda z: (z > 0) * 1.0,
    "sign": lambda z: (z > 0) * 1.0 - (z < 0),
    "linear": lambda z: z,
    "relu": lambda z: np.where(z > 0, z, 0.0),
    "leaky_relu": lambda z: np.where(z > 0, z, 0.01 * z),
    "softplus": lambda z: -special.log_expit(-z),
    "sigmoid": special.expit,
    "tanh": lambda z: 2 * special.expit(2 * z) - 1,
    "swish": lambda z: z * special.expit(z),
    "gelu": lambda z: z * special.ndtr(z),
}


def test_the_catalogue_is_complete_and_named_by_its_keys():
    assert set(ACTIVATIONS) == set(SMOOTH) | set(KINKED) == set(REFERENCES)
    assert all(str(record) == name for name, record in ACTIVATIONS.items())


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_each_function_agrees_with_scipy(name):
    z = np.concatenate([np.linspace(-35, 35, 7001), [0.0, -0.0]])
    assert ACTIVATIONS[name](z) == pytest.approx(REFERENCES[name](z), rel=1e-13, abs=1e-15)


@pytest.mark.parametrize("name", ["sigmoid", "softplus", "swish", "gelu"])
def test_the_left_tail_keeps_its_relative_accuracy(name):
    # exp(-z**2 / 2) multiplies the rounding of z by z**2, so gelu may lose three of sixteen digits.
    z = np.linspace(-36, -5, 500)
    assert ACTIVATIONS[name](z) == pytest.approx(REFERENCES[name](z), rel=1e-12, abs=0)


@pytest.mark.parametrize("name", SMOOTH)
def test_each_derivative_agrees_with_central_differences(name):
    # Step 1e-4: truncation h**2/6 f''' is below 1e-8, rounding eps/h near 1e-12 times |f|.
    z, h, activation = np.linspace(-6, 6, 241), 1e-4, ACTIVATIONS[name]
    slope = (activation(z + h) - activation(z - h)) / (2 * h)
    assert activation.derivative(z) == pytest.approx(slope, rel=1e-8, abs=1e-8)


@pytest.mark.parametrize("name", KINKED)
def test_away_from_the_kink_the_slope_is_the_difference_quotient(name):
    z, activation = np.array([-1e4, -2.0, -0.01, 0.01, 2.0, 1e4]), ACTIVATIONS[name]
    slope = (activation(z + 0.001) - activation(z - 0.001)) / 0.002
    assert activation.derivative(z) == pytest.approx(slope, rel=1e-6, abs=1e-9)


@pytest.mark.parametrize("name", KINKED)
def test_at_the_kink_the_derivative_is_that_of_the_left_side(name):
    derivative = ACTIVATIONS[name].derivative
    assert derivative(np.array(0.0)) == derivative(np.array(-1.0))


@pytest.mark.parametrize("name", ACTIVATIONS)
@pytest.mark.parametrize("size", [1e3, 1e4, 1e8, 1e308, np.inf])
def test_extreme_arguments_give_the_limits_without_a_warning(name, size):
    activation, z = ACTIVATIONS[name], np.array([-size, size])
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        y, slope = activation(z), activation.derivative(z)
    left = {"sign": -1.0, "tanh": -1.0, "linear": -size, "leaky_relu": -0.01 * size}.get(name, 0.0)
    assert tuple(y) == (left, min(size, activation.range[1]))
    assert tuple(slope) == {"linear": (1, 1), "leaky_relu": (0.01, 1)}.get(
        name, (0, float(activation.range[1] == np.inf))
    )


@pytest.mark.parametrize("name", ACTIVATIONS)
@steady
@given(z=st.floats(allow_nan=False))
def test_every_output_lies_in_the_stated_range(name, z):
    low, high = ACTIVATIONS[name].range
    assert low <= ACTIVATIONS[name](z) <= high


@pytest.mark.parametrize("name", ["swish", "gelu"])
def test_the_lower_bound_of_the_range_is_the_minimum_of_the_function(name):
    activation = ACTIVATIONS[name]
    lowest = optimize.brentq(activation.derivative, -3.0, -0.3, xtol=1e-14)
    assert activation.range[0] == pytest.approx(activation(lowest), rel=1e-15)


def test_the_minimum_of_swish_is_minus_lamberts_w_of_one_over_e():
    exact = -special.lambertw(np.exp(-1)).real
    assert activations.SWISH.range[0] == pytest.approx(exact, rel=1e-15)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_nan_stays_nan_in_function_and_derivative(name):
    activation, z = ACTIVATIONS[name], np.array([np.nan])
    assert np.isnan(activation(z)).all() and np.isnan(activation.derivative(z)).all()


@pytest.mark.parametrize("name", ACTIVATIONS)
@pytest.mark.parametrize("shape", [(), (0,), (3,), (2, 3, 4)])
def test_shapes_are_kept_and_the_output_is_a_new_array(name, shape):
    activation, z = ACTIVATIONS[name], np.ones(shape)
    y, slope = activation(z), activation.derivative(z)
    assert np.shape(y) == np.shape(slope) == shape
    assert not np.shares_memory(y, z)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_integers_are_read_as_numbers(name):
    activation, z = ACTIVATIONS[name], np.array([-2, 0, 3])
    assert activation(z).tolist() == activation(z * 1.0).tolist()
    assert activation.derivative(z).tolist() == activation.derivative(z * 1.0).tolist()


def test_a_record_cannot_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        activations.STEP.name = "other"


def test_softmax_agrees_with_scipy_along_any_axis():
    z = np.random.default_rng(1).normal(0, 5, (3, 4, 5))
    for axis in (0, 1, -1):
        assert softmax(z, axis=axis) == pytest.approx(special.softmax(z, axis=axis), rel=1e-13)


def test_softmax_of_huge_arguments_is_the_maximum_or_an_even_split():
    assert softmax([1e8, -1e8, 1e8 - 1e4]).tolist() == [1, 0, 0]
    assert softmax([-1e308, -1e308]).tolist() == [0.5, 0.5]
    assert softmax([1e308, -1e308, -np.inf]).tolist() == [1, 0, 0]


def test_softmax_of_two_is_the_sigmoid_of_the_difference():
    z = np.linspace(-30, 30, 61)
    pair = softmax(np.stack([z, np.zeros_like(z)], axis=-1))
    assert pair[:, 0] == pytest.approx(activations.SIGMOID(z), rel=1e-13)


@pytest.mark.parametrize("group", [[np.nan, 0.0], [np.inf, 0.0], [-np.inf, -np.inf]])
def test_a_group_without_a_softmax_becomes_nan_without_a_warning(group):
    assert np.isnan(softmax(group)).all()


@pytest.mark.parametrize("z", [1.0, np.zeros((2, 0))])
def test_softmax_of_nothing_is_refused(z):
    with pytest.raises(ArgumentError, match="at least one entry"):
        softmax(z)


@pytest.mark.parametrize("axis", [1, -2, 0.5])
def test_softmax_along_an_axis_that_is_not_there_is_refused(axis):
    with pytest.raises(ArgumentError, match=f"(along axis {axis}|the axis is {axis})"):
        softmax([1.0, 2.0], axis=axis)


def test_the_softmax_jacobian_agrees_with_central_differences():
    z, h = np.random.default_rng(2).normal(0, 2, (3, 5)), 1e-5
    steps = h * np.eye(5)
    columns = (softmax(z[:, None] + steps) - softmax(z[:, None] - steps)) / (2 * h)  # (3, j, i)
    assert softmax_jacobian(z) == pytest.approx(np.swapaxes(columns, 1, 2), abs=1e-9)


def test_the_softmax_jacobian_is_symmetric_and_its_rows_cancel():
    jacobian = softmax_jacobian([0.3, -1.0, 2.0])
    assert np.array_equal(jacobian, jacobian.T)
    assert jacobian.sum(axis=1) == pytest.approx(0, abs=1e-16)
    assert (jacobian[~np.eye(3, dtype=bool)] < 0).all()


@pytest.mark.parametrize("kind", ["int8", "uint8", "int16", "int64", "uint64", "float16", "float32", "longdouble"])
@pytest.mark.parametrize("activation", ACTIVATIONS.values(), ids=str)
def test_numbers_of_every_kind_are_read_as_doubles(activation, kind):
    lowest = np.iinfo(kind).min if np.dtype(kind).kind in "iu" else -100
    z = np.array([lowest, 1, 2], dtype=kind)
    for function in (activation, activation.function, activation.derivative):
        expected = function(z.astype(float))
        assert function(z).dtype == float and (function(z) == expected).all()


@pytest.mark.parametrize(
    ("z", "slopes"),
    [
        (np.array([1, 2], "uint8"), [0.19661193324148185, 0.1049935854035065]),
        (np.int8([-128]), [2.572209372642415e-56]),
    ],
)
def test_the_slope_of_a_sigmoid_of_whole_numbers_keeps_its_digits(z, slopes):
    # 1 / (2 + 2 cosh z), in 50 digits
    assert SIGMOID.derivative(np.array(z, "int8")) == pytest.approx(slopes, rel=1e-14)


def test_the_functions_of_a_user_see_doubles_too():
    own = Activation("square", "z^2", lambda z: z * z, lambda z: 2 * z, (0.0, np.inf))
    assert own(np.array([16], "int8")).tolist() == [256.0]
    assert own.derivative(np.array([100], "int8")).tolist() == [200.0]
    assert replace(own, name="other").function == own.function


@pytest.mark.parametrize("z", [["1"], np.array([1j]), np.array([True]), np.ma.masked_array([1.0], [True]), None])
def test_summed_inputs_that_are_no_numbers_are_refused(z):
    for function in (SIGMOID, SIGMOID.derivative, softmax):
        with pytest.raises(ArgumentError, match="the summed input z"):
            function(z)
