"""That my_experiment is repeated exactly, that its claims hold, and that they can fail."""

from dataclasses import replace

import numpy as np
from my_experiment.experiment import EXPERIMENT, farthest

from plasticity.experiment import outcomes
from plasticity.runs import EXPERIMENTS, run

SMALL = replace(EXPERIMENT.quick, n_synapses=50, duration=5.0)


def test_the_claims_hold_in_the_quick_run():
    finished = run(EXPERIMENT, EXPERIMENT.quick, "quick")
    assert [claim.holds for claim in finished.claims] == [True, True]


def test_one_seed_gives_the_same_numbers_and_another_gives_others():
    first, again, other = (EXPERIMENT.run(replace(SMALL, seed=seed)).measured for seed in (1, 1, 2))
    assert np.array_equal(first, again) and not np.array_equal(first, other)


def test_both_claims_can_fail():
    result = EXPERIMENT.run(SMALL)
    wrong = replace(result, measured=np.abs(result.measured) + 1.0)
    assert farthest(wrong) > 5 and not any(claim.holds for claim in outcomes(EXPERIMENT, wrong))


def test_plasticity_finds_it_where_the_package_is_installed():
    assert EXPERIMENTS["my_experiment"] is EXPERIMENT
