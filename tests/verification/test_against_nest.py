"""Our engine against NEST, to 1e-12 of the largest weight, under NEST's conventions; needs the extra `compare`."""

from dataclasses import replace

import numpy as np
import pytest

from plasticity.nest import asked
from plasticity.nest.neurons import model_of
from plasticity.neurons import NEURONS, with_parameters
from plasticity.rules import PRESETS, RULES, Conventions
from plasticity.rules import with_parameters as rule_with_parameters
from plasticity.verification import by_nest, neurons_by_nest, verified, voltage_by_nest
from plasticity.verification.suite import suite
from plasticity.verification.trains import random_pairs

pytestmark = pytest.mark.nest

# What NEST has a synapse for, by the names of the catalogue; all others are listed with a reason
MODELS = {
    "pair_stdp": "stdp_synapse",
    "multiplicative_stdp": "stdp_synapse",
    "gutig_stdp": "stdp_synapse",
    "pair_stdp, van_rossum exponents": "stdp_synapse",
    "pair_stdp, mixed exponents": "stdp_synapse",
    "nearest_symmetric_stdp": "stdp_nn_symm_synapse",
    "pair_stdp, mixed exponents, nearest": "stdp_nn_symm_synapse",
    "presynaptic_centred_stdp": "stdp_nn_pre_centered_synapse",
    "reduced_symmetric_stdp": "stdp_nn_restr_synapse",
    "power_law_stdp": "stdp_pl_synapse_hom",
    "triplet_stdp": "stdp_triplet_synapse",
    "triplet_all_to_all": "stdp_triplet_synapse",
    "inhibitory_stdp": "vogels_sprekeler_synapse",
    "tsodyks_markram": "tsodyks2_synapse",
    "reward_stdp": "stdp_dopamine_synapse",
}


@pytest.mark.parametrize("name", MODELS)
def test_a_rule_gives_what_nest_gives(name):
    finding = suite((), "nest")[name](2)

    assert (finding.status, finding.partner) == ("agrees", MODELS[name])
    assert finding.difference <= 1e-12 and finding.n > 1000 and finding.at_lower > 5


# Each field that the preset of NEST sets, back at its usual word: where it matters, the two differ
MATTERS = [
    ("presynaptic_centred_stdp", "transmitted", True),
    ("inhibitory_stdp", "terms", True),
    ("reduced_symmetric_stdp", "gates", True),
    ("nearest_symmetric_stdp", "imagined", True),
]


@pytest.mark.parametrize(("name", "field", "is_felt"), MATTERS)
def test_a_convention_of_nest_that_is_left_out_is_felt_where_it_matters(name, field, is_felt, monkeypatch):
    usual = getattr(Conventions(), field)
    given = by_nest.with_conventions
    monkeypatch.setattr(
        by_nest, "with_conventions", lambda rule, preset, **more: given(rule, preset, **(more | {field: usual}))
    )

    assert verified(RULES[name], "nest", seeds=2).status == ("differs" if is_felt else "agrees")


def test_coincidence_is_felt_by_every_pair(monkeypatch):
    other = replace(PRESETS["nest"], coincidence="pre first")
    monkeypatch.setattr(by_nest, "with_conventions", lambda rule, *_, **__: replace(rule, conventions=other))
    assert verified(RULES["pair_stdp"], "nest", seeds=1).status == "differs"


def test_nest_is_as_new_before_each_job():
    pairs = random_pairs(1)
    jobs = [by_nest.job(RULES[name], pairs) for name in ("pair_stdp", "triplet_stdp", "pair_stdp")]

    first, _, again = asked(jobs)

    assert first == again and np.ptp(first[0]) > 0


def test_what_is_at_fault_in_nest_is_shown_with_its_numbers():
    imagined, negative = (suite((), "nest")[name](1) for name in ("nest_imagined_spike", "nest_negative_rate"))

    assert {imagined.status, negative.status} == {"is at fault"}
    # 20.1 ms after time 0, delay included, with a time constant of 20 ms
    assert imagined.place.theirs - imagined.place.ours == pytest.approx(0.005 * np.exp(-20.1 / 20), rel=1e-9)
    # 0.4 ms before the presynaptic spike
    assert negative.place.theirs == pytest.approx(0.99 + 0.05 * np.exp(-0.4 / 20), rel=1e-9)
    assert negative.place.ours == 1.0 and "overruns" in negative.note


