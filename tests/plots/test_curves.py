import numpy as np
import pytest
from matplotlib.figure import Figure

from plasticity.plots import curves


@pytest.mark.parametrize("n_lags", [4, 5])  # without and with a lag of zero
def test_a_broken_curve_has_no_line_across_its_jump(n_lags):
    axes, lags = Figure().subplots(), np.linspace(-1.0, 1.0, n_lags)

    curves.broken_curve(axes, lags, np.sign(lags))

    x, y = axes.lines[0].get_data()
    assert np.isnan(y[x == 0.0]).all() and (x == 0.0).sum() == 1
    assert np.array_equal(y[x != 0.0], np.sign(lags[lags != 0.0]))


def test_a_band_reaches_from_below_to_above_its_curve():
    axes = Figure().subplots()

    curves.band(axes, [0.0, 1.0], [2.0, 3.0], [0.5, 1.0])

    corners = axes.collections[0].get_paths()[0].get_extents()
    assert (corners.y0, corners.y1) == (1.5, 4.0)
