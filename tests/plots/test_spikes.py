"""Rasters of many trains."""

from matplotlib.figure import Figure

from plasticity.plots import spikes


def test_dots_put_each_spike_in_the_row_of_its_train_the_first_on_top():
    axes = Figure().subplots()

    spikes.dots(axes, [0.01, 0.02, 0.03], [2, 0, 2], n_rows=3)

    assert axes.lines[0].get_xdata().tolist() == [10, 20, 30] and axes.lines[0].get_ydata().tolist() == [2, 0, 2]
    assert axes.get_ylim() == (2.5, -0.5)
