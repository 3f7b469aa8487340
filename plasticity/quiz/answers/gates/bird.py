"""The bird that eats only what is purple and round: which circuit drives its neuron for food, and when it is stable."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from plasticity.artificial.exact import exact
from plasticity.artificial.gates import bird_circuit
from plasticity.artificial.truth_tables import attractors, is_stable
from plasticity.artificial.units import Network, run
from plasticity.experiment import parameter
from plasticity.quiz.answers.gates.by_hand import unit_of, weighted_sum, whole, written
from plasticity.quiz.record import Answer, Check, Solution

FOODS = {"leaf": (0, 0), "golf ball": (0, 1), "aubergine": (1, 0), "blueberry": (1, 1)}  # looks purple, looks round
EDIBLE = [int(purple and is_round) for purple, is_round in FOODS.values()]
N_STEPS = 6  # before each food: more than the two steps that a signal needs


@dataclass(frozen=True)
class Parameters:
    """What can be set."""

    weights: tuple[float, ...] = parameter(
        (1.0, 1.0, -1.5), meaning="of the food neuron: purple, round, bias", least=-100, most=100
    )
    feedback: tuple[float, ...] = parameter(
        tuple(np.arange(-1, 1.01, 0.25).tolist()), meaning="weights of a synapse onto itself", least=-100, most=100
    )


@dataclass(frozen=True)
class Bird:
    """The circuit without feedback, and with each weight of feedback."""

    plain: Network
    circuits: dict[float, Network]


def study(parameters: Parameters) -> Bird:
    """The lecture's circuit with these weights of the neuron for food."""
    plain = _circuit(parameters.weights)
    return Bird(plain, {w: whole(_circuit(parameters.weights, w))[0] for w in parameters.feedback})


def _circuit(weights: Sequence[float], feedback: float = 0.0) -> Network:
    circuit = bird_circuit(feedback)
    *sensory, edible = circuit.units
    food = unit_of(weights, ("purple", "round"), "weights", edible.name)
    own = {"edible": feedback} if feedback else {}
    return Network(circuit.inputs, (*sensory, type(edible)(food.name, {**food.weights, **own}, food.bias)))


def answer(bird: Bird) -> Answer:
    """AND without feedback; with feedback the circuit may remember or flicker."""
    response = [_settled(whole(bird.plain)[0], [food])[-1] for food in FOODS.values()]
    found: dict[str, Any] = {
        "rows": [
            {"food": food, "purple": senses[0], "round": senses[1], "response": y, "edible": edible}
            for (food, senses), y, edible in zip(FOODS.items(), response, EDIBLE, strict=True)
        ],
        "response": response,
        "wrong_responses": sum(y != edible for y, edible in zip(response, EDIBLE, strict=True)),
        "unit": written(bird.plain.units[-1]),
        "tolerance_of_weights": _tolerance(bird.plain),
        "stability": [_under_feedback(weight, circuit) for weight, circuit in bird.circuits.items()],
        "tried": list(bird.circuits),
        "stable_with": [weight for weight, circuit in bird.circuits.items() if is_stable(circuit)],
    }
    found["n_tried"], found["n_stable"] = len(found["tried"]), len(found["stable_with"])
    found["outcome"] = "wrong" if found["wrong_responses"] else "and"
    given = ("rows.edible", "rows.purple", "rows.round", "n_tried")
    return Answer(found, _checks(bird, found), {"neural": found, "stable": found}, given=given)


def _settled(circuit: Network, foods: Sequence[tuple[int, int]]) -> list[int]:
    """What the food neuron says at the end of each food, one after the other, from silence."""
    states = run(circuit, [food for food in foods for _ in range(N_STEPS)])
    return states[N_STEPS::N_STEPS, -1].astype(int).tolist()


def _under_feedback(weight: float, circuit: Network) -> dict[str, Any]:
    """Whether it settles whatever came before; what it says of a golf ball after a blueberry; its longest cycle."""
    after = _settled(circuit, [FOODS["blueberry"], FOODS["golf ball"]])[-1]
    period = max(len(cycle) for food in FOODS.values() for cycle in attractors(circuit, food))
    return {"feedback": weight, "is_stable": is_stable(circuit), "golf_ball_after": after, "period": period}


def _tolerance(circuit: Network) -> float:
    """The relative error of all numbers of the food neuron that turns no sum: least |z| / sum of |terms|."""
    unit, shares = circuit.units[-1], []
    for purple, is_round in FOODS.values():
        values = {"purple": purple, "round": is_round}
        size = abs(unit.bias) + sum(abs(w * values[s]) for s, w in unit.weights.items())
        shares.append(abs(weighted_sum(unit, values)) / size if size else 0.0)
    return min(shares)


def _checks(bird: Bird, found: dict) -> list[Check]:
    """Sums by hand; stability in closed form; errors of every sign, larger and larger."""
    food = bird.plain.units[-1]
    sums = [weighted_sum(food, {"purple": purple, "round": is_round}) for purple, is_round in FOODS.values()]
    by_hand = [int(z > 0) for z in sums]
    settles = [all((z > 0) == (float(exact(z) + exact(w)) > 0) for z in sums) for w in bird.circuits]
    return [
        Check("rows.response", by_hand, "by_hand"),
        Check("wrong_responses", sum(a != b for a, b in zip(by_hand, EDIBLE, strict=True)), "by_hand"),
        Check(
            "tolerance_of_weights",
            _least_error_that_turns([*food.weights.values(), food.bias]),
            "corners",
            tolerance=2e-3,  # a step of 0.001, and one more where rounding misses the 0
        ),
        Check("stability.is_stable", settles, "closed_form"),
        Check("n_stable", sum(settles), "closed_form"),
        Check("stable_with", [w for w, settled in zip(bird.circuits, settles, strict=True) if settled], "closed_form"),
    ]


def _least_error_that_turns(numbers: Sequence[float]) -> float:
    """The smallest relative error of all numbers, of any signs, at which some answer turns, in steps of 0.001."""
    senses = np.array([(*food, 1) for food in FOODS.values()])
    signs, errors = np.array(list(product((-1, 1), repeat=3))), np.arange(0, 1.001, 1e-3)
    z = (np.array(numbers) * (1 + errors[:, np.newaxis, np.newaxis] * signs)) @ senses.T  # error, signs, food
    turned = ((z > 0) != (np.array(numbers) @ senses.T > 0)).any(axis=(1, 2)) | (z == 0).any(axis=(1, 2))
    return float(errors[turned][0]) if turned.any() else 1.0


SOLUTIONS = {"bird-circuit": Solution(study, answer, Parameters())}
