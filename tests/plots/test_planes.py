"""Planes: lines where they belong, limits that stay, markers by class."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from plasticity.plots import planes


@pytest.fixture
def axes():
    axes = Figure().subplots()
    planes.square(axes, -1.0, 2.0)
    return axes


def test_a_decision_line_runs_where_the_sum_is_zero_and_spans_the_panel(axes):
    planes.decision_line(axes, [-1.5, 1.0, 2.0])
    x, y = axes.lines[0].get_data()

    assert -1.5 + x + 2 * y == pytest.approx(0, abs=1e-12)
    assert min(x) < -1 and max(x) > 2 and axes.get_xlim() == (-1.0, 2.0)


def test_weights_without_direction_have_no_line(axes):
    planes.decision_line(axes, [1.0, 0.0, 0.0])

    assert not axes.lines


def test_points_of_two_classes_are_told_apart_without_colour(axes):
    planes.labelled_points(axes, [[0, 0], [1, 1], [0, 1]], [0, 1, 0], names=("no", "yes"))

    assert [len(line.get_xdata()) for line in axes.lines] == [2, 1]
    assert len({line.get_marker() for line in axes.lines}) == 2


def test_a_path_shows_every_step(axes):
    planes.path(axes, np.arange(10.0).reshape(5, 2), "walk", number=1)

    assert all(len(line.get_xdata()) == 5 for line in axes.lines)


def test_regions_and_contours_are_drawn_on_the_same_plane(axes):
    x, y = np.linspace(-1, 2, 7), np.linspace(-1, 2, 5)
    z = x + y[:, np.newaxis]
    planes.regions(axes, x, y, z > 0)
    planes.contours(axes, x, y, z, [0.0, 1.0])

    assert (len(axes.images), len(axes.collections)) == (1, 1)
    assert axes.images[0].get_extent() == [-1.25, 2.25, -1.375, 2.375]  # half a step beyond the outer points
