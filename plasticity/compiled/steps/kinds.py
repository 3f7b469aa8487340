"""Which lines a projection gets: what of it decides them, and what this engine does not read."""

from plasticity.compiled.steps.kind import Kind
from plasticity.compiled.steps.tables import MOST_OTHERS
from plasticity.errors import UnsupportedRule
from plasticity.networks import Network, Population, Projection
from plasticity.networks.network import end_of
from plasticity.networks.projections import plasticity_delays
from plasticity.rules.conventions import SPIKES
from plasticity.rules.homes import apart, stepped
from plasticity.rules.parts import Home
from plasticity.rules.system import System, system


def kind_of(network: Network, projection: Projection, dt: float) -> Kind:
    """The kind of a projection.

    raises UnsupportedRule for a rule that this engine does not read; ArgumentError for a signal that no network has
    """
    source, target, rule = network.by_name[projection.source], network.by_name[projection.target], projection.acting
    is_sent, is_deaf = isinstance(target, Population), False
    if isinstance(target, Population):
        is_deaf = target.neuron.receptor(source.sign, projection.receptor).while_refractory == "discarded"
    if rule is None:
        return Kind(None, is_sent=is_sent, is_deaf=is_deaf)
    found = system(rule)
    late = tuple(s.name for s in rule.signals if s.delay and round(rule.values[s.delay] / dt))
    _require_readable(found, projection, late)
    for signal in rule.signals:
        end_of(signal, projection, network)
    steps = tuple(stepped(found))
    homes = dict(found.home)
    if steps:
        shared = apart(found, projection.size, {"pre": source.size, "post": target.size})
        homes = _homes(found, steps, [str(side) for side in shared])
    later = plasticity_delays(projection)
    is_apart = later.get("pre", projection.delay) != projection.delay or bool(rule.signals)
    return Kind(found, tuple(homes.items()), is_sent, is_deaf, is_apart, steps, late)


def _homes(found: System, steps: tuple[str, ...], shared: list[str]) -> dict[str, Home]:
    """Whose each variable is where something flows in steps: what does so is kept apart where Brian2 keeps it apart,
    for synapses follow it to the first order then."""
    homes = dict(found.home)
    for side in SPIKES:
        own = [name for name, home in homes.items() if home == side]
        if side not in shared and set(own) & set(steps):
            homes |= dict.fromkeys(own, "synapse")
    return homes


def _require_readable(found: System, projection: Projection, late: tuple[str, ...]) -> None:
    rule = found.rule
    third = [event for event in rule.events if event not in SPIKES]
    reasons = {
        "more than three events besides spikes": len(third) > MOST_OTHERS,
        "more than three voltages that are read late": len(late) > MOST_OTHERS,
        "a bound that is reached between events": bool(set(found.decays) - set(found.relaxing) - set(stepped(found))),
        "random jumps under these conventions": bool(found.scatters)
        and (rule.conventions.coincidence != "ignored" or rule.conventions.transmitted == "after"),
    }
    for reason, holds in reasons.items():
        if holds:
            raise UnsupportedRule(
                f"{rule} of {projection.name} has {reason}, which plasticity.compiled does not read in networks; use "
                "plasticity.spiking.simulate"
            )
