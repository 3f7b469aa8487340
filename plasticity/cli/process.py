"""A command as a process: every failure is one line, and status 2 for what the person can mend, 1 for the rest."""

import contextlib
import errno
import os
import sys
import traceback
import warnings
from collections.abc import Iterator
from typing import Any

import click

from plasticity.cli.signals import ended_as_by_ctrl_c, status_of
from plasticity.cli.streams import ReaderLeft, complain, steady, to_nowhere
from plasticity.errors import PlasticityError, PlasticityWarning, said, told
from plasticity.progress import quietly

TRACEBACK = "PLASTICITY_TRACEBACK"  # set to anything, a failure is shown with the place in the code
MOST_OF_A_MESSAGE = 300  # characters of what click says of its input, which it repeats in full


def run_command(command: click.Command, arguments: list[str] | None = None, name: str = "plasticity") -> None:
    """Run one command as a process does, and exit."""
    steady()
    with _warnings_as_lines(), quietly():  # commands have bars of their own
        status = _status(command, arguments, name)
    sys.exit(status)


def _status(command: click.Command, arguments: list[str] | None, name: str) -> Any:
    try:
        with ended_as_by_ctrl_c():
            return command.main(arguments, prog_name=name, standalone_mode=False)
    except ReaderLeft:
        return 0
    except SystemExit as left:  # click has written to a pipe that nobody reads
        return 0 if type(sys.stdout).__name__ == "_PacifyFlushWrapper" else left.code
    except (click.Abort, KeyboardInterrupt) as stop:
        complain("Stopped.")
        return status_of(stop)
    except Exception as error:
        return _failed(error)


def _failed(error: Exception) -> int:
    """Say what went wrong, and return the exit status."""
    if os.environ.get(TRACEBACK):
        traceback.print_exception(error)
    status, text = _told(error)
    complain(f"Error: {text}")
    return status


def _fault(error: Exception) -> str:
    """The line for a failure that is nobody's wrong input."""
    where = traceback.extract_tb(error.__traceback__)[-1:]
    place = f" ({os.path.basename(where[0].filename)}, line {where[0].lineno})" if where else ""
    return (
        f"a fault of plasticity, or of a package that it uses: {told(error)}{place}; please report it "
        f"({TRACEBACK}=1 shows more)"
    )


def line_of(error: Exception) -> str:
    """What a failure is, in one line."""
    return _told(error)[1]


def _told(error: Exception) -> tuple[int, str]:
    """The exit status of a failure, and its line."""
    if isinstance(error, click.ClickException):
        return 2, _said(error)
    if isinstance(error, PlasticityError):
        return 2, str(error)
    if isinstance(error, MemoryError):
        return 2, "the memory is used up; set fewer points, a shorter time or a coarser step"
    if isinstance(error, OSError):
        return _of_the_system(error)
    if isinstance(error, ValueError) and "embedded null" in str(error):
        return 2, "the name of a file or folder holds a null character; give another"
    return 1, _fault(error)


def _of_the_system(error: OSError) -> tuple[int, str]:
    try:
        os.getcwd()
    except OSError:
        return 2, "the current folder does not exist any more; change to one that does"
    if error.filename is not None and error.errno != errno.ENOSPC:
        return 2, f"{said(str(error.filename))}: {error.strerror or error}; give another file or folder"
    to_nowhere(sys.stdout)  # of a full disk, what is still unwritten would fail again
    return 1, str(error) or told(error)


def _said(error: click.ClickException) -> str:
    """What came, and what is allowed: click leaves the second out for commands, options and arguments."""
    text, context = error.format_message(), getattr(error, "ctx", None)
    text = text.rstrip(".")
    text = text if len(text) <= MOST_OF_A_MESSAGE else f"{text[: MOST_OF_A_MESSAGE - 3]}..."
    if context is None or isinstance(error, click.BadParameter):
        return text
    names = context.command.list_commands(context) if isinstance(context.command, click.Group) else []
    options = [option for parameter in context.command.get_params(context) for option in parameter.opts]
    allowed = [*names, *(option for option in options if option.startswith("-"))]
    return f"{text}; allowed: {', '.join(allowed)}"


@contextlib.contextmanager
def _warnings_as_lines() -> Iterator[None]:
    """Show each warning once, as one line; ours always, whatever the process does with those of others."""
    shown = set[str]()

    def show(message: Warning | str, category: type[Warning], *_: Any) -> None:
        text = str(message) if issubclass(category, PlasticityWarning) else f"{category.__name__}: {message}"
        if text not in shown:
            shown.add(text)
            complain(f"Warning: {text}")

    with warnings.catch_warnings():
        warnings.simplefilter("always", PlasticityWarning)
        warnings.showwarning = show  # type: ignore[assignment]
        yield
