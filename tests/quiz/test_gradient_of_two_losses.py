"""What squared error is not, on a sigmoid: convex, and the likelihood of a label."""

import math

import numpy as np
import pytest
from asked_once import answered

from plasticity.artificial.losses import CROSS_ENTROPY, MSE
from plasticity.errors import ArgumentError
from plasticity.quiz import LECTURE, ask
from plasticity.studies import label_likelihoods, two_valleys


def asked(id, *assignments, seed=0):
    (found,) = ask([LECTURE[id]], assignments=assignments, seed=seed)
    return found


def valleys(*assignments):
    return asked("mse-not-convex", *assignments).answer


@pytest.mark.parametrize("id", ["mse-not-convex", "mse-justification"])
def test_both_slides_are_right(id):
    assert answered(id).verdict == "agrees"


def test_descent_from_both_sides_of_the_hill_ends_in_the_minima():
    x, t = np.array(two_valleys.INPUTS), np.array(two_valleys.TARGETS)
    w = np.array([-1.0, 1.0])
    for _ in range(20_000):
        y = 1 / (1 + np.exp(-np.outer(x, w)))
        w = w - 0.1 * ((y - t[:, None]) * y * (1 - y) * x[:, None]).mean(axis=0)
    assert answered("mse-not-convex").answer.measurements["mse_minima"] == pytest.approx(w, abs=1e-9)


def test_examples_of_one_scale_leave_one_valley():
    found = valleys("inputs=1,1,1", "targets=0,1,1").measurements
    assert found["mse_minima"] == [pytest.approx(math.log(2), abs=1e-9)] and found["outcome"] == "one"


def test_examples_that_agree_leave_no_minimum_and_the_slide_is_not_borne_out():
    found = asked("mse-not-convex", "inputs=1,2", "targets=1,1")
    assert (found.verdict, found.answer.measurements["outcome"]) == ("differs", "none")


def test_weights_that_do_not_saturate_meet_a_convex_loss():
    assert valleys("inputs=0.1,0.1", "targets=0,1", "furthest=1").measurements["outcome"] == "convex"


@pytest.mark.parametrize("assignment", ["furthest=50", "furthest=0.7", "inputs=-1,-2,-3,-4,-20"])
def test_the_second_routes_hold_on_other_stretches_and_mirrored_examples(assignment):
    found = valleys(assignment)
    assert found.measurements["mse_n_minima"] == 2
    assert all(check.holds(found.measurements) for check in found.checks)


@pytest.mark.parametrize("loss", [MSE, CROSS_ENTROPY], ids=str)
def test_the_curvature_of_a_landscape_is_that_of_its_values(loss):
    weights, step = np.linspace(-2, 2, 2001), 4 / 2000
    found = two_valleys.landscape(loss, np.array([1.0, -3.0]), np.array([0.0, 0.4]), weights)
    second = np.diff(found.values, 2) / step**2
    assert found.curvature[1:-1] == pytest.approx(second, abs=1e-4)  # fourth derivative times step^2 / 12


def test_inputs_and_targets_of_different_number_are_refused():
    with pytest.raises(ArgumentError, match="1 inputs and 5 targets"):
        valleys("inputs=1")


def test_a_small_noise_turns_the_sums_over_labels_about():
    found = asked("mse-justification", "noise=0.2").answer.measurements
    assert found["mse_sum_at_half"] < found["mse_sum_at_0"] == pytest.approx(1 + math.exp(-12.5))
    assert found["mse_integral"] == pytest.approx(0.2 * math.sqrt(2 * math.pi))


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("assignments", [(), ("w0=0.5", "w1=2"), ("w1=0.2", "n_examples=1000", "n_samples=100")])
def test_the_second_routes_of_the_estimates_hold_for_other_samples(assignments, seed):
    found = asked("mse-justification", *assignments, seed=seed).answer
    assert all(check.holds(found.measurements) for check in found.checks)


def test_a_noise_that_fits_the_labels_claims_about_the_scatter_that_there_is():
    # The variance of a label is y (1 - y), 1/4 at most: with noise 1/2 the claim is of the right size
    found = asked("mse-justification", "noise=0.5", "w1=0.2").answer.measurements
    assert found["claimed_mse"] == pytest.approx(found["scatter_mse"], rel=0.02)


def test_scoring_finds_the_weights_of_maximum_likelihood():
    p = label_likelihoods.Parameters(n_samples=50)
    x = np.column_stack([np.ones(p.n_examples), np.linspace(-2, 2, p.n_examples)])
    t = (np.random.default_rng(0).random((50, p.n_examples)) < 1 / (1 + np.exp(-1.5 * x[:, 1]))) * 1.0
    found, w = label_likelihoods.estimates("cross_entropy", x, t[:1], np.array([0, 1.5]))[0], np.zeros(2)
    for _ in range(5000):
        w = w - (1 / (1 + np.exp(-x @ w)) - t[0]) @ x / p.n_examples
    assert found == pytest.approx(w[1], abs=1e-8)


@pytest.mark.parametrize(
    "inputs, targets, minima",
    [("100,100", "1,1", 0), ("1.356,-3.655,100", "1,0.898,0", 1), ("-100,-100,-2", "1,0.5,0", 1)],
)
def test_saturation_and_large_inputs_neither_hide_a_valley_nor_make_one(inputs, targets, minima):
    found = valleys(f"inputs={inputs}", f"targets={targets}", "furthest=30")
    assert found.measurements["mse_n_minima"] == minima
    assert all(check.holds(found.measurements) for check in found.checks)
