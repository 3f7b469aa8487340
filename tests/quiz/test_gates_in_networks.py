"""The bird's circuit and the construction theorem, with the lecture's numbers and with others."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from asked_once import answered

from plasticity.artificial.gates import bird_circuit
from plasticity.errors import ArgumentError
from plasticity.quiz import LECTURE, ask
from plasticity.quiz.answers.gates import bird, by_hand


def asked(id, *assignments):
    (found,) = ask([LECTURE[id]], assignments=assignments)
    return found


def test_the_machine_reading_of_the_bird_is_not_trusted_and_the_and_comes_first():
    found = answered("bird-circuit")
    assert found.verdict == "scan" and found.told("en").answer.startswith("An AND")
    assert found.held() == {}


@pytest.mark.parametrize("weight", bird.Parameters().feedback)
def test_the_bird_is_stable_where_its_neuron_obeys_its_senses_alone(weight):
    def settles(senses):
        return {e: senses - 1.5 + weight * e > 0 for e in (0, 1)}

    obeys = all(len(set(settles(senses).values())) == 1 for senses in (0, 1, 2))
    rows = {row["feedback"]: row for row in answered("bird-circuit").answer.measurements["stability"]}
    assert rows[weight]["is_stable"] == obeys
    assert (rows[weight]["golf_ball_after"], rows[weight]["period"]) == (weight > 0.5, 2 if weight <= -0.5 else 1)


@pytest.mark.parametrize(("weights", "eaten"), [("1,1,-0.5", ["golf ball", "aubergine"]), ("2,1,-1.5", ["aubergine"])])
def test_a_bird_with_other_weights_eats_what_it_should_not(weights, eaten):
    found = asked("bird-circuit", f"weights={weights}")
    rows = found.answer.measurements["rows"]
    assert [row["food"] for row in rows if row["response"] > row["edible"]] == eaten
    assert found.told("en").answer.startswith("Not this one") and all(
        check.holds(found.answer.measurements) for check in found.answer.checks
    )


def test_beyond_the_tolerance_a_copy_of_the_bird_can_fail():
    edible = bird_circuit().units[-1]
    off = replace(edible, weights={s: w * 0.85 for s, w in edible.weights.items()}, bias=edible.bias * 1.15)
    assert answered("bird-circuit").answer.measurements["tolerance_of_weights"] < 0.15
    assert by_hand.output(replace(bird_circuit(), units=(*bird_circuit().units[:-1], off)), (1, 1)) == 0


@pytest.mark.parametrize(
    ("table", "sizes", "verdict"),
    [
        ("0,1,1,0", [4, 2, 2], "depends"),
        ("0,1,1,1", [4, 3, 1], "depends"),
        ("0,0,0,0", [4, 0, 4], "depends"),
        ("0,1,1,0,1,0,0,1", [8, 4, 4], "depends"),  # parity of three: its four false rows are as many as printed
        ("1,0", [2, 1, 1], "differs"),
    ],
)
def test_any_table_is_built_from_its_rows(table, sizes, verdict):
    found = asked("construction-theorem", f"table={table}")
    measured = found.answer.measurements
    assert [row["n_hidden"] for row in measured["rows"]] == sizes and measured["wrong_rows"] == 0
    assert found.verdict == verdict and all(check.holds(measured) for check in found.answer.checks)


@pytest.mark.parametrize("seed", range(3))
def test_a_random_table_of_four_inputs_is_built_right(seed):
    table = np.random.default_rng(seed).integers(0, 2, 16).tolist()
    measured = asked("construction-theorem", f"table={','.join(map(str, table))}").answer.measurements
    fires = measured["units"][-1]["fires_at"]
    every = ["".join(map(str, bits)) for bits in itertools.product((0, 1), repeat=4)]
    assert fires == [row for row, truth in zip(every, table, strict=True) if truth]
    assert measured["n_true_rows"] == sum(table)


def test_a_table_of_three_rows_is_refused():
    with pytest.raises(ArgumentError, match="table has 3 values; allowed: 2, 4, 8 or 16"):
        asked("construction-theorem", "table=1,0,1")
