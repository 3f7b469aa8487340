"""Two neurons that drive each other: what becomes of both synapses, by who fires and under every rule.

Synapse A leads from neuron A to B, synapse B from B to A: what is pre at one is post at the other. Source: lecture (the
question); song2000 (the neuron, pair STDP); the source of each rule is in its record.
"""

import math
from dataclasses import dataclass

import numpy as np

from plasticity import engines, spiking
from plasticity.arrays import Floats
from plasticity.errors import ArgumentError
from plasticity.experiment import column, parameter
from plasticity.neurons import with_parameters
from plasticity.neurons.library.lif import LIF_EXCITATORY
from plasticity.protocols import coupled_both_ways
from plasticity.rules import RULES, Rule, is_readable
from plasticity.rules.conventions import WEIGHT
from plasticity.rules.library.pair_stdp import PAIR_STDP
from plasticity.rules.system import system
from plasticity.spiking import Network, Population, Projection, Recording
from plasticity.studies.every_rule import (
    is_followed_in_steps,
    is_on_rates,
    rate_changes,
    rate_changes_in_time,
    spike_changes,
    spike_changes_by_definition,
)
from plasticity.studies.stimulated import NotAsked, Trains, other_events

ORDERS = ("B then A", "A then B", "B alone", "A alone", "together")
CURRENT, PULSE, FIRST = 2e-9, 2e-3, 20e-3  # amperes, seconds: makes a neuron at rest fire once; the first pulse
MOST_PAIRS = 30  # our choice: with as many, the rules whose weight flows take 20 s
COARSEST = 2e-4  # seconds: a step of the network


@dataclass(frozen=True)
class Parameters:
    """What can be set."""

    lag: float = parameter(10e-3, "ms", "from one neuron to the other, when both fire", least=1e-4, most=80e-3)
    n_pairs: int = parameter(20, meaning="firings of each neuron that fires", least=1, most=MOST_PAIRS)
    interval: float = parameter(100e-3, "ms", "from one firing to the next", least=90e-3, most=1)
    w0: float = parameter(0.5, "1", "start weight of both synapses", source="lecture", least=0, most=1)
    firing: float = parameter(20.0, "Hz", "of a neuron that fires, for rules that read rates", least=0.1, most=100)
    rule: str = parameter("pair_stdp", meaning="the rule that is asked first")


@dataclass(frozen=True)
class Result:
    """What every rule does to both synapses, and the network of neurons under one of them.

    changes : 0 where it is none, NaN where the rule cannot be asked
    """

    orders: np.ndarray = column("", "orders", meaning="who fires first")
    synapses: np.ndarray = column("", "synapses", meaning="by the neuron that it comes from")
    rules: np.ndarray = column("", "rules", meaning="the rule of both synapses")
    on_rates: np.ndarray = column("1", "rules", meaning="whether it reads rates: its changes are per second")
    reasons: np.ndarray = column("", "rules", meaning="why it cannot be asked")
    in_steps: np.ndarray = column("1", "rules", meaning="whether its second route takes steps")
    changes: Floats = column("1", "rules", "orders", "synapses", meaning="change of w, exact engine or mean drift")
    confirmed: Floats = column("1", "rules", "orders", "synapses", meaning="the same by a second route")
    chosen: np.ndarray = column("", "chosen", meaning="the rule that is asked first")
    in_network: np.ndarray = column("", "in_network", meaning="the rule of the network")
    times: Floats = column("s", "times")
    weights: Floats = column("1", "orders", "synapses", "times", meaning="weight in Brian2")
    final: Floats = column("1", "orders", "synapses", meaning="weight at the end, Brian2")
    exact: Floats = column("1", "orders", "synapses", meaning="exact engine, on the spikes fired")
    asked: Floats = column("1", "orders", "synapses", meaning="exact engine, on the spikes asked for")
    n_spikes: np.ndarray = column("1", "orders", "synapses", meaning="spikes of the neuron")
    n_expected: np.ndarray = column("1", "orders", "synapses", meaning="pulses to the neuron")
    spike_times: Floats = column("s", "spikes", meaning="of all neurons")
    spike_of: np.ndarray = column("1", "spikes", meaning="which neuron: 2 order, + 1 for B")


