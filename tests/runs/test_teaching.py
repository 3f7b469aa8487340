"""The order in which one meets the experiments, and how long they say that they take."""

import re
from dataclasses import replace

import pytest
from small_experiment import EXPERIMENT

from plasticity import runs
from plasticity.runs.teaching import FAMILIES, durations, in_order, title

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


def test_every_experiment_has_a_title_of_its_own_in_words():
    titles = {name: title(replace(EXPERIMENT, name=name)) for name in PLACED}
    assert len(set(titles.values())) == len(PLACED) and max(map(len, titles.values())) <= 40
    assert titles["stdp_window"] == "The STDP window" and "_" not in "".join(titles.values())


def test_one_of_another_package_is_called_by_its_name_in_words():
    assert title(replace(EXPERIMENT, name="my_oja_test")) == "My Oja test"
    assert title(replace(EXPERIMENT, name="stdp_again")) == "STDP again"
