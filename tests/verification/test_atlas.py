"""The page of conventions: what matters is found, smallest first, and by both engines."""

import pytest

from plasticity import events, spiking
from plasticity.rules import PRESETS, with_conventions
from plasticity.rules.conventions import words
from plasticity.verification.atlas import smallest

FELT = {"coincidence": 2, "order": 3, "transmitted": 1, "terms": 2, "gates": 3, "imagined": 1}


@pytest.mark.parametrize("field", words())
def test_the_smallest_trains_have_so_many_spikes(field):
    found = smallest(field)
    assert (len(found.pre) + len(found.post) if found else None) == FELT.get(field)


@pytest.mark.parametrize("field", sorted(set(FELT) - {"transmitted"}))
def test_the_results_are_those_of_both_engines(field):
    found = smallest(field)
    for word, result in found.results.items():
        rule = with_conventions(found.rule, "default", **{field: word})
        for engine in (events, spiking):
            assert engine.final_weight(rule, found.pre, found.post, found.w0) == pytest.approx(result, abs=1e-14)


def test_every_field_in_which_a_preset_is_not_the_default_is_felt_or_said_never_to_be():
    usual = PRESETS["default"]
    other = {f for p in PRESETS.values() for f in words() if getattr(p, f) != getattr(usual, f)}
    assert other - set(FELT) == {"clipping"} and smallest("clipping") is None
