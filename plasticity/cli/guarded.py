"""Experiments that are run for a command: what one of them does, be it that it exits, stops no other."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from plasticity.errors import PlasticityError, PluginError, told

if TYPE_CHECKING:
    from plasticity.runs import Finished


class Batch:
    """Many experiments, one after the other: what one of them does stops no other, but is told at the end."""

    def __init__(self, names: Sequence[str], faults: Sequence[PlasticityError]) -> None:
        from plasticity.cli.streams import complain

        self._complain = complain
        self._n, self._done = len(names), 0
        self._failed = [str(fault) for fault in faults]
        self.finished: Finished | None = None
        for fault in faults:
            complain(f"Error: {fault}")

    @contextmanager
    def one(self, name: str) -> Iterator[None]:
        """Around the work of one experiment, which sets `finished`."""
        from plasticity.cli.process import line_of
        from plasticity.cli.terminal import tell_pipe

        self._done += 1
        count = f"{self._done} of {self._n}"
        try:
            yield
        except Exception as error:
            self._failed.append(name)
            self._complain(f"Error: {name} ({count}): {line_of(error)}")
        else:
            seconds = f", {self.finished.seconds:.1f} s" if self.finished else ""
            tell_pipe(f"{name}: done{seconds} ({count})")

    def leave(self) -> None:
        """End with status 1 when something has failed."""
        if self._failed:
            self._complain(f"{len(self._failed)} could not be run; see above.")
            sys.exit(1)


@contextmanager
def staying(name: str) -> Iterator[None]:
    """Have an experiment that exits, whatever the status, fail; it would end the process as if all were done."""
    try:
        yield
    except (Exception, KeyboardInterrupt):
        raise
    except SystemExit as left:
        raise PluginError(f"the experiment {name} exits instead of running (status {left.code}); repair it") from left
    except BaseException as stop:  # such as a generator or a task of theirs that was stopped
        raise PluginError(f"the experiment {name} ends instead of running: {told(stop)}; repair it") from stop
