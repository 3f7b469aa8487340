"""Rules on rates with numbers that are easy to compute by hand."""

from plasticity.rules import RATES, RULES, UNBOUNDED, Bounds, Parameter, Rule, weight, with_bounds, with_parameters

ETA = 1e-3  # s
PARAMETERS = (
    Parameter("eta", ETA, "s"),
    Parameter("tau", 2.0, "s"),
    Parameter("usual", 8.0, "Hz"),
)


def rule(flow, *state, bounds=UNBOUNDED):
    return Rule("made", "our choice", PARAMETERS, weight({}, flow=flow, bounds=bounds), state, RATES)


BCM = with_bounds(with_parameters(RULES["bcm"], tau_theta=2.0), Bounds(0.0, 5.0))
