"""The options of every command that draws: how wide the picture is, one panel of it, its caption in it or not."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

import click

from plasticity.cli.options import require

if TYPE_CHECKING:
    from plasticity.plots import Look

F = TypeVar("F", bound=Callable[..., Any])
_OPTIONS = (
    click.option(
        "--size",
        type=click.Choice(["single", "double", "slide"]),
        help="Of the picture: one column (89 mm), two (183 mm; the default), or a slide of 16:9.",
    ),
    click.option("--panel", metavar="LETTER", help="One panel of it alone, such as b; without --size a column wide."),
    click.option("--no-caption", is_flag=True, help="Do not paint the caption beneath; a slide never has it."),
)
_NAMES = ("size", "panel", "no_caption")


def look_options(command: F) -> F:
    """The options --size, --panel and --no-caption."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def look_of(given: Mapping[str, Any]) -> "Look":
    """The look that the options ask for. Raises ArgumentError for a panel that is no letter."""
    from plasticity.plots import Look

    return Look(given["size"], given["panel"], is_captioned=not given["no_caption"])


def require_picture(is_drawn: bool, reason: str) -> None:
    """Raise ArgumentError when one of the options is given where nothing is drawn."""
    for name in _NAMES:
        require(is_drawn, name, reason)
