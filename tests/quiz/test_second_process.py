"""The second process of the quiz, seen from outside: it ends with the first, and a script must let it begin."""

import os
import signal
import subprocess
import sys
import time

import pytest

WITHOUT_A_GUARD = """
from plasticity.quiz import ask, chosen
print("asked")
list(ask(chosen(section="gates"), n_processes=2))
"""
KILLED = """
import os, signal
from plasticity.quiz import sharing
if __name__ == "__main__":
    shared = sharing.Shared({id: one.solution for id, one in sharing.LECTURE.items()}, "auto", seed=0, n_processes=2)
    while not shared._pool._processes:
        pass
    print(*shared._pool._processes, flush=True)
    next(iter(shared._away.values())).result()
    os.kill(os.getpid(), signal.SIGKILL)
"""


def run(folder, script):
    (folder / "script.py").write_text(script, encoding="utf-8")
    command = [sys.executable, "script.py"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=100, check=False)


def test_a_script_without_a_guard_is_told_what_to_write_and_begins_no_third_process(tmp_path):
    done = run(tmp_path, WITHOUT_A_GUARD)
    assert done.stdout.count("asked") == 2 and "ArgumentError: the second process ended" in done.stderr
    assert "if __name__ == '__main__':" in done.stderr and done.returncode == 1


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="the system does not show its processes as files")
def test_the_second_process_ends_when_the_first_is_killed(tmp_path):
    done = run(tmp_path, KILLED)  # which waits until nobody holds its output
    assert done.returncode == -signal.SIGKILL
    deadline = time.monotonic() + 10
    while os.path.exists(f"/proc/{int(done.stdout)}") and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not os.path.exists(f"/proc/{int(done.stdout)}")
