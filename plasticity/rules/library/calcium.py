"""The calcium rule of Graupner & Brunel: what calcium does above two thresholds, in three forms of one model.

Spikes of both sides raise the calcium c, the presynaptic ones after the delay D. Above theta_p the efficacy w (rho in
the paper) is drawn to 1, above theta_d to 0. Everything is slow next to a protocol of a minute: tau is minutes.

    calcium          : the two pulls alone; between events in closed form. The paper's own analysis takes no more
    calcium_bistable : beside them the two wells, which keep an efficacy at 0 or 1 for long afterwards
    calcium_noisy    : and the noise, which there is only while calcium is above a threshold, twice above both
                       (as in the correction of the paper); then an efficacy may leave the way from 0 to 1

An efficacy of 0 stands for a synapse of strength w0, one of 1 for b times that: `plasticity.rates.strength_change`.
The values are those of the authors' public code (mgraupe/CalciumBasedPlasticityModel, synapticChange.py); there
rho_star is 0.5 in every case.
"""

from dataclasses import replace

from plasticity.parameters import Parameter, ParameterSet
from plasticity.rules.record import Rule
from plasticity.rules.variables import UNBOUNDED, Variable, weight

SOURCE = "graupner2012"
_NAMES = ("tau_Ca", "C_pre", "C_post", "theta_p", "gamma_d", "gamma_p", "sigma", "tau", "D", "beta", "b")
_SHAPES = {
    "DP": (20e-3, 1.0, 2.0, 1.3, 200.0, 321.808, 2.8284, 150.0, 13.7e-3, 0.5, 5.0),
    "DPD": (20e-3, 0.9, 0.9, 1.3, 250.0, 550.0, 2.8284, 150.0, 4.6e-3, 0.5, 5.0),
    "DPDprime": (20e-3, 1.0, 2.0, 2.5, 50.0, 600.0, 2.8284, 150.0, 2.2e-3, 0.5, 5.0),
    "P": (20e-3, 2.0, 2.0, 1.3, 160.0, 257.447, 2.8284, 150.0, 0.0, 0.5, 5.0),
    "D": (20e-3, 0.6, 0.6, 1.3, 500.0, 550.0, 5.6568, 150.0, 0.0, 0.5, 5.0),
    "Dprime": (20e-3, 1.0, 2.0, 3.5, 60.0, 600.0, 2.8284, 150.0, 0.0, 0.5, 5.0),
}
_FITS = {
    "hippocampal_slices": (
        *(48.8373e-3, 1.0, 0.275865, 1.3),
        *(313.0965, 1645.59, 9.1844, 688.355, 18.8008e-3, 0.7, 5.28145),
    ),
    "hippocampal_cultures": (
        *(11.9536e-3, 0.58156, 1.76444, 1.3),
        *(61.141, 113.6545, 2.5654, 33.7596, 10e-3, 0.5, 36.0263),
    ),
    "cortical_slices": (
        *(22.6936e-3, 0.5617539, 1.23964, 1.3),
        *(331.909, 725.085, 3.3501, 346.3615, 4.6098e-3, 0.5, 5.40988),
    ),
}
_MEANINGS = {
    "DP": "depression when post comes first, potentiation when pre does",
    "DPD": "depression on both sides of potentiation, none far away",
    "DPDprime": "the same, and depression far away, too",
    "P": "potentiation alone",
    "D": "depression alone, at small lags",
    "Dprime": "depression alone, at every lag",
    "hippocampal_slices": "fitted to slices of the hippocampus",
    "hippocampal_cultures": "fitted to cultures of the hippocampus",
    "cortical_slices": "fitted to slices of the visual cortex (`sjostrom2001`)",
}
_PULLS = "gamma_p*(1 - w)*step(c - theta_p) - gamma_d*w*step(c - theta_d)"
_ONLY = "in the equations only of"
_STRENGTH = "in no equation: what strength_change of plasticity.rates reads"
_WELLS = "-w*(1 - w)*(rho_star - w)"

