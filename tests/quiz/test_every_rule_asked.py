"""What becomes of a weight under any rule: both routes agree, whatever the rule reads, and refusals say why."""

import numpy as np
import pytest

from plasticity.rules import RULES, unbounded
from plasticity.studies.every_rule import (
    is_on_rates,
    rate_changes,
    rate_changes_in_time,
    spike_changes,
    spike_changes_by_definition,
)
from plasticity.studies.stimulated import NotAsked

NONE = np.empty(0)
FIRST, LATER = np.array([0.05]), np.array([0.057])
TRAINS = [{"pre": FIRST, "post": LATER}, {"pre": LATER, "post": FIRST}, {"pre": FIRST, "post": NONE}]
# the definition takes steps of 0.1 ms of what has no closed form, of first order where a threshold is crossed
TOLERANCES = {"mstdpet": 1e-6, "reward_stdp": 1e-6, "calcium": 0.02, "voltage_stdp": 0.05}


@pytest.mark.parametrize("name", ["pair_stdp", "heterosynaptic_decay", "presynaptic_centred_stdp", *TOLERANCES])
def test_the_exact_engine_and_the_definition_agree(name):
    exact = spike_changes(RULES[name], TRAINS, 0.5)
    largest = np.abs(exact).max()
    by_definition = spike_changes_by_definition(RULES[name], TRAINS, 0.5)
    assert largest > 0
    assert by_definition == pytest.approx(exact, abs=TOLERANCES.get(name, 1e-12) * largest + 1e-15)


@pytest.mark.parametrize("name", [name for name in RULES if is_on_rates(RULES[name])])
def test_a_drift_is_what_a_run_in_time_measures(name):
    pairs = [(5.0, 20.0), (20.0, 0.0), (0.0, 20.0)]
    in_time = rate_changes_in_time(RULES[name], pairs, 0.4)
    drift = rate_changes(RULES[name], pairs, 0.4)
    if name == "synaptic_scaling":  # its sensed error is summed up for ever: it never comes to rest
        assert np.isnan(in_time).all() and np.isfinite(drift).all()
    else:
        assert in_time == pytest.approx(drift, abs=1e-3 * np.abs(drift).max())


def test_a_drift_stops_at_a_bound():
    pairs = [(20.0, 20.0)]
    assert rate_changes(RULES["hebbian"], pairs, 1.0) == rate_changes(RULES["anti_hebbian"], pairs, 0.0) == 0
    assert rate_changes(RULES["hebbian"], pairs, 0.0) > 0 > rate_changes(RULES["anti_hebbian"], pairs, 1.0)


@pytest.mark.parametrize(
    "name, w0, reason",
    [("tsodyks_markram", 0.5, "its weight never changes"), ("pair_stdp", 1.5, "1.5"), ("hebbian", -1.0, "-1")],
)
def test_what_cannot_be_asked_is_said_with_its_reason(name, w0, reason):
    ask = (rate_changes, [(20.0, 20.0)]) if is_on_rates(RULES[name]) else (spike_changes, TRAINS)
    with pytest.raises(NotAsked, match=reason):
        ask[0](RULES[name], ask[1], w0)


def test_a_rule_without_bounds_can_start_anywhere():
    assert spike_changes(unbounded(RULES["pair_stdp"]), TRAINS[:1], -3.0) > 0
