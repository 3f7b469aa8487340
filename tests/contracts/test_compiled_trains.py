"""Rules as compiled loops over trains: the weights of the exact engine, whichever rule it is and however it is cut."""

import os
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from hybrid_rules import CALCIUM, FORGETTING, RECTIFIED_CALCIUM, REWARDED, TWO_CALCIUMS, two_calciums
from hybrid_trains import JUMPING, third, trains_of
from rule_cases import CASES, QUIET
from spike_trains import any_times, grid_times, start_weights

from plasticity import RULES, compiled, events
from plasticity.compiled.loading import functions
from plasticity.compiled.weights import trains, windows
from plasticity.errors import SimulationError, SpikeTrainError, UnitWarning, UnsupportedRule
from plasticity.rules import UNBOUNDED, Bounds, is_readable, unbounded, weight, with_bounds, with_parameters
from plasticity.rules.system import system

# Both are exact; what differs is the order in which a trace decays. Relative to w_max
CLOSE = {"rtol": 1e-12, "atol": 1e-12}
PAIR = RULES["pair_stdp"]
COMPILED = ["pair_stdp", "triplet_stdp", "gutig_stdp"]

# To a rest that all drives share, from it, and to it again; and without bounds, with a slope that varies
AIMED = two_calciums("aimed", "(2*c - 3*y + 0.5)*(c + 0.25)*(0.5 - w)/(0.5*tau_Ca)")
AIMED = with_parameters(AIMED, tau_Ca=2e-3, tau_y=7e-3)
GROWING = replace(FORGETTING, name="growing", weight=weight({}, flow="(x - y)*w/tau", bounds=UNBOUNDED))
MOVING = [REWARDED, FORGETTING, CALCIUM, TWO_CALCIUMS, RECTIFIED_CALCIUM, AIMED, GROWING]
MOVING += [replace(with_bounds(rule, Bounds(0.2, 0.45)), name=f"narrow-{rule.name}") for rule in MOVING]
MOVING += [rule for rule in QUIET if is_readable(rule, "compiled") and "moving weight" in system(rule).needs]


@pytest.fixture
def as_python(monkeypatch):
    """The same source, not compiled: it takes a thousandth of the time to be there."""
    for module in (trains, windows):
        monkeypatch.setattr(module, "functions", lambda source: functions(source, is_compiled=False))


def assert_same_path(rule, pre, post, w0, others=None):
    ours = compiled.trajectory(rule, pre, post, w0, events=others)
    theirs = events.trajectory(rule, pre, post, w0, events=others)
    np.testing.assert_array_equal(ours.times, theirs.times)
    np.testing.assert_allclose(ours.weights, theirs.weights, **CLOSE)
    for name, values in theirs.state.values.items():
        np.testing.assert_allclose(ours.state.values[name], values, **CLOSE)


@pytest.mark.parametrize("rule", CASES, ids=str)
@pytest.mark.parametrize("times", [any_times, grid_times])
def test_a_printed_rule_on_plain_traces_does_what_the_evaluator_does(rule, times, as_python):
    assert_same_path(rule, *times(23), start_weights(rule))


@pytest.mark.parametrize("rule", [rule for rule in JUMPING if is_readable(rule, "compiled")], ids=str)
def test_a_printed_rule_of_any_state_does_what_the_evaluator_does(rule, as_python):
    found = trains_of(rule)
    assert_same_path(rule, found["pre"], found["post"], 0.5, third(found))


def rewards(rule, pre):
    return {"reward": [train[::4] + 3e-3 for train in pre]} if "reward" in rule.events else None


@pytest.mark.parametrize("rule", MOVING, ids=str)
@pytest.mark.parametrize("times", [any_times, grid_times])
def test_a_weight_that_moves_between_events_does_so_as_in_the_evaluator(rule, times, as_python):
    pre, post = times(23)
    assert_same_path(rule, pre, post, start_weights(rule), rewards(rule, pre))


@pytest.mark.parametrize("name", COMPILED)
def test_a_compiled_rule_does_what_the_evaluator_does(name):
    assert_same_path(RULES[name], *any_times(24), start_weights(RULES[name]))


