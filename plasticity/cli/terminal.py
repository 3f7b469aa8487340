"""What commands share: consoles, tables of facts, and progress that only a terminal sees.

One place for what must hold of all output: nothing in a name is markup, nothing in it moves a cursor, and a character
that the terminal or pipe does not have is replaced. Environment variables change colours, nothing else.
"""

import contextlib
import os
import sys
import time
from collections.abc import Iterator, Sequence
from typing import Any

from rich.console import Console, ConsoleOptions, ConsoleRenderable, RenderHook
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from plasticity.cli.streams import ReaderLeft, complain, to_nowhere
from plasticity.errors import printable
from plasticity.progress import listening

_USUAL_WIDTH = 80
_REDRAWN = 8  # times a second; a slow terminal must keep up


def console(*, goes_on: bool = False) -> Console:
    """Where text for people goes; plain in a pipe.

    goes_on : whether the command does its work to the end when the reader of a pipe leaves
    """
    made = Console(highlight=False, markup=False, emoji=False)
    made.push_render_hook(_Printable())
    if made.width < 1:  # COLUMNS is 0 where a terminal does not know its width
        made.width = _USUAL_WIDTH

    def reader_left() -> None:
        to_nowhere(sys.stdout)
        if not goes_on:
            raise ReaderLeft

    made.on_broken_pipe = reader_left  # type: ignore[method-assign]
    return made


def is_screen() -> bool:
    """Whether text is read on a terminal, where it is wrapped, and not in a pipe, where a line is a line."""
    return _is_terminal(sys.stdout)


def facts(rows: Sequence[tuple[str, Text | str]]) -> Table:
    """Labels and texts in two columns, without lines."""
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column()
    for label, text in rows:
        table.add_row(printable(str(label)), text if isinstance(text, Text) else Text(printable(str(text))))
    return table


def lines(rows: Sequence[tuple[str, str]], *, indent: int, width: int) -> Text:
    """Names and texts in two columns, a line each; what is too long for the width ends in three dots."""
    widest = max((len(name) for name, _ in rows), default=0)
    whole = Text()
    for name, text in rows:
        start, line = f"{' ' * indent}{printable(name):{widest}}", printable(str(text))
        room = max(width - len(start) - 2, 0)
        line = line if len(line) <= room else f"{line[: max(room - 3, 0)].rstrip()}..."
        whole += Text.assemble((start, "dim"), f"  {line}\n")
    whole.rstrip()
    return whole


@contextlib.contextmanager
def progress(what: str, *, is_quiet: bool = False) -> Iterator["Bars"]:
    """Bars on stderr for what goes on inside: one for the whole, one for the part that is under way.

    In a pipe and on a terminal that cannot redraw there are none; nor when `is_quiet`, as with --json.
    """
    if is_quiet or not _is_terminal(sys.stderr):
        yield Bars(None, what)
        return
    if os.environ.get("TERM", "") in ("dumb", "unknown"):
        complain(what)
        yield Bars(None, what)
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), BarColumn(), TimeElapsedColumn())
    errors = Console(stderr=True, force_terminal=True, force_interactive=True, markup=False, emoji=False)
    with Progress(*columns, console=errors, transient=True, refresh_per_second=_REDRAWN, redirect_stdout=False) as bars:
        made = Bars(bars, what)
        with listening(made.part):
            yield made


def tell_pipe(line: str) -> None:
    """A line on stderr, where no bars are drawn, such as a log file."""
    if not _is_terminal(sys.stderr):
        complain(line)


class Bars:
    """The two bars; without a terminal, nothing."""

    def __init__(self, bars: Progress | None, what: str) -> None:
        self._bars = bars
        self._whole = bars.add_task(printable(what), total=None) if bars else None
        self._part = bars.add_task("", total=1.0, visible=False) if bars else None
        self._next = 0.0

    def whole(self, what: str, done: int, total: int) -> None:
        """Say what is under way, after `done` of `total`."""
        if self._bars and self._whole is not None and self._part is not None:
            self._bars.update(self._whole, description=printable(what), completed=done, total=total)
            self._bars.update(self._part, visible=False)

    def part(self, what: str, fraction: float) -> None:
        """Say which part of it is under way, and how far."""
        now = time.monotonic()
        # Loops may tell thousands of times a second, which costs more than they do.
        if self._bars and self._part is not None and (now > self._next or fraction >= 1):
            description = f"  {printable(what)}"
            self._bars.update(self._part, description=description, completed=fraction, visible=fraction < 1)
            self._next = now + 1 / _REDRAWN

    @contextlib.contextmanager
    def aside(self) -> Iterator[None]:
        """Put the bars away while text is printed, where both go to one terminal."""
        if not self._bars or not is_screen():
            yield
            return
        self._bars.stop()
        try:
            yield
        finally:
            self._bars.start()


class _Printable(RenderHook):
    """Lets no control character through, wherever in a text it stands."""

    def process_renderables(self, renderables: list[ConsoleRenderable]) -> list[ConsoleRenderable]:
        return [_Escaped(item) for item in renderables]


class _Escaped:
    def __init__(self, inner: ConsoleRenderable) -> None:
        self._inner = inner

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        for segment in console.render(self._inner, options):
            yield segment if segment.control else Segment(printable(segment.text), segment.style)


def _is_terminal(stream: Any) -> bool:
    try:
        return bool(stream.isatty())
    except (AttributeError, ValueError):  # there is none, or it is closed
        return False


__all__ = ["Bars", "console", "facts", "is_screen", "lines", "progress", "tell_pipe"]
