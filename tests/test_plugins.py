"""Entry points of other packages: found by name, and their faults named."""

from importlib.metadata import EntryPoint

import pytest

from plasticity import plugins
from plasticity.errors import PluginError

GROUP = "plasticity.rules"


def test_an_entry_point_is_found_by_its_name_and_loaded(monkeypatch):
    entry = EntryPoint("pi", "math:pi", GROUP)
    monkeypatch.setattr(plugins, "entry_points", lambda group: [entry])
    assert plugins.loaded(plugins.declared(GROUP)["pi"]) == pytest.approx(3.14159, abs=1e-5)


def test_one_name_for_two_things_is_refused(monkeypatch):
    both = [EntryPoint("x", "math:pi", GROUP), EntryPoint("x", "math:e", GROUP)]
    monkeypatch.setattr(plugins, "entry_points", lambda group: both)
    with pytest.raises(PluginError, match="'x' is declared as math:pi and as math:e"):
        plugins.declared(GROUP)


def test_an_entry_point_that_fails_is_named_with_the_reason():
    with pytest.raises(PluginError, match="'x' of a package cannot be loaded from no_such_module:x: ModuleNotFound"):
        plugins.loaded(EntryPoint("x", "no_such_module:x", GROUP))