CALCIUM = Rule(
    name="calcium",
    source=SOURCE,
    summary="calcium above a threshold weakens, above a higher one it strengthens, as long as it lasts",
    purpose="Asks why synapses have windows of different shape, and why they depend on rate: one mechanism, the time "
    "that calcium spends above two thresholds, gives them all. Take this form for windows and protocols: it is "
    "exact. Take calcium_bistable to ask how long a change lasts, calcium_noisy for many synapses.",
    parameters=(
        Parameter("tau_Ca", 20e-3, "ms", "decay of calcium", SOURCE, least=1e-6),
        Parameter("C_pre", 1.0, meaning="calcium by a presynaptic spike", source=SOURCE),
        Parameter("C_post", 2.0, meaning="calcium by a postsynaptic spike", source=SOURCE),
        Parameter("theta_d", 1.0, meaning="calcium above which it weakens", source=SOURCE),
        Parameter("theta_p", 1.3, meaning="calcium above which it strengthens", source=SOURCE),
        Parameter("gamma_d", 200.0, meaning="strength of depression", source=SOURCE, least=0.0),
        Parameter("gamma_p", 321.808, meaning="strength of potentiation", source=SOURCE, least=0.0),
        Parameter("sigma", 2.8284, meaning=f"noise of the efficacy; {_ONLY} calcium_noisy", source=SOURCE, least=0.0),
        Parameter("tau", 150.0, "s", "time constant of the efficacy", SOURCE, least=1e-3),
        Parameter(
            "rho_star",
            0.5,
            meaning=f"efficacy between the wells; {_ONLY} calcium_bistable, calcium_noisy",
            source=SOURCE,
            least=0.0,
            most=1.0,
        ),
        Parameter("D", 13.7e-3, "ms", "delay of the presynaptic calcium", SOURCE, least=0.0),
        Parameter(
            "beta",
            0.5,
            meaning=f"part of the synapses that start at 0; {_STRENGTH}",
            source=SOURCE,
            least=0.0,
            most=1.0,
        ),
        Parameter("b", 5.0, meaning=f"strength at 1, of the strength at 0; {_STRENGTH}", source=SOURCE, least=0.0),
    ),
    weight=weight({}, flow=f"({_PULLS})/tau"),
    state=(Variable("c", {"pre": "C_pre", "post": "C_post"}, "-c/tau_Ca"),),
    delays={"pre": "D"},
    sets=tuple(
        ParameterSet(name, dict(zip(_NAMES, row, strict=True)), _MEANINGS[name], SOURCE)
        for name, row in {**_SHAPES, **_FITS}.items()
    ),
)

CALCIUM_BISTABLE = replace(
    CALCIUM,
    name="calcium_bistable",
    summary="the calcium rule with two stable states, efficacies 0 and 1",
    purpose="Asks how long a change lasts: without calcium the efficacy returns to the nearer of two wells, and what "
    "has crossed the middle between them stays changed. Take it for the hours after a protocol; what the protocol "
    "itself does, calcium says exactly.",
    weight=weight({}, flow=f"({_WELLS} + {_PULLS})/tau"),
)

CALCIUM_NOISY = replace(
    CALCIUM_BISTABLE,
    name="calcium_noisy",
    summary="the calcium rule with two stable states and noise: a protocol flips a synapse with a probability",
    purpose="Asks what part of many synapses a protocol carries from one state to the other, which is what is measured "
    "on average; `plasticity.rates.transition_probabilities` gives it without simulation. Take it for the figures of "
    "the paper and for measured changes, which are those of many synapses.",
    weight=weight(
        {},
        flow=f"({_WELLS} + {_PULLS})/tau",
        noise="sigma*sqrt((step(c - theta_d) + step(c - theta_p))/tau)",
        bounds=UNBOUNDED,
    ),
)
