"""The picture of an answer shows what was asked, what would have been, and one repetition enlarged."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from plasticity.ask import Question, altered, answer
from plasticity.ask.picture import caption, draw
from plasticity.plots.panels import panels
from plasticity.rules import RULES

ASKED = Question(RULES["pair_stdp"], [0.01, 0.03], [0.015, 0.035], 0.5)
REPEATED = Question(RULES["pair_stdp"], [0.01, 0.03], [0.015, 0.035], 0.5, n_repeats=60)
FALLING = Question(RULES["pair_stdp"], [0.01], [0.005], 0.001)  # it would turn negative


def drawn(question, **changes):
    """The figure, and what would have been."""
    what_if = [(name, answer(altered(question, **change))) for name, change in changes.items()]
    figure = Figure()
    draw(answer(question), figure, what_if)
    return figure, what_if


def lines(axes):
    return {line.get_label(): line for line in axes.lines if not line.get_label().startswith("_")}


def test_what_would_have_been_ends_where_its_answer_does():
    figure, what_if = drawn(ASKED, fewer={"without": ["pre:2"]}, earlier={"move": ["post:1:-8ms"]})
    shown = lines(figure.axes[2])
    assert [shown[name].get_ydata()[-1] for name, _ in what_if] == [other.w_after for _, other in what_if]
    assert len({line.get_color() for line in shown.values()}) == 3


def test_a_spike_that_is_taken_away_has_a_cross_and_one_that_comes_a_tick():
    figure, _ = drawn(ASKED, earlier={"move": ["post:1:-8ms"]})
    marks = {line.get_marker(): line.get_xdata().tolist() for line in figure.axes[0].lines if line.get_xdata().size}
    assert {marker: np.round(at, 9).tolist() for marker, at in marks.items()} == {"|": [7.0], "x": [15.0]}


def test_one_repetition_is_enlarged_beside_the_whole():
    figure, _ = drawn(REPEATED, fewer={"without": ["pre:2"]})
    once, whole = lines(figure.axes[2]), lines(figure.axes[3])
    assert len(panels(figure)) == 4 and len(figure.axes[0].collections[0].get_positions()) == 2
    assert once["fewer"].get_xdata()[-1] < 50 and whole["fewer"].get_xdata()[-1] > 59  # milliseconds; seconds
    assert whole["in its bounds, and unbounded"].get_ydata()[-1] == pytest.approx(answer(REPEATED).w_after, abs=1e-12)


def test_lines_that_lie_on_one_another_are_told():
    figure, _ = drawn(FALLING, same={"move": ["pre:1:+0.000000001ms"]})
    assert list(lines(figure.axes[2])) == ["in its bounds", "unbounded", "same: the same"]
    assert list(lines(drawn(ASKED)[0].axes[2])) == ["in its bounds, and unbounded"]


def test_the_caption_says_what_would_have_been():
    _, what_if = drawn(ASKED, fewer={"without": ["pre:2"]})
    assert f"fewer, to {what_if[0][1].w_after:.6g}." in caption(answer(ASKED), what_if)
