"""Experiments are found where installed packages declare them."""

from importlib.metadata import EntryPoint

import pytest

from plasticity import plugins, runs
from plasticity.errors import PluginError, UnknownName
from plasticity.runs.discovery import GROUP


def declare(monkeypatch, *entries):
    monkeypatch.setattr(plugins, "entry_points", lambda group: [EntryPoint(*entry, GROUP) for entry in entries])


def test_a_package_of_modules_and_a_single_experiment_can_be_declared(monkeypatch):
    declare(monkeypatch, ("ours", "plasticity.experiments"), ("theirs", "small_experiment:EXPERIMENT"))
    assert {"stdp_window", "theirs"} <= set(runs.names())
    assert runs.find("theirs").name == "small"


def test_an_unknown_experiment_is_refused_with_the_known_ones():
    with pytest.raises(UnknownName, match="unknown experiment 'window'; known: .*stdp_window"):
        runs.find("window")


def test_one_name_in_two_packages_is_refused(monkeypatch):
    declare(monkeypatch, ("ours", "plasticity.experiments"), ("stdp_window", "small_experiment:EXPERIMENT"))
    with pytest.raises(PluginError, match="two installed packages have an experiment called 'stdp_window'"):
        runs.names()


def test_an_entry_point_that_is_no_experiment_is_named(monkeypatch):
    declare(monkeypatch, ("odd", "math:pi"))
    with pytest.raises(PluginError, match="'odd' is 3.14.* no Experiment"):
        runs.find("odd")
