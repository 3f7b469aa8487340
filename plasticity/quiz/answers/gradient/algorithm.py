"""Gradient descent as an algorithm: random start, epochs, criteria to stop; and its formula with a sum or a mean.

The worked slides take the mean of the examples, the general formula their sum, which is as many times larger.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.artificial.examples import with_bias
from plasticity.artificial.learning import largest_stable_rate
from plasticity.errors import ArgumentError
from plasticity.experiment import parameter
from plasticity.quiz.answers.gradient.hand_steps import INPUTS, TARGETS
from plasticity.quiz.record import Answer, Check, Solution
from plasticity.studies import bowl
from plasticity.studies.bowl import Bowl

MOST_EPOCHS = 4000  # our choice: a tenth of a second
LARGE = 100.0
GONE = 1e-12  # of the starting loss: what is left of a perfect fit is rounding


@dataclass(frozen=True)
class Parameters:
    """What can be set."""

    inputs: tuple[float, ...] = parameter(INPUTS, meaning="x of each example", least=-LARGE, most=LARGE)
    targets: tuple[float, ...] = parameter(TARGETS, meaning="t of each example", least=-LARGE, most=LARGE)
    rate: float = parameter(0.01, meaning="learning rate", least=1e-6, most=1)
    thresholds: tuple[float, ...] = parameter(
        (1e-2, 1e-4, 1e-6), meaning="stop when the loss falls by less than this fraction", least=1e-12, most=0.5
    )
    most_epochs: tuple[float, ...] = parameter(
        (10, 100, 1000), meaning="or after so many epochs", least=1, most=MOST_EPOCHS
    )
    n_summed: int = parameter(10, meaning="epochs after which sum and mean are compared", least=1, most=100)
    n_starts: int = parameter(5, meaning="random starts", least=1, most=50)
    seed: int = 0


@dataclass(frozen=True)
class AlgorithmStudy:
    """The bowl; losses after each epoch from each start, (n_epochs + 1, n_starts), with the mean, and by closed form;
    loss with the sum after each of the first epochs from the first start, and by closed form; the largest rate."""

    parameters: Parameters
    data: Bowl
    losses: Floats
    losses_in_closed_form: Floats
    summed: list[float]
    summed_in_closed_form: Floats
    lowest: float
    limit: float


def study(parameters: Parameters) -> AlgorithmStudy:
    """Many epochs of the mean from every start, a few of the sum from the first.

    raises ArgumentError for inputs and targets of different number, fewer than two different inputs, or a rate at
    which even the mean diverges
    """
    p = parameters
    inputs, targets, limit = _examples(p)
    data = bowl.bowl(inputs, targets)
    starts = np.random.default_rng(p.seed).normal(size=(p.n_starts, 2))
    lowest = float(0.5 * np.mean(data.errors**2))
    n, total = MOST_EPOCHS, p.rate * len(targets)
    exact = np.stack([data.excess(bowl.batch_path_in_closed_form(data, w, p.rate, n)) for w in starts], axis=1)
    return AlgorithmStudy(
        parameters=p,
        data=data,
        losses=_descended(data, starts, p.rate),
        losses_in_closed_form=exact + lowest,
        summed=_summed(p, starts[0].tolist()),
        summed_in_closed_form=data.excess(bowl.batch_path_in_closed_form(data, starts[0], total, p.n_summed)) + lowest,
        lowest=lowest,
        limit=limit,
    )


def _examples(p: Parameters) -> tuple[Floats, Floats, float]:
    """Inputs with x0 = 1, targets, and the rate beyond which the mean diverges; raises what `study` does."""
    if len(p.inputs) != len(p.targets):
        raise ArgumentError(f"there are {len(p.inputs)} inputs and {len(p.targets)} targets; give one target an input")
    if len(set(p.inputs)) < 2:
        raise ArgumentError("all inputs are the same; give at least two that differ, for a bias and a weight")
    inputs = with_bias(np.array(p.inputs)[:, np.newaxis])
    limit = largest_stable_rate(inputs)
    if p.rate >= limit:
        raise ArgumentError(f"at rate {p.rate:g} even the mean diverges; give one below {limit:.4g} for these examples")
    return inputs, np.array(p.targets), limit


def _descended(data: Bowl, starts: Floats, rate: float) -> Floats:
    """Losses after each epoch, all starts at once; a step is -rate times the mean of (y - t) x."""
    weights, losses = starts, []
    for _ in range(MOST_EPOCHS + 1):
        wrong = weights @ data.inputs.T - data.targets
        losses.append(0.5 * np.mean(wrong**2, axis=1))
        weights = weights - rate * wrong @ data.inputs / len(data.targets)
    return np.array(losses)


def _summed(p: Parameters, start: list[float]) -> list[float]:
    """The formula of the slide, example by example: dw_i = -rate sum_p dloss/dy_p dh/dw_i; losses as above."""
    (w0, w1), losses = start, []
    for _ in range(p.n_summed + 1):
        wrong = [w1 * x + w0 - t for x, t in zip(p.inputs, p.targets, strict=True)]
        losses.append(0.5 * sum(e**2 for e in wrong) / len(wrong))
        w0 -= p.rate * sum(wrong)
        w1 -= p.rate * sum(e * x for e, x in zip(wrong, p.inputs, strict=True))
    return losses


def stopped(losses: Floats, threshold: float) -> int | None:
    """The epoch in which the loss, (n_epochs + 1,), fell by less than this fraction of itself, or was gone before."""
    is_over = (-np.diff(losses) < threshold * losses[:-1]) | (losses[:-1] < GONE * losses[0])
    return int(np.argmax(is_over)) + 1 if is_over.any() else None


def answer(study: AlgorithmStudy) -> Answer:
    """What each criterion leaves, and what the sum does."""
    p, n = study.parameters, len(study.parameters.targets)
    rows = _rows(study, study.losses)
    by_mean, by_sum = study.losses[: p.n_summed + 1, 0], np.array(study.summed)
    readings = {
        name: {"loss_before": float(losses[0]), "loss_after": float(losses[-1])}
        for name, losses in (("mean", by_mean), ("sum", by_sum))
    }
    found: dict[str, Any] = {
        "rows": rows,
        "n_examples": n,
        "coarsest": max(p.thresholds),
        "finest": min(p.thresholds),
        "epochs_coarsest": rows[0]["most"],
        "epochs_finest": rows[len(p.thresholds) - 1]["most"],
        "left_coarsest": rows[0]["left"],
        "left_finest": rows[len(p.thresholds) - 1]["left"],
        "largest_rate_mean": study.limit,
        "largest_rate_sum": study.limit / n,
        "loss_start": float(by_mean[0]),
        "loss_by_mean": float(by_mean[-1]),
        "loss_by_sum": float(by_sum[-1]),
        "lowest_loss": study.lowest,
        "outcome": "climbs" if by_sum[-1] > by_sum[0] else "descends",
    }
    return Answer(found, _checks(study), readings, given=("n_examples", "coarsest", "finest", "rows.limit"))


def _rows(study: AlgorithmStudy, losses: Floats) -> list[dict[str, Any]]:
    """What each criterion does: epochs at least and at most over the starts, examples shown, loss left at most."""
    p, rows = study.parameters, []
    for threshold in sorted(p.thresholds, reverse=True):
        epochs = [stopped(one, threshold) or MOST_EPOCHS for one in losses.T]
        rows.append(_row(study, losses, "falls", threshold, epochs))
    for limit in sorted(map(int, p.most_epochs)):
        rows.append(_row(study, losses, "epochs", limit, [limit] * p.n_starts))
    return rows


def _row(study: AlgorithmStudy, losses: Floats, kind: str, limit: float, epochs: list[int]) -> dict[str, Any]:
    left = max(float(losses[k, start] - study.lowest) for start, k in enumerate(epochs))
    n = len(study.parameters.targets)
    most = max(epochs)
    return {"criterion": kind, "limit": limit, "least": min(epochs), "most": most, "shown": most * n, "left": left}


def _checks(study: AlgorithmStudy) -> list[Check]:
    p, data, n = study.parameters, study.data, len(study.parameters.targets)
    exact, last = _rows(study, study.losses_in_closed_form), len(study.parameters.thresholds) - 1
    scale = max(1.0, float(study.losses[0].max()))
    checks = [
        Check(f"rows.{name}", [row[name] for row in exact], "closed_form", tolerance=1) for name in ("least", "most")
    ]
    checks += [
        Check("rows.shown", [row["shown"] for row in exact], "closed_form", tolerance=n),
        Check("rows.left", [row["left"] for row in exact], "closed_form", tolerance=1e-2 * scale * p.rate),
        Check("epochs_coarsest", exact[0]["most"], "closed_form", tolerance=1),
        Check("epochs_finest", exact[last]["most"], "closed_form", tolerance=1),
    ]
    (a, b), (_, d) = data.hessian
    steepest = float((a + d) / 2 + np.sqrt((a - d) ** 2 / 4 + b * b))
    by_sum = float(study.summed_in_closed_form[-1])
    return [
        *checks,
        Check("left_coarsest", exact[0]["left"], "closed_form", tolerance=1e-2 * scale * p.rate),
        Check("left_finest", exact[last]["left"], "closed_form", tolerance=1e-2 * scale * p.rate),
        Check("largest_rate_mean", 2 / steepest, "polynomial", tolerance=1e-9 / steepest),
        Check("largest_rate_sum", 2 / (n * steepest), "polynomial", tolerance=1e-9 / steepest),
        Check("loss_by_mean", float(study.losses_in_closed_form[p.n_summed, 0]), "closed_form", tolerance=1e-9 * scale),
        Check("loss_by_sum", by_sum, "closed_form", tolerance=1e-9 * max(scale, by_sum)),
    ]


SOLUTIONS = {"gd-algorithm": Solution(study, answer, Parameters())}
