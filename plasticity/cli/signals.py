"""Signals that end a process are treated as ctrl-C, so that what is half-done is cleared away first."""

import signal
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from types import FrameType

_ENDING = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))


class Ended(KeyboardInterrupt):
    """A signal asked this process to end: the usual end of a job on a cluster, or of a terminal that closes."""

    def __init__(self, number: int) -> None:
        super().__init__(signal.Signals(number).name)
        self.status = 128 + number


@contextmanager
def ended_as_by_ctrl_c() -> Iterator[None]:
    """Raise Ended where a signal comes that would end this process; one that is ignored, as by nohup, stays so."""

    def end(number: int, frame: FrameType | None) -> None:
        raise Ended(number)

    with ExitStack() as undo:
        if threading.current_thread() is threading.main_thread():  # no other may set what signals do
            for number in _ENDING:
                if signal.getsignal(number) == signal.SIG_DFL:
                    undo.callback(signal.signal, number, signal.SIG_DFL)
                    signal.signal(number, end)
        yield


def status_of(stop: BaseException) -> int:
    """The exit status after ctrl-C or a signal, as shells have it: 128 and the signal's number."""
    while stop.__cause__ is not None:  # click has its own error for both
        stop = stop.__cause__
    return stop.status if isinstance(stop, Ended) else 130
