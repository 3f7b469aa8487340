"""State that is more than plain traces, in Brian2: each against a loop written for that rule alone."""

import math

import numpy as np
import pytest

from plasticity import spiking
from plasticity.errors import SimulationError
from plasticity.parameters import Parameter
from plasticity.rules import Bounds, Conventions, Rule, Variable, nearest_trace, trace, weight

TAU, U, REST = 20e-3, 0.3, 0.2
NUMBERS = (Parameter("A", 0.01), Parameter("B", 0.02), Parameter("tau", TAU, "ms"), Parameter("U", U))
PRE, POST = [0.010, 0.022, 0.050, 0.060], [0.015, 0.022, 0.041, 0.060, 0.065]
INSTANTS = sorted({*PRE, *POST})


def rule(jumps, *state, **others) -> Rule:
    return Rule("made", "our choice", NUMBERS, weight(jumps, bounds=Bounds(-10.0, 10.0)), state, **others)


def relaxed(value: float, rest: float, since: float) -> float:
    return rest + (value - rest) * math.exp(-since / TAU)


def depressing() -> float:
    """A presynaptic spike uses up resources after it has raised their release; each release strengthens."""
    u, resources, w, last = U, 1.0, 0.5, PRE[0]
    for now in PRE:
        u, resources = relaxed(u, U, now - last), relaxed(resources, 1.0, now - last)
        w += 0.01 * u * resources  # as both were before the spike
        u += U * (1 - u)
        resources -= u * resources
        last = now
    return w


def suppressed() -> float:
    """A trace grows by what is left to one, at spikes of both sides: at a common one the postsynaptic comes second."""
    x, w, last = 0.0, 0.5, 0.0
    for now in INSTANTS:
        x = relaxed(x, 0.0, now - last)
        w += 0.01 * x if now in POST else 0.0
        x = x + 0.5 * (1 - x) if now in PRE else x
        x = x + 0.25 * (1 - x) if now in POST else x
        last = now
    return w


def crossed() -> float:
    """Two traces, each of one side, that are raised by each other's value from before the instant."""
    a, b, w, last = 0.1, 0.4, 0.5, INSTANTS[0]
    for now in INSTANTS:
        a, b = relaxed(a, REST, now - last), b
        if now in PRE:
            w += 0.01 * b
        a, b = (a + b if now in PRE else a), (b / 2 + 0.1 * a if now in POST else b)
        last = now
    return w + 0.0


def centred() -> float:
    """Each postsynaptic spike counts for the next presynaptic one alone."""
    w = 0.5
    for now in PRE:
        earlier = [t for t in POST if t < now]
        is_new = earlier and not [t for t in PRE if earlier[-1] <= t < now and t not in POST]
        w -= 0.01 * math.exp((earlier[-1] - now) / TAU) if is_new else 0.0
    return w


CASES = {
    "resources": (
        rule(
            {"pre": "A*u*R"},
            Variable("u", {"pre": "U*(1 - u)"}, flow="(U - u)/tau", start="U"),
            Variable("R", {"pre": "-after(u)*R"}, flow="(1 - R)/tau", start="1"),
        ),
        depressing,
    ),
    "suppression": (
        rule({"post": "A*x"}, Variable("x", {"pre": "0.5*(1 - x)", "post": "0.25*(1 - x)"}, flow="-x/tau")),
        suppressed,
    ),
    "crossed": (
        rule(
            {"pre": "A*b"},
            Variable("a", {"pre": "b"}, flow="(0.2 - a)/tau", start="0.1"),
            Variable("b", {"post": "= b/2 + 0.1*a"}, start="0.4"),
        ),
        crossed,
    ),
    "presynaptic-centred": (
        rule({"pre": "-A*r_post"}, nearest_trace("r_post", "post", "tau", reset_by="pre")),
        centred,
    ),
}


