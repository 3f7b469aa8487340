"""A cluster of Dask: any scheduler that runs, by its address. Its workers have this package and its version.

Dask runs what it gets in threads, and Brian2 needs the main thread of a process: each thread of a worker has a process
of its own, which ends with it.
"""

import os
import pickle
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from typing import Any

from plasticity import __version__
from plasticity.errors import ArgumentError, MissingPackage, SimulationError, said, told
from plasticity.runs.sweeping.computing import Crew, Submit, WorkerDied
from plasticity.runs.sweeping.outcomes import Found, Subject
from plasticity.runs.sweeping.plan import Point
from plasticity.surroundings import ONE_THREAD

SECONDS = 5  # to reach a scheduler, our choice: one that runs answers in a tenth of one
_ADDRESS = re.compile(r"(tcp|tls|ws|wss|ucx|inproc)://\[?([^/\]\s]+?)\]?:?(\d{1,5})?(?:/.*)?")
_LENGTH = 8  # bytes that say how long a message is
_MINE = threading.local()  # the process of each thread of a worker


@contextmanager
def cluster(address: str) -> Iterator[Crew]:
    """What opens the workers of the scheduler at `address`, such as tcp://host:8786; all of them at once.

    raises MissingPackage without Dask; ArgumentError for a scheduler that does not answer, or has other versions
    """
    if find_spec("distributed") is None:
        raise MissingPackage("Dask is not installed; run: pip install 'plasticity-lab[cluster]'")
    client = _client(address)
    try:
        _require_alike(client)
        with _scheduler_there(address):
            yield lambda n: _workers(client)
    finally:
        client.close(timeout=SECONDS)


@contextmanager
def _workers(client: Any) -> Iterator[Submit]:
    from cloudpickle import dumps

    executor = client.get_executor(pure=False)

    def submit(subject: Subject, points: Sequence[Point]) -> "Future[Found]":
        return _told(executor.submit(_computed, dumps((subject, list(points)))))

    yield submit


def _told(theirs: "Future[Found]") -> "Future[Found]":
    """The same, but for a piece that Dask gives up, for it killed its workers, which is told as ours are."""
    ours: Future[Found] = Future()

    def tell(done: "Future[Found]") -> None:
        if done.cancelled():
            ours.cancel()
            ours.set_running_or_notify_cancel()
        elif (error := done.exception()) is None:
            ours.set_result(done.result())
        else:
            ours.set_exception(WorkerDied(str(error)) if type(error).__name__ == "KilledWorker" else error)

    theirs.add_done_callback(tell)
    return ours


def _client(address: str) -> Any:
    """A connection to the scheduler."""
    import logging

    from distributed import Client

    for name in ("distributed", "distributed.client", "tornado.application"):  # its settings name the second apart
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what they say of lost connections, we say in one line
    try:
        _knock(address)
        return Client(address, timeout=SECONDS, set_as_default=False)
    except ArgumentError:
        raise
    except Exception as error:  # of its many layers
        reason = told(error).partition(":")[0]
        raise ArgumentError(
            f"no scheduler of Dask answers at {said(address)} within {SECONDS} s ({reason}); start one with "
            "'dask scheduler', and give its address, as tcp://host:8786"
        ) from None


def _knock(address: str) -> None:
    """Raise OSError where nobody listens, or says anything: Dask itself would try again, or wait for ever."""
    found = _ADDRESS.fullmatch(address)
    if not found:
        raise ArgumentError(f"the scheduler is {said(address)}; an address such as tcp://host:8786 is allowed")
    if found[1] in ("tcp", "tls") and found[3]:
        with socket.create_connection((found[2], int(found[3])), timeout=SECONDS) as listener:
            if found[1] == "tcp" and not listener.recv(1):  # a scheduler greets first
                raise OSError("it closes the connection")


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
def _scheduler_there(address: str) -> Iterator[None]:
    """A scheduler that goes away has its pieces cancelled, which is told as what it is."""
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
        found = pickle.loads(_read(child.stdout))
    except (OSError, EOFError):
        child.kill()
        with suppress(OSError):  # what was not written any more
            child.communicate()
        raise WorkerDied("the process of a worker ended") from None
    if isinstance(found, str):
        raise ArgumentError(f"a worker cannot read what is swept ({found}); install the module that defines it there")
    return found


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
            message = _read(sys.stdin.buffer)
        except EOFError:
            return
        try:
            subject, points = pickle.loads(message)
        except Exception as error:
            _write(answers, pickle.dumps(told(error)))
        else:
            _write(answers, pickle.dumps(found_by(subject, points)))


if __name__ == "__main__":
    _serve()
