"""Checking a record, or all records of a file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from plasticity import files
from plasticity.ask import Question
from plasticity.authoring.report import Report, Status, faulty
from plasticity.authoring.running import KINDS, Ran, ran, stopped
from plasticity.errors import ArgumentError, InputError, said
from plasticity.experiment import Experiment
from plasticity.faults import Fault, gathering
from plasticity.neurons import NEURONS, Neuron
from plasticity.protocols import PROTOCOLS, Protocol
from plasticity.quiz import QUESTIONS
from plasticity.quiz.pages import Asked
from plasticity.rules import RULES, Rule
from plasticity.runs import EXPERIMENTS

_NAMES = {Rule: "rule", Neuron: "neuron", Experiment: "experiment", Protocol: "protocol", Asked: "question"}
_OURS: Mapping[str, Any] = {
    "rule": RULES,
    "neuron": NEURONS,
    "experiment": EXPERIMENTS,
    "protocol": PROTOCOLS,
    "question": QUESTIONS,
}
_OURSELVES = ("plasticity", "plasticity.experiments")  # whose records have the names that they have


class Keeps(NamedTuple):
    """What is made for a folder, and takes seconds."""

    pictures: bool
    exports: bool


@dataclass(frozen=True)
class Checked:
    """A file that was checked, and the report on each of its records."""

    path: Path
    reports: tuple[Report, ...]

    @property
    def status(self) -> Status:
        """The worst of its records."""
        found = {report.status for report in self.reports}
        every: tuple[Status, ...] = ("faulty", "differs", "fine")
        return next(status for status in every if status in found)

    @property
    def files(self) -> dict[str, bytes]:
        """{name: content} of all that was drawn and exported."""
        return {name: content for report in self.reports for name, content in report.files.items()}

    def as_object(self) -> dict[str, Any]:
        """As plain data for JSON."""
        return {"file": str(self.path), "status": self.status, "reports": [one.as_object() for one in self.reports]}


def checked(record: Any, *, draws: bool = True, writes: bool = False) -> Report:
    """The report on a rule, neuron, experiment, protocol or question; a notebook shows it, with the picture.

    record : one of these; or a function without arguments that makes it, of which everything that is wrong is told at
             once, where making it stops at the first
    draws  : whether to draw, and to keep the files of an experiment
    writes : whether to export a rule or a neuron for other programs, too
    """
    if callable(record) and not isinstance(record, KINDS):
        with gathering() as gathered:
            made = record()
        if gathered.faults:
            return faulty(_kind(made), getattr(made, "name", ""), tuple(gathered.faults))
        record = made
    if not isinstance(record, KINDS):
        allowed = "a rule, neuron, experiment, protocol or question, or a function that makes one, is allowed"
        raise ArgumentError(f"{said(record)} cannot be checked; {allowed}")
    return _report(record, _kind(record), Keeps(draws, writes))


def check_file(path: str | Path, *, keeps: bool = False) -> Checked:
    """The reports on all records of a file: Python, which is run, or a question in TOML.

    keeps : whether to draw and export them, too
    raises InputError, with line and reason, for a file that cannot be read, or stops
    """
    path = files.path_of(path)
    if path.suffix == ".toml":
        from plasticity.authoring.pages import page_report

        return Checked(path, (page_report(path),))
    if path.suffix != ".py":
        raise InputError(f"{files.named(path)} is no file of Python (.py), and none of TOML (.toml); give one of these")
    with ran(path) as found:
        reports = list(_reports(found, path, Keeps(keeps, keeps)))
    if not reports:
        raise InputError(
            f"{files.named(path)} holds no rule, neuron, experiment, protocol or question; assign one to a name, such "
            "as RULE = Rule(...)"
        )
    return Checked(path, tuple(reports))


def _reports(found: Ran, path: Path, keeps: Keeps) -> Iterator[Report]:
    """One on all that is wrong, and one on each record that is right."""
    taken: dict[tuple[str, str], str] = {}
    clashes = [_clash(record, _kind(record), path, taken) for record in found.broken]
    if faults := (*found.faults, *(Fault(text) for text in clashes if text)):
        yield faulty("file", files.named(path), faults)
    for variable, record in found.records.items():
        kind = _kind(record)
        name = getattr(record, "name", variable)
        if name in _OURS[kind] and _OURS[kind][name] is record and not _is_ours(path):
            continue  # one of ours, that the file uses
        fault = _clash(record, kind, path, taken)
        taken[kind, name] = variable
        yield faulty(kind, name, (Fault(fault),)) if fault else _reported(path, record, kind, keeps)


def _reported(path: Path, record: Any, kind: str, keeps: Keeps) -> Report:
    """The report; what the code of a record does wrong is told with its line."""
    with stopped(path):
        return _report(record, kind, keeps)


def _report(record: Any, kind: str, keeps: Keeps) -> Report:
    """The report, by what knows its kind, which is loaded when it is asked for."""
    if kind == "rule":
        from plasticity.authoring.rules import rule_report

        return rule_report(record, draws=keeps.pictures, writes=keeps.exports)
    if kind == "neuron":
        from plasticity.authoring.neurons import neuron_report

        return neuron_report(record, draws=keeps.pictures, writes=keeps.exports)
    if kind in ("experiment", "protocol"):
        from plasticity.authoring.experiments import experiment_report, protocol_report

        return experiment_report(record, draws=keeps.pictures) if kind == "experiment" else protocol_report(record)
    from plasticity.authoring.questions import quiz_report, train_report

    return train_report(record, "question") if isinstance(record, Question) else quiz_report(record)


def _kind(record: Any) -> str:
    return next((name for kind, name in _NAMES.items() if isinstance(record, kind)), "question")


def _clash(record: Any, kind: str, path: Path, taken: Mapping[tuple[str, str], str]) -> str:
    """Why a record cannot have its name; empty where it can."""
    name = getattr(record, "name", None)
    if name is not None and (kind, name) in taken:
        return f"two {kind}s are called {said(name)}, {taken[kind, name]} and this one; rename one"
    if not isinstance(name, str) or name not in _OURS[kind] or _is_ours(path):
        return ""
    return f"the name {said(name)} is that of one of plasticity's {kind}s; choose another"


def _is_ours(path: Path) -> bool:
    """Whether a file is one of this project."""
    homes = [Path(home) for package in _OURSELVES for home in import_module(package).__path__]
    return any(home in path.resolve().parents for home in homes)
