"""The work of many questions, shared between this process and a second one where there is a second core.

Questions that share a study with the same parameters share its run, and are answered together. What simulates stays
here, for Brian2 runs in the main thread and takes a second to load. The second process begins with those of the others
that take longest, so that none of these comes last; this one, when it has nothing else to do, begins at their end.
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import Any

from plasticity.errors import ArgumentError
from plasticity.quiz.contents import LECTURE
from plasticity.quiz.record import Answer, Solution
from plasticity.surroundings import ONE_THREAD, end_with_the_first, environment

FEWEST = 6  # studies that a second process could take; with fewer, starting it costs more than it saves (0.5 s)
# What takes longest of all that is not simulated, as measured, 3 s to 0.2 s; of the others none matters
LONGEST = (
    "stacked-autoencoder",
    "one-layer-stuck-less",
    "similar-inputs-similar-codes",
    "bottleneck-kinds",
    "autoencoder-goals",
    "sgd-path",
    "perceptron-convergence",
    "one-hot-separable",
    "one-hot-no-likeness",
    "perceptron-step-logic",
)
Group = tuple[str, ...]  # the ids of questions that share a run


class Shared:
    """The answers to questions, computed when they are asked for, or meanwhile by the second process.

    solutions : {id: solution as it is set up}
    """

    def __init__(self, solutions: Mapping[str, Solution], target: str, *, seed: int, n_processes: int) -> None:
        self._solutions, self._target = solutions, target
        self._groups = _groups(solutions)
        self._found: dict[str, Answer] = {}
        away = [ids for ids in dict.fromkeys(self._groups.values()) if _can_leave(ids, solutions, seed)]
        self._pool: ProcessPoolExecutor | None = None
        self._away: dict[Group, Future[dict[str, Answer]]] = {}
        if n_processes > 1 and len(away) >= FEWEST:
            self._pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=end_with_the_first)
            with environment(ONE_THREAD):  # which the second process begins with
                self._away = {ids: self._pool.submit(answers, ids, seed) for ids in sorted(away, key=_place)}

    def answer(self, id: str) -> Answer:
        """The answer to one of the questions."""
        ids = self._groups[id]
        while id not in self._found:
            future = self._away.pop(ids, None)
            if future is None or future.cancel():
                self._found |= _computed({id: self._solutions[id] for id in ids}, self._target)
            elif future.done() or not self._take_last():
                self._found |= _taken(future)
            else:
                self._away[ids] = future
        return self._found[id]

    def close(self) -> None:
        """Let the second process end."""
        if self._pool is not None:
            # While Python ends, what has not been waited for can stumble over the pipe that it has closed
            self._pool.shutdown(wait=not self._away, cancel_futures=True)

    def _take_last(self) -> bool:
        """Compute here what the second process would come to last; False when it has begun with all."""
        for ids, future in reversed(self._away.items()):
            if future.cancel():
                del self._away[ids]
                self._found |= _computed({id: self._solutions[id] for id in ids}, self._target)
                return True
        return False


def answers(ids: Group, seed: int) -> dict[str, Answer]:
    """The answers to questions of the lecture that share a study, as a second process computes them."""
    return _computed({id: LECTURE[id].solution.seeded(seed) for id in ids}, "auto")


def _place(ids: Group) -> int:
    """Where in the row of the second process."""
    return min(LONGEST.index(id) if id in LONGEST else len(LONGEST) for id in ids)


def _taken(future: Future[dict[str, Answer]]) -> dict[str, Answer]:
    try:
        return future.result()
    except BrokenProcessPool:
        raise ArgumentError(
            "the second process ended before it answered: have a script ask below `if __name__ == '__main__':`, "
            "or with n_processes=1"
        ) from None


def _computed(solutions: Mapping[str, Solution], target: str) -> dict[str, Answer]:
    result = next(iter(solutions.values())).result(target)
    return {id: solution.answer(result) for id, solution in solutions.items()}


def _groups(solutions: Mapping[str, Solution]) -> dict[str, Group]:
    """{id: the ids that share its study and parameters}"""
    shared: dict[Any, list[str]] = {}
    for id, solution in solutions.items():
        shared.setdefault((solution.study, solution.parameters), []).append(id)
    return {id: tuple(ids) for ids in shared.values() for id in ids}


def _can_leave(ids: Sequence[str], solutions: Mapping[str, Solution], seed: int) -> bool:
    """Whether a second process finds the same by id and seed, and need not simulate."""
    return all(
        id in LECTURE and not solutions[id].simulates and solutions[id] == LECTURE[id].solution.seeded(seed)
        for id in ids
    )
