"""Rules of every kind in the exact engine: against recursions by hand, published values, sums over pairs."""

import math
from dataclasses import replace

import by_hand
import numpy as np
import pytest
from by_ode import Flow
from hybrid_rules import (
    BISTABLE,
    CALCIUM,
    CLIPPED_TWICE,
    FORGETTING,
    RECTIFIED_CALCIUM,
    REWARDED,
    SLIDING,
    STORED,
    TWO_CALCIUMS,
    VOLTAGE,
    tsodyks_markram,
)
from rule_cases import CASES
from rule_cases import JUMPING as PUBLISHED
from spike_trains import any_times, grid_times, start_weights

from plasticity import events, protocols
from plasticity.errors import UnknownName, UnsupportedRule
from plasticity.events import hybrid, state
from plasticity.rules import with_conventions
from plasticity.rules.arrivals import arrivals
from plasticity.rules.signals import taken_signals
from plasticity.rules.system import system

SEED = 22
NOTHING = taken_signals(STORED, None, 1)
CLOSE = {"rtol": 1e-12, "atol": 1e-14}
JUMPING = [*PUBLISHED, CLIPPED_TWICE, STORED, tsodyks_markram(0.4, 0.3, 0.2)]
JUMPING += [
    replace(with_conventions(rule, coincidence=word), name=f"{word}({rule.name})".replace(" ", "-"))
    for rule in JUMPING
    for word in ("pre first", "post first")
]


def trains_of(rule, seed=SEED, trains=any_times):
    """{event: one train}, of which third events coincide with spikes as these do with each other."""
    pre, post = (side[1] for side in trains(seed))
    found = {"pre": pre, "post": post}
    if "reward" in rule.events:
        found["reward"] = np.sort(np.concatenate([pre[::4] - 4e-3, post[1::5] + 2e-3]))
    return found


def third(trains):
    return {event: times for event, times in trains.items() if event not in ("pre", "post")} or None


def course(rule, trains, w0, **more):
    return events.trajectory(rule, trains["pre"], trains["post"], w0, events=third(trains), **more)


def decayed(rule):
    """The flow of a rule whose variables relax, from the text of their flows: a rate and a rest."""

    def flow(values, time, until):
        found = {}
        for variable in rule.state:
            drift = [by_hand.number(variable.flow, {**rule.values, **values, variable.name: x}) for x in (0.0, 1.0)]
            rate = drift[0] - drift[1]
            rest = drift[0] / rate if rate else 0.0
            found[variable.name] = rest + (values[variable.name] - rest) * math.exp(-rate * (until - time))
        return found

    return flow


@pytest.mark.parametrize("rule", JUMPING, ids=str)
@pytest.mark.parametrize("times", [any_times, grid_times])
def test_every_variable_is_that_of_the_conventions_read_aloud(rule, times):
    trains = trains_of(rule, trains=times)

    path = course(rule, trains, 0.5)

    expected = by_hand.run(rule, trains, 0.5, decayed(rule))
    weights = [values["w"] for (_, values), n in zip(expected, _sizes(rule, trains), strict=True) for _ in range(n)]
    np.testing.assert_allclose(path.weights, weights, **CLOSE)
    for name, value in expected[-1][1].items():
        np.testing.assert_allclose(path.state.values[name], value, **CLOSE)


def _sizes(rule, trains):
    return [len(kinds) for _, kinds in by_hand.instants(rule, trains)]


@pytest.mark.parametrize("rule", CASES, ids=str)
def test_plain_traces_give_the_same_one_slot_at_a_time(rule):
    pre, post = any_times(SEED)
    spikes = arrivals(rule, pre, post)

    slowly = hybrid.path(system(rule), spikes, state.first_start(system(rule), start_weights(rule), len(pre)), NOTHING)

    at_once = events.trajectory(rule, pre, post, start_weights(rule))
    np.testing.assert_allclose(slowly.weights[-1], events.final_weight(rule, pre, post, start_weights(rule)), **CLOSE)
    for name, values in at_once.state.values.items():
        np.testing.assert_allclose(slowly.values[name], values, **CLOSE)


