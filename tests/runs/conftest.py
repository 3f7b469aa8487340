"""What the tests of runs share."""

import pytest
from small_experiment import EXPERIMENT

from plasticity import runs


@pytest.fixture
def small(monkeypatch):
    """The small experiment, found by its name beside those that are installed."""
    from plasticity.runs import discovery

    declared = discovery._declared
    monkeypatch.setattr(discovery, "_declared", lambda: {**declared(), "small": lambda: EXPERIMENT})
    assert runs.find("small") is EXPERIMENT
    return EXPERIMENT
