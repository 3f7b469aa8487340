"""Signals that would stop us are held while names change, so that no cleaning up is itself cut short."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from types import FrameType

# ctrl-C; the usual end of a job on a cluster; a terminal that closes
STOPPING = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))


class Held:
    """The signals that came meanwhile."""

    def __init__(self) -> None:
        self.handlers: dict[int, Callable | int] = {}
        self._came: list[int] = []

    def note(self, number: int, frame: FrameType | None) -> None:
        """What a signal does while it is held."""
        self._came.append(number)

    def heed(self) -> None:
        """At a place where nothing is half-done: let the signals that came stop us, by what they raise."""
        while self._came:
            handler = self.handlers[self._came[0]]
            if not callable(handler):  # Python leaves this signal to the system: clean up, then end by it
                raise KeyboardInterrupt
            handler(self._came.pop(0), None)

    def deliver(self) -> None:
        """After all is done: what came and was not heeded has its usual effect."""
        while self._came:
            signal.raise_signal(self._came.pop(0))


@contextmanager
def held() -> Iterator[Held]:
    """Hold the signals of STOPPING; those that came are delivered at the end.

    Only Python's main thread runs handlers; in any other nothing needs to be held.
    """
    waiting = Held()
    with ExitStack() as undo:
        undo.callback(waiting.deliver)
        if threading.current_thread() is threading.main_thread():
            for number in STOPPING:
                handler = signal.getsignal(number)
                if handler is not None and handler != signal.SIG_IGN:
                    undo.callback(signal.signal, number, handler)
                    waiting.handlers[number] = handler
                    signal.signal(number, waiting.note)
        yield waiting
