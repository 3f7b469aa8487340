"""`plasticity sweep` and `plasticity rerun` of its points: what they print, and what they refuse."""

import json
import os
import signal
import subprocess
import time

import pytest
from command_line import PLASTICITY, WIDE, assert_refused, plasticity_here

QUESTION = 'rule = "pair_stdp"\n[trains]\npre_ms = [10, 30]\npost_ms = [15, 35]\n'


@pytest.fixture
def folder(tmp_path, monkeypatch):
    (tmp_path / "q.toml").write_text(QUESTION, encoding="utf-8")
    (tmp_path / "untrained.toml").write_text(QUESTION.partition("\n")[0], encoding="utf-8")
    (tmp_path / "unruled.toml").write_text(QUESTION.partition("\n")[2], encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_sweep_says_what_it_did_and_its_points_can_be_repeated(folder):
    done = plasticity_here("sweep", "q.toml", "--over", "tau_plus=10..50ms:3", "--seeds", "2", "--out", "s")

    assert (done.returncode, done.stderr) == (0, "")
    assert "6 points" in done.stdout and "draws no random numbers" in done.stdout
    again = plasticity_here("rerun", "s", "--point", "3")
    assert again.returncode == 0 and "All data are bit-equal." in again.stdout


def test_a_sweep_of_a_changed_rule_is_of_this_rule_and_can_be_repeated(folder):
    changed = 'variant = "nearest"\nset = {A_plus = 0.01}\nw_max = 2\n' + QUESTION
    (folder / "q.toml").write_text(changed, encoding="utf-8")
    assert plasticity_here("sweep", "q.toml", "--over", "tau_plus=15,20ms", "--out", "s").returncode == 0

    asked = json.loads(plasticity_here("ask", "q.toml", "--set", "tau_plus=15ms", "--json").stdout)
    row = (folder / "s" / "table.csv").read_text().splitlines()[1].split(",")
    assert float(row[6]) == pytest.approx(asked["dw"], abs=1e-12)
    assert "bit-equal" in plasticity_here("rerun", "s", "--point", "0").stdout


def test_rules_are_swept_over_a_question_that_names_none(folder):
    done = plasticity_here("sweep", "unruled.toml", "--over", "rule=pair_stdp,triplet_stdp", "--out", "s")
    assert (done.returncode, done.stderr) == (0, "") and "2 points" in done.stdout


def test_points_that_fail_are_told_and_the_status_is_1(folder):
    done = plasticity_here("sweep", "q.toml", "--over", "w0=0.5,1", "--over", "upper=0.8,2", "--out", "s")

    assert done.returncode == 1 and "4 points, of which 1 failed" in done.stdout
    assert "point 2 (w0=1, upper=0.8)" in done.stdout
    assert (folder / "s" / "table.csv").read_text().count("\n") == 5


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["q.toml", "--over", "tau_plsu=1,2"], ["tau_plsu", "did you mean tau_plus"]),
        (["q.toml", "--over", "tau_plus="], ["no value"]),
        (["q.toml", "--over", "tau_plus"], ["NAME=a..b:n"]),
        (["q.toml", "--over", "tau_plus=1,2", "--over", "tau_plus=3"], ["twice"]),
        (["q.toml", "--over", "tau_plus=1..2:1000001"], ["1000001 points", "--yes"]),
        (["q.toml", "--over", "tau_plus=1..2V:3"], ["tau_plus", "1V"]),
        (["q.toml", "--over", "tau_plus=-1..2:3"], ["tau_plus", "0.001 ms or more"]),
        (["q.toml", "--over", "w0=0..2:3"], ["2", "outside"]),
        (["q.toml", "--over", "rule=pair_stdp,bcm"], ["bcm", "rates"]),
        (["q.toml", "--over", "rule=pair_stdp,nothing"], ["nothing", "known"]),
        (["q.toml", "--over", "rule=pair_stdp,calcium", "--over", "A_minus=1,2"], ["parameter of"]),
        (["q.toml", "--over", "post:9=1,2"], ["post:9"]),
        (["q.toml", "--over", "w0=0,1", "--set", "w0=1"], ["set and swept"]),
        (["q.toml"], ["--over"]),
        (["q.toml", "--over", "w0=0,1", "--quick"], ["--quick"]),
        (["q.toml", "--over", "w0=0,1", "--jobs", "0"], ["--jobs is 0"]),
        (["q.toml", "--over", "w0=0,1", "--jobs", "2", "--cluster", "tcp://a:1"], ["--jobs"]),
        (["q.toml", "--over", "w0=0,1", "--cluster", "tcp://127.0.0.1:1"], ["no scheduler"]),
        (["q.toml", "--over", "w0=0,1", "--seeds", "0"], ["number of seeds is 0"]),
        (["q.toml", "--over", "w0=0,1", "--format", "gif"], ["gif"]),
        (["nothing.toml", "--over", "w0=0,1"], ["nothing.toml"]),
        (["untrained.toml", "--over", "w0=0,1"], ["has no presynaptic spikes"]),
        (["unruled.toml", "--over", "w0=0,1"], ["no rule is named", "--set rule=pair_stdp"]),
        (["nothing", "--over", "w0=0,1"], ["unknown experiment"]),
        (["stdp_window", "--over", "seed=0,1"], ["--seeds"]),
        (["stdp_window", "--over", "tau=0,1"], ["unknown parameter of stdp_window"]),
        (["stdp_window", "--over", "w0=0..2:3"], ["w0 is 2", "from 0 to 1"]),
        (["stdp_window", "--over", "conventions=nest,mine"], ["mine"]),
    ],
)
def test_what_cannot_be_swept_is_one_line_and_no_folder(folder, arguments, words):
    assert_refused(plasticity_here("sweep", *arguments, "--out", "s"), *words)
    assert not (folder / "s").exists()


