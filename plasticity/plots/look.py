"""How a picture leaves the house: how wide, whole or one panel, with its caption or without."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from plasticity.errors import ArgumentError, said
from plasticity.inputs import choice

MM = 1 / 25.4  # inches
SLIDE = (13.333, 7.5)  # inches, of 16:9
# Across two columns of a journal's page, and one: 183 and 89 mm, as Nature and others print
WIDTHS: Mapping[str, float] = MappingProxyType({"single": 89 * MM, "double": 183 * MM, "slide": SLIDE[0]})
SIZES = tuple(WIDTHS)
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Look:
    """What is asked of a picture besides what it shows.

    size          : a name of SIZES; None is 'double', and 'single' for a panel
    panel         : the letter of the only panel that is shown; None shows them all
    is_captioned  : whether the caption is painted beneath; on a slide it never is

    A slide is drawn across two columns, 16:9, and then enlarged with all its text and lines: 7.6 pt become 14.
    """

    size: str | None = None
    panel: str | None = None
    is_captioned: bool = True

    def __post_init__(self) -> None:
        """Raises ArgumentError for a size outside SIZES, or a panel that is no letter."""
        if self.size is not None:
            choice(self.size, SIZES, "the size of a picture")
        is_letter = isinstance(self.panel, str) and len(self.panel) == 1 and self.panel in LETTERS
        if self.panel is not None and not is_letter:
            raise ArgumentError(f"the panel is {said(self.panel)}; one letter, such as 'b', is allowed")

    @property
    def place(self) -> str:
        """The name of the size, chosen."""
        return self.size or ("single" if self.panel else "double")

    @property
    def scale(self) -> float:
        """How much larger it leaves than it is drawn."""
        return SLIDE[0] / WIDTHS["double"] if self.place == "slide" else 1.0

    @property
    def width(self) -> float:
        """Inches, as it is drawn."""
        return WIDTHS[self.place] / self.scale

    @property
    def has_caption(self) -> bool:
        """Whether the caption is painted beneath."""
        return self.is_captioned and self.place != "slide"


WHOLE = Look()
