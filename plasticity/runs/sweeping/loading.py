"""The folder of a sweep read back, each file as the sweep wrote it."""

from pathlib import Path
from typing import Any

from plasticity import files
from plasticity.errors import InputError
from plasticity.files.arrays import arrays_in
from plasticity.runs.sweeping.axes import Axis
from plasticity.runs.sweeping.folder import KIND, MANIFEST, PLAN
from plasticity.runs.sweeping.outcomes import Outcome
from plasticity.runs.sweeping.plan import Plan
from plasticity.runs.sweeping.table import FAILURE, Swept

ARRAYS = "arrays.npz"
_AGAIN = "sweep again into another folder"


def told_of(done: Swept) -> dict[str, Any]:
    """What the manifest says besides what was asked: what the table and the arrays hold."""
    return {
        "points": done.plan.n,
        "dims": list(done.dims),
        "units": {axis.name: axis.unit for axis in done.plan.axes},
        "measurements": {name: done.units.get(name, "1") for name in done.measurements},
        "failures": {str(number): reason for number, reason in done.failures.items()},
    }


def load_swept(folder: Path | str) -> Swept:
    """The sweep that left `folder`.

    raises InputError when it is not done, or a file of data is missing, malformed, or not as the sweep wrote it
    """
    folder = files.path_of(folder)
    if (folder / PLAN).exists() and not (folder / MANIFEST).exists():
        raise InputError(
            f"{files.named(folder)} holds a sweep that is not done; 'plasticity sweep ... --resume' ends it"
        )
    facts = files.read_manifest(folder, KIND)
    changed = [name for name in files.changed(folder, facts) if not name.startswith("figure.")]
    if changed:
        raise InputError(f"{files.named(folder / changed[0])} is missing or was changed since the sweep; {_AGAIN}")
    try:
        return _read(folder, facts)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(f"{files.named(folder / MANIFEST)} is not as a sweep wrote it; {_AGAIN}") from None


def _read(folder: Path, facts: dict[str, Any]) -> Swept:
    asked, path = facts["asked"], folder / ARRAYS
    arrays = arrays_in(files.bytes_of(path), path, None, _AGAIN)
    axes = tuple(
        Axis(name, tuple(texts), tuple(arrays[name].tolist()), facts["units"][name])
        for name, texts in asked["axes"].items()
    )
    plan = Plan(axes, asked["seeds"], asked["seed"])
    without = Swept(plan, asked, [])
    columns = {name: arrays[without.own_name(name)].ravel().tolist() for name in facts["measurements"]}
    reasons = arrays[FAILURE].ravel().tolist()
    outcomes = [
        Outcome(None, reason) if reason else Outcome({name: column[k] for name, column in columns.items()})
        for k, reason in enumerate(reasons)
    ]
    return Swept(plan, asked, outcomes, facts["measurements"])
