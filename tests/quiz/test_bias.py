"""The neuron with a bias and inhibitory synapses: its rate under constant, regular and irregular inhibition."""

import numpy as np
import pytest

from plasticity.neurons import NEURONS, closed_form_rate, rheobase, with_parameters
from plasticity.quiz.old.answers import bias

CONSTANT, REGULAR, IRREGULAR = bias.DRIVES
LEVELS = np.array(bias.LEVELS)


def test_the_bias_makes_it_fire_by_itself_regularly(bias_study):
    for drive in bias.DRIVES:
        firing = bias_study.at(drive, 0.0)
        assert firing.rate > 0 and firing.cv_isi == pytest.approx(0, abs=1e-9)  # equal intervals of whole steps


def test_a_level_is_a_current_of_that_many_biases(bias_study):
    neuron = with_parameters(NEURONS["lif_excitatory"], bias=0.0)
    bare = closed_form_rate(neuron, bias.BIAS * (1 - LEVELS) * rheobase(neuron))
    assert bias_study.closed_form == pytest.approx(bare, rel=1e-9)  # 1 + bias - level in another order


def test_a_constant_current_slows_it_at_every_level_until_it_reaches_the_bias(bias_study):
    rates = np.array(bias_study.rates(CONSTANT))
    assert (np.diff(rates[LEVELS < 1]) < 0).all()
    assert ((rates > 0) == (LEVELS < 1)).all()


@pytest.mark.parametrize("drive", [REGULAR, IRREGULAR])
def test_the_inhibitory_neurons_deliver_the_inhibition_that_was_meant(bias_study, drive):
    # Regular: one spike of each of 40 more or less in the second. Irregular: five standard errors of a Poisson count.
    counted = bias.N_INHIBITORY * bias_study.inhibitory_rates[drive] * bias.MEASURE
    error = bias.N_INHIBITORY / counted if drive == REGULAR else 5 / np.sqrt(counted)
    assert bias_study.inhibition[drive] == pytest.approx(LEVELS, rel=error)


@pytest.mark.parametrize("drive", [REGULAR, IRREGULAR])
def test_synapses_act_as_the_mean_current_does_away_from_the_edge(bias_study, drive):
    rates, constant = bias_study.rates(drive), bias_study.rates(CONSTANT)
    for level in (1, 2, 3):  # between the rates that the current gives one level below and one above
        assert constant[level + 1] < rates[level] < constant[level - 1]
    assert rates[-1] == 0


def test_only_irregular_inhibition_lets_it_fire_well_beyond_the_bias(bias_study):
    at = bias.LEVELS.index(1.1)
    rates = {drive: bias_study.rates(drive)[at] for drive in bias.DRIVES}
    assert rates[IRREGULAR] > 0 and rates[CONSTANT] == rates[REGULAR] == 0
    assert f"{rates[IRREGULAR]:.1f} Hz at 1.1" in bias.growing(bias_study).sentence


def test_the_level_of_silence_is_the_first_from_which_nothing_fires(bias_study):
    measurements = bias.growing(bias_study).measurements
    for drive in bias.DRIVES:
        rates, edge = np.array(bias_study.rates(drive)), measurements[f"silent_from_{drive.replace(' ', '_')}"]
        assert (rates[LEVELS >= edge] == 0).all() and rates[LEVELS < edge][-1] > 0


def test_the_levels_at_which_the_answers_are_compared_were_simulated_and_reach_from_nothing_to_silence():
    assert set(bias.COMPARED) <= set(bias.LEVELS)
    assert bias.COMPARED == tuple(sorted(bias.COMPARED)) and bias.COMPARED[0] == 0 and bias.COMPARED[-1] == LEVELS[-1]


@pytest.mark.parametrize("answer, level", [(bias.below, bias.BELOW), (bias.above, bias.ABOVE)], ids=["below", "above"])
def test_the_question_at_one_level_reports_synapses_first_and_the_current_beside(bias_study, answer, level):
    found = answer(bias_study).measurements
    assert found["inhibition_over_bias"] == level
    assert found["rate_hz"] == bias_study.at(REGULAR, level).rate
    assert found["rate_constant_current_hz"] == bias_study.at(CONSTANT, level).rate
    assert found["rate_without_input_hz"] == bias_study.at(CONSTANT, 0.0).rate


@pytest.mark.parametrize("answer", [bias.no_input, bias.below, bias.above], ids=["none", "below", "above"])
def test_what_is_confirmed_is_the_rate_under_the_constant_current_of_that_level(bias_study, answer):
    found = answer(bias_study)
    (check,) = found.checks
    level = bias.LEVELS.index(found.measurements.get("inhibition_over_bias", 0.0))
    assert (check.found, check.confirmed) == (bias_study.rates(CONSTANT)[level], bias_study.closed_form[level])
