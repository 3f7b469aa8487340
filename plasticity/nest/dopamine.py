"""Rules of reward as NEST's dopamine synapse: pairs make eligible, a third event turns that into a change.

There dw/dt = c (n - b) per millisecond: pairs raise the eligibility c, and a dopamine spike raises n by 1/tau_n.
"""

from plasticity.nest.models import Synapse
from plasticity.rules.conventions import SPIKES, WEIGHT
from plasticity.rules.polynomials import NoPolynomial, Polynomial, polynomial
from plasticity.rules.system import System

_NEEDED = frozenset({"spikes", "third events", "general state", "moving weight", "no polynomial"})


def dopamine(found: System) -> Synapse | None:
    """The rule as stdp_dopamine_synapse; None when it is of another form."""
    rule = found.rule
    (event,) = [event for event in rule.events if event not in SPIKES] or [""]
    names = [variable.name for variable in rule.state]
    if not event or not found.needs <= _NEEDED or len(names) != 4 or found.jumps[WEIGHT] or WEIGHT not in found.flows:
        return None
    c, d = (
        [name for name in names if {jump.event for jump in found.jumps[name]} == set(kinds)]
        for kinds in (SPIKES, (event,))
    )
    if len(c) != 1 or len(d) != 1 or any(name not in found.decays or found.decays[name].rest for name in names):
        return None
    try:
        return _synapse(found, event, c[0], d[0])
    except NoPolynomial:
        return None


def _synapse(found: System, event: str, c: str, d: str) -> Synapse | None:
    flow = _terms(polynomial(found.flows[WEIGHT], found.values, [c, d]))
    raised = {jump.event: _terms(polynomial(jump.tree, found.values, list(found.traces))) for jump in found.jumps[c]}
    traces = {side: [name for name, jump in found.traces.items() if jump.event == side] for side in SPIKES}
    if any(len(own) != 1 or found.amplitude(own[0]) != 1 for own in traces.values()):
        return None
    x, y = traces["pre"][0], traces["post"][0]
    both = tuple(sorted((c, d)))
    (dose,) = (_terms(polynomial(jump.tree, found.values, [])).get((), 0.0) for jump in found.jumps[d])
    is_fit = (
        set(flow) <= {(c,), both} and both in flow and set(raised["pre"]) == {(y,)} and set(raised["post"]) == {(x,)}
    )
    if not is_fit or not dose or any(jump.is_set for name in (c, d) for jump in found.jumps[name]):
        return None
    ms = {name: decay.tau * 1e3 for name, decay in found.decays.items()}
    gain = flow[both] * 1e-3 * dose * ms[d]  # of c and n, per millisecond
    parameters = {"A_plus": gain * raised["post"][(x,)], "A_minus": -gain * raised["pre"][(y,)]}
    parameters |= {"b": -flow.get((c,), 0.0) / flow[both] / (dose * ms[d]), "tau_c": ms[c], "tau_n": ms[d]}
    parameters |= {"tau_plus": ms[x], "Wmin": found.rule.bounds.lower, "Wmax": found.rule.bounds.upper}
    return Synapse("stdp_dopamine_synapse", {}, {"tau_minus": ms[y]}, parameters, event=event)


def _terms(found: Polynomial) -> dict[tuple[str, ...], float]:
    return {powers: float(value) for powers, value in found.items() if value}
