"""Units through every expression of a rule: what fits is taken, what does not is refused where the rule is made."""

from dataclasses import replace

import pytest

from plasticity.errors import RuleError
from plasticity.rules import RATES, Bounds, Parameter, Rule, Signal, Variable, low_pass, trace

# A voltage rule with everything in it that has a unit, in the form of `clopath2010`
SIGNALS = (Signal("u", "post", "voltage", "mV"), *RATES, Signal("dose", "world", "level", "mM"))
PARAMETERS = (
    Parameter("A", 8e-5, "1/mV"),
    Parameter("B", 1e-3, "1/mV**2"),
    Parameter("theta", -50e-3, "mV"),
    Parameter("tau", 10e-3, "ms"),
    Parameter("D", 3e-3, "ms"),
    Parameter("sigma", 1.0, "mV"),
    Parameter("half", 1.0, "mM"),
    Parameter("mu", 1.0),
)
FITTING = Rule(
    "voltage",
    "our choice",
    PARAMETERS,
    Variable(
        "w",
        {"pre": ("-A*rectify(u_low - theta)", "= w"), "post": "x*exp(-u_low/theta)"},
        flow="B/tau*x*rectify(u - theta)*rectify(u_low - theta) + rate_pre - rate_post*w**mu",
        noise="mu/sqrt(tau)",
        start="",
        bounds=Bounds(0.0, 1.0, "mu", "mu"),
    ),
    state=(
        trace("x", "pre", "tau"),
        low_pass("u_low", "u", "tau", start="theta", unit="mV"),
        Variable("y", {"post": "sigma"}, flow="-y/tau", noise="sigma/sqrt(tau)", unit="mV"),
        Variable("z", {"post": "0", "pre": "= after(x)"}, flow="0"),
    ),
    signals=SIGNALS,
    delays={"pre": "D"},
    transmits="w*minimum(1, dose/half)",
)


def test_units_that_fit_are_taken():
    assert FITTING.name == "voltage"


def weight(**changes):
    return replace(FITTING, weight=replace(FITTING.weight, **changes))


def state(name, **changes):
    return replace(FITTING, state=tuple(replace(v, **changes) if v.name == name else v for v in FITTING.state))


def parameter(name, unit):
    return replace(FITTING, parameters=tuple(replace(p, unit=unit) if p.name == name else p for p in PARAMETERS))


def signal(name, **changes):
    return replace(FITTING, signals=tuple(replace(s, **changes) if s.name == name else s for s in SIGNALS))


NUMBER = "a number without unit"
WRONG = {
    "a time constant without unit": (
        lambda: state("x", flow="-x/mu"),
        f"voltage: the flow of x: -x / mu is {NUMBER}; 1/s is needed",
    ),
    "a bare time constant": (
        lambda: state("x", flow="-x/0.02"),
        f"voltage: the flow of x: -x / 0.02 is {NUMBER}; 1/s is needed",
    ),
    "a flow per second too often": (
        lambda: state("u_low", flow="(u - u_low)/tau**2"),
        r"voltage: the flow of u_low: \(u - u_low\) / tau \*\* 2 is in V/s\*\*2; V/s is needed",
    ),
    "a volt less a time": (lambda: state("u_low", flow="(u - tau)/tau"), "the flow of u_low: u - tau: V minus s"),
    "a jump of w in volts": (lambda: weight(jumps={"pre": "theta"}), "the jump of w at pre: theta is in V; a number"),
    "the second jump of w": (lambda: weight(jumps={"pre": ("mu", "tau")}), "the jump of w at pre: tau is in s; a num"),
    "w set to a time": (lambda: weight(jumps={"pre": "= tau"}), "the jump of w at pre: tau is in s; a number"),
    "a flow of w without time": (lambda: weight(flow="-w"), f"the flow of w: -w is {NUMBER}; 1/s is needed"),
    "a flow of w in volts": (lambda: weight(flow="u/tau"), "the flow of w: u / tau is in V/s; 1/s is needed"),
    "a jump of a voltage by a number": (
        lambda: state("y", jumps={"post": "1"}),
        f"the jump of y at post: 1 is {NUMBER}; V is needed",
    ),
    "a jump by another variable": (
        lambda: state("y", jumps={"post": "u_low", "pre": "after(x)"}),
        r"the jump of y at pre: after\(x\) is a number without unit; V is needed",
    ),
    "a start in another unit": (lambda: state("u_low", start="tau"), "the start of u_low: tau is in s; V is needed"),
    "noise per second": (
        lambda: state("y", noise="sigma/tau"),
        r"the noise of y: sigma / tau is in V/s; V/s\*\*\(1/2\) is needed",
    ),
    "the exponential of a voltage": (
        lambda: weight(jumps={"post": "exp(u_low)"}),
        r"the jump of w at post: exp\(u_low\): exp of V; it takes a number without unit",
    ),
    "the logarithm of a time": (lambda: weight(jumps={"post": "log(tau)"}), r"log\(tau\): log of s; it takes"),
    "tanh of a rate": (lambda: weight(jumps={"post": "tanh(rate_pre)"}), r"tanh\(rate_pre\): tanh of 1/s; it takes"),
    "a power with a unit": (lambda: weight(jumps={"post": "w**tau"}), "to the power of s; an exponent has no unit"),
    "the smaller of two kinds": (lambda: weight(jumps={"post": "minimum(w, tau)"}), "a number without unit next to s"),
    "what is transmitted in volts": (
        lambda: replace(FITTING, transmits="w*u_low"),
        f"voltage: what is transmitted: w \\* u_low is in V; {NUMBER} is needed",
    ),
    "a delay in volts": (lambda: replace(FITTING, delays={"pre": "theta"}), "the delay 'theta' is no parameter with"),
    "a power of soft bounds with a unit": (
        lambda: replace(weight(bounds=Bounds(0, 1, "D", "mu"))),
        f"voltage: the power D: D is in s; {NUMBER} is needed",
    ),
    "a weight with a unit": (lambda: weight(unit="mV"), "voltage: the unit of w is 'mV'; a weight has none"),
    "another unit of a parameter": (lambda: parameter("A", "1/ms"), "the jump of w at pre: .* is in V/s; a number"),
    "a voltage in seconds": (
        lambda: signal("u", unit="s"),
        "voltage: signal u is a voltage in 's'; a unit like 'mV' is needed",
    ),
    "a rate without unit": (
        lambda: signal("rate_pre", unit="1"),
        "voltage: signal rate_pre is a rate in '1'; a unit like 'Hz' is needed",
    ),
    "a level in another unit": (lambda: signal("dose", unit="Hz"), "what is transmitted: .* next to 1/s|next to"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_units_that_do_not_fit_are_refused_where_the_rule_is_made(wrong):
    make, message = WRONG[wrong]

    with pytest.raises(RuleError, match=message) as caught:
        make()

    assert str(caught.value).isprintable() and len(str(caught.value)) < 300
