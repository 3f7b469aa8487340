"""The ledger as a table: the largest entries, and one line for all that a person does not read."""

import io

import numpy as np
import pytest
from rich.console import Console

from plasticity.ask import Question, answer
from plasticity.cli.ask_text import MOST_ROWS, show_answers
from plasticity.rules.library.pair_stdp import PAIR_STDP


def lines(question):
    text = io.StringIO()
    show_answers(Console(file=text, width=120), [answer(question)], explain=True)
    return [line.split() for line in text.getvalue().splitlines()[4:]]  # behind sentence, parameters, bounds, heading


@pytest.mark.parametrize(
    ("n_repeats", "n_rows", "n_smaller"),
    [(1, 4, 0), (2, 8, 8), (11, MOST_ROWS, 44**2 // 4 - MOST_ROWS)],
    ids=["none is small", "all are shown but the summed", "not all are shown"],
)
def test_every_pair_is_shown_or_counted(n_repeats, n_rows, n_smaller):
    question = Question(PAIR_STDP, pre=(0.010, 0.030), post=(0.015, 0.035), n_repeats=n_repeats)
    *rows, total = lines(question)

    smaller = [int(row[0]) for row in rows if row[1] == "smaller"]
    assert (len(rows) - len(smaller), sum(smaller)) == (n_rows, n_smaller)
    shares = [float(row[3] if row[1] != "smaller" else row[2]) for row in rows]
    assert total == ["sum", f"{answer(question).dw:+.9f}"]
    assert sum(shares) == pytest.approx(answer(question).dw, abs=1e-9 * len(shares))


def test_the_rows_are_the_largest_in_the_order_of_time():
    question = Question(PAIR_STDP, pre=tuple(0.1 * np.arange(30)), post=tuple(0.1 * np.arange(30) + 0.02))
    rows = lines(question)[:MOST_ROWS]

    assert all(abs(float(row[2])) < 100 for row in rows)  # 59 pairs are 20 or 80 ms apart, all others 120 ms or more
    last = [max(float(row[0]), float(row[1])) for row in rows]
    assert last == sorted(last)
