"""The command line as a process of its own."""

import contextlib
import io
import os
import subprocess
import sys

from processes import on_a_terminal

from plasticity.cli import commands, run_command

# Buffered, as output is by default: then a stream that fails may fail once more when the process ends
BUFFERED = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
NARROW = {**BUFFERED, "COLUMNS": "80"}
WIDE = {**BUFFERED, "COLUMNS": "1000"}  # so that every row of a table is one line
PLASTICITY = (sys.executable, "-m", "plasticity.cli")


def plasticity(folder, *arguments, **options):
    """Run `plasticity` in a folder, and return what it printed and its exit status."""
    command = [*PLASTICITY, *arguments]
    usual = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "env": WIDE, "text": True, "check": False}
    return subprocess.run(command, cwd=folder, **(usual | options))


def plasticity_on_a_terminal(folder, *arguments, **around):
    """Run `plasticity` in a folder, its error stream a terminal: the process that has ended, and what was seen."""
    return on_a_terminal([*PLASTICITY, *arguments], cwd=folder, env=NARROW | around)


def plasticity_here(*arguments, command=commands):
    """The same within this process, which is much faster: what it printed, and its exit status."""
    out, errors, status = io.StringIO(), io.StringIO(), 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(errors):
        try:
            run_command(command, list(arguments))
        except SystemExit as left:
            status = left.code or 0
    return subprocess.CompletedProcess(arguments, status, out.getvalue(), errors.getvalue())


def assert_refused(done, *words):
    """One clear line with all the words, and exit status 2."""
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1), done.stderr
    assert done.stderr.startswith("Error: ")
    assert all(word in done.stderr for word in words), done.stderr
