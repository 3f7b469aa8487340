"""Two neurons that drive each other: by hand, with other numbers, under every rule of the catalogue."""

from functools import cache
from importlib.metadata import EntryPoint

import numpy as np
import pytest
from asked_once import answered

from plasticity import plugins
from plasticity.errors import ArgumentError, UnknownName
from plasticity.quiz import LECTURE, ask
from plasticity.rules import RULES

ID = "mutual-pair"
STDP = RULES["pair_stdp"].values
FIXED = ("dw_A_when_B_then_A", "dw_B_when_B_then_A", "dw_A_when_B_alone", "dw_B_when_B_alone", "dw_B_when_A_alone")


@cache
def found(*assignments):
    (one,) = ask([LECTURE[ID]], assignments=assignments)
    return one


def held(one):
    return {reading for reading, comes_out in one.held().items() if comes_out}


@pytest.mark.parametrize("lag, w0", [(10e-3, 0.5), (3e-3, 0.5), (27.3e-3, 0.2)])
def test_pair_stdp_moves_both_synapses_by_its_window(lag, w0):
    rows = found(f"lag={lag * 1e3}ms", f"w0={w0}").answer.measurements["rows"]
    down = -STDP["A_minus"] * np.exp(-lag / STDP["tau_minus"])  # synapse A, from A to B, when post came first
    up = STDP["A_plus"] * np.exp(-lag / STDP["tau_plus"])
    expected = {"B then A": (down, up), "A then B": (up, down), "B alone": (0, 0), "A alone": (0, 0)}
    for row in rows:
        assert (row["dw_A"], row["dw_B"]) == pytest.approx(expected[row["order"]], abs=1e-12)  # weights of about 1


def test_the_slide_is_right_when_a_fires_after_b_and_in_no_other_order():
    assert {reading for reading in held(answered(ID)) if reading.endswith(" / pair_stdp")} == {"B then A / pair_stdp"}
    assert answered(ID).verdict == "depends"


def test_every_rule_is_asked_in_four_orders_or_said_not_to_be():
    one = answered(ID).answer
    asked = {reading.split(" / ")[1] for reading in one.readings}
    refused = {row["rule"] for row in one.measurements["not_asked"]}
    assert asked | refused == {*RULES} and not asked & refused
    assert len(one.readings) == 4 * len(asked)


@pytest.mark.parametrize(
    "rule, a_alone, b_alone",
    # the silent side is at 0 Hz, the other at 20: k 20 (0 - 10) where the gate is open, none where it is not
    [("presynaptically_gated", (-0.04, 0), (0, -0.04)), ("postsynaptically_gated", (0, -0.04), (-0.04, 0))],
)
def test_gated_rules_move_the_synapse_whose_gate_the_lone_neuron_opens(rule, a_alone, b_alone):
    rows = {row["order"]: row for row in found(f"rule={rule}").answer.measurements["rows"]}
    for order, expected in (("A alone", a_alone), ("B alone", b_alone)):
        assert (rows[order]["dw_A"], rows[order]["dw_B"]) == pytest.approx(expected, rel=1e-12)


def test_bcm_weakens_both_at_twice_the_usual_rate_and_does_nothing_alone():
    dw = found("rule=bcm").answer.measurements
    # theta rests at y^2/y0 = 40 Hz: k x y (y - theta)/y0
    assert dw["dw_A_when_B_then_A"] == pytest.approx(1e-4 * 20 * 20 * (20 - 40) / 10, rel=1e-9)
    assert dw["dw_A_when_B_alone"] == dw["dw_B_when_B_alone"] == 0


def test_the_triplet_rule_does_nothing_for_one_pair_with_pre_first_and_says_why():
    one = found("rule=triplet_stdp")
    assert one.answer.measurements["dw_B_when_B_then_A"] == 0 > one.answer.measurements["dw_A_when_B_then_A"]
    assert "A2_plus is 0" in " ".join(one.told().insight)
    assert "in no reading under triplet_stdp" in one.told().text(one.told().texts.condition)


