"""Does a stack of autoencoders help a deep network? Three ways to train on handwritten digits, equally long."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from plasticity.artificial.activations import TANH
from plasticity.artificial.descent import Descent
from plasticity.artificial.layers import LayeredNetwork, output
from plasticity.artificial.losses import CATEGORICAL_CROSS_ENTROPY, MSE, MULTICLASS_CROSS_ENTROPY
from plasticity.artificial.stacked import Recipe, error_rate, linear, stacked, unpretrained
from plasticity.quiz.old.answers.autoencoders.samples import Digits, Mean, draw_digits, mean, with_means_ltr
from plasticity.quiz.old.record import Answer, Check, Solution

N_SHOWN, N_UNSEEN, N_SEEDS = 800, 997, 4
# Our choice: shallow and deep with sigmoid units, and deep with tanh units, whose mean is near 0 and whose gradient
# lasts longer. Large batches and rates, because the time of a run goes with the number of its steps.
DEEP = Recipe(
    greedy=Descent(MULTICLASS_CROSS_ENTROPY, 0.1, 0.9, batch_size=64, n_epochs=20),
    top=Descent(CATEGORICAL_CROSS_ENTROPY, 0.2, 0.9, batch_size=64, n_epochs=5),
    fine=Descent(CATEGORICAL_CROSS_ENTROPY, 0.2, 0.9, batch_size=64, n_epochs=20),
)
RECIPES = {
    "4 hidden layers, sigmoid": DEEP,
    "2 hidden layers, sigmoid": replace(DEEP, sizes=DEEP.sizes[:2]),
    "4 hidden layers, tanh": replace(
        DEEP,
        activation=TANH,
        greedy=replace(DEEP.greedy, loss=MSE, rate=0.04),
        top=replace(DEEP.top, rate=0.04),
        fine=replace(DEEP.fine, rate=0.04),
    ),
}
MAIN = "4 hidden layers, sigmoid"  # the answer's main figures
SLOW = (
    ", so what pretraining brings is mostly faster learning: a sigmoid's slope is at most 1/4, and errors fade on "
    "the way down through the layers."
)
GENERAL = (
    ", so what pretraining brings is mostly not better learning but better generalising: the lower layers start from "
    "features of the pictures, learnt without labels."
)
SLOW_HE = (
    ", כלומר האימון המקדים תורם בעיקר למידה מהירה יותר: שיפוע הסיגמואיד הוא לכל היותר 1/4, והשגיאה דועכת בדרך למטה דרך "
    "השכבות."
)
GENERAL_HE = (
    ", כלומר האימון המקדים תורם בעיקר לא ללמידה אלא להכללה: השכבות התחתונות מתחילות ממאפיינים של התמונות, שנלמדו בלי "
    "תוויות."
)
KINDS = {"stacked": stacked, "unpretrained": unpretrained}


@dataclass(frozen=True)
class Errors:
    """Percent of digits told wrongly, by seed: those never shown, and those learnt from."""

    unseen: Sequence[float]
    learnt: Sequence[float]


@dataclass(frozen=True)
class PretrainingStudy:
    """Errors of the stacked and the unpretrained network by recipe, and of the linear yardstick; a check."""

    deep: Mapping[str, Mapping[str, Errors]]
    linear: Errors
    checks: Sequence[Check]

    def gain(self, recipe: str) -> Mean:
        """Test error of the unpretrained less that of the stacked network, seed by seed."""
        errors = self.deep[recipe]
        return mean(np.subtract(errors["unpretrained"].unseen, errors["stacked"].unseen).tolist())


def study(rng: np.random.Generator, target: str) -> PretrainingStudy:
    """Train all on the same digits; every seed draws others to learn from, and other first weights."""
    samples = [draw_digits(N_SHOWN, N_UNSEEN, rng=rng) for _ in range(N_SEEDS)]
    networks = {
        name: {kind: [train(digits.shown, recipe, rng=rng) for digits in samples] for kind, train in KINDS.items()}
        for name, recipe in RECIPES.items()
    }
    plain = [linear(digits.shown, DEEP, rng=rng) for digits in samples]
    deep = {name: {kind: _errors(found, samples) for kind, found in kinds.items()} for name, kinds in networks.items()}
    return PretrainingStudy(deep, _errors(plain, samples), list(_checks(networks[MAIN]["stacked"][0], samples[0])))


def _errors(networks: Sequence[LayeredNetwork], samples: Sequence[Digits]) -> Errors:
    def percent(part: str) -> list[float]:
        pairs = zip(networks, samples, strict=True)
        return [100 * error_rate(network, getattr(digits, part)) for network, digits in pairs]

    return Errors(percent("unseen"), percent("shown"))


METHOD = (
    f"8 x 8 digits (alpaydin1998): {N_SHOWN} to learn from, {N_UNSEEN} others for the test, drawn anew for each of "
    f"{N_SEEDS} seeds (± standard error). Stacked: {DEEP.greedy.n_epochs} epochs for each autoencoder, "
    f"{DEEP.top.n_epochs} for the softmax layer alone, {DEEP.fine.n_epochs} for all; unpretrained: the same network "
    f"from random weights, all the epochs with labels; linear: softmax regression, {DEEP.n_epochs} epochs. Hidden "
    f"layers of {', '.join(map(str, DEEP.sizes))} units, or the first two of them"
)


def answer(study: PretrainingStudy) -> Answer:
    """Errors with and without pretraining; it helps where the gain exceeds two standard errors."""
    measurements = {"n_seeds": N_SEEDS, **_named("linear", study.linear)}
    readings = {}
    for recipe, kinds in study.deep.items():
        ending = "" if recipe == MAIN else f"_{recipe.replace(' hidden layers, ', '_layers_')}"
        gain = study.gain(recipe)
        readings[recipe] = {"gain_less_two_standard_errors_percent": gain.value - 2 * gain.error}
        found = {name: value for kind, errors in kinds.items() for name, value in _named(kind, errors).items()}
        found |= {"gain_percent": gain.value, "gain_se_percent": gain.error} | readings[recipe]
        measurements |= {f"{name}{ending}": value for name, value in found.items()}
    return Answer(_english(study), measurements, METHOD, study.checks, readings, with_means_ltr(_hebrew(study)))


def _named(kind: str, errors: Errors) -> dict[str, float]:
    unseen, learnt = mean(errors.unseen), mean(errors.learnt)
    return {
        f"test_error_{kind}_percent": unseen.value,
        f"test_error_{kind}_se_percent": unseen.error,
        f"training_error_{kind}_percent": learnt.value,
        f"training_error_{kind}_se_percent": learnt.error,
    }


def _english(study: PretrainingStudy) -> str:
    cases = "; ".join(
        f"{recipe}: {mean(kinds['stacked'].unseen)} stacked, {mean(kinds['unpretrained'].unseen)} from random weights "
        f"({_verdict(study.gain(recipe), 'a gain of', 'no clear gain,')})"
        for recipe, kinds in study.deep.items()
    )
    layers = study.deep[MAIN]
    return (
        f"Test error in percent, {cases}; linear: {mean(study.linear.unseen)}. Clear means above two standard errors. "
        f"On the digits learnt from, {MAIN}: {mean(layers['stacked'].learnt)} stacked, "
        f"{mean(layers['unpretrained'].learnt)} from random weights" + _reason(study, SLOW, GENERAL)
    )


def _hebrew(study: PretrainingStudy) -> str:
    cases = "; ".join(
        f"{_recipe_he(recipe)}: {mean(kinds['stacked'].unseen)} עם אימון מקדים, "
        f"{mean(kinds['unpretrained'].unseen)} ממשקולות אקראיות "
        f"({_verdict(study.gain(recipe), 'רווח של', 'אין רווח ברור,')})"
        for recipe, kinds in study.deep.items()
    )
    layers = study.deep[MAIN]
    return (
        f"שגיאת המבחן באחוזים, {cases}; רשת לינארית: {mean(study.linear.unseen)}. ברור פירושו יותר משתי שגיאות תקן. "
        f"על הספרות שמהן למדו, {_recipe_he(MAIN)}: {mean(layers['stacked'].learnt)} עם אימון מקדים, "
        f"{mean(layers['unpretrained'].learnt)} ממשקולות אקראיות" + _reason(study, SLOW_HE, GENERAL_HE)
    )


def _reason(study: PretrainingStudy, slow: str, general: str) -> str:
    """Of a clear gain: `slow` when at least half of it is there on the digits learnt from, as learning was held up."""
    layers, gain = study.deep[MAIN], study.gain(MAIN)
    held_up = mean(layers["unpretrained"].learnt).value - mean(layers["stacked"].learnt).value
    if not _is_clear(gain):
        return "."
    return slow if held_up >= gain.value / 2 else general


def _is_clear(gain: Mean) -> bool:
    return gain.value > 2 * gain.error


def _verdict(gain: Mean, clear: str, unclear: str) -> str:
    return f"{clear if _is_clear(gain) else unclear} {gain}"


def _recipe_he(recipe: str) -> str:
    return recipe.replace("hidden layers", "שכבות נסתרות")


def _checks(network: LayeredNetwork, digits: Digits) -> Iterator[Check]:
    """The error once more, digit by digit, with the network multiplied out."""
    images, targets = digits.unseen.inputs, np.asarray(digits.unseen.targets)
    wrong = 0
    for image, target in zip(images, targets, strict=True):
        y = image
        for layer in network.layers:
            y = layer.activation(layer.weights @ np.concatenate([[1.0], y]))
        wrong += int(target[np.argmax(y)] == 0)
    by = "digit by digit, each layer multiplied out"
    yield Check("test error of one stack (%)", 100 * error_rate(network, digits.unseen), 100 * wrong / len(images), by)
    sums = output(network, images).sum(axis=1)
    yield Check("sum of the ten outputs", float(sums[np.abs(sums - 1).argmax()]), 1.0, "probabilities")


SOLUTIONS = {"stacked-autoencoder": Solution(study, answer)}
