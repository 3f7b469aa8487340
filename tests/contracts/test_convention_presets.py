"""Conventions as settings: presets, each field by itself, and what the fields that NEST needs do, in both engines."""

import math
from dataclasses import fields, replace

import numpy as np
import pytest
from changing import with_delay
from spike_trains import any_times, start_weights

from plasticity import events, spiking
from plasticity.errors import RuleError, SpikeTrainError, UnknownName
from plasticity.rules import (
    PRESETS,
    RULES,
    Bounds,
    Conventions,
    Parameter,
    Rule,
    Variable,
    nearest,
    nearest_trace,
    scaled,
    trace,
    weight,
    with_conventions,
)
from plasticity.rules.conventions import words
from plasticity.rules.describe import conventions
from plasticity.verification.definition import weights_by_definition

PAIR = RULES["pair_stdp"]
PAIRS = (Parameter("A_plus", 0.1), Parameter("A_minus", 0.12), Parameter("tau", 20e-3, "ms"))
engines = pytest.mark.parametrize("engine", [events, spiking], ids=["events", "spiking"])

# The form of Vogels et al. (2011): one change at a presynaptic spike, the sign of which varies.
INHIBITORY = Rule(
    "inhibitory",
    "our choice",
    (Parameter("eta", 0.3), Parameter("alpha", 0.5), Parameter("tau", 20e-3, "ms")),
    weight({"pre": "eta*(y - alpha)", "post": "eta*x"}),
    (trace("x", "pre", "tau"), trace("y", "post", "tau")),
)
# Only immediate pairings (`morrison2008`, Fig. 7 C), the last postsynaptic spike and whether it is used up kept apart.
RESTRICTED = Rule(
    "restricted",
    "morrison2008",
    PAIRS,
    weight({"pre": "-A_minus*y*unused", "post": "A_plus*x"}),
    (
        nearest_trace("x", "pre", "tau", reset_by="post"),
        nearest_trace("y", "post", "tau"),
        Variable("unused", {"pre": "= 0", "post": "= 1"}),
    ),
)


def test_a_preset_takes_the_place_of_all_conventions_and_a_setting_of_one():
    hebbian = RULES["spiking_hebbian"]

    assert with_conventions(hebbian, "default").conventions == Conventions()
    assert with_conventions(hebbian, clipping="own side").conventions.coincidence == "pre first"
    assert with_conventions(PAIR, "nest", imagined="pre at 0").conventions == replace(
        PRESETS["nest"], imagined="pre at 0"
    )
    assert with_conventions(PAIR, "nest").name == PAIR.name
    assert set(words()) == {field.name for field in fields(Conventions)}


@pytest.mark.parametrize(
    ("preset", "settings", "error", "message"),
    [
        ("neuron", {}, UnknownName, "unknown preset of conventions 'neuron'; known: brian2-example, default, nest"),
        ("", {"clip": "own side"}, UnknownName, "unknown convention 'clip'; known: clipping, coincidence, gates"),
        ("nest", {"order": "no"}, RuleError, "order.* is 'no'; allowed: potentiation first, depression first"),
    ],
)
def test_a_word_that_there_is_not_is_refused_with_those_there_are(preset, settings, error, message):
    with pytest.raises(error, match=message):
        with_conventions(PAIR, preset, **settings)


@pytest.mark.parametrize(("field", "word"), [(f, w) for f, allowed in words().items() for w in allowed])
def test_each_word_of_a_convention_is_said_where_it_is_not_the_usual_one(field, word):
    usual, said = conventions(with_conventions(PAIR, "default")), conventions(with_conventions(PAIR, **{field: word}))
    assert (said == usual) == (getattr(Conventions(), field) == word)


@engines
def test_terms_one_by_one_are_clipped_one_by_one_and_what_raises_comes_first(engine):
    one_by_one = with_conventions(INHIBITORY, terms="one by one")
    late = 0.3 * math.exp(-0.25)  # the pair, of 5 ms
    assert engine.final_weight(INHIBITORY, [0.015], [0.01], 0.9) == pytest.approx(0.9 + late - 0.15, rel=1e-12)
    assert engine.final_weight(one_by_one, [0.015], [0.01], 0.9) == pytest.approx(1.0 - 0.15, rel=1e-12)
    assert engine.final_weight(one_by_one, [0.015], [], 0.1) == 0.0


@engines
def test_an_imagined_spike_is_paired_by_what_remembers_the_last_spike_alone(engine):
    last, every = nearest(PAIR), PAIR
    imagined = with_conventions(last, imagined="pre at 0")
    rise = 0.005 * math.exp(-0.5)

    assert engine.final_weight(last, [], [0.01], 0.5) == 0.5
    assert engine.final_weight(imagined, [], [0.01], 0.5) == pytest.approx(0.5 + rise, rel=1e-12)
    assert engine.final_weight(with_conventions(every, imagined="pre at 0"), [], [0.01], 0.5) == 0.5
    for early in ([0.0, 0.1], [-0.1, 0.1]):
        with pytest.raises(SpikeTrainError, match="a spike is imagined at 0 s by the conventions of the rule"):
            engine.final_weight(imagined, early, [0.2], 0.5)


@engines
def test_a_gate_that_a_coincident_spike_opens_lets_through_the_last_spike_before(engine):
    pre, post = [0.02, 0.04], [0.01, 0.04]  # the second presynaptic spike: the one before is used up, a new one comes
    ours = 0.5 - 0.12 * math.exp(-0.5) + 0.1 * math.exp(-1.0)  # pairs: (20, 10) and (20, 40)
    opened = with_conventions(RESTRICTED, gates="post first")

    assert engine.final_weight(RESTRICTED, pre, post, 0.5) == pytest.approx(ours, rel=1e-12)
    again = ours - 0.12 * math.exp(-1.5)  # and (40, 10) once more
    assert engine.final_weight(opened, pre, post, 0.5) == pytest.approx(again, rel=1e-12)
    # the coincident one is used up by that
    assert engine.final_weight(opened, [*pre, 0.05], post, 0.5) == pytest.approx(again, rel=1e-12)
    late = ours - 0.12 * math.exp(-0.5)
    assert engine.final_weight(RESTRICTED, [*pre, 0.05], post, 0.5) == pytest.approx(late, rel=1e-12)


MADE = [with_conventions(rule, preset) for rule in (INHIBITORY, RESTRICTED) for preset in PRESETS]
MADE += [with_conventions(nearest(scaled(PAIR, 20)), "nest", imagined="pre at 0")]
MADE += [with_conventions(RESTRICTED, "nest", imagined="pre at 0"), with_delay(MADE[-1], "post", 3e-3)]


@pytest.mark.parametrize("number", range(len(MADE)))
def test_both_engines_follow_the_definition_under_every_preset(number):
    rule = MADE[number]
    pre, post = any_times(7)
    w0 = start_weights(rule)

    exact, simulated = (engine.trajectory(rule, pre, post, w0).weights for engine in (events, spiking))

    np.testing.assert_allclose(simulated, exact, rtol=1e-12, atol=1e-14)
    for row, a, b, w in zip(exact, pre, post, w0, strict=True):
        expected = weights_by_definition(rule, {"pre": a, "post": b}, w)
        np.testing.assert_allclose(row[np.isfinite(row)], expected, rtol=1e-12, atol=1e-14)
    assert np.nanstd(exact) > 0.05 and rule.bounds == Bounds(0.0, 1.0)
