"""Spike trains of Neo, in and out."""

import neo
import numpy as np
import pytest
import quantities as pq
from hypothesis import given, settings
from hypothesis import strategies as st

from plasticity.errors import ArgumentError, InputError, MissingPackage, SpikeTrainError
from plasticity.trains import from_neo, read, to_neo

A, B = [0.0105, 0.03], [0.015, 0.035]  # seconds


def train(times, unit, **named):
    seconds = pq.Quantity(times, "s")
    return neo.SpikeTrain(seconds.rescale(unit), t_start=-1 * pq.s, t_stop=1 * pq.s, **named)


def segment(*trains):
    made = neo.Segment()
    made.spiketrains.extend(trains)
    return made


def block(*segments):
    made = neo.Block()
    made.segments.extend(segments)
    return made


def found(source, **told):
    return {name: pytest.approx(times.tolist(), rel=1e-15) for name, times in read(source, **told).items()}


@pytest.mark.parametrize("unit", ["s", "ms", "us"])
@pytest.mark.parametrize(
    "container",
    [
        segment,
        lambda *trains: block(segment(*trains)),
        lambda *trains: list(trains),
        lambda *trains: segment(*trains).spiketrains,
    ],
)
def test_trains_are_called_by_their_names_and_converted(container, unit):
    assert found(container(train(A, unit, name="pre"), train(B, "ms", name="post"))) == {"pre": A, "post": B}


def test_ids_and_then_places_stand_in_for_names():
    assert found(segment(train(A, "s", id=3), train(B, "s", unit_id=7.0))) == {"3": A, "7": B}
    assert found(segment(train(A, "s", name="x"), train(B, "s", name="x"))) == {"1": A, "2": B}
    assert found(train(A, "ms")) == {"1": A}


def test_several_segments_are_several_runs_of_the_clock():
    with pytest.raises(InputError, match="2 segments that hold spikes; give one of block.segments"):
        read(block(segment(train(A, "s")), segment(train(B, "s"))))
    assert found(block(segment(), segment(train(B, "s")))) == {"1": B}


@pytest.mark.parametrize("source", [None, 5, object(), [], [1.0], {"pre": A}])
def test_what_is_no_object_of_neo_is_refused(source):
    with pytest.raises(ArgumentError, match="is no spike file; give a path, or a SpikeTrain, Segment or Block of Neo"):
        read(source)


def test_options_that_neo_has_no_use_for_are_refused():
    with pytest.raises(InputError, match="an object of Neo has no use for --unit"):
        read(train(A, "s"), unit="ms")


@settings(derandomize=True, deadline=None, max_examples=50)
@given(st.lists(st.floats(-1e5, 1e5).map(lambda time: round(time, 6)), unique=True, max_size=20).map(sorted))
def test_a_train_comes_back_from_neo_as_it_went(times):
    np.testing.assert_array_equal(from_neo(to_neo(times)), times)
    np.testing.assert_array_equal(read(to_neo({"pre": times}))["pre"], times)


def test_a_segment_has_names_and_limits():
    made = to_neo({"pre": A, "post": [], 3: [-0.1]}, name="run", t_stop=2.0)
    assert made.name == "run" and [found.name for found in made.spiketrains] == ["pre", "post", "3"]
    assert [float(found.t_start) for found in made.spiketrains] == [0.0, 0.0, -0.1]
    assert {float(found.t_stop) for found in made.spiketrains} == {2.0}


def test_what_neo_cannot_hold_is_refused():
    with pytest.raises(ArgumentError, match="times from 0 to 0.02 s were promised to Neo"):
        to_neo(A, t_stop=0.02)
    with pytest.raises(SpikeTrainError, match="the train for Neo is not sorted"):
        to_neo([0.2, 0.1])


def test_without_neo_the_line_names_the_extra(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "neo", None)
    with pytest.raises(MissingPackage, match=r"pip install 'plasticity-lab\[neo\]'"):
        to_neo(A)


def test_several_trains_without_names_are_not_cut_to_the_first():
    with pytest.raises(SpikeTrainError, match="the train for Neo is 2 trains; one is allowed here"):
        to_neo([[0.01], [0.02]])
