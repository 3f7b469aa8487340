"""Which engines compute: each tells, whoever writes a manifest listens, and neither knows the other."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_NOTES: ContextVar[set[str] | None] = ContextVar("plasticity_engines", default=None)


def note(engine: str) -> None:
    """Tell whoever keeps a list that an engine computes: 'events', 'compiled', 'brian2 numpy', ..."""
    if (found := _NOTES.get()) is not None:
        found.add(engine)


@contextmanager
def noted() -> Iterator[set[str]]:
    """The names of the engines that compute inside."""
    found = set[str]()
    token = _NOTES.set(found)
    try:
        yield found
    finally:
        _NOTES.reset(token)
