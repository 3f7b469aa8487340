"""Whoever computes tells how far it is; whoever listens hears it, and nobody has to."""

import os
import sys
from types import SimpleNamespace

import pytest
from processes import on_a_terminal

from plasticity.neurons import NEURONS
from plasticity.progress import is_listened_to, listening, quietly, shown, tell, tracked
from plasticity.spiking import rates


def test_a_listener_hears_how_much_is_done():
    heard = []
    with listening(lambda what, fraction: heard.append((what, fraction))):
        items = list(tracked(iter("ab"), "letters"))
    assert items == ["a", "b"]
    assert heard == [("letters", 0.0), ("letters", 0.5), ("letters", 1.0)]


def test_after_it_nobody_listens():
    with listening(lambda what, fraction: None):
        assert is_listened_to()
    assert not is_listened_to()
    assert list(tracked([1], "numbers")) == [1]


def test_brian2_tells_how_far_a_simulation_is_and_gives_the_same_spikes():
    heard = []
    (quiet,) = rates(NEURONS["lif_excitatory"], [2e-10], duration=0.1)
    with listening(lambda what, fraction: heard.append((what, fraction))):
        (told,) = rates(NEURONS["lif_excitatory"], [2e-10], duration=0.1)
    assert ("simulating", 0.0) in heard and ("simulating", 1.0) in heard
    assert told == quiet and quiet.n_spikes


def part_by_part(monkeypatch, place):
    """What a bar draws of three parts that take half a second each, by a clock of ours."""
    drawn, now = [], [0.0]
    monkeypatch.setattr("plasticity.progress.time.monotonic", lambda: now[0])
    monkeypatch.setattr("plasticity.progress._place", lambda: place(drawn))
    with shown("running"):
        for part in range(4):
            tell("running", part / 3)
            now[0] += 0.5
    return drawn


def test_a_bar_begins_after_a_second_and_is_gone_at_the_end(monkeypatch):
    drawn = part_by_part(monkeypatch, lambda drawn: lambda text, fraction: drawn.append((text, fraction)))
    assert drawn == [("running", 2 / 3), ("running", 1.0), ("", None)]


def test_a_bar_that_cannot_be_drawn_stops_nothing(monkeypatch):
    def failing(drawn):
        return lambda text, fraction: drawn.append(1 / 0)

    assert part_by_part(monkeypatch, failing) == []


def test_no_bar_where_nobody_looks_or_somebody_shows_it_another_way(monkeypatch):
    heard = []
    with listening(lambda what, fraction: heard.append(what)), shown("running"):
        tell("part", 0.5)
    monkeypatch.setattr("plasticity.progress._place", lambda: 1 / 0)
    with quietly(), shown("running"):
        assert not is_listened_to()
    assert heard == ["part"]


@pytest.mark.parametrize(("term", "is_drawn"), [("xterm", True), ("dumb", False)])
def test_a_bar_on_a_terminal_ends_with_an_empty_line(term, is_drawn):
    code = (
        "import plasticity.progress as progress\n"
        "progress.WAIT = 0.0\n"
        "with progress.shown('running'):\n"
        "    progress.tell('half', 0.5)\n"
    )
    done, seen = on_a_terminal([sys.executable, "-c", code], env=os.environ | {"TERM": term})
    assert done.returncode == 0 and ("50%  running: half" in seen) == is_drawn
    assert seen.endswith("\r\x1b[K") or not is_drawn


def test_a_notebook_shows_a_bar_in_one_output_that_is_empty_at_the_end(monkeypatch):
    outputs = []

    class Handle:
        def update(self, data, raw):
            outputs.append(data["text/html"])

    def display(data, raw, display_id):
        outputs.append(data["text/html"])
        return Handle()

    ours = {"IPython": SimpleNamespace(get_ipython=lambda: SimpleNamespace(kernel=None))}
    monkeypatch.setitem(sys.modules, "IPython", ours["IPython"])
    monkeypatch.setitem(sys.modules, "IPython.display", SimpleNamespace(display=display))
    monkeypatch.setattr("plasticity.progress.WAIT", 0.0)
    with shown("<b>"):
        tell("part", 0.25)
    assert outputs == ["<progress max='1' value='0.250'></progress> &lt;b&gt;: part", ""]
