"""A second process computes part of the answers: the same ones, and never those that it cannot find."""

from dataclasses import replace

import pytest

from plasticity.errors import DivergenceError
from plasticity.quiz import LECTURE, Answer, Solution, sharing
from plasticity.quiz.sharing import FEWEST, LONGEST, Shared

SECTIONS = ("gates", "perceptron", "forward-backward")
IDS = [id for id in LECTURE if LECTURE.section(id) in SECTIONS]


def shared(solutions, *, n_processes, seed=0):
    found = Shared(solutions, "numpy", seed=seed, n_processes=n_processes)
    try:
        return {id: found.answer(id) for id in solutions}
    finally:
        found.close()


def test_two_processes_find_what_one_finds():
    solutions = {id: LECTURE[id].solution.seeded(3) for id in IDS}
    assert len(IDS) >= FEWEST
    one, two = (shared(solutions, n_processes=n, seed=3) for n in (1, 2))
    assert {id: repr(answer) for id, answer in one.items()} == {id: repr(answer) for id, answer in two.items()}


def test_the_second_process_is_given_work(monkeypatch):
    here = []
    monkeypatch.setattr(sharing, "_computed", lambda solutions, target: here.extend(solutions) or {})
    found = Shared({id: LECTURE[id].solution for id in IDS}, "numpy", seed=0, n_processes=2)
    assert len(found._away) >= FEWEST and not here
    found.close()


def test_what_was_set_anew_is_computed_here():
    own = Solution(lambda _: 7, lambda n: Answer({"n": n}, [], {}), None)
    solutions = {id: LECTURE[id].solution for id in IDS} | {"own": own}
    assert shared(solutions, n_processes=2)["own"].measurements == {"n": 7}


def test_a_scenario_of_ones_own_is_computed_here():
    solutions = {id: LECTURE[id].solution for id in IDS}
    solutions["and-gate"] = replace(solutions["and-gate"], parameters=None)
    found = Shared(solutions, "numpy", seed=0, n_processes=2)
    found.close()
    assert not any("and-gate" in ids for ids in found._away) and any("not-gate" in ids for ids in found._away)


def test_an_error_of_a_study_is_raised_where_its_answer_is_asked_for():
    def fails(_):
        raise DivergenceError("it left the finite range")

    with pytest.raises(DivergenceError):
        shared({"own": Solution(fails, lambda n: n, None)}, n_processes=2)


class Noted(list):
    """What a second process is given to do, without one."""

    def submit(self, _, ids, seed):
        self.append(ids)


def test_the_second_process_begins_with_what_takes_longest(monkeypatch):
    given = Noted()
    monkeypatch.setattr(sharing, "ProcessPoolExecutor", lambda *_, **__: given)
    Shared({id: LECTURE[id].solution for id in [*IDS, *reversed(LONGEST)]}, "numpy", seed=0, n_processes=2)
    assert [ids[0] for ids in given[: len(LONGEST)]] == list(LONGEST) and len(given) > len(LONGEST)


def test_what_takes_longest_is_asked_in_the_lecture_and_not_simulated():
    assert not [id for id in LONGEST if LECTURE[id].solution.simulates]
