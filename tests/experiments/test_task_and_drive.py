"""What an experiment feeds to its learners and neurons: no test digit is learned from, inhibition is what was asked."""

from dataclasses import replace

import numpy as np
import pytest
from plasticity.experiments import bias_and_inhibition

from plasticity import published, runs
from plasticity.neurons import NEURONS, rheobase, with_parameters
from plasticity.studies import bias_and_inhibition as study
from plasticity.studies import digit_task
from plasticity.studies.digits import draw_digits


def rows(images):
    return {image.tobytes() for image in np.asarray(images)}


def task_of(p):
    return digit_task.task(p.classes, p.n_learned, p.n_tested, np.random.default_rng(0))


@pytest.mark.parametrize("preset", ["full", "quick"])
def test_the_two_brains_are_tested_on_digits_that_they_never_learned_from(preset):
    parameters = runs.EXPERIMENTS["same_task_two_brains"].preset(preset)
    task = task_of(parameters)
    assert not rows(task.images) & rows(task.tests)
    assert len(rows(task.tests)) == len(task.tests) == parameters.n_tested * len(parameters.classes)


def test_every_image_of_the_two_brains_has_its_own_label():
    parameters = runs.EXPERIMENTS["same_task_two_brains"].quick
    digits = published.load("digits").values
    pixels = digits[:, :64] / np.linalg.norm(digits[:, :64], axis=1, keepdims=True)
    label_of = {image.tobytes(): label for image, label in zip(pixels, digits[:, 64], strict=True)}
    task = task_of(parameters)
    for images, labels in ((task.images, task.labels), (task.tests, task.answers)):
        assert [label_of[image.tobytes()] for image in images] == [parameters.classes[label] for label in labels]


def test_an_image_that_was_learned_from_is_counted_when_it_is_tested():
    task = task_of(runs.EXPERIMENTS["same_task_two_brains"].quick)
    assert digit_task.n_leaked(task) == 0
    assert digit_task.n_leaked(replace(task, tests=np.concatenate([task.tests[:3], task.images[5:7]]))) == 2


@pytest.mark.parametrize("preset", ["full", "quick"])
def test_the_stacked_autoencoder_is_tested_on_digits_that_it_never_learned_from(preset):
    parameters = runs.EXPERIMENTS["stacked_autoencoder"].preset(preset)
    digits = draw_digits(parameters.n_shown, parameters.n_unseen, rng=np.random.default_rng(0))
    assert not rows(digits.shown.inputs) & rows(digits.unseen.inputs)
    assert (len(digits.shown), len(digits.unseen)) == (parameters.n_shown, parameters.n_unseen)


@pytest.mark.parametrize("drive, n_copies", [("regular", 1), ("poisson", 3)])
def test_inhibition_delivers_the_mean_current_that_its_level_says(drive, n_copies):
    p = replace(bias_and_inhibition.EXPERIMENT.quick, n_levels=6, n_copies=3)
    neuron = with_parameters(NEURONS["lif_excitatory"], bias=p.bias)
    amperes = -np.linspace(0.0, p.highest, p.n_levels) * p.bias * rheobase(neuron)
    network, asked = study._network(p, neuron, amperes)
    (synapses,) = [one for one in network.projections if one.name == f"from_{drive}"]
    # a spike delivers the charge w J tau; every source fires its share of the spikes of all
    targets = np.array(synapses.pairs)[:, 1] - {"regular": 6, "poisson": 12}[drive]
    charge = neuron.values["J_syn"] * neuron.values["tau_syn"]
    rate = asked[f"{drive}_source"] / network.by_name[f"{drive}_source"].size
    delivered = -np.bincount(targets, weights=np.asarray(synapses.weight)) * charge * rate
    assert delivered == pytest.approx(np.repeat(amperes, n_copies), rel=1e-9)
