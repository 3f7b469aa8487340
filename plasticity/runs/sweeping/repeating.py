"""A point of a sweep computed again, next to what the sweep found."""

import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from plasticity import files
from plasticity.ask.file_question import FileQuestion
from plasticity.errors import InputError, PlasticityError
from plasticity.frozen import FrozenMap
from plasticity.inputs import count
from plasticity.provenance import versions
from plasticity.runs.repeating import Repeated
from plasticity.runs.sweeping.experiments import experiment_subject
from plasticity.runs.sweeping.folder import KIND, MANIFEST
from plasticity.runs.sweeping.loading import load_swept
from plasticity.runs.sweeping.outcomes import Outcome, Subject, found_by
from plasticity.runs.sweeping.plan import Plan
from plasticity.runs.sweeping.questions import QuestionSubject


def is_sweep(folder: Path) -> bool:
    """Whether a folder holds the manifest of a sweep."""
    try:
        facts = files.json_in(files.text_of(folder / MANIFEST), folder / MANIFEST)
    except PlasticityError:
        return False
    return isinstance(facts, dict) and facts.get("kind") == KIND


def rerun_point(folder: Path, number: Any) -> Repeated:
    """Compute a point of the sweep that left `folder` again, and compare; `arrays` are its measurements then.

    number : of the point, from 0 on
    raises InputError where the folder is not as a sweep left it, or what was swept are functions of Python;
    ArgumentError for a point that is not there
    """
    done = load_swept(folder)
    number = count(number, "the point", least=0, most=done.plan.n - 1)
    subject = _subject(folder, done.facts)
    axes = subject.axes({axis.name: axis.texts for axis in done.plan.axes})
    point = Plan(axes, done.plan.n_seeds, done.plan.seed).point(number)
    kept, now = done.outcomes[number], found_by(subject, [point]).outcomes[number]
    then = files.read_manifest(folder, KIND)["versions"]
    changes = {
        name: f"{name} {then.get(name)}, now {now_}" for name, now_ in versions().items() if then.get(name) != now_
    }
    return Repeated(_equal(kept, now), {"versions": ", ".join(changes.values())} if changes else {})


def _subject(folder: Path, asked: Mapping[str, Any]) -> Subject:
    """What was swept, from the manifest."""
    if asked["kind"] == "experiment":
        return experiment_subject(asked["experiment"], asked["preset"], asked["settings"])
    if asked["kind"] != "question":
        raise InputError(f"{files.named(folder)}: {asked['named']} was swept from Python, and is computed there again")
    try:
        given = dict(asked["question"])
        trains = {side: tuple(float(time) for time in given.pop(side)) for side in ("pre", "post")}
        events = FrozenMap({name: tuple(times) for name, times in given.pop("events").items()})
        kept = {"events": events, "what_if": (), "variants": tuple(given.pop("variants", ()))}
        return QuestionSubject(FileQuestion(**given | trains | kept), asked["settings"])
    except (KeyError, TypeError, ValueError, AttributeError):
        raise InputError(f"{files.named(folder / MANIFEST)} does not say what was asked; sweep again") from None


def _equal(kept: Outcome, now: Outcome) -> dict[str, bool]:
    if kept.values is None or now.values is None:
        return {"failure": kept.values is None and now.values is None and kept.reason == now.reason}
    return {name: _bits(kept.values.get(name)) == _bits(now.values.get(name)) for name in {**kept.values, **now.values}}


def _bits(value: Any) -> Any:
    """What is equal for the same numbers only; a truth value or whole number may have come back as a float."""
    return struct.pack("<d", value) if isinstance(value, int | float) else value
