"""What flows between events in the exact engine: against an adaptive method, in pieces, and along sampled voltages."""

import by_hand
import numpy as np
import pytest
from by_ode import Flow
from hybrid_rules import BISTABLE, CALCIUM, FORGETTING, RECTIFIED_CALCIUM, REWARDED, SLIDING, TWO_CALCIUMS, VOLTAGE
from hybrid_trains import JUMPING, SEED, course, sizes, trains_of
from rule_cases import CASES
from spike_trains import any_times

from plasticity import events

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
    weights = [values["w"] for (_, values), n in zip(expected, sizes(rule, trains), strict=True) for _ in range(n)]
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
    weights = [values["w"] for (_, values), n in zip(expected, sizes(rule, trains), strict=True) for _ in range(n)]
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
