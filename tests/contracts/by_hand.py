"""The conventions read aloud for any state: one synapse, one event at a time, no array, every variable a number.

Between events each variable goes by a function of its own, written by hand for the rule that is tested.
"""

from functools import cache

from plasticity.errors import RuleError
from plasticity.expressions import evaluator, parse


def run(rule, trains, w0, flow):
    """[(time, {variable: value after it})] of every instant.

    trains : {event: seconds}; flow : function of values, a time and a later time, returning the values then
    """
    values = {"w": w0, **{variable.name: number(variable.start, rule.values) for variable in rule.state}}
    found, before = [], None
    for time, kinds in instants(rule, trains):
        values = values if before is None else {**values, **flow(values, before, time)}
        for stage in stages(rule, kinds):
            values = jumped(rule, values, stage)
        found.append((time, values))
        before = time
    return found


def instants(rule, trains):
    """[(time, kinds)], delays added."""
    late = {event: rule.values[rule.delays[event]] if event in rule.delays else 0.0 for event in rule.events}
    every = sorted((t + late[event], rule.events.index(event), event) for event in trains for t in trains[event])
    found = []
    for time, _, event in every:
        if found and time - found[-1][0] < 1e-9 and event not in found[-1][1]:
            found[-1][1].append(event)
        else:
            found.append((time, [event]))
    return found


def stages(rule, kinds):
    """The events of an instant that act together."""
    first = rule.conventions.coincidence.removesuffix(" first")
    return [kinds] if first == "ignored" else [[e for e in kinds if e == first], [e for e in kinds if e != first]]


def jumped(rule, before, kinds):
    """The variables after what happens together: for rules whose changes of w keep their sign."""
    after = dict(before)
    for variable in (rule.weight, *rule.state):
        jumps = [(event, text) for event in rule.events if event in kinds for text in variable.changes.get(event, ())]
        if variable.name == "w":
            jumps.sort(key=lambda jump: change(rule, variable, *jump, before, before["w"]) < before["w"])
        else:
            jumps = [(event, text) for event, texts in variable.changes.items() for text in texts if event in kinds]
        for event, text in jumps:
            after[variable.name] = change(rule, variable, event, text, before, after[variable.name])
    return after


def change(rule, variable, event, text, before, own):
    """The variable after one jump, clipped."""
    read = {**rule.values, **before, variable.name: own}
    marked = [other.name for other in rule.state if event in other.jumps]
    for other in rule.state:
        if f"after({other.name})" in text:
            value = before[other.name]
            for inner in other.changes[event]:
                value = change(rule, other, event, inner, before, value)
            read[f"after({other.name})"] = value
    value = number(text.removeprefix("="), read, marked)
    value = value if text.startswith("=") else own + value
    return min(max(value, variable.bounds.lower), variable.bounds.upper)


def number(text, values, after=()):
    """An expression, evaluated."""
    return float(_evaluator(text.strip(), tuple(values), tuple(after))(values))


@cache
def _evaluator(text, known, after):
    return evaluator(parse(text, known=known, where=text, error=RuleError, after=after))
