"""Events of several kinds in one order: the definition read aloud, one event at a time."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plasticity.errors import SpikeTrainError
from plasticity.trains import merged, taken
from plasticity.trains.ordering import instants

FIXED = settings(derandomize=True, deadline=None, max_examples=200)
KINDS = ("pre", "post", "reward", "novelty")
NEAR = 0.4e-9  # seconds: three of it are more than an instant


@st.composite
def several_trains(draw, kinds=KINDS):
    """{kind: one or three trains}, on a grid so fine that chains of near events are common."""
    n = draw(st.sampled_from([1, 3]))
    ticks = st.lists(st.integers(0, 30), unique=True, max_size=8)
    trains = {}
    for kind in kinds:
        steps = [sorted({3 * tick for tick in draw(ticks)}) for _ in range(n)]
        shift = draw(st.integers(0, 2))
        trains[kind] = [np.array([NEAR * (step + shift) for step in row]) for row in steps]
    return trains


def by_definition(trains):
    """[(time, kinds)] of one synapse."""
    found = []
    every = [(time, rank, kind) for rank, (kind, times) in enumerate(trains.items()) for time in times]
    for time, _, kind in sorted(every):
        if found and time - found[-1][0] < 1e-9 and kind not in found[-1][1]:
            found[-1][1].add(kind)
        else:
            found.append((time, {kind}))
    return found


def ordered(trains):
    return instants({kind: taken(rows, kind) for kind, rows in trains.items()})


@FIXED
@given(several_trains())
def test_every_instant_holds_the_events_of_its_definition(trains):
    spikes = ordered(trains)

    for column in range(len(trains["pre"])):
        found = [
            (spikes.times[slot, column], {kind for kind in KINDS if spikes.fires(kind)[slot, column]})
            for slot in range(len(spikes.times))
        ]
        assert [item for item in found if item[1]] == by_definition({k: rows[column] for k, rows in trains.items()})


@FIXED
@given(several_trains())
def test_every_event_keeps_a_slot_and_time_never_goes_back(trains):
    spikes = ordered(trains)

    assert (np.diff(spikes.times, axis=0) >= 0).all()
    counts = np.sum([[len(row) for row in rows] for rows in trains.values()], axis=0)
    assert spikes.n_spikes.tolist() == counts.tolist()


@FIXED
@given(several_trains(("pre", "post")))
def test_two_kinds_are_ordered_as_two_trains_are(trains):
    spikes, two = ordered(trains), merged(trains["pre"], trains["post"])

    for name in ("times", "pre", "post", "n_spikes"):
        np.testing.assert_array_equal(getattr(spikes, name), getattr(two, name))


def test_as_many_trains_of_each_kind_are_needed():
    trains = {"pre": [[0.1], [0.2]], "post": [[0.1], [0.2]], "reward": [[0.1], [0.2], [0.3]]}

    with pytest.raises(SpikeTrainError, match="^2 presynaptic, 2 postsynaptic and 3 reward trains; give as many of ea"):
        ordered(trains)


def test_a_delay_shifts_one_kind():
    trains = {kind: taken([0.1]) for kind in ("pre", "post", "reward")}

    spikes = instants(trains, delays={"reward": 0.02})

    assert spikes.times[:, 0].tolist() == [0.1, 0.1, 0.1 + 0.02] and spikes.fires("reward")[:, 0].tolist() == [0, 0, 1]
