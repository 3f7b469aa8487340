"""The window of Bi & Poo: the relative change after 60 pairings at 1 Hz, shared out evenly over the pairings.

The weight is relative to its start (w0 = 1). The time constants are those of `bipoo2001` as used by
`pfister2006`; the amplitudes 0.777 and 0.273 are the usual ones beside them, which we could not check in print.
A least-squares fit to the 42 digitised points of `bipoo1998`, Fig. 7, has a very broad uncertainty.
"""

from plasticity.parameters import Parameter
from plasticity.rules.record import Rule
from plasticity.rules.variables import Bounds, trace, weight

BI_POO = Rule(
    name="bi_poo",
    source="bipoo1998",
    summary="the measured window of hippocampal cultures, per pairing",
    purpose="The experiment that the pair rules stand on, as a rule: how large a change does an experimenter find "
    "after 60 pairings at a lag. Beyond single pairs at a low rate it was not measured.",
    parameters=(
        Parameter("A_plus", 0.777, meaning="relative potentiation by all pairings, at zero lag", source="bipoo2001"),
        Parameter("A_minus", 0.273, meaning="relative depression by all pairings, at zero lag", source="bipoo2001"),
        Parameter("n_pairings", 60, meaning="pairings in the experiment", source="bipoo1998", least=1.0),
        Parameter("tau_plus", 16.8e-3, "ms", "window of potentiation", source="bipoo2001", least=1e-6),
        Parameter("tau_minus", 33.7e-3, "ms", "window of depression", source="bipoo2001", least=1e-6),
    ),
    weight=weight({"pre": "-A_minus/n_pairings*r_post", "post": "A_plus/n_pairings*r_pre"}, bounds=Bounds(lower=0.0)),
    state=(trace("r_pre", "pre", "tau_plus"), trace("r_post", "post", "tau_minus")),
    weight_unit="w0",
)
