"""Plasticity rules: the record, one file per rule, the variants, and the catalogue RULES."""

from types import MappingProxyType

from plasticity.errors import unknown
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
)

RULES = MappingProxyType({rule.name: rule for rule in _ALL})


def find(name: str) -> AnyRule:
    """The rule of the catalogue called `name`; raises UnknownName, which lists the known ones."""
    if name not in RULES:
        raise unknown("rule", name, RULES)
    return RULES[name]


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
    "anti",
    "biological",
    "find",
    "nearest",
    "scaled",
    "soft_bounds",
    "unbounded",
    "with_parameters",
]
