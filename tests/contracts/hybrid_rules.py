"""Rules of every kind that the record can say, as data: what no plain trace can do. Numbers of their publications."""

from dataclasses import replace

from plasticity.rules import RULES, Bounds, Parameter, Rule, Variable, trace, weight, with_bounds, with_parameters


def tsodyks_markram(U, tau_rec, tau_facil):
    """Short-term plasticity with other numbers."""
    made = with_parameters(RULES["tsodyks_markram"], U=U, tau_rec=tau_rec, tau_facil=tau_facil)
    return replace(made, name="tsodyks-markram")


_STDP = (
    Parameter("A_plus", 0.01),
    Parameter("A_minus", 0.012),
    Parameter("tau_plus", 17e-3, "ms"),
    Parameter("tau_minus", 34e-3, "ms"),
)

# The form of Vogels et al. (2011) as NEST's synapse applies it: two changes at a presynaptic spike, a clip after each.
CLIPPED_TWICE = Rule(
    name="clipped-twice",
    source="our choice",
    parameters=(Parameter("eta", 0.3), Parameter("alpha", 0.5), Parameter("tau", 20e-3, "ms")),
    weight=weight({"pre": ("eta*y", "-eta*alpha"), "post": "eta*x"}),
    state=(trace("x", "pre", "tau"), trace("y", "post", "tau")),
)

# Not of a publication: an amount that rests above zero, starts elsewhere, is bounded, and is spent by a third event.
STORED = Rule(
    name="stored",
    source="our choice",
    parameters=(
        Parameter("rest", 0.4),
        Parameter("gain", 0.3),
        Parameter("tau", 50e-3, "ms"),
        Parameter("late", 4e-3, "ms"),
    ),
    weight=weight({"reward": "gain*m*(1 - w)", "post": "-0.1*m*w"}),
    state=(
        Variable(
            "m", {"pre": ("gain", "-0.2*m"), "reward": "-0.5*m"}, "(rest - m)/tau", "0.1", bounds=Bounds(0.0, 0.6)
        ),
        Variable("n", {"pre": "1", "post": "= 2*n"}),
    ),
    events=("pre", "post", "reward"),
    delays={"reward": "late"},
)

# Faster than the published one, and with a bound that the weight reaches.
REWARDED = with_parameters(RULES["reward_stdp"], A_plus=0.01, A_minus=0.012, tau_minus=34e-3, tau_c=0.3, gain=30.0)
REWARDED = replace(with_bounds(REWARDED, Bounds(0.0, 0.7)), name="rewarded")

# A weight that forgets: it goes back to a rest between its jumps.
FORGETTING = Rule(
    name="forgetting",
    source="our choice",
    parameters=(*_STDP, Parameter("tau", 0.15, "s"), Parameter("rest", 0.3)),
    weight=weight({"pre": "-A_minus*y", "post": "A_plus*x"}, flow="(rest - w)/tau"),
    state=(trace("x", "pre", "tau_plus"), trace("y", "post", "tau_minus")),
)


# Faster than published, so that a second of spikes moves the weight far
CALCIUM = with_parameters(RULES["calcium"], tau=7.5)
BISTABLE = with_parameters(RULES["calcium_bistable"], tau=7.5)


def two_calciums(name, flow):
    """The calcium rule with a second, slower part of the calcium, which spikes move otherwise."""
    slow = Variable("y", {"pre": "0.4*C_pre", "post": "-0.3"}, "(0.1 - y)/tau_y")
    return replace(
        CALCIUM,
        name=name,
        parameters=(*CALCIUM.parameters, Parameter("tau_y", 70e-3, "ms")),
        weight=weight({}, flow=flow.replace("c - theta", "(c + y) - theta")),
        state=(*CALCIUM.state, slow),
        sets=(),
    )


TWO_CALCIUMS = two_calciums("two-calciums", CALCIUM.weight.flow)
# The flow by how far the calcium is above a threshold and from another; up and down, into both bounds.
RECTIFIED_CALCIUM = two_calciums("rectified-calcium", "(2*rectify(c - theta_p) - abs(c - 1.1*theta_d))/(2.5*tau_Ca)")

# Smoothed voltages are read at once: one signal
VOLTAGE = with_parameters(RULES["voltage_stdp"], late=0.0)

# The form of Bienenstock, Cooper & Munro on traces of spikes: a threshold slides with the square of the activity.
SLIDING = Rule(
    name="sliding",
    source="our choice",
    parameters=(
        Parameter("k", 2.0, "Hz"),
        Parameter("tau_x", 30e-3, "ms"),
        Parameter("tau_theta", 0.4, "s"),
        Parameter("mu", 0.3),
    ),
    weight=weight({}, flow="k*x*y*(y - theta)*w**mu", bounds=Bounds(0.1, 2.0)),
    state=(
        trace("x", "pre", "tau_x"),
        trace("y", "post", "tau_x"),
        Variable("theta", flow="(y**2 - theta)/tau_theta", start="0.5"),
    ),
)
