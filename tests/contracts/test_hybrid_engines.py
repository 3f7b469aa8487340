"""Rules of every kind in Brian2: as in the exact engine where that reads them, else as the step shrinks."""

from dataclasses import replace

import numpy as np
import pytest
from changing import with_conventions
from hybrid_rules import (
    CLIPPED_TWICE,
    PRESYNAPTIC_CENTRED,
    REDUCED_SYMMETRIC,
    STORED,
    SUPPRESSION,
    tsodyks_markram,
)
from spike_trains import GRID, any_times, grid_times

from plasticity import events, spiking

SEED = 22
# Of Tsodyks & Markram, what is transmitted is what changes: here the weight adds it up
RELEASES = tsodyks_markram(0.4, 0.3, 0.2)
RELEASES = replace(RELEASES, weight=replace(RELEASES.weight, jumps={"pre": "0.01*after(u)*R"}))
JUMPING = [PRESYNAPTIC_CENTRED, REDUCED_SYMMETRIC, SUPPRESSION, CLIPPED_TWICE, STORED, RELEASES]
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
