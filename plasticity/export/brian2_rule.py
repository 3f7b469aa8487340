"""A rule as a Brian2 script that runs by itself, with the trains on which it was verified."""

from plasticity.errors import UnsupportedRule
from plasticity.export import brian2_text
from plasticity.export.brian2_run import ran
from plasticity.export.brian2_synapse import Synapse
from plasticity.export.brian2_text import STEP_MS
from plasticity.export.header import as_residual, header
from plasticity.export.proof import STEP, Proof, proof
from plasticity.rules import Rule
from plasticity.rules.conventions import WEIGHT
from plasticity.rules.system import system

_EXACT = 1e-12  # of a weight of 1 or more: rounding alone, of the same sums in another order


def rule_script(rule: Rule, command: str = "") -> str:
    """The script, its residual measured by running it.

    raises UnsupportedRule for what it cannot say, or what could not be verified
    """
    _check(rule)
    proved, synapse = proof(rule), Synapse(system(rule))
    result = ran(_script(rule, synapse, proved, 1e300, "not measured yet"))
    residual = abs(result["final weight"] - proved.final)
    if rule.transmits != WEIGHT:
        residual = max(residual, abs(result["transmitted"] - proved.sent))
    exact = _EXACT * max(1.0, abs(proved.final))
    tolerance, why = (2 * residual, "twice the residual") if synapse.is_stepped else (exact, "rounding")
    if not residual <= tolerance:
        raise UnsupportedRule(
            f"{rule.name}: its script is off by {residual:.2g} where rounding is allowed; not written"
        )
    told = header(rule, "brian2", _told(rule, synapse, proved, residual), mark="#", command=command)
    return f"{told}\n\n{_script(rule, synapse, proved, tolerance, why)}"


def _check(rule: Rule) -> None:
    if "rate" in system(rule).needs:
        spiking = f"export its spiking form {rule.spiking_form}" if rule.spiking_form else "use --to latex"
        raise UnsupportedRule(f"{rule.name} reads firing rates, and a synapse of Brian2 hears spikes; {spiking}")
    for event in rule.delays:
        steps = rule.delay(event) / STEP
        if abs(steps - round(steps)) > 1e-6:
            raise UnsupportedRule(
                f"{rule.name}: the delay of {event} is {rule.delay(event) * 1e3:g} ms, no whole number of steps of "
                f"{STEP_MS:g} ms, to which Brian2 would round it; set it to one"
            )


def _told(rule: Rule, synapse: Synapse, proved: Proof, residual: float) -> list[str]:
    from importlib.metadata import version

    trains = ", ".join(f"{len(times)} {event}" for event, times in proved.steps.items())
    told = [
        f"Verified on the trains below ({trains}; coincident pairs: {proved.n_coincident}; events after which the "
        f"weight is at a bound: {proved.n_at_bound}), from the weight {proved.start!r}.",
        f"Residual: {as_residual(residual)}, between the final weight of this script, run with Brian2 "
        f"{version('brian2')} when it was written, and that of plasticity.events, which is exact and has no time step.",
    ]
    if rule.transmits != WEIGHT:
        told.append(f"The residual is also that of what the last presynaptic spike transmits, {rule.transmits}.")
    if synapse.is_stepped:
        told.append(
            f"What flows is taken in steps of {STEP_MS:g} ms (Runge-Kutta of order 4); a threshold crossed or a bound "
            "met within a step costs up to a step. With a shorter step_ms the difference shrinks."
        )
    return [*told, f"All times lie on steps of {STEP_MS:g} ms, also those of trains of your own."]


def _script(rule: Rule, synapse: Synapse, proved: Proof, tolerance: float, why: str) -> str:
    found = system(rule)
    parts = [
        brian2_text.imports(rule),
        brian2_text.given(rule, synapse, proved),
        brian2_text.senders(rule),
        *([brian2_text.courses(rule)] if rule.signals else []),
        brian2_text.synapses(rule, synapse, found),
        brian2_text.run(rule, synapse, found),
        brian2_text.result(rule, proved, tolerance, why),
    ]
    return "\n".join(parts)
