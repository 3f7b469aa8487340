"""A rule printed as JavaScript: a record of what it is, and the function that makes it from its numbers."""

import json
import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from plasticity.javascript.expressions import local, printed, written_number
from plasticity.javascript.flows import FlowText
from plasticity.javascript.instants import instant_lines
from plasticity.javascript.shares import has_pairs, partners
from plasticity.parameters import Parameter
from plasticity.quantities import to_si
from plasticity.rules import Rule, is_readable, readable, unbounded, with_bounds
from plasticity.rules.conventions import WEIGHT
from plasticity.rules.system import System, system

_FAR = 1e9  # times a bound: where whatever bends between has bent


def rule_text(rule: Rule) -> str:
    """The statement that adds a rule to the library.

    raises UnsupportedRule for a rule whose flows have no closed form, or that reads or draws what no train says
    """
    found = readable(rule, "javascript")
    made, free = _made(found), _unbounded(rule)
    within = [_safe_end(rule, made, "lower"), _safe_end(rule, made, "upper")]
    record = {**_about(found), "within": _array(within), "make": made}
    if free != made:
        record["unbounded"] = free
    lines = [f"  {name}: {text}," for name, text in record.items()]
    return "\n".join(["plasticity.add({", *lines, "});", ""])


def _unbounded(rule: Rule) -> str:
    return _made(system(unbounded(rule)))


def _safe_end(rule: Rule, made: str, side: str) -> float:
    """How far a bound of the weight may be moved outwards: without end, unless something is written otherwise then, for
    a weight has another sign there, or lies behind a bend of the flow."""
    end = getattr(rule.bounds, side)
    outwards = -1.0 if side == "lower" else 1.0
    further = end if math.isinf(end) else end + outwards * _FAR * (1.0 + abs(end))
    moved = with_bounds(rule, replace(rule.bounds, **{side: further}))
    is_same = is_readable(moved, "javascript") and _made(system(moved)) == made
    return outwards * math.inf if is_same else end


def _about(found: System) -> dict[str, str]:
    rule = found.rule
    return {
        "name": _text(rule.name),
        "summary": _text(rule.summary),
        "source": _text(rule.source),
        "weight_unit": _text(rule.weight_unit),
        "bounds": _array([rule.bounds.lower, rule.bounds.upper]),
        "start": written_number(found.start_weight),
        "events": _text(list(rule.events)),
        "variables": _text([variable.name for variable in rule.variables]),
        "ledger_by": _text("pairs" if has_pairs(found) else "instants"),
        "isSoft": _text(rule.bounds.is_soft),
        "isOwnSide": _text(rule.conventions.clipping == "own side"),
        "parameters": "\n".join(["[", *(f"    {_parameter(found, one)}," for one in rule.parameters), "  ]"]),
    }


def _parameter(found: System, parameter: Parameter) -> str:
    least, most = _range(found, parameter)
    about = {
        "name": _text(parameter.name),
        "value": written_number(parameter.value),
        "unit": _text(parameter.unit),
        "factor": written_number(float(to_si(1.0, parameter.unit))),
        "meaning": _text(parameter.meaning),
        "source": _text(parameter.source),
        "least": written_number(least),
        "most": written_number(most),
    }
    return _object(about)


def _range(found: System, parameter: Parameter) -> tuple[float, float]:
    """Where a parameter may lie. Soft bounds, and changes made term by term, are written by the signs of the
    parameters: there each keeps its own."""
    least, most, value = parameter.least, parameter.most, parameter.value
    if not (found.rule.bounds.is_soft or found.rule.conventions.terms == "one by one"):
        return least, most
    if value == 0:
        return 0.0, 0.0
    return (max(least, 0.0), most) if value > 0 else (least, min(most, 0.0))


def _made(found: System) -> str:
    """The function from numbers to what moves the variables."""
    rule, flow = found.rule, FlowText(found)
    starts = [_start_weight(found), *(_start(found, variable.name) for variable in rule.state)]
    named = ", ".join(_destructured(parameter.name) for parameter in rule.parameters)
    constants = [f"    const {name} = {text};" for name, text in flow.constants()]
    delays = [local(rule.delays[event]) if event in rule.delays else "0" for event in rule.events]
    parts = [
        f"      delays: [{', '.join(delays)}],",
        f"      begins: {'null' if found.begins is None else written_number(found.begins)},",
        f"      start: [{', '.join(starts)}],",
        *_method("advance($s, $age)", flow.advanced()),
        *_method("jump($s, $e)", instant_lines(found)),
        *_pairs(found),
    ]
    destructured = [f"    const {{ {named} }} = $p;"] if named else []
    return "\n".join(["($p, $kit) => {", *destructured, *constants, "    return {", *parts, "    };", "  }"])


def _destructured(name: str) -> str:
    return name if local(name) == name else f"{name}: {local(name)}"


def _start_weight(found: System) -> str:
    text = found.rule.weight.start
    return printed(found.parsed(text, "the start of w")) if text else written_number(found.start_weight)


def _start(found: System, name: str) -> str:
    """Where a variable starts, as an expression of the parameters."""
    if found.begins is not None:
        jumps = [jump for jump in found.jumps[name] if jump.event == "pre"]
        if name in found.decays and jumps and jumps[-1].is_set and jumps[-1].reads <= set(found.values):
            return printed(jumps[-1].tree)
    variable = next(one for one in found.rule.state if one.name == name)
    return printed(found.parsed(variable.start, f"the start of {name}"))


def _method(head: str, lines: list[str]) -> list[str]:
    return [f"      {head} {{", *(f"        {line}" for line in lines), "      },"]


def _pairs(found: System) -> list[str]:
    """What the ledger reads of each change of w: its event, and the traces of the other train."""
    if not has_pairs(found):
        return []
    lines = []
    for jump in found.jumps[WEIGHT]:
        traces = [_trace(found, name) for name in partners(found, jump)]
        other = "post" if jump.event == "pre" else "pre"
        about = {
            "event": str(found.rule.events.index(jump.event)),
            "seesNow": _text(found.stage_of(other) < found.stage_of(jump.event)),
            "traces": f"[{', '.join(traces)}]",
        }
        lines.append(f"        {_object(about)},")
    return ["      pairs: [", *lines, "      ],"]


def _trace(found: System, name: str) -> str:
    jump = found.traces[name]
    about = {"rate": f"{local(name)}$rate", "amplitude": printed(jump.tree), "isNearest": _text(jump.is_set)}
    return _object(about)


def _text(value: Any) -> str:
    """A text, or a list of texts, that cannot end the script that holds it: ASCII, and no < in it."""
    return json.dumps(value).replace("<", "\\u003c")


def _array(values: list[float]) -> str:
    return f"[{', '.join(map(written_number, values))}]"


def _object(about: Mapping[str, str]) -> str:
    return f"{{ {', '.join(f'{name}: {text}' for name, text in about.items())} }}"
