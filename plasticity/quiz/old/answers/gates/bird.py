"""The bird that eats only what is purple and round: which circuit drives its neuron for food, and when it is stable."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from plasticity.artificial.gates import bird_circuit
from plasticity.artificial.truth_tables import attractors, is_stable
from plasticity.artificial.units import Network, run
from plasticity.quiz.old.answers.gates.by_hand import n_wrong, weighted_sum, written
from plasticity.quiz.old.record import Answer, Check, Solution

FOODS = {"leaf": (0, 0), "golf ball": (0, 1), "aubergine": (1, 0), "plum": (1, 1)}  # looks purple, looks round
FOODS_HE = {"leaf": "עלה", "golf ball": "כדור גולף", "aubergine": "חציל", "plum": "שזיף"}
EDIBLE = [int(purple and is_round) for purple, is_round in FOODS.values()]
FEEDBACK = np.arange(-1, 1.01, 0.25).tolist()  # weight of a synapse of the food neuron onto itself
N_STEPS = 6  # before each food: more than the two steps that a signal needs
N_COPIES = 300  # circuits with every weight and bias a little off


@dataclass(frozen=True)
class BirdStudy:
    """The circuit by the weight of its feedback, and the share of inexact copies of the plain one that still work."""

    circuits: Mapping[float, Network]
    tolerance: float
    working_copies: float


def study(rng: np.random.Generator, target: str) -> BirdStudy:
    """The circuit without and with feedback of either sign; copies that are off by up to the tolerance."""
    plain = bird_circuit()
    tolerance = _tolerance(plain)
    copies = [_inexact(plain, tolerance, rng) for _ in range(N_COPIES)]
    working = [n_wrong(copy, list(FOODS.values()), EDIBLE) == 0 for copy in copies]
    return BirdStudy({weight: bird_circuit(weight) for weight in FEEDBACK}, tolerance, float(np.mean(working)))


def _tolerance(circuit: Network) -> float:
    """The relative error of all weights and biases that no sum can be turned by: least |z| / sum of |terms|."""
    shares = []
    for food in FOODS.values():
        values: dict[str, float] = dict(zip(circuit.inputs, food, strict=True))
        for unit in circuit.units:
            z = weighted_sum(unit, values)
            shares.append(abs(z) / (abs(unit.bias) + sum(abs(w * values[s]) for s, w in unit.weights.items())))
            values[unit.name] = float(z > 0)
    return min(shares)


def _inexact(circuit: Network, error: float, rng: np.random.Generator) -> Network:
    def off(number: float) -> float:
        return number * (1 + error * float(rng.uniform(-1, 1)))

    units = [replace(u, weights={s: off(w) for s, w in u.weights.items()}, bias=off(u.bias)) for u in circuit.units]
    return replace(circuit, units=tuple(units))


METHOD = (
    "Two sensory neurons and one for food, a threshold unit each. Stable: under each thing seen the circuit settles "
    f"in one and the same state, from whichever state it starts; tried for {len(FEEDBACK)} weights of a synapse of the "
    f"food neuron onto itself. In time: {N_STEPS} steps of a plum, then {N_STEPS} of a golf ball. {N_COPIES} copies of "
    "the circuit with every weight and bias off at random"
)


def answer(study: BirdStudy) -> Answer:
    """AND without feedback; with too much feedback the circuit remembers or flickers."""
    plain, circuits = study.circuits[0.0], study.circuits
    found = {
        "seen": list(FOODS),
        "response": [int(run(plain, [food] * N_STEPS)[-1, -1]) for food in FOODS.values()],
        "units": [written(unit) for unit in plain.units],
        "feedback_weights": list(circuits),
        "is_stable": [is_stable(circuit) for circuit in circuits.values()],
        "response_to_a_golf_ball_after_a_plum": [_after_a_plum(circuit) for circuit in circuits.values()],
        "period_before_a_plum_steps": [max(map(len, attractors(c, FOODS["plum"]))) for c in circuits.values()],
        "tolerance_of_weights": study.tolerance,
        "working_copies": study.working_copies,
    }
    return Answer(_sentence(found), found, METHOD, _checks(study, found), {"AND": found}, _sentence_he(found))


def _after_a_plum(circuit: Network) -> int:
    return int(run(circuit, [FOODS["plum"]] * N_STEPS + [FOODS["golf ball"]] * N_STEPS)[-1, -1])


def _where(found: dict, name: str, holds) -> str:
    """The feedback weights for which a measurement is as asked."""
    weights = [f"{w:g}" for w, value in zip(found["feedback_weights"], found[name], strict=True) if holds(value)]
    return ", ".join(weights) or "-"


def _sentence(found: dict) -> str:
    responses = ", ".join(f"{food} {y}" for food, y in zip(found["seen"], found["response"], strict=True))
    return (
        f"An AND of two sensory neurons, with no way back: {'; '.join(found['units'])}. Response: {responses}. Of the "
        "weights tried for a synapse of the food neuron onto itself, the circuit is stable with "
        f"{_where(found, 'is_stable', bool)}; it still fires at a golf ball after a plum (it remembers) with "
        f"{_where(found, 'response_to_a_golf_ball_after_a_plum', bool)}, and flickers before a plum with "
        f"{_where(found, 'period_before_a_plum_steps', lambda period: period > 1)}. Without feedback every weight may "
        f"be off by {found['tolerance_of_weights']:.0%} at once: {found['working_copies']:.0%} of {N_COPIES} such "
        "copies work."
    )


def _sentence_he(found: dict) -> str:
    responses = ", ".join(f"{FOODS_HE[food]} {y}" for food, y in zip(found["seen"], found["response"], strict=True))
    return (
        f"שער AND של שני נוירוני החישה, בלי חיבור חוזר: {'; '.join(found['units'])}. התגובות: {responses}. מבין "
        "המשקלים שנוסו לסינפסה של נוירון המזון אל עצמו, המעגל יציב כאשר "
        f"w = {_where(found, 'is_stable', bool)}; הוא ממשיך לירות מול כדור גולף אחרי שזיף (זוכר) כאשר "
        f"w = {_where(found, 'response_to_a_golf_ball_after_a_plum', bool)}, ומהבהב מול שזיף כאשר "
        f"w = {_where(found, 'period_before_a_plum_steps', lambda period: period > 1)}. בלי משוב, כל המשקלים יכולים "
        f"לסטות יחד עד {found['tolerance_of_weights']:.0%}: {found['working_copies']:.0%} מתוך {N_COPIES} עותקים כאלה "
        "פועלים כראוי."
    )


def _checks(study: BirdStudy, found: dict) -> list[Check]:
    """AND by Python; stability in closed form; copies off by the tolerance all work."""
    right = sum(int(a == b) for a, b in zip(found["response"], EDIBLE, strict=True))
    closed = sum(-0.5 < weight <= 0.5 for weight in study.circuits)
    return [
        Check("responses", len(found["response"]), right, "those equal to 'purple and round'"),
        Check("stable circuits", sum(found["is_stable"]), closed, "2 - 1.5 + w > 0 and 1 - 1.5 + w <= 0"),
        Check("working copies", study.working_copies, 1.0, "no sum can turn within the tolerance"),
    ]


SOLUTIONS = {"bird-circuit": Solution(study, answer)}
