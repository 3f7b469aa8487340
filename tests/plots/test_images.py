"""Tiles: every image is whole, in its place, and in the one scale."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from plasticity.plots import images

IMAGES = np.arange(3 * 2 * 4, dtype=float).reshape(3, 2, 4) - 10


@pytest.fixture
def axes():
    return Figure().subplots()


def test_images_stand_in_rows_with_nothing_between_them(axes):
    images.tiles(axes, IMAGES, n_columns=2, limits=(-20, 20), text="w")

    drawn = axes.images[0].get_array().filled(np.nan)
    assert drawn.shape == (2 * 2 + 1, 2 * 4 + 1)
    assert np.array_equal(drawn[:2, :4], IMAGES[0]) and np.array_equal(drawn[:2, 5:], IMAGES[1])
    assert np.array_equal(drawn[3:, :4], IMAGES[2]) and np.isnan(drawn).sum() == drawn.size - IMAGES.size


def test_fewer_images_than_columns_leave_no_room_empty(axes):
    images.tiles(axes, IMAGES[:1], n_columns=5)

    assert axes.images[0].get_array().shape == (2, 4)


def test_names_stand_in_the_middle_of_their_columns(axes):
    images.tiles(axes, IMAGES, ["a", "b"], n_columns=2)

    assert axes.get_xticks().tolist() == [1.5, 6.5]
    assert [text.get_text() for text in axes.get_xticklabels()] == ["a", "b"]


@pytest.mark.parametrize(("limits", "expected"), [((-1, 1), "PuOr"), ((0, 1), "cividis"), (None, "Greys")])
def test_the_scale_says_whether_numbers_have_a_sign(axes, limits, expected):
    images.tiles(axes, IMAGES, n_columns=3, limits=limits)

    assert axes.images[0].get_cmap().name == expected
    assert len(axes.figure.axes) == (1 if limits is None else 2)


def test_images_stand_row_after_row_with_gaps_between():
    mosaic = images.tiled(np.arange(3.0)[:, None, None] * np.ones((3, 2, 4)), 2)

    assert mosaic.shape == (5, 9)
    assert (mosaic[0, 0], mosaic[0, 5], mosaic[3, 0]) == (0.0, 1.0, 2.0)
    assert np.isnan(mosaic[2]).all() and np.isnan(mosaic[:, 4]).all() and np.isnan(mosaic[3:, 5:]).all()


def test_signed_images_are_scaled_by_their_own_largest_size():
    mosaic = images.tiled([[[1.0, -4.0]], [[0.0, 0.0]], [[-0.5, 0.25]]], 1, signed=True)

    assert [mosaic[row].tolist() for row in (0, 2, 4)] == [[0.25, -1.0], [0.0, 0.0], [-1.0, 0.5]]


def test_every_number_of_a_matrix_is_written_in_its_cell():
    axes = Figure().subplots()
    images.matrix(axes, [[0.0, 0.5], [0.25, 1.0]])

    assert [text.get_text() for text in axes.texts] == ["0.00", "0.50", "0.25", "1.00"]
    assert axes.texts[1].get_position() == (1, 0)


def test_a_mosaic_is_one_picture():
    axes = Figure().subplots()
    images.mosaic(axes, np.zeros((4, 8, 8)), 2, signed=True)

    assert len(axes.images) == 1 and axes.images[0].get_array().shape == (17, 17)
