"""What a rule is proved on: trains with coincidences and bursts, a start from which the weight meets a bound, and what
the exact engine makes of them."""

from dataclasses import dataclass, field

import numpy as np

from plasticity import events
from plasticity.errors import UnsupportedRule
from plasticity.rules import Rule
from plasticity.rules.conventions import SPIKES
from plasticity.rules.system import system
from plasticity.trains import Trajectory

STEP = 1e-4  # seconds: all times are whole steps of it
_SEED = 1  # our choice
_MOST = 3000  # steps from the first to the last spike
_BEGIN = 100  # steps before the first spike


@dataclass(frozen=True, eq=False)
class Proof:
    """What was asked of a rule, and what came out.

    steps   : {event: times in steps}
    signals : {signal: (times in steps, SI values)}, of what the rule reads
    start   : the weight before; final : after the last event, or the last sample
    sent    : what the last presynaptic spike transmits
    """

    steps: dict[str, list[int]]
    signals: dict[str, tuple[list[int], list[float]]]
    start: float
    final: float
    sent: float
    n_coincident: int
    n_at_bound: int

    @property
    def seconds(self) -> dict[str, np.ndarray]:
        """{event: times in seconds}."""
        return {event: np.array(steps) * STEP for event, steps in self.steps.items()}


@dataclass(frozen=True, eq=False)
class _Trains:
    """What comes to a synapse."""

    steps: dict[str, list[int]]
    signals: dict[str, tuple[list[int], list[float]]] = field(default_factory=dict)

    def given(self) -> dict[str, object]:
        """As the exact engine takes it."""
        seconds = {event: np.array(steps) * STEP for event, steps in self.steps.items()}
        others = {event: times for event, times in seconds.items() if event not in SPIKES}
        signals = {name: (np.array(at) * STEP, np.array(values)) for name, (at, values) in self.signals.items()}
        return {"pre": seconds["pre"], "post": seconds["post"], "events": others or None, "signals": signals or None}


def proof(rule: Rule) -> Proof:
    """The rule on its trains. Raises UnsupportedRule for one that the exact engine does not read, or that draws at
    random."""
    needs = system(rule).needs
    if {"noise", "random jumps"} & needs:
        raise UnsupportedRule(
            f"{rule.name} draws at random, and no two programs draw the same numbers, so that nothing can be verified; "
            f"export it without its noise: plasticity.rules.noiseless, --variant noiseless"
        )
    trains = _trains(rule)
    start = _start(rule, trains)
    path = _path(rule, trains, start)
    given = trains.given()
    sent = events.transmitted(rule, given["pre"], given["post"], start, **_rest(given))  # type: ignore[arg-type]
    final = events.final_weight(rule, given["pre"], given["post"], start, **_rest(given))  # type: ignore[arg-type]
    coincident = _coincident(rule, trains)
    return Proof(trains.steps, trains.signals, start, float(final), float(sent[-1]), coincident, _at_bound(rule, path))


def _rest(given: dict[str, object]) -> dict[str, object]:
    return {name: given[name] for name in ("events", "signals")}


def _trains(rule: Rule) -> _Trains:
    """Spikes at random, some of them coincident where they arrive, some in bursts; a few other events."""
    rng, late = np.random.default_rng(_SEED), {event: round(rule.delay(event) / STEP) for event in rule.events}
    pre = np.sort(rng.choice(_MOST, 12, replace=False))
    post = np.union1d(rng.choice(_MOST, 6, replace=False), pre[::3])
    post = np.union1d(post, post[::4] + 30)  # bursts, 3 ms
    shift = _BEGIN + max(late.values(), default=0)
    steps = {"pre": (pre + shift - late.get("pre", 0)).tolist(), "post": (post + shift - late.get("post", 0)).tolist()}
    others = [event for event in rule.events if event not in SPIKES]
    steps |= {event: (rng.choice(_MOST, 3, replace=False) + shift).tolist() for event in others}
    last = max(max(times) for times in steps.values()) + max(late.values(), default=0)
    return _Trains({event: sorted(times) for event, times in steps.items()}, _signals(rule, last + 100))


def _signals(rule: Rule, end: int) -> dict[str, tuple[list[int], list[float]]]:
    """A course of each signal that the rule reads at once: of a voltage from rest up and down, else from 1 to -1."""
    at = [0, end // 3, end // 2, end]
    found = {}
    for signal in rule.signals:
        if rule.prompt(signal) is signal:
            values = [-0.07, -0.04, -0.06, -0.05] if signal.kind == "voltage" else [1.0, -1.0, 0.5, 1.0]
            found[signal.name] = (at, values)
    return found


def _start(rule: Rule, trains: _Trains) -> float:
    """A weight from which the path meets a bound and leaves it, if one of a few does; else the usual start."""
    lower, upper = rule.bounds.lower, rule.bounds.upper
    usual = rule.start_weight
    ends = [end + way * abs(usual - end) for end, way in ((upper, -0.002), (lower, 0.002)) if np.isfinite(end)]
    inside = []
    for start in (*ends, usual):
        path = _path(rule, trains, start)
        if path.weights[-1] not in (lower, upper):
            inside.append(start)
            if _at_bound(rule, path):
                return start
    return inside[-1] if inside else usual


def _path(rule: Rule, trains: _Trains, start: float) -> Trajectory:
    given = trains.given()
    return events.trajectory(rule, given["pre"], given["post"], start, **_rest(given))  # type: ignore[arg-type]


def _at_bound(rule: Rule, path: Trajectory) -> int:
    return int(np.sum((path.weights == rule.bounds.lower) | (path.weights == rule.bounds.upper)))


def _coincident(rule: Rule, trains: _Trains) -> int:
    pre, post = (np.array(trains.steps[event]) + round(rule.delay(event) / STEP) for event in SPIKES)
    return int(np.intersect1d(pre, post).size)
