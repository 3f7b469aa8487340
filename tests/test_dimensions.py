"""Dimensions: what is accepted changes with the units as its dimension says; what is refused says why."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plasticity.dimensions import dimension, require_dimension
from plasticity.errors import ArgumentError
from plasticity.expressions import evaluator, names, parse
from plasticity.quantities import dimension_of

FIXED = settings(derandomize=True, deadline=None, max_examples=1500)
UNITS = {
    "V_threshold": "mV",
    "v": "V",
    "tau_m": "ms",
    "R": "Mohm",
    "current": "pA",
    "C": "nF",
    "g": "nS",
    "rate": "Hz",
    "c": "mM",
    "w": "1",
    "mu": "1",
    "A_v": "1/mV**2",
}


class Refused(ValueError):
    """The error that the caller asks for."""


def tree_of(text):
    return parse(text, known=UNITS, where="here", error=Refused, after=["w", "v"])


def dimension_in(text):
    return dimension(tree_of(text), UNITS, where="here", error=Refused)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(v - V_threshold)/tau_m", "V/s"),
        ("R*current/v", "1"),
        ("C*v/tau_m", "A"),
        ("g*v - current", "A"),
        ("R*C", "s"),
        ("rate*tau_m", "1"),
        ("rate + 1/tau_m", "1/s"),
        ("w/tau_m", "1/s"),
        ("A_v*w*rectify(v - V_threshold)*abs(v)/tau_m", "1/s"),
        ("step(c)*w**mu", "1"),
        ("mu**w", "1"),
        ("sqrt(v**2 + V_threshold**2)", "V"),
        ("sqrt(1/tau_m)", "1/s**(1/2)"),
        ("v**-2", "1/V**2"),
        ("v**(1/3)", "V**(1/3)"),
        ("exp(-v/V_threshold)", "1"),
        ("tanh(log(w))", "1"),
        ("minimum(v, V_threshold) + maximum(0, v)", "V"),
        ("v + 0", "V"),
        ("0 - tau_m", "s"),
        ("0*tau_m", "s"),
        ("rectify(-0) + tau_m", "s"),
        ("+v - -V_threshold", "V"),
        ("after(v) - V_threshold", "V"),
        ("after(w)*v", "V"),
        ("c*c/tau_m", "mM**2/s"),
        ("2.5", "1"),
        ("exp(0)", "1"),
    ],
)
def test_the_dimension_follows_from_the_units_of_the_names(text, expected):
    assert str(dimension_in(text)) == expected


@pytest.mark.parametrize("text", ["0", "0.0", "-0", "0 + 0", "abs(0)", "minimum(0, 0)", "rectify(+0)"])
def test_zero_fits_everything(text):
    assert dimension_in(text) is None
    require_dimension(tree_of(text), "V/s", UNITS, where="here", error=Refused)


REFUSED = {
    "V_threshold - tau_m": "V_threshold - tau_m: V minus s; like units are needed",
    "w*(v + 1)": r"v \+ 1: V plus a number without unit; like units are needed",
    "1 + tau_m": r"1 \+ tau_m: a number without unit plus s",
    "minimum(v, tau_m)": r"minimum\(v, tau_m\): V next to s",
    "maximum(c, 1)": r"maximum\(c, 1\): mM next to a number without unit",
    "exp(v)": r"exp\(v\): exp of V; it takes a number without unit",
    "log(c)": r"log\(c\): log of mM",
    "tanh(v/tau_m)": r"tanh\(v / tau_m\): tanh of V/s",
    "v**mu": r"v \*\* mu: V to a power that varies; a number is needed there, such as 2",
    "w**v": r"w \*\* v: to the power of V; an exponent has no unit",
    "current + g": r"current \+ g: A plus S",
    "R - C": "R - C: ohm minus F",
    "rate - tau_m": "rate - tau_m: 1/s minus s",
    "after(v) - w": r"after\(v\) - w: V minus a number without unit",
    "+".join(["v"] * 30) + " + w": r"v \+ v .*\.\.\.: V plus a number",
}


@pytest.mark.parametrize("text", REFUSED)
def test_units_that_do_not_fit_are_refused_in_one_line_with_both_and_the_place(text):
    with pytest.raises(Refused, match=f"^here: {REFUSED[text]}") as caught:
        dimension_in(text)

    assert str(caught.value).isprintable() and len(str(caught.value)) < 200


def test_what_is_needed_is_told_beside_what_came():
    require_dimension(tree_of("w/tau_m"), "Hz", UNITS, where="here", error=Refused)
    with pytest.raises(Refused, match=r"^here: v / tau_m is in V/s; 1/s is needed$"):
        require_dimension(tree_of("v/tau_m"), "1/s", UNITS, where="here", error=Refused)
    with pytest.raises(Refused, match="^here: v is in V; a number without unit is needed$"):
        require_dimension(tree_of("v"), "1", UNITS, where="here", error=Refused)
    with pytest.raises(Refused, match=r"^here: w is a number without unit; 1/s\*\*\(1/2\) is needed$"):
        require_dimension(tree_of("w"), dimension_of("1/s") ** Fraction(1, 2), UNITS, where="here", error=Refused)


def test_a_name_without_unit_and_a_unit_that_is_none_are_refused():
    with pytest.raises(Refused, match="here uses 'w', whose unit is not told"):
        dimension(tree_of("w*v"), {"v": "V"}, where="here", error=Refused)
    with pytest.raises(Refused, match="here: the unit of 'v' is 'volts'; allowed: 1, s"):
        dimension(tree_of("v"), {"v": "volts"}, where="here", error=Refused)
    with pytest.raises(ArgumentError, match="the tree of an expression"):
        dimension("v", UNITS, where="here", error=Refused)


# A second route: in other base units the numbers of all names change by their dimension, and the value by its own.

LEAVES = st.sampled_from([*UNITS, "0", "2", "0.5", "after(v)"])


def _longer(parts):
    binary = st.tuples(parts, st.sampled_from(["+", "-", "*", "*", "/", "/"]), parts).map(
        lambda x: "({}{}{})".format(*x)
    )
    power = st.tuples(parts, st.sampled_from(["2", "-1", "0.5", "mu", "v"])).map(lambda x: "({}**({}))".format(*x))
    of_one = st.tuples(st.sampled_from("exp log sqrt abs tanh rectify step -".split()), parts)
    of_two = st.tuples(st.sampled_from(["minimum", "maximum"]), parts, parts)
    return binary | power | of_one.map(lambda x: "{}({})".format(*x)) | of_two.map(lambda x: "{}({}, {})".format(*x))


TEXTS = st.recursive(LEAVES, _longer, max_leaves=7)
SCALES = {"second": 7.0, "volt": 1.3, "ampere": 0.2, "millimolar": 3.0}


def scale(found):
    """How much a number of this dimension grows in the other base units."""
    return math.prod(scale ** float(getattr(found, base)) for base, scale in SCALES.items())


@FIXED
@given(TEXTS, st.lists(st.floats(0.5, 2.0), min_size=len(UNITS), max_size=len(UNITS)))
def test_the_value_changes_with_the_units_as_its_dimension_says(text, values):
    try:
        tree = tree_of(text)
        found = dimension(tree, UNITS, where="here", error=Refused)
    except Refused:
        return
    here = dict(zip(UNITS, values, strict=True)) | {"after(v)": 1.1}
    grown = {"after(v)": scale(dimension_of("V"))} | {name: scale(dimension_of(unit)) for name, unit in UNITS.items()}
    with np.errstate(all="ignore"):
        value = evaluator(tree)({name: np.float64(x) for name, x in here.items()})
        other = evaluator(tree)({name: np.float64(x) * grown[name] for name, x in here.items()})

    if np.isfinite([value, other]).all():
        # What rounding leaves of a difference may fall on either side of a step: compared where it does not matter.
        expected = value * (1.0 if found is None else scale(found))
        assert other == pytest.approx(expected, rel=1e-6, abs=1e-6) or "step" in text


@FIXED
@given(TEXTS)
def test_every_text_has_a_dimension_or_a_refusal_in_one_line(text):
    try:
        tree = tree_of(text)
    except Refused:
        return
    try:
        dimension(tree, UNITS, where="here", error=Refused)
    except Refused as error:
        assert str(error).isprintable() and str(error).startswith("here") and names(tree)