@pytest.mark.parametrize("rule", [REWARDED, RECTIFIED_CALCIUM], ids=str)
def test_a_compiled_weight_that_moves_does_so_as_in_the_evaluator(rule):
    pre, post = any_times(24)
    assert_same_path(rule, pre, post, start_weights(rule), rewards(rule, pre))


@pytest.mark.parametrize("name", ["triplet_stdp", "tsodyks_markram_stdp", "heterosynaptic_decay", "calcium"])
def test_two_pieces_of_a_run_give_what_the_whole_gives(name, as_python):
    rule, (pre, post) = RULES[name], any_times(25)
    early, late = (
        [[t[t < 0.5] for t in side] for side in (pre, post)],
        [[t[t >= 0.5] for t in side] for side in (pre, post)],
    )

    state = compiled.final_state(rule, *early, 0.5)

    whole = compiled.final_weight(rule, pre, post, 0.5)
    np.testing.assert_array_equal(compiled.final_weight(rule, *late, None, state=state), whole)


@pytest.mark.parametrize("n_pairs", [1, 60])
def test_a_window_is_that_of_the_evaluator(n_pairs, as_python):
    lags = np.array([-0.05, -1e-10, 0.0, 0.01, 0.4])
    for name in ("pair_stdp", "triplet_stdp", "calcium"):
        ours = compiled.window(RULES[name], lags, n_pairs=n_pairs, rate=2.0)
        np.testing.assert_allclose(ours, events.window(RULES[name], lags, n_pairs=n_pairs, rate=2.0), **CLOSE)


def test_one_train_serves_all_synapses_of_the_other_side(as_python):
    pre, post = any_times(26)
    assert_same_path(PAIR, pre, post[0], 0.5)
    assert_same_path(PAIR, [[]], [[0.1, 0.2]], 0.5)


BLOWN_UP = {"0.21 s": unbounded(with_parameters(PAIR, A_plus=1e300)), "0.11 s": with_parameters(GROWING, tau=1e-9)}


@pytest.mark.parametrize(("when", "rule"), BLOWN_UP.items(), ids=str)
def test_a_number_that_blows_up_stops_the_run_as_in_the_evaluator(when, rule, as_python):
    said = []
    for engine in (events, compiled):
        with pytest.raises(SimulationError) as error:
            engine.final_weight(rule, [0.1, 0.2], [0.11, 0.21], 0.5)
        said.append(str(error.value))
    assert said[0] == said[1] and f"at {when}" in said[0]


def test_trains_that_look_like_milliseconds_are_doubted(as_python):
    with pytest.warns(UnitWarning, match="no two spikes are nearer than 5 s"):
        compiled.final_weight(PAIR, [10.0, 30.0], [15.0, 35.0], 0.5)


def test_impossible_trains_are_refused_as_by_the_evaluator(as_python):
    with pytest.raises(SpikeTrainError, match="is not sorted"):
        compiled.final_weight(PAIR, [0.2, 0.1], [0.15], 0.5)
    with pytest.raises(SpikeTrainError, match="give as many of each"):
        compiled.final_weight(PAIR, [[0.1], [0.2]], [[0.1], [0.2], [0.3]], 0.5)


TEXTS = """
from plasticity import RULES
from plasticity.compiled.weights.source import pairs_source
from plasticity.compiled.weights.trains import text_of
from plasticity.rules.system import system
for name in ("calcium", "inhibitory_stdp"):
    text = text_of(system(RULES[name]))
    print(pairs_source(text), text.flow.array.tolist() if text.flow else "")
"""


def test_a_rule_is_printed_alike_in_every_process_so_that_what_is_kept_is_found():
    printed = [
        subprocess.run(
            [sys.executable, "-c", TEXTS],
            env={**os.environ, "PYTHONHASHSEED": seed},
            stdout=subprocess.PIPE,
            check=True,
        ).stdout
        for seed in "12"
    ]
    assert printed[0] == printed[1] and b"flowed" in printed[0]


@pytest.mark.parametrize("name", ["calcium_bistable", "voltage_stdp", "calcium_noisy", "bcm"])
def test_a_rule_that_it_does_not_read_is_refused_and_one_that_does_is_named(name):
    with pytest.raises(UnsupportedRule, match=r"which plasticity.compiled does not read; use plasticity\.\w+"):
        compiled.final_weight(RULES[name], [0.1], [0.2], 0.5)
