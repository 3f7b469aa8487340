"""The same labels before and after a feature."""

import numpy as np
import pytest
from asked_once import answered

from plasticity.errors import ArgumentError
from plasticity.quiz import LECTURE, ask
from plasticity.studies.good_features import FEATURES, POINTS, Parameters, study, with_feature

ID = "good-features"


def asked(*assignments):
    (found,) = ask([LECTURE[ID]], assignments=assignments)
    return found


def test_xor_is_learnt_with_the_product_and_not_without():
    found = answered(ID).answer.measurements
    assert (found["before"], found["after"], found["outcome"]) == ("circles", "stops", "helps")
    inputs = np.column_stack([np.ones(4), POINTS, POINTS[:, 0] * POINTS[:, 1]])
    assert (inputs @ found["weights"] > 0).astype(int).tolist() == [0, 1, 1, 0]


@pytest.mark.parametrize("name", FEATURES)
def test_a_feature_helps_when_it_is_no_weighted_sum_of_the_inputs(name):
    rank = np.linalg.matrix_rank(np.insert(with_feature(POINTS, name), 0, 1, axis=1))
    assert sum(study(Parameters()).learning[name].separable) == (16 if rank == 4 else 14)


@pytest.mark.parametrize(
    ("assignments", "outcome", "before", "after"),
    [
        (("feature=sum",), "does not help", "circles", "circles"),
        (("feature=difference",), "helps", "circles", "stops"),
        (("labels=1,0,0,1",), "helps", "circles", "stops"),
        (("labels=0,0,0,1", "feature=sum"), "not needed", "stops", "stops"),
    ],
)
@pytest.mark.parametrize("language", ["en", "he"])
def test_other_labels_and_features_are_learnt_as_they_are_separable(assignments, outcome, before, after, language):
    found = asked(*assignments)
    measured = found.answer.measurements
    assert (measured["outcome"], measured["before"], measured["after"]) == (outcome, before, after)
    assert found.verdict == "agrees" and found.told(language).answer
    assert all(check.holds(measured) for check in found.answer.checks)


@pytest.mark.parametrize("assignment", ["feature=smell", "labels=0,1"])
def test_an_unknown_feature_and_too_few_labels_are_refused(assignment):
    with pytest.raises(ArgumentError, match="allowed"):
        asked(assignment)
