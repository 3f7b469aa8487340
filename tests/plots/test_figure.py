"""Pictures are ours alone: the same bytes each time, whatever lies around and whatever the process has set."""

import hashlib
import os
import subprocess
import sys

import pytest

from plasticity.errors import ArgumentError
from plasticity.plots import FORMATS, picture

HOSTILE = """
savefig.facecolor: red
savefig.bbox: tight
savefig.transparent: True
figure.facecolor: blue
font.size: 30
lines.linewidth: 9
lines.linestyle: :
axes.prop_cycle: cycler('color', ['yellow'])
axes.grid: True
text.usetex: True
svg.fonttype: path
pdf.compression: 0
backend: module://nosuch
no.such.key: 1
no colon
"""
CODE = """
import hashlib, sys
sys.path.insert(0, sys.argv[1])
from test_figure import drawn
from plasticity.plots import FORMATS
print(*(hashlib.sha256(drawn(format)).hexdigest() for format in FORMATS))
"""


def drawn(format):
    """A picture with lines, text, a grid of colours and a clip path."""

    def draw(figure):
        left, right = figure.subplots(1, 2)
        left.plot([0, 1, 2], [0.1, 0.9, 0.4], "o-", label="line")
        left.legend()
        right.imshow([[0, 1], [2, 3]])
        right.set_title("a_b $x^2$")

    return picture(draw, size=(5.0, 3.0), caption="A caption of 1 line.", format=format)


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_picture_gives_the_same_bytes(format):
    assert drawn(format) == drawn(format)


@pytest.mark.parametrize("place", ["the current folder", "HOME", "MATPLOTLIBRC"])
def test_no_matplotlibrc_and_no_backend_of_the_surroundings_changes_a_picture(tmp_path, place):
    folder = tmp_path / ".config" / "matplotlib" if place == "HOME" else tmp_path
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "matplotlibrc").write_bytes(HOSTILE.encode() + b"# \xff is no UTF-8\n")
    around = {"MPLBACKEND": "nosuch", "MPLCONFIGDIR": str(folder) if place == "HOME" else str(tmp_path / "cache")}
    around |= {"MATPLOTLIBRC": str(folder)} if place == "MATPLOTLIBRC" else {}
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    command = [sys.executable, "-c", CODE, os.path.dirname(__file__)]
    where = {"cwd": tmp_path if place == "the current folder" else elsewhere, "env": {**os.environ, **around}}
    hostile = subprocess.run(command, capture_output=True, text=True, check=False, **where)
    assert hostile.returncode == 0 and hostile.stderr == "", hostile.stderr
    assert hostile.stdout.split() == [hashlib.sha256(drawn(format)).hexdigest() for format in FORMATS]


def test_what_the_process_has_set_changes_no_picture_and_is_put_back():
    import matplotlib

    before = drawn("svg")
    with matplotlib.rc_context({"font.size": 30.0, "text.usetex": True, "savefig.facecolor": "red"}):
        assert drawn("svg") == before
        assert matplotlib.rcParams["font.size"] == 30.0 and matplotlib.rcParams["text.usetex"]


def test_a_backend_for_a_session_of_ones_own_is_kept(tmp_path):
    code = "from plasticity.plots.library import library; print(library().rcParams['backend'])"
    env = {**os.environ, "MPLBACKEND": "svg"}
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=env, capture_output=True, text=True, check=True
    )
    assert run.stdout == "svg\n"


def test_a_format_that_is_none_is_refused_shortly():
    with pytest.raises(ArgumentError, match="allowed: png, svg, pdf") as error:
        drawn("x" * 10_000)
    assert len(str(error.value)) < 200
