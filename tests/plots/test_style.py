"""Colours are seen by everybody: on white, and by the colour-blind next to each other."""

from itertools import combinations

import numpy as np
import pytest

from plasticity.errors import ArgumentError
from plasticity.plots import style

COLOURS = sorted({style.BIOLOGICAL, style.ARTIFICIAL, style.SOFT, style.MEASURED, style.THEORY, *style.PALETTE})
# Machado, Oliveira & Fernandes (2009), severity 1, on linear RGB
EYES = {
    "all cones": np.eye(3),
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
}
TO_XYZ = [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.072175], [0.0193339, 0.119192, 0.9503041]]


def seen(color, eyes):
    """CIE L*a*b* of a colour as these eyes see it."""
    parts = np.array([int(color[k : k + 2], 16) for k in (1, 3, 5)]) / 255
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    x, y, z = np.cbrt(TO_XYZ @ np.clip(np.array(EYES[eyes]) @ linear, 0, 1) / [0.95047, 1.0, 1.08883])
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("color", COLOURS)
def test_a_curve_stands_out_from_white_and_a_text_in_its_colour_more(color):
    assert style.contrast(color) >= 3.0 and style.contrast(style.ink(color)) >= 4.5


@pytest.mark.parametrize("eyes", EYES)
def test_no_two_colours_of_the_palette_look_alike(eyes):
    """Apart by four times what an eye just tells (2.3), and told apart by their dashes besides."""
    pairs = combinations(style.PALETTE, 2)
    assert min(np.linalg.norm(seen(one, eyes) - seen(other, eyes)) for one, other in pairs) > 4 * 2.3


def test_black_on_white_has_the_largest_contrast_and_nonsense_none():
    assert style.contrast("#000000") == pytest.approx(21.0) and style.contrast("#FFFFFF") == pytest.approx(1.0)
    with pytest.raises(ArgumentError, match="#RRGGBB"):
        style.ink("red")
