"""Ways to do one piece of work, measured in turns, and rows that compare their medians."""

import contextlib
import shutil
import statistics
import subprocess
import tarfile
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from importlib.util import find_spec
from pathlib import Path

from measuring import HERE, Failed, Figures, figures_of_job, figures_of_process

TODAY = "01fd461"  # the commit that gains are counted from
ROUNDING = 1e-9  # of long sums in another order, relative


@dataclass(frozen=True)
class Way:
    """One way to do the work of a race.

    job     : `module.function` beside this file, which hands out the work
    command : in place of a job, the arguments of a Python process that is measured as a whole
    read    : facts from what the command printed
    needs   : packages and programs; without them it does not run
    without : packages that it is not let to import
    is_today: whether it runs with the package as it was at TODAY
    is_cold : whether it finds nothing that was compiled before
    most    : how often it is run at most, because it is slow
    """

    job: str = ""
    command: tuple[str, ...] = ()
    read: Callable[[str], Figures] = lambda printed: {}
    needs: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    is_today: bool = False
    is_cold: bool = False
    most: int = 99

    @property
    def missing(self) -> list[str]:
        """What it needs and is not there."""
        return [name for name in self.needs if not (shutil.which(name) or find_spec(name))]


@dataclass(frozen=True)
class Row:
    """A line of the table: what one way takes, by what another takes; or, without another, as it is.

    target : the most that it may be: a number or a fraction, and its unit; empty for what is only told
    figure : which of the figures are compared
    reason : why the target is missed, from a profile
    """

    what: str
    against: str
    target: str
    ours: str
    theirs: str = ""
    figure: str = "seconds"
    reason: str = ""

    @property
    def limit(self) -> float:
        """The target as a number."""
        return float(Fraction(self.target.split()[0])) if self.target else float("inf")


@dataclass(frozen=True)
class Race:
    """Ways by name, rows that compare them, and what shows that all do the same work.

    alike : {fact: by how much it may differ between two ways, relative to the larger}
    equal : ways that have the same input, and must agree to rounding
    """

    name: str
    ways: Mapping[str, Way]
    rows: Sequence[Row]
    alike: Mapping[str, float] = field(default_factory=dict)
    equal: tuple[str, ...] = ()


@dataclass(frozen=True)
class Results:
    """The medians of every way that ran, and why the others did not."""

    medians: Mapping[str, Figures]
    reasons: Mapping[str, str]


def run(race: Race, names: Sequence[str], repeats: int, today: Path | None) -> Results:
    """Measure the ways that are named, in turns. Raises Failed where two of them do not do the same work."""
    found: dict[str, list[Figures]] = {name: [] for name in names}
    reasons = {
        name: f"not installed: {', '.join(race.ways[name].missing)}" for name in names if race.ways[name].missing
    }
    for repeat in range(repeats):
        for name in names if repeat % 2 else reversed(names):
            if name not in reasons and repeat < race.ways[name].most:
                try:
                    found[name].append(figures(race.ways[name], today))
                except Failed as error:
                    reasons[name] = str(error)
    medians = {name: _median(several) for name, several in found.items() if several and name not in reasons}
    _require_alike(race, medians)
    return Results(medians, reasons)


def figures(way: Way, today: Path | None) -> Figures:
    """What a way takes, once."""
    environment = {"WITHOUT": ",".join(way.without)}
    if way.is_today:
        if today is None:
            raise Failed(f"the commit {TODAY} is not there")
        environment["PYTHONPATH"] = str(today)
    with tempfile.TemporaryDirectory() as empty:
        if way.is_cold:
            environment["PLASTICITY_CACHE"] = empty
        if way.job:
            return figures_of_job(way.job, environment=environment)
        found, printed = figures_of_process(way.command, environment)
        return {**found, **way.read(printed)}


@contextlib.contextmanager
def tree_of_today() -> Iterator[Path | None]:
    """A folder with the package as it was, for PYTHONPATH; None where git does not have it."""
    with tempfile.TemporaryDirectory() as folder:
        archive, tree = Path(folder) / "tree.tar", Path(folder) / "tree"
        command = ["git", "archive", "-o", str(archive), TODAY]
        if not shutil.which("git") or subprocess.run(command, cwd=HERE.parent, capture_output=True).returncode:
            yield None
            return
        with tarfile.open(archive) as packed:
            packed.extractall(tree, filter="data")
        (tree / "plasticity" / "experiments").symlink_to(tree / "experiments")  # where an installation has them
        yield tree


def _median(several: Sequence[Figures]) -> Figures:
    return {name: statistics.median(one[name] for one in several) for name in several[0]}


def _require_alike(race: Race, medians: Mapping[str, Figures]) -> None:
    equal = {name: figures for name, figures in medians.items() if name in race.equal}
    asked = [(fact, allowed, medians) for fact, allowed in race.alike.items()]
    asked += [(fact, ROUNDING, equal) for fact in race.alike]
    for fact, allowed, of in asked:
        values = {name: figures[fact] for name, figures in of.items() if fact in figures}
        if values and max(values.values()) - min(values.values()) > allowed * max(map(abs, values.values())):
            said = ", ".join(f"{name} {value:.6g}" for name, value in values.items())
            raise Failed(f"{race.name}: not the same work, {fact}: {said}")
