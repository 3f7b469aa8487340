"""Which rules the contract is tested on: the catalogue, more rules, and every variant of them."""

import math
from dataclasses import replace

from more_rules import MORE_RULES, POWER_LAW, TARGET_RATE, triplet

from plasticity.rules import RULES, Rule, anti, nearest, scaled, soft_bounds, unbounded

CATALOGUE = [rule for rule in RULES.values() if isinstance(rule, Rule)]
TWO_TRIPLETS = [triplet("culture", "all-to-all", "full"), triplet("visual", "nearest", "full")]
VARIED = [*CATALOGUE, *TWO_TRIPLETS, POWER_LAW, TARGET_RATE]
STRENGTH = 80.0  # so that a second of spikes drives the weight into its bounds, again and again


def strong(rule: Rule) -> Rule:
    """The rule, amplified."""
    return replace(scaled(rule, STRENGTH), name=f"strong-{rule.name}")


def variants(rule: Rule) -> list[Rule]:
    """Every function from rule to rule, and both delays."""
    base = strong(rule)
    made = [rule, base, nearest(base), anti(base), unbounded(rule)]
    if math.isfinite(rule.bounds.upper):
        made.append(soft_bounds(base, mu_plus=0.7, mu_minus=0.4))
    for delay in ("axonal_delay", "dendritic_delay"):
        made.append(replace(base, name=f"{delay}({base.name})", **{delay: 3e-3}))
    return made


CASES = [case for rule in VARIED for case in variants(rule)]
CASES += [strong(rule) for rule in MORE_RULES if rule not in VARIED]
