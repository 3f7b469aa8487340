"""Entry points of other packages: found by name, and their faults named."""

import os
import subprocess
import sys
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


@pytest.fixture
def their_package(tmp_path):
    """An installed package of somebody else, with a rule and an experiment: the folder to put on the path."""
    info = tmp_path / "site" / "their_package-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: their-package\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(
        "[plasticity.rules]\ntheir_rule = their_module:RULE\n"
        "[plasticity.experiments]\ntheir_window = their_module:EXPERIMENT\n"
    )
    (tmp_path / "site" / "their_module.py").write_text(
        "from dataclasses import replace\nfrom plasticity import runs\n"
        "from plasticity.rules import scaled\nfrom plasticity.rules.pair_stdp import PAIR_STDP\n"
        "from plasticity.experiments.stdp_window import EXPERIMENT as OURS\n"
        "RULE = replace(scaled(PAIR_STDP, 2), name='their_rule')\n"
        "EXPERIMENT = replace(OURS, name='their_window', question='Is it theirs?')\n"
    )
    return tmp_path / "site"


def test_rules_and_experiments_of_an_installed_package_are_listed_asked_and_run(tmp_path, their_package):
    env = {**os.environ, "PYTHONPATH": str(their_package), "COLUMNS": "200"}

    def said(line):
        command = [sys.executable, "-m", "plasticity.cli", *line.split()]
        return subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=True).stdout

    listed = said("list")
    assert "Is it theirs?" in listed and "their_rule" in listed
    assert "strengthened" in said("ask --rule their_rule --pre 10 --post 15")
    assert "their_rule" in said("ask --rule all --pre 10 --post 15")
    assert "holds: " in said("run their_window --quick --out out")
