"""f-I curves against NEST's: as curves, from below the onset on, with what the grid explains and no more."""

from dataclasses import replace

import numpy as np
import pytest

from plasticity.nest.neurons import model_of
from plasticity.neurons import NEURONS, closed_form_rate, with_parameters
from plasticity.verification import curves_by_nest
from plasticity.verification.curves_by_nest import curve_against_nest
from plasticity.verification.findings import Level
from plasticity.verification.suite import suite

CURVES = ["lif_excitatory", "exponential", "adex", "izhikevich", "hodgkin_huxley", "traub_miles"]


@pytest.mark.nest
@pytest.mark.parametrize("name", CURVES)
def test_the_curve_of_a_neuron_is_that_of_nest(name):
    finding = suite([name], "nest")[f"{name}, f-I curve"](1)

    apart = [abs(level.ours - level.theirs) for level in finding.curve]
    assert finding.status == "agrees" and len(apart) == finding.n == 7 and max(apart) < 0.01 * finding.curve[-1].ours
    assert finding.curve[0].ours == finding.curve[0].theirs == 0 < finding.curve[3].ours < finding.curve[-1].theirs


@pytest.mark.nest
def test_the_leaky_neuron_is_met_just_above_rheobase_to_the_rounding():
    level = curve_against_nest(NEURONS["lif_excitatory"]).curve[2]
    assert level.current == pytest.approx(1.01 * 160e-12) and level.theirs == pytest.approx(level.ours, abs=1e-11)


@pytest.mark.nest
def test_a_biased_neuron_is_driven_from_below_its_rheobase_on():
    finding = curve_against_nest(with_parameters(NEURONS["lif_excitatory"], bias=0.25))
    assert finding.status == "agrees" and finding.curve[0].ours == 0 and finding.curve[0].current < 0


@pytest.mark.nest
@pytest.mark.parametrize(("name", "changed"), [("exponential", {"tau_m": 1.001}), ("izhikevich", {"d": 1.02})])
def test_a_neuron_of_other_parameters_has_another_curve(name, changed, monkeypatch):
    neuron = NEURONS[name]
    other = with_parameters(neuron, **{key: factor * neuron.values[key] for key, factor in changed.items()})
    monkeypatch.setattr(curves_by_nest, "model_of", lambda _: model_of(neuron))
    assert curve_against_nest(other).status == "differs"


@pytest.mark.nest
def test_a_rate_that_is_a_hair_too_high_differs_and_its_current_is_told(monkeypatch):
    monkeypatch.setattr(curves_by_nest, "closed_form_rate", lambda *given: closed_form_rate(*given) * (1 + 1e-9))
    spikes, curve = (compare(1) for compare in suite(["lif_inhibitory"], "nest").values())

    assert (spikes.status, curve.status, curve.place.kind) == ("agrees", "differs", "640 pA")
    assert curve.difference == pytest.approx(2.2959e-7, rel=1e-3) and curve.as_object()["curve"][6]["current"]


def test_one_level_beyond_what_is_allowed_there_is_a_difference():
    levels = [Level(1e-10, 10.0, 10.5, allowed=1.0), Level(2e-10, 1.0, 1.2, allowed=0.1)]
    neuron = NEURONS["adex"]
    found = curves_by_nest._judged(neuron, model_of(neuron), levels)
    assert (found.status, found.tolerance, found.place.kind) == ("differs", 0.1, "200 pA")
    assert curves_by_nest._judged(neuron, model_of(neuron), [replace(levels[1], theirs=1.1), levels[0]]).place.pair == 1


def test_rates_are_of_the_same_intervals_where_one_side_lacks_the_last_spike():
    ours = np.arange(1, 9) * 0.1
    assert curves_by_nest._rates(ours, ours[:-1]) == pytest.approx((10.0, 10.0))
    assert curves_by_nest._rates(ours, ours[:0]) == pytest.approx((10.0, 0.0))
