"""How far a long computation is: whoever computes tells, whoever shows listens, and neither knows the other."""

from collections.abc import Callable, Iterable, Iterator, Sized
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

T = TypeVar("T")
Listener = Callable[[str, float], None]  # what is going on, and the part of it that is done, 0 to 1

_LISTENER: ContextVar[Listener | None] = ContextVar("plasticity_progress", default=None)


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
    token = _LISTENER.set(listener)
    try:
        yield
    finally:
        _LISTENER.reset(token)
