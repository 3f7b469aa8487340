"""A sweep from its axes to its folder: what is missing is computed and written, then the table, array and picture."""

import time
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from plasticity import files
from plasticity.errors import OutputError, PlasticityWarning
from plasticity.inputs import count
from plasticity.inputs import seed as checked_seed
from plasticity.memory import require_memory, written_seconds
from plasticity.plots import picture, told_caption
from plasticity.plots.figure import check_format
from plasticity.plots.look import WHOLE, Look
from plasticity.progress import tell
from plasticity.runs.sweeping import folder as folders
from plasticity.runs.sweeping import picture as pictures
from plasticity.runs.sweeping.batches import batches
from plasticity.runs.sweeping.computing import Crew, computed, crew_of
from plasticity.runs.sweeping.loading import load_swept, told_of
from plasticity.runs.sweeping.outcomes import Found, Subject
from plasticity.runs.sweeping.plan import Plan, Point
from plasticity.runs.sweeping.table import Swept, array_bytes, swept, table_bytes

_BYTES_A_POINT = 2000.0  # of its numbers as Python objects, measured: of five


@dataclass(frozen=True)
class Where:
    """Where a sweep is computed, and left.

    workers : how many processes, or the address of a scheduler; None for as many as pay
    folder  : that it leaves; None for none
    resume  : go on with what is in the folder
    format  : of the picture
    look    : its size, panel and caption
    """

    workers: int | str | None = 1
    folder: Path | None = None
    resume: bool = False
    format: str = "png"
    look: Look = WHOLE


def plan_of(subject: Subject, given: Mapping[str, Sequence[Any]], seeds: Any = 1, seed: Any = 0) -> Plan:
    """The points, each axis checked. Raises as the subject does, ArgumentError for numbers of seeds that cannot be."""
    n_seeds = count(seeds, "the number of seeds", most=10_000_000)
    return Plan(subject.axes(given), n_seeds, checked_seed(seed))


def run_sweep(subject: Subject, plan: Plan, where: Where) -> Swept:
    """Compute the points that are missing, and leave a folder where one is asked for.

    raises OutputError for a folder that exists, or cannot be written; InputError for that of another sweep
    """
    check_format(where.format)
    require_memory(_BYTES_A_POINT * plan.n, f"a sweep of {plan.n} points")
    facts = subject.facts()
    asked = facts | {
        "axes": {axis.name: list(axis.texts) for axis in plan.axes},
        "seeds": plan.n_seeds,
        "seed": plan.seed,
        "format": where.format,
    }
    folder = None if where.folder is None else files.path_of(where.folder, OutputError)
    if folder is None:
        with crew_of(subject, where.workers) as crew:
            return _computed(subject, plan, where, crew)
    if not where.resume:
        folders.check_new(folder)
    elif folders.is_done(folder, asked):
        return load_swept(folder)
    with crew_of(subject, where.workers) as crew, folders.held_folder(folder, asked):
        done = _computed(subject, plan, replace(where, folder=folder), crew)
        image = picture(
            lambda figure: pictures.draw(done, figure),
            size=pictures.size(done),
            caption=pictures.caption(done),
            title=pictures.title(done),
            format=where.format,
            look=where.look,
        )
        contents = {"table.csv": table_bytes(done), "arrays.npz": array_bytes(done), f"figure.{where.format}": image}
        contents["caption.txt"] = f"{told_caption(pictures.caption(done))}\n".encode()
        folders.finish(folder, asked, told_of(done), contents)
    return done


def _computed(subject: Subject, plan: Plan, where: Where, crew: Crew) -> Swept:
    """All points, those that the folder holds read from there."""
    numbers = {k: piece.tolist() for k, piece in enumerate(batches(subject, plan))}
    found = folders.read_pieces(where.folder, numbers) if where.folder else dict[int, Found]()
    left = Pieces(plan, {k: piece for k, piece in numbers.items() if k not in found})
    done, begin = sum(len(numbers[k]) for k in found), time.monotonic()
    facts, before = subject.facts(), done
    what = facts["named"]
    tell(f"sweeping {what}: {done} of {plan.n} points", done / plan.n)
    for number, piece in computed(subject, left, where.workers, crew):
        if where.folder:
            folders.write_piece(where.folder, number, piece)
        found[number] = piece
        done += len(piece.outcomes)
        seconds = (time.monotonic() - begin) * (plan.n - done) / (done - before)
        tell(
            f"sweeping {what}: {done} of {plan.n} points, about {written_seconds(float(f'{seconds:.2g}'))} left",
            done / plan.n,
        )
    for text in dict.fromkeys(text for number in sorted(found) for text in found[number].warnings):
        warnings.warn(text, PlasticityWarning, stacklevel=2)
    return swept(plan, facts, found)


class Pieces(Mapping[int, Sequence[Point]]):
    """The points of each piece, made when it is asked for: those of a million points take a gigabyte."""

    def __init__(self, plan: Plan, numbers: Mapping[int, Sequence[int]]) -> None:
        self._plan, self._numbers = plan, numbers

    def __getitem__(self, piece: int) -> Sequence[Point]:
        return [self._plan.point(number) for number in self._numbers[piece]]

    def __iter__(self) -> Iterator[int]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)
