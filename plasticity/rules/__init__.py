"""Plasticity rules: the record, one file per rule, the variants, and the catalogue RULES."""

from plasticity import plugins
from plasticity.catalogue import Catalogue
from plasticity.errors import unknown
from plasticity.parameters import Parameter, with_parameters
from plasticity.rules.anti_stdp import ANTI_STDP
from plasticity.rules.bi_poo import BI_POO
from plasticity.rules.covariance import COVARIANCE
from plasticity.rules.hebbian import ANTI_HEBBIAN, HEBBIAN, SPIKING_ANTI_HEBBIAN, SPIKING_HEBBIAN
from plasticity.rules.pair_stdp import PAIR_STDP
from plasticity.rules.record import (
    BIOLOGICAL,
    UNBOUNDED,
    AnyRule,
    Bounds,
    RateRule,
    Rule,
    Trace,
)
from plasticity.rules.triplet_stdp import TRIPLET_STDP
from plasticity.rules.variants import (
    anti,
    biological,
    nearest,
    scaled,
    soft_bounds,
    unbounded,
)

_ALL: tuple[AnyRule, ...] = (
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


def find(name: str) -> AnyRule:
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
    return plugins.record(usable[name], AnyRule, "rule", RULES)


def names() -> list[str]:
    """The names of all rules, those that other packages declare among them; nothing of theirs is imported."""
    return [*RULES, *plugins.sorted_out(_offers(), _TAKEN, "rule")[0]]


def all_rules() -> list[AnyRule]:
    """The rules of the catalogue, then those that other packages declare as entry points `plasticity.rules`.

    warns with PluginWarning of each that cannot be used
    """
    return [*RULES.values(), *plugins.records(_offers(), AnyRule, "rule", _TAKEN)]


def _offers() -> list[plugins.Offer]:
    return [plugins.offer(entry) for entry in plugins.declared("plasticity.rules")]


__all__ = [
    "BIOLOGICAL",
    "RULES",
    "UNBOUNDED",
    "AnyRule",
    "Bounds",
    "Parameter",
    "RateRule",
    "Rule",
    "Trace",
    "all_rules",
    "anti",
    "biological",
    "find",
    "names",
    "nearest",
    "scaled",
    "soft_bounds",
    "unbounded",
    "with_parameters",
]
