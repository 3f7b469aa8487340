"""A terminal of the tests takes whatever a process prints, however much and however fast."""

import sys

from processes import on_a_terminal


def test_a_terminal_takes_megabytes_and_loses_none():
    code = "import sys; [sys.stderr.write('x' * 1000) for _ in range(3000)]; print(sys.stderr.isatty())"
    done, saw = on_a_terminal([sys.executable, "-c", code])
    assert (done.returncode, done.stdout, saw.count("x")) == (0, "True\n", 3_000_000)


def test_a_process_that_prints_nothing_leaves_nothing():
    done, saw = on_a_terminal([sys.executable, "-c", ""])
    assert (done.returncode, done.stdout, saw) == (0, "", "")
