"""The clamped and the unbounded synapse: the same spikes, told apart by the bound alone."""

from functools import cache

import numpy as np
import pytest
from asked_once import answered

from plasticity import events, protocols, spiking
from plasticity.errors import ArgumentError
from plasticity.neurons import NEURONS, synaptic_potential
from plasticity.quiz import LECTURE, ask
from plasticity.rules import RULES, unbounded
from plasticity.studies.clamped_and_free import Parameters, potentials, study

BIOLOGICAL, ARTIFICIAL = "post-before-pre-biological", "weight-decreased-artificial"
STDP = RULES["pair_stdp"].values
FIXED = {"w_start", "w_end", "w_min", "pairings_to_zero", "psp_start_mv", "psp_end_mv"}


@cache
def found(id, *assignments):
    (one,) = ask([LECTURE[id]], assignments=assignments)
    return one


@cache
def studied():
    return study(Parameters(), "numpy")


def test_both_synapses_see_the_same_spikes(monkeypatch):
    seen = []
    run = spiking.trajectory

    def spy(rule, pre, post, w0, **options):
        seen.append((rule.bounds, np.array(pre).tobytes(), np.array(post).tobytes(), w0))
        return run(rule, pre, post, w0, **options)

    monkeypatch.setattr(spiking, "trajectory", spy)
    study(Parameters(n_pairings=3), "numpy")
    (clamped, *first), (free, *second) = seen
    assert first == second and clamped.lower == 0 and free.lower == -np.inf


def test_the_clamped_weight_is_the_unbounded_one_cut_off_at_zero():
    cut = np.maximum(studied().artificial.weights, 0.0)  # true for a weight that only falls
    assert studied().biological.weights == pytest.approx(cut, abs=1e-12)


@pytest.mark.parametrize("lag, w0, n", [(10e-3, 0.5, 158), (3e-3, 0.5, 111), (10e-3, 0.25, 79)])
def test_zero_is_reached_after_as_many_pairings_as_steps_fit_into_the_start(lag, w0, n):
    assert n == np.ceil(w0 / (STDP["A_minus"] * np.exp(-lag / STDP["tau_minus"])))
    for id in (BIOLOGICAL, ARTIFICIAL):
        assert found(id, f"lag={lag * 1e3:g}ms", f"w0={w0}").answer.measurements["pairings_to_zero"] == n


def test_the_biological_weight_stays_at_zero_and_the_artificial_one_falls_on():
    n = answered(BIOLOGICAL).answer.measurements["pairings_to_zero"]
    assert (studied().biological.weights[n - 1 :] == 0).all()
    assert (np.diff(studied().artificial.weights) < 0).all()
    assert answered(BIOLOGICAL).verdict == answered(ARTIFICIAL).verdict == "agrees"


def test_potentials_follow_the_weight_in_size_and_sign():
    weights = [0.5, 0.01, -0.3]
    volts = potentials(weights, "numpy")[1]
    peaks = volts[np.arange(3), np.abs(volts).argmax(axis=1)]
    expected = [synaptic_potential(NEURONS["lif_excitatory"], weight) for weight in weights]
    assert peaks == pytest.approx(expected, rel=2e-5)  # sampled within half a step of the peak, which is flat there


def test_a_spike_through_a_weight_of_zero_moves_nothing():
    assert (potentials([0.0], "numpy")[1] == 0).all()
    assert answered(BIOLOGICAL).answer.measurements["psp_end_mv"] == 0


def test_too_few_pairings_are_said_not_to_reach_zero():
    for id in (BIOLOGICAL, ARTIFICIAL):
        one = found(id, "n_pairings=20")
        assert one.answer.measurements["pairings_to_zero"] is None and one.verdict == "differs"
        assert "not within 20" in str(one.told().numbers) and "20 pairings" in one.told().text(one.told().texts.cause)


def test_a_rule_that_strengthens_when_post_is_first_says_so():
    one = found(BIOLOGICAL, "rule=anti_stdp", "n_pairings=50")
    assert "strengthens" in one.told().answer and one.verdict == "differs"


def test_another_rule_falls_by_its_own_window():
    dw = found(ARTIFICIAL, "rule=triplet_stdp", "w0=1").answer.measurements["w_end"]
    pre, post = protocols.pairing(-10e-3, n_pairs=400, rate=1.0)
    assert dw == pytest.approx(events.final_weight(unbounded(RULES["triplet_stdp"]), pre, post, 1.0), rel=1e-12)


@pytest.mark.parametrize("rule", ["hebbian", "calcium", "reward_stdp", "tsodyks_markram"])
def test_a_rule_that_spikes_alone_do_not_move_is_refused_with_one_that_they_do(rule):
    with pytest.raises(ArgumentError, match=f"{rule}, and .*; choose another, such as pair_stdp"):
        found(BIOLOGICAL, f"rule={rule}")


@pytest.mark.parametrize("id", [BIOLOGICAL, ARTIFICIAL])
@pytest.mark.parametrize("assignment", ["rate=5Hz", "lag=40ms", "rule=bi_poo", "w0=1"])
def test_every_second_route_bears_out_other_numbers(id, assignment):
    answer = found(id, assignment).answer
    assert all(check.holds(answer.measurements) for check in answer.checks)


@pytest.mark.parametrize("id", [BIOLOGICAL, ARTIFICIAL])
def test_the_measurements_that_others_read_keep_their_names(id):
    assert FIXED <= {*answered(id).answer.measurements}
