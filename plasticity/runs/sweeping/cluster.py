"""A cluster of Dask: any scheduler that runs, by its address. Its workers have this package and its version.

Dask runs what it gets in threads, and Brian2 needs the main thread of a process: each thread of a worker has a process
of its own, which ends with it.
"""

import functools
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager, contextmanager
from importlib.util import find_spec
from typing import Any

from plasticity import __version__
from plasticity.errors import ArgumentError, MissingPackage, SimulationError, said, told
from plasticity.runs.sweeping.computing import Submit, WorkerDied
from plasticity.runs.sweeping.outcomes import Found, Subject
from plasticity.runs.sweeping.plan import Point
from plasticity.surroundings import ONE_THREAD

SECONDS = 5  # to reach a scheduler, our choice: one that runs answers in a tenth of one
_LENGTH = 8  # bytes that say how long a message is
_MINE = threading.local()  # the process of each thread of a worker


def cluster(address: str) -> Callable[[int], AbstractContextManager[Submit]]:
    """What opens the workers of the scheduler at `address`, such as tcp://host:8786; it is asked at once.

    raises MissingPackage without Dask; ArgumentError for a scheduler that does not answer, or has other versions
    """
    if find_spec("distributed") is None:
        raise MissingPackage("Dask is not installed; run: pip install 'plasticity-lab[cluster]'")
    return functools.partial(_workers, address)


@contextmanager
def _workers(address: str, n: int) -> Iterator[Submit]:
    from cloudpickle import dumps

    client = _client(address)
    try:
        _require_alike(client)

        def submit(subject: Subject, points: Sequence[Point]) -> "Future[Found]":
            return executor.submit(_computed, dumps((subject, list(points))))

        executor = client.get_executor(pure=False, retries=0)
        with _scheduler_there(client, address):
            yield submit
    finally:
        client.close(timeout=SECONDS)


def _client(address: str) -> Any:
    """A connection to the scheduler."""
    import logging

    from distributed import Client

    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what it says of lost connections, we say in one line
    try:
        return Client(address, timeout=SECONDS, set_as_default=False)
    except Exception as error:  # of its many layers
        reason = told(error).partition(":")[0]
        raise ArgumentError(
            f"no scheduler of Dask answers at {said(address)} within {SECONDS} s ({reason}); start one with "
            "'dask scheduler', and give its address, as tcp://host:8786"
        ) from None


def _require_alike(client: Any) -> None:
    """Raise ArgumentError unless all workers that there are have this version of this package."""
    try:
        others = client.run(_version)
    except Exception as error:
        raise ArgumentError(
            f"a worker cannot import plasticity ({told(error)}); install plasticity-lab {__version__} there"
        ) from None
    for worker, version in others.items():
        if version != __version__:
            raise ArgumentError(
                f"the worker {worker} has plasticity-lab {version}; {__version__} is here: install that"
            )


@contextmanager
def _scheduler_there(client: Any, address: str) -> Iterator[None]:
    """A scheduler that goes away has its pieces cancelled, which is told as what it is."""
    from concurrent.futures import CancelledError

    try:
        yield
    except CancelledError:
        raise SimulationError(
            f"the scheduler at {address} went away; start it, and sweep again with --resume"
        ) from None


def _version() -> str:
    return __version__


def _computed(message: bytes) -> Found:
    """On a worker: a piece, by the process that belongs to this thread."""
    child = getattr(_MINE, "child", None)
    if child is None or child.poll() is not None:
        _MINE.child = child = subprocess.Popen(
            [sys.executable, "-m", "plasticity.runs.sweeping.cluster"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, **ONE_THREAD, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
    try:
        _write(child.stdin, message)
        return pickle.loads(_read(child.stdout))
    except (OSError, EOFError):
        child.kill()
        raise WorkerDied("the process of a worker ended") from None


def _write(stream: Any, message: bytes) -> None:
    stream.write(len(message).to_bytes(_LENGTH, "big") + message)
    stream.flush()


def _read(stream: Any) -> bytes:
    """The next message. Raises EOFError when there is none."""
    length = stream.read(_LENGTH)
    message = stream.read(int.from_bytes(length, "big"))
    if len(length) < _LENGTH or len(message) < int.from_bytes(length, "big"):
        raise EOFError
    return message


def _serve() -> None:
    """The process of a worker: pieces come on its standard input, from the worker alone, until that ends."""
    from plasticity.runs.sweeping.outcomes import found_by
    from plasticity.surroundings import end_with_the_first

    end_with_the_first()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what experiments print must not get between the answers
    while True:
        try:
            subject, points = pickle.loads(_read(sys.stdin.buffer))
        except EOFError:
            return
        _write(answers, pickle.dumps(found_by(subject, points)))


if __name__ == "__main__":
    _serve()
