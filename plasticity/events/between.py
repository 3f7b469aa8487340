"""The traces of a rule between spikes, for looking at: what each change of w will read."""

from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.inputs import numbers
from plasticity.rules import Rule, readable
from plasticity.rules.system import System
from plasticity.trains import Trains, one


def traces(rule: Rule, pre: Trains, post: Trains, times: Any) -> dict[str, Floats]:
    """Every trace of the rule at `times` (seconds); at the time of a spike, as it is just before it.

    pre, post : one train each, seconds; delays of the rule are added
    returns   : {trace: values of the shape of `times`}
    raises UnsupportedRule for a rule that this engine does not read; SpikeTrainError for impossible trains
    """
    found = readable(rule, "events")
    arrivals = {
        "pre": one(pre, "the presynaptic train") + rule.delay("pre"),
        "post": one(post, "the postsynaptic train") + rule.delay("post"),
    }
    at = numbers(times, "times", unit="s")
    return {name: _values(found, name, arrivals[jump.event], at) for name, jump in found.traces.items()}


def _values(found: System, trace: str, spikes: Floats, at: Floats) -> Floats:
    tau = found.decays[trace].tau
    after = np.full(len(spikes), found.amplitude(trace))  # what each spike leaves behind
    if not found.traces[trace].is_set:
        for k, gap in enumerate(np.diff(spikes), start=1):
            after[k] += after[k - 1] * np.exp(-gap / tau)
    if not len(spikes):
        return np.zeros(at.shape)
    last = np.searchsorted(spikes, at, side="left") - 1
    is_later = last >= 0
    age = np.where(is_later, at - spikes[last], 0.0)
    with np.errstate(over="ignore"):  # so long after a spike that its trace is 0
        return np.where(is_later, after[last] * np.exp(-age / tau), 0.0)
