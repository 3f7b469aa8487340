"""The paths of gradient descent and on-line descent in one bowl: direction, rest, escape, and cost."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.experiment import parameter
from plasticity.quiz.answers.gradient import escape
from plasticity.quiz.record import Answer, Check, Solution
from plasticity.studies import bowl
from plasticity.studies.bowl import Bowl

START, WALK = np.array([-4.0, -3.0]), 60  # far from the minimum at (1, 2); steps in which all paths are on their way
SLOWING = 100  # steps after which the decreasing rate has halved: rate / (1 + step / SLOWING)
ESCAPE_STEPS, ESCAPE_RUNS, MOST_STEPS = 1000, 400, 2000
GONE = 1e-9  # a distance this small is rounding
CONSTANT, DECREASING, FITTED = "constant", "decreasing", "fitted"


@dataclass(frozen=True)
class Parameters:
    """What can be set."""

    n_examples: int = parameter(100, meaning="examples of t = 1 + 2 x + noise", least=20, most=1000)
    noise: float = parameter(0.5, meaning="standard deviation of the targets around the line", least=0.01, most=5)
    rate: float = parameter(0.05, meaning="learning rate", least=0.02, most=0.08)
    n_runs: int = parameter(40, meaning="on-line runs side by side", least=20, most=400)
    n_steps: int = parameter(3000, meaning="steps of each run", least=2400, most=20_000)
    n_many: int = parameter(10_000, meaning="examples when they are very many", least=1000, most=100_000)
    left: float = parameter(0.01, meaning="fraction of the starting loss that may be left", least=0.002, most=0.5)
    escape_rates: tuple[float, ...] = parameter((0.02, 0.1), meaning="other rates of escape", least=0.005, most=0.15)
    seed: int = 0


@dataclass(frozen=True)
class Distances:
    """Root mean square distance from the minimum in the middle and in the late steps, with standard errors over runs,
    and the same expected without drawing."""

    found: tuple[float, float]
    errors: tuple[float, float]
    expected: tuple[float, float]

    @property
    def settles(self) -> bool:
        """Whether the distance shrank from the middle to the end by more than five standard errors, or is gone."""
        return bool(self.found[1] < GONE or self.found[0] - self.found[1] > 5 * np.hypot(*self.errors))


@dataclass(frozen=True)
class PathStudy:
    """Directions in degrees, (found, expected, standard error); distances by reading; escapes; examples shown."""

    parameters: Parameters
    directions: dict[str, tuple[float, float, float]]
    distances: dict[str, Distances]
    escapes: list[dict[str, float]]
    shown: dict[str, tuple[int, int, int]]


def study(parameters: Parameters) -> PathStudy:
    """Four experiments, the first two in the same bowl."""
    p = parameters
    rng = np.random.default_rng(p.seed)
    data, fitted = bowl.noisy_line(p.n_examples, p.noise, rng), bowl.noisy_line(p.n_examples, 0.0, rng)
    constant = np.full(p.n_steps, p.rate)
    cases = {CONSTANT: (data, constant), FITTED: (fitted, constant)}
    cases[DECREASING] = data, p.rate / (1 + np.arange(p.n_steps) / SLOWING)
    paths = {name: bowl.online_paths(line, START, rates, p.n_runs, rng) for name, (line, rates) in cases.items()}
    return PathStudy(
        parameters=p,
        directions=_directions(data, paths[CONSTANT][: WALK + 2], p.rate),
        distances={name: _distances(paths[name], *cases[name]) for name in (CONSTANT, DECREASING, FITTED)},
        escapes=[_escapes(rate, rng) for rate in sorted({*p.escape_rates, p.rate})],
        shown=_shown(p, rng),
    )


def _directions(data: Bowl, online: Floats, rate: float) -> dict[str, tuple[float, float, float]]:
    """Angles to the contour and turns between steps, means over the walk; of batch descent the least angle."""
    batch, exact = (path(data, START, rate, WALK) for path in (bowl.batch_path, bowl.batch_path_in_closed_form))
    steps, along = np.diff(online, axis=0)[:-1], bowl.tangents(data, online[:-2])
    to_contour = bowl.angles_between_lines(along, steps)
    turns = bowl.turns(steps, np.diff(online, axis=0)[1:])
    any_example = bowl.angles_between_lines(along[..., np.newaxis, :], data.inputs).mean(axis=-1)
    errors = data.targets - online[1:-1] @ data.inputs.T
    following = np.sign(errors)[..., np.newaxis] * data.inputs
    any_turn = bowl.turns(steps[..., np.newaxis, :], following).mean(axis=-1)
    of_batch = bowl.angles_between_lines(bowl.tangents(data, batch[:-1]), np.diff(batch, axis=0))
    return {
        "gd_angle_to_contour_deg": (float(of_batch.min()), traced_angle(data, batch), 0.0),
        "sgd_angle_to_contour_deg": _compared(to_contour, any_example),
        "gd_turn_deg": (_mean_turn(batch), _mean_turn(exact), 0.0),
        "sgd_turn_deg": _compared(turns, any_turn),
    }


def _compared(drawn: Floats, expected: Floats) -> tuple[float, float, float]:
    off = drawn - expected
    return float(drawn.mean()), float(expected.mean()), float(off.std(ddof=1) / np.sqrt(off.size))


def _mean_turn(path: Floats) -> float:
    steps = np.diff(path, axis=0)
    return float(bowl.turns(steps[:-1], steps[1:]).mean())


def traced_angle(data: Bowl, path: Floats) -> float:
    """The least angle between steps and contours that are traced: turn the ray from the minimum to a point a little,
    and go out on it to the same loss."""
    points, steps = path[:-1], np.diff(path, axis=0)
    chord = _on_contour(data, points, 1e-4) - _on_contour(data, points, -1e-4)
    return float(bowl.angles_between_lines(chord, steps).min())


def _on_contour(data: Bowl, points: Floats, turn: float) -> Floats:
    turned = (points - data.solution) @ np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    ratio = data.excess(points) / data.excess(data.solution + turned)
    return data.solution + turned * np.sqrt(ratio)[..., np.newaxis]


def _distances(paths: Floats, data: Bowl, rates: Floats) -> Distances:
    n = len(rates)
    squares = np.sum((paths - data.solution) ** 2, axis=-1)
    expected = np.trace(bowl.expected_squares(data, START, rates), axis1=1, axis2=2)
    windows = slice(n // 6, n // 3), slice(n - n // 6, n + 1)
    found = [float(np.sqrt(squares[window].mean())) for window in windows]
    errors = [
        float(squares[window].mean(axis=0).std(ddof=1) / np.sqrt(squares.shape[1]) / (2 * max(distance, 1e-300)))
        for window, distance in zip(windows, found, strict=True)
    ]
    means = [float(np.sqrt(expected[window].mean())) for window in windows]
    return Distances((found[0], found[1]), (errors[0], errors[1]), (means[0], means[1]))


def _escapes(rate: float, rng: np.random.Generator) -> dict[str, float]:
    return {
        "rate": rate,
        "sgd": escape.escaped_fraction(rate, ESCAPE_STEPS, ESCAPE_RUNS, rng),
        "gd": escape.escaped_fraction(rate, ESCAPE_STEPS, 1, None),
        "expected": escape.escaped_probability(rate, ESCAPE_STEPS),
    }


def _shown(p: Parameters, rng: np.random.Generator) -> dict[str, tuple[int, int, int]]:
    """Examples shown until only `left` of the loss is left above the minimum: found, by a second route, tolerance.

    Batch descent goes at its fastest rate; on-line descent is expected without drawing, and drawn for comparison.
    """
    data = bowl.noisy_line(p.n_many, p.noise, rng)
    wanted, fastest = p.left * data.excess(START), 2 / np.linalg.eigvalsh(data.hessian).sum()
    batch, exact = (
        p.n_many * _steps_until(data.excess(path(data, START, fastest, 100)) <= wanted)
        for path in (bowl.batch_path, bowl.batch_path_in_closed_form)
    )
    rates = np.full(MOST_STEPS, p.rate)
    drawn = data.excess(bowl.online_paths(data, START, rates, p.n_runs, rng))
    squares = bowl.expected_squares(data, START, rates)
    expected = 0.5 * np.einsum("sij,ij->s", squares, data.hessian)
    online = _steps_until(expected <= wanted)
    spread = 5 * drawn[online].std(ddof=1) / np.sqrt(p.n_runs) / wanted
    early, late = (_steps_until(expected <= wanted * factor) for factor in (1 + spread, max(1 - spread, 0.0)))
    return {
        "gd": (batch, exact, 0),
        "sgd": (online, _steps_until(drawn.mean(axis=1) <= wanted), max(late - online, online - early) + 1),
    }


def _steps_until(reached: np.ndarray) -> int:
    """All of the steps if it never is."""
    return int(np.argmax(reached)) if reached.any() else reached.size - 1


def answer(study: PathStudy) -> Answer:
    """Four statements, each with its number; the second depends on rate and examples."""
    p = study.parameters
    (here,) = (row for row in study.escapes if row["rate"] == p.rate)
    common: dict[str, Any] = {name: numbers[0] for name, numbers in study.directions.items()} | {
        "sgd_escaped_fraction": here["sgd"],
        "gd_escaped_fraction": here["gd"],
        "escapes": any(row["sgd"] > row["gd"] for row in study.escapes),
        "examples_shown_gd_many": study.shown["gd"][0],
        "examples_shown_sgd_many": study.shown["sgd"][0],
    }
    readings: dict[str, Mapping[str, Any]] = {
        name: common | {"settles": d.settles, "distance_middle": d.found[0], "distance_late": d.found[1]}
        for name, d in study.distances.items()
    }
    found = {
        **readings[CONSTANT],
        "is_faster": study.shown["sgd"][0] < study.shown["gd"][0],
        "rows": [{"case": name, "middle": d.found[0], "late": d.found[1]} for name, d in study.distances.items()],
        "escape_rows": [{name: row[name] for name in ("rate", "sgd", "gd")} for row in study.escapes],
        "others_settle": study.distances[DECREASING].settles and study.distances[FITTED].settles,
    }
    return Answer(found, _checks(study), readings, given=("escape_rows.rate",))


def _checks(study: PathStudy) -> list[Check]:
    routes = dict.fromkeys(study.directions, "any_example")
    routes |= {"gd_angle_to_contour_deg": "traced_contour", "gd_turn_deg": "closed_form"}
    checks = [
        Check(name, expected, routes[name], tolerance=5 * error + 1e-4)
        for name, (_, expected, error) in study.directions.items()
    ]
    constant = study.distances[CONSTANT]
    for k, name in enumerate(("distance_middle", "distance_late")):
        checks.append(Check(name, constant.expected[k], "moments", tolerance=5 * constant.errors[k]))
    every = list(study.distances.values())
    for k, name in enumerate(("middle", "late")):
        tolerance = 5 * max(d.errors[k] for d in every) + 1e-9
        checks.append(Check(f"rows.{name}", [d.expected[k] for d in every], "moments", tolerance=tolerance))
    probabilities = [row["expected"] for row in study.escapes]
    (here,) = (row["expected"] for row in study.escapes if row["rate"] == study.parameters.rate)
    checks += [
        Check("sgd_escaped_fraction", here, "on_a_grid", tolerance=_of_fraction(here)),
        Check("escape_rows.sgd", probabilities, "on_a_grid", tolerance=max(map(_of_fraction, probabilities))),
        Check("gd_escaped_fraction", 0.0, "downhill"),
        Check("escape_rows.gd", [0.0] * len(probabilities), "downhill"),
    ]
    for name, by in (("gd", "closed_form"), ("sgd", "drawn")):
        _, other, tolerance = study.shown[name]
        checks.append(Check(f"examples_shown_{name}_many", other, by, tolerance=tolerance))
    return checks


def _of_fraction(probability: float) -> float:
    """Five standard errors of a fraction of runs, and the width of a cell of the grid."""
    return float(5 * np.sqrt(max(probability * (1 - probability), 1e-3) / ESCAPE_RUNS) + 0.01)


SOLUTIONS = {"sgd-path": Solution(study, answer, Parameters())}
