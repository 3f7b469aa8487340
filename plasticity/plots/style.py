"""One style for all pictures: colours that the colour-blind tell apart, sizes that print and project.

The colours are those of Okabe & Ito (2008); biological and artificial always have the same two, and differ in the
dash of their lines too, so that they can be told apart in a black-and-white print.
"""

from types import MappingProxyType
from typing import Any

BIOLOGICAL = "#0072B2"  # blue
ARTIFICIAL = "#D55E00"  # vermillion
SOFT = "#009E73"  # bluish green: soft bounds, and what stands between the two
MEASURED = "#000000"  # points from a publication
THEORY = "#7F7F7F"  # closed forms, drawn beneath
FAINT = "#BFBFBF"  # zero lines, grids, what is only context
# For everything else; without the two, so that they mean one thing only
PALETTE = ("#CC79A7", "#E69F00", "#56B4E9", "#000000", "#009E73", "#7F7F7F")
MARKERS = ("o", "s", "^", "D", "v", "P")
DASHES: tuple[Any, ...] = ("-", (0, (5, 2)), (0, (1, 1)), (0, (5, 1, 1, 1)), (0, (3, 1, 1, 1, 1, 1)), (0, (8, 3)))
DASH_OF = MappingProxyType({BIOLOGICAL: DASHES[0], ARTIFICIAL: DASHES[1], SOFT: DASHES[3]})
# Colour maps for signed numbers, for those of one sign, and for what was written on paper
DIVERGING, SEQUENTIAL, INK = "PuOr", "cividis", "Greys"

RC: MappingProxyType[Any, Any] = MappingProxyType(
    {
        "font.size": 10.0,
        "font.family": "DejaVu Sans",
        "axes.titlesize": 10.5,
        "axes.titleweight": "bold",
        "axes.titlelocation": "left",
        "axes.labelsize": 10.0,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.linewidth": 0.8,
        "axes.axisbelow": True,
        "axes.formatter.useoffset": False,
        "legend.fontsize": 8.5,
        "legend.frameon": False,
        "lines.linewidth": 1.8,
        "lines.markersize": 5.0,
        "figure.dpi": 100.0,
        "savefig.dpi": 200.0,
        # Text stays text in vector formats, so that it can be searched, edited and set in another font
        "svg.fonttype": "none",
        "pdf.fonttype": 42,
        # The same picture gives the same bytes
        "svg.hashsalt": "plasticity",
    }
)
