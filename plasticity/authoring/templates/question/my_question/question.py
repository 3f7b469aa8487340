"""What a presynaptic spike that comes too late does to a synapse, again and again.

The words stand in my_question.en.toml and my_question.he.toml, with places for what is measured here.
"""

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from plasticity.events import final_weight
from plasticity.experiment import parameter
from plasticity.quiz import Answer, Check, Solution, question
from plasticity.rules import RULES, unbounded

ROUNDING = 1e-12  # both routes add up sixty changes of a weight of about 1


@dataclass(frozen=True)
class Scenario:
    """What can be set, as `plasticity quiz my_question --set lag=5ms` does."""

    lag: float = parameter(10e-3, "ms", "by how much the presynaptic spike comes later", least=1e-3, most=0.1)
    n_pairs: int = parameter(60, meaning="how often", least=1, most=1000)
    interval: float = parameter(1.0, "s", "from one pair to the next", least=0.5, most=10.0)
    w0: float = parameter(0.5, meaning="the weight before", least=0.0, most=1.0)


@dataclass(frozen=True)
class Found:
    """The weight after, with the bound at zero and without it, and by the closed form of the window."""

    w0: float
    bounded: float
    free: float
    by_hand: float


def study(scenario: Scenario) -> Found:
    """Give the same spikes to a biological synapse, and to one without bounds."""
    rule = RULES["pair_stdp"]
    post = 0.1 + scenario.interval * np.arange(scenario.n_pairs)
    pre = post + scenario.lag
    return Found(
        w0=scenario.w0,
        bounded=float(final_weight(rule, pre, post, scenario.w0)),
        free=float(final_weight(unbounded(rule), pre, post, scenario.w0)),
        by_hand=scenario.w0 + _by_hand(scenario),
    )


def _by_hand(scenario: Scenario) -> float:
    """The change without bounds: every pair of spikes, whatever lies between, adds what the window says."""
    values = RULES["pair_stdp"].values
    total = 0.0
    for apart in range(-scenario.n_pairs + 1, scenario.n_pairs):  # pairs between the post and the pre spike
        n, lag = scenario.n_pairs - abs(apart), scenario.lag + apart * scenario.interval
        side = "minus" if lag > 0 else "plus"
        size = values[f"A_{side}"] * math.exp(-abs(lag) / values[f"tau_{side}"])
        total += n * (-size if lag > 0 else size)
    return total


def answer(found: Found) -> Answer:
    """What was measured, and how it is confirmed."""
    measured = {
        "w_before": found.w0,
        "w_after": found.bounded,
        "w_free": found.free,
        "outcome": "weaker" if found.bounded < found.w0 else "stronger",
    }
    checks = [Check("w_free", found.by_hand, "window", ROUNDING)]
    return Answer(measured, checks, {"pair_stdp": measured}, given=("w_before",), records=("pair_stdp",))


QUESTION = question(Path(__file__).parent / "my_question.toml", Solution(study, answer, Scenario()))
