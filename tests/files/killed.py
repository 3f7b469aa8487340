"""A script: write a folder, and have the writer killed, or disturbed, at each step in turn. Prints what went wrong.

    python killed.py (KILL|TERM|INT|intruder|twice) (fresh|overwrite) (one|two)

`one` lets the system move and exchange names in one step, `two` does not. A step is a call that changes the disk; a
file that is being written has a step in its middle. The children are forked before anything else runs in this
process, so that a step costs milliseconds.
"""

import json
import os
import shutil
import signal
import sys
import tempfile
import warnings
from pathlib import Path

from plasticity import files
from plasticity.errors import OutputError
from plasticity.files import leftovers, renaming

CALLS = ("mkdir", "open", "write", "fsync", "rename", "unlink", "rmdir")
OLD = {"numbers.csv": b"old\n" * 50, "part/deep/a.csv": b"old\n", "once/b.csv": b""}
NEW = {"numbers.csv": b"new\n" * 50, "part/deep/a.csv": b"new\n"}


def whole(contents):
    """The contents with their manifest."""
    return files.sealed("run", {}, contents)


def found(folder):
    """What stands under a name: 'nothing', 'old', 'new', or 'broken'."""
    if not folder.exists():
        return "nothing"
    content = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    content.pop("thesis.txt", None)
    return {True: "old"}.get(content == whole(OLD), "new" if content == whole(NEW) else "broken")


class Steps:
    """Calls `act` at step number `at`, counted over all calls that change the disk."""

    def __init__(self, at, act):
        self.n, self.at, self.act = 0, at, act
        for name in CALLS:
            setattr(os, name, self.counted(getattr(os, name)))
        renaming._renamed = self.counted(renaming._renamed)

    def step(self):
        self.n += 1
        if self.n == self.at:
            self.act()

    def counted(self, call):
        def counting(*arguments, **options):
            self.step()
            if call.__name__ != "write":
                return call(*arguments, **options)
            descriptor, content = arguments
            half = call(descriptor, content[: len(content) // 2])
            self.step()
            return half + call(descriptor, content[half:])

        return counting


def in_child(work, at, act):
    """Do `work` in a forked process that acts at a step; returns (exit status, whether it came so far)."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            steps = Steps(at, act)
            work()
            status = 0 if steps.n >= at else 99
        except KeyboardInterrupt:
            status = 130
        except OutputError:
            status = 2
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def cleared(folder):
    """What the next command does first; says how many lines it reported."""
    return len(leftovers.recover(folder))


def killed(number, overwrite, check):
    """Kill the writer at each step."""

    def case(parent, at):
        status = in_child(lambda: write(parent, overwrite), at, lambda: os.kill(os.getpid(), number))
        hidden = [path for path in parent.iterdir() if path.name.startswith(".")]
        state, allowed = found(parent / "D"), {"old" if overwrite else "nothing", "new"}
        if number == signal.SIGKILL:
            check(status in (99, -9), f"status {status}")
            if renaming.moved is not two:  # else the next command puts it right
                check(state in allowed, f"{state} under the name")
        else:
            check(status in (99, 130 if number == signal.SIGINT else -number), f"status {status}")
            check(state in allowed and not hidden, f"{state} under the name, left: {hidden}")
            check(at > 9 or state != "new", "it went on to the end, though it was stopped at once")
        had_begun = any(leftovers._plan(path) for path in hidden)
        check(cleared(parent) == had_begun, "nothing was reported, or too much")
        tidy(parent, allowed, check)
        return status != 99

    return case


def killed_twice(overwrite, check):
    """Kill the writer at each step, then whoever clears it at each step."""

    def case(parent, at):
        status = in_child(lambda: write(parent, overwrite), at, lambda: os.kill(os.getpid(), signal.SIGKILL))
        for again in range(1, 100):
            copy = parent.with_name(f"{parent.name}-{again}")
            os.rename(parent, copy)  # inode numbers stay, as they would
            if in_child(lambda copy=copy: cleared(copy), again, lambda: os.kill(os.getpid(), signal.SIGKILL)) == 99:
                break
            parent = copy
        cleared(copy)
        tidy(copy, {"old" if overwrite else "nothing", "new"}, check)
        return status != 99

    return case


def intruded(overwrite, check):
    """At each step somebody puts a file into the folder, which has to survive; and so has the run that was there."""

    def case(parent, at):
        made, opened, written = os.mkdir, os.open, os.write  # as they are before their calls are counted

        def intrude():
            if not os.path.isdir(parent / "D"):
                made(parent / "D")
            written(opened(parent / "D" / "thesis.txt", os.O_CREAT | os.O_WRONLY), b"mine")

        status = in_child(lambda: write(parent, overwrite), at, intrude)
        check(status in (0, 2, 99), f"status {status}")
        text = [path.read_bytes() for path in parent.rglob("thesis.txt")]
        check(text == [b"mine"] * (status != 99) and (status == 99 or (parent / "D" / "thesis.txt").exists()), "lost")
        kept = [found(path) for path in (parent / "D", *parent.glob(".plasticity-*/old"))]
        check(not overwrite or {"old", "new"} & set(kept), f"the run that was there is lost: {kept}")
        check(status != 0 or found(parent / "D") == "new", "said to be written, and is not")
        return status != 99

    return case


def write(parent, overwrite):
    files.write_folder(parent / "D", "run", whole(NEW), overwrite=overwrite)


def tidy(parent, allowed, check):
    state = found(parent / "D")
    check(state in allowed, f"{state} under the name after clearing")
    check({path.name for path in parent.iterdir()} <= {"D", "mine"}, f"left: {sorted(parent.iterdir())}")
    check((parent / "mine").read_text() == "mine", "a file beside it was changed")


def two(source, target):
    """A system that has no such call."""
    return False


def main(what, mode, steps):
    overwrite, wrong = mode == "overwrite", []
    os.fsync = lambda descriptor: None  # a step like the others, for a kill, and not a loss of power, is tried
    if steps == "two":
        renaming.moved = renaming.exchanged = two
    with tempfile.TemporaryDirectory() as above:
        for at in range(1, 1000):

            def check(holds, text, at=at):
                wrong.append(f"step {at}: {text}") if not holds else None

            cases = {"intruder": intruded, "twice": killed_twice}
            number = getattr(signal, f"SIG{what}", None)
            case = killed(number, overwrite, check) if number else cases[what](overwrite, check)
            parent = Path(above) / str(at)
            parent.mkdir()
            (parent / "mine").write_text("mine")
            if overwrite:
                files.write_folder(parent / "D", "run", whole(OLD))
            if not case(parent, at):
                break
            for path in Path(above).iterdir():
                shutil.rmtree(path)
    print(json.dumps({"steps": at, "wrong": wrong}))


if __name__ == "__main__":
    warnings.simplefilter("error")
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may have had it ignored
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    main(*sys.argv[1:])
