"""What no rule may depend on: the order of its parameters, the hour, the unit of time, the places of the synapses.

Every rule of the catalogue joins, in each engine that evaluates it in closed form.
"""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spike_trains import any_times, start_weights

from plasticity import events, rates
from plasticity.quantities import dimension_of
from plasticity.rules import RULES, Rule, is_readable
from plasticity.rules.conventions import SPIKES
from plasticity.rules.system import system

ON_SPIKES = [rule for rule in RULES.values() if is_readable(rule, "events")]
RESTLESS = {"synaptic_scaling"}  # what was lacking so far only grows: no drift
ON_RATES = [rule for rule in RULES.values() if is_readable(rule, "rates") and rule.name not in RESTLESS]
SLOWER = 2.0  # a power of two: products with it are exact
STEPPED = 1e-7  # of a flow that is followed in steps, with a relative error of 1e-10 in each; there are hundreds
FLOWS = frozenset({"flow without closed form"})


def slowed(rule: Rule) -> Rule:
    """The rule in another unit of time: every parameter that has seconds in its unit, by their power."""
    parameters = []
    for p in rule.parameters:
        factor = SLOWER ** float(dimension_of(p.unit).second)
        parameters.append(replace(p, value=p.value * factor, least=p.least * factor, most=p.most * factor))
    return replace(rule, parameters=tuple(parameters))


def reordered(rule: Rule) -> Rule:
    """The rule with its parameters in the opposite order."""
    return replace(rule, parameters=rule.parameters[::-1])


def after(rule: Rule, pre, post, *, shift=0.0, slower=1.0, others=None, rows=slice(None)):
    """The weights after trains that begin later, or are stretched; signals are constant."""

    def moved(trains):
        return [np.asarray(train) * slower + shift for train in trains]

    heard = {event: moved(others) for event in rule.events if event not in SPIKES}
    levels = {s.name: 0.3 * slower ** float(dimension_of(s.unit).second) for s in rule.signals if not s.delay}
    signals = {name: (lambda times, level=level: level + 0.0 * times) for name, level in levels.items()}
    start = start_weights(rule)[rows]
    return events.final_weight(rule, moved(pre), moved(post), start, events=heard, signals=signals)


def trains_for(rule: Rule):
    """Random trains; short ones where a flow is followed in steps, which takes a hundred times longer."""
    pre, post = any_times(3)
    return [[train[:: 5 if FLOWS & system(rule).needs else 1] for train in trains] for trains in (pre, post)]


def tolerance(rule: Rule) -> float:
    """The rounding of sums over a hundred spikes; more where a flow has no closed form, and is followed in steps."""
    return STEPPED if FLOWS & system(rule).needs else 1e-12


@pytest.mark.parametrize("rule", ON_SPIKES, ids=str)
def test_the_order_of_parameters_does_not_matter(rule):
    pre, post = trains_for(rule)
    np.testing.assert_array_equal(after(reordered(rule), pre, post, others=pre), after(rule, pre, post, others=pre))


@pytest.mark.parametrize("rule", ON_SPIKES, ids=str)
def test_the_hour_does_not_matter(rule):
    pre, post = trains_for(rule)
    # exact times: on a grid of 2**-20 s, a microsecond, neither the shift nor a difference is rounded
    pre, post = ([np.unique(np.round(train * 2**20)) / 2**20 for train in trains] for trains in (pre, post))
    later, now = (after(rule, pre, post, others=pre, shift=shift) for shift in (4096.0, 0.0))
    np.testing.assert_allclose(later, now, rtol=tolerance(rule), atol=1e-12)


@pytest.mark.parametrize("rule", ON_SPIKES, ids=str)
def test_times_and_time_constants_that_grow_together_change_nothing(rule):
    pre, post = trains_for(rule)
    slow = after(slowed(rule), pre, post, others=pre, slower=SLOWER)
    np.testing.assert_allclose(slow, after(rule, pre, post, others=pre), rtol=tolerance(rule), atol=1e-12)


@pytest.mark.parametrize("rule", ON_SPIKES, ids=str)
def test_silent_trains_leave_the_weight(rule):
    silent = [[]] * len(start_weights(rule))
    np.testing.assert_array_equal(after(rule, silent, silent, others=silent), start_weights(rule))


@pytest.mark.parametrize("rule", ON_SPIKES, ids=str)
def test_synapses_may_change_places(rule):
    pre, post = trains_for(rule)
    places = np.random.default_rng(5).permutation(len(pre))
    swapped = [[trains[k] for k in places] for trains in (pre, post)]
    found = after(rule, *swapped, others=swapped[0], rows=places)
    np.testing.assert_allclose(found, after(rule, pre, post, others=pre)[places], rtol=tolerance(rule), atol=0.0)


@pytest.mark.parametrize("rule", ON_RATES, ids=str)
@settings(max_examples=10, deadline=None)
@given(x=st.floats(0.5, 60.0), y=st.floats(0.5, 60.0))
def test_the_drift_knows_neither_the_order_of_parameters_nor_the_unit_of_time(rule, x, y):
    w = rule.start_weight
    drift = float(rates.drift(rule, x, y, w))
    assert float(rates.drift(reordered(rule), x, y, w)) == drift
    assert float(rates.drift(slowed(rule), x / SLOWER, y / SLOWER, w)) * SLOWER == pytest.approx(drift, rel=1e-12)
