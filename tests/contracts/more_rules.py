"""Rules that are not in the catalogue, made from the public record alone: what it must be able to carry.

Triplets (four traces, two on a train, multiplied), a weight-dependent rule, and one whose changes vary in sign.
"""

from dataclasses import replace

from plasticity.rules import (
    BIOLOGICAL,
    RULES,
    Bounds,
    Parameter,
    Rule,
    Variable,
    nearest,
    trace,
    weight,
    with_bounds,
    with_parameters,
)

_NAMES = ("A2_plus", "A3_plus", "A2_minus", "A3_minus", "tau_x", "tau_y")
# `pfister2006`, tables 3 and 4; the time constants are seconds, zero where the minimal model has no such trace.
_TABLE = {
    ("visual", "all-to-all", "full"): (5e-10, 6.2e-3, 7e-3, 2.3e-4, 0.101, 0.125),
    ("visual", "all-to-all", "minimal"): (0.0, 6.5e-3, 7.1e-3, 0.0, 0.0, 0.114),
    ("visual", "nearest", "full"): (8.8e-11, 5.3e-2, 6.6e-3, 3.1e-3, 0.714, 0.040),
    ("visual", "nearest", "minimal"): (0.0, 5e-2, 8e-3, 0.0, 0.0, 0.040),
    ("culture", "all-to-all", "full"): (6.1e-3, 6.7e-3, 1.6e-3, 1.4e-3, 0.946, 0.027),
    ("culture", "all-to-all", "minimal"): (5.3e-3, 8e-3, 3.5e-3, 0.0, 0.0, 0.040),
    ("culture", "nearest", "full"): (4.6e-3, 9.1e-3, 3e-3, 7.5e-9, 0.575, 0.047),
    ("culture", "nearest", "minimal"): (4.6e-3, 9.1e-3, 3e-3, 0.0, 0.0, 0.048),
}


def triplet(data_set: str, interaction: str, model: str) -> Rule:
    """A triplet rule of `pfister2006`, eq. 3-4: r1, r2 remember pre spikes, o1, o2 post spikes."""
    numbers = dict(zip(_NAMES, _TABLE[data_set, interaction, model], strict=True))
    times = {
        "tau_plus": 16.8e-3,
        "tau_minus": 33.7e-3,
        "tau_x": numbers.pop("tau_x"),
        "tau_y": numbers.pop("tau_y"),
    }
    is_full = model == "full"
    rule = Rule(
        name=f"triplet-{data_set}-{interaction}-{model}",
        source="pfister2006",
        parameters=(
            *(Parameter(name, value, source="pfister2006") for name, value in numbers.items()),
            *(Parameter(name, value, "ms", source="pfister2006") for name, value in times.items()),
        ),
        weight=weight(
            {
                "pre": "-o1*(A2_minus + A3_minus*r2)" if is_full else "-o1*A2_minus",
                "post": "r1*(A2_plus + A3_plus*o2)",
            },
            bounds=Bounds(0.0, 2.0),
        ),
        state=(
            trace("r1", "pre", "tau_plus"),
            trace("o1", "post", "tau_minus"),
            trace("o2", "post", "tau_y"),
            *([trace("r2", "pre", "tau_x")] if is_full else []),
        ),
        weight_unit="w0",
    )
    return replace(nearest(rule), name=rule.name) if interaction == "nearest" else rule


TRIPLETS = tuple(triplet(*key) for key in _TABLE)

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

MORE_RULES = (*TRIPLETS, POWER_LAW, TARGET_RATE, VARYING_SIGN)
