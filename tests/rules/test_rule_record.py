"""The record of a rule: what it refuses, each time in one line that says what is allowed."""

import math
from dataclasses import FrozenInstanceError, replace

import pytest
from changing import with_changes, with_delay
from hypothesis import given, settings
from hypothesis import strategies as st

from plasticity.errors import ParameterError, PlasticityError, RuleError, UnknownName
from plasticity.rules import (
    RULES,
    UNBOUNDED,
    Bounds,
    Conventions,
    Parameter,
    Rule,
    Signal,
    is_readable,
    trace,
    with_bounds,
)
from plasticity.rules.system import system
from plasticity.sources import SOURCES

PAIR, HEBB = RULES["pair_stdp"], RULES["hebbian"]


def with_trace(**changes):
    return replace(PAIR, state=(replace(PAIR.state[0], **changes), PAIR.state[1]))


def with_weight(**changes):
    return replace(PAIR, weight=replace(PAIR.weight, **changes))


def flowing(flow):
    return replace(HEBB, weight=replace(HEBB.weight, flow=flow))


def with_parameter(**changes):
    return replace(PAIR, parameters=(replace(PAIR.parameters[0], **changes), *PAIR.parameters[1:]))


BAD = {
    "no name": (lambda: replace(PAIR, name=""), "the name of a rule is ''; one line"),
    "a name of two lines": (lambda: replace(PAIR, name="a\nb"), r"the name of a rule is 'a\\nb'; one line"),
    "unknown source": (lambda: replace(PAIR, source="nobody1900"), "the source of rule pair_stdp is 'nobody1900'"),
    "unknown name": (
        lambda: with_changes(PAIR, pre="-A_minus*r_past"),
        "pair_stdp: the jump of w at pre = '-A_minus.r_past' uses 'r_past', which is not known here; "
        "known: A_minus, A_plus, r_post, r_pre, tau_minus, tau_plus, w",
    ),
    "code": (lambda: with_changes(PAIR, post="__import__('os')"), "pair_stdp: the jump of w .* calls '__import__'"),
    "code for rates": (lambda: flowing("k.real"), "hebbian: the flow of w = .* syntax that is not allowed"),
    "a trace in a rule on rates": (lambda: flowing("k*r_pre"), "hebbian: the flow of w = .* uses 'r_pre'"),
    "no text": (lambda: with_changes(PAIR, pre=None), "the jump of w at pre is None; an expression"),
    "no change in a tuple": (lambda: with_changes(PAIR, pre=()), r"the jump of w at pre is \(\); an expression"),
    "unknown coincidence": (lambda: Conventions(coincidence="lost"), ".*coincidence .* is 'lost'; allowed: ignored"),
    "unknown order": (lambda: Conventions(order="both"), ".*order of .* is 'both'; allowed: potentiation first, dep"),
    "unknown clipping": (lambda: Conventions(clipping="none"), ".*clipping of .* is 'none'; allowed: both sides, own"),
    "unknown transmission": (lambda: Conventions(transmitted="now"), ".*transmitted of .* is 'now'; allowed: before,"),
    "negative delay": (lambda: with_delay(PAIR, "pre", -1e-3), "pair_stdp: the delay delay_pre = -1 ms of pre is neg"),
    "nan delay": (lambda: with_delay(PAIR, "post", math.nan), "parameter delay_post is nan"),
    "a delay that is no time": (
        lambda: replace(PAIR, delays={"pre": "A_plus"}),
        "pair_stdp: the delay 'A_plus' is no parameter with a unit of time; those: tau_plus, tau_minus",
    ),
    "a delay of nothing": (lambda: replace(PAIR, delays={"reward": "tau_plus"}), "pair_stdp delays 'reward', which is"),
    "a jump at nothing": (
        lambda: with_changes(PAIR, reward="1"),
        "pair_stdp: w jumps at 'reward', which is no event; known: pre, post",
    ),
    "an event twice": (lambda: replace(PAIR, events=("pre", "pre")), "pair_stdp: the event 'pre' is no name, or st"),
    "an event of code": (lambda: replace(PAIR, events=("pre", "x;y")), "pair_stdp: the event 'x;y' is no name"),
    "a weight of another name": (
        lambda: replace(PAIR, weight=replace(PAIR.weight, name="g")),
        "pair_stdp: the weight is called 'g'; its name must be 'w'",
    ),
    "unknown time constant": (lambda: with_trace(flow="-r_pre/tau"), "pair_stdp: the flow of r_pre = .* uses 'tau'"),
    "a flow away from rest": (
        lambda: with_trace(flow="r_pre/tau_plus"),
        "pair_stdp: the flow of r_pre, r_pre / tau_plus, has the time constant -0.02 s; more than 0 is needed",
    ),
    "a start beyond the bounds": (
        lambda: with_trace(start="2", bounds=Bounds(0.0, 1.0)),
        "pair_stdp: the start of r_pre is 2; 0 to 1 is allowed",
    ),
    "a start that reads the state": (lambda: with_trace(start="r_post"), "pair_stdp: the start of r_pre .* uses 'r_p"),
    "a result that has no order": (
        lambda: replace(PAIR, state=(PAIR.state[0], replace(PAIR.state[1], jumps={"post": "after(r_post)"}))),
        "pair_stdp: at post the jumps of r_post read each other's results",
    ),
    "a result of another event": (
        lambda: with_changes(PAIR, pre="-A_minus*after(r_post)"),
        "pair_stdp: the jump of w at pre = .*after",
    ),
    "a unit of a variable": (lambda: with_trace(unit="mile"), "the unit of r_pre is 'mile'; allowed: 1, s, ms"),
    "a signal of nobody": (
        lambda: Signal("v", "both", "voltage"),
        "of of Signal v is 'both'; allowed: pre, post, world",
    ),
    "a signal of no kind": (lambda: Signal("v", "post", "smell"), "kind of Signal v is 'smell'; allowed: voltage, ra"),
    "a transmission of nothing": (lambda: replace(PAIR, transmits="w*u"), "pair_stdp: what is transmitted = .* uses"),
    "a soft bound without its power": (
        lambda: with_weight(bounds=Bounds(0.0, 1.0, soft_upper="mu")),
        "pair_stdp: the power mu of its soft bounds is no parameter of 0 or more",
    ),
    "soft bounds without end": (lambda: Bounds(0.0, soft_upper="mu"), "soft bounds from 0.0 to inf: both ends must be"),
    "a name of code": (lambda: with_trace(name="x; y"), "the name 'x; y' is impossible or"),
    "a private name": (lambda: with_trace(name="__class__"), "the name '__class__' is impossible"),
    "a name of other letters": (lambda: with_parameter(name="\u03c4"), "the name '\u03c4' is impossible"),
    "a name twice": (lambda: with_trace(name="r_post"), "pair_stdp: the name 'r_post' is reserved or used twice"),
    "the name of the weight": (lambda: with_parameter(name="w"), "pair_stdp: the name 'w' is reserved"),
    "the name of a bound": (lambda: with_parameter(name="w_upper"), "pair_stdp: the name 'w_upper' is reserved"),
    "the name of a function": (lambda: with_parameter(name="exp"), "the name 'exp' is impossible or"),
    "the name of white noise": (lambda: with_parameter(name="xi"), "the name 'xi' is impossible or"),
    "a name as of white noise": (lambda: with_trace(name="xi_pre"), "the name 'xi_pre' is impossible or"),
    "nan parameter": (lambda: with_parameter(value=math.nan), "parameter A_plus is nan; every number must be finite"),
    "infinite parameter": (lambda: with_parameter(value=math.inf), "parameter A_plus is inf; every number"),
    "a number out of its range": (lambda: with_parameter(most=0.004), "parameter A_plus is 0.005; 0.004 or less is al"),
    "a word as parameter": (lambda: with_parameter(value="0.005"), "parameter A_plus is '0.005'; real numbers"),
    "unknown unit": (
        lambda: with_parameter(unit="mile"),
        "the unit of parameter A_plus is 'mile'; allowed: 1, s, ms",
    ),
    "unknown source of a number": (
        lambda: with_parameter(source="hearsay"),
        "the source of parameter A_plus is 'hea",
    ),
    "bounds the wrong way round": (lambda: Bounds(1.0, 0.0), "bounds from 1.0 to 0.0: the lower must be less"),
    "bounds without room": (lambda: Bounds(1.0, 1.0), "bounds from 1.0 to 1.0"),
    "a bound that is nan": (lambda: Bounds(math.nan, 1.0), "the lower bound is nan"),
}


