"""Experiments under other conventions: the number that hangs on them, what the caption says, and every claim."""

import json
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from plasticity import runs
from plasticity.errors import UnknownName
from plasticity.rules import PRESETS
from plasticity.runs.manifest import MANIFEST

SMALLER = {
    "stdp_window": {"n_lags": 21},
    "inhibitory_balance": {"n_synapses": 50, "duration": 4.0},
    "short_term_release": {"n_rates": 5},
}
SAID = {
    ("stdp_window", "default"): "lag 0 is ignored by convention",
    ("stdp_window", "brian2-example"): "at lag 0 pre acts first by convention",
    ("stdp_window", "nest"): "lag 0 is ignored by convention",
    ("inhibitory_balance", "default"): "step of 0.5 ms does not count, and a spike transmits the weight before",
    ("inhibitory_balance", "brian2-example"): "step of 0.5 ms counts in full, and a spike transmits the weight before",
    ("inhibitory_balance", "nest"): "step of 0.5 ms does not count, and a spike transmits the weight after",
    ("short_term_release", "default"): "(default) a spike transmits before its own update",
    ("short_term_release", "brian2-example"): "(brian2-example) a spike transmits before its own update",
    ("short_term_release", "nest"): "(nest) a spike transmits after its own update",
}
NAMES = [name for name in runs.EXPERIMENTS.names() if hasattr(runs.EXPERIMENTS[name].full, "conventions")]


@cache
def finished(name, conventions):
    experiment = runs.EXPERIMENTS[name]
    return runs.run(experiment, replace(experiment.quick, conventions=conventions, **SMALLER.get(name, {})), "quick")


@pytest.mark.parametrize("conventions", PRESETS)
@pytest.mark.parametrize("name", NAMES)
def test_every_claim_holds_under_every_preset(name, conventions):
    claims = finished(name, conventions).claims
    assert [f"{claim.sentence}: {claim.figures}" for claim in claims if not claim.holds] == []


@pytest.mark.parametrize(("name", "conventions"), SAID)
def test_the_caption_says_which_convention_was_used(name, conventions):
    done = finished(name, conventions)
    assert SAID[name, conventions] in done.experiment.caption(done.parameters, done.result)


@pytest.mark.parametrize("name", NAMES)
def test_the_manifest_holds_the_rules_under_the_conventions_of_the_run(name):
    records = json.loads(finished(name, "nest").files("png")[MANIFEST])["records"]
    said = [line for record in records for line in record.get("conventions", ()) if "transmits the weight" in line]
    assert said and all("after its own update" in line for line in said)


@pytest.mark.parametrize("name", NAMES)
def test_a_convention_that_there_is_not_is_refused_in_one_line(name):
    with pytest.raises(UnknownName, match="^unknown preset of conventions 'neuron'; known: .*nest$"):
        finished(name, "neuron")


@pytest.mark.parametrize(("conventions", "change"), {"default": 0.0, "brian2-example": 60 * 0.005, "nest": 0.0}.items())
def test_the_window_at_lag_zero_is_that_of_the_convention(conventions, change):
    result = finished("stdp_window", conventions).result
    assert result.changes[0, result.lags == 0] == pytest.approx(change, abs=1e-12)  # of 60 pairings


def test_inhibition_counts_coincident_spikes_and_acts_at_once_where_the_convention_says_so():
    usual, counted, late = (finished("inhibitory_balance", preset).result for preset in PRESETS)
    assert (counted.pairs > usual.pairs).all()
    assert np.abs(counted.weights - usual.weights).max() > 1e-3 < np.abs(late.weights - usual.weights).max()


def test_a_depressing_synapse_that_transmits_late_keeps_the_half_that_it_has_not_used():
    usual, _, late = (finished("short_term_release", preset).result for preset in PRESETS)
    assert late.releases[0] == pytest.approx(0.5 * usual.releases[0], rel=1e-12)  # U = 1/2
