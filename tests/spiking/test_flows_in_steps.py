"""Flows without closed form, thresholds, signals and noise in Brian2: against closed forms, as the step shrinks."""

import math

import numpy as np
import pytest

from plasticity import spiking
from plasticity.errors import ArgumentError, SimulationError, UnknownName
from plasticity.rules import UNBOUNDED, Bounds, Parameter, Rule, Signal, Variable, trace, weight

LAST = 0.8  # seconds, when an event asks for the weight that has flown until then


def rule(weight, *state, numbers=(), events=("pre", "post", "ask"), **others):
    parameters = [
        Parameter(name, *value) if isinstance(value, tuple) else Parameter(name, value) for name, value in numbers
    ]
    return Rule("made", "our choice", tuple(parameters), weight, state, events=events, **others)


def asked(made, dt, *, pre=(), post=(), w0=0.5, **others):
    """The weight at LAST, when an event comes that nothing jumps at."""
    third = {event: [0.1] if event == "reward" else [LAST] for event in made.events if event not in ("pre", "post")}
    return spiking.final_weight(made, list(pre), list(post), w0, events=third, dt=dt, **others)


def orders(errors):
    """How often the error halves where the step does."""
    return np.log2(np.array(errors[:-1]) / np.array(errors[1:]))


# Reward: a pairing leaves an eligibility e, a later reward the level d, and w flows as e*d
REWARD = rule(
    weight({}, flow="e*d", bounds=UNBOUNDED),
    trace("r", "pre", "tau"),
    Variable("e", {"post": "r"}, flow="-e/tau_e"),
    Variable("d", {"reward": "1/tau_d"}, flow="-d/tau_d", unit="1/s"),
    numbers=[("tau", (20e-3, "ms")), ("tau_e", (400e-3, "ms")), ("tau_d", (50e-3, "ms"))],
    events=("pre", "post", "reward", "ask"),
)


def test_a_reward_that_flows_converges_with_the_fourth_power_of_the_step():
    e, rate = math.exp(-10e-3 / 20e-3) * math.exp(-80e-3 / 400e-3), 1 / 400e-3 + 1 / 50e-3  # at the reward, 0.1 s
    exact = 0.5 + e / 50e-3 * (1 - math.exp(-rate * (LAST - 0.1))) / rate

    errors = [abs(asked(REWARD, dt, pre=[0.01], post=[0.02]) - exact) for dt in (2e-3, 1e-3, 0.5e-3)]

    assert np.all(np.abs(orders(errors) - 4) < 0.1) and errors[0] < 1e-7


# Calcium (Graupner & Brunel 2012, in its simplest form): w climbs while c is above a threshold
CALCIUM = rule(
    weight({}, flow="rate*(1 - w)*step(c - threshold)"),
    Variable("c", {"pre": "1"}, flow="-c/tau"),
    numbers=[("rate", (2.0, "1/s")), ("threshold", 0.3), ("tau", (100e-3, "ms"))],
)


def test_a_threshold_that_is_crossed_within_a_step_costs_less_than_the_step():
    above = 100e-3 * math.log(1 / 0.3)
    exact = 1 - 0.5 * math.exp(-2.0 * above)

    errors = [abs(asked(CALCIUM, dt, pre=[0.01]) - exact) for dt in (2e-3, 0.5e-3, 0.125e-3)]

    assert all(error < 2.0 * 0.5 * dt for error, dt in zip(errors, (2e-3, 0.5e-3, 0.125e-3), strict=True))


def test_a_weight_stays_within_its_bounds_while_it_flows():
    up = rule(weight({}, flow="k", bounds=Bounds(0.0, 1.0)), numbers=[("k", (3.0, "1/s"))])
    assert asked(up, 1e-3, post=[0.0]) == 1.0


def test_before_its_first_event_nothing_of_a_synapse_flows():
    # each flows from its own first event on, until the last of all that it hears
    decay = rule(weight({}, flow="-k*w"), numbers=[("k", (2.0, "1/s"))])
    w = spiking.final_weight(
        decay, [[0.1], [0.3], []], [[], [0.7], []], 0.5, events={"ask": [[0.5], [0.4], []]}, dt=1e-3
    )
    assert w == pytest.approx(0.5 * np.exp([-2 * 0.4, -2 * 0.4, 0.0]), rel=1e-12)


def test_the_weight_after_each_event_is_that_before_the_flow_goes_on():
    decay = rule(weight({"pre": "0.1"}, flow="-k*w"), numbers=[("k", (2.0, "1/s"))], events=("pre", "post"))
    path = spiking.trajectory(decay, [0.1, 0.2], [0.25], 0.5, dt=1e-3)
    second = 0.6 * math.exp(-0.2) + 0.1
    assert path.weights == pytest.approx([0.6, second, second * math.exp(-0.1)], rel=1e-12)


