"""Networks in time, by the engine that is the cheapest for them, or that a person asks for."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Literal, get_args

from plasticity import compiled, spiking
from plasticity.compiled.costs import LOADING_SECONDS, UNCOMPILED, estimate
from plasticity.compiled.steps.kinds import kind_of
from plasticity.engines.choosing import FAST, Choice, name_the_extra
from plasticity.errors import ArgumentError, UnsupportedRule
from plasticity.inputs import choice, instance, number
from plasticity.memory import require_memory, require_time, written_seconds
from plasticity.networks import Network, Recording, State
from plasticity.progress import shown, tell
from plasticity.spiking.costs import estimates

Engine = Literal["auto", "compiled", "numpy", "cython", "cpp_standalone"]
_ENGINES = get_args(Engine)
_SAID = {"compiled": "compiled", "numpy": "Brian2 NumPy", "cython": "Brian2 Cython", "cpp_standalone": "Brian2 C++"}


def simulate(
    network: Network,
    duration: Any,
    *,
    dt: Any = 1e-4,
    record: Sequence[str] = (),
    seed: int = 0,
    state: State | None = None,
    engine: Engine = "auto",
) -> Recording:
    """Run a network for `duration` seconds.

    duration : seconds or with a unit, a multiple of the step
    dt       : seconds or with a unit, at most a tenth of the smallest time constant; delays and refractory times are
               multiples of it. None for no step: spikes at exact times, where every neuron has closed-form solutions
    record   : names of populations (voltages) and projections (weights) to be kept at every step
    seed     : of escape noise and white noise, 0 to 2**32 - 1; the same seed gives the same numbers in one engine
    state    : of an earlier run of this network (`recording.state`), from which this one goes on: two halves give what
               the whole gives. 'auto' then means the engine that left it
    engine   : 'compiled' (Numba, the extra `fast`); 'numpy', 'cython' or 'cpp_standalone', targets of Brian2; 'auto'
               takes the one of them (Cython left out) that by estimate takes the least time
    returns  : a Recording, which says in `engine` and `reason` what computed it, and why
    raises SimulationError when the step is too coarse, a time lies beside its grid, or a number blows up;
    MemoryLimitError, TimeLimitError when the run would not fit into memory, or last longer than a day; UnsupportedRule
    for what the engine does not read; ArgumentError, SpikeTrainError, WeightError for impossible input. Warns
    (UnitWarning) when the trains replayed at both ends of a synapse that learns look like milliseconds.

    On spikes that are given all engines agree to 1e-12, Brian2 being the reference. What they draw themselves, Poisson
    input and noise, has the same statistics and other numbers in the compiled engine.

    >>> from plasticity import NEURONS, Network, Population, simulate, with_parameters
    >>> neuron = with_parameters(NEURONS["lif_excitatory"], bias=0.25)
    >>> recording = simulate(Network([Population("A", neuron)]), 0.1)
    >>> recording.spikes["A"][0].round(4).tolist()
    [0.0321, 0.0525, 0.0729, 0.0933]
    """
    instance(network, Network, "the network")
    choice(engine, _ENGINES, "the engine")
    seconds = number(duration, "the duration", unit="s", above=0.0)
    step = None if dt is None else number(dt, "the step", unit="s", above=0.0)
    picked = _picked(network, seconds, step, record, state, engine)
    with shown("simulating"):
        tell(f"{_SAID[picked.engine]}: {picked.reason}", 0.0)
        found = _run(picked.engine, network, seconds, step, record=record, seed=seed, state=state)
    left = replace(found.state, engine=picked.engine)
    return replace(found, state=left, engine=picked.engine, reason=picked.reason)


def _run(engine: str, network: Network, seconds: float, step: float | None, **asked: Any) -> Recording:
    if engine != "compiled":
        return spiking.simulate(network, seconds, dt=step, target=engine, **asked)
    _require_possible(network, seconds, step, asked["record"])
    if step is None:
        return compiled.simulate_exactly(network, seconds, **asked)
    return compiled.simulate(network, seconds, dt=step, **asked)


def _require_possible(network: Network, seconds: float, step: float | None, record: Any) -> None:
    """Refuse what would not fit into memory, or last longer than a day; name what makes a slow run fast."""
    cost, n_bytes = estimate(network, seconds, step, record)
    what = f"a run of {seconds:g} s, compiled,"
    if not compiled.is_available():
        cost, what = (cost - LOADING_SECONDS) * UNCOMPILED, f"a run of {seconds:g} s, in plain Python,"
        name_the_extra(cost, f"{what} takes about {written_seconds(cost)}")
    require_memory(n_bytes, what, cost)
    require_time(cost, what, n_bytes)


def _picked(
    network: Network, seconds: float, step: float | None, record: Any, state: State | None, engine: str
) -> Choice:
    """The engine of a run."""
    if state is not None:
        _require_left_by(engine, instance(state, State, "the state"))
    if engine not in ("auto", "compiled") and step is None:
        raise ArgumentError(f"Brian2 needs a step, and dt is None with engine='{engine}'; give a dt, or 'compiled'")
    if engine != "auto":
        return Choice(engine, "as asked")
    if step is None:
        return Choice("compiled", "there is no step")
    if state is not None:
        return Choice(state.engine or "numpy", "it left the state")
    return _cheapest(network, seconds, step, record)


def _require_left_by(engine: str, state: State) -> None:
    """Refuse a state of Brian2 for the compiled engine, and the other way round: they keep other variables."""
    if engine != "auto" and state.engine and (engine == "compiled") != (state.engine == "compiled"):
        raise ArgumentError(
            f"the state was left by a run with engine='{state.engine}', and engine='{engine}' does not go on from it; "
            "engine='auto' takes the one that left it"
        )


def _cheapest(network: Network, seconds: float, step: float, record: Any) -> Choice:
    """The engine that by estimate takes the least time."""
    costs: dict[str, float] = {
        name: cost for name, (cost, _) in estimates(network, seconds / step, record, dt=step).items()
    }
    refused = _not_read(network, step)
    ours = estimate(network, seconds, step, record)[0]
    has_compiler = compiled.is_available()
    if has_compiler and not refused:
        costs["compiled"] = ours
    best = min(costs, key=lambda name: costs[name])
    reason = ", ".join(f"{_SAID[name]} {written_seconds(cost)}" for name, cost in costs.items())
    reason = f"of the estimates {reason} it is the least"
    if not has_compiler and not refused and ours < costs[best]:
        name_the_extra(costs[best], f"the run takes about {written_seconds(costs[best])}")
        reason += f"; compiled {written_seconds(ours)}: {FAST}"
    return Choice(best, f"{reason}; not compiled: {refused}" if refused else reason)


def _not_read(network: Network, step: float) -> str:
    """Why the compiled engine does not read a network; empty where it does."""
    try:
        for projection in network.projections:
            kind_of(network, projection, step)
    except UnsupportedRule as error:
        return str(error)
    return ""


__all__ = ["simulate"]
