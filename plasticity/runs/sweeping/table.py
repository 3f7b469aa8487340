"""What a sweep found, as one table and one labelled array."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from plasticity.displayed import Displayed, brief
from plasticity.errors import unknown
from plasticity.frames import frame
from plasticity.quantities import FACTORS, in_unit, si_unit
from plasticity.runs.loading import xarray
from plasticity.runs.sweeping.outcomes import Found, Outcome
from plasticity.runs.sweeping.plan import Plan

REPLICATE, SEED, FAILURE = "replicate", "seed", "failure"
Arrays = Mapping[str, np.ndarray]


@dataclass(frozen=True, eq=False)
class Swept(Displayed):
    """A sweep that is done.

    facts    : what was swept, as plain data
    outcomes : what came of every point, in their order
    units    : {measurement: the unit in which it is shown}
    """

    plan: Plan
    facts: Mapping[str, Any]
    outcomes: Sequence[Outcome]
    units: Mapping[str, str] = field(default_factory=dict)

    def __repr__(self) -> str:
        failed = f", {len(self.failures)} failed" if self.failures else ""
        return brief("sweep over", ", ".join(axis.name for axis in self.plan.axes), f"{self.plan.n} points{failed}")

    @cached_property
    def failures(self) -> dict[int, str]:
        """{number of a point: why it failed}"""
        return {k: outcome.reason for k, outcome in enumerate(self.outcomes) if outcome.values is None}

    @cached_property
    def measurements(self) -> tuple[str, ...]:
        """Their names, in the order of the table."""
        names = dict[str, None]()
        for outcome in self.outcomes:
            names |= dict.fromkeys(outcome.values or ())
        return tuple(names)

    @cached_property
    def arrays(self) -> dict[str, np.ndarray]:
        """{measurement: array along the axes and the seeds}, in SI; NaN, and an empty text, where a point failed.

        With them the values of each axis, the seeds, and the reasons of failures.
        """
        found = {axis.name: np.array(axis.values) for axis in self.plan.axes}
        found[REPLICATE] = np.arange(self.plan.n_seeds)
        found[SEED] = self._along([self.plan.point(k).seed for k in range(self.plan.n)], np.int64)
        for name in self.measurements:
            found[self.own_name(name)] = self._array(name)
        found[FAILURE] = self._along([outcome.reason for outcome in self.outcomes], np.str_)
        return found

    @property
    def dims(self) -> tuple[str, ...]:
        """What the axes of the arrays are, the seeds last."""
        return (*(axis.name for axis in self.plan.axes), REPLICATE)

    def array(self, measurement: str) -> np.ndarray:
        """A measurement along `dims`, in SI. Raises UnknownName, which lists them."""
        if not isinstance(measurement, str) or measurement not in self.measurements:
            raise unknown("measurement of the sweep", measurement, self.measurements)
        return self.arrays[self.own_name(measurement)]

    def columns(self) -> dict[str, np.ndarray]:
        """The table: {header with unit: (n_points,)}, a row a point."""
        places = np.unravel_index(np.arange(self.plan.n), self.plan.shape)
        found: dict[str, np.ndarray] = {"point": np.arange(self.plan.n)}
        found |= {axis.header: axis.shown[place] for axis, place in zip(self.plan.axes, places[:-1], strict=True)}
        found |= {REPLICATE: places[-1], SEED: self.arrays[SEED].ravel()}
        for name in self.measurements:
            unit = self.units.get(name, "1")
            is_scaled = unit in FACTORS and FACTORS[unit] != 1.0 and self.array(name).dtype.kind == "f"
            values = in_unit(self.array(name).ravel(), unit) if is_scaled else self.array(name).ravel()
            found[self.own_name(name) if unit in ("", "1") else f"{self.own_name(name)}_{unit}"] = values
        return found | {FAILURE: self.arrays[FAILURE].ravel()}

    def to_frame(self) -> Any:
        """The table as a pandas DataFrame. Raises MissingPackage when pandas is not installed."""
        return frame(self.columns())

    def to_xarray(self) -> Any:
        """The arrays with their dimensions, coordinates and units, in SI, as an xarray Dataset.

        raises MissingPackage when xarray is not installed
        """
        module, dims = xarray(), self.dims
        coordinates = {
            axis.name: (axis.name, self.arrays[axis.name], {"units": si_unit(axis.unit) if axis.unit else ""})
            for axis in self.plan.axes
        }
        coordinates[REPLICATE] = (REPLICATE, self.arrays[REPLICATE], {})
        units = {name: self.units.get(name, "1") for name in self.measurements}
        variables = {
            self.own_name(name): (dims, self.array(name), {"units": si_unit(unit) if unit in FACTORS else unit})
            for name, unit in units.items()
        }
        variables |= {name: (dims, self.arrays[name], {}) for name in (SEED, FAILURE)}
        return module.Dataset(variables, coordinates)

    def own_name(self, name: str) -> str:
        """The name of a measurement beside those of the axes, which may be called the same."""
        taken = {*self.dims, *(axis.header for axis in self.plan.axes), "point", SEED, FAILURE, "file"}
        return f"{name}_measured" if name in taken else name

    def _array(self, name: str) -> np.ndarray:
        values = [None if outcome.values is None else outcome.values.get(name) for outcome in self.outcomes]
        if any(isinstance(value, str) for value in values):
            return self._along(["" if value is None else str(value) for value in values], np.str_)
        if any(value is None for value in values):
            return self._along([np.nan if value is None else float(value) for value in values], np.float64)
        return self._along(values, None)

    def _along(self, values: Sequence[Any], dtype: Any) -> np.ndarray:
        return np.array(values, dtype=dtype).reshape(self.plan.shape)


def swept(plan: Plan, facts: Mapping[str, Any], found: Mapping[int, Found]) -> Swept:
    """All points in their order. found : {piece: what came of it}, all of them."""
    outcomes, units = dict[int, Outcome](), dict[str, str]()
    for number in sorted(found):
        outcomes |= found[number].outcomes
        units |= found[number].units
    return Swept(plan, facts, [outcomes[k] for k in range(plan.n)], units)


def table_bytes(done: Swept) -> bytes:
    """The table in CSV; a number is the shortest text that reads back as the same, a failed one is empty."""
    text, columns = io.StringIO(), done.columns()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    n_first = len(done.plan.axes) + 3  # the point, its values, its replicate and seed, which a failed one has too
    for row in zip(*(column.tolist() for column in columns.values()), strict=True):
        writer.writerow(row if not row[-1] else [*row[:n_first], *("" for _ in row[n_first:-1]), row[-1]])
    return text.getvalue().encode("utf-8")


def array_bytes(done: Swept) -> bytes:
    """The arrays as an npz, in SI, without pickle."""
    file = io.BytesIO()
    np.savez_compressed(file, **done.arrays)  # type: ignore[arg-type]
    return file.getvalue()


def mean_and_spread(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The mean and the standard deviation over the seeds, the last axis, of the points that did not fail."""
    is_there = np.isfinite(values)
    n = is_there.sum(axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):  # where all failed there is none
        mean = np.where(is_there, values, 0.0).sum(axis=-1) / n
        away = np.where(is_there, values - mean[..., None], 0.0)
    return mean, np.sqrt((away**2).sum(axis=-1) / np.maximum(n - 1, 1))