def test_a_state_that_flows_without_closed_form_is_taken_in_steps():
    # x' = -k x^2 from 1 is 1/(1 + k t)
    made = rule(weight({"ask": "x"}), Variable("x", {"pre": "= 1"}, flow="-k*x*x"), numbers=[("k", (2.0, "1/s"))])
    errors = [abs(asked(made, dt, pre=[0.0], w0=0.0) - 1 / (1 + 2 * LAST)) for dt in (0.1, 0.05, 0.025)]
    assert np.all(np.abs(orders(errors) - 4) < 0.3)


LEVEL = rule(
    weight({"ask": "x"}, flow="k*level", bounds=UNBOUNDED),
    Variable("x", {"pre": "= level"}),
    numbers=[("k", (2.0, "1/s"))],
    signals=(Signal("level", "world", "level"),),
)


@pytest.mark.parametrize("is_sampled", [False, True])
def test_a_level_of_the_world_is_read_step_by_step(is_sampled):
    # a function counts from the first event to the last; samples from the first of them to the last
    steps = np.arange(1001) * 1e-3
    w = asked(LEVEL, 1e-3, pre=[0.1], w0=0.0, signals={"level": (steps, np.cos(steps)) if is_sampled else np.cos})
    until = math.sin(1.0) if is_sampled else math.sin(LAST) - math.sin(0.1)
    assert w == pytest.approx(2 * until + math.cos(0.1), abs=2e-3)  # of first order


@pytest.mark.parametrize("made", [REWARD, CALCIUM, LEVEL], ids=["reward", "calcium", "level"])
def test_a_rule_that_needs_steps_is_refused_without_one(made):
    signals = {"level": np.cos} if made is LEVEL else None
    with pytest.raises(SimulationError, match="is taken in steps, for .* has no closed form here; give dt") as caught:
        asked(made, None, pre=[0.01], post=[0.02], signals=signals)
    assert "\n" not in str(caught.value)


def test_a_signal_that_is_missing_is_refused_and_one_that_is_unknown():
    with pytest.raises(ArgumentError, match=r"made reads level, which did not come; give signals=\{'level'"):
        asked(LEVEL, 1e-3, pre=[0.1])
    with pytest.raises(UnknownName, match="unknown signal of made 'light'; known: level"):
        asked(LEVEL, 1e-3, pre=[0.1], signals={"light": np.cos})


def test_a_flow_that_blows_up_stops_with_the_time():
    made = rule(weight({}, flow="k*w*w", bounds=UNBOUNDED), numbers=[("k", (10.0, "1/s"))])
    with pytest.raises(SimulationError, match=r"w of made\[0\] .* at 0\.2"):  # 0.5/(1 - 5 t) is infinite at 0.2 s
        asked(made, 1e-3, post=[0.0])


N = 4000
DIFFUSING = rule(
    weight({}, flow="(mean - w)/tau", noise="sigma*sqrt(2/tau)", bounds=UNBOUNDED),
    numbers=[("mean", 0.2), ("tau", (100e-3, "ms")), ("sigma", 0.1)],
)


def test_a_noisy_synapse_has_mean_and_variance_of_ornstein_and_uhlenbeck():
    w = asked(DIFFUSING, 1e-3, post=[[0.5]] * N, w0=0.5, seed=1)

    for_how_long = LAST - 0.5
    mean = 0.2 + 0.3 * math.exp(-for_how_long / 0.1)
    # of Euler's steps: more than sigma^2 by half a step over the time constant
    variance = 0.1**2 * (1 - math.exp(-2 * for_how_long / 0.1)) / (1 - 1e-3 / 0.2)
    assert abs(w.mean() - mean) < 5 * math.sqrt(variance / N)
    assert abs(w.var() - variance) < 5 * variance * math.sqrt(2 / N)
    assert abs(np.corrcoef(w[:-1], w[1:])[0, 1]) < 5 / math.sqrt(N)


def test_the_noise_of_one_seed_is_the_same_to_the_last_bit():
    first, again, other = (asked(DIFFUSING, 1e-3, post=[[0.5]] * 5, seed=seed) for seed in (3, 3, 4))
    assert first.tobytes() == again.tobytes() and not np.array_equal(first, other)


def test_noises_of_two_variables_are_independent():
    made = rule(
        weight({"ask": "x"}, noise="sqrt(k)", bounds=UNBOUNDED),
        Variable("x", flow="-k*x", noise="sqrt(k)"),
        numbers=[("k", (1.0, "1/s"))],
    )
    w = asked(made, 1e-2, post=[[0.3]] * N, w0=0.0, seed=5)
    variance = 0.5 + (1 - math.exp(-1)) / 2
    assert abs(w.var() - variance) < 5 * variance * math.sqrt(2 / N)  # if they were one, 1.6 in place of 0.8
