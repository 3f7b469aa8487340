"""Batch and on-line descent: counted in examples or in steps, far from the minimum or near, and when the task drifts.

All losses of on-line descent are means over everything that might be drawn, by their own equation; some are drawn, too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.experiment import parameter
from plasticity.quiz.record import Answer, Check, Solution
from plasticity.studies import bowl
from plasticity.studies.bowl import Bowl

START = np.array([-4.0, -3.0])  # far from the minimum at (1, 2)
SLOWING = 100  # steps after which the decreasing rate has halved
MOST_BATCH, MOST_ONLINE = 200, 4000  # steps that are looked at
FEW = 0.1  # far from the minimum a few runs carry the mean, and their spread is underestimated by as much
RATES = ("constant", "decreasing")


@dataclass(frozen=True)
class Parameters:
    """What can be set."""

    n_examples: int = parameter(10_000, meaning="examples of t = 1 + 2 x + noise", least=20, most=100_000)
    noise: float = parameter(0.5, meaning="standard deviation of the targets around the line", least=0.01, most=5)
    rate: float = parameter(0.05, meaning="learning rate of on-line descent", least=0.01, most=0.08)
    left: tuple[float, ...] = parameter(
        (0.1, 0.01, 1e-3, 1e-4), meaning="fractions of the starting loss that may be left", least=1e-6, most=0.9
    )
    drift: float = parameter(1e-3, meaning="growth of the true weight in production, by example", least=0, most=0.01)
    n_production: int = parameter(1000, meaning="examples in production", least=10, most=4000)
    n_runs: int = parameter(400, meaning="runs that are drawn for comparison", least=20, most=1000)
    seed: int = 0


@dataclass(frozen=True)
class Course:
    """Loss above the minimum after each step; the same by a second route, and the standard error of that, as far as
    they are needed."""

    excess: Floats
    other: Floats
    error: Floats


@dataclass(frozen=True)
class OnlineStudy:
    """Courses down; the loss where on-line descent hovers; losses in production, found and by a second route."""

    parameters: Parameters
    start: float
    batch: Course
    online: dict[str, Course]
    hover: float
    frozen: tuple[float, float]
    learning: tuple[float, float, float]


def study(parameters: Parameters) -> OnlineStudy:
    """Descent of one set of examples; then a line that drifts away from the weights that were learned."""
    p = parameters
    rng = np.random.default_rng(p.seed)
    data = bowl.noisy_line(p.n_examples, p.noise, rng)
    fastest, n = 2 / np.linalg.eigvalsh(data.hessian).sum(), MOST_BATCH
    batch, exact = (
        data.excess(path(data, START, fastest, n)) for path in (bowl.batch_path, bowl.batch_path_in_closed_form)
    )
    rates = np.full(MOST_ONLINE, p.rate), p.rate / (1 + np.arange(MOST_ONLINE) / SLOWING)
    return OnlineStudy(
        parameters=p,
        start=float(data.excess(START)),
        batch=Course(batch, exact, np.zeros(n + 1)),
        online={name: _online(data, one, p, rng) for name, one in zip(RATES, rates, strict=True)},
        hover=float(0.5 * np.sum(bowl.settled_covariance(data, p.rate) * data.hessian)),
        frozen=_frozen(data, p),
        learning=_learning(data, p, rng),
    )


def _online(data: Bowl, rates: Floats, p: Parameters, rng: np.random.Generator) -> Course:
    """Expected without drawing; drawn as far as the table goes."""
    expected = 0.5 * np.einsum("sij,ij->s", bowl.expected_squares(data, START, rates), data.hessian)
    last = max(steps_until(expected, left * expected[0]) or 0 for left in p.left)
    drawn = data.excess(bowl.online_paths(data, START, rates[:last], p.n_runs, rng))
    return Course(expected, drawn.mean(axis=1), drawn.std(axis=1, ddof=1) / np.sqrt(p.n_runs))


def _frozen(data: Bowl, p: Parameters) -> tuple[float, float]:
    """Loss above the minimum of weights that stay, by the curvature and by the errors of all examples."""
    away = np.array([0.0, p.n_production * p.drift])
    errors = data.errors + data.inputs @ away
    return float(0.5 * away @ data.hessian @ away), float(0.5 * (np.mean(errors**2) - np.mean(data.errors**2)))


def _learning(data: Bowl, p: Parameters, rng: np.random.Generator) -> tuple[float, float, float]:
    """Loss above the minimum of weights that go on learning: expected, drawn, and the standard error of that."""
    rates, drift = np.full(p.n_production, p.rate), np.array([0.0, p.drift])
    last = bowl.expected_squares(data, data.solution, rates, drift=drift)[-1]
    ends = bowl.online_paths(data, data.solution, rates, p.n_runs, rng, drift=drift)[-1]
    drawn = data.excess(ends - p.n_production * drift)
    return float(0.5 * np.sum(last * data.hessian)), float(drawn.mean()), float(drawn.std() / np.sqrt(p.n_runs))


def steps_until(excess: Floats, wanted: float) -> int | None:
    """How many steps until the loss is down to what is wanted; None where it does not come down to it."""
    reached = excess <= wanted
    return int(np.argmax(reached)) if reached.any() else None


def answer(study: OnlineStudy) -> Answer:
    """Faster in examples, slower in steps; until the hovering ends it."""
    p = study.parameters
    rows = [_row(study, left) for left in sorted(p.left, reverse=True)]
    production = {"loss_frozen": study.frozen[0], "loss_learning": study.learning[0]}
    readings = {f"{name} / left={row['left']:g}": _measured(row, name) | production for row in rows for name in RATES}
    found: dict[str, Any] = {
        "rows": rows,
        "hover_fraction": study.hover / study.start,
        "gd_steps": [row["gd_steps"] for row in rows if row["gd_steps"] is not None],
        "gd_examples": [row["gd_examples"] for row in rows if row["gd_examples"] is not None],
        **{f"left_{name}": _over_wanted(study, rows, name, study.online[name].excess) for name in RATES},
        **production,
        "outcome": _outcome(list(readings.values())[:: len(RATES)]),
        "production": "learning" if study.learning[0] < study.frozen[0] else "frozen",
    }
    return Answer(found, _checks(study, rows), readings, given=("rows.left",))


def _row(study: OnlineStudy, left: float) -> dict[str, Any]:
    """Steps and examples until this fraction of the starting loss is left; an on-line step is an example."""
    batch = steps_until(study.batch.excess, left * study.start)
    online = {name: steps_until(course.excess, left * study.start) for name, course in study.online.items()}
    examples = None if batch is None else batch * study.parameters.n_examples
    return {"left": left, "gd_steps": batch, "gd_examples": examples} | online


def _measured(row: Mapping[str, Any], name: str) -> dict[str, float]:
    """What never comes is infinitely far."""
    numbers = {key: np.inf if row[key] is None else float(row[key]) for key in ("gd_steps", "gd_examples", name)}
    return {
        "examples_gd": numbers["gd_examples"],
        "examples_online": numbers[name],
        "steps_gd": numbers["gd_steps"],
        "steps_online": numbers[name],
    }


def _over_wanted(study: OnlineStudy, rows: list[dict[str, Any]], name: str, losses: Floats) -> list[float]:
    """Losses after the steps in a column of the table, where there are any, over those that are asked for there."""
    return [float(losses[row[name]] / (row["left"] * study.start)) for row in rows if row[name] is not None]


def _outcome(readings: list[dict[str, float]]) -> str:
    """At the constant rate, from far to near: where on-line descent needs fewer examples, and more steps."""
    faster = [one["examples_online"] < one["examples_gd"] for one in readings]
    slower = [one["steps_online"] > one["steps_gd"] for one in readings]
    if all(slower):
        return "both" if faster[0] and not faster[-1] else "in examples" if all(faster) else "slower"
    return "mixed"


def _checks(study: OnlineStudy, rows: list[dict[str, Any]]) -> list[Check]:
    wanted, batch = [row["left"] * study.start for row in rows], study.batch
    exact = [n for n in (steps_until(batch.other, one) for one in wanted) if n is not None]
    examples = [n * study.parameters.n_examples for n in exact]
    checks = [Check("gd_steps", exact, "closed_form"), Check("gd_examples", examples, "closed_form")]
    for name, course in study.online.items():
        tolerance = 5 * max(_over_wanted(study, rows, name, course.error), default=0.0) + FEW
        drawn = _over_wanted(study, rows, name, course.other)
        checks.append(Check(f"left_{name}", drawn, "drawn", tolerance=tolerance))
    last = float(study.online["constant"].excess[-1])
    return [
        *checks,
        Check("hover_fraction", last / study.start, "in_the_end", tolerance=1e-9),
        Check("loss_frozen", study.frozen[1], "errors", tolerance=1e-9 * max(1.0, study.frozen[0])),
        Check("loss_learning", study.learning[1], "drawn", tolerance=5 * study.learning[2]),
    ]


SOLUTIONS = {"batch-and-online": Solution(study, answer, Parameters())}
