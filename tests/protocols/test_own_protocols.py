"""Protocols of one's own: a recipe becomes one of the catalogue, or is refused where it is made."""

from dataclasses import replace
from importlib.metadata import EntryPoint

import pytest

from plasticity import plugins
from plasticity.errors import ArgumentError, SpikeTrainError, UnknownName
from plasticity.protocols import PROTOCOLS, Parameter, Protocol, spike_trains, with_parameters


def own(**changed):
    parts = {"recipe": lambda values, rng: {"pre": [0.1], "post": [values["t"]]}, "events": ("pre", "post")} | changed
    return Protocol("mine", "our choice", "one pair", (Parameter("t", 0.2, "s"),), **parts)


def test_a_protocol_of_ones_own_gives_its_trains():
    trains = spike_trains(with_parameters(own(), t=0.3))

    assert {event: times.tolist() for event, times in trains.items()} == {"pre": [0.1], "post": [0.3]}


@pytest.mark.parametrize(
    ("recipe", "error", "message"),
    [
        (lambda values, rng: {"pre": [0.1]}, ArgumentError, "mine gives .*; times of pre, post are allowed"),
        (lambda values, rng: [0.1], ArgumentError, "mine gives .*; times of pre, post are allowed"),
        (lambda values, rng: {"pre": [0.2, 0.1], "post": []}, SpikeTrainError, "the pre train of mine is not sorted"),
        (lambda values, rng: {"pre": "soon", "post": []}, SpikeTrainError, "the pre train of mine"),
    ],
)
def test_a_recipe_that_gives_no_trains_is_refused(recipe, error, message):
    with pytest.raises(error, match=f"^{message}"):
        spike_trains(own(recipe=recipe))


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"name": ""}, "the name of a protocol is ''"),
        ({"source": "somewhere"}, "the source of protocol mine is 'somewhere', no key"),
        ({"events": ("pre", "pre")}, "mine: 'pre' is impossible, or used twice, for its events"),
        ({"events": ("pre", "2nd")}, "mine: '2nd' is impossible, or used twice, for its events"),
        ({"parameters": (Parameter("t", 1.0), Parameter("t", 2.0))}, "mine: 't' is impossible, or used twice"),
        ({"recipe": "by hand"}, "recipe of Protocol mine is 'by hand'; a function"),
    ],
)
def test_an_impossible_protocol_is_refused_where_it_is_made(changed, message):
    with pytest.raises(ArgumentError, match=f"^{message}"):
        replace(own(), **changed)


def test_protocols_are_a_catalogue_to_which_other_packages_add(monkeypatch):
    entries = [EntryPoint("mine", f"{__name__}:MINE", "plasticity.protocols")]
    monkeypatch.setattr(plugins, "entry_points", lambda group: entries)

    assert PROTOCOLS["mine"] is MINE and PROTOCOLS.names()[-1] == "mine"
    with pytest.raises(UnknownName, match="unknown protocol 'pairings'; known: .*; did you mean pairing"):
        PROTOCOLS["pairings"]


MINE = own()
