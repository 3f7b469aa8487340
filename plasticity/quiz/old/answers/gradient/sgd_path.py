"""The paths of gradient descent and on-line descent in one bowl: direction, rest, escape, and cost."""

from dataclasses import dataclass

import numpy as np

from plasticity.quiz.formulas import listed
from plasticity.quiz.old.answers.gradient import escape, noisy_descent
from plasticity.quiz.old.record import Answer, Check, Solution

N_EXAMPLES, NOISE, START, RATE = 100, 0.5, np.array([-4.0, -3.0]), 0.05
N_RUNS, N_STEPS, WALK = 40, 3000, 60  # runs side by side; steps of each; steps in which they are far from the minimum
SLOWING = 100  # steps after which the decreasing rate has halved: RATE / (1 + step / SLOWING)
MIDDLE, LATE = slice(500, 1000), slice(N_STEPS - 500, N_STEPS + 1)
MANY = (5, 100, 10_000)  # examples
ACCURACY = 0.01  # of the loss at the start, above the minimum
ESCAPE_RATES, ESCAPE_STEPS, ESCAPE_RUNS = (0.02, 0.05, 0.1), 1000, 400
CONSTANT, DECREASING, FITTED = "constant rate", "decreasing rate", "constant rate, examples that a neuron fits exactly"


@dataclass(frozen=True)
class Distances:
    """Root mean square distance from the minimum, over runs: in the middle and in the late steps."""

    middle: float
    late: float

    @property
    def settles(self) -> bool:
        """Whether the distance still shrinks, or is gone."""
        return self.late < max(0.75 * self.middle, 1e-9)


@dataclass(frozen=True)
class PathStudy:
    """Angles and turns in degrees; distances by reading; escapes by rate; examples shown by number of examples."""

    angles: dict[str, float]
    distances: dict[str, Distances]
    settled: float
    escaped: dict[str, list[float]]
    shown: dict[str, list[int]]


def study(rng: np.random.Generator, target: str) -> PathStudy:
    """Four experiments, the first two in the same bowl."""
    data = noisy_descent.regression(N_EXAMPLES, NOISE, rng)
    constant, slowing = np.full(N_STEPS, RATE), RATE / (1 + np.arange(N_STEPS) / SLOWING)
    paths = {
        CONSTANT: (data, noisy_descent.online_paths(data, START, constant, N_RUNS, rng)),
        DECREASING: (data, noisy_descent.online_paths(data, START, slowing, N_RUNS, rng)),
    }
    fitted = noisy_descent.regression(N_EXAMPLES, 0.0, rng)
    paths[FITTED] = fitted, noisy_descent.online_paths(fitted, START, constant, N_RUNS, rng)
    return PathStudy(
        angles=_angles(data, paths[CONSTANT][1][: WALK + 1]),
        distances={reading: _distances(*path) for reading, path in paths.items()},
        settled=float(np.sqrt(np.trace(noisy_descent.settled_covariance(data, RATE)))),
        escaped=_escaped(rng),
        shown=_shown(rng),
    )


def _angles(data, online) -> dict[str, float]:
    """Angle to the contour and turn between steps, mean over the walk; for batch descent the angle furthest from 90."""
    batch = noisy_descent.batch_path(data, START, RATE, WALK)
    to_contour = noisy_descent.angles_to_contour(data, batch[:-1], np.diff(batch, axis=0))
    sgd_to_contour = noisy_descent.angles_to_contour(data, online[:-1], np.diff(online, axis=0))
    return {
        "gd_angle_to_contour_deg": float(to_contour.min()),
        "sgd_angle_to_contour_deg": float(sgd_to_contour.mean()),
        "gd_turn_deg": float(noisy_descent.turns(batch).mean()),
        "sgd_turn_deg": float(noisy_descent.turns(online).mean()),
    }


def _distances(data, paths) -> Distances:
    squares = np.sum((paths - data.solution) ** 2, axis=-1)
    return Distances(float(np.sqrt(squares[MIDDLE].mean())), float(np.sqrt(squares[LATE].mean())))


def _escaped(rng: np.random.Generator) -> dict[str, list[float]]:
    return {
        "sgd": [escape.escaped_fraction(rate, ESCAPE_STEPS, ESCAPE_RUNS, rng) for rate in ESCAPE_RATES],
        "expected": [escape.escaped_probability(rate, ESCAPE_STEPS) for rate in ESCAPE_RATES],
        "gd": [escape.escaped_fraction(rate, ESCAPE_STEPS, 1, None) for rate in ESCAPE_RATES],
    }


def _shown(rng: np.random.Generator) -> dict[str, list[int]]:
    """Examples shown until the loss above the minimum is down to ACCURACY; batch descent at its fastest rate."""
    shown: dict[str, list[int]] = {"gd": [], "sgd": []}
    for n in MANY:
        data = noisy_descent.regression(n, NOISE, rng)
        wanted = ACCURACY * data.excess(START)
        fastest = 2 / np.linalg.eigvalsh(data.hessian).sum()
        batch = data.excess(noisy_descent.batch_path(data, START, fastest, 100))
        online = data.excess(noisy_descent.online_paths(data, START, np.full(500, RATE), N_RUNS, rng)).mean(axis=1)
        shown["gd"].append(n * _steps_until(batch <= wanted))
        shown["sgd"].append(_steps_until(online <= wanted))
    return shown


def _steps_until(reached: np.ndarray) -> int:
    """All of the steps if it never is."""
    return int(np.argmax(reached)) if reached.any() else reached.size - 1


