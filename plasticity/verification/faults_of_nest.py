"""Where NEST itself is at fault: shown on one pair of spikes each, as long as it is so."""

from dataclasses import replace

import numpy as np

from plasticity import events
from plasticity.nest import asked, synapse_of
from plasticity.rules import RULES, Rule, anti, with_conventions, with_parameters
from plasticity.verification.by_nest import TOLERANCE
from plasticity.verification.findings import Course, Finding, judged
from plasticity.verification.trains import STEP
from plasticity.verification.variants import delayed

_RATE = 0.05  # of anti-STDP: large, so that one pair is enough


def imagined_spike() -> Finding:
    """One postsynaptic spike, and no presynaptic one before it: the weight must not change."""
    rule = RULES["nearest_symmetric_stdp"]
    told = _told(rule, {}, [400], [200], 0.5)
    note = (
        "stdp_nn_symm_synapse and stdp_nn_restr_synapse pair the first postsynaptic spikes with a presynaptic one at "
    )
    return _finding(
        "nest_imagined_spike", rule, told, note + "time 0 that nobody fired; imagined='pre at 0' does so too"
    )


def negative_rate() -> Finding:
    """Anti-STDP in NEST's letters, lambda below 0: post before pre raises the weight, which must stop at Wmax."""
    rule = with_parameters(RULES["pair_stdp"], A_plus=_RATE, A_minus=_RATE)
    told = _told(rule, {"lambda": -_RATE}, [205], [200], 0.99)
    note = (
        "stdp_synapse clips a change at the bound that its kind leads to: with lambda below 0 w overruns the other one"
    )
    return _finding("nest_negative_rate", anti(rule), told, note)


FAULTS = {"nest_imagined_spike": imagined_spike, "nest_negative_rate": negative_rate}
Told = tuple[list[int], list[int], float, list[float]]


def _told(rule: Rule, change: dict[str, float], pre: list[int], post: list[int], w0: float) -> Told:
    """The trains, and what NEST says of them."""
    synapse = synapse_of(rule)
    pair = {"pre": pre, "post": post, "delay": 1, "weight": w0}
    parameters = {**synapse.parameters, **change}
    about = {"model": synapse.model, "common": {}, "synapse": parameters, "post": dict(synapse.post)}
    ((weights,),) = asked([{"kind": "synapse", "third": "", "pairs": [pair], **about}])
    return pre, post, w0, weights


def _finding(name: str, rule: Rule, told: Told, note: str) -> Finding:
    pre, post, w0, theirs = told
    times = np.array(pre) * STEP, np.array(post) * STEP
    path = events.trajectory(delayed(with_conventions(rule, "nest"), 1), *times, w0)
    ours = path.weights[np.searchsorted(path.times, times[0] + STEP / 2) - 1]
    course = Course("one pair", times[0], ours, np.array(theirs), path.weights)
    finding = Finding(name, "nest", partner=f"NEST, {rule}", conventions="nest", tolerance=TOLERANCE, note=note)
    found = judged(finding, [course], (0.0, 1.0))
    return found if found.status == "agrees" else _at_fault(found)


def _at_fault(found: Finding) -> Finding:
    assert found.place is not None
    said = f"it says {found.place.theirs:.6g} where {found.place.ours:.6g} is meant"
    said = f"a fault of NEST's own, shown while it is there, so no tolerance applies; {said}"
    return replace(found, status="is at fault", tolerance=None, note=f"{said}: {found.note}")
