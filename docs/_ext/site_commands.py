"""Commands that pages show, run when the site is built: a page cannot promise what a command does not print."""

import hashlib
import os
import shlex
import subprocess
import sys
import tempfile

from site_work import folder, keep

from plasticity.errors import PlasticityError

SHOWN = {"NO_COLOR": "1", "COLUMNS": "100", "TERM": "dumb"}


class CommandFailed(PlasticityError):
    """A command of a page ended otherwise than the page says."""


def output(line: str, *, status: int = 0) -> str:
    """What a command prints, errors included, in a folder of its own; kept until the code changes.

    line   : begins with `plasticity` or `python`
    raises CommandFailed for another exit status
    """
    file = folder() / f"command-{hashlib.sha256(line.encode()).hexdigest()[:16]}.txt"
    if not file.exists():
        keep(file, _run(line, status))
    return file.read_text(encoding="utf-8")


def _run(line: str, status: int) -> str:
    program, *arguments = shlex.split(line)
    command = {"plasticity": [sys.executable, "-P", "-m", "plasticity.cli"], "python": [sys.executable]}[program]
    with tempfile.TemporaryDirectory() as where:
        done = subprocess.run(
            [*command, *arguments],
            cwd=where,
            env=os.environ | SHOWN,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
    if done.returncode != status:
        raise CommandFailed(f"{line} ended with {done.returncode}, not {status}: {done.stdout[-500:]}")
    return "\n".join(text.rstrip() for text in done.stdout.splitlines())
