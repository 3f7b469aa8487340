"""Single steps of the perceptron rule: which way they push, whether they put their example right, whom they harm."""

from dataclasses import dataclass

import numpy as np

from plasticity.artificial.examples import Examples, with_bias
from plasticity.artificial.perceptron import perceptron
from plasticity.quiz.old.record import Answer, Check, Solution

N_SETS, N_POINTS, N_INPUTS, N_EPOCHS, RATE = 150, 10, 3, 10, 0.5


@dataclass(frozen=True)
class Steps:
    """All steps that changed weights, in all sets; one row a step.

    inputs        : the whole set, (n_steps, n_points, 1 + n_inputs), and its targets, (n_steps, n_points)
    shown, error  : the example shown, and its t - y
    before, after : the weights around the step, (n_steps, 1 + n_inputs)
    """

    inputs: np.ndarray
    targets: np.ndarray
    shown: np.ndarray
    error: np.ndarray
    before: np.ndarray
    after: np.ndarray

    def own(self, array: np.ndarray) -> np.ndarray:
        """Of an array with a column for each example of the set, the entry of the example shown."""
        return array[np.arange(len(self.shown)), self.shown]

    def sums(self, weights: np.ndarray) -> np.ndarray:
        """z of every example of the set, (n_steps, n_points)."""
        return np.einsum("spi,si->sp", self.inputs, weights)

    def right(self, weights: np.ndarray) -> np.ndarray:
        """Which examples of the set get the right answer, (n_steps, n_points)."""
        return (self.sums(weights) > 0) == (self.targets == 1)


def study(rng: np.random.Generator, target: str) -> Steps:
    """Learn sets of random points with random labels, from random weights."""
    sets = [_steps_of_one_set(rng) for _ in range(N_SETS)]
    return Steps(*map(np.concatenate, zip(*sets, strict=True)))


def _steps_of_one_set(rng: np.random.Generator) -> tuple[np.ndarray, ...]:
    inputs, labels = with_bias(rng.normal(size=(N_POINTS, N_INPUTS))), rng.integers(0, 2, N_POINTS)
    run = perceptron(Examples(inputs, labels), rng.normal(size=1 + N_INPUTS), rate=RATE, n_epochs=N_EPOCHS)
    shown = np.concatenate(run.history.patterns)
    error = labels[shown] - np.concatenate(run.history.outputs)
    whole = (np.broadcast_to(array, (len(shown), *array.shape)) for array in (inputs, labels))
    columns = (*whole, shown, error, run.history.before, run.history.after)
    return tuple(column[error != 0] for column in columns)


METHOD = (
    f"The perceptron rule at rate {RATE} on {N_SETS} sets of {N_POINTS} random points in {N_INPUTS} dimensions with "
    f"random labels, at most {N_EPOCHS} epochs; every step that changed weights is examined: every weight, and every "
    "example of its set before and after"
)


def answer(steps: Steps) -> Answer:
    """Direction, own example, other examples."""
    x = steps.own(steps.inputs)
    dz = steps.own(steps.sums(steps.after) - steps.sums(steps.before))
    right, right_after = steps.right(steps.before), steps.right(steps.after)
    lost = right & ~right_after
    found = {
        "n_steps": len(steps.error),
        "steps_with_z_moved_the_wrong_way": int(np.sum(dz * steps.error <= 0)),
        "weights_moved_the_wrong_way": int(np.sum((steps.after - steps.before) * x * steps.error[:, None] <= 0)),
        "own_example_put_right": float(steps.own(right_after).mean()),
        "another_example_harmed": float(lost.any(axis=1).mean()),
        "fewer_right_after_the_step": float((right_after.sum(axis=1) < right.sum(axis=1)).mean()),
        "mean_gain_of_right_answers": float((right_after.sum(axis=1) - right.sum(axis=1)).mean()),
    }
    sentences = _sentences(found)
    return Answer(sentences[0], found, METHOD, _checks(steps, dz, lost), {"as it stands": found}, sentences[1])


def _sentences(found: dict) -> tuple[str, str]:
    wrong = (found["steps_with_z_moved_the_wrong_way"], found["weights_moved_the_wrong_way"])
    n, own, harmed = found["n_steps"], found["own_example_put_right"], found["another_example_harmed"]
    fewer, gain = found["fewer_right_after_the_step"], found["mean_gain_of_right_answers"]
    english = (
        f"The direction: of {n} steps {wrong[0]} moved z the wrong way, and {wrong[1]} weights moved against "
        "(t - y) x; dz = rate (t - y) |x|^2 has the sign of the error. One step puts its own example right in "
        f"{own:.0%} of the cases, namely when rate |x|^2 exceeds |z|. In {harmed:.0%} of the steps another example "
        f"that was right turns wrong, for its z moves by rate (t - y) x.x', and in {fewer:.0%} fewer are right than "
        f"before (on average {gain:+.2f}): a step asks no other example, so that it converges needs a proof."
    )
    hebrew = (
        f"הכיוון: מתוך {n} צעדים {wrong[0]} הזיזו את z לכיוון הלא נכון, ו-{wrong[1]} משקלים זזו נגד x (t - y); השינוי "
        f"dz = rate (t - y) |x|^2 הוא בסימן השגיאה. צעד אחד מתקן את הדוגמה שלו ב-{own:.0%} מהמקרים: כאשר rate |x|^2 "
        f"גדול מהגודל של z. ב-{harmed:.0%} מהצעדים דוגמה אחרת שהייתה נכונה נעשית שגויה, כי ה-z שלה זז בשיעור "
        f"rate (t - y) x.x', ואחרי {fewer:.0%} מהצעדים יש פחות תשובות נכונות מלפניהם (השינוי הממוצע: "
        f"d = {gain:.2f}): הצעד אינו שואל אף דוגמה אחרת, ולכן ההתכנסות דורשת הוכחה."
    )
    return english, hebrew


def _checks(steps: Steps, dz: np.ndarray, lost: np.ndarray) -> list[Check]:
    """What a step does to any z, from the inner product of the two examples."""
    x = steps.own(steps.inputs)
    closed = RATE * steps.error * np.sum(x**2, axis=1)
    worst = int(np.abs(dz - closed).argmax())
    mended = np.mean(np.abs(closed) > np.abs(steps.own(steps.sums(steps.before))))
    moved = steps.sums(steps.before) + RATE * steps.error[:, None] * np.einsum("spi,si->sp", steps.inputs, x)
    harmed = np.mean((steps.right(steps.before) & ((moved > 0) != (steps.targets == 1))).any(axis=1))
    return [
        Check("dz, where it differs most", float(dz[worst]), float(closed[worst]), "rate (t - y) |x|^2"),
        Check(
            "own example put right",
            float(steps.own(steps.right(steps.after)).mean()),
            float(mended),
            "rate |x|^2 > |z|",
        ),
        Check("another harmed", float(lost.any(axis=1).mean()), float(harmed), "z' + rate (t - y) x.x'"),
    ]


SOLUTIONS = {"perceptron-step-logic": Solution(study, answer)}
