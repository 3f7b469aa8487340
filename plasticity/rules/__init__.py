"""Plasticity rules: the record, one file per rule, the variants, and the catalogue RULES."""

from plasticity import plugins
from plasticity.catalogue import Catalogue
from plasticity.errors import PluginError, unknown
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
    Parameter,
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
    with_parameters,
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


def find(name: str) -> AnyRule:
    """The rule called `name`, of the catalogue or of another package.

    raises UnknownName, which lists the known ones; PluginError for an entry point that is no rule
    """
    if name in RULES:
        return RULES[name]
    others = plugins.declared("plasticity.rules")
    if name not in others:
        raise unknown("rule", name, [*RULES, *others])
    rule = plugins.loaded(others[name])
    if not isinstance(rule, AnyRule):
        raise PluginError(f"the entry point '{name}' is {rule!r}, which is no Rule nor RateRule; it must stand for one")
    return rule


def all_rules() -> list[AnyRule]:
    """The rules of the catalogue, then those that other packages declare as entry points `plasticity.rules`."""
    return [*RULES.values(), *(find(name) for name in plugins.declared("plasticity.rules") if name not in RULES)]


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
    "nearest",
    "scaled",
    "soft_bounds",
    "unbounded",
    "with_parameters",
]