def test_with_two_firings_the_triplet_rule_strengthens():
    dw = found("rule=triplet_stdp", "n_pairs=2").answer.measurements["dw_B_when_B_then_A"]
    values = RULES["triplet_stdp"].values
    pair, long = np.exp(-10e-3 / values["tau_plus"]), np.exp(-0.1 / values["tau_y"])
    earlier = np.exp(-0.11 / values["tau_plus"])  # the pre spike of the pairing before
    down = values["A2_minus"] * np.exp(-0.09 / values["tau_minus"])  # at the second pre spike, by the first post spike
    assert dw == pytest.approx(values["A3_plus"] * (pair + earlier) * long - down, rel=1e-9)


def test_the_reversed_rule_turns_the_answer_and_its_condition():
    one = found("rule=anti_stdp")
    assert "A then B / anti_stdp" in held(one) and "B then A / anti_stdp" not in held(one)
    assert "synapse A strengthens and B weakens" in one.told().answer


@pytest.mark.parametrize("w0, said", [(1.0, "above which none can strengthen"), (0.0, "below which none can weaken")])
def test_a_start_at_a_bound_is_said_to_be_one(w0, said):
    one = found(f"w0={w0}")
    assert said in one.told().text(one.told().texts.condition)


def test_the_lists_of_rules_name_those_that_one_neuron_alone_moves():
    found = answered(ID).answer.measurements
    # `postsynaptically_gated` moves with post alone, a presynaptic spike alone lowers w under `inhibitory_stdp` and
    # raises it under `heterosynaptic_decay`, as their records say
    assert "postsynaptically_gated" in found["post_alone_weakens"]
    assert "inhibitory_stdp" in found["pre_alone_weakens"]
    assert "heterosynaptic_decay" in found["pre_alone_strengthens"]
    assert not {"pair_stdp", "bi_poo", "triplet_stdp"} & {*found["post_alone_weakens"], *found["pre_alone_weakens"]}


@pytest.mark.parametrize("id", [ID, "hebbian-together"])
def test_a_rule_of_another_package_is_a_reading(id, tmp_path, monkeypatch):
    (tmp_path / "other_rules.py").write_text(
        "from dataclasses import replace\nfrom plasticity.rules.library.anti_stdp import ANTI_STDP\n"
        "MINE = replace(ANTI_STDP, name='mine')\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    entry = EntryPoint("mine", "other_rules:MINE", "plasticity.rules")
    monkeypatch.setattr(plugins, "entry_points", lambda group: [entry] if group == entry.group else [])
    (one,) = ask([LECTURE[id]])
    ours = {reading: dw for reading, dw in one.answer.readings.items() if reading.endswith(" / anti_stdp")}
    assert ours == {key.replace("/ mine", "/ anti_stdp"): one.answer.readings[key] for key in mine_of(one)}


def mine_of(one):
    return [reading for reading in one.answer.readings if reading.endswith(" / mine")]


def test_a_row_of_a_published_table_can_be_the_rule():
    assert found("rule=triplet_all_to_all:hippocampal_culture").answer.measurements["dw_B_when_B_then_A"] > 0


@pytest.mark.parametrize(
    "assignment, error, said",
    [
        ("rule=nope", UnknownName, "known: .*pair_stdp"),
        ("rule=tsodyks_markram", ArgumentError, "its weight never changes; choose another"),
        ("lag=-1ms", ArgumentError, "from 0.1 ms to 80 ms"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_what_can(assignment, error, said):
    with pytest.raises(error, match=said):
        found(assignment)


@pytest.mark.parametrize("rule", ["calcium", "voltage_stdp", "oja", "reward_stdp", "van_rossum_stdp", "bi_poo"])
def test_every_second_route_bears_out_rules_of_every_kind(rule):
    answer = found(f"rule={rule}").answer
    checks = [check for check in answer.checks if check.measurement.startswith("rows.")]
    assert checks and all(check.holds(answer.measurements) for check in answer.checks)


def test_the_measurements_that_others_read_keep_their_names():
    measurements = answered(ID).answer.measurements
    assert {*FIXED, "dw_B_when_B_then_A_under_bi_poo", "dw_A_when_B_alone_under_covariance_per_s"} <= {*measurements}
