"""Progress is drawn at most ten times a second, however often it is told."""

import sys
from types import SimpleNamespace

from rich.progress import Progress

from plasticity.cli import terminal


class Counted:
    """Bars that nobody sees."""

    def __init__(self):
        self.n_updates = 0

    def add_task(self, description, **options):
        return 0

    def update(self, task, **options):
        assert not options.get("refresh"), "an update is drawn when the bars are drawn next"
        self.n_updates += 1


def test_what_is_told_a_thousand_times_a_second_is_passed_on_ten_times(monkeypatch):
    clock = iter(range(5001))
    monkeypatch.setattr(terminal, "time", SimpleNamespace(monotonic=lambda: next(clock) / 1000))
    counted = Counted()
    bars = terminal.Bars(counted, "it")
    for told in range(5000):
        bars.part("a part", told / 5000)
    assert 5 <= counted.n_updates <= 5 * 10 + 1


def test_the_bars_draw_themselves_at_most_ten_times_a_second(monkeypatch):
    made = []

    class Kept(Progress):
        def __init__(self, *columns, **options):
            super().__init__(*columns, **options)
            made.append(self.live.refresh_per_second)

    monkeypatch.setattr(terminal, "Progress", Kept)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    with terminal.progress("it"):
        pass
    assert made and max(made) <= 10
