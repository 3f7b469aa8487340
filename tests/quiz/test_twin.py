"""The clamped and the unbounded synapse: the same spikes, told apart by the bound alone."""

import numpy as np
import pytest

from plasticity import spiking
from plasticity.neurons import NEURONS, synaptic_potential
from plasticity.quiz.old.answers import twin

# Potentials are sampled within half a step (0.1 ms) of their peak, where they bend like v / (tau_m tau_syn).
SAMPLED = (0.05e-3) ** 2 / (2 * 20e-3 * 5e-3)


def test_both_synapses_see_the_same_spikes(monkeypatch):
    seen = []
    run = spiking.trajectory

    def spy(rule, pre, post, w0, **options):
        seen.append((rule.bounds, np.array(pre).tobytes(), np.array(post).tobytes(), w0))
        return run(rule, pre, post, w0, **options)

    monkeypatch.setattr(spiking, "trajectory", spy)
    twin.study(np.random.default_rng(0), "numpy")
    (clamped, *first), (free, *second) = seen
    assert first == second and clamped.lower == 0 and free.lower == -np.inf


def test_the_clamped_weight_is_the_unbounded_one_cut_off_at_zero(twin_study):
    cut = np.maximum(twin_study.artificial.weights, 0.0)  # true for a weight that only falls
    assert twin_study.biological.weights == pytest.approx(cut, abs=1e-12)


def test_the_clamped_weight_falls_to_zero_stays_there_and_is_never_below(twin_study):
    side = twin_study.biological
    assert len(side.weights) == twin.N_PAIRINGS
    assert (side.weights[: side.pairings_to_zero - 1] > 0).all()
    assert (side.weights[side.pairings_to_zero - 1 :] == 0).all()


def test_the_unbounded_weight_falls_at_every_pairing_and_turns_negative(twin_study):
    side = twin_study.artificial
    assert (np.diff(side.weights) < 0).all() and side.weights[0] < twin.W_START
    assert side.weights[side.pairings_to_zero - 2] > 0 > side.weights[side.pairings_to_zero - 1]


def test_zero_is_reached_at_the_same_pairing(twin_study):
    assert twin_study.biological.pairings_to_zero == twin_study.artificial.pairings_to_zero


@pytest.mark.parametrize("name", ["biological", "artificial"])
def test_potentials_follow_the_weight_in_size_and_sign(twin_study, name):
    side = getattr(twin_study, name)
    weights = [twin.W_START, side.weights[side.pairings_to_zero - 1], side.weights[-1]]
    peaks = [synaptic_potential(NEURONS["lif_excitatory"], weight) for weight in weights]
    assert side.potentials == pytest.approx(peaks, rel=SAMPLED, abs=1e-15)  # volts


@pytest.mark.parametrize("answer, name", [(twin.biological, "biological"), (twin.artificial, "artificial")])
def test_measurements_are_those_of_the_study(twin_study, answer, name):
    side, found = getattr(twin_study, name), answer(twin_study).measurements
    weights = [twin.W_START, *side.weights]
    assert [found["w_start"], found["w_end"], found["w_min"]] == [weights[0], weights[-1], min(weights)]
    assert [found["psp_start_mv"], found["psp_zero_mv"], found["psp_end_mv"]] == (side.potentials * 1e3).tolist()
    assert weights[found["pairings_to_zero"]] <= 0 < weights[found["pairings_to_zero"] - 1]
