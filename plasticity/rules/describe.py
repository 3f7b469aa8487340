"""A rule in words and equations: what `plasticity show` prints and what a manifest keeps."""

from plasticity.quantities import written
from plasticity.rules.record import AnyRule, RateRule, Trace, Train


def equations(rule: AnyRule) -> tuple[str, ...]:
    """The rule's equations, one a line."""
    if isinstance(rule, RateRule):
        return (f"dw/dt = {rule.dw}",)
    lines = [f"d{trace.name}/dt = -{trace.name}/{trace.time_constant}" for trace in rule.traces]
    sides: tuple[tuple[Train, str], ...] = (("pre", rule.dw_pre), ("post", rule.dw_post))
    for train, change in sides:
        raised = [_raised(trace) for trace in rule.traces_of(train)]
        lines.append(f"at a {train}synaptic spike: " + "; ".join([f"w += {change}", *raised]))
    return tuple(lines)


def conventions(rule: AnyRule) -> tuple[str, ...]:
    """What the numbers of the rule depend on beside its equations, as sentences."""
    clipped = f"bounds: {rule.bounds}" + ("" if str(rule.bounds) == "unbounded" else ", clipped after each change")
    if isinstance(rule, RateRule):
        return (f"w is in units of {rule.weight_unit}", clipped)
    delays = (("axonal", rule.axonal_delay), ("dendritic", rule.dendritic_delay))
    delayed = [f"{name} {written(delay, 'ms')}" for name, delay in delays if delay]
    return (
        f"w is in units of {rule.weight_unit}",
        clipped,
        "a lag is t_post - t_pre",
        "a change reads the traces as they were just before its own spike",
        f"a coincident pair is {rule.coincidence}",
        f"at one instant the change of the {rule.first}synaptic spike is applied first",
        "a spike transmits the weight as it was before its own update",
        f"delays: {', '.join(delayed) or 'none'}",
        "a train with two spikes within 1 ns is refused",
    )


def _raised(trace: Trace) -> str:
    return f"{trace.name} += 1" if trace.interaction == "all-to-all" else f"{trace.name} = 1"


__all__ = ["conventions", "equations"]
