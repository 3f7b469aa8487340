"""Processes of their own for tests: what a run does to its process, and what it leaves behind."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest


class Processes:
    """Python processes that share a current folder and a temporary folder, both empty at first."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.temporary = folder / "here", folder / "temporary"
        self.folder.mkdir()
        self.temporary.mkdir()
        self._folders = {"TMPDIR": str(self.temporary), "PLASTICITY_CACHE": str(folder / "kept")}

    def start(self, code: str, **environment: str) -> subprocess.Popen:
        helpers = os.pathsep.join([str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")])
        return subprocess.Popen(
            [sys.executable, "-c", code],
            cwd=self.folder,
            env={**os.environ, **self._folders, "PYTHONPATH": helpers, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,  # a test of ctrl-C interrupts this group, and not the tests
        )

    def run(self, code: str, **environment: str) -> subprocess.CompletedProcess:
        """Waits for the end, which may be an error."""
        process = self.start(code, **environment)
        try:
            said, complained = process.communicate()
        finally:
            process.kill()  # after a test that failed or timed out; one that has ended does not mind
        return subprocess.CompletedProcess(process.args, process.returncode, said, complained)

    def output(self, code: str, **environment: str) -> str:
        """What is printed by code that has no error."""
        done = self.run(code, **environment)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def left(self) -> list[str]:
        """The files that are in either folder now."""
        return [str(path) for folder in (self.folder, self.temporary) for path in folder.rglob("*")]


@pytest.fixture(scope="session")
def new_processes(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Processes]:
    return lambda: Processes(tmp_path_factory.mktemp("processes"))


@pytest.fixture
def processes(new_processes: Callable[[], Processes]) -> Processes:
    return new_processes()
