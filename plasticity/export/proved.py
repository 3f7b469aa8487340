"""On what a record was verified that is written for a program which is not run here."""

import math

from plasticity.export.header import as_residual
from plasticity.export.neuron_proof import neuron_proof, told_rate
from plasticity.neurons import Neuron
from plasticity.rules import Rule
from plasticity.rules.system import system
from plasticity.verification import verified

_SEEDS = 1


def of_rule(rule: Rule) -> list[str]:
    """The exact engine against the definition of the rule, measured now."""
    found = verified(rule, "events", seeds=_SEEDS)
    if found.status != "agrees":
        return [f"The rule was not verified: {found.note or found.status}."]
    note = f" ({found.note})" if found.note else ""
    what = "rates" if "rate" in system(rule).needs else "trains, with coincidences and bursts,"
    return [
        f"Verified when this was written, on the random {what} of `plasticity verify {rule.name} --seeds "
        f"{_SEEDS}`: the exact engine against {found.partner}{note}, "
        f"{found.n} numbers, of which {found.at_lower + found.at_upper} at a bound.",
        f"Residual: {as_residual(found.difference or 0.0)} of the largest weight, {found.tolerance:g} allowed. It is "
        "that of the rule; this text itself is printed from the same record, and was not run.",
    ]


def of_neuron(neuron: Neuron) -> list[str]:
    """Its spikes under a constant current, fired now, and their rate beside the closed form."""
    fired = neuron_proof(neuron)
    under = f"under a constant current of {fired.current:g} A, in steps of {fired.dt * 1e3:g} ms"
    not_run = "This text itself is printed from the same record, and was not run."
    if math.isfinite(fired.rate):
        return [f"It fires at random, {fired.rate:.6g} Hz in closed form {under}. {not_run}"]
    rate = told_rate(neuron, fired)
    other = f". `plasticity verify {neuron.name} --against nest` compares it with NEST"
    return [
        f"Fired when this was written by plasticity.spiking {under}: {len(fired.steps)} spikes in "
        f"{fired.duration:g} s, the first at {fired.steps[0] * fired.dt * 1e3:g} ms{rate or other}.",
        not_run,
    ]
