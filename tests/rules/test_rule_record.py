"""The record of a rule: what it refuses, each time in one line that says what is allowed."""

import math
from dataclasses import FrozenInstanceError, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plasticity.errors import ParameterError, PlasticityError, RuleError, UnknownName
from plasticity.rules import RULES, UNBOUNDED, AnyRule, Bounds, Parameter, RateRule, Rule, Trace, find
from plasticity.sources import SOURCES

PAIR, HEBB = RULES["pair_stdp"], RULES["hebbian"]


def with_trace(**changes):
    return replace(PAIR, traces=(replace(PAIR.traces[0], **changes), PAIR.traces[1]))


def with_parameter(**changes):
    return replace(PAIR, parameters=(replace(PAIR.parameters[0], **changes), *PAIR.parameters[1:]))


BAD = {
    "no name": (lambda: replace(PAIR, name=""), "the name of a rule is ''; one line"),
    "a name of two lines": (lambda: replace(PAIR, name="a\nb"), r"the name of a rule is 'a\\nb'; one line"),
    "unknown source": (lambda: replace(PAIR, source="nobody1900"), "the source of rule pair_stdp is 'nobody1900'"),
    "unknown name": (
        lambda: replace(PAIR, dw_pre="-A_minus*r_past"),
        "pair_stdp.dw_pre = '-A_minus.r_past' uses 'r_past', which is not known here; "
        "known: A_minus, A_plus, r_post, r_pre, tau_minus, tau_plus, w",
    ),
    "code": (lambda: replace(PAIR, dw_post="__import__('os')"), "pair_stdp.dw_post = .* calls '__import__'"),
    "code for rates": (lambda: replace(HEBB, dw="k.real"), "hebbian.dw = .* syntax that is not allowed"),
    "a trace in a rate rule": (lambda: replace(HEBB, dw="k*r_pre"), "hebbian.dw = .* uses 'r_pre'"),
    "no text": (lambda: replace(PAIR, dw_pre=None), "dw_pre of Rule pair_stdp is None; a str is allowed"),
    "unknown coincidence": (
        lambda: replace(PAIR, coincidence="lost"),
        ".*coincidence .* is 'lost'; allowed: ignored",
    ),
    "unknown side": (lambda: replace(PAIR, first="both"), ".*first of .* is 'both'; allowed: pre, post"),
    "negative delay": (lambda: replace(PAIR, axonal_delay=-1e-3), "pair_stdp.axonal_delay is -0.001 s; 0 s or"),
    "nan delay": (lambda: replace(PAIR, dendritic_delay=math.nan), "pair_stdp.dendritic_delay is nan"),
    "unknown time constant": (lambda: with_trace(time_constant="tau"), ".*time constant 'tau' of trace r_pre is no pa"),
    "unknown train": (lambda: with_trace(train="both"), "train of Trace r_pre is 'both'; allowed: pre, post"),
    "unknown interaction": (
        lambda: with_trace(interaction="some"),
        "interaction of .* is 'some'; allowed: all-to-all",
    ),
    "a name of code": (lambda: with_trace(name="x; y"), "pair_stdp: 'x; y' is no name; ASCII letters"),
    "a private name": (lambda: with_trace(name="__class__"), "pair_stdp: '__class__' is no name"),
    "a name of other letters": (lambda: with_parameter(name="\u03c4"), "the name '\u03c4' is impossible"),
    "a name twice": (lambda: with_trace(name="r_post"), "pair_stdp: the name 'r_post' is reserved or used twice"),
    "the name of the weight": (lambda: with_parameter(name="w"), "pair_stdp: the name 'w' is reserved"),
    "the name of a function": (lambda: with_parameter(name="exp"), "the name 'exp' is impossible or"),
    "the name of white noise": (lambda: with_parameter(name="xi"), "the name 'xi' is impossible or"),
    "a name as of white noise": (lambda: with_trace(name="xi_pre"), "pair_stdp: the name 'xi_pre' is reserved"),
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
    parameters = tuple(replace(p, value=value) if p.name == "tau_plus" else p for p in PAIR.parameters)

    with pytest.raises(RuleError, match=rf"'tau_plus' of trace r_pre is {value} s; more than 0 is needed"):
        replace(PAIR, parameters=parameters)


@settings(derandomize=True, deadline=None)
@given(st.text(max_size=20))
def test_a_trace_may_have_any_name_that_is_an_identifier_and_no_other(name):
    try:
        replace(PAIR, traces=(Trace(name, "pre", "tau_plus"), PAIR.traces[1]), dw_post="0")
    except PlasticityError as error:
        assert "\n" not in str(error)
    else:
        assert name.isidentifier() and name.isascii() and not name.startswith("_")


def test_a_record_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        PAIR.dw_pre = "0"


def test_the_values_of_a_rule_are_si():
    assert PAIR.values["tau_plus"] == 0.02 and str(PAIR.parameters[2]) == "tau_plus = 20 ms"


def test_traces_are_found_by_the_train_that_drives_them():
    assert [trace.name for trace in PAIR.traces_of("pre")] == ["r_pre"]
    assert [trace.name for trace in PAIR.traces_of("post")] == ["r_post"]


@pytest.mark.parametrize(
    ("bounds", "text"),
    [(UNBOUNDED, "unbounded"), (Bounds(0.0, 1.0), "0 <= w <= 1"), (Bounds(lower=0.0), "0 <= w")],
)
def test_bounds_are_shown_as_an_inequality(bounds, text):
    assert str(bounds) == text


# The catalogue.


@pytest.mark.parametrize("rule", RULES.values(), ids=str)
def test_a_rule_of_the_catalogue_stands_under_its_name_with_summary_and_source(rule: AnyRule):
    assert RULES[rule.name] is rule is find(rule.name)
    assert rule.summary and rule.source in SOURCES


@pytest.mark.parametrize("rule", RULES.values(), ids=str)
def test_every_number_of_the_catalogue_says_what_it_is(rule: AnyRule):
    assert all(parameter.meaning for parameter in rule.parameters)


@pytest.mark.parametrize("rule", RULES.values(), ids=str)
def test_the_spiking_form_of_a_rate_rule_is_in_the_catalogue(rule: AnyRule):
    assert isinstance(rule, Rule) or not rule.spiking_form or isinstance(RULES[rule.spiking_form], Rule)


def test_the_catalogue_holds_what_the_lecture_speaks_of():
    rates = {name for name, rule in RULES.items() if isinstance(rule, RateRule)}

    assert rates >= {"hebbian", "anti_hebbian", "covariance"}
    assert set(RULES) - rates >= {"pair_stdp", "anti_stdp", "bi_poo", "spiking_hebbian", "spiking_anti_hebbian"}


def test_the_catalogue_cannot_be_changed():
    with pytest.raises(TypeError):
        RULES["pair_stdp"] = HEBB


@pytest.mark.parametrize("name", ["stdp", "", "pair\nstdp", None])
def test_an_unknown_rule_is_answered_with_the_known_ones(name):
    with pytest.raises(UnknownName, match="^unknown rule .*; known: .*bi_poo, covariance") as caught:
        find(name)

    assert "\n" not in str(caught.value)


def test_a_parameter_is_our_choice_unless_it_names_its_source():
    assert Parameter("a", 1.0).source == "our choice"
