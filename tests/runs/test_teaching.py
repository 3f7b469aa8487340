"""The order in which one meets the experiments, and how long they say that they take."""

import re

import pytest
from small_experiment import EXPERIMENT

from plasticity import runs
from plasticity.runs.teaching import FAMILIES, durations, in_order

PLACED = [name for names in FAMILIES.values() for name in names]


def test_every_experiment_has_one_place():
    assert set(runs.EXPERIMENTS) <= set(PLACED) and len(PLACED) == len(set(PLACED))
    assert "others" not in in_order([*runs.EXPERIMENTS])


def test_names_keep_the_order_of_teaching_and_those_of_others_come_last():
    found = in_order(["theirs", "stdp_window", "fi_curve", "mutual_pair"])
    assert [name for names in found.values() for name in names] == ["stdp_window", "mutual_pair", "fi_curve", "theirs"]


@pytest.mark.parametrize("name", runs.EXPERIMENTS)
def test_every_experiment_says_how_long_it_takes(name):
    assert all(re.fullmatch(r"\d+ s", text) for text in durations(runs.EXPERIMENTS[name]))


def test_one_that_does_not_say_has_no_time():
    assert durations(EXPERIMENT) == ("", "")
