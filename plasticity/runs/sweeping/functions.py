"""Functions of one's own under sweep: those that measure, and those that build a network which is simulated.

Networks that differ in numbers and seeds, not in neurons and rules, are simulated together, as one.
"""

import inspect
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from plasticity.engines import simulate
from plasticity.errors import ArgumentError, UnsupportedRule, said, unknown
from plasticity.inputs import count, function, instance, listed, number
from plasticity.networks import Network, Recording
from plasticity.networks.joining import are_alike, is_joinable, joined, split
from plasticity.runs.sweeping.axes import Axis
from plasticity.runs.sweeping.outcomes import Outcome, checked_values, failed
from plasticity.runs.sweeping.plan import Point

SEED = "seed"
MOST_TOGETHER = 128  # networks, our choice: more are no faster, and more is lost with a piece


@dataclass(frozen=True)
class FunctionSubject:
    """A function that measures: function(**values) -> {measurement: number}, values in SI.

    One with a parameter `seed` gets that of the point.
    """

    measure: Callable[..., Any]
    most: int = 1
    is_quick: bool = False

    @property
    def draws(self) -> bool:
        """Whether it takes a seed."""
        return _takes(self.measure, SEED)

    def is_apart(self, name: str) -> bool:
        """Every point is a call of its own."""
        return True

    def axes(self, given: Mapping[str, Sequence[Any]]) -> tuple[Axis, ...]:
        """Its axes: each a parameter of it."""
        return _axes(self.measure, given)

    def measured(self, points: Sequence[Point]) -> tuple[list[Outcome], Mapping[str, str]]:
        """A call for each point; for points that differ in a seed that it does not take, one."""
        found = list[Outcome]()
        for place, point in enumerate(points):
            is_again = place and not self.draws and point.texts == points[place - 1].texts
            found.append(found[-1] if is_again else self._called(point))
        return found, {}

    def facts(self) -> dict[str, Any]:
        """Which function it is."""
        return {"kind": "function", "named": _named(self.measure)}

    def _called(self, point: Point) -> Outcome:
        try:
            return Outcome(checked_values(self.measure(**_arguments(self.measure, point))))
        except BaseException as error:
            return failed(error)