# The leaky neuron to the step; the others as near as spikes on a grid can be
NEURONS_OF_NEST = {
    "lif_excitatory": ("iaf_psc_exp", 1e-6),
    "exponential": ("aeif_psc_exp", 2.0),
    "adex": ("aeif_psc_exp", 5.0),
    "izhikevich": ("izhikevich", 5.0),
    "hodgkin_huxley": ("hh_psc_alpha", 2.0),
    "traub_miles": ("hh_cond_exp_traub", 2.0),
}


@pytest.mark.parametrize("name", NEURONS_OF_NEST)
def test_a_neuron_fires_when_that_of_nest_does(name):
    finding = suite((), "nest")[name](1)

    assert (finding.status, finding.partner, finding.tolerance) == ("agrees", *NEURONS_OF_NEST[name])
    assert finding.n > 2 and finding.difference <= finding.tolerance


def test_each_seed_draws_another_current_for_a_neuron():
    one, two = (suite((), "nest")["adex"](n) for n in (1, 2))
    drives = neurons_by_nest._drives(NEURONS["adex"], model_of(NEURONS["adex"]), 20)

    assert two.n > one.n and two.status == "agrees" and len({drive.after for drive in drives[3:]}) == 20
    assert len({drive.at for drive in drives[3:]}) > 10


def test_a_current_that_steps_too_late_is_felt(monkeypatch):
    given = neurons_by_nest._by_nest
    monkeypatch.setattr(
        neurons_by_nest, "_by_nest", lambda m, drives, s: given(m, [replace(d, at=d.at + 1) for d in drives], s)
    )
    finding = neurons_by_nest.neuron_against_nest(NEURONS["lif_excitatory"], 1)
    assert finding.status == "differs" and "seed 1" in finding.place.kind


def test_a_neuron_whose_threshold_is_another_is_felt(monkeypatch):
    neuron = with_parameters(NEURONS["lif_excitatory"], V_threshold=-53.9e-3)
    monkeypatch.setattr(neurons_by_nest, "model_of", lambda _: model_of(NEURONS["lif_excitatory"]))
    assert neurons_by_nest.neuron_against_nest(neuron, 1).status == "differs"


def test_a_spike_that_ours_lacks_differs_and_is_told():
    ours, theirs = np.array([0.01, 0.03]), np.array([0.01, 0.02, 0.03])
    apart = neurons_by_nest._of_trains(ours[:1], theirs, 1e-4, model_of(NEURONS["adex"]))
    assert np.isinf(apart.steps) and (apart.place.spike, apart.place.theirs) == (2, 0.02)


def test_a_neuron_that_nest_has_not_is_listed_with_the_reason():
    finding = suite((), "nest")["escape_lif"](1)
    assert finding.status == "cannot be expressed" and "we know no neuron of NEST" in finding.note


def test_the_voltage_rule_tends_to_that_of_nest_as_its_step_shrinks():
    finding = verified(RULES["voltage_stdp"], "nest")

    coarse, fine = finding.more.values()
    assert finding.status == "agrees" and 0 < fine < 0.35 * coarse  # of first order: a quarter
    assert finding.n >= 12 and "seed" in finding.place.kind


def test_each_seed_draws_another_train_current_and_weight_for_the_voltage_rule():
    draws = [voltage_by_nest._draw(seed) for seed in range(1, 31)]
    one, two = (verified(RULES["voltage_stdp"], "nest", seeds=n) for n in (1, 2))

    assert len({(*draw.pre, draw.current, draw.w0) for draw in draws}) == 30 and two.n > one.n
    assert {one.status, two.status} == {"agrees"}


def test_a_voltage_rule_with_another_amplitude_differs(monkeypatch):
    job, rule = voltage_by_nest._job, RULES["voltage_stdp"]
    other = rule_with_parameters(rule, A_LTP=1.1 * voltage_by_nest.LARGER * rule.values["A_LTP"])
    monkeypatch.setattr(voltage_by_nest, "_job", lambda rule, draw, step: job(other, draw, step))
    assert verified(rule, "nest", seeds=1).status == "differs"


def test_a_rule_that_learns_and_transmits_something_else_is_not_taken_for_one_that_transmits_its_weight():
    finding = verified(RULES["tsodyks_markram_stdp"], "nest")
    assert finding.status == "cannot be expressed" and "it transmits w" in finding.note
