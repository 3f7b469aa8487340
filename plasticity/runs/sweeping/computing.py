"""Who computes the points of a sweep: this process, processes of this machine, or a cluster of Dask."""

import math
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, wait
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from plasticity.progress import listening
from plasticity.runs.sweeping.outcomes import Found, Outcome, Subject, found_by
from plasticity.runs.sweeping.plan import Point
from plasticity.surroundings import cores

MOST_DEATHS = 2  # of processes that compute a piece alone; our choice: one may be bad luck
PATIENCE = 1.0  # seconds, our choice: a sweep that is over by then needs no other process, which takes as long to start
Pieces = Mapping[int, Sequence[Point]]
Submit = Callable[[Subject, Sequence[Point]], "Future[Found]"]
# What opens workers, as many as asked for; inside, a piece can be submitted
Crew = Callable[[int], AbstractContextManager[Submit]]
Computed = Iterator[tuple[int, Found]]


class WorkerDied(BrokenExecutor):
    """The process that computed a piece ended before it was done."""


@contextmanager
def crew_of(subject: Subject, workers: int | str | None) -> Iterator[Crew]:
    """What opens the workers, after a look at whether they can be had.

    workers : how many processes; or the address of a scheduler of Dask; None for as many as pay
    raises ArgumentError for a scheduler that does not answer, or a function that other processes cannot find
    """
    if isinstance(workers, str):
        from plasticity.runs.sweeping.cluster import cluster  # Dask takes a second to load

        with cluster(workers) as crew:
            yield crew
        return
    from plasticity.runs.sweeping.processes import processes, require_sendable

    if workers != 1:
        require_sendable(subject)
    yield processes


def computed(subject: Subject, pieces: Pieces, workers: int | str | None, crew: Crew) -> Computed:
    """What came of each piece, as they are done, whatever the order; in this process, where that is quicker.

    workers : as `crew_of` takes them
    """
    numbers = list(pieces)
    n = len(pieces) if isinstance(workers, str) else workers or cores()
    patience = 0.0 if n > 1 else math.inf
    if workers is None and (subject.is_quick or len(pieces) < 2):
        patience = max(patience, PATIENCE)
    done = 0
    for number, found in _here(subject, pieces, numbers, patience):
        done += 1
        yield number, found
    if numbers[done:]:
        yield from _by(crew, subject, pieces, numbers[done:], min(n, len(numbers) - done))


def _here(subject: Subject, pieces: Pieces, numbers: Sequence[int], seconds: float) -> Computed:
    """In this process; no further piece is begun after so many seconds."""
    begin = time.monotonic()
    for number in numbers:
        if time.monotonic() - begin >= seconds:
            return
        with listening(_nobody):  # how far the whole sweep is, is told instead
            found = found_by(subject, pieces[number])
        yield number, found


def _by(crew: Crew, subject: Subject, pieces: Pieces, numbers: Sequence[int], n: int) -> Computed:
    """By workers, which may die: what they computed is computed again, and has failed if that kills others too."""
    left, deaths = dict.fromkeys(numbers), Counter[int]()
    while left:
        doubtful = [number for number in left if deaths[number]]
        # One at a time, so that a death tells whose it is
        todo = deque(doubtful or left)
        with crew(1 if doubtful else n) as submit:
            for number, found in _flown(submit, subject, pieces, todo, 1 if doubtful else 2 * n):
                if found is not None:
                    del left[number]
                    yield number, found
                    continue
                deaths[number] += 1
                if doubtful and deaths[number] > MOST_DEATHS:
                    del left[number]
                    yield number, _died(pieces[number])


def _flown(
    submit: Submit, subject: Subject, pieces: Pieces, todo: "deque[int]", most: int
) -> Iterator[tuple[int, Found | None]]:
    """What came of the pieces; None for those whose worker died, after which no other is begun.

    most : as many are under way at once
    """
    flying, is_whole = dict[Future[Found], int](), True
    while flying or (todo and is_whole):
        while todo and is_whole and len(flying) < most:
            try:
                flying[submit(subject, pieces[todo[0]])] = todo[0]
                todo.popleft()
            except BrokenExecutor:
                is_whole = False
        for future in wait(flying, return_when=FIRST_COMPLETED).done:
            number = flying.pop(future)
            try:
                yield number, future.result()
            except BrokenExecutor:
                is_whole = False
                yield number, None


def _died(points: Sequence[Point]) -> Found:
    reason = f"the process that computed it ended, {MOST_DEATHS + 1} times: it was killed, or ran out of memory"
    return Found({point.number: Outcome(None, reason) for point in points}, {})


def _nobody(what: str, fraction: float) -> Any:
    """Hears how far a part is, and shows it to nobody."""
