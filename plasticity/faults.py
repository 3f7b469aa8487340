"""Faults of records: the first one is raised where a record is made; all are gathered where somebody's file is checked.

A record says its checks in stages. Those of one stage do not need each other, and each stage needs the one before it:
no unit is looked at in a rule whose parameters are no parameters.
"""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, NamedTuple, TypeVar

from plasticity.errors import PlasticityError, outside

Check = Callable[[], object]
R = TypeVar("R")


class Fault(NamedTuple):
    """What is wrong: the message, and where the record is made, a file and its line."""

    text: str
    file: str = ""
    line: int = 0


@dataclass
class Gathered:
    """The faults found so far, each once, and the records that have one."""

    faults: list[Fault] = field(default_factory=list)
    broken: list[Any] = field(default_factory=list)

    def add(self, error: PlasticityError) -> None:
        frame = sys._getframe(outside() - 1)
        fault = Fault(str(error), frame.f_code.co_filename, frame.f_lineno)
        if fault not in self.faults:
            self.faults.append(fault)


_GATHERED: ContextVar[Gathered | None] = ContextVar("plasticity_faults", default=None)


@contextmanager
def gathering() -> Iterator[Gathered]:
    """Inside, a record with faults is made all the same, and what is wrong with it is put aside."""
    gathered = Gathered()
    token = _GATHERED.set(gathered)
    try:
        yield gathered
    finally:
        _GATHERED.reset(token)


def require(record: object, stages: Iterable[Iterable[Check]]) -> None:
    """Do every check of a record that is made. Raises what the first one that fails raises, unless faults are gathered:
    then the others of its stage are done, too."""
    gathered = _GATHERED.get()
    for stage in stages:
        failed = [check for check in stage if not _passes(check, gathered)]
        if failed and gathered is not None:
            gathered.broken.append(record)
            return


def in_one(check: Callable[[R], None]) -> Callable[[R], None]:
    """A `__post_init__` whose first fault hides the others, for small records."""

    @wraps(check)
    def checked(record: R) -> None:
        require(record, [[lambda: check(record)]])

    return checked


def is_broken(record: object) -> bool:
    """Whether faults are gathered, and the record has one, so that what it holds may be anything."""
    gathered = _GATHERED.get()
    return gathered is not None and any(one is record for one in gathered.broken)


def refuse(error: PlasticityError) -> None:
    """Raise the error: a check that has been done."""
    raise error


def _passes(check: Check, gathered: Gathered | None) -> bool:
    if gathered is None:
        check()
        return True
    try:
        check()
    except PlasticityError as error:
        gathered.add(error)
        return False
    except Exception:
        if not gathered.faults:
            raise
        return False  # it follows from a fault that is told already
    return True
