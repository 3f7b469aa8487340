"""Numbers as pictures: each image in its place, gaps between, numbers that can be read."""

import numpy as np
from matplotlib.figure import Figure

from plasticity.plots import images


def test_images_stand_row_after_row_with_gaps_between():
    mosaic = images.tiled(np.arange(3.0)[:, None, None] * np.ones((3, 2, 4)), 2)

    assert mosaic.shape == (5, 9)
    assert (mosaic[0, 0], mosaic[0, 5], mosaic[3, 0]) == (0.0, 1.0, 2.0)
    assert np.isnan(mosaic[2]).all() and np.isnan(mosaic[:, 4]).all() and np.isnan(mosaic[3:, 5:]).all()


def test_signed_images_are_scaled_by_their_own_largest_size():
    mosaic = images.tiled([[[1.0, -4.0]], [[0.0, 0.0]]], 1, signed=True)

    assert mosaic[0].tolist() == [0.25, -1.0] and mosaic[2].tolist() == [0.0, 0.0]


def test_every_number_of_a_matrix_is_written_in_its_cell():
    axes = Figure().subplots()
    images.matrix(axes, [[0.0, 0.5], [0.25, 1.0]])

    assert [text.get_text() for text in axes.texts] == ["0.00", "0.50", "0.25", "1.00"]
    assert axes.texts[1].get_position() == (1, 0)


def test_tiles_are_one_picture():
    axes = Figure().subplots()
    images.tiles(axes, np.zeros((4, 8, 8)), 2, signed=True)

    assert len(axes.images) == 1 and axes.images[0].get_array().shape == (17, 17)
