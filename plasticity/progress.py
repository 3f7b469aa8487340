"""How far a long computation is: whoever computes tells, whoever shows listens, and neither knows the other."""

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sized
from contextlib import AbstractContextManager, contextmanager, suppress
from contextvars import ContextVar
from html import escape
from importlib import import_module
from multiprocessing import parent_process
from typing import Any, TypeVar

from plasticity.errors import printable

T = TypeVar("T")
Listener = Callable[[str, float], None]  # what is going on, and the part of it that is done, 0 to 1

WAIT = 1.0  # seconds before a bar is shown: what is done sooner needs none
REDRAWN = 8  # times a second
_LISTENER: ContextVar[Listener | None] = ContextVar("plasticity_progress", default=None)
_IS_QUIET: ContextVar[bool] = ContextVar("plasticity_quiet", default=False)


def tracked(items: Iterable[T], what: str) -> Iterator[T]:
    """The items of a collection whose length is known, one by one, telling the listener how many are done."""
    collection = items if isinstance(items, Sized) else list(items)
    for done, item in enumerate(collection):
        tell(what, done / len(collection))
        yield item
    tell(what, 1.0)


def tell(what: str, fraction: float) -> None:
    """Tell the listener, if there is one, that `fraction` of `what` is done."""
    listener = _LISTENER.get()
    if listener is not None:
        listener(what, fraction)


def is_listened_to() -> bool:
    """Whether anybody listens, so that telling is worth its cost."""
    return _LISTENER.get() is not None


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Have `listener` told of everything that goes on inside."""
    with _set(_LISTENER, listener):
        yield


def quietly() -> AbstractContextManager[None]:
    """Show no bar of what goes on inside, where it is shown in another way; of what takes long, warn still."""
    return _set(_IS_QUIET, True)


@contextmanager
def shown(what: str) -> Iterator[None]:
    """Show how far what goes on inside is, from the first second on: on a terminal in a line on stderr that is gone
    at the end, in a notebook as a bar beneath the cell; elsewhere, in other processes, and to a listener, nothing.
    """
    place = None if is_listened_to() or _IS_QUIET.get() or parent_process() is not None else _place()
    if place is None:
        yield
        return
    bar = _Bar(what, place)
    try:
        with listening(bar.part):
            yield
    finally:
        bar.end()


@contextmanager
def _set(variable: ContextVar[Any], value: Any) -> Iterator[None]:
    token = variable.set(value)
    try:
        yield
    finally:
        variable.reset(token)


class _Bar:
    """A bar that begins when a second has passed; to draw it costs nothing beside that, however often it is told."""

    def __init__(self, what: str, place: Callable[[str, float | None], None]) -> None:
        self._what, self._place = what, place
        self._next = time.monotonic() + WAIT
        self._is_drawn = False

    def part(self, what: str, fraction: float) -> None:
        now = time.monotonic()
        if now >= self._next:
            self._next, self._is_drawn = now + 1 / REDRAWN, True
            self._draw(f"{self._what}: {what}" if what != self._what else what, min(max(fraction, 0.0), 1.0))

    def end(self) -> None:
        if self._is_drawn:
            self._draw("", None)

    def _draw(self, text: str, fraction: float | None) -> None:
        with suppress(Exception):  # a stream that is closed, a notebook of another kind: what is computed goes on
            self._place(printable(text), fraction)


def _place() -> Callable[[str, float | None], None] | None:
    """Where a bar is drawn: beneath the cell of a notebook, on a terminal that can redraw a line, or nowhere."""
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    if shell is not None and hasattr(shell, "kernel"):
        return _Cell().draw
    with suppress(AttributeError, ValueError):  # there is no stream, or it is closed
        if sys.stderr.isatty() and os.environ.get("TERM", "") not in ("dumb", "unknown"):
            return _draw_on_terminal
    return None


def _draw_on_terminal(text: str, fraction: float | None) -> None:
    bar = "" if fraction is None else f"{'#' * round(20 * fraction):20} {fraction:4.0%}  {text[:40]}"
    sys.stderr.write(f"\r{bar}\x1b[K")
    sys.stderr.flush()


class _Cell:
    """The bar beneath a cell, one output that is drawn anew, and empty at the end."""

    def __init__(self) -> None:
        self._handle: Any = None

    def draw(self, text: str, fraction: float | None) -> None:
        bar = "" if fraction is None else f"<progress max='1' value='{fraction:.3f}'></progress> {escape(text)}"
        data = {"text/html": bar, "text/plain": ""}
        if self._handle is None:
            display = import_module("IPython.display").display
            self._handle = display(data, raw=True, display_id=True)
        else:
            self._handle.update(data, raw=True)