@dataclass(frozen=True)
class Networks:
    """Networks that a function builds, each simulated for a while and measured; many of them in one run.

    build    : build(**values) -> Network, values in SI; one with a parameter `seed` gets that of the point
    measure  : measure(recording) -> {measurement: number}; of its own network, whatever others were simulated with it
    duration : seconds, or with a unit; dt : the step, likewise
    record   : as `simulate` takes it

    Networks run together when they have the same parts, neurons and rules, delays and events, and no noise of their
    own: what may differ are sizes, pairs, weights, currents, rates, trains, and seeds.
    """

    build: Callable[..., Network]
    measure: Callable[[Recording], Any]
    duration: Any
    dt: Any = 1e-4
    record: Sequence[str] = ()
    most: int = MOST_TOGETHER
    is_quick: bool = False
    draws: bool = True

    def __post_init__(self) -> None:
        function(self.build, "what builds networks")
        function(self.measure, "what measures a recording")
        object.__setattr__(self, "duration", number(self.duration, "the duration", unit="s", above=0.0))
        object.__setattr__(self, "dt", number(self.dt, "the step", unit="s", above=0.0))
        object.__setattr__(self, "record", tuple(listed(self.record, "what is recorded")))
        object.__setattr__(self, "most", count(self.most, "the most networks of one run"))
        for name in ("is_quick", "draws"):
            instance(getattr(self, name), bool, name)

    def is_apart(self, name: str) -> bool:
        """What can be together is found from the networks."""
        return False

    def axes(self, given: Mapping[str, Sequence[Any]]) -> tuple[Axis, ...]:
        """Its axes: each a parameter of what builds."""
        return _axes(self.build, given)

    def measured(self, points: Sequence[Point]) -> tuple[list[Outcome], Mapping[str, str]]:
        """All networks, those that are alike in one run."""
        found = [Outcome(None)] * len(points)
        groups = list[list[tuple[int, Network]]]()
        for place, point in enumerate(points):
            try:
                network = instance(self.build(**_arguments(self.build, point)), Network, "what was built")
            except BaseException as error:
                found[place] = failed(error)
                continue
            group = next((one for one in groups if are_alike(one[0][1], network)), None)
            if group is None or not is_joinable(network):
                groups.append([(place, network)])
            else:
                group.append((place, network))
        for group in groups:
            seeds = [points[place].seed for place, _ in group]
            outcomes = self._simulated([network for _, network in group], seeds)
            for (place, _), outcome in zip(group, outcomes, strict=True):
                found[place] = outcome
        return found, {}

    def facts(self) -> dict[str, Any]:
        """Which functions they are, and how long they simulate."""
        return {
            "kind": "networks",
            "named": _named(self.build),
            "measure": _named(self.measure),
            "duration": self.duration,
            "dt": self.dt,
            "record": list(self.record),
            "engine": "compiled" if _has_compiler() else "numpy",
        }

    def _simulated(self, networks: Sequence[Network], seeds: Sequence[int]) -> list[Outcome]:
        if len(networks) > 1:
            try:
                whole = joined(networks, self.duration, self.dt)
                return [self._of(one) for one in split(whole, self._run(whole.network, seeds[0]))]
            except Exception:  # of one of them; alone, each tells its own
                pass
        return [self._alone(network, seed) for network, seed in zip(networks, seeds, strict=True)]

    def _alone(self, network: Network, seed: int) -> Outcome:
        try:
            if is_joinable(network):  # its input is drawn as it is among others, whatever the engine
                whole = joined([network], self.duration, self.dt)
                (recording,) = split(whole, self._run(whole.network, seed))
            else:
                recording = self._run(network, seed)
        except BaseException as error:
            return failed(error)
        return self._of(recording)

    def _run(self, network: Network, seed: int) -> Recording:
        """By compiled loops where there are any: one engine, whoever computes, for each rounds in its own way."""
        asked: dict[str, Any] = {"dt": self.dt, "record": self.record, "seed": seed}
        if _has_compiler():
            with suppress(UnsupportedRule):
                return simulate(network, self.duration, engine="compiled", **asked)
        return simulate(network, self.duration, engine="numpy", **asked)

    def _of(self, recording: Recording) -> Outcome:
        try:
            return Outcome(checked_values(self.measure(recording)))
        except BaseException as error:
            return failed(error)


def _has_compiler() -> bool:
    return find_spec("numba") is not None


def _axes(called: Callable[..., Any], given: Mapping[str, Sequence[Any]]) -> tuple[Axis, ...]:
    """The axes of a function's parameters, whose values are numbers in SI, texts or truth values."""
    found = []
    for name, values in given.items():
        if name == SEED or not _takes(called, name):
            known = [one for one in _parameters(called) if one != SEED]
            raise unknown(f"parameter of {_named(called)}", name, known)
        plain = tuple(_read(value) for value in values)
        found.append(Axis(name, tuple(str(value) for value in values), plain, "1"))
    return tuple(found)


def _read(value: Any) -> Any:
    """A value as Python gave it; a text that is a number, as a range gives it, is one."""
    if not isinstance(value, str):
        return value
    try:
        found = float(value)
    except ValueError:
        return value
    return int(found) if value.lstrip("-+").isdecimal() else found


def _arguments(called: Callable[..., Any], point: Point) -> dict[str, Any]:
    return {**point.values, **({SEED: point.seed} if _takes(called, SEED) else {})}


def _takes(called: Callable[..., Any], name: str) -> bool:
    return any(one.name == name or one.kind is one.VAR_KEYWORD for one in _parameters(called).values())


def _parameters(called: Callable[..., Any]) -> Mapping[str, inspect.Parameter]:
    try:
        return inspect.signature(called).parameters
    except (TypeError, ValueError):  # of some that are built in
        raise ArgumentError(
            f"{said(called)} does not tell its parameters; give a function that a module defines"
        ) from None


def _named(called: Any) -> str:
    """Where a function stands. Raises ArgumentError for what is none."""
    function(called, "what is swept")
    name = getattr(called, "__qualname__", "")
    if not name:
        raise ArgumentError(f"{said(called)} has no name; give a function that a module defines")
    return f"{called.__module__}.{name}"
