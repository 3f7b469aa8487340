"""The pages of the triplet rule hold all rows of their publication."""

import math

import pytest

from plasticity import events, published
from plasticity.protocols import poisson
from plasticity.rules import RULES, nearest

TABLE = published.load("pfister2006_parameters")
PAGES = {"all-to-all": "triplet_all_to_all", "nearest-spike": "triplet_nearest"}
UNITS = {"A2_plus": 1.0, "A3_plus": 1.0, "A2_minus": 1.0, "A3_minus": 1.0}
UNITS |= dict.fromkeys(("tau_plus_ms", "tau_minus_ms", "tau_x_ms", "tau_y_ms"), 1e-3)


def rule_of(row):
    name = TABLE["data_set"][row].replace(" ", "_") + ("_minimal" if TABLE["model"][row] == "minimal" else "")
    return RULES[f"{PAGES[TABLE['interaction'][row]]}:{name}"]


@pytest.mark.parametrize("row", range(8))
def test_every_row_of_the_table_is_a_parameter_set(row):
    values = rule_of(row).values

    for name, factor in UNITS.items():
        printed = TABLE[name][row]
        if not math.isnan(float(printed or "nan")):
            assert values[name.removesuffix("_ms")] == pytest.approx(float(printed) * factor, rel=1e-12)


@pytest.fixture(scope="module")
def trains(rng=7):
    return poisson(25.0, 2.0, rng), poisson(30.0, 2.0, rng)


def test_the_minimal_row_of_visual_cortex_is_triplet_stdp(trains):
    row, page = RULES["triplet_all_to_all:visual_cortex_minimal"], RULES["triplet_stdp"]

    assert events.final_weight(row, *trains, 1.0) == pytest.approx(events.final_weight(page, *trains, 1.0), abs=1e-12)


def test_the_nearest_page_is_the_nearest_variant_of_the_other(trains):
    other = RULES["triplet_all_to_all:hippocampal_culture"]
    page = RULES["triplet_nearest"]
    same = nearest(type(other)(**{**vars(other), "parameters": page.parameters}))

    assert events.final_weight(page, *trains, 1.0) == pytest.approx(events.final_weight(same, *trains, 1.0), abs=1e-12)


@pytest.mark.parametrize("page", PAGES.values())
def test_a_page_starts_as_its_first_row(page):
    assert RULES[page].values == RULES[f"{page}:visual_cortex"].values
