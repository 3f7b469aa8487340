"""Conventions where the sign of a change depends on the weight: by hand, and the same in both engines."""

import math

import pytest

from plasticity import events, spiking
from plasticity.errors import ArgumentError, ParameterError, RuleError, SimulationError
from plasticity.rules import Bounds, Conventions, Parameter, Rule, Signal, Variable, nearest_trace, scaled, weight

TAU = Parameter("tau", 20e-3, "ms")
engines = pytest.mark.parametrize("engine", [events, spiking], ids=["events", "spiking"])


def made(jumps, *, parameters=(), state=(), conventions=None, **fields):
    rule = weight(jumps, **{name: fields.pop(name) for name in ("flow", "bounds") if name in fields})
    return Rule("made", "our choice", parameters, rule, state, conventions=conventions or Conventions(), **fields)


# Pre alone lowers w by 0.4; post adds 0.3, and 0.3 - w, of which the sign depends on w.
SIGNS = {
    # pre: 0.5 to 0.1; now 0.3 - w is above zero: both raise, 0.1 + 0.3, and then 0.3 - 0.4 is added
    ("pre first", "potentiation first"): 0.1 + 0.3 + (0.3 - 0.4),
    ("pre first", "depression first"): 0.1 + 0.3 + (0.3 - 0.4),
    # post on 0.5: 0.3 - 0.5 lowers, so it comes second: 0.8, then 0.3 - 0.8; and pre takes 0.4 of what is left
    ("post first", "potentiation first"): max(0.8 + (0.3 - 0.8) - 0.4, 0.0),
    # or first: 0.5 + (0.3 - 0.5) = 0.3, then 0.6; and pre takes 0.4
    ("post first", "depression first"): 0.3 + 0.3 - 0.4,
}


@engines
@pytest.mark.parametrize("coincidence, order", SIGNS)
def test_a_spike_that_acts_an_instant_later_goes_by_the_signs_that_its_changes_have_then(engine, coincidence, order):
    rule = made({"pre": "-0.4", "post": ("0.3", "0.3-w")}, conventions=Conventions(coincidence, order))

    assert engine.final_weight(rule, [0.01], [0.01], 0.5) == pytest.approx(SIGNS[coincidence, order], abs=1e-15)


@engines
@pytest.mark.parametrize("order", ["potentiation first", "depression first"])
def test_on_its_own_side_a_change_meets_the_bound_that_it_leads_to_as_it_is_made(engine, order):
    # 0.45 - 1.5 w raises 0.2, but after 0.9 it lowers 1.1 by 1.2; depression first, it is the other way round
    rule = made({"pre": ("0.9", "0.45-1.5*w")}, conventions=Conventions(order=order, clipping="own side"))

    assert engine.final_weight(rule, [0.01], [], 0.2) == 0.0


@engines
def test_on_its_own_side_a_state_that_is_set_meets_its_bounds_too(engine):
    trace = Variable("s", {"post": "0.3", "pre": "= 0.5"}, flow="-s/tau", bounds=Bounds(0.0, 1.0))
    rule = made({"post": "0.1*s"}, parameters=(TAU,), state=(trace,), conventions=Conventions(clipping="own side"))

    expected = 0.5 + 0.1 * 0.5 * math.exp(-0.25)
    assert engine.final_weight(rule, [0.01], [0.015], 0.5) == pytest.approx(expected, rel=1e-12)


def test_an_infinite_flow_stops_the_run_before_a_bound_hides_it():
    rule = made({}, parameters=(Parameter("T", 1.0, "s"), Parameter("q", 0.0)), flow="1/(T*q)")

    with pytest.raises(SimulationError, match="cannot be followed beyond 0.01 s"):
        events.final_weight(rule, [0.01, 0.02], [], 0.5)


def test_the_ledger_of_a_rule_that_changes_nothing_is_empty_and_one_train_is_enough():
    assert len(events.ledger(made({}), [0.01], [0.02], 0.5).entries) == 0
    one = made({"pre": "0.1"}, events=("pre",))
    assert [entry.dw for entry in events.ledger(one, [0.01], [0.02], 0.5).entries] == [0.1]


OWN_SCALE = made({"pre": "0.1"}, parameters=(Parameter("scale", 1e-3, "mV"),))
VOLTAGE = made({}, parameters=(TAU,), signals=(Signal("v", "post", "voltage", "mV"),), flow="step(v)/tau")
WRONG = {
    "a scale of one's own": (lambda: scaled(OWN_SCALE, 3.0), RuleError, "has a parameter 'scale' of its own"),
    "set and reset at once": (lambda: nearest_trace("x", "pre", "tau", reset_by="pre"), RuleError, "is set and reset"),
    "an event that is no name": (lambda: weight({1: "0.1"}), RuleError, r"the jumps of w are at \[1\]"),
    "a word of Python": (lambda: Parameter("lambda", 1.0), ParameterError, "the name 'lambda' is impossible"),
    "an infinite start": (
        lambda: made({}, state=(Variable("x", start="1/q"),), parameters=(Parameter("q", 0.0),)),
        RuleError,
        "the start of x is inf",
    ),
    "soft bounds of a state": (
        lambda: made(
            {}, state=(Variable("x", bounds=Bounds(0, 1, soft_upper="q")),), parameters=(Parameter("q", 1.0),)
        ),
        RuleError,
        "the bounds of x are soft",
    ),
    "a signal without time": (
        lambda: events.final_weight(VOLTAGE, [0.01, 0.02], [], 0.5, signals={"v": lambda: 1.0}),
        ArgumentError,
        "the function of signal v failed: TypeError",
    ),
}


@pytest.mark.parametrize(("make", "error", "message"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_is_refused_in_one_line(make, error, message):
    with pytest.raises(error, match=message) as caught:
        make()

    assert "\n" not in str(caught.value)
