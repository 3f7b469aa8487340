"""What autoencoders are for: components against scikit-learn, what a copier is, labels, other numbers."""

import numpy as np
import pytest
from asked_once import answered
from sklearn.decomposition import PCA
from sklearn.feature_selection import f_classif

from plasticity.errors import ArgumentError
from plasticity.quiz import LECTURE, ask
from plasticity.studies import autoencoder_goals
from plasticity.studies.digits import draw_digits, left

ID = "autoencoder-goals"
FEW = ["n_shown=200", "n_unseen=100", "n_seeds=2", "n_epochs=2"]


def asked(*assignments):
    (found,) = ask([LECTURE[ID]], assignments=assignments)
    return found


def test_the_best_linear_net_copies_random_pixels_with_as_many_units_as_pixels_and_not_with_fewer():
    found = answered(ID).answer.measurements
    assert found["noise_linear_wide_percent"] == pytest.approx(0, abs=1e-9)
    assert found["noise_linear_narrow_percent"] > 50 and found["outcome"] == "copies"


@pytest.mark.parametrize("size", [3, 20])
def test_what_the_best_linear_net_leaves_is_what_principal_components_leave(size):
    (row, *_) = asked(f"sizes={size},40", *FEW).answer.measurements["rows"]
    expected = []
    for rng in np.random.default_rng(0).spawn(2):
        digits = draw_digits(200, 100, rng=rng)
        components = PCA(size, svd_solver="full").fit(digits.shown.inputs)
        unseen = digits.unseen.inputs
        expected.append(left(unseen, components.inverse_transform(components.transform(unseen))))
    assert row["digits_linear"] == pytest.approx(np.mean(expected), rel=1e-9)


def test_what_is_told_is_the_share_of_variance_between_digits():
    rng = np.random.default_rng(0)
    labels, activity = rng.integers(0, 10, 200), rng.random((200, 4))
    f, between = f_classif(activity, labels)[0], 9 / 190
    expected = 100 * np.mean(f * between / (1 + f * between))
    assert autoencoder_goals.told_between(activity, np.eye(10)[labels]) == pytest.approx(expected, rel=1e-9)


def test_what_is_left_is_measured_against_the_mean_picture():
    images = np.random.default_rng(0).random((20, 5))
    assert left(images, np.broadcast_to(images.mean(axis=0), images.shape)) == pytest.approx(100)
    assert left(images, images) == 0


def test_without_a_layer_as_wide_as_the_pictures_nothing_copies_everything():
    found = asked("sizes=4,16", *FEW)
    assert found.answer.measurements["outcome"] == "loses" and found.answer.measurements["trained_outcome"] == "loses"
    assert all(check.holds(found.answer.measurements) for check in found.answer.checks)


@pytest.mark.parametrize(
    "assignments, words", [(["sizes=8"], "two sizes or more"), (["n_shown=100", "n_labels=20"], "raise n_shown")]
)
def test_what_cannot_be_compared_or_labelled_is_refused(assignments, words):
    with pytest.raises(ArgumentError, match=words):
        asked(*assignments)
