"""What commands share: consoles, tables of facts, and progress that only a terminal sees."""

import contextlib
import time
from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from plasticity.progress import listening

_SECONDS_BETWEEN_UPDATES = 0.1


def console() -> Console:
    """Where text for people goes; plain in a pipe."""
    return Console(highlight=False)


def facts(rows: Sequence[tuple[str, Text | str]]) -> Table:
    """Labels and texts in two columns, without lines."""
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column()
    for label, text in rows:
        table.add_row(label, text if isinstance(text, Text) else Text(text))
    return table


@contextlib.contextmanager
def progress(out: Console, what: str) -> Iterator["Bars"]:
    """Bars for what goes on inside: one for the whole, one for the part that is under way. Nothing in a pipe."""
    errors = Console(stderr=True)
    # On one terminal, bars and text must go through one console, or they overwrite each other.
    shown = out if out.is_terminal else errors
    if not shown.is_terminal:
        yield Bars(None, what)
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=shown, transient=True) as bars:
        made = Bars(bars, what)
        with listening(made.part):
            yield made


class Bars:
    """The two bars; without a terminal, nothing."""

    def __init__(self, bars: Progress | None, what: str) -> None:
        self._bars = bars
        self._whole = bars.add_task(what, total=None) if bars else None
        self._part = bars.add_task("", total=1.0, visible=False) if bars else None
        self._next = 0.0

    def whole(self, what: str, done: int, total: int) -> None:
        """Say what is under way, after `done` of `total`."""
        if self._bars and self._whole is not None and self._part is not None:
            self._bars.update(self._whole, description=what, completed=done, total=total)
            self._bars.update(self._part, visible=False)

    def part(self, what: str, fraction: float) -> None:
        """Say which part of it is under way, and how far."""
        now = time.monotonic()
        # Loops may tell thousands of times a second, which costs more than they do.
        if self._bars and self._part is not None and (now > self._next or fraction >= 1):
            self._bars.update(self._part, description=f"  {what}", completed=fraction, visible=fraction < 1)
            self._next = now + _SECONDS_BETWEEN_UPDATES
