"""Memory is asked for before it is taken, to the byte; and time before an evaluation starts."""

import numpy as np
import pytest

from plasticity import events, memory
from plasticity.errors import DurationWarning, MemoryLimitError, TimeLimitError
from plasticity.rules import RULES, soft_bounds


def test_what_is_a_byte_too_large_is_refused_and_what_just_fits_is_not(monkeypatch):
    monkeypatch.setattr(memory, "free_memory", lambda: 2.0**30)
    memory.require_memory(2.0**30, "an array")
    with pytest.raises(MemoryLimitError, match="an array would take 1 GiB, and 1 GiB are free"):
        memory.require_memory(2.0**30 + 1, "an array")


def test_a_size_that_is_no_number_does_not_fit():
    with pytest.raises(MemoryLimitError, match="an array would take countless GiB"):
        memory.require_memory(float("nan"), "an array")


@pytest.mark.parametrize("read", [events.final_weight, events.trajectory], ids=lambda read: read.__name__)
def test_spikes_that_do_not_fit_are_refused_before_they_are_evaluated(read, monkeypatch):
    monkeypatch.setattr(memory, "free_memory", lambda: 100.0)
    with pytest.raises(MemoryLimitError, match="evaluating 3 spikes would take"):
        read(RULES["pair_stdp"], [0.1, 0.2], [0.15], 0.5)


def test_an_evaluation_that_takes_long_says_how_long_before_it_starts(monkeypatch):
    monkeypatch.setattr(memory, "SILENT_SECONDS", 1e-3)
    times = np.arange(1, 1000) * 0.01
    with pytest.warns(DurationWarning, match="evaluating 2e.03 spikes: takes about"):
        events.final_weight(soft_bounds(RULES["pair_stdp"]), times, times + 5e-3, 0.5)


def test_an_evaluation_of_more_than_a_day_is_refused(monkeypatch):
    monkeypatch.setattr(memory, "MOST_SECONDS", 1e-3)
    times = np.arange(1, 1000) * 0.01
    with pytest.raises(TimeLimitError, match="evaluating 2e.03 spikes would compute for about"):
        events.trajectory(RULES["pair_stdp"], times, times + 5e-3, 0.5)
