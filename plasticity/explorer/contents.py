"""What the page shows of the rules: which of them, what belongs to each, and weights that prove them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from plasticity import engines
from plasticity.ask.answering import SETTLED
from plasticity.errors import ArgumentError, RuleError
from plasticity.parameters import with_parameters
from plasticity.quantities import FACTORS
from plasticity.rules import FAMILIES, RULES, Rule, is_readable, nearest, soft_bounds, unbounded
from plasticity.rules.conventions import SPIKES, WEIGHT
from plasticity.rules.system import system
from plasticity.sources import reference

VARIANTS = {"nearest": nearest, "soft_bounds": soft_bounds}  # as `ask --variant` calls them
_N_SPIKES = 8  # a side, of the trains that prove a rule
_SPAN = 0.4  # seconds


@dataclass(frozen=True)
class Shown:
    """A rule of the page, and its variants by name; the rule itself under the empty name."""

    family: str
    variants: Mapping[str, Rule]


@cache
def rules() -> Mapping[str, Shown]:
    """{name: rule} of all that hear spikes, and read nothing else from outside, in the order of learning."""
    found = {}
    for family, pages in FAMILIES.items():
        for name in (name for names in pages.values() for name in names):
            rule = RULES[name]
            if _is_shown(rule):
                found[name] = Shown(family, {"": rule, **_variants(rule)})
    return found


def _is_shown(rule: Rule) -> bool:
    if rule.signals or not is_readable(rule, "javascript") or not set(SPIKES) <= set(rule.events):
        return False
    found = system(rule)
    return bool(found.jumps[WEIGHT]) or WEIGHT in found.flows


def _variants(rule: Rule) -> dict[str, Rule]:
    """Those that differ from the rule, and make sense."""
    found = {}
    for name, change in VARIANTS.items():
        try:
            changed = change(rule)
        except (RuleError, ArgumentError):  # it has no such form
            continue
        if (changed.weight, changed.state) != (rule.weight, rule.state) and is_readable(changed, "javascript"):
            found[name] = changed
    return found


def told(shown: Mapping[str, Shown]) -> dict[str, Any]:
    """What the page has to know of the rules beside their JavaScript, as plain data."""
    return {
        "settled": SETTLED,
        "rules": {
            name: {
                "family": one.family,
                "events": list(one.variants[""].events),
                "variants": {variant: _told(rule) for variant, rule in one.variants.items()},
            }
            for name, one in shown.items()
        },
    }


def _told(rule: Rule) -> dict[str, Any]:
    found = system(rule)
    return {
        "key": rule.name,
        "reference": reference(rule.source),
        "idle": idle(rule),
        "flows": WEIGHT in found.flows,
        "settles": settling(rule),
        "variables": [{"name": v.name, "unit": v.unit, "factor": FACTORS.get(v.unit, 1.0)} for v in rule.state],
    }


def idle(rule: Rule) -> list[str]:
    """Parameters that are in no expression of the rule: what moves nothing is no slider."""
    bounds = rule.bounds
    texts = [bounds.soft_lower, bounds.soft_upper, rule.transmits, *rule.delays.values()]
    for variable in rule.variables:
        texts += [variable.flow, variable.start, *(text for change in variable.changes.values() for text in change)]
    words = {word for text in texts for word in re.findall(r"\w+", text)}
    return [parameter.name for parameter in rule.parameters if parameter.name not in words]


def settling(rule: Rule) -> list[str]:
    """The time constants after which `ask` reads a weight that still moves; none where it moves at events only.

    They are the parameters that a variable relaxes with: when one doubles, the time of that variable does.
    """
    found = system(rule)
    if "moving weight" not in found.needs or set(found.flows) - {WEIGHT, *found.relaxing}:
        return []
    names = []
    for parameter in rule.parameters:
        if parameter.unit in ("s", "ms", "us") and 2 * parameter.value <= parameter.most:
            doubled = system(with_parameters(rule, **{parameter.name: 2 * parameter.value}))
            if doubled.time_constants != found.time_constants:
                names.append(parameter.name)
    if found.time_constants and max(rule.values[name] for name in names) != max(found.time_constants):
        raise RuleError(f"{rule}: its time constants are no parameters, which the page needs; write flows as -x/tau")
    return names


def proof(shown: Iterable[Rule]) -> list[dict[str, Any]]:
    """Trains of every rule, with what the exact engine makes of them: between its bounds, and without."""
    rng = np.random.default_rng(1)
    return [_proof(rule, {event: _train(rng) for event in rule.events}) for rule in shown]


def _proof(rule: Rule, trains: dict[str, list[float]]) -> dict[str, Any]:
    trains["post"] = sorted({*trains["post"], *trains["pre"][:2]})  # two that coincide
    others = {event: times for event, times in trains.items() if event not in SPIKES}
    expected = [
        float(engines.final_weight(asked, trains["pre"], trains["post"], rule.start_weight, events=others))
        for asked in (rule, unbounded(rule))
    ]
    return {"rule": rule.name, "trains": trains, "w0": rule.start_weight, "expected": expected}


def _train(rng: np.random.Generator) -> list[float]:
    """Times on a grid of 0.1 ms, so that the page holds few digits."""
    return (np.sort(rng.choice(int(_SPAN * 1e4), _N_SPIKES, replace=False)) / 1e4).tolist()
