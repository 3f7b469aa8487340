"""Plasticity rules: the record, one file per rule, the variants, and the catalogue RULES."""

from plasticity.catalogue import Catalogue
from plasticity.parameters import Parameter, with_parameters
from plasticity.plugins import Group
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

# On the command line, 'all' stands for every rule.
RULES = Catalogue(
    "rule",
    {rule.name: rule for rule in _ALL},
    others=Group("plasticity.rules", Rule, reserved=frozenset({"all"})),
)

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
    "anti",
    "biological",
    "engines_for",
    "is_readable",
    "low_pass",
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
