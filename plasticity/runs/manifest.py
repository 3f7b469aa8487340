"""The manifest of a run: everything that is needed to repeat it, and to know what its numbers depend on."""

import hashlib
import importlib.metadata
import json
import math
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from plasticity import __version__
from plasticity.errors import InputError
from plasticity.experiment import Experiment, Outcome, fields_of
from plasticity.neurons import Neuron
from plasticity.quantities import FACTORS, si_unit
from plasticity.rules import RateRule, Rule
from plasticity.rules.describe import conventions, equations
from plasticity.runs.settings import shown
from plasticity.sources import SOURCES

MANIFEST = "manifest.json"
_PACKAGES = ("brian2", "numpy", "matplotlib")
_NEEDED = {"experiment": str, "question": str, "preset": str, "parameters": dict, "variables": dict, "files": dict}


def manifest(
    experiment: Experiment,
    parameters: Any,
    result: Any,
    claims: Sequence[Outcome],
    files: Mapping[str, bytes],
    **about: Any,
) -> dict[str, Any]:
    """The manifest as plain data.

    files : {name: content} of everything else in the folder
    about : what the run itself tells: preset, seconds
    """
    return {
        "experiment": experiment.name,
        "question": experiment.question,
        "source": experiment.source,
        **about,
        "finished": datetime.now(UTC).isoformat(timespec="seconds"),
        "seed": getattr(parameters, "seed", None),
        "parameters": {name: getattr(parameters, name) for name in fields_of(parameters)},
        "parameters_shown": shown(parameters),
        "variables": {name: _variable(said) for name, said in fields_of(result).items()},
        "claims": [_claim(claim) for claim in claims],
        "records": [record(item) for item in experiment.records],
        "versions": versions(),
        "files": {name: digest(content) for name, content in sorted(files.items())},
    }


def record(item: Any) -> dict[str, Any]:
    """A rule or a neuron as plain data: equations, parameters, conventions, source."""
    if isinstance(item, Rule | RateRule):
        source = SOURCES[item.source] if item.source in SOURCES else item.source
        return {
            "rule": item.name,
            "equations": equations(item),
            "parameters": [str(parameter) for parameter in item.parameters],
            "conventions": conventions(item),
            "source": str(source),
        }
    assert isinstance(item, Neuron), f"{item!r} is no rule and no neuron"
    return {
        "neuron": item.name,
        "equations": [f"d{variable.name}/dt = {variable.derivative}" for variable in item.variables],
        "parameters": [str(constant) for constant in item.constants],
        "source": str(SOURCES.get(item.source, item.source)),
    }


def versions() -> dict[str, str]:
    """Of this package, Python, and what computes."""
    packages = {package: importlib.metadata.version(package) for package in _PACKAGES}
    return {"plasticity": __version__, "python": platform.python_version(), **packages, "machine": platform.machine()}


def digest(content: bytes) -> str:
    """The SHA-256 of a file's content."""
    return hashlib.sha256(content).hexdigest()


def as_bytes(data: Any) -> bytes:
    """Plain data as JSON text; numbers that are none are refused, because JSON has none."""
    return (json.dumps(data, indent=2, ensure_ascii=False, allow_nan=False) + "\n").encode("utf-8")


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a run's folder. Raises InputError, with file and reason, when it is missing or malformed."""
    path = folder / MANIFEST
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(
            f"{path}: {error.strerror or error}; give a folder that 'plasticity run' has written"
        ) from error
    except ValueError as error:
        raise InputError(f"{path} is no JSON: {error}; run the experiment again") from error
    missing = [k for k, kind in _NEEDED.items() if not (isinstance(found, dict) and isinstance(found.get(k), kind))]
    if missing:
        raise InputError(f"{path} lacks {', '.join(missing)}; run the experiment again")
    return found


def _claim(claim: Outcome) -> dict[str, Any]:
    """A claim as plain data; JSON has no NaN and no infinity, so a number that is none becomes null."""
    facts = asdict(claim) | {"holds": claim.holds}
    return {k: None if isinstance(v, float) and not math.isfinite(v) else v for k, v in facts.items()}


def _variable(said: Mapping[str, Any]) -> dict[str, Any]:
    unit = said["unit"]
    si = si_unit(unit) if unit in FACTORS else unit
    return {"dims": said["dims"], "si_unit": si, "shown_in": unit, "meaning": said["meaning"]}
