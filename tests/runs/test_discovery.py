"""Experiments are found where installed packages declare them."""

from importlib.metadata import EntryPoint

import pytest

from plasticity import plugins, runs
from plasticity.errors import PluginError, PluginWarning, UnknownName
from plasticity.rules import RULES
from plasticity.runs.discovery import GROUP

OURS = ("ours", "plasticity.experiments")


def declare(monkeypatch, *entries):
    monkeypatch.setattr(plugins, "entry_points", lambda group: [EntryPoint(*entry, GROUP.name) for entry in entries])


def test_a_package_of_modules_and_a_single_experiment_can_be_declared(monkeypatch):
    declare(monkeypatch, OURS, ("small", "small_experiment:EXPERIMENT"))
    assert {"stdp_window", "small"} <= set(runs.EXPERIMENTS.names())
    assert runs.EXPERIMENTS["small"].question == "Does it run?"


def test_an_unknown_experiment_is_refused_with_the_known_ones():
    with pytest.raises(UnknownName, match="unknown experiment 'window'; known: .*stdp_window"):
        runs.EXPERIMENTS["window"]


@pytest.mark.parametrize("name", [3, None, ["stdp_window"], {}])
@pytest.mark.parametrize("find", [runs.EXPERIMENTS.__getitem__, RULES.__getitem__])
def test_what_cannot_be_a_name_is_unknown(find, name):
    with pytest.raises(UnknownName, match="^unknown (experiment|rule) "):
        find(name)


def test_a_name_of_ours_stays_ours_and_the_other_is_told_with_both_owners(monkeypatch):
    declare(monkeypatch, ("stdp_window", "small_experiment:EXPERIMENT"), OURS)
    with pytest.warns(PluginWarning, match="'stdp_window' of a package .small_experiment.* plasticity has that name"):
        assert runs.EXPERIMENTS.names().count("stdp_window") == 1
    with pytest.warns(PluginWarning, match="plasticity has that name"):
        assert runs.EXPERIMENTS["stdp_window"].records[0].name == "pair_stdp"


def test_one_name_of_two_packages_is_refused_for_both(monkeypatch):
    declare(monkeypatch, OURS, ("small", "small_experiment:EXPERIMENT"), ("small", "math:pi"))
    with pytest.raises(PluginError, match="'small' is declared by .*small_experiment:EXPERIMENT.* and by .*math:pi"):
        runs.EXPERIMENTS["small"]
    with pytest.warns(PluginWarning, match="declared by"):
        assert "small" not in runs.EXPERIMENTS.names()


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (("odd", "math:pi"), "'odd' of .* is 3.14.* no Experiment"),
        (("mine", "small_experiment:EXPERIMENT"), "'mine' of .* calls itself 'small'; declare it under its own name"),
        (("mine", "plasticity.experiments.stdp_window:EXPERIMENT"), "'stdp_window', which is one of plasticity's exp"),
        (("mine", "no_such_module:EXPERIMENT"), "'mine' of .* cannot be loaded: ModuleNotFoundError"),
    ],
)
def test_what_cannot_be_used_is_named_when_asked_for_and_left_out_of_the_rest(monkeypatch, entry, words):
    declare(monkeypatch, OURS, entry)
    with pytest.raises(PluginError, match=words):
        runs.EXPERIMENTS[entry[0]]
    with pytest.warns(PluginWarning, match=words):
        assert entry[0] not in [experiment.name for experiment in runs.EXPERIMENTS.every()]


@pytest.mark.parametrize("value", ["math", "no_such_module", "???"])
def test_a_package_that_is_none_is_a_warning(monkeypatch, value):
    declare(monkeypatch, OURS, ("theirs", value))
    with pytest.warns(PluginWarning, match="plasticity.experiments"):
        assert "stdp_window" in runs.EXPERIMENTS.names()


def test_for_one_of_ours_no_other_package_is_imported(monkeypatch):
    declare(monkeypatch, ("theirs", "no_such_module"), OURS, ("mine", "no_such_module:X"))
    assert runs.EXPERIMENTS["stdp_window"].name == "stdp_window"
