"""Spike trains of Neo, in and out: a SpikeTrain, a Segment, a Block. Neo is the extra `neo`."""

from collections.abc import Mapping
from typing import Any

from plasticity.arrays import Floats
from plasticity.errors import ArgumentError, InputError, MissingPackage, said
from plasticity.inputs import number, plain, text
from plasticity.trains.checking import one
from plasticity.trains.spikes import Spikes, name_of, of_trains
from plasticity.trains.units import Told

_KINDS = ("SpikeTrain", "SpikeTrainList", "Segment", "Block")


def spikes_of_object(found: Any, told: Told) -> Spikes:
    """The spikes of an object of Neo, which carries its unit. Raises ArgumentError for an object that is none.

    A train is called by its name or else its id, and all are called 1, 2, ... where these are missing or not unique.
    """
    told.refuse("an object of Neo", "unit", "columns", "sampling_rate", "is_lines")
    trains = _trains(found)
    names = [_name(train) for train in trains]
    if len(set(names)) < len(names) or "" in names:
        names = [str(k) for k in range(1, len(trains) + 1)]
    return of_trains({name: _seconds(train) for name, train in zip(names, trains, strict=True)}, _kind(found))


def to_neo(times: Any, *, name: str = "", t_start: float | None = None, t_stop: float | None = None) -> Any:
    """A `neo.SpikeTrain` of one train, or a `neo.Segment` of {name: train}; times in seconds.

    t_start, t_stop : seconds, between which the times lie; by default 0 or the first spike, and the last one
    raises MissingPackage where Neo is not installed; ArgumentError when a time lies outside; SpikeTrainError as
    `checked` does, and for several trains without names

    >>> from plasticity import trains
    >>> trains.from_neo(trains.to_neo([0.01, 0.03]))
    array([0.01, 0.03])
    """
    try:
        import neo
    except ImportError:
        raise MissingPackage("Neo is not installed; run: pip install 'plasticity-lab[neo]'") from None
    if isinstance(times, Mapping):
        segment = neo.Segment(name=name or None)
        for key, train in times.items():
            segment.spiketrains.append(to_neo(train, name=str(key), t_start=t_start, t_stop=t_stop))
        return segment
    text(name, "the name of a train")
    spikes = one(times, "the train for Neo")
    start = float(spikes.min(initial=0.0)) if t_start is None else number(t_start, "t_start", unit="s")
    stop = float(spikes.max(initial=start)) if t_stop is None else number(t_stop, "t_stop", unit="s")
    try:
        return neo.SpikeTrain(spikes, units="s", t_start=start, t_stop=stop, name=name or None)
    except (ValueError, TypeError) as error:
        raise ArgumentError(f"times from {start:g} to {stop:g} s were promised to Neo: {error}") from None


def _trains(found: Any) -> list[Any]:
    kind = _kind(found)
    if kind == "SpikeTrain":
        return [found]
    if kind == "SpikeTrainList":
        return list(found)
    if kind == "Segment":
        return list(found.spiketrains)
    if kind == "Block":
        filled = [segment for segment in found.segments if len(segment.spiketrains)]
        if len(filled) > 1:
            raise InputError(f"a Block with {len(filled)} segments that hold spikes; give one of block.segments")
        return [train for segment in filled for train in segment.spiketrains]
    if isinstance(found, list | tuple) and found and all(_kind(item) == "SpikeTrain" for item in found):
        return list(found)
    raise ArgumentError(f"{said(found)} is no spike file; give a path, or a SpikeTrain, Segment or Block of Neo")


def _seconds(train: Any) -> Floats:
    return plain(train, "a train of Neo", unit="s", error=InputError).values


def _kind(found: Any) -> str:
    """The class of an object of Neo, or of one made from it; nothing of Neo is imported for it."""
    kinds = [kind for kind in type(found).__mro__ if kind.__module__.split(".")[0] == "neo"]
    return next((kind.__name__ for kind in kinds if kind.__name__ in _KINDS), "")


def _name(train: Any) -> str:
    annotations = train.annotations
    return name_of(train.name or next((annotations[key] for key in ("id", "unit_id") if key in annotations), ""))