@pytest.mark.parametrize("dt", [None, 1e-3], ids=["any times", "grid"])
@pytest.mark.parametrize(("made", "by_hand"), CASES.values(), ids=CASES)
def test_state_of_any_kind_follows_a_loop_of_its_own(made, by_hand, dt):
    assert spiking.final_weight(made, PRE, POST, 0.5, dt=dt) == pytest.approx(by_hand(), rel=1e-12)


def test_a_variable_is_clipped_after_each_of_its_jumps():
    # 0 + 0.7 + 0.7 is 1, and 1 - 0.2 is 0.8
    x = Variable("x", {"pre": ("0.7", "0.7", "-0.2")}, bounds=Bounds(0.0, 1.0))
    assert spiking.final_weight(rule({"post": "x"}, x), [0.01], [0.02], 0.0) == pytest.approx(0.8, abs=1e-15)


def test_a_bound_on_its_own_side_leaves_a_variable_that_moves_away_from_it():
    # started below its lower bound by a jump that is set upwards; what leads up meets the upper bound alone
    x = Variable("x", {"pre": "0.5"}, start="0.8", bounds=Bounds(0.0, 1.0))
    made = rule({"post": "x"}, x, conventions=Conventions(clipping="own side"))
    assert spiking.final_weight(made, [0.01], [0.02], 0.0) == pytest.approx(1.0, abs=1e-15)


@pytest.mark.parametrize("coincidence, expected", [("pre first", 1.5), ("post first", 0.5), ("ignored", 0.5)])
def test_the_convention_of_coincident_pairs_holds_for_state_of_any_kind(coincidence, expected):
    # x is 1 once pre has been; post adds what it finds
    made = rule({"post": "x"}, Variable("x", {"pre": "= 1"}), conventions=Conventions(coincidence=coincidence))
    assert spiking.final_weight(made, [0.01], [0.01], 0.5) == expected


def test_jumps_of_the_state_read_the_weight_as_it_was_before_the_instant():
    # w doubles at pre, x keeps what w was, and post adds x
    made = rule({"pre": "w", "post": "x"}, Variable("x", {"pre": "= w"}))
    assert spiking.final_weight(made, [0.01], [0.02], 0.5) == pytest.approx(1.5, abs=1e-15)


def test_a_variable_that_becomes_infinite_stops_with_the_time():
    made = rule({"post": "A*x"}, Variable("x", {"pre": "1/(U - U)"}, bounds=Bounds(0.0, 1.0)))
    with pytest.raises(SimulationError, match=r"made\[0\] .* at 0\.01 s"):
        spiking.final_weight(made, [0.01], [], 0.5)


def test_the_same_state_in_a_network_and_alone():
    made, _ = CASES["resources"]
    pairs = spiking.Projection("s", "pre", "post", [(0, 0)], 0.5, made)
    network = spiking.Network([spiking.Replay("pre", [PRE]), spiking.Replay("post", [POST])], [pairs])
    run = spiking.simulate(network, 0.1, dt=1e-3, record=["s"])
    alone = spiking.trajectory(made, PRE, POST, 0.5, dt=1e-3)
    at_spikes = np.round(alone.times / 1e-3).astype(int)
    assert run.trajectories["s"].weights[0, at_spikes] == pytest.approx(alone.weights, rel=1e-12)


def test_plain_traces_and_others_may_be_together():
    # r_pre is plain; x remembers it as it was before each presynaptic spike
    state = (trace("r_pre", "pre", "tau"), Variable("x", {"pre": "= r_pre"}))
    made = rule({"post": "x"}, *state)
    expected = 0.5 + math.exp(-0.012 / TAU)
    assert spiking.final_weight(made, [0.010, 0.022], [0.03], 0.5) == pytest.approx(expected, rel=1e-12)


def test_a_variable_may_be_set_to_what_is_the_same_for_all_synapses():
    made = rule({"pre": "A*x", "post": "x"}, Variable("x", {"pre": "= A + B", "post": "= B"}))
    # 0.01*0 at 10 ms, 0.03 at 20 ms, 0.01*0.02 at 30 ms
    assert spiking.final_weight(made, [0.01, 0.03], [0.02], 0.5) == pytest.approx(0.5302, rel=1e-12)
