"""Rules of every kind in Brian2: as in the exact engine where that reads them, else as the step shrinks."""

from dataclasses import replace
from functools import partial

import hybrid_rules
import numpy as np
import pytest
from hybrid_rules import (
    CALCIUM,
    CLIPPED_TWICE,
    STORED,
    TWO_CALCIUMS,
    tsodyks_markram,
)
from rule_cases import JUMPING as PUBLISHED
from spike_trains import GRID, any_times, grid_times

from plasticity import events, spiking
from plasticity.errors import UnsupportedRule
from plasticity.rules import Rule, is_readable, with_conventions

SEED = 22
# Of Tsodyks & Markram, what is transmitted is what changes: here the weight adds it up
RELEASES = tsodyks_markram(0.4, 0.3, 0.2)
RELEASES = replace(RELEASES, weight=replace(RELEASES.weight, jumps={"pre": "0.01*after(u)*R"}))
JUMPING = [*PUBLISHED, CLIPPED_TWICE, STORED, RELEASES]
JUMPING += [
    replace(with_conventions(rule, **{field: word}), name=f"{word}({rule.name})".replace(" ", "-"))
    for rule in JUMPING
    for field, word in (
        ("coincidence", "pre first"),
        ("coincidence", "post first"),
        ("order", "depression first"),
        ("clipping", "own side"),
    )
]


def third_events(rule, pre, post):
    """{event: trains} of which many coincide with spikes, after the delay of the rule; None for a rule without."""
    if "reward" not in rule.events:
        return None
    return {
        "reward": [np.sort(np.concatenate([a[::4] - 4e-3, b[1::5] + 2e-3])) for a, b in zip(pre, post, strict=True)]
    }


@pytest.mark.parametrize("rule", JUMPING, ids=str)
@pytest.mark.parametrize("dt", [None, GRID], ids=["any times", "grid"])
def test_brian2_and_the_exact_engine_agree_on_jumps_of_any_kind(rule, dt):
    pre, post = (any_times if dt is None else grid_times)(SEED)
    third, w0 = third_events(rule, pre, post), np.linspace(0, 1, len(pre))

    simulated = spiking.trajectory(rule, pre, post, w0, events=third, dt=dt)

    exact = events.trajectory(rule, pre, post, w0, events=third)
    np.testing.assert_array_equal(simulated.times, exact.times)
    np.testing.assert_allclose(simulated.weights, exact.weights, rtol=1e-12, atol=1e-14)
    assert np.nanstd(exact.weights) > 1e-4


# In steps the error falls with the step, or with its fourth power where nothing is crossed
FLOWING = {rule: 1 for rule in (CALCIUM, TWO_CALCIUMS)}


@pytest.mark.parametrize(("rule", "order"), FLOWING.items(), ids=lambda item: str(item))
def test_brian2_tends_to_the_exact_engine_as_the_step_shrinks(rule, order):
    pre, post = ([np.round(train[:8], 3) for train in trains] for trains in grid_times(SEED))
    rule = with_delay_of(rule, 14e-3)
    exact = events.final_weight(rule, pre, post, 0.5)

    errors = [np.abs(spiking.final_weight(rule, pre, post, 0.5, dt=dt) - exact).mean() for dt in (1e-3, 1e-3 / 4)]

    assert errors[1] < errors[0] * 0.5**order and np.abs(exact - 0.5).max() > 0.01


def with_delay_of(rule, seconds):
    """The rule with a delay that lies on the grid."""
    parameters = [replace(p, value=seconds) if p.name in rule.delays.values() else p for p in rule.parameters]
    return replace(rule, parameters=tuple(parameters))


EVERY = [*JUMPING, *(item for name, item in vars(hybrid_rules).items() if isinstance(item, Rule))]
SOURCES = {"v": lambda times: np.full_like(times, -0.05)}


@pytest.mark.parametrize("rule", EVERY, ids=str)
def test_what_an_engine_says_it_reads_runs_and_what_it_does_not_is_refused_with_one_that_does(rule):
    for name, engine in (("events", events), ("spiking", spiking)):
        more = {"events": {"reward": [0.05]} if "reward" in rule.events else None}
        more |= {"signals": {s.name: SOURCES["v"] for s in rule.signals if not s.delay} or None}
        more |= {"dt": 1e-4} if name == "spiking" else {}
        ask = partial(engine.final_weight, without_delays(rule), [0.01, 0.03], [0.02, 0.05], 0.5, **more)
        if is_readable(rule, name):
            assert np.isfinite(ask())
        else:
            with pytest.raises(UnsupportedRule, match="use plasticity.|no engine reads it"):
                ask()


def without_delays(rule):
    return replace(rule, delays={})
