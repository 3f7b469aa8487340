"""What the page is written with: rules, words, presets; and that nothing in it reaches outside."""

import json
import re

import numpy as np
import pytest

from plasticity.errors import ArgumentError, UnknownName
from plasticity.explorer import MARK, page
from plasticity.explorer.assembling import words
from plasticity.explorer.contents import idle, rules, settling
from plasticity.explorer.presets import fired, presets, repeating
from plasticity.neurons import NEURONS, closed_form_rate, rheobase, with_parameters
from plasticity.protocols import PROTOCOLS
from plasticity.rules import RULES, is_readable, soft_bounds
from plasticity.rules import with_parameters as with_rule_parameters
from plasticity.rules.system import system

TEXT = page().decode("utf-8")
LECTURE = (
    "mutual-pair anti-hebbian-together bias-no-input bias-growing-inhibition inhibition-below-bias "
    "inhibition-above-bias post-before-pre-biological weight-decreased-artificial hebbian-together"
).split()


def test_nothing_in_the_page_names_another_file_or_an_address_to_fetch():
    assert not re.findall(r"""\b(?:src|srcset|action)\s*=|@import|url\(|fetch\(|XMLHttp|WebSocket|eval\(""", TEXT)
    assert {link for link in re.findall(r'href="([^"]*)"', TEXT)} == {"data:,", "#answer"}
    assert "default-src 'none'" in TEXT and "unsafe" not in TEXT.split("<style>")[0]


def test_the_page_is_small_and_known_as_ours():
    assert len(page()) < 300_000 and MARK in page("he")


def test_a_page_opens_in_either_language_and_with_any_of_its_rules():
    assert page("he").startswith(b'<!doctype html>\n<html lang="he" dir="rtl">')
    assert 'data-rule="calcium"' in page(rule="calcium").decode("utf-8")


@pytest.mark.parametrize(("given", "error"), [({"language": "fr"}, ArgumentError), ({"rule": "bcm"}, UnknownName)])
def test_what_the_page_lacks_is_refused(given, error):
    with pytest.raises(error, match="allowed|known"):
        page(**given)


def test_both_languages_say_the_same_and_all_that_records_say_is_in_hebrew():
    english, hebrew = words("en"), words("he")
    shown = [rule for one in rules().values() for rule in one.variants.values()]
    of_records = {f"meanings-{p.meaning}" for rule in shown for p in rule.parameters if p.meaning}
    of_records |= {f"summaries-{name}" for name in rules()}
    assert set(hebrew) >= set(english) | of_records
    places = {key: sorted(re.findall(r"\{\w+\}", text)) for key, text in english.items()}
    assert {key: sorted(re.findall(r"\{\w+\}", hebrew[key])) for key in english} == places
    assert {f"names-{name}" for name in rules()} <= set(english)


def test_the_page_has_every_rule_that_its_engine_reads_and_that_moves_a_weight_by_spikes_alone():
    moving = {n for n, rule in RULES.items() if is_readable(rule, "javascript") and not rule.signals}
    assert moving - set(rules()) == {"tsodyks_markram"}  # its weight never changes


def test_a_parameter_that_is_in_no_equation_is_no_slider():
    assert idle(RULES["calcium"]) == ["sigma", "rho_star", "beta", "b"]
    assert idle(RULES["pair_stdp"]) == [] and idle(soft_bounds(RULES["pair_stdp"])) == []


def test_the_lectures_nine_and_all_protocols_are_presets_under_rules_of_the_page():
    made = presets()
    assert [one["id"] for one in made] == [*LECTURE, *PROTOCOLS]
    assert all(one["scenario"]["rule"] in rules() for one in made)
    assert {f"note-{one['id']}" for one in made} | {f"preset-{one['id']}" for one in made} <= set(words("en"))
    assert all(len(times) <= 60 for one in made for times in one["scenario"]["spikes"].values())
    json.dumps(made, allow_nan=False)


def test_a_protocol_is_its_pattern_repeated():
    (pairing,) = (one["scenario"] for one in presets() if one["id"] == "pairing")
    assert (pairing["spikes"], pairing["repeat"], pairing["every"]) == ({"pre": [20.0], "post": [30.0]}, 60, 1000.0)


def test_trains_that_nothing_repeats_stay_whole():
    trains = {"pre": np.array([1.0, 5.0, 12.0]), "post": np.array([2.0, 9.0, 14.0])}
    assert repeating(trains) == (trains, 1, 0.0)


@pytest.mark.parametrize("level", [0.0, 0.6, 0.9])
def test_the_neuron_of_the_lecture_fires_at_the_rate_of_the_closed_form(level):
    neuron = with_parameters(NEURONS["lif_excitatory"], bias=0.25)
    times = fired([level], 5.0)
    expected = closed_form_rate(neuron, -level * 0.25 * rheobase(neuron))
    assert np.allclose(1 / np.diff(times), expected, rtol=1e-9, atol=0)  # rounding: both are closed forms


def test_inhibition_above_the_bias_silences_the_neuron():
    times = fired([0.0, 1.2], 0.5)
    assert times and max(times) < 0.5 + 0.05


@pytest.mark.parametrize("name", ["calcium", "reward_stdp"])
def test_a_weight_that_still_moves_is_read_by_the_time_constants_of_its_rule(name):
    rule = RULES[name]
    slower = with_rule_parameters(rule, **{one: 3 * rule.values[one] for one in settling(rule)})
    assert max(slower.values[one] for one in settling(rule)) == pytest.approx(max(system(slower).time_constants))
    assert settling(RULES["pair_stdp"]) == []
