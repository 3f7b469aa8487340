"""The traces of a rule between spikes, for looking at: what each change of w will read."""

from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.inputs import numbers
from plasticity.rules import AnyRule, Trace
from plasticity.rules.record import spike_rule
from plasticity.trains import Trains, one


def traces(rule: AnyRule, pre: Trains, post: Trains, times: Any) -> dict[str, Floats]:
    """Every trace of the rule at `times` (seconds); at the time of a spike, as it is just before it.

    pre, post : one train each, seconds; delays of the rule are added
    returns   : {trace: values of the shape of `times`}
    raises UnsupportedRule for a rule that reads rates; SpikeTrainError for impossible trains
    """
    rule = spike_rule(rule, "plasticity.events")
    arrivals = {
        "pre": one(pre, "the presynaptic train") + rule.axonal_delay,
        "post": one(post, "the postsynaptic train") + rule.dendritic_delay,
    }
    at = numbers(times, "times", unit="s")
    return {
        trace.name: _values(trace, arrivals[trace.train], rule.values[trace.time_constant], at) for trace in rule.traces
    }


def _values(trace: Trace, spikes: Floats, time_constant: float, at: Floats) -> Floats:
    after = np.ones(len(spikes))  # what each spike leaves behind
    if trace.interaction == "all-to-all":
        for k, gap in enumerate(np.diff(spikes), start=1):
            after[k] += after[k - 1] * np.exp(-gap / time_constant)
    if not len(spikes):
        return np.zeros(at.shape)
    last = np.searchsorted(spikes, at, side="left") - 1
    is_later = last >= 0
    age = np.where(is_later, at - spikes[last], 0.0)
    with np.errstate(over="ignore"):  # so long after a spike that its trace is 0
        return np.where(is_later, after[last] * np.exp(-age / time_constant), 0.0)
