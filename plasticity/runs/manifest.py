"""The manifest of a run: everything that is needed to repeat it, and to know what its numbers depend on."""

import math
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from plasticity import files
from plasticity.errors import InputError, said
from plasticity.experiment import Experiment, Outcome, fields_of
from plasticity.provenance import record, versions
from plasticity.rules import PRESETS, Rule, with_conventions
from plasticity.runs.storage import left_out, variables_of
from plasticity.settings import shown

KIND = "run"
MANIFEST = files.MANIFESTS[KIND]
_NEEDED = {"experiment": str, "question": str, "preset": str, "parameters": dict, "variables": dict}
_NEEDED |= {"claims": list, "records": list, "versions": dict}


def manifest(
    experiment: Experiment,
    parameters: Any,
    result: Any,
    claims: Sequence[Outcome],
    **about: Any,
) -> dict[str, Any]:
    """What the manifest says besides the files and their hashes, as plain data.

    about : what the run itself tells: preset, seconds, engines
    """
    variables = variables_of(result)
    return {
        "experiment": experiment.name,
        "question": experiment.question,
        "source": experiment.source,
        **about,
        "finished": datetime.now(UTC).isoformat(timespec="seconds"),
        "seed": getattr(parameters, "seed", None),
        "parameters": {name: getattr(parameters, name) for name in fields_of(parameters)},
        "parameters_shown": shown(parameters),
        "variables": variables,
        "left_out": left_out(variables),
        "claims": [_claim(claim) for claim in claims],
        "records": [record(item) for item in _records(experiment, parameters)],
        "versions": versions(),
    }


def _records(experiment: Experiment, parameters: Any) -> list[Any]:
    """The rules and neurons of the run: under its conventions, where it has a parameter of that name."""
    preset = getattr(parameters, "conventions", None)
    if not isinstance(preset, str) or preset not in PRESETS:
        return list(experiment.records)
    return [with_conventions(item, preset) if isinstance(item, Rule) else item for item in experiment.records]


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a run's folder. Raises InputError, with file and reason, when it is missing or not as written."""
    facts, path = files.read_manifest(folder, KIND), files.named(folder / MANIFEST)
    missing = [key for key, kind in _NEEDED.items() if not isinstance(facts.get(key), kind)]
    if missing:
        raise InputError(f"{path} lacks {', '.join(missing)}; run the experiment again")
    odd = [name for name, said in facts["variables"].items() if not _is_variable(said)]
    if odd:
        raise InputError(f"{path} does not say what the field {said(odd[0])} is; run the experiment again")
    return facts


def _is_variable(facts: Any) -> bool:
    """Whether this is what `variables_of` says of a field."""
    if not isinstance(facts, dict) or facts.keys() != {"dims", "si_unit", "shown_in", "meaning", "dtype", "shape"}:
        return False
    dims, shape = facts["dims"], facts["shape"]
    return (
        isinstance(dims, list)
        and isinstance(shape, list)
        and len(dims) == len(shape)
        and all(isinstance(text, str) for text in (*dims, *(facts[key] for key in facts.keys() - {"dims", "shape"})))
        and all(type(n) is int and n >= 0 for n in shape)
    )


def _claim(claim: Outcome) -> dict[str, Any]:
    """A claim as plain data; JSON has no NaN and no infinity, so a number that is none becomes null."""
    facts = asdict(claim) | {"holds": claim.holds}
    return {k: None if isinstance(v, float) and not math.isfinite(v) else v for k, v in facts.items()}
