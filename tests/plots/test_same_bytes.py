"""The same picture is the same bytes, in every format and on every day."""

import pytest

from plasticity.plots import picture
from plasticity.plots.figure import FORMATS


def draw(figure):
    axes = figure.subplots()
    axes.plot([0.0, 1.0], [0.0, 2.0], marker="o", label="a line")
    axes.fill_between([0.0, 1.0], [0.0, 1.0], hatch="/")  # markers and hatches get names of their own in svg
    axes.legend()


@pytest.mark.parametrize("format", FORMATS)
def test_a_picture_has_the_same_bytes_on_another_day(format, monkeypatch):
    made = []
    for seconds in ("0", "86400"):  # what the clock says to matplotlib
        monkeypatch.setenv("SOURCE_DATE_EPOCH", seconds)
        made.append(picture(draw, size=(3.0, 2.0), caption="A line.", format=format))
    assert made[0] == made[1]
