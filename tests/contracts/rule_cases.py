"""Which rules the contract is tested on: the catalogue, more rules, and every variant of them."""

import math
from dataclasses import replace

from changing import with_delay
from more_rules import MORE_RULES, VARYING_SIGN

from plasticity.rules import RULES, Rule, anti, nearest, noiseless, scaled, soft_bounds, unbounded, with_conventions
from plasticity.rules.system import system

# Rules that jump at random are looked at without: two engines cannot agree on what is drawn
QUIET = [noiseless(rule) if system(rule).scatters else rule for rule in RULES.values()]
# What the contract knows by its definition, a sum over spikes: rules on plain traces
CATALOGUE = [rule for rule in QUIET if system(rule).needs <= {"spikes", "no polynomial"}]
# What it knows by a recursion, spike by spike: state of other kinds, which jumps and relaxes
JUMPING = [
    rule
    for rule in QUIET
    if rule not in CATALOGUE and system(rule).needs <= {"spikes", "third events", "general state", "no polynomial"}
]
VARIED = [*CATALOGUE, VARYING_SIGN]
STRENGTH = 80.0  # so that a second of spikes drives the weight into its bounds, again and again


def strong(rule: Rule) -> Rule:
    """The rule, amplified."""
    return replace(scaled(rule, STRENGTH), name=f"strong-{rule.name}")


def variants(rule: Rule) -> list[Rule]:
    """Every function from rule to rule, and a delay of either train."""
    base = strong(rule)
    made = [rule, base, nearest(base), anti(base), unbounded(rule)]
    if math.isfinite(rule.bounds.upper) and not rule.bounds.is_soft:
        made.append(soft_bounds(base, mu_plus=0.7, mu_minus=0.4))
    for event in ("pre", "post"):
        made.append(replace(with_delay(base, event, 3e-3), name=f"{event}-delayed({base.name})"))
    return made


def conventions(rule: Rule) -> list[Rule]:
    """The rule under each convention that is not its own."""
    base, made = strong(rule), []
    settings = [("coincidence", "ignored"), ("coincidence", "pre first"), ("coincidence", "post first")]
    settings += [("order", "depression first"), ("clipping", "own side"), ("terms", "one by one")]
    for field, word in settings:
        if getattr(base.conventions, field) != word:
            made.append(replace(with_conventions(base, **{field: word}), name=f"{word}({base.name})".replace(" ", "-")))
    if system(base).traces:
        imagined = with_conventions(nearest(base), imagined="pre at 0")
        made.append(replace(imagined, name=f"imagined({imagined.name})"))
    return made


# Rules whose variants others stand for: the same changes, on other traces or under other names
ALIKE = ("nearest_symmetric_stdp", "stdp_family")
FULLY = [rule for rule in VARIED if rule.name not in ALIKE]
CASES = [case for rule in FULLY for case in (*variants(rule), *conventions(rule))]
CASES += [strong(rule) for rule in (*CATALOGUE, *MORE_RULES) if rule not in FULLY]
