"""Weights from trains that are given: by the exact engine, or by the same rule compiled, where trains are long."""

from collections.abc import Callable, Mapping
from typing import Any, Literal, get_args

from plasticity import compiled, events
from plasticity.arrays import Floats
from plasticity.engines.choosing import Choice, of_trains
from plasticity.errors import UnsupportedRule
from plasticity.events.groups import seconds_of
from plasticity.inputs import choice, numbers
from plasticity.rules import Rule, is_readable, readable
from plasticity.rules.state import State
from plasticity.trains import Taken, Trains, Trajectory, taken
from plasticity.trains.merging import longest

Engine = Literal["auto", "events", "compiled"]
_ENGINES = get_args(Engine)


def final_weight(
    rule: Rule,
    pre: Trains,
    post: Trains,
    w0: Any,
    *,
    events: Mapping[str, Trains] | None = None,
    signals: Mapping[str, Any] | None = None,
    state: Any = None,
    until: Any = None,
    engine: Engine = "auto",
) -> float | Floats:
    """The weight after the last event; exact up to rounding, without a time step.

    engine : 'events' (NumPy), 'compiled' (Numba, the extra `fast`), or 'auto', the second from 50,000 spikes on, and
             for whatever takes the first half a second, as 2000 spikes where the weight moves between events; both
             agree to 1e-12. All other arguments, what is returned and raised as of `plasticity.events.final_weight`
    raises UnsupportedRule, too, where 'compiled' is asked for what it does not read: signals, `until`, a flow without
    closed form

    >>> from plasticity import RULES, final_weight
    >>> round(final_weight(RULES["pair_stdp"], [0.010, 0.030], [0.015, 0.035], w0=0.5), 6)
    0.506741
    """
    return _asked("final_weight", rule, (pre, post), w0, _asking(events, signals, state, until, engine))


def trajectory(
    rule: Rule,
    pre: Trains,
    post: Trains,
    w0: Any,
    *,
    events: Mapping[str, Trains] | None = None,
    signals: Mapping[str, Any] | None = None,
    state: Any = None,
    engine: Engine = "auto",
) -> Trajectory:
    """The weight after every event; arguments and errors as `final_weight`.

    returns : times (seconds) of all events, the weight after each, and the state after the last

    >>> from plasticity import RULES, trajectory
    >>> path = trajectory(RULES["pair_stdp"], [0.010, 0.030], [0.015, 0.035], w0=0.5)
    >>> path.times.tolist()
    [0.01, 0.015, 0.03, 0.035]
    >>> path.weights.round(6).tolist()
    [0.5, 0.503894, 0.501414, 0.506741]
    """
    return _asked("trajectory", rule, (pre, post), w0, _asking(events, signals, state, None, engine))


def final_state(
    rule: Rule,
    pre: Trains,
    post: Trains,
    w0: Any,
    *,
    events: Mapping[str, Trains] | None = None,
    signals: Mapping[str, Any] | None = None,
    state: Any = None,
    until: Any = None,
    engine: Engine = "auto",
) -> State:
    """Every variable after the last event, for a next piece to go on from; arguments and errors as `final_weight`.

    >>> from plasticity import RULES, engines
    >>> engines.final_state(RULES["pair_stdp"], [0.010], [0.020], w0=0.5).values["r_pre"].round(4)
    array([0.6065])
    """
    return _asked("final_state", rule, (pre, post), w0, _asking(events, signals, state, until, engine))


def window(
    rule: Rule, lags: Any, *, n_pairs: int = 60, rate: Any = 1.0, w0: Any = None, engine: Engine = "auto"
) -> Floats:
    """The change of weight after `n_pairs` pairings at `rate` hertz, for every lag.

    engine : as of `final_weight`; all other arguments, what is returned and raised as of `plasticity.events.window`

    >>> from plasticity import RULES, window
    >>> window(RULES["pair_stdp"], [-0.010, 0.010]).round(4).tolist()
    [-0.1911, 0.182]
    """
    choice(engine, _ENGINES, "the engine")
    found = readable(rule, "compiled" if engine == "compiled" else "events")
    picked: str = engine
    if engine == "auto":
        n_lags = numbers(lags, "lags", unit="s").size
        n_spikes = 2 * n_pairs if isinstance(n_pairs, int) else 0  # what is none is refused by the engine
        seconds = seconds_of(found, n_spikes, n_lags)
        picked = of_trains(is_readable(rule, "compiled"), seconds, n_spikes * n_lags).engine
    return (compiled if picked == "compiled" else events).window(rule, lags, n_pairs=n_pairs, rate=rate, w0=w0)


def chosen(rule: Rule, pre: Taken, post: Taken, *, is_plain: bool = True) -> Choice:
    """The engine that 'auto' is for these trains, and why.

    is_plain : whether nothing is asked that only the exact engine reads
    """
    found = readable(rule, "events")
    n_synapses, n_slots = max(len(pre.rows), len(post.rows)), longest(pre) + longest(post)
    n_spikes = n_synapses * float(pre.lengths.mean() + post.lengths.mean())  # of trains that may be of any lengths
    seconds = seconds_of(found, n_slots, round(n_spikes / max(n_slots, 1)))
    return of_trains(is_plain and is_readable(rule, "compiled"), seconds, n_spikes)


def _asking(events: Any, signals: Any, state: Any, until: Any, engine: Any) -> dict[str, Any]:
    """What is asked beside trains, of what is not as usual."""
    choice(engine, _ENGINES, "the engine")
    asked = {"events": events, "signals": signals, "state": state, "until": until, "engine": engine}
    return {name: value for name, value in asked.items() if value is not None}


def _asked(what: str, rule: Rule, trains: tuple[Trains, Trains], w0: Any, asked: dict[str, Any]) -> Any:
    engine, only_exact = asked.pop("engine"), sorted(asked.keys() & {"signals", "until"})
    if engine == "compiled" and only_exact:
        raise UnsupportedRule(
            f"the compiled engine takes no {' and no '.join(only_exact)}; use engine='events', or 'auto'"
        )
    if engine == "auto":
        readable(rule, "events")
        trains = taken(trains[0], "the presynaptic train"), taken(trains[1], "the postsynaptic train")
        engine = chosen(rule, *trains, is_plain=not only_exact).engine
    answer: Callable[..., Any] = getattr(compiled if engine == "compiled" else events, what)
    return answer(rule, *trains, w0, **asked)


__all__ = ["final_state", "final_weight", "trajectory", "window"]
