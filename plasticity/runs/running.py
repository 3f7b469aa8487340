"""Running an experiment into a folder, running it again, and loading what it left."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from plasticity.errors import InputError
from plasticity.experiment import PRESETS, Experiment, Outcome, outcomes
from plasticity.memory import require_memory
from plasticity.plots import picture
from plasticity.plots.figure import check_format
from plasticity.runs.discovery import find
from plasticity.runs.manifest import MANIFEST, as_bytes, digest, manifest, read_manifest
from plasticity.runs.settings import restored
from plasticity.runs.storage import check_free, data_files, read_arrays, write_folder


@dataclass(frozen=True, eq=False)
class Finished:
    """An experiment that has run: its result, its claims beside what was measured, and how long it took."""

    experiment: Experiment
    parameters: Any
    preset: str
    result: Any
    claims: list[Outcome]
    seconds: float

    def figure(self, format: str) -> bytes:
        """The picture, as the bytes of an image file."""
        caption = self.experiment.caption(self.parameters, self.result)
        return picture(
            lambda figure: self.experiment.draw(self.result, figure),
            size=self.experiment.size,
            caption=caption,
            format=format,
        )

    def files(self, format: str) -> dict[str, bytes]:
        """{file name: content} of everything that the run leaves: figure, data, manifest."""
        files = {f"figure.{format}": self.figure(format), **data_files(self.result)}
        facts = manifest(
            self.experiment, self.parameters, self.result, self.claims, files, preset=self.preset, seconds=self.seconds
        )
        return files | {MANIFEST: as_bytes(facts)}


@dataclass(frozen=True, eq=False)
class Loaded:
    """The folder of a run, read back.

    arrays  : {name: array}, in SI
    dataset : the same with dimensions, units and coordinates, as an xarray Dataset; None where xarray is not installed
    """

    manifest: Mapping[str, Any]
    arrays: Mapping[str, np.ndarray]
    dataset: Any


def run(experiment: Experiment, parameters: Any, preset: str = "full") -> Finished:
    """Run an experiment and measure its claims; nothing is written.

    raises MemoryLimitError, before it starts, when it would not fit into memory
    """
    require_memory(experiment.memory(parameters), f"the experiment {experiment.name}")
    begin = time.perf_counter()
    result = experiment.run(parameters)
    seconds = round(time.perf_counter() - begin, 3)
    return Finished(experiment, parameters, preset, result, outcomes(experiment, result), seconds)


def run_into(
    folder: Path, experiment: Experiment, parameters: Any, preset: str, *, format: str = "png", overwrite: bool = False
) -> Finished:
    """Run an experiment and leave figure, data and manifest in a new folder, written whole at the end.

    raises OutputError, before it starts, when the folder exists or cannot be written; and as `run` does
    """
    check_format(format)
    check_free(folder, overwrite=overwrite, marker=MANIFEST)
    finished = run(experiment, parameters, preset)
    write_folder(folder, finished.files(format))
    return finished


def rerun(folder: Path, lookup: Callable[[str], Experiment] = find) -> dict[str, bool]:
    """Repeat the run that left `folder`, and compare: {data file: whether it is equal, bit by bit}.

    raises InputError when the folder does not tell what was run, or a file is not the one that the run has left
    """
    facts = read_manifest(folder)
    experiment = lookup(facts["experiment"])
    if facts["preset"] not in PRESETS:
        raise InputError(f"{folder / MANIFEST}: the preset is {facts['preset']!r}; allowed: {', '.join(PRESETS)}")
    parameters = restored(experiment.preset(facts["preset"]), facts["parameters"])
    kept = {name: facts["files"][name] for name in facts["files"] if not name.startswith("figure.")}
    for name, expected in kept.items():
        if not (folder / name).is_file() or digest((folder / name).read_bytes()) != expected:
            raise InputError(f"{folder / name} is missing or was changed since the run; run the experiment again")
    again = {name: digest(content) for name, content in data_files(run(experiment, parameters).result).items()}
    return {name: again.get(name) == kept.get(name) for name in sorted(kept.keys() | again.keys())}


def load(folder: str | Path) -> Loaded:
    """What a run has left in `folder`. Raises InputError when a file is missing or malformed."""
    folder = Path(folder)
    facts, arrays = read_manifest(folder), read_arrays(folder)
    return Loaded(facts, arrays, _dataset(facts, arrays) if find_spec("xarray") else None)


def _dataset(facts: Mapping[str, Any], arrays: Mapping[str, np.ndarray]) -> Any:
    import xarray

    variables = {
        name: (said["dims"], arrays[name], {"units": said["si_unit"], "long_name": said["meaning"] or name})
        for name, said in facts["variables"].items()
    }
    coordinates = {name: variable for name, variable in variables.items() if tuple(variable[0]) == (name,)}
    others = {name: variable for name, variable in variables.items() if name not in coordinates}
    return xarray.Dataset(others, coordinates, {"experiment": facts["experiment"], "question": facts["question"]})


__all__ = ["Finished", "Loaded", "load", "rerun", "run", "run_into"]
