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
