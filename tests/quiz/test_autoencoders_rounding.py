"""8-3-8: the slide's table rounded by hand, other networks, other numbers."""

import numpy as np
import pytest
from asked_once import answered

from plasticity.artificial.autoencoders import codes, train_autoencoder
from plasticity.errors import ArgumentError
from plasticity.quiz import LECTURE, ask
from plasticity.studies import encoder_problem

ID = "autoencoder-8-3-8"


def asked(*assignments):
    (found,) = ask([LECTURE[ID]], assignments=assignments)
    return found.answer.measurements


def test_the_codes_of_the_slide_are_the_eight_patterns_of_three_bits():
    found = answered(ID).answer.measurements["slide_rounded_codes"]
    assert found == ["100", "001", "010", "111", "000", "011", "101", "110"]  # row by row, by hand


def test_every_network_solves_it_and_only_some_keep_their_rounded_codes_different():
    found = answered(ID)
    assert found.answer.measurements["solved_fraction"] == 1.0
    assert 0 < found.answer.measurements["codes_distinct_fraction"] < 1
    assert found.held() == {"table": True, "real": True, "rounded": False}


def test_two_codes_on_one_side_of_the_half_are_one_when_rounded():
    hidden = np.array([[0.1, 0.9], [0.4, 0.6], [0.9, 0.9]])
    assert (encoder_problem.n_different(hidden), encoder_problem.n_different(hidden, 2)) == (2, 3)


def test_two_hidden_units_cannot_keep_eight_rounded_codes_apart():
    found = asked("n_hidden=2")
    assert found["codes_distinct_fraction"] == 0 and max(found["n_rounded_codes"]) <= found["n_patterns"] == 4


def test_four_objects_through_two_units_are_those_of_networks_trained_one_by_one():
    found, p = asked("n_objects=4", "n_hidden=2", "n_networks=5"), encoder_problem.Parameters(4, 2, 5)
    alone = [
        train_autoencoder(start, np.eye(4), descent=encoder_problem.descent(p)).autoencoder
        for start in encoder_problem.study(p).starts
    ]
    assert found["n_rounded_codes"] == [len(np.unique(codes(one, np.eye(4)) >= 0.5, axis=0)) for one in alone]


def test_a_table_of_ones_own_is_rounded():
    found = asked("table=0.9,0.1,0.2,0.8,0.4,0.3")
    assert (found["slide_rounded_codes"], found["slide_outcome"]) == (["100", "100"], "fewer")
    with pytest.raises(ArgumentError, match="3 for each input"):
        asked("table=0.9,0.1")


def test_networks_that_are_half_trained_are_confirmed_too():
    (found,) = ask([LECTURE[ID]], assignments=["n_hidden=2", "n_networks=9"])
    assert all(check.holds(found.answer.measurements) for check in found.answer.checks)
