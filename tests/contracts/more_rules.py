"""Rules that are not in the catalogue, made from the public record alone: what it must be able to carry.

Rules whose changes depend on the weight, and one whose changes vary in sign.
"""

from dataclasses import replace

from plasticity.rules import (
    BIOLOGICAL,
    RULES,
    Bounds,
    Parameter,
    Rule,
    Variable,
    weight,
    with_bounds,
    with_parameters,
)

# With an upper bound within reach, which the published rules lack
POWER_LAW = replace(with_bounds(RULES["power_law_stdp"], Bounds(0.0, 2.0)), name="power-law")
TARGET_RATE = replace(
    with_bounds(with_parameters(RULES["inhibitory_stdp"], eta=0.01, alpha=1.0), BIOLOGICAL), name="target-rate"
)

# The sign of a change depends on how far the last spike is away; amplitudes of traces are numbers of the rule.
VARYING_SIGN = Rule(
    name="varying-sign",
    source="our choice",
    parameters=(Parameter("A", 0.02), Parameter("B", 0.01), Parameter("tau", 20e-3, "ms")),
    weight=weight({"pre": "A*(r_post - B)*(1 - w)", "post": "A*(B - r_pre)"}),
    state=(
        Variable("r_pre", {"pre": "2*B"}, flow="-r_pre/tau"),
        Variable("r_post", {"post": "= 2*B"}, flow="-r_post/tau"),
    ),
)

MORE_RULES = (POWER_LAW, TARGET_RATE, VARYING_SIGN)
