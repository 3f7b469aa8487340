import numpy as np
import pytest

from plasticity.artificial.activations import ACTIVATIONS
from plasticity.artificial.fits import fitted

X = np.linspace(0.05, 4.0, 40)
KNOWN = ["relu", "leaky_relu", "softplus", "sigmoid", "tanh", "swish", "gelu"]


@pytest.mark.parametrize("name", KNOWN)
def test_a_curve_that_is_an_activation_is_found_without_residuals(name):
    fit = fitted(ACTIVATIONS[name], X, 150 * ACTIVATIONS[name](3.0 * (X - 1.7)))
    assert fit.rms < 0.1
    assert fit.threshold == pytest.approx(1.7, abs=0.01)


def test_residuals_and_fit_add_up_to_what_was_measured():
    y = np.sqrt(X)
    fit = fitted(ACTIVATIONS["tanh"], X, y)
    model = fit.height * np.tanh(fit.gain * (X - fit.threshold))
    assert model + fit.residuals == pytest.approx(y, rel=1e-12)


def test_a_line_is_fitted_as_the_regression_does():
    y = 20 * X + np.sin(9 * X)
    assert fitted(ACTIVATIONS["linear"], X, y).rms == pytest.approx(np.std(y - np.polyval(np.polyfit(X, y, 1), X)))