def study(parameters: Parameters, target: str = "auto") -> Result:
    """Every rule by exact engines, and a pair of neurons for every order in one network.

    raises UnknownName for a rule that is not in the catalogue, ArgumentError for one that cannot be asked
    """
    p, chosen = parameters, RULES[parameters.rule]
    trains = [one for order in ORDERS for one in _at_synapses(p, order)]
    shape = (len(ORDERS), 2)
    rules = {rule.name: rule for rule in (*RULES.every(), chosen)}  # one of a rule's sets of values is beside it
    found = {name: _asked(rule, p, trains, is_chosen=rule == chosen) for name, rule in rules.items()}
    if reason := found[chosen.name][-1]:
        raise ArgumentError(f"the rule is {chosen.name}, and {reason}; choose another, such as {PAIR_STDP.name}")
    networked = chosen if _fits(chosen) else PAIR_STDP
    recording = _simulated(p, networked, target)
    fired = recording.spikes["neurons"]
    posts = [fired[k ^ 1] for k in range(len(fired))]  # the partner of neuron 2 k is 2 k + 1
    return Result(
        orders=np.array(ORDERS),
        synapses=np.array(["A", "B"]),
        rules=np.array(list(rules)),
        on_rates=np.array([is_on_rates(rule) for rule in rules.values()]),
        reasons=np.array([reason for *_, reason in found.values()]),
        in_steps=np.array([is_followed_in_steps(rule) for rule in rules.values()]),
        changes=np.stack([changes for changes, *_ in found.values()]).reshape(-1, *shape),
        confirmed=np.stack([confirmed for _, confirmed, _ in found.values()]).reshape(-1, *shape),
        chosen=np.array([chosen.name]),
        in_network=np.array([networked.name]),
        times=recording.times,
        weights=recording.trajectories["synapses"].weights.reshape(*shape, -1),
        final=recording.weights["synapses"].reshape(shape),
        exact=np.asarray(engines.final_weight(networked, fired, posts, p.w0)).reshape(shape),
        asked=(p.w0 + spike_changes(networked, trains, p.w0)).reshape(shape),
        n_spikes=np.array([train.size for train in fired]).reshape(shape),
        n_expected=np.array([[len(onsets) for onsets in _onsets(p, order)] for order in ORDERS]),
        spike_times=np.concatenate(fired),
        spike_of=np.concatenate([np.full(train.size, k) for k, train in enumerate(fired)]),
    )


def _asked(rule: Rule, p: Parameters, trains: list[Trains], *, is_chosen: bool) -> tuple[Floats, Floats, str]:
    """The changes at every synapse of every order, the same by a second route, and why it cannot be asked.

    What the second route follows in steps takes a second, and is done for the rule that is chosen alone.
    """
    nothing = np.full(len(trains), np.nan)
    pairs = [(_rate(p, one, "pre"), _rate(p, one, "post")) for one in trains]
    try:
        if is_on_rates(rule):
            return rate_changes(rule, pairs, p.w0), rate_changes_in_time(rule, pairs, p.w0), ""
        changes = spike_changes(rule, trains, p.w0)
        is_long = is_followed_in_steps(rule) and not is_chosen
        return changes, nothing if is_long else spike_changes_by_definition(rule, trains, p.w0), ""
    except NotAsked as reason:
        return nothing, nothing, str(reason)


def _rate(p: Parameters, trains: Trains, side: str) -> float:
    """The rate of a neuron that fires, or of one that does not."""
    return p.firing if len(trains[side]) else 0.0


def _at_synapses(p: Parameters, order: str) -> list[Trains]:
    """The spikes at synapse A and at synapse B."""
    pairs = coupled_both_ways(*_onsets(p, order))
    return [{"pre": pairs[synapse].pre, "post": pairs[synapse].post} for synapse in "AB"]


def step_of(p: Parameters) -> float:
    """The step of the network, of which a lag is a whole number."""
    return p.lag / math.ceil(p.lag / COARSEST - 1e-9)


def _onsets(p: Parameters, order: str) -> tuple[Floats, Floats]:
    """When the pulses to A and to B begin, in whole steps."""
    first = np.round((FIRST + np.arange(p.n_pairs) * p.interval) / step_of(p)) * step_of(p)
    later, none = first + p.lag, np.empty(0)
    return {
        "B then A": (later, first),
        "A then B": (first, later),
        "B alone": (none, first),
        "A alone": (first, none),
        "together": (first, first),
    }[order]


def _fits(rule: Rule) -> bool:
    """Whether a network of neurons gives exactly what the exact engine does: spikes alone move w, and at spikes."""
    found = system(rule)
    if WEIGHT in found.flows or rule.signals or other_events(rule) or {"noise", "random jumps"} & found.needs:
        return False
    return is_readable(rule, "spiking") and bool(found.jumps[WEIGHT])


def _simulated(p: Parameters, rule: Rule, target: str) -> Recording:
    """All pairs of neurons side by side, driven by pulses of current."""
    dt, onsets = step_of(p), [side for order in ORDERS for side in _onsets(p, order)]
    duration = math.ceil((FIRST + p.n_pairs * p.interval + p.lag) / dt) * dt
    current = np.zeros((round(duration / dt), len(onsets)))
    for neuron, starts in enumerate(onsets):
        for start in np.round(starts / dt).astype(int):
            current[start : start + math.ceil(PULSE / dt), neuron] = CURRENT
    # A refractory time lies on the grid of the step, as all that is met exactly does; each neuron fires once a pulse
    whole = math.ceil(LIF_EXCITATORY.values["t_ref"] / dt - 1e-9) * dt
    neurons = Population("neurons", with_parameters(LIF_EXCITATORY, t_ref=whole), len(onsets), current)
    synapses = Projection("synapses", "neurons", "neurons", [(i, i ^ 1) for i in range(len(onsets))], p.w0, rule)
    return spiking.simulate(Network([neurons], [synapses]), duration, dt=dt, record=["synapses"], target=target)
