"""Entry points of other packages: found by name, their faults named, and nothing of ours stopped by them."""

import os
import subprocess
import sys
import warnings
from importlib.metadata import EntryPoint

import pytest

from plasticity import plugins
from plasticity.errors import PluginError, PluginWarning
from plasticity.neurons import NEURONS
from plasticity.rules import RULES

GROUP = "plasticity.rules"


def declare(monkeypatch, *entries):
    """Have other packages declare rules: (name, value) each."""
    monkeypatch.setattr(plugins, "entry_points", lambda group: [EntryPoint(*entry, group) for entry in entries])


def write_module(tmp_path, monkeypatch, text):
    """A module of somebody else on the path; its name."""
    name = f"other_{abs(hash((str(tmp_path), text)))}"
    (tmp_path / f"{name}.py").write_text(text)
    monkeypatch.syspath_prepend(tmp_path)
    return name


def test_an_entry_point_is_found_by_its_name_and_loaded(monkeypatch):
    declare(monkeypatch, ("pi", "math:pi"))
    (offer,) = map(plugins.offer, plugins.declared(GROUP))
    assert offer.name == "pi" and offer.load() == pytest.approx(3.14159, abs=1e-5)


def test_an_entry_point_that_fails_is_named_with_the_reason():
    entry = EntryPoint("x", "no_such_module:x", GROUP)
    with pytest.raises(PluginError, match="'x' of a package .no_such_module:x. cannot be loaded: ModuleNotFound"):
        plugins.loaded(entry)


FAULTS = {
    "raises": (r"raise RuntimeError('a\nb\x1b[2J')", r"RuntimeError: a b\\x1b\[2J"),
    "exits": ("import sys; sys.exit(0)", "SystemExit: 0"),
    "has no such name": ("", "AttributeError"),
    "is no Python": ("this is no Python", "SyntaxError"),
    "stops as a generator does": ("raise GeneratorExit", "GeneratorExit"),
    "cannot even say why": ("class E(Exception):\n    def __str__(self): raise E()\nraise E", "E"),
    "exits when looked at": (
        "class Odd:\n    def __getattribute__(self, name): raise SystemExit(0)\nRULE = Odd()",
        "'mine' of .* cannot be loaded: SystemExit: 0",
    ),
    "exits when shown": (
        "class Odd:\n    def __repr__(self): raise SystemExit(0)\nRULE = Odd()",
        "'mine' of .* is a Odd that cannot be printed, which is no Rule",
    ),
    "exits when it says why": (
        "class E(Exception):\n    def __str__(self): raise SystemExit(0)\nraise E",
        "cannot be loaded: E; repair",
    ),
    "is no rule": ("RULE = 3", "'mine' of .* is 3, which is no Rule"),
    "has another name": (
        "from dataclasses import replace\nfrom plasticity.rules import RULES\n"
        "RULE = replace(RULES['pair_stdp'], name='other')",
        "calls itself 'other'; declare it under its own name",
    ),
    "has a name of ours": (
        "from plasticity.rules.library.pair_stdp import PAIR_STDP as RULE",
        "'mine' of .* calls itself 'pair_stdp', which is one of plasticity's rules",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_rule_that_cannot_be_used_stops_only_what_asks_for_it(tmp_path, monkeypatch, capfd, fault):
    text, words = FAULTS[fault]
    noisy = f"import warnings\nprint('noise')\nwarnings.warn('noise')\n{text}"
    declare(monkeypatch, ("mine", f"{write_module(tmp_path, monkeypatch, noisy)}:RULE"))
    assert RULES["pair_stdp"].name == "pair_stdp"
    with pytest.warns(PluginWarning, match=words) as warned:
        assert RULES.every() == [*RULES.values()]
    assert len(warned) == 1 and "\n" not in str(warned[0].message)
    with pytest.raises(PluginError, match=words):
        RULES["mine"]
    assert capfd.readouterr() == ("", "")


def test_ctrl_c_is_not_held_back(tmp_path, monkeypatch):
    declare(monkeypatch, ("mine", f"{write_module(tmp_path, monkeypatch, 'raise KeyboardInterrupt')}:RULE"))
    with pytest.raises(KeyboardInterrupt):
        RULES.every()


@pytest.mark.parametrize("name", ["pair_stdp", "all"])
def test_a_name_of_ours_is_refused_without_an_import_and_ours_goes_on(monkeypatch, name):
    declare(monkeypatch, (name, "no_such_module:RULE"))
    with pytest.warns(PluginWarning, match=f"'{name}' of a package .no_such_module:RULE. is refused, for plasticity"):
        assert RULES.every() == [*RULES.values()]
    assert RULES["anti_stdp"].name == "anti_stdp"


def test_who_asks_for_a_rule_of_ours_gets_it_without_a_look_at_others(monkeypatch):
    monkeypatch.setattr(plugins, "entry_points", None)
    assert RULES["pair_stdp"].name == "pair_stdp"


def test_one_name_of_two_packages_is_refused_for_both(monkeypatch):
    declare(monkeypatch, *(("x", f"math:{name}") for name in ("pi", "e", "tau")))
    with pytest.raises(PluginError, match="'x' is declared by a package .math:pi. and by a package .math:e.; remove"):
        RULES["x"]
    with pytest.warns(PluginWarning, match="'x' is declared by"):
        assert RULES.every() == [*RULES.values()]


def test_the_same_declared_twice_is_one(monkeypatch):
    declare(monkeypatch, ("x", "math:pi"), ("x", "math:pi"))
    assert len(plugins.declared(GROUP)) == 1


def test_a_package_whose_declarations_cannot_be_read_stops_no_other(tmp_path, monkeypatch):
    for name, line in {"broken": "no equals sign", "good": "x = m:x"}.items():
        info = tmp_path / f"{name}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text(f"[plasticity.rules]\n{line}\n")
    monkeypatch.syspath_prepend(tmp_path)
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        assert "x" in [entry.name for entry in plugins.declared(GROUP)]
    assert all(issubclass(item.category, PluginWarning) and "broken" in str(item.message) for item in warned)


def test_a_neuron_of_another_package_is_found_and_listed(monkeypatch, tmp_path):
    text = (
        "from dataclasses import replace\nfrom plasticity.neurons import NEURONS\n"
        "NEURON = replace(NEURONS['lif_excitatory'], name='theirs')"
    )
    declare(monkeypatch, ("theirs", f"{write_module(tmp_path, monkeypatch, text)}:NEURON"))

    assert NEURONS["theirs"].name == "theirs" and NEURONS.names() == [*NEURONS, "theirs"]


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
        "from plasticity.rules import scaled\nfrom plasticity.rules.library.pair_stdp import PAIR_STDP\n"
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
