"""Rules printed as Brian2 text. Numbers are parameters of the printed model, never literals in it.

Names of a record get an ending (`_p` parameter, `_x` trace or variable, `_last` time of a trace's last spike,
`_now` decayed trace), so that none collides with a name of Brian2, nor with its endings `_pre` and `_post`.
Everything is dimensionless, in SI; `now` is the time in seconds.
"""

from dataclasses import dataclass

from plasticity.errors import RuleError
from plasticity.expressions import above_zero, parse, written
from plasticity.rules import Rule, Trace
from plasticity.rules.record import HUGE, Train, known_names


@dataclass(frozen=True)
class SynapseText:
    """A plastic synapse: the model, and what a spike does, as {pathway: code}; `order` is that of execution."""

    model: str
    on_pre: dict[str, str]
    on_post: dict[str, str]
    order: tuple[str, ...]


def synapse_text(rule: Rule, *, now: str) -> SynapseText:
    """The rule as four pathways: the two changes of w and the two updates of traces, in the order of its record.

    now : an expression for the time in seconds, 't/second' or a table of instants
    """
    numbers = [f"{name} : 1 (shared)" for name in numbers_of(rule)]
    states = [f"{trace.name}_{kind} : 1" for trace in rule.traces for kind in ("x", "last")]
    changes = {side: _change(rule, side, now) for side in ("pre", "post")}
    updates = {side: _updates(rule.traces_of(side), now) for side in ("pre", "post")}
    return SynapseText(
        model="\n".join(["w : 1", "blown_up_at : 1", *numbers, *states]),
        on_pre={"pre_change": changes["pre"], "pre_traces": updates["pre"]},
        on_post={"post_change": changes["post"], "post_traces": updates["post"]},
        order=_order(rule),
    )


def numbers_of(rule: Rule) -> dict[str, float]:
    """The numbers of the printed rule: its parameters, and its bounds, which no parameter can be called."""
    parameters = {f"{name}_p": value for name, value in rule.values.items()}
    return {**parameters, "w_lower": rule.bounds.lower, "w_upper": rule.bounds.upper}


def _order(rule: Rule) -> tuple[str, ...]:
    """The order of pathways at one instant: conventions 1 and 2 of the record."""
    if rule.coincidence == "counted":
        return ("pre_change", "pre_traces", "post_change", "post_traces")
    first, second = ("post", "pre") if rule.first == "post" else ("pre", "post")
    return (f"{first}_change", f"{second}_change", "pre_traces", "post_traces")


def _change(rule: Rule, side: str, now: str) -> str:
    text = rule.dw_pre if side == "pre" else rule.dw_post
    traces = {trace.name: trace for trace in rule.traces}
    tree = parse(text, known=known_names(rule), where=f"{rule.name}.dw_{side}", error=RuleError)
    reads = [f"{name}_now = {_decayed(trace)}" for name, trace in traces.items()]
    printed = written(tree, lambda name: _name_in_change(name, rule))
    arguments = [written(part, lambda name: _name_in_change(name, rule)) for part in above_zero(tree)]
    defined = "".join(f"*int({argument} > 0)" for argument in arguments)
    return "\n".join(
        [
            f"now = {now}",
            *reads,
            f"w_free = w + {printed}",
            # Not "not (abs(w_free) < HUGE)": that is turned into "abs(w_free) >= HUGE", which NaN fails too.
            f"is_number = int(abs(w_free) < {HUGE!r}){defined}",
            "blown_up_at = blown_up_at + (now - blown_up_at)*int(blown_up_at < 0)*(1 - is_number)",
            "w = clip(w_free, w_lower, w_upper)",
        ]
    )


def _updates(traces: tuple[Trace, ...], now: str) -> str:
    lines = [f"now = {now}"]
    for trace in traces:
        raised = f"{_decayed(trace)} + 1" if trace.interaction == "all-to-all" else "1"
        lines += [f"{trace.name}_x = {raised}", f"{trace.name}_last = now"]
    return "\n".join(lines)


def _decayed(trace: Trace) -> str:
    return f"{trace.name}_x*exp(-(now - {trace.name}_last)/{trace.time_constant}_p)"


def _name_in_change(name: str, rule: Rule) -> str:
    if name == "w":
        return "w"
    return f"{name}_p" if name in rule.values else f"{name}_now"


__all__ = ["SynapseText", "Train", "numbers_of", "synapse_text"]
