"""A rule or neuron knows its experiments without importing them."""

import re

import pytest

from plasticity.cli.show_text import told
from plasticity.neurons import NEURONS
from plasticity.rules import RULES
from plasticity.runs import EXPERIMENTS
from plasticity.runs.uses import experiments_with

VARIANT = re.compile(r"^\w+\((\w+)\)$")


@pytest.mark.parametrize("name", [*RULES, *NEURONS])
def test_the_experiments_of_a_record_are_those_that_name_it(name):
    bases = {
        one.name: {VARIANT.sub(r"\1", record.name).partition(":")[0] for record in one.records}
        for one in EXPERIMENTS.values()
    }
    assert experiments_with(name) == [experiment for experiment, used in sorted(bases.items()) if name in used]


def test_a_card_points_to_the_experiments_and_a_set_to_those_of_its_record():
    assert told(RULES["bcm"]).sections["experiments"] == ("rate_rules",)
    assert told(NEURONS["adex:regular_bursting"]).data["experiments"] == ["firing_patterns"]
    assert told(RULES["stdp_family"]).sections["experiments"] == ()
