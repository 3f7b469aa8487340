"""The lines of the README that read spike files do, on files made by those who write them."""

import re
import shlex
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from nwb_writer import nwb
from scipy import io

from plasticity.cli import commands

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
LINES = re.findall(r"\| `(--trains [^`]+)`", README)
A, B, IDS = [10.0, 30.0], [15.0, 35.0], [3, 3, 7, 7]
FILES = {
    "spikes.csv": "train;time_ms\nA;10,0\nA;30\nB;15\nB;35\n",
    "t.csv": "cell,when\n3,10\n3,30\n7,15\n7,35\n",
    "spikes-8-0.dat": "# NEST version: 3.8\nsender\ttime_ms\n3\t10.0\n3\t30.0\n7\t15.0\n7\t35.0\n",
    "w.csv": "pre_ms,post_ms\n10,15\n30,35\n",
    "t.txt": "1: 10 30\n2: 15 35\n",
}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, text in FILES.items():
        Path(name).write_text(text, encoding="utf-8")
    seconds = np.array([*A, *B]) / 1e3
    np.savez("m.npz", i=IDS, t=seconds)
    cell = np.empty(2, dtype=object)
    cell[:] = [seconds[:2], seconds[2:]]
    io.savemat("t.mat", {"spikes": cell, "rate": 30000.0})
    Path("sorted").mkdir()
    np.save("sorted/spike_times.npy", (seconds * 30000).round().astype("uint64"))
    np.save("sorted/spike_clusters.npy", IDS)
    Path("sorted/params.py").write_text("sample_rate = 30000.\n")
    nwb(tmp_path / "session.nwb", [seconds[:2], seconds[2:]], ids=[3, 7])
    return tmp_path


def test_there_are_lines_for_each_kind_of_file():
    assert len(LINES) >= 9


@pytest.mark.parametrize("line", LINES)
def test_a_line_of_the_readme_answers(folder, line):
    if "--sampling-rate" in line:
        Path("t.csv").write_text("cell;sample\n3;300\n3;900\n7;450\n7;1050\n")
    done = CliRunner().invoke(commands, ["ask", "--rule", "pair_stdp", *shlex.split(line)])
    assert done.exit_code == 0 and "the weight goes from 0.5 to 0.50674061" in done.output, done.output
