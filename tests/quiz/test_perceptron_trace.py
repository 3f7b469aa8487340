"""The lecture's table of AND, carried on to convergence, and other tables of the same rule."""

from dataclasses import replace

import numpy as np
import pytest
from asked_once import answered

from plasticity.errors import ArgumentError
from plasticity.quiz import LECTURE, ask
from plasticity.quiz.answers.perceptron import trace
from plasticity.studies.perceptron_trace import Parameters, on_paper, study


def asked(*assignments):
    (found,) = ask([LECTURE["perceptron-and-trace"]], assignments=assignments)
    return found


def followed(start, rate, targets, n_epochs):
    """The rule once more, in doubles: rows as printed, and the weights after them."""
    weights, rows = np.array(start), []
    for pattern, target in [*zip(("110", "101", "100", "111"), targets, strict=True)] * n_epochs:
        x = np.array([int(bit) for bit in pattern])
        rows.append([pattern, (weights.round(9) + 0.0).tolist(), int((weights @ x).round(9) > 0), target])
        weights = weights + rate * (target - rows[-1][2]) * x
    return rows, weights


@pytest.mark.parametrize(
    ("assignments", "start", "rate"),
    [
        ((), (-1.2, -0.3, -0.4), 0.9),
        (("rate=0.1",), (-1.2, -0.3, -0.4), 0.1),
        (("start=0.5,2,-1", "rate=0.25"), (0.5, 2.0, -1.0), 0.25),
    ],
)
def test_the_table_is_the_rule_followed_in_doubles(assignments, start, rate):
    found = asked(*assignments).answer.measurements
    rows, weights = followed(start, rate, (0, 0, 0, 1), found["n_epochs_shown"])
    assert found["trace"] == rows and found["weights_final"] == pytest.approx(weights)


def test_the_table_ends_with_the_first_epoch_without_a_mistake():
    found = answered("perceptron-and-trace").answer.measurements
    wrong = [output != target for _, _, output, target in found["trace"]]
    assert not any(wrong[-4:]) and any(wrong[-8:-4]) and found["updates"] == sum(wrong)
    assert [row["row"] for row in found["rows"] if row["mark"] == "slide"] == [9]


def test_the_mistakes_balance_the_last_bias():
    found = answered("perceptron-and-trace").answer.measurements
    assert found["weights_final"][0] == pytest.approx(-1.2 + 0.9 * (found["n_raised"] - found["n_lowered"]))


@pytest.mark.parametrize("number", range(1, 10))
def test_each_printed_row_is_compared_by_itself(number):
    rows, claims = list(study(Parameters()).rows), LECTURE["perceptron-and-trace"].question.claims
    rows[number - 1] = replace(rows[number - 1], output=1 - rows[number - 1].output)
    differing = [claim.measurement for claim in claims if not claim.holds(trace._one_by_one(rows))]
    assert differing == [f"row_{number}"]


@pytest.mark.parametrize(
    ("assignments", "outcome", "verdict"),
    [
        (("targets=1,1,0,0", "start=0,0,0", "rate=1"), "circles", "differs"),
        (("start=0,0,0", "n_epochs=1"), "unfinished", "differs"),
        (("start=-3,2,2",), "converged", "differs"),  # right from the start: four rows, fewer than are printed
        (("targets=1,1,1,1",), "converged", "differs"),
        (("start=1e-300,0,0",), "converged", "differs"),  # as good as 0, and yet it makes the first unit fire
    ],
)
@pytest.mark.parametrize("language", ["en", "he"])
def test_other_tables_end_as_their_targets_let_them(assignments, outcome, verdict, language):
    found = asked(*assignments)
    assert (found.answer.measurements["outcome"], found.verdict) == (outcome, verdict)
    assert found.told(language).answer and all(check.holds(found.answer.measurements) for check in found.answer.checks)


def test_on_paper_a_unit_that_fires_at_zero_takes_another_course():
    parameters = Parameters(start=(0.0, 0.0, 0.0), rate=1.0)
    found = study(parameters)
    assert [row.output for row in found.firing_at_zero[:3]] == [1, 0, 0] and on_paper(parameters) == found.rows
    assert [row.output for row in found.rows[:3]] == [0, 0, 0]


def test_too_few_weights_at_the_start_are_refused():
    with pytest.raises(ArgumentError, match="start has 2 weights and targets has 4 values; allowed: 3 weights"):
        asked("start=1,1")
