"""Computes what the pages show, on all cores, and keeps it until the code changes: `build/site-cache`."""

import hashlib
import json
import multiprocessing
import os
import shutil
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

import site_tasks

ROOT = Path(__file__).parents[2]
KEPT = ROOT / "build" / "site-cache"
Task = tuple[str, str, str]  # function of site_tasks, kind, name


@cache
def key() -> str:
    """A name for the state of the code: what was computed with other code is computed again."""
    found = hashlib.sha256()
    for folder, patterns in (("plasticity", ("*.py", "*.toml", "*.csv*")), ("experiments", ("*.py",))):
        for path in sorted(path for pattern in patterns for path in (ROOT / folder).rglob(pattern)):
            found.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    found.update(Path(site_tasks.__file__).read_bytes())
    return found.hexdigest()[:16]


def folder() -> Path:
    """Where this state of the code keeps its results; those of other states are removed."""
    mine = KEPT / key()
    for other in KEPT.glob("*"):
        if other.name not in (mine.name, "notebooks"):
            shutil.rmtree(other, ignore_errors=True)
    mine.mkdir(parents=True, exist_ok=True)
    return mine


def computed(tasks: Sequence[Task]) -> dict[Task, Any]:
    """The results of all tasks, those that are kept read, the others computed side by side."""
    where = folder()
    missing = [task for task in tasks if not _file(where, task).exists()]
    if missing:
        with ProcessPoolExecutor(os.cpu_count(), multiprocessing.get_context("spawn"), _one_thread) as pool:
            for task, text in zip(missing, pool.map(_done, missing), strict=True):
                keep(_file(where, task), text)
    return {task: json.loads(_file(where, task).read_text(encoding="utf-8")) for task in tasks}


def keep(file: Path, text: str) -> None:
    """Write a file whole: a build that is stopped leaves no half of one."""
    draft = file.with_suffix(".draft")
    draft.write_text(text, encoding="utf-8")
    draft.replace(file)


def _file(where: Path, task: Task) -> Path:
    return where / ("-".join(Path(part).name.replace(":", "+") for part in task) + ".json")


def _done(task: Task) -> str:
    function, kind, name = task
    return json.dumps(getattr(site_tasks, function)(kind, name), default=lambda value: value.tolist())


def _one_thread() -> None:
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