@pytest.mark.parametrize(("make", "message"), BAD.values(), ids=BAD)
def test_a_record_that_cannot_be_right_is_refused_in_one_line(make, message):
    with pytest.raises((RuleError, ParameterError), match=f"^{message}") as caught:
        make()

    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("value", [-0.02, 0.0])
def test_a_time_constant_that_is_not_positive_is_refused(value):
    parameters = tuple(Parameter("tau_plus", value, "ms") if p.name == "tau_plus" else p for p in PAIR.parameters)
    words = rf"the flow of r_pre, -r_pre / tau_plus, has the time constant {value:g} s; more than 0 is needed"

    with pytest.raises(RuleError, match=words):
        replace(PAIR, parameters=parameters)


@settings(derandomize=True, deadline=None)
@given(st.text(max_size=20))
def test_a_trace_may_have_any_name_that_is_an_identifier_and_no_other(name):
    try:
        replace(with_changes(PAIR, post="0"), state=(trace(name, "pre", "tau_plus"), PAIR.state[1]))
    except PlasticityError as error:
        assert "\n" not in str(error)
    else:
        assert name.isidentifier() and name.isascii() and not name.startswith("_")


def test_a_record_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        PAIR.transmits = "0"


def test_the_values_of_a_rule_are_si():
    assert PAIR.values["tau_plus"] == 0.02 and str(PAIR.parameters[2]) == "tau_plus = 20 ms"


