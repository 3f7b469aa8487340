"""Memory is asked for before it is taken, to the byte."""

import pytest

from plasticity import memory
from plasticity.errors import MemoryLimitError


def test_what_is_a_byte_too_large_is_refused_and_what_just_fits_is_not(monkeypatch):
    monkeypatch.setattr(memory, "free_memory", lambda: 2.0**30)
    memory.require_memory(2.0**30, "an array")
    with pytest.raises(MemoryLimitError, match="an array would take 1 GiB, and 1 GiB are free"):
        memory.require_memory(2.0**30 + 1, "an array")
