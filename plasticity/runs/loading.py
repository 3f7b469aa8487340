"""What a run has left in its folder, read back: arrays, tables, and the manifest; each file as the run wrote it."""

import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from plasticity import files
from plasticity.displayed import Displayed, brief
from plasticity.errors import InputError, MissingPackage, PlasticityWarning
from plasticity.frames import frame
from plasticity.runs.manifest import read_manifest
from plasticity.runs.storage import columns, read_arrays

_FIGURE = "figure."


@dataclass(frozen=True, eq=False)
class Loaded(Displayed):
    """The folder of a run, read back.

    arrays : {name: array}, in SI
    """

    manifest: Mapping[str, Any]
    arrays: Mapping[str, np.ndarray]

    def __repr__(self) -> str:
        return brief("run of", self.manifest["experiment"], f"loaded, {', '.join(self.arrays)}")

    @cached_property
    def dataset(self) -> Any:
        """The arrays with dimensions, units and coordinates, in SI, as an xarray Dataset.

        raises MissingPackage when xarray is not installed
        """
        module = xarray()
        variables = {
            name: (said["dims"], self.arrays[name], {"units": said["si_unit"], "long_name": said["meaning"] or name})
            for name, said in self.manifest["variables"].items()
        }
        coordinates = {name: variable for name, variable in variables.items() if variable[0] == [name]}
        others = {name: variable for name, variable in variables.items() if name not in coordinates}
        about = {"experiment": self.manifest["experiment"], "question": self.manifest["question"]}
        return module.Dataset(others, coordinates, about)

    def columns(self, name: str) -> dict[str, np.ndarray]:
        """A field as its table has it, a row a cell: {header with unit: (n_cells,)}, coordinates first.

        raises UnknownName, which lists the fields
        """
        return columns(name, self.arrays, self.manifest["variables"])

    def frame(self, name: str) -> Any:
        """The same as a pandas DataFrame. Raises MissingPackage when pandas is not installed; and as `columns`."""
        return frame(self.columns(name))


def xarray() -> Any:
    """The package. Raises MissingPackage when it is not installed."""
    if not find_spec("xarray"):
        raise MissingPackage(
            "xarray is not installed; run: pip install 'plasticity-lab[xarray]' (the arrays are in .arrays)"
        )
    import xarray

    return xarray


def load(folder: str | Path) -> Loaded:
    """What a run has left in `folder`.

    raises InputError when a file of data is missing, malformed, or not as the run wrote it; a figure that was changed
    costs a warning, for it is not read
    """
    folder = files.path_of(folder)
    facts = checked(folder)
    return Loaded(facts, read_arrays(folder, facts))


def checked(folder: Path) -> dict[str, Any]:
    """The manifest of a run's folder, after a look at all its files. Raises as `load` does."""
    if folder.name not in ("", ".."):
        files.report_leftovers(folder.parent)
    facts = read_manifest(folder)
    changed = files.changed(folder, facts)
    data = [name for name in changed if not name.startswith(_FIGURE)]
    if data:
        raise InputError(
            f"{files.named(folder / data[0])} is missing or was changed since the run; run the experiment again"
        )
    for name in changed:
        warnings.warn(f"{files.named(folder / name)} is missing or was changed since the run", PlasticityWarning, 3)
    return facts
