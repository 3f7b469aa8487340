"""Whatever is in a catalogue can be shown, as lines and as plain data."""

import json

import numpy as np
import pytest

from plasticity import rates
from plasticity.errors import SimulationError, UnsupportedRule
from plasticity.neurons import NEURONS, last_rest
from plasticity.protocols import PROTOCOLS
from plasticity.rules import RULES, Parameter, Rule, Variable, is_readable, trace, weight
from plasticity.rules.conventions import WEIGHT
from plasticity.rules.system import system
from plasticity.studies.averages import averages
from plasticity.studies.cards import card
from plasticity.studies.onset import onset
from plasticity.studies.questions import RATE

SETS = [f"{name}:{one.name}" for name, rule in RULES.items() for one in rule.sets]
# Calcium that each spike leaves, and a weight that sinks while there is much of it: no mean in closed form
CALCIUM = Rule(
    name="sinking",
    source="our choice",
    parameters=(Parameter("tau", 20e-3, "ms"), Parameter("slow", 10.0, "s")),
    weight=weight({}, flow="-w*step(c - 1)/slow"),
    state=(Variable("c", {"pre": "0.6", "post": "0.6"}, flow="-c/tau"),),
)


@pytest.mark.parametrize("record", [*RULES.values(), *NEURONS.values()], ids=str)
def test_a_record_is_told_in_lines_and_as_plain_data(record):
    found = card(record)
    assert all(isinstance(line, str) and line for lines in found.sections.values() for line in lines)
    assert json.loads(json.dumps(found.data, allow_nan=False))["name"] == record.name
    assert len(found.data["parameters"]) == len(record.parameters)


@pytest.mark.parametrize("record", [*RULES.values(), *NEURONS.values(), *PROTOCOLS.values()], ids=str)
def test_a_number_of_ours_is_called_our_choice_once(record):
    lines = [f"{one.meaning}; {one.source}" for one in (*record.parameters, *getattr(record, "sets", ()))]
    assert all(line.count("our choice") <= 1 for line in lines)


def test_of_a_rule_with_a_sliding_threshold_every_number_says_whether_it_is_settled_or_held():
    told = card(RULES["bcm"]).sections
    numbers = [line for part in ("mean drift", "fixed points") for line in told[part] if "20 Hz" in line]
    numbers += [line for line in (*told["explains"], *told["does not explain"]) if "short-term" not in line]
    numbers = [line for line in numbers if "reward" not in line]
    assert numbers and all(("theta settled" in line) != ("theta held" in line) for line in numbers), numbers


@pytest.mark.parametrize("name", SETS)
def test_a_published_set_is_told_with_its_own_values(name):
    rule = RULES[name]
    assert [one["value"] for one in card(rule).data["parameters"]] == list(rule.values.values())


@pytest.mark.parametrize("rule", [rule for rule in RULES.values() if is_readable(rule, "rates")], ids=str)
def test_the_value_of_the_drift_is_that_of_the_rates_engine(rule):
    lines = averages(rule).drift
    if lines[0].startswith("no closed form") and "comes to no rest" in lines[0]:
        with pytest.raises((SimulationError, UnsupportedRule)):
            rates.drift(rule, RATE, RATE, rule.start_weight)
    elif WEIGHT in system(rule).flows or system(rule).jumps[WEIGHT]:
        expected = float(rates.drift(rule, RATE, RATE, rule.start_weight))
        assert float(lines[-1].split()[0]) == pytest.approx(expected, rel=5e-3)  # three digits are printed
    else:
        assert lines == ("dw/dt = 0",)


def test_a_drift_without_closed_form_is_sampled():
    reason, sampled = averages(CALCIUM).drift
    assert reason.startswith("no closed form: it needs") and "mean of 40 runs" in sampled
    value, error = float(sampled.split()[0]), float(sampled.split()[2])
    assert value == pytest.approx(-0.5 * time_above_one() / 10, abs=5 * error)  # five standard errors


def time_above_one():
    """The part of the time that calcium is above 1, both trains at the usual rate: from interval to interval."""
    c, above = 0.0, 0.0
    intervals = np.random.default_rng(1).exponential(1 / (2 * RATE), 20000)
    for interval in intervals:
        c = c + 0.6
        above += min(interval, max(20e-3 * np.log(c), 0.0))
        c *= np.exp(-interval / 20e-3)
    return above / intervals.sum()


def test_the_rheobase_and_the_kind_of_onset_are_those_of_the_closed_form():
    found = onset(NEURONS["lif_excitatory"])
    v = NEURONS["lif_excitatory"].values
    assert found.rheobase == pytest.approx((v["V_threshold"] - v["E_L"]) / v["R_m"], rel=1e-12)
    assert found.kind.startswith("type I,") and "noise" in onset(NEURONS["escape_lif"]).kind


@pytest.mark.parametrize(("name", "said"), {"hodgkin_huxley": "as in type II", "traub_miles": "as in type I"}.items())
def test_the_kind_of_a_neuron_with_channels_is_that_of_its_last_rest(name, said):
    found = onset(NEURONS[name])
    assert found.rheobase is None and found.kind.endswith(said)
    assert found.lost_at == pytest.approx(last_rest(NEURONS[name], np.linspace(-70e-3, -40e-3, 40)).current, rel=1e-6)


def test_where_there_is_no_drift_rounding_is_not_told_as_fixed_points():
    state = (trace("x", "pre", "tau"), trace("y", "post", "tau"))
    even = weight({"pre": "-A*y", "post": "A*x"})
    found = averages(Rule("even", "our choice", (Parameter("A", 0.01), Parameter("tau", 0.02, "ms")), even, state))
    assert found.drift[0] == "dw/dt = 0"
    assert found.points == ("every weight is one, for there is no drift",)
