"""Running again what left a folder, and saying what came out otherwise: arrays, claims, seed, equations, versions."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from plasticity import files
from plasticity.errors import InputError, said
from plasticity.experiment import PRESETS, Experiment
from plasticity.runs.discovery import EXPERIMENTS
from plasticity.runs.loading import checked
from plasticity.runs.manifest import MANIFEST
from plasticity.runs.running import run
from plasticity.runs.storage import arrays_of, read_arrays
from plasticity.settings import restored


@dataclass(frozen=True)
class Repeated:
    """A run next to the one that left a folder.

    arrays  : {name: whether it is equal, bit by bit}
    changed : {'claims', 'seed', 'equations' or 'versions': what of them changed}; those that did not are not in it
    """

    arrays: Mapping[str, bool]
    changed: Mapping[str, str]

    @property
    def is_equal(self) -> bool:
        """Whether all arrays are."""
        return all(self.arrays.values())


def rerun(folder: Path, lookup: Callable[[str], Experiment] = EXPERIMENTS.__getitem__) -> Repeated:
    """Repeat the run that left `folder`, and compare.

    raises InputError when the folder does not tell what was run, or a file of data is not the one that the run left
    """
    folder = files.path_of(folder)
    facts = checked(folder)
    if facts["preset"] not in PRESETS:
        name = files.named(folder / MANIFEST)
        raise InputError(f"{name}: the preset is {said(facts['preset'])}; allowed: {', '.join(PRESETS)}")
    kept = read_arrays(folder, facts)
    experiment = lookup(facts["experiment"])
    parameters = restored(experiment.preset(facts["preset"]), facts["parameters"])
    finished = run(experiment, parameters, facts["preset"])
    again = arrays_of(finished.result)
    equal = {name: name in kept and name in again and _is_equal(kept[name], again[name]) for name in {**kept, **again}}
    now = json.loads(files.as_bytes(finished.facts()))  # as it would have come out of its file
    return Repeated(equal, _changes(facts, now))


def _is_equal(one: np.ndarray, other: np.ndarray) -> bool:
    return one.dtype == other.dtype and one.shape == other.shape and one.tobytes() == other.tobytes()


def _changes(then: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, str]:
    """What the two manifests say otherwise, of all on which the numbers depend."""
    seeds = (then.get("seed"), now["seed"])
    found = {
        "claims": _by_name(then["claims"], now["claims"], "sentence"),
        "seed": f"{seeds[0]}, now {seeds[1]}" if seeds[0] != seeds[1] else "",
        "equations": _by_name(then["records"], now["records"], "rule", "neuron"),
        "versions": ", ".join(
            f"{key} {then['versions'].get(key)}, now {now['versions'].get(key)}"
            for key in sorted({*then["versions"], *now["versions"]})
            if then["versions"].get(key) != now["versions"].get(key)
        ),
    }
    return {key: text for key, text in found.items() if text}


def _by_name(then: Sequence[Any], now: Sequence[Any], *keys: str) -> str:
    """Which entries of a list changed, by what they are called; '' when none did."""

    def named(entries: Sequence[Any]) -> dict[str, Any]:
        plain = [entry for entry in entries if isinstance(entry, dict)]
        return {next((str(entry[key]) for key in keys if key in entry), "?"): entry for entry in plain}

    before, after = named(then), named(now)
    words = []
    for name in {**before, **after}:
        if name not in after:
            words.append(f"{said(name)} is gone")
        elif name not in before:
            words.append(f"{said(name)} is new")
        elif before[name] != after[name]:
            words.append(f"{said(name)}: {', '.join(_differences(before[name], after[name]))}")
    return "; ".join(words)


def _differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    found = []
    for key in {**before, **after}:
        was, now = before.get(key), after.get(key)
        if was != now:
            if isinstance(was, list) and isinstance(now, list):  # only the entries that differ
                was, now = [item for item in was if item not in now], [item for item in now if item not in was]
            found.append(f"{key} {said(was)}, now {said(now)}")
    return found
