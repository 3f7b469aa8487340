"""Plasticity rules: the record, one file per rule, the variants, and the catalogue RULES."""

from plasticity import plugins
from plasticity.catalogue import Catalogue
from plasticity.errors import unknown
from plasticity.parameters import Parameter, with_parameters
from plasticity.rules.anti_stdp import ANTI_STDP
from plasticity.rules.bi_poo import BI_POO
from plasticity.rules.conventions import Conventions
from plasticity.rules.covariance import COVARIANCE
from plasticity.rules.hebbian import ANTI_HEBBIAN, HEBBIAN, SPIKING_ANTI_HEBBIAN, SPIKING_HEBBIAN
from plasticity.rules.pair_stdp import PAIR_STDP
from plasticity.rules.reading import engines_for, is_readable, readable
from plasticity.rules.record import (
    BIOLOGICAL,
    RATES,
    UNBOUNDED,
    Bounds,
    Rule,
    Signal,
    Variable,
    low_pass,
    nearest_trace,
    trace,
    weight,
    with_bounds,
)
from plasticity.rules.triplet_stdp import TRIPLET_STDP
from plasticity.rules.variants import anti, biological, nearest, scaled, soft_bounds, unbounded

_ALL: tuple[Rule, ...] = (
    HEBBIAN,
    ANTI_HEBBIAN,
    COVARIANCE,
    SPIKING_HEBBIAN,
    SPIKING_ANTI_HEBBIAN,
    PAIR_STDP,
    ANTI_STDP,
    BI_POO,
    TRIPLET_STDP,
)

RULES = Catalogue("rule", {rule.name: rule for rule in _ALL})
_TAKEN = frozenset({*RULES, "all"})  # on the command line, 'all' stands for every rule


def find(name: str) -> Rule:
    """The rule called `name`, of the catalogue or of another package; for one of ours, no other is looked for.

    raises UnknownName, which lists the known ones; PluginError for an entry point that is no rule
    """
    if name in RULES or not isinstance(name, str):
        return RULES[name]  # raises for what is no name
    usable, refused = plugins.sorted_out(_offers(), _TAKEN, "rule")
    if name in refused:
        raise refused[name]
    if name not in usable:
        raise unknown("rule", name, [*RULES, *usable])
    return plugins.record(usable[name], Rule, "rule", RULES)


def names() -> list[str]:
    """The names of all rules, those that other packages declare among them; nothing of theirs is imported."""
    return [*RULES, *plugins.sorted_out(_offers(), _TAKEN, "rule")[0]]


def all_rules() -> list[Rule]:
    """The rules of the catalogue, then those that other packages declare as entry points `plasticity.rules`.

    warns with PluginWarning of each that cannot be used
    """
    return [*RULES.values(), *plugins.records(_offers(), Rule, "rule", _TAKEN)]


def _offers() -> list[plugins.Offer]:
    return [plugins.offer(entry) for entry in plugins.declared("plasticity.rules")]


__all__ = [
    "BIOLOGICAL",
    "RATES",
    "RULES",
    "UNBOUNDED",
    "Bounds",
    "Conventions",
    "Parameter",
    "Rule",
    "Signal",
    "Variable",
    "all_rules",
    "anti",
    "biological",
    "engines_for",
    "find",
    "is_readable",
    "low_pass",
    "names",
    "nearest",
    "nearest_trace",
    "readable",
    "scaled",
    "soft_bounds",
    "trace",
    "unbounded",
    "weight",
    "with_bounds",
    "with_parameters",
]
