"""The exact engine against the same rule as a compiled loop, by `plasticity verify`."""

from functools import partial

import pytest

from plasticity import RULES
from plasticity.compiled.loading import functions
from plasticity.compiled.weights import trains
from plasticity.verification import verified


@pytest.fixture(autouse=True)
def as_python(monkeypatch):
    """The same source, not compiled."""
    monkeypatch.setattr(trains, "functions", partial(functions, is_compiled=False))


@pytest.mark.parametrize("name", ["triplet_stdp", "calcium", "heterosynaptic_decay"])
def test_a_rule_agrees_to_rounding(name):
    finding = verified(RULES[name], "compiled", seeds=1)
    assert finding.status == "agrees" and finding.tolerance == 1e-12


def test_a_rule_that_is_not_read_cannot_be_expressed():
    finding = verified(RULES["voltage_stdp"], "compiled", seeds=1)
    assert finding.status == "cannot be expressed" and "plasticity.compiled does not read" in finding.note


def test_a_loop_that_is_printed_wrongly_differs(monkeypatch):
    right = trains.functions
    monkeypatch.setattr(trains, "functions", lambda source: right(source.replace("np.exp(age", "np.exp(2.0*age")))
    assert verified(RULES["pair_stdp"], "compiled", seeds=1).status == "differs"