def test_release_follows_the_published_recursion():
    U, tau_rec, tau_facil = 0.2, 0.3, 0.5
    pre = any_times(SEED)[0][0]
    u, R, now = 0.0, 1.0, pre[0]
    for time in pre:
        u, R = u * math.exp((now - time) / tau_facil), 1 + (R - 1) * math.exp((now - time) / tau_rec)
        u = u + U * (1 - u)
        R, now = R - u * R, time

    values = events.final_state(tsodyks_markram(U, tau_rec, tau_facil), pre, [], 0.5).values

    assert (values["u"][0], values["R"][0]) == pytest.approx((u, R), rel=1e-12)


def test_two_changes_at_one_spike_are_clipped_one_after_the_other():
    # up by 0.3*1/2, of which 0.05 is left under the bound, then down by 0.15; together they would be 0.95
    pre, post = [0.02 * math.log(2)], [0.0]

    assert events.final_weight(CLIPPED_TWICE, pre, post, 0.95) == pytest.approx(1.0 - 0.15, rel=1e-12)


def test_a_third_event_that_the_rule_does_not_hear_is_refused_with_those_it_does():
    with pytest.raises(UnknownName, match="^unknown event of stored, .*'rewards'; known: reward; did you mean reward"):
        events.final_weight(STORED, [0.1], [0.2], 0.5, events={"rewards": [0.3]})


# A weight that flows.


def linear(rule):
    """The flows of the state of a rule, each linear, as functions of their values."""
    read = {variable.name: variable.flow for variable in rule.state}
    return lambda values: [by_hand.number(text, {**rule.values, **values}) for text in read.values()]


def calcium_slopes(rule):
    p = rule.values

    def slopes(values, above, time):
        over_p, over_d = above
        up, down = p["gamma_p"] * (1 - values["w"]) * over_p, p["gamma_d"] * values["w"] * over_d
        return [*linear(rule)(values), (up - down) / p["tau"]]

    return slopes


def rectified_slopes(rule):
    def slopes(values, above, time):
        high = calcium_of(values) - rule.values["theta_p"]
        return [*linear(rule)(values), (2 * high * above[0] - abs(values["c"] - 1.1)) / 0.05]

    return slopes


def calcium_of(values):
    return values["c"] + values.get("y", 0.0)


def over(rule, *levels):
    return [lambda values, level=level: calcium_of(values) - level for level in levels]


def rewarded_slopes(values, above, time):
    p = REWARDED.values
    return [*linear(REWARDED)(values), p["gain"] * values["c"] * (p["tonic"] + values["d"])]


def forgetting_slopes(values, above, time):
    return [*linear(FORGETTING)(values), (FORGETTING.values["rest"] - values["w"]) / FORGETTING.values["tau"]]


def names_of(rule):
    return [*(variable.name for variable in rule.state), "w"]


LEVELS = (1.3, 1.0)  # of the calcium: potentiation and depression
FLOWING = {
    REWARDED: Flow(names_of(REWARDED), rewarded_slopes, bounds=(0.0, 0.7)),
    FORGETTING: Flow(names_of(FORGETTING), forgetting_slopes, bounds=(0.0, 1.0)),
    CALCIUM: Flow(names_of(CALCIUM), calcium_slopes(CALCIUM), over(CALCIUM, *LEVELS), (0.0, 1.0)),
    TWO_CALCIUMS: Flow(names_of(TWO_CALCIUMS), calcium_slopes(TWO_CALCIUMS), over(TWO_CALCIUMS, *LEVELS), (0.0, 1.0)),
    RECTIFIED_CALCIUM: Flow(
        names_of(RECTIFIED_CALCIUM),
        rectified_slopes(RECTIFIED_CALCIUM),
        [*over(RECTIFIED_CALCIUM, 1.3), lambda values: values["c"] - 1.1],
        (0.0, 1.0),
    ),
}


