"""A Python file that a person names, run: the records in it, and all that is wrong with them.

It is their code, and is run as Python runs it; what it prints goes to stderr.
"""

import contextlib
import importlib
import sys
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from plasticity import files
from plasticity.ask import Question
from plasticity.errors import InputError, PlasticityError, told
from plasticity.experiment import Experiment
from plasticity.faults import Fault, Gathered, gathering
from plasticity.neurons import Neuron
from plasticity.protocols import Protocol
from plasticity.quiz.pages import Asked
from plasticity.rules import Rule

KINDS = (Rule, Neuron, Protocol, Experiment, Asked, Question)


@dataclass(frozen=True)
class Ran:
    """What a file holds.

    records : {name that it is assigned to: record}, those without faults
    broken  : the others
    faults  : what is wrong with these
    """

    records: dict[str, Any]
    broken: tuple[Any, ...]
    faults: tuple[Fault, ...]


@contextlib.contextmanager
def ran(path: Path) -> Iterator[Ran]:
    """Run a file; inside, its records can be used, and afterwards its modules are forgotten.

    raises InputError, with line and reason, for what stops it and does not follow from a fault
    """
    source = files.text_of(path)
    with _as_its_own(path) as module:
        with gathering() as gathered:
            stop = _stop(source, path, module)
            if stop and not gathered.faults:
                raise InputError(_line(path, stop))
            if stop:
                gathered.faults.append(stop._replace(text=f"{stop.text}; what follows it was not read"))
        broken = tuple(one for one in gathered.broken if isinstance(one, KINDS))
        yield Ran(_records({} if stop else vars(module), gathered), broken, tuple(gathered.faults))


def _stop(source: str, path: Path, module: ModuleType) -> Fault | None:
    """What stops a file that is run; None where nothing does."""
    try:
        with contextlib.redirect_stdout(sys.stderr):
            if module.__package__:
                importlib.import_module(module.__package__)
            sys.modules[module.__name__] = module
            exec(compile(source, str(path), "exec"), module.__dict__)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # other people's code may raise anything, and may exit
        return _where(error, path)
    return None


@contextlib.contextmanager
def stopped(path: Path) -> Iterator[None]:
    """Around what calls the code of a file: whatever it raises becomes an InputError with its line there."""
    try:
        with contextlib.redirect_stdout(sys.stderr):
            yield
    except (KeyboardInterrupt, MemoryError):
        raise
    except BaseException as error:  # other people's code may raise anything, and may exit
        raise InputError(_line(path, _where(error, path))) from error


def _records(held: dict[str, Any], gathered: Gathered) -> dict[str, Any]:
    """The records by the names that they are assigned to, each once.

    Names that begin with _ are nobody's business, and what an experiment lists as its records are its tools.
    """
    found: dict[str, Any] = {}
    tools = [one for thing in held.values() if isinstance(thing, Experiment) for one in thing.records]
    for name, thing in held.items():
        is_new = not any(thing is other for other in (*found.values(), *gathered.broken, *tools))
        if isinstance(thing, KINDS) and not name.startswith("_") and is_new:
            found[name] = thing
    return found


@contextlib.contextmanager
def _as_its_own(path: Path) -> Iterator[ModuleType]:
    """The module that a file becomes: of its package, where it lies in one, and beside what it imports."""
    whole = path.resolve()
    packages = _packages(whole)
    module = ModuleType(".".join([*packages, *([] if whole.stem == "__init__" and packages else [whole.stem])]))
    module.__file__, module.__package__ = str(path), ".".join(packages)
    root, before, writes = str(whole.parents[len(packages)]), dict(sys.modules), sys.dont_write_bytecode
    sys.path.insert(0, root)
    sys.dont_write_bytecode = True  # nothing is written beside somebody's file
    try:
        yield module
    finally:
        sys.dont_write_bytecode = writes
        with contextlib.suppress(ValueError):
            sys.path.remove(root)
        first = module.__name__.partition(".")[0]
        for name in [name for name in sys.modules if name.partition(".")[0] == first]:
            if name in before:
                sys.modules[name] = before[name]
            else:
                del sys.modules[name]


def _packages(path: Path) -> list[str]:
    """The packages that a file lies in, the outermost first."""
    found: list[str] = []
    for folder in path.parents:
        if not (folder / "__init__.py").is_file():
            break
        found.insert(0, folder.name)
    return found


def _where(error: BaseException, path: Path) -> Fault:
    """What stopped a file, and at which of its lines."""
    if isinstance(error, SyntaxError):
        return Fault(f"no Python: {error.msg}", str(path), error.lineno or 0)
    text = str(error) if isinstance(error, PlasticityError) else told(error)
    text = f"it exits (status {error.code}) instead of defining records" if isinstance(error, SystemExit) else text
    places = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(path)]
    return Fault(text, str(path), (places[-1] if places else 0) or 0)


def _line(path: Path, fault: Fault) -> str:
    place = f", line {fault.line}" if fault.line else ""
    return f"{files.named(path)}{place}: {fault.text}"
