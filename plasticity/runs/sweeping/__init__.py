"""Sweeps: an experiment, a question or a function at every point of a grid, on all cores or a cluster."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from plasticity import files
from plasticity.errors import ArgumentError, OutputError, said
from plasticity.experiment import Experiment
from plasticity.inputs import count, instance
from plasticity.progress import shown
from plasticity.runs.sweeping.axes import written_axes
from plasticity.runs.sweeping.experiments import experiment_subject
from plasticity.runs.sweeping.functions import FunctionSubject, Networks
from plasticity.runs.sweeping.loading import load_swept
from plasticity.runs.sweeping.outcomes import Subject
from plasticity.runs.sweeping.questions import question_subject
from plasticity.runs.sweeping.repeating import rerun_point
from plasticity.runs.sweeping.running import Where, plan_of, run_sweep
from plasticity.runs.sweeping.table import Swept


def sweep(
    subject: Any,
    over: Mapping[str, Any] | Iterable[str] = (),
    *,
    seeds: int = 1,
    seed: int = 0,
    workers: int | str = 1,
    out: str | Path | None = None,
    resume: bool = False,
) -> Swept:
    """Compute something at every point of a grid.

    subject : the name of an experiment, or it itself; the path of a question file (.toml); `Networks`; or a function
              function(**values) -> {measurement: number}, which gets the seed of its point where it takes one
    over    : {what is swept: values}, a list in SI, or a text as on the command line: '10..50ms:9', '1..100:5:log'
    seeds   : how often each point is computed, each time with another seed
    seed    : of the whole, from which those of the points follow, by their values: whatever else is swept, in any order
    workers : how many processes; or the address of a scheduler of Dask, 'tcp://host:8786'
    out     : a new folder for table, array, picture, its caption and manifest
    resume  : go on with what is in that folder already; what is missing is computed
    returns : the table and the array, with what failed, and why
    raises UnknownName, ArgumentError, ParameterError for what cannot be swept so; OutputError, InputError for a folder
    that exists, or is that of another sweep

    >>> from plasticity import runs
    >>> found = runs.sweep(lambda x: {"square": x * x}, {"x": [1.0, 2.0, 3.0]})
    >>> found.array("square")
    array([[1.],
           [4.],
           [9.]])
    """
    chosen = chosen_subject(subject)
    if not isinstance(workers, str):
        workers = count(workers, "the number of processes", most=1024)
    if instance(resume, bool, "resume") and out is None:
        raise ArgumentError("resume goes on with the sweep in a folder; give it by out")
    folder = None if out is None else files.path_of(out, OutputError)
    with shown("sweeping"):
        return run_sweep(chosen, plan_of(chosen, written_axes(over), seeds, seed), Where(workers, folder, resume))


def chosen_subject(subject: Any, *, preset: str = "full", settings: Iterable[str] = ()) -> Subject:
    """What is swept, by its name, its file, or itself.

    settings : 'key=value' of what is set at every point
    """
    if isinstance(subject, Experiment):
        subject = subject.name
    if isinstance(subject, str | os.PathLike):
        name = os.fspath(subject)
        if isinstance(name, str) and name.endswith(".toml"):
            return question_subject(Path(name), tuple(settings))
        return experiment_subject(name, preset, tuple(settings))
    if isinstance(subject, Networks):
        return subject
    if callable(subject):
        return FunctionSubject(subject)
    raise ArgumentError(
        f"what is swept is {said(subject)}; an experiment, a question file (.toml), Networks or a function is allowed"
    )


__all__ = ["Networks", "Swept", "chosen_subject", "load_swept", "rerun_point", "sweep"]