METHOD = (
    f"a linear neuron with two weights on {N_EXAMPLES} random examples, rate {RATE:g}, {N_RUNS} on-line runs of "
    f"{N_STEPS} steps; {ESCAPE_RUNS} runs of {ESCAPE_STEPS} steps on the mean loss (w^2 - 1)^2 / 4 + w / 5 of two "
    f"examples that differ by w and -w; examples shown until {ACCURACY:.0%} of the starting loss is left above the "
    "minimum"
)


def answer(study: PathStudy) -> Answer:
    """Four statements, each with its number; the second depends on rate and examples."""
    common = study.angles | {
        "sgd_escaped_fraction": study.escaped["sgd"][ESCAPE_RATES.index(RATE)],
        "gd_escaped_fraction": study.escaped["gd"][ESCAPE_RATES.index(RATE)],
        "examples_shown_gd_many": study.shown["gd"][-1],
        "examples_shown_sgd_many": study.shown["sgd"][-1],
    }
    readings = {
        reading: common | {"settles": d.settles, "distance_middle": d.middle, "distance_late": d.late}
        for reading, d in study.distances.items()
    }
    found = readings[CONSTANT] | {
        "distance_late_decreasing_rate": study.distances[DECREASING].late,
        "distance_late_exact_fit": study.distances[FITTED].late,
        "escape_rates": list(ESCAPE_RATES),
        "sgd_escaped_fraction_by_rate": study.escaped["sgd"],
        "n_examples": list(MANY),
        "examples_shown_gd": study.shown["gd"],
        "examples_shown_sgd": study.shown["sgd"],
    }
    cause = "at a decreasing rate, or where one neuron fits all examples, on-line descent does settle"
    cause_he = "בקצב יורד, או כשנוירון אחד מתאים לכל הדוגמאות, SGD כן מתכנס"
    return Answer(_sentence(found), found, METHOD, _checks(study), readings, _sentence_he(found), cause, cause_he)


def _checks(study: PathStudy) -> list[Check]:
    escapes = zip(ESCAPE_RATES, study.escaped["sgd"], study.escaped["expected"], strict=True)
    return [
        Check("late distance, constant rate", study.distances[CONSTANT].late, study.settled, "covariance equation"),
        Check("angle of batch descent to the contour", study.angles["gd_angle_to_contour_deg"], 90.0, "theory"),
        *(Check(f"escaped at rate {rate:g}", found, exact, "probability on a grid") for rate, found, exact in escapes),
    ]


def _sentence(found: dict) -> str:
    settles = "goes on shrinking" if found["settles"] else "stays"
    return (
        f"GD's steps start at {found['gd_angle_to_contour_deg']:.3f} degrees to the contour (the furthest from 90) and "
        f"turn by {found['gd_turn_deg']:.1f}; SGD's steps follow one example each, "
        f"{found['sgd_angle_to_contour_deg']:.0f} degrees to the contour on average, and turn by "
        f"{found['sgd_turn_deg']:.0f}. At a constant rate SGD's distance from the minimum {settles} "
        f"({found['distance_middle']:.3f} in the middle, {found['distance_late']:.3f} late), because the examples "
        f"disagree; at a decreasing rate it is {found['distance_late_decreasing_rate']:.3f} late, and where one neuron "
        f"fits all examples {found['distance_late_exact_fit']:.1g}. Of the runs from a local minimum "
        f"{_percents(found['sgd_escaped_fraction_by_rate'])} escape by SGD at rates {listed(ESCAPE_RATES)}, "
        f"{found['gd_escaped_fraction']:.0%} by GD. To come near the minimum of {listed(MANY)} examples GD has to be "
        f"shown {listed(found['examples_shown_gd'])}, SGD {listed(found['examples_shown_sgd'])}."
    )


def _sentence_he(found: dict) -> str:
    settles = "ממשיך לקטון" if found["settles"] else "נשאר"
    return (
        f"הצעדים של GD יוצאים בזווית של {found['gd_angle_to_contour_deg']:.3f} מעלות לקו הגובה (הרחוקה ביותר מ-90) "
        f"ופונים ב-{found['gd_turn_deg']:.1f}; הצעדים של SGD הולכים כל אחד לפי דוגמה אחת, "
        f"{found['sgd_angle_to_contour_deg']:.0f} מעלות לקו הגובה בממוצע, ופונים ב-{found['sgd_turn_deg']:.0f}. בקצב "
        f"קבוע המרחק של SGD מהמינימום {settles} ({found['distance_middle']:.3f} באמצע, {found['distance_late']:.3f} "
        f"בסוף), כי הדוגמאות סותרות זו את זו; בקצב יורד הוא {found['distance_late_decreasing_rate']:.3f} בסוף, "
        f"וכשנוירון אחד מתאים לכל הדוגמאות {found['distance_late_exact_fit']:.1g}. מהריצות שמתחילות במינימום מקומי "
        f"בורחות ב-SGD {_percents(found['sgd_escaped_fraction_by_rate'])} בקצבים {listed(ESCAPE_RATES)}, וב-GD "
        f"{found['gd_escaped_fraction']:.0%}. כדי להתקרב למינימום של {listed(MANY)} דוגמאות צריך להראות ל-GD "
        f"{listed(found['examples_shown_gd'])} דוגמאות, ול-SGD {listed(found['examples_shown_sgd'])}."
    )


def _percents(fractions: list[float]) -> str:
    return ", ".join(f"{fraction:.1%}" for fraction in fractions)


SOLUTIONS = {"sgd-path": Solution(study, answer)}
