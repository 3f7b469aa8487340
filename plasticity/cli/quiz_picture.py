"""`plasticity quiz ID --picture FILE`: what is drawn is looked at before anything is computed."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from plasticity import files
from plasticity.cli.looks import look_of
from plasticity.errors import ArgumentError, OutputError, printable
from plasticity.plots.figure import check_format
from plasticity.quiz.asking import Answered
from plasticity.quiz.picture import drawn_by, picture


def check_picture(given: Mapping[str, Any], questions: Sequence[Any]) -> None:
    """Raise ArgumentError or OutputError where no picture can be left as the options ask for it."""
    look_of(given)
    path: Path = given["picture"]
    if len(questions) != 1:
        raise ArgumentError(f"--picture draws one question, and {len(questions)} were asked; name one")
    check_format(path.suffix.removeprefix("."))
    if os.path.lexists(path):  # a link that leads nowhere is somebody's too
        raise OutputError(f"{path} exists; give another name, or move it away")
    if not path.parent.is_dir():
        raise OutputError(f"{path.parent} is no folder; give a file in one that there is")
    drawn_by(questions[0])


def write_picture(out: Any, answered: Answered, assignments: Sequence[str], given: Mapping[str, Any]) -> None:
    """Draw the answer into a new file."""
    from plasticity.cli.terminal import progress

    path, is_quiet = given["picture"], given["as_json"]
    with progress(f"drawing {answered.question.id}", is_quiet=is_quiet):
        image = picture(answered, assignments, format=path.suffix.removeprefix("."), look=look_of(given))
    files.write_file(path, image)
    if not is_quiet:
        out.print(printable(f"{path}: the picture (as {drawn_by(answered.asked)} draws it)"), soft_wrap=True)
