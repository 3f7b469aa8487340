"""What the tests of runs share."""

import pytest
from small_experiment import EXPERIMENT

from plasticity import runs
from plasticity.plugins import Offer


@pytest.fixture
def small(monkeypatch):
    """The small experiment, found by its name beside those that are installed."""
    from plasticity.runs import discovery

    own = discovery._own
    monkeypatch.setattr(discovery, "_own", lambda: own() | {"small": Offer("small", "us", lambda: EXPERIMENT)})
    assert runs.EXPERIMENTS["small"] is EXPERIMENT
    return EXPERIMENT
