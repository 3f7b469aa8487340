"""A signal that ends a process is treated as ctrl-C; one that is ignored stays so."""

import signal
import subprocess
import sys
import threading

import pytest

from plasticity.cli.signals import Ended, ended_as_by_ctrl_c, status_of

CODE = """
import os, signal, sys
import click
from plasticity.cli import run_command

number = int(sys.argv[1])
usual = signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL
signal.signal(number, signal.SIG_IGN if sys.argv[2] == "ignored" else usual)  # whatever we ourselves were started with

@click.command()
def command():
    try:
        os.kill(os.getpid(), number)
        click.echo("went on")
    finally:
        click.echo("cleared away")

run_command(command, [])
"""


def ended(number, how):
    command = [sys.executable, "-c", CODE, str(int(number)), how]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout.splitlines(), done.stderr.strip()


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_it_is_cleared_away_and_said_in_one_line(number, status):
    assert ended(number, "usual") == (status, ["cleared away"], "Stopped.")


def test_what_nohup_ignores_stays_ignored():
    assert ended(signal.SIGHUP, "ignored") == (0, ["went on", "cleared away"], "")


@pytest.fixture
def usual():
    """Signals as the system has them, whatever runs the tests has made of them."""
    before = {number: signal.signal(number, signal.SIG_DFL) for number in (signal.SIGTERM, signal.SIGHUP)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def test_afterwards_signals_do_what_they_did(usual):
    with pytest.raises(Ended), ended_as_by_ctrl_c():
        signal.raise_signal(signal.SIGTERM)
    assert {signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)} == {signal.SIG_DFL}


def test_in_another_thread_nothing_is_set_and_nothing_fails(usual):
    seen = []

    def enter():
        with ended_as_by_ctrl_c():
            seen.append(signal.getsignal(signal.SIGTERM))

    thread = threading.Thread(target=enter)
    thread.start()
    thread.join()
    assert seen == [signal.SIG_DFL]


def test_the_status_is_that_of_the_signal_whatever_it_was_wrapped_in():
    wrapped = RuntimeError()
    wrapped.__cause__ = Ended(signal.SIGTERM)
    assert (status_of(wrapped), status_of(KeyboardInterrupt())) == (143, 130)
