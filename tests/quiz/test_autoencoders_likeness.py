"""Like inputs and like codes: measures against SciPy and by hand, one-hot inputs, other numbers."""

import numpy as np
import pytest
from asked_once import answered
from scipy.spatial.distance import cdist
from scipy.stats import spearmanr

from plasticity.artificial.autoencoders import codes, random_autoencoder, train_autoencoder
from plasticity.artificial.descent import Descent
from plasticity.artificial.losses import MULTICLASS_CROSS_ENTROPY
from plasticity.quiz import LECTURE, ask
from plasticity.studies import likeness, object_likeness
from plasticity.studies.digits import draw_digits

DIGITS, OBJECTS = "similar-inputs-similar-codes", "one-hot-no-likeness"


def asked(id, *assignments):
    (found,) = ask([LECTURE[id]], assignments=assignments)
    return found


def test_the_rank_correlation_is_that_of_scipy():
    a, b = np.random.default_rng(0).integers(0, 5, (2, 50)).astype(float)
    found = np.corrcoef(likeness.ranks(a), likeness.ranks(b))[0, 1]
    assert found == pytest.approx(spearmanr(a, b).statistic, rel=1e-12)


def test_distances_by_both_routes_are_those_of_scipy():
    points = np.random.default_rng(0).random((9, 4))
    for distances in (likeness.distances(points), likeness.by_differences(points)):
        assert distances == pytest.approx(
            cdist(points, points), abs=1e-7
        )  # the root of a rounding error on the diagonal


def test_one_size_of_ones_own_has_the_correlation_of_encoders_that_are_trained_alone():
    sets = ["sizes=5", "n_shown=60", "n_unseen=40", "n_seeds=2", "n_epochs=3"]
    (row,) = asked(DIGITS, *sets).answer.measurements["rows"]
    expected = []
    for rng in np.random.default_rng(0).spawn(2):
        digits = draw_digits(60, 40, rng=rng)
        start, images = random_autoencoder(64, 5, rng=rng), digits.unseen.inputs
        descent = Descent(MULTICLASS_CROSS_ENTROPY, 0.2, 0.0, 32, 3)
        hidden = codes(train_autoencoder(start, digits.shown.inputs, descent=descent, rng=rng).autoencoder, images)
        pairs = np.triu_indices(40, 1)
        expected.append(spearmanr(cdist(images, images)[pairs], cdist(hidden, hidden)[pairs]).statistic)
    assert row["rank_after"] == pytest.approx(np.mean(expected), abs=1e-4)  # ties break where distances are rounded


def test_the_bound_of_smoothness_is_a_bound_and_is_shown_as_one():
    found = answered(DIGITS)
    (check,) = [one for one in found.answer.checks if one.measurement == "ratios"]
    assert check.relation == "at most" and check.holds(found.answer.measurements)
    assert all(row["difference"] <= 0 for row in found.as_object()["checks"] if row["relation"] == "at most")


def test_one_hot_inputs_are_the_reading_in_which_nothing_is_alike():
    held = answered(DIGITS).held()
    assert not held["one_hot"] and held["units=16 / rank_correlation"]


def test_only_what_is_told_of_the_objects_is_learnt():
    found = answered(OBJECTS).answer.measurements
    assert (found["one_hot_outcome"], found["features_outcome"], found["told_outcome"]) == ("no", "yes", "yes")
    assert found["chance_percent"] == pytest.approx(100 * 3 / 7)


def test_more_kinds_have_another_chance_and_the_same_answer():
    found = asked(OBJECTS, "n_kinds=4", "n_each=3").answer
    assert found.measurements["chance_percent"] == pytest.approx(100 * 2 / 11)
    assert found.measurements["outcome"] == "no yes"
    assert all(check.holds(found.measurements) for check in found.checks)


def test_without_a_step_of_learning_to_tell_features_one_hot_codes_tell_nothing():
    found = asked(OBJECTS, "n_steps=1", "rate=0.01").answer.measurements
    assert found["told_outcome"] == "no" and found["outcome"] == "no yes"


def test_objects_of_one_kind_share_their_features_and_have_one_of_their_own():
    features = object_likeness.Parameters(n_kinds=2, n_each=2, n_shared=1).features
    expected = [[1, 0, 1, 0, 0, 0], [1, 0, 0, 1, 0, 0], [0, 1, 0, 0, 1, 0], [0, 1, 0, 0, 0, 1]]
    assert features.tolist() == expected
