"""STDP that waits for dopamine: pairs leave a trace of eligibility, which a later reward turns into a change.

The values were read in the authors' code (ModelDB 84167, daspnet.m), which counts in millivolts, with weights up to 4
mV; here they are parts of that. Dopamine is a number of micromoles per litre.

Differs from the code: that changes the weights every 10 ms, here they flow, at 1 per 10 ms; effect: up to 3 % of a
change, by where in these 10 ms a pair falls. Its factors per step, such as 0.95 per ms, are the paper's time constants
(20 ms) to within 3 %.
"""

from dataclasses import replace

from plasticity.parameters import Parameter
from plasticity.rules.record import Rule
from plasticity.rules.variables import Variable, trace, weight

REWARD_STDP = Rule(
    name="reward_stdp",
    source="izhikevich2007",
    summary="pairs of spikes make a synapse eligible for seconds; dopamine turns that into a change",
    purpose="How does a synapse know that it was the one, when the reward comes seconds later? The eligibility c keeps "
    "the last pairs, and the weight moves at c times the dopamine of the moment.",
    parameters=(
        Parameter("A_plus", 0.1 / 4, meaning="eligibility by pre before post, at zero lag", source="izhikevich2007"),
        Parameter("A_minus", 0.15 / 4, meaning="eligibility lost by post before pre", source="izhikevich2007"),
        Parameter("tau_plus", 20e-3, "ms", "window of potentiation", source="izhikevich2007", least=1e-6),
        Parameter("tau_minus", 20e-3, "ms", "window of depression", source="izhikevich2007", least=1e-6),
        Parameter("tau_c", 1.0, "s", "memory of the eligibility", source="izhikevich2007", least=1e-6),
        Parameter("tau_d", 0.2, "s", "uptake of dopamine", source="izhikevich2007", least=1e-6),
        Parameter("dose", 0.5, meaning="dopamine by a reward, uM", source="izhikevich2007"),
        Parameter("tonic", 0.002, meaning="dopamine that is always there, uM", source="izhikevich2007"),
        Parameter("gain", 100.0, "Hz", "by eligibility and uM of dopamine: 1 per 10 ms", source="izhikevich2007"),
    ),
    weight=replace(weight({}, flow="gain*c*(tonic + d)"), start="0.25"),
    state=(
        trace("r_pre", "pre", "tau_plus"),
        trace("r_post", "post", "tau_minus"),
        Variable("c", {"pre": "-A_minus*r_post", "post": "A_plus*r_pre"}, "-c/tau_c"),
        Variable("d", {"reward": "dose"}, "-d/tau_d"),
    ),
    events=("pre", "post", "reward"),
)
