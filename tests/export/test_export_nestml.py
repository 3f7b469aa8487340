"""NESTML's own parser and checks accept what is exported, and no more than that is claimed."""

import sys
from functools import cache
from pathlib import Path

import pytest

from plasticity.errors import UnsupportedRule
from plasticity.export import nestml_neuron, nestml_rule
from plasticity.export.nestml_words import nestml_name, quantity
from plasticity.neurons import NEURONS
from plasticity.rules import RULES, soft_bounds, with_conventions

RULES_SAID = ["pair_stdp", "triplet_all_to_all", "reward_stdp", "tsodyks_markram_stdp", "spiking_synaptic_scaling"]
NEURONS_SAID = [name for name in NEURONS if name not in ("white_noise_lif", "clopath_adex")]


@pytest.fixture(autouse=True)
def unverified(monkeypatch):
    """The text alone: on what the record is verified takes seconds, and has tests of its own."""
    monkeypatch.setattr(nestml_rule, "of_rule", lambda rule: ["Residual: -"])
    monkeypatch.setattr(nestml_neuron, "of_neuron", lambda neuron: ["Residual: -"])


@cache
def _prepared():
    from pynestml.symbol_table.symbol_table import SymbolTable
    from pynestml.symbols.predefined_functions import PredefinedFunctions
    from pynestml.symbols.predefined_types import PredefinedTypes
    from pynestml.symbols.predefined_units import PredefinedUnits
    from pynestml.symbols.predefined_variables import PredefinedVariables
    from pynestml.utils.ast_source_location import ASTSourceLocation

    SymbolTable.initialize_symbol_table(ASTSourceLocation(0, 0, 0, 0))
    PredefinedUnits.register_units()
    PredefinedTypes.register_types()
    PredefinedFunctions.register_functions()
    PredefinedVariables.register_variables()


def errors(path):
    """What NESTML's parser and its checks have against a file."""
    pytest.importorskip("pynestml", reason="NESTML comes with the extra `compare`")
    from pynestml.cocos.co_cos_manager import CoCosManager
    from pynestml.utils.logger import Logger, LoggingLevel
    from pynestml.utils.model_parser import ModelParser

    _prepared()
    Logger.init_logger(LoggingLevel.NO)
    unit = ModelParser.parse_file(str(path))
    for model in unit.get_model_list() if unit else ():
        CoCosManager.check_cocos(model)
    return [entry[5] for entry in Logger.get_log().values() if entry[2] == LoggingLevel.ERROR]


@pytest.mark.nest
@pytest.mark.parametrize("name", ["synapses/stdp_synapse", "neurons/aeif_cond_exp_neuron"])
def test_models_of_nestml_are_accepted(name):
    pytest.importorskip("pynestml", reason="NESTML comes with the extra `compare`")

    assert errors(Path(sys.prefix) / "models" / f"{name}.nestml") == []


@pytest.mark.nest
@pytest.mark.parametrize("name", RULES_SAID)
def test_rules_are_accepted(name, tmp_path):
    (tmp_path / "rule.nestml").write_text(nestml_rule.rule_model(RULES[name]))

    assert errors(tmp_path / "rule.nestml") == []


@pytest.mark.nest
@pytest.mark.parametrize("name", NEURONS_SAID)
def test_neurons_are_accepted(name, tmp_path):
    (tmp_path / "neuron.nestml").write_text(nestml_neuron.neuron_model(NEURONS[name]))

    assert errors(tmp_path / "neuron.nestml") == []


@pytest.mark.nest
@pytest.mark.parametrize(
    "old, new", [("/ tau_plus", "/ tau_pl"), ("priority=1):", "priority=1)"), ("20.0 ms", "20.0 mV")]
)
def test_a_broken_model_is_refused(old, new, tmp_path):
    (tmp_path / "broken.nestml").write_text(nestml_rule.rule_model(RULES["pair_stdp"]).replace(old, new))

    assert errors(tmp_path / "broken.nestml") != []


def test_a_coincident_pair_is_ignored_by_what_the_first_handler_keeps():
    text = nestml_rule.rule_model(RULES["pair_stdp"])

    assert "onReceive(post_spikes, priority=1):\n        r_post_before = r_post\n        t_post = t\n" in text
    assert "r_post_seen real = is_coincident ? r_post_before : r_post" in text
    assert "w + (-A_minus * r_post_seen)" in text
    assert "_seen" not in nestml_rule.rule_model(with_conventions(RULES["pair_stdp"], "brian2-example"))


def test_what_nestml_cannot_say_is_refused_with_the_reason():
    for name, reason in {
        "hebbian": "firing rates",
        "voltage_stdp": "voltage of the postsynaptic neuron",
        "calcium": "delays postsynaptic ones alone",
        "van_rossum_stdp": "at random",
        "suppression_stdp": "alternate",
    }.items():
        with pytest.raises(UnsupportedRule, match=f"{name}: .*{reason}"):
            nestml_rule.rule_model(RULES[name])
    with pytest.raises(UnsupportedRule, match="white noise"):
        nestml_neuron.neuron_model(NEURONS["white_noise_lif"])


def test_a_unit_stands_behind_a_number_only():
    assert [quantity(1e-3, "mM"), quantity(80e6, "1/mV**2"), quantity(5.0, "1/s"), quantity(0.02, "ms")] == [
        "0.001 mmol / (1 l)",
        "80.0 / (1 mV**2)",
        "5.0 Hz",
        "20.0 ms",
    ]


def test_soft_bounds_are_powers():
    assert "** mu_plus" in nestml_rule.rule_model(soft_bounds(RULES["pair_stdp"]))


def test_no_name_of_a_record_meets_one_of_our_own_text():
    names = ["pi", "t_post", "pre_spikes", "q_before", "q_seen", "dendritic_delay"]

    assert [nestml_name(name) for name in names] == [f"{name}_value" for name in names]
    assert nestml_name("w_before") == "w_before" and nestml_name("tau_plus") == "tau_plus"
