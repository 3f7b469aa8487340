"""All that can be said of a rule or a neuron, gathered: what `plasticity show` prints, as lines and as plain data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from plasticity.catalogue import SET
from plasticity.inputs import instance
from plasticity.neurons import Neuron
from plasticity.neurons.describe import equations as neuron_equations
from plasticity.neurons.describe import receptors, roles
from plasticity.parameters import Parameter, ParameterSet
from plasticity.quantities import written
from plasticity.rules import Rule, Signal, engines_for
from plasticity.rules.describe import conventions, equations
from plasticity.sources import reference
from plasticity.studies.averages import Averages, averages
from plasticity.studies.onset import onset
from plasticity.studies.phenomena import Answer, Verdict, answers
from plasticity.studies.stimulated import quiet

Lines = tuple[str, ...]
_NOISE = "window, mean drift, fixed points and what it explains are those of the rule without its noise"


@dataclass(frozen=True)
class Card:
    """A record, told.

    kind     : 'rule' or 'neuron'
    purpose  : what it is for
    sections : {heading: lines}, in order; a section without lines has nothing to say
    data     : the same as plain data, numbers in SI, for JSON
    """

    kind: str
    name: str
    summary: str
    purpose: str
    sections: Mapping[str, Lines]
    data: Mapping[str, Any]


def card(record: Rule | Neuron, *, is_patient: bool = False) -> Card:
    """What there is to say of a rule or a neuron; of a rule, what it explains is computed now.

    is_patient : whether to ask what takes up to a minute, too
    raises ArgumentError for what is neither
    """
    if isinstance(record, Neuron):
        return _neuron_card(record)
    return _rule_card(instance(record, Rule, "what is shown"), is_patient)


def _rule_card(rule: Rule, is_patient: bool) -> Card:
    mean, asked = averages(rule), answers(rule, is_patient=is_patient)
    engines = [f"plasticity.{engine}" for engine in engines_for(rule)]
    sections: dict[str, Lines] = {
        "what it is for": (rule.purpose,) if rule.purpose else (),
        "this set": _chosen(rule),
        "equations": equations(rule),
        "noise": (_NOISE,) if quiet(rule) != rule else (),
        "parameters": _parameters(rule.parameters),
        "sets": _sets(rule),
        "signals": tuple(_signal(signal) for signal in rule.signals),
        "transmits": (rule.transmits,) if rule.transmits != rule.weight.name else (),
        "window": mean.window,
        "mean drift": mean.drift,
        "fixed points": mean.points,
        "explains": _told(asked, "explains"),
        "does not explain": _told(asked, "does not explain"),
        "not asked": _reasons(asked),
        "bounds": (str(rule.bounds),),
        "read by": (", ".join(engines) or "no engine",),
        "source": (reference(rule.source),),
        "conventions": conventions(rule),
    }
    data = {
        **_header("rule", rule),
        "equations": list(equations(rule)),
        "signals": [{"name": s.name, "of": s.of, "kind": s.kind, "unit": s.unit} for s in rule.signals],
        "transmits": rule.transmits,
        **_averages_data(mean),
        "phenomena": [_answer_data(one) for one in asked],
        "bounds": str(rule.bounds),
        "weight_unit": rule.weight_unit,
        "read_by": engines,
        "source": reference(rule.source),
        "conventions": list(conventions(rule)),
        "is_told_without_noise": quiet(rule) != rule,
    }
    return Card("rule", rule.name, rule.summary, rule.purpose, sections, data)


def _neuron_card(neuron: Neuron) -> Card:
    begin = onset(neuron)
    sections: dict[str, Lines] = {
        "what it is for": (neuron.purpose,) if neuron.purpose else (),
        "this set": _chosen(neuron),
        "equations": neuron_equations(neuron),
        "roles": roles(neuron),
        "receptors": receptors(neuron),
        "rheobase": begin.lines,
        "parameters": _parameters(neuron.parameters),
        "sets": _sets(neuron),
        "source": (reference(neuron.source),),
    }
    data = {
        **_header("neuron", neuron),
        "equations": list(neuron_equations(neuron)),
        "roles": list(roles(neuron)),
        "receptors": list(receptors(neuron)),
        "rheobase": begin.rheobase,
        "rest_lost_at": begin.lost_at,
        "excitability": begin.kind,
        "source": reference(neuron.source),
    }
    return Card("neuron", neuron.name, neuron.summary, neuron.purpose, sections, data)


def _header(kind: str, record: Rule | Neuron) -> dict[str, Any]:
    return {
        "kind": kind,
        "name": record.name,
        "summary": record.summary,
        "purpose": record.purpose,
        "parameters": [_parameter_data(parameter) for parameter in record.parameters],
        "sets": [
            {"name": one.name, "values": dict(one.values), "meaning": one.meaning, "source": reference(one.source)}
            for one in record.sets
        ],
    }


def _parameter_data(parameter: Parameter) -> dict[str, Any]:
    told = {name: getattr(parameter, name) for name in ("name", "value", "unit", "meaning")}
    return {**told, "shown": str(parameter), "source": reference(parameter.source)}


def _parameters(parameters: Sequence[Parameter]) -> Lines:
    return tuple(f"{parameter}{about(parameter.meaning, parameter.source)}" for parameter in parameters)


def about(meaning: str, source: str) -> str:
    """What stands behind a number: its meaning and its source, as far as there are any."""
    parts = [str(part) for part in (meaning, source) if part]
    return f" - {'; '.join(parts)}" if parts else ""


def _chosen(record: Rule | Neuron) -> Lines:
    """What the set is that was chosen, where one was."""
    chosen = record.name.partition(SET)[2]
    return tuple(f"{one.meaning}; {one.source}" for one in record.sets if one.name == chosen)


def _sets(record: Rule | Neuron) -> Lines:
    """The published sets, and how one is chosen."""
    if not record.sets:
        return ()
    name = record.name.partition(SET)[0]
    units = {parameter.name: parameter.unit for parameter in record.parameters}
    return (
        f"chosen as {name}:SET wherever a name is taken:",
        *(f"{name}:{one.name}{about(one.meaning, one.source)}: {_values(one, units)}" for one in record.sets),
    )


def _values(one: ParameterSet, units: Mapping[str, str]) -> str:
    return ", ".join(f"{name} = {written(value, units[name])}" for name, value in one.values.items())


def _signal(signal: Signal) -> str:
    """What a rule reads and does not compute."""
    unit = "" if signal.unit == "1" else f" ({signal.unit})"
    owner = "the world" if signal.of == "world" else f"the {signal.of}synaptic neuron"
    left = ", less what the neurons before this one in its layer account for" if signal.is_residual else ""
    late = f", earlier by {signal.delay}" if signal.delay else ""
    return f"{signal.name}: the {signal.kind} of {owner}{unit}{left}{late}"


def _told(asked: Sequence[Answer], verdict: Verdict) -> Lines:
    return tuple(f"{one.phenomenon.name}: {one.said}" for one in asked if one.verdict == verdict)


def _reasons(asked: Sequence[Answer]) -> Lines:
    """What was not asked, by reason."""
    by_reason: dict[str, list[str]] = {}
    for one in asked:
        if one.verdict == "not asked":
            by_reason.setdefault(one.said, []).append(one.phenomenon.name)
    return tuple(f"{', '.join(names)}: {reason}" for reason, names in by_reason.items())


def _answer_data(one: Answer) -> dict[str, Any]:
    asked = one.phenomenon
    told = {name: getattr(asked, name) for name in ("name", "sentence", "criterion")}
    answered = {"verdict": one.verdict, "said": one.said, "numbers": dict(one.numbers)}
    return {**told, "source": reference(asked.source), **answered}


def _averages_data(mean: Averages) -> dict[str, Any]:
    return {
        "window": {"equations": list(mean.window), "reason": ""} if mean.has_window else _none(mean.window),
        "mean_drift": {"equation": mean.form, "said": list(mean.drift)},
        "fixed_points": list(mean.points),
    }


def _none(reason: Lines) -> dict[str, Any]:
    return {"equations": [], "reason": reason[0]}