def test_resume_needs_a_folder_and_its_own_sweep(folder):
    assert_refused(plasticity_here("sweep", "q.toml", "--over", "w0=0,1", "--resume"), "--out DIR")
    assert plasticity_here("sweep", "q.toml", "--over", "w0=0,1", "--out", "s", "--resume").returncode == 0

    assert_refused(plasticity_here("sweep", "q.toml", "--over", "w0=0,0.5", "--out", "s", "--resume"), "another sweep")
    assert_refused(plasticity_here("sweep", "q.toml", "--over", "w0=0,1", "--out", "s"), "exists")
    assert_refused(plasticity_here("sweep", "q.toml", "--over", "w0=0,1", "--out", ".", "--resume"), "holds no sweep")
    assert_refused(plasticity_here("rerun", "s"), "--point NUMBER")
    assert_refused(plasticity_here("rerun", "s", "--point", "2"), "point is 2")


def children(pid):
    done = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False)
    return [int(word) for word in done.stdout.split()]


def test_a_killed_sweep_leaves_no_process_and_ends_as_one_that_was_not(folder):
    axes = ["sweep", "q.toml", "--over", "tau_plus=10..50ms:30", "--over", "A_plus=0.001..0.01:10", "--jobs", "2"]
    first = subprocess.Popen([*PLASTICITY, *axes, "--out", "cut"], cwd=folder, env=WIDE)
    points = folder / "cut" / "points"
    while not (points.is_dir() and any(points.glob("*.json"))):
        time.sleep(0.01)
    workers = children(first.pid)
    first.send_signal(signal.SIGKILL)
    first.wait()
    deadline = time.monotonic() + 10
    while any(_lives(worker) for worker in workers) and time.monotonic() < deadline:
        time.sleep(0.05)

    assert workers and not any(_lives(worker) for worker in workers)
    assert plasticity_here(*axes[:-2], "--out", "cut", "--resume").returncode == 0
    assert plasticity_here(*axes[:-2], "--out", "whole").returncode == 0
    assert contents(folder / "cut") == contents(folder / "whole")


def _lives(pid):
    try:
        os.kill(pid, 0)
        with open(f"/proc/{pid}/stat", encoding="ascii") as stat:
            return stat.read().rpartition(") ")[2][0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}
