"""An experiment under sweep: each point is a run of it, which leaves its single numbers and what its claims measure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from plasticity.errors import ArgumentError, said, unknown
from plasticity.experiment import Experiment, fields_of
from plasticity.runs.discovery import EXPERIMENTS
from plasticity.runs.running import run
from plasticity.runs.storage import arrays_of
from plasticity.runs.sweeping.axes import Axis, text_of
from plasticity.runs.sweeping.outcomes import Outcome, Value, failed
from plasticity.runs.sweeping.plan import Point
from plasticity.settings import resolved


@dataclass(frozen=True)
class ExperimentSubject:
    """An experiment by its name, as other processes find it too.

    settings : 'key=value' of what is set at every point
    """

    name: str
    preset: str = "full"
    settings: tuple[str, ...] = ()
    most: int = 1
    is_quick: bool = False

    @property
    def experiment(self) -> Experiment:
        """The experiment. Raises UnknownName."""
        return EXPERIMENTS[self.name]

    @property
    def draws(self) -> bool:
        """Whether it has a seed."""
        return "seed" in fields_of(self.experiment.full)

    def is_apart(self, name: str) -> bool:
        """Every point is a run of its own."""
        return True

    def axes(self, given: Mapping[str, Sequence[Any]]) -> tuple[Axis, ...]:
        """Its axes, each value checked by itself, and the first point."""
        parameters = self._parameters(())
        known = {name: about for name, about in fields_of(parameters).items() if name != "seed"}
        found = []
        for name, values in given.items():
            if name == "seed":
                raise ArgumentError("the seed is not swept by its values; --seeds N gives every point N seeds")
            if name not in known:
                raise unknown(f"parameter of {self.name}", name, known)
            unit = known[name].get("unit", "1")
            texts = tuple(text_of(value, unit) for value in values)
            read = [getattr(self._parameters((f"{name}={text}",)), name) for text in texts]
            found.append(Axis(name, texts, tuple(one if not isinstance(one, tuple) else one[0] for one in read), unit))
        self._parameters(tuple(f"{axis.name}={axis.texts[0]}" for axis in found))
        return tuple(found)

    def measured(self, points: Sequence[Point]) -> tuple[list[Outcome], Mapping[str, str]]:
        """A run for each point; for points that differ in a seed that it has not, one."""
        found, units = list[Outcome](), dict[str, str]()
        for place, point in enumerate(points):
            if place and not self.draws and point.texts == points[place - 1].texts:
                found.append(found[-1])
            else:
                found.append(self._run(point, units))
        return found, units

    def facts(self) -> dict[str, Any]:
        """Which experiment it is, and what is set of it."""
        return {
            "kind": "experiment",
            "named": self.name,
            "experiment": self.name,
            "question": self.experiment.question,
            "preset": self.preset,
            "settings": list(self.settings),
            "claims": {f"claim_{k}": claim.sentence for k, claim in enumerate(self.experiment.claims, start=1)},
        }

    def _parameters(self, assignments: Sequence[str], seed: int | None = None) -> Any:
        return resolved(self.experiment.preset(self.preset), (*self.settings, *assignments), seed)

    def _run(self, point: Point, units: dict[str, str]) -> Outcome:
        """One run; the units of what it measures are added to `units`."""
        try:
            parameters = self._parameters([f"{name}={text}" for name, text in point.texts.items()], point.seed)
            finished = run(self.experiment, parameters, self.preset)
            about = fields_of(finished.result)
            values: dict[str, Value] = {}
            for name, array in arrays_of(finished.result).items():
                if not about[name]["dims"] and array.dtype.kind in "fiubU":
                    values[name] = array.item()
                    units[name] = about[name]["unit"]
            values |= {f"claim_{k}": float(claim.measured) for k, claim in enumerate(finished.claims, start=1)}
        except BaseException as error:  # whatever it does, even exiting, is the end of this point alone
            return failed(error)
        return Outcome(values)


def experiment_subject(name: Any, preset: str, settings: Sequence[str]) -> ExperimentSubject:
    """The experiment of that name. Raises UnknownName, ArgumentError for what cannot be set."""
    subject = ExperimentSubject(name, preset, tuple(settings))
    if any(item.partition("=")[0] == "seed" for item in settings):
        raise ArgumentError(
            f"the seed is {said('--seed')}'s to say: it is that of the sweep, of which each point has its own"
        )
    subject.experiment.preset(preset)
    subject._parameters(())
    return subject
