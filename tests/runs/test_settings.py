"""Parameters as a person sets them, and what is said to those that are impossible."""

import pytest
from small_experiment import EXPERIMENT, Parameters

from plasticity.errors import ArgumentError, UnknownName
from plasticity.settings import resolved, restored, shown

FULL = EXPERIMENT.full


@pytest.mark.parametrize(
    ("assignment", "name", "value"),
    [
        ("lag=20ms", "lag", 0.02),
        ("lag=20", "lag", 0.02),
        ("lag=-0.1 s", "lag", -0.1),
        ("n=7", "n", 7),
        ("n=1e2", "n", 100),
        ("rates=5,10.5 Hz", "rates", (5.0, 10.5)),
        ("rates=5", "rates", (5.0,)),
        ("kind=slow", "kind", "slow"),
        ("is_loud=yes", "is_loud", True),
        ("seed=3", "seed", 3),
    ],
)
def test_a_value_of_the_right_kind_is_set_in_si(assignment, name, value):
    found = getattr(resolved(FULL, [assignment]), name)
    assert found == value and type(found) is type(value)


@pytest.mark.parametrize(
    ("assignment", "said"),
    [
        ("lag", "'lag' sets nothing; write key=value"),
        ("lag=", "lag is ''; allowed: a number, with or without s or ms"),
        ("lag=3mV", "lag is '3mV'"),
        ("lag=2s", "lag is 2000 ms; allowed: from -1000 ms to 1000 ms"),
        ("n=2.5", "n is '2.5'; allowed: a whole number"),
        ("n=0", "n is 0; allowed: from 1 to 1000"),
        ("n=3 ms", "n is '3 ms'; allowed: a number without unit"),
        ("rates=", "rates is ''; allowed: one value or more"),
        ("rates=1,x", "rates is 'x'"),
        ("rates=-1", "rates is -1 Hz; allowed: from 0 Hz"),
        ("kind=medium", "kind is 'medium'; allowed: fast, slow"),
        ("is_loud=maybe", "is_loud is 'maybe'; allowed: true, yes, false, no"),
        ("seed=-1", "seed is -1; a whole number from 0 to 4294967295 is allowed"),
        ("seed=4294967296", "seed is 4294967296; a whole number from 0 to 4294967295 is allowed"),
        ("seed=1e25", "a whole number from 0 to 4294967295 is allowed"),
    ],
)
def test_a_value_of_another_kind_or_unit_is_refused_with_what_is_allowed(assignment, said):
    with pytest.raises(ArgumentError) as error:
        resolved(FULL, [assignment])
    assert said in str(error.value)


def test_more_values_than_a_run_gets_through_are_refused_unless_the_preset_has_them():
    assert len(resolved(FULL, ["rates=" + "5," * 100]).rates) == 100
    refused = "^rates has 5000 values; at most 100 are allowed: run it for some at a time$"
    with pytest.raises(ArgumentError, match=refused):
        resolved(FULL, ["rates=" + ",".join(["x"] * 5000)])  # before any is looked at
    values = {"lag": 0.3, "n": 2, "rates": [4.0] * 5000, "kind": "slow", "is_loud": True, "seed": 9}
    with pytest.raises(ArgumentError, match=refused):
        restored(FULL, values)
    many = Parameters(0.3, 2, (4.0,) * 5000, "slow", True, 9)
    assert restored(many, values) == many


def test_an_unknown_key_is_refused_with_the_known_ones():
    with pytest.raises(UnknownName, match="unknown parameter 'lags'; known: .*is_loud, kind, lag, n"):
        resolved(FULL, ["lags=3"])


def test_the_seed_of_the_command_line_is_that_of_the_experiment():
    assert resolved(FULL, (), seed=5).seed == 5
    for seed in (-1, 2**32, 10**25):
        with pytest.raises(ArgumentError, match="from 0 to 4294967295"):
            resolved(FULL, (), seed=seed)
    assert resolved(FULL, ()) == FULL


def test_parameters_are_shown_with_their_units():
    expected = {"lag": "10 ms", "n": "3", "rates": "1 Hz, 2 Hz", "kind": "fast", "is_loud": "False", "seed": "0"}
    assert shown(FULL) == expected


def test_the_values_of_a_manifest_give_the_same_parameters():
    values = {"lag": 0.3, "n": 2, "rates": [4.0], "kind": "slow", "is_loud": True, "seed": 9}
    assert restored(FULL, values) == Parameters(0.3, 2, (4.0,), "slow", True, 9)
    with pytest.raises(ArgumentError, match="the experiment has lag"):
        restored(FULL, {"lag": 1.0})


@pytest.mark.parametrize(
    "wrong",
    [{"n": "2"}, {"n": 2.0}, {"n": True}, {"n": 0}, {"rates": 1.0}, {"rates": ["x"]}, {"kind": "odd"}, {"lag": None}],
)
def test_values_of_a_manifest_that_do_not_fit_are_refused(wrong):
    values = {"lag": 0.3, "n": 2, "rates": [4.0], "kind": "slow", "is_loud": True, "seed": 9}
    with pytest.raises(ArgumentError, match=f"{next(iter(wrong))} is .*; allowed: "):
        restored(FULL, values | wrong)