@pytest.mark.parametrize("w0", [0.0, 0.4, 0.7])
@pytest.mark.parametrize("rule", FLOWING, ids=str)
def test_a_weight_flows_as_an_adaptive_method_says(rule, w0):
    trains = {event: times[:25] for event, times in trains_of(rule).items()}

    path = course(rule, trains, w0)

    expected = by_hand.run(rule, trains, w0, FLOWING[rule])
    weights = [values["w"] for (_, values), n in zip(expected, _sizes(rule, trains), strict=True) for _ in range(n)]
    np.testing.assert_allclose(path.weights, weights, rtol=1e-9, atol=1e-10)


# Flows without a closed form, and a signal from outside.


def bistable_slopes(values, above, time):
    c, w = calcium_slopes(BISTABLE)(values, above, time), values["w"]
    return [c[0], c[1] - w * (1 - w) * (0.5 - w) / BISTABLE.values["tau"]]


def sliding_slopes(values, above, time):
    p, y = SLIDING.values, values["y"]
    return [*linear_but_theta(values), p["k"] * values["x"] * y * (y - values["theta"]) * values["w"] ** p["mu"]]


def linear_but_theta(values):
    p = SLIDING.values
    return [
        -values["x"] / p["tau_x"],
        -values["y"] / p["tau_x"],
        (values["y"] ** 2 - values["theta"]) / p["tau_theta"],
    ]


def voltage(time):
    """A voltage with spikes, in volts."""
    return -0.065 + 0.02 * np.sin(40.0 * time) + 0.05 * np.exp(np.sin(90.0 * time) * 8 - 8)


def voltage_slopes(values, above, time):
    p, v = VOLTAGE.values, voltage(time)
    potentiation = p["A_LTP"] * values["x"] * max(v - p["theta_plus"], 0) * max(values["u_plus"] - p["theta_minus"], 0)
    return [
        -values["x"] / p["tau_x"],
        (v - values["u_minus"]) / p["tau_minus"],
        (v - values["u_plus"]) / p["tau_plus"],
        potentiation,
    ]


OPEN = {
    BISTABLE: Flow(names_of(BISTABLE), bistable_slopes, over(BISTABLE, *LEVELS), (0.0, 1.0)),
    SLIDING: Flow(names_of(SLIDING), sliding_slopes, bounds=(0.1, 2.0)),
    VOLTAGE: Flow(names_of(VOLTAGE), voltage_slopes, bounds=(0.0, 1.0)),
}
ABOUT = {"rtol": 1e-8, "atol": 1e-9}  # a hundred steps or so, each with an error of 1e-10


@pytest.mark.parametrize("rule", OPEN, ids=str)
def test_a_flow_without_closed_form_is_followed_as_by_another_method(rule):
    trains = {event: times[:12] for event, times in trains_of(rule).items()}
    signals = {"v": voltage} if rule is VOLTAGE else None

    path = course(rule, trains, 0.5, signals=signals)

    expected = by_hand.run(rule, trains, 0.5, OPEN[rule])
    weights = [values["w"] for (_, values), n in zip(expected, _sizes(rule, trains), strict=True) for _ in range(n)]
    assert np.ptp(weights) > 1e-3
    np.testing.assert_allclose(path.weights, weights, **ABOUT)
    for name, value in expected[-1][1].items():
        np.testing.assert_allclose(path.state.values[name], value, **ABOUT)


@pytest.mark.parametrize("rule", [*OPEN, CALCIUM], ids=str)
def test_two_pieces_of_a_flow_give_what_the_whole_gives_and_synapses_do_not_meet(rule):
    signals = {"v": voltage} if rule is VOLTAGE else None
    pre, post = any_times(SEED)
    pre, post = [train[:8] for train in pre], [train[:8] for train in post]
    whole = events.trajectory(rule, pre, post, 0.5, signals=signals)
    late = rule.delay("pre")

    for column in range(2):
        alone = events.trajectory(rule, pre[column], post[column], 0.5, signals=signals)
        np.testing.assert_allclose(alone.weights, whole.weights[column][: alone.weights.size], **ABOUT)
        cut = np.sort([*(pre[column] + late), *post[column]])[7] + 1e-6
        first = pre[column][pre[column] + late < cut], post[column][post[column] < cut]
        last = pre[column][pre[column] + late > cut], post[column][post[column] > cut]
        half = events.final_state(rule, *first, 0.5, signals=signals)
        rest = events.final_weight(rule, *last, None, signals=signals, state=half)
        np.testing.assert_allclose(rest, alone.weights[-1], **ABOUT)


