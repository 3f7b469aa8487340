"""Worker processes of this machine: started by spawn, one thread each, gone when the first process is."""

import multiprocessing
import pickle
import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager

from plasticity.errors import ArgumentError, told
from plasticity.runs.sweeping.computing import Submit
from plasticity.runs.sweeping.outcomes import Found, Subject, found_by
from plasticity.runs.sweeping.plan import Point
from plasticity.surroundings import ONE_THREAD, end_with_the_first, environment


def require_sendable(subject: Subject) -> None:
    """Raise ArgumentError for a function that other processes cannot find."""
    try:
        pickle.dumps(subject)
    except Exception as error:  # whatever an object of theirs raises
        raise ArgumentError(
            f"other processes cannot get what is swept ({told(error)}); define its functions at the top of a module, "
            "or sweep with workers=1"
        ) from None


@contextmanager
def processes(n: int) -> Iterator[Submit]:
    """`n` processes, which import once, when the first of their points comes.

    raises ArgumentError when they cannot even start
    """
    others = set(multiprocessing.active_children())
    context = multiprocessing.get_context("spawn")
    with environment(ONE_THREAD):
        pool = ProcessPoolExecutor(n, mp_context=context, initializer=_begin)
        try:
            first = pool.submit(_started)

            def submit(subject: Subject, points: Sequence[Point]) -> "Future[Found]":
                return pool.submit(found_by, subject, points)

            yield submit
            _require_started(first)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            for child in set(multiprocessing.active_children()) - others:
                child.terminate()  # what they compute, nobody waits for
            raise
        pool.shutdown(wait=True)


def _begin() -> None:
    """What a process does before its first point: ctrl-C is for the first one, which ends the others."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_the_first()


def _started() -> bool:
    return True


def _require_started(first: "Future[bool]") -> None:
    try:
        first.result()
    except BrokenProcessPool:
        raise ArgumentError(
            "the other processes ended before they could begin: have a script sweep below "
            "`if __name__ == '__main__':`, or with workers=1"
        ) from None
