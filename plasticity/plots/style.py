"""One style for all pictures: colours that the colour-blind tell apart, sizes that print and project.

The colours are those of Okabe & Ito (2008); biological and artificial always have the same two, and differ in the
dash of their lines too, so that they can be told apart in a black-and-white print.
"""

import re
from types import MappingProxyType
from typing import Any

from plasticity.errors import ArgumentError, said

BIOLOGICAL = "#0072B2"  # blue
ARTIFICIAL = "#D55E00"  # vermillion
SOFT = "#009E73"  # bluish green: soft bounds, and what stands between the two
MEASURED = "#000000"  # points from a publication
THEORY = "#7F7F7F"  # closed forms, drawn beneath
FAINT = "#BFBFBF"  # zero lines, grids, what is only context
# For everything else; without the two, so that they mean one thing only. Each is at least 3:1 against white
PALETTE = ("#B8589A", "#8F5F00", "#3A94CC", "#3B2A6B", "#009E73", "#7F7F7F")
# What the numbers of the palette mean for rules, in every figure in which these are compared
PAIR, ANTI, NEAREST, TRIPLET, SOFTLY, BI_POO = range(6)
MARKERS = ("o", "s", "^", "D", "v", "P")
DASHES: tuple[Any, ...] = ("-", (0, (5, 2)), (0, (1.2, 1.6)), (0, (5, 1, 1, 1)), (0, (3, 1, 1, 1, 1, 1)), (0, (8, 3)))
DASH_OF = MappingProxyType({BIOLOGICAL: DASHES[0], ARTIFICIAL: DASHES[1], SOFT: DASHES[3]})
# Colour maps for signed numbers, for those of one sign, and for what was written on paper
DIVERGING, SEQUENTIAL, INK = "PuOr", "cividis", "Greys"

SMALLEST = 7.6  # points across two columns; across a slide they are 14. Nothing in a picture is smaller
INK_OF_CAPTIONS = "#404040"
_LEAST_OF_TEXT = 4.5  # contrast against white that a text needs (WCAG 2.1, 1.4.3)

RC: MappingProxyType[Any, Any] = MappingProxyType(
    {
        "font.size": 8.0,
        "font.family": "DejaVu Sans",
        "axes.titlesize": 8.5,
        "axes.titleweight": "normal",
        "axes.titlelocation": "left",
        "axes.labelsize": 8.0,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.titlepad": 6.0,
        "axes.labelpad": 2.0,
        "xtick.labelsize": SMALLEST,
        "ytick.labelsize": SMALLEST,
        "axes.linewidth": 0.6,
        "axes.axisbelow": True,
        "axes.formatter.useoffset": False,
        "legend.fontsize": SMALLEST,
        "legend.handlelength": 1.6,
        "legend.handletextpad": 0.5,
        "legend.labelspacing": 0.3,
        "legend.frameon": False,
        "lines.linewidth": 1.3,
        "lines.markersize": 3.6,
        "figure.dpi": 100.0,
        "savefig.dpi": 300.0,
        # Text stays text in vector formats, so that it can be searched, edited and set in another font
        "svg.fonttype": "none",
        "pdf.fonttype": 42,
        # The same picture gives the same bytes
        "svg.hashsalt": "plasticity",
    }
)


def contrast(color: str) -> float:
    """Of a colour (#RRGGBB) against white: from 1 to 21. Source: WCAG 2.1, relative luminance."""
    if not (isinstance(color, str) and re.fullmatch("#[0-9A-Fa-f]{6}", color)):
        raise ArgumentError(f"the colour is {said(color)}; #RRGGBB is allowed")
    shares = [int(color[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    red, green, blue = (x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in shares)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def ink(color: str) -> str:
    """The same colour (#RRGGBB), as dark as a text in it has to be on white."""
    while contrast(color) < _LEAST_OF_TEXT:
        color = "#" + "".join(f"{int(int(color[k : k + 2], 16) * 0.97):02X}" for k in (1, 3, 5))
    return color
