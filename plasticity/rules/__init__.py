"""Plasticity rules: the record, the variants, the library of published rules, and the catalogue RULES of them."""

from typing import TYPE_CHECKING

from plasticity.catalogue import Catalogue, Group, Pages
from plasticity.later import later
from plasticity.parameters import Parameter, ParameterSet, with_parameters, with_set
from plasticity.rules.conventions import PRESETS, Conventions
from plasticity.rules.library import FAMILIES
from plasticity.rules.reading import engines_for, is_readable, readable
from plasticity.rules.record import Rule, with_bounds
from plasticity.rules.variables import (
    BIOLOGICAL,
    RATES,
    UNBOUNDED,
    Bounds,
    Signal,
    Variable,
    low_pass,
    nearest_trace,
    trace,
    weight,
)

if TYPE_CHECKING:
    from plasticity.rules.variants import (
        anti,
        biological,
        nearest,
        noiseless,
        scaled,
        soft_bounds,
        unbounded,
        with_conventions,
        with_short_term,
    )
    from plasticity.rules.windows import window_rule
else:  # a question under a rule as it stands needs none of them
    __getattr__ = later(
        __name__,
        {
            "plasticity.rules.variants": (
                "anti",
                "biological",
                "nearest",
                "noiseless",
                "scaled",
                "soft_bounds",
                "unbounded",
                "with_conventions",
                "with_short_term",
            ),
            "plasticity.rules.windows": ("window_rule",),
        },
    )

# On the command line, 'all' stands for every rule.
RULES: Catalogue[Rule] = Catalogue(
    "rule",
    Pages("plasticity.rules.library", FAMILIES),
    others=Group("plasticity.rules", Rule, reserved=frozenset({"all"})),
    chosen=with_set,
)

__all__ = [
    "BIOLOGICAL",
    "FAMILIES",
    "PRESETS",
    "RATES",
    "RULES",
    "UNBOUNDED",
    "Bounds",
    "Conventions",
    "Parameter",
    "ParameterSet",
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
    "noiseless",
    "readable",
    "scaled",
    "soft_bounds",
    "trace",
    "unbounded",
    "weight",
    "window_rule",
    "with_bounds",
    "with_conventions",
    "with_parameters",
    "with_set",
    "with_short_term",
]


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