def test_traces_are_found_with_the_event_that_raises_them():
    assert {name: jump.event for name, jump in system(PAIR).traces.items()} == {"r_pre": "pre", "r_post": "post"}
    assert system(PAIR).home == {"r_pre": "pre", "r_post": "post"}


@pytest.mark.parametrize(
    ("bounds", "text"),
    [(UNBOUNDED, "unbounded"), (Bounds(0.0, 1.0), "0 <= w <= 1"), (Bounds(lower=0.0), "0 <= w")],
)
def test_bounds_are_shown_as_an_inequality(bounds, text):
    assert str(bounds) == text


# The catalogue.


@pytest.mark.parametrize("rule", RULES.values(), ids=str)
def test_a_rule_of_the_catalogue_stands_under_its_name_with_summary_and_source(rule: Rule):
    assert RULES[rule.name] is rule
    assert rule.summary and rule.source in SOURCES


@pytest.mark.parametrize("rule", RULES.values(), ids=str)
def test_every_number_of_the_catalogue_says_what_it_is(rule: Rule):
    assert all(parameter.meaning for parameter in rule.parameters)


@pytest.mark.parametrize("rule", RULES.values(), ids=str)
def test_the_spiking_form_of_a_rate_rule_is_in_the_catalogue(rule: Rule):
    assert not rule.spiking_form or is_readable(RULES[rule.spiking_form], "events")


def test_the_catalogue_holds_what_the_lecture_speaks_of():
    rates = {name for name, rule in RULES.items() if not is_readable(rule, "events")}

    assert rates >= {"hebbian", "anti_hebbian", "covariance"}
    assert set(RULES) - rates >= {"pair_stdp", "anti_stdp", "bi_poo", "spiking_hebbian", "spiking_anti_hebbian"}


def test_the_catalogue_cannot_be_changed():
    with pytest.raises(TypeError):
        RULES["pair_stdp"] = HEBB


@pytest.mark.parametrize("name", ["stdp", "", "pair\nstdp", None])
def test_an_unknown_rule_is_answered_with_the_known_ones(name):
    with pytest.raises(UnknownName, match="^unknown rule .*; known: .*bi_poo, .*covariance") as caught:
        RULES[name]

    assert "\n" not in str(caught.value)


def test_a_parameter_is_our_choice_unless_it_names_its_source():
    assert Parameter("a", 1.0).source == "our choice"


@pytest.mark.parametrize(
    ("bounds", "start"), [(Bounds(0.0, 2.0), 2.0), (Bounds(0.0, 50.0), 40.0), (Bounds(45.0), 45.0)]
)
def test_a_start_beyond_other_bounds_is_moved_to_the_bound(bounds, start):
    assert with_bounds(RULES["power_law_stdp"], bounds).start_weight == start
