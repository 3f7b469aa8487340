"""What the artists of a figure hold is what was measured: labels, points, bars, bins."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from matplotlib.figure import Figure

from plasticity import published, runs
from plasticity.plots import curves


@cache
def drawn(name, **changes):
    """The result of a quick run with some parameters changed, and the figure that shows it."""
    experiment, figure = runs.EXPERIMENTS[name], Figure()
    result = experiment.run(replace(experiment.quick, **changes))
    experiment.draw(result, figure)
    return result, figure


def titled(figure, title):
    """The panel with this title."""
    (axes,) = [axes for axes in figure.axes if axes.get_title("left") == title or axes.get_title() == title]
    return axes


def labelled(axes, text):
    """The line or the points with bars that the legend calls so."""
    handles, labels = axes.get_legend_handles_labels()
    return handles[labels.index(text)]


def half_bars(container):
    """Half the length of each vertical bar of points with bars."""
    (bars,) = container.lines[2]
    return np.array([np.ptp(segment[:, 1]) / 2 for segment in bars.get_segments()])


def test_synapse_A_of_the_mutual_pair_is_the_one_that_gains_when_A_fires_first():
    result, figure = drawn("mutual_pair", n_pairs=1)
    panel = figure.axes[-1]  # the weights of the order drawn last, A then B
    last = {text: labelled(panel, text).get_ydata()[-1] for text in panel.get_legend_handles_labels()[1]}
    assert last["synapse A"] > 0.5 > last["synapse B"]


def test_the_map_of_the_mutual_pair_shows_a_gain_where_pair_stdp_gains():
    result, figure = drawn("mutual_pair", n_pairs=1)
    cells = figure.axes[0].images[0].get_array()
    names = [label.get_text() for label in figure.axes[0].get_yticklabels()]
    row, orders = next(k for k, name in enumerate(names) if name.startswith("pair STDP")), list(result.orders)
    shown = {order: cells[row, 2 * k : 2 * k + 2].tolist() for k, order in enumerate(orders)}
    assert shown["B then A"] == [-1, 1] and shown["A then B"] == [1, -1] and shown["A alone"] == [0, 0]


def test_the_raster_of_the_mutual_pair_shows_neuron_A_above():
    result, figure = drawn("mutual_pair", n_pairs=1)
    above, below = titled(figure, "A then B, pair_stdp").collections[:2]
    assert above.get_positions()[0] < below.get_positions()[0]
    assert (above.get_lineoffset(), below.get_lineoffset()) == (1, 0)


def test_the_measured_window_is_drawn_at_its_own_lags():
    _, figure = drawn("stdp_window", n_lags=5)
    table = published.load("bipoo1998_points")
    x, y = labelled(titled(figure, "measured window"), "Bi & Poo 1998").lines[0].get_data()
    assert x == pytest.approx(table["delta_t_ms"], rel=1e-12) and y == pytest.approx(100 * table["dw"], rel=1e-12)


def test_the_rule_of_the_measured_window_strengthens_on_the_right():
    _, figure = drawn("stdp_window", n_lags=5)
    x, y = labelled(titled(figure, "measured window"), "the rule bi_poo").get_data()
    assert (y[x > 0] > 0).all() and (y[x < 0] < 0).all()


@pytest.mark.parametrize("lag, side", [(10, "pre"), (-10, "post")])
def test_the_frequency_series_has_the_published_points_and_standard_errors(lag, side):
    _, figure = drawn("pairing_frequency", n_frequencies=2)
    table = published.load("sjostrom2001_frequency")
    here = table["delta_t_ms"] == lag
    points = labelled(titled(figure, f"{side} first by 10 ms"), "measured")
    assert points.lines[0].get_xdata().tolist() == table["frequency_hz"][here].tolist()
    assert points.lines[0].get_ydata() == pytest.approx(100 * table["dw_pg"][here], rel=1e-12)
    assert half_bars(points) == pytest.approx(100 * table["sem_pg"][here], rel=1e-12)


def test_inhibition_is_drawn_under_the_name_of_its_source_and_the_closed_form_beneath():
    result, figure = drawn("bias_and_inhibition", n_levels=6, n_copies=3, measured=0.5)
    rate = titled(figure, "rate against inhibition")
    for number, drive in enumerate(result.drives):
        x, y = labelled(rate, drive).lines[0].get_data()
        assert x.tolist() == result.levels.tolist() and y.tolist() == result.rates[number].tolist()
    assert half_bars(labelled(rate, "Poisson neurons")) == pytest.approx(result.errors[2], rel=1e-9)


def test_real_pacemakers_stand_beside_their_names_with_the_published_spread():
    _, figure = drawn("bias_and_inhibition", n_levels=6, n_copies=3, measured=0.5)
    cells, table = titled(figure, "real pacemakers"), published.load("pacemaker_rates")
    shown, places = labelled(cells, "measured").lines[0].get_data()
    names = {
        tick: text.get_text().replace(",\n", ", ")
        for tick, text in zip(cells.get_yticks(), cells.get_yticklabels(), strict=True)
    }
    found = {names[place]: rate for place, rate in zip(places, shown, strict=True)}
    assert found == dict(zip(table["cell"], table["rate_hz"], strict=True))


def test_bars_of_our_own_points_are_one_standard_error_long():
    axes = Figure().subplots()
    curves.points(axes, [1.0, 2.0], [3.0, 4.0], "ours", error=[0.25, 0.5])
    curves.published_points(axes, [1.0, 2.0], [3.0, 4.0], "theirs", error=[0.125, 0.5])
    assert half_bars(labelled(axes, "ours")).tolist() == [0.25, 0.5]
    assert half_bars(labelled(axes, "theirs")).tolist() == [0.125, 0.5]


def test_a_histogram_has_its_counts_between_its_edges():
    axes = Figure().subplots()
    curves.histogram(axes, [0.1, 0.2, 0.9, 1.5], [0.0, 0.5, 1.0, 2.0], "values", color="black")
    for patch in axes.patches:
        counts, edges, _ = patch.get_data()
        assert counts.tolist() == [2, 1, 1] and edges.tolist() == [0.0, 0.5, 1.0, 2.0]
