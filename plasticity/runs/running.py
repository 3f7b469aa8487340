"""Running an experiment, and into a folder."""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from plasticity import files
from plasticity.displayed import Displayed, brief
from plasticity.errors import ArgumentError, OutputError, said
from plasticity.experiment import Experiment, Outcome, outcomes
from plasticity.inputs import instance
from plasticity.memory import require_memory
from plasticity.noting import noted
from plasticity.plots import Look, picture, told_caption
from plasticity.plots.figure import check_format
from plasticity.plots.look import WHOLE
from plasticity.progress import shown
from plasticity.runs.discovery import EXPERIMENTS
from plasticity.runs.manifest import KIND, manifest
from plasticity.runs.storage import data_files

CAPTION = "caption.txt"


@dataclass(frozen=True, eq=False)
class Finished(Displayed):
    """An experiment that has run: its result, its claims next to what was measured, how long it took, and which
    engines computed."""

    experiment: Experiment
    parameters: Any
    preset: str
    result: Any
    claims: list[Outcome]
    seconds: float
    engines: tuple[str, ...] = ()

    def __repr__(self) -> str:
        n_holding = sum(claim.holds for claim in self.claims)
        told = f"{n_holding} of {len(self.claims)} claims hold, {self.seconds:.1f} s"
        return brief("run of", self.experiment.name, f"{self.preset}, {told}")

    @property
    def caption(self) -> str:
        """What the figure shows, in words: the one source of all that tells it."""
        return told_caption(self.experiment.caption(self.parameters, self.result))

    def figure(self, format: str = "png", look: Look = WHOLE) -> bytes:
        """The picture, as the bytes of an image file. Raises ArgumentError for a panel that is not there."""
        return picture(
            lambda figure: self.experiment.draw(self.result, figure),
            size=self.experiment.size,
            caption=self.caption,
            title=self.experiment.question,
            format=format,
            look=look,
        )

    def files(self, format: str = "png", look: Look = WHOLE) -> dict[str, bytes]:
        """{file name: content} of everything that the run leaves: figure, its caption, data, manifest."""
        contents = {
            f"figure.{format}": self.figure(format, look),
            CAPTION: f"{self.caption}\n".encode(),
            **data_files(self.result),
        }
        return files.sealed(KIND, self.facts(), contents)

    def facts(self) -> dict[str, Any]:
        """What the manifest says, besides the files."""
        about = {"preset": self.preset, "seconds": self.seconds, "engines": list(self.engines)}
        return manifest(self.experiment, self.parameters, self.result, self.claims, **about)


def run(experiment: Experiment | str, parameters: Any = None, preset: str = "full", *, quick: bool = False) -> Finished:
    """Run an experiment and measure its claims; nothing is written. A bar shows how far it is, where somebody looks.

    experiment : it, or its name
    parameters : its own, such as resolved(experiment.full, ["lag=3ms"]); by default those of the preset
    preset     : what they are called in the manifest, 'full' or 'quick'
    quick      : the preset of five seconds
    raises UnknownName for a name that there is not; ArgumentError for parameters of another experiment, and for quick
    beside parameters; MemoryLimitError, before it starts, when it would not fit into memory
    """
    if isinstance(experiment, str):
        experiment = EXPERIMENTS[experiment]
    instance(experiment, Experiment, "the experiment")
    if instance(quick, bool, "quick"):
        if parameters is not None:
            raise ArgumentError("quick stands for the parameters of a preset, and parameters came too; give one")
        preset = "quick"
    if parameters is None:
        parameters = experiment.preset(preset)
    if type(parameters) is not type(experiment.full):
        kind = type(experiment.full).__name__
        raise ArgumentError(f"the parameters of {experiment.name} are {said(parameters)}; its own {kind} are allowed")
    require_memory(experiment.memory(parameters), f"the experiment {experiment.name}")
    begin = time.perf_counter()
    with noted() as engines, shown(f"running {experiment.name}"):
        result = experiment.run(parameters)
    seconds = round(time.perf_counter() - begin, 3)
    claims = outcomes(experiment, result)
    return Finished(experiment, parameters, preset, result, claims, seconds, tuple(sorted(engines)))


def run_into(
    folder: Path,
    experiment: Experiment,
    parameters: Any,
    preset: str,
    *,
    format: str = "png",
    look: Look = WHOLE,
    overwrite: bool = False,
) -> Finished:
    """Run an experiment and leave figure, caption, data and manifest in a new folder, written whole at the end.

    overwrite : replace the folder of an earlier run, when it holds nothing else
    raises OutputError, before it starts, when the folder exists or cannot be written, and at the end, when it has
    appeared meanwhile; and as `run` does
    """
    check_format(format)
    folder = files.path_of(folder, OutputError)
    files.check_free(folder, KIND, overwrite=overwrite)
    finished = run(experiment, parameters, preset)
    files.write_folder(folder, KIND, finished.files(format, look), overwrite=overwrite)
    return finished


__all__ = ["Finished", "run", "run_into"]
