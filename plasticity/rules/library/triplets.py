"""The triplet rule of Pfister & Gerstner in full: all rows of its two tables, for spikes that all pair or the nearest.

A pre spike weakens by pairs (A2_minus) and by triplets pre-post-pre (A3_minus); a post spike strengthens
by pairs (A2_plus) and by triplets post-pre-post (A3_plus). The slow traces r2 and o2 are read just before the spike.
The weight is relative to its start (w0 = 1). Where an amplitude of a triplet is zero, its time constant is without
meaning: in the minimal rows tau_x, of which the tables give none; it then stays that of the row above.
`triplet_stdp` is the minimal all-to-all row of visual cortex, without what is zero there.
"""

from plasticity.parameters import Parameter, ParameterSet
from plasticity.rules.record import Rule
from plasticity.rules.variables import Bounds, nearest_trace, trace, weight

_NAMES = ("A2_plus", "A3_plus", "A2_minus", "A3_minus", "tau_x", "tau_y")
_VISUAL, _CULTURE = "pfister2006, Table 3", "pfister2006, Table 4"


def _parameters(row: tuple[float, ...]) -> tuple[Parameter, ...]:
    a2_plus, a3_plus, a2_minus, a3_minus, tau_x, tau_y = row
    return (
        Parameter("A2_plus", a2_plus, meaning="potentiation by a pair at zero lag", source=_VISUAL),
        Parameter("A3_plus", a3_plus, meaning="potentiation by a triplet at zero lags", source=_VISUAL),
        Parameter("A2_minus", a2_minus, meaning="depression by a pair at zero lag", source=_VISUAL),
        Parameter("A3_minus", a3_minus, meaning="depression by a triplet at zero lags", source=_VISUAL),
        Parameter("tau_plus", 16.8e-3, "ms", "memory of pre, for potentiation", "bipoo2001", least=1e-6),
        Parameter("tau_minus", 33.7e-3, "ms", "memory of post, for depression", "bipoo2001", least=1e-6),
        Parameter("tau_x", tau_x, "ms", "memory of pre, for depression by triplets", _VISUAL, least=1e-6),
        Parameter("tau_y", tau_y, "ms", "memory of post, for potentiation by triplets", _VISUAL, least=1e-6),
    )


def _row(name: str, row: tuple[float, ...], meaning: str, source: str) -> ParameterSet:
    return ParameterSet(name, dict(zip(_NAMES, row, strict=True)), meaning, source)


_CHANGES = weight(
    {"pre": "-o1*(A2_minus + A3_minus*r2)", "post": "r1*(A2_plus + A3_plus*o2)"}, bounds=Bounds(lower=0.0)
)
_FULL = "the full model"
_MINIMAL = "the minimal model: no amplitude that the data do not need"
_CULTURED_FULL, _CULTURED_MINIMAL = (f"cultured hippocampus, {model}" for model in (_FULL, _MINIMAL))

TRIPLET_ALL_TO_ALL = Rule(
    name="triplet_all_to_all",
    source="pfister2006",
    summary="pairs and triplets strengthen and weaken, every spike with every other",
    purpose="Asks how much of the dependence on frequency and on the pattern of three spikes is due to which triplet: "
    "pre-post-pre and post-pre-post have amplitudes of their own, which the minimal models leave out where they can.",
    parameters=_parameters((5e-10, 6.2e-3, 7e-3, 2.3e-4, 0.101, 0.125)),
    weight=_CHANGES,
    state=(
        trace("r1", "pre", "tau_plus"),
        trace("r2", "pre", "tau_x"),
        trace("o1", "post", "tau_minus"),
        trace("o2", "post", "tau_y"),
    ),
    weight_unit="w0",
    sets=(
        _row("visual_cortex", (5e-10, 6.2e-3, 7e-3, 2.3e-4, 0.101, 0.125), f"visual cortex, {_FULL}", _VISUAL),
        _row("visual_cortex_minimal", (0.0, 6.5e-3, 7.1e-3, 0.0, 0.101, 0.114), f"visual cortex, {_MINIMAL}", _VISUAL),
        _row("hippocampal_culture", (6.1e-3, 6.7e-3, 1.6e-3, 1.4e-3, 0.946, 0.027), _CULTURED_FULL, _CULTURE),
        _row("hippocampal_culture_minimal", (5.3e-3, 8e-3, 3.5e-3, 0.0, 0.946, 0.040), _CULTURED_MINIMAL, _CULTURE),
    ),
)

TRIPLET_NEAREST = Rule(
    name="triplet_nearest",
    source="pfister2006",
    summary="pairs and triplets strengthen and weaken, each spike with the nearest ones alone",
    purpose="Asks whether it matters that old spikes count: each trace remembers its last spike alone, and the "
    "triplet rule explains the same measurements with other amplitudes.",
    parameters=_parameters((8.8e-11, 5.3e-2, 6.6e-3, 3.1e-3, 0.714, 0.040)),
    weight=_CHANGES,
    state=(
        nearest_trace("r1", "pre", "tau_plus"),
        nearest_trace("r2", "pre", "tau_x"),
        nearest_trace("o1", "post", "tau_minus"),
        nearest_trace("o2", "post", "tau_y"),
    ),
    weight_unit="w0",
    sets=(
        _row("visual_cortex", (8.8e-11, 5.3e-2, 6.6e-3, 3.1e-3, 0.714, 0.040), f"visual cortex, {_FULL}", _VISUAL),
        _row("visual_cortex_minimal", (0.0, 5e-2, 8e-3, 0.0, 0.714, 0.040), f"visual cortex, {_MINIMAL}", _VISUAL),
        _row("hippocampal_culture", (4.6e-3, 9.1e-3, 3e-3, 7.5e-9, 0.575, 0.047), _CULTURED_FULL, _CULTURE),
        _row("hippocampal_culture_minimal", (4.6e-3, 9.1e-3, 3e-3, 0.0, 0.575, 0.048), _CULTURED_MINIMAL, _CULTURE),
    ),
)
