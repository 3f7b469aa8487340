"""Memory is asked for before it is taken, to the byte."""

import pytest

from plasticity import events, memory
from plasticity.errors import MemoryLimitError
from plasticity.rules import RULES


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
    with pytest.raises(MemoryLimitError, match="evaluating so many spikes"):
        read(RULES["pair_stdp"], [0.1, 0.2], [0.15], 0.5)
