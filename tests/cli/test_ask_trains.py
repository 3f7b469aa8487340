"""`plasticity ask --trains`, as a process: the same spikes in every kind of file give the same answer."""

import json
import shlex

import numpy as np
import pytest
from command_line import assert_refused, plasticity, plasticity_here

from plasticity import events
from plasticity.rules import RULES

RIGHT = events.final_weight(RULES["pair_stdp"], [0.010, 0.030], [0.015, 0.035], 0.5)
IDS, MS = [3, 3, 7, 7], [10, 30, 15, 35]
TEXTS = {
    "semicolons.csv": "\ufefftrain;time_ms\npre;10,0\npre;30\npost;15\npost;35\n",
    "headless.dat": "3\t10.0\n3\t30.0\n7\t15.0\n7\t35.0\n",
    "lines.txt": "10 30\n15 35\n",
    "samples.tsv": "cell\tsample\n3.0\t300\n3.0\t900\n7.0\t450\n7.0\t1050\n",
}


def words(line):
    return ["ask", "--rule", "pair_stdp", "--json", *shlex.split(line)]


def asked(folder, line):
    return plasticity(folder, *words(line))


@pytest.mark.parametrize(
    "line",
    [
        "--trains semicolons.csv",
        "--trains headless.dat --unit ms --pre 3 --post 7.0",
        "--trains lines.txt --unit ms --lines --pre 1 --post 2",
        "--trains samples.tsv --sampling-rate 30kHz --pre 3 --post 7 --columns cell,sample",
        "--trains monitor.npz --pre 3 --post 7",
    ],
)
def test_the_same_spikes_give_the_same_answer(tmp_path, line):
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    np.savez(tmp_path / "monitor.npz", i=IDS, t=np.array(MS) / 1e3)
    assert json.loads(asked(tmp_path, line).stdout)["w_after"] == RIGHT


def test_a_side_may_be_without_spikes_when_that_is_said(tmp_path):
    (tmp_path / "a.txt").write_text("pre: 10 30\npost:\n")
    for line in ("--trains a.txt --unit ms", "--trains a.txt --unit ms --post ''"):
        assert json.loads(asked(tmp_path, line).stdout)["verdict"] == "unchanged"


BAD = {
    "--trains semicolons.csv --pre A": ["semicolons.csv has no train 'A'; it has pre, post"],
    "--trains headless.dat --pre 3 --post 7": ["headless.dat, line 1", "give --unit"],
    "--trains lines.txt --unit ms": ["lines.txt, line 1", "--columns ID,TIME", "--lines"],
    "--trains samples.tsv --pre 3 --post 7": ["samples.tsv, line 1", "give --sampling-rate"],
    "--unit ms --sampling-rate 3kHz --pre 1 --post 2": ["--unit and --sampling-rate say how to read --trains"],
    "--trains /dev/zero": ["/dev/zero is a device"],
    "both.toml": ["both.toml, line 3", "pre_ms and file both"],
}


@pytest.mark.parametrize("line", BAD)
def test_what_cannot_be_told_is_asked_for_in_one_line(tmp_path, monkeypatch, line):
    monkeypatch.chdir(tmp_path)
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "both.toml").write_text('[trains]\nfile = "semicolons.csv"\npre_ms = [1]\n')
    assert_refused(plasticity_here(*words(line)), *BAD[line])
