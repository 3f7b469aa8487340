"""Tables of what was measured."""

from rich.console import Console
from rich.table import Table

_WIDTH = 180  # characters, where the output is no terminal


def print_table(table: Table) -> None:
    """Print a table; into a file or a pipe as wide as it needs to be."""
    console = Console()
    (console if console.is_terminal else Console(width=_WIDTH)).print(table)


def written(value: float, figure: str) -> str:
    """A figure with its unit; seconds in the unit that gives the fewest digits."""
    if figure in ("bytes", "GiB"):
        return f"{value:.3g} {figure}"
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("us", 1e-6)):
        if value >= size:
            return f"{value / size:.3g} {unit}"
    return f"{value * 1e9:.3g} ns"
