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


@pytest.fixture(scope="module")
def left(tmp_path_factory):
    """What a run leaves: {name: content}."""
    folder = tmp_path_factory.mktemp("run") / "out"
    runs.run_into(folder, EXPERIMENT, EXPERIMENT.full, "full")
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def folder(tmp_path, left, small):
    """A folder of a run, which may be tampered with."""
    (tmp_path / "out").mkdir()
    for name, content in left.items():
        (tmp_path / "out" / name).write_bytes(content)
    return tmp_path / "out"