def test_a_sampled_voltage_is_followed_to_its_last_sample():
    times = np.linspace(0.0, 0.4, 401)
    trains = {event: train[(train > 0.05) & (train < 0.35)] for event, train in trains_of(VOLTAGE).items()}
    lines = lambda at: np.interp(at, times, voltage(times))  # noqa: E731

    sampled = course(VOLTAGE, trains, 0.5, signals={"v": (times, voltage(times))})

    # as a function, from a state at the first sample; its corners are found by the size of the steps alone
    start = events.State([0.0], {"w": [0.5], "x": [0.0], "u_minus": [-70.6e-3], "u_plus": [-70.6e-3]})
    function = course(VOLTAGE, trains, None, signals={"v": lines}, state=start)
    np.testing.assert_allclose(sampled.weights, function.weights, rtol=1e-7)
    assert sampled.state.times.tolist() == [0.4]


# A state handed over.


@pytest.mark.parametrize("rule", [*JUMPING, *FLOWING, *CASES], ids=str)
def test_two_pieces_give_what_the_whole_gives_to_the_last_bit(rule):
    trains = trains_of(rule)
    late = {event: rule.delay(event) for event in trains}
    whole = course(rule, trains, 0.5)
    rng = np.random.default_rng(SEED)
    every = np.sort(np.concatenate([times + late[event] for event, times in trains.items()]))
    cuts = (every[:-1] + every[1:])[np.diff(every) > 1e-7] / 2  # between any two instants

    for cut in rng.choice(cuts, 8, replace=False):
        first = {event: times[times + late[event] < cut] for event, times in trains.items()}
        second = {event: times[times + late[event] > cut] for event, times in trains.items()}
        half = course(rule, first, 0.5)
        rest = course(rule, second, None, state=half.state)

        assert [*half.weights, *rest.weights] == whole.weights.tolist()
        assert all(rest.state.values[name].tolist() == whole.state.values[name].tolist() for name in rest.state.values)
        assert rest.state.times.tolist() == whole.state.times.tolist()


# The ledger.


@pytest.mark.parametrize("rule", [*PUBLISHED, STORED, REWARDED, CALCIUM, FORGETTING], ids=str)
def test_a_change_that_is_no_sum_over_pairs_has_no_ledger(rule):
    with pytest.raises(UnsupportedRule, match="no sum over pairs of spikes: ask for the weight without the ledger"):
        events.ledger(rule, [0.1], [0.11], 0.5)


def test_the_ledger_of_a_spike_that_is_clipped_twice_sums_to_the_change():
    pre, post = (side[1] for side in any_times(SEED))
    book = events.ledger(CLIPPED_TWICE, pre, post, 0.5)
    assert book.dw == pytest.approx(events.final_weight(CLIPPED_TWICE, pre, post, 0.5) - 0.5, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("rule", [*PUBLISHED, CALCIUM, FORGETTING, BISTABLE], ids=str)
def test_a_window_is_the_change_of_each_lag_alone(rule):
    lags = np.array([-0.02, -0.005, 0.005, 0.02])
    found = events.window(rule, lags, n_pairs=4, rate=5.0, w0=0.5)
    for lag, change in zip(lags, found, strict=True):
        pre, post = protocols.pairing(lag, n_pairs=4, rate=5.0)
        assert change == pytest.approx(events.final_weight(rule, pre, post, 0.5) - 0.5, rel=1e-7, abs=1e-10)
