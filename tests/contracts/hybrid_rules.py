"""Rules of every kind that the record can say, as data: what no plain trace can do. Numbers of their publications."""

from dataclasses import replace

from plasticity.rules import (
    RULES,
    Bounds,
    Parameter,
    Rule,
    Signal,
    Variable,
    low_pass,
    trace,
    weight,
    with_bounds,
    with_parameters,
)


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


def calcium(name, tau_y=None, flow="(g_p*(1 - w)*step(c - th_p) - g_d*w*step(c - th_d))/tau"):
    """Graupner & Brunel (2012) without noise and without the two stable states: the weight flows up and down while the
    calcium is above its thresholds. `tau_y`: of a second, slower part of the calcium."""
    calcium = "(c + y)" if tau_y else "c"
    return Rule(
        name=name,
        source="our choice",
        parameters=(
            Parameter("g_p", 321.808),
            Parameter("g_d", 200.0),
            Parameter("tau", 150.0 / 20, "s"),
            Parameter("th_d", 1.0),
            Parameter("th_p", 1.3),
            Parameter("tau_c", 20e-3, "ms"),
            Parameter("C_pre", 1.0),
            Parameter("C_post", 2.0),
            Parameter("late", 13.7e-3, "ms"),
            *([Parameter("tau_y", tau_y, "ms")] if tau_y else []),
        ),
        weight=weight({}, flow=flow.replace("c - th", f"{calcium} - th")),
        state=(
            Variable("c", {"pre": "C_pre", "post": "C_post"}, "-c/tau_c"),
            *([Variable("y", {"pre": "0.4*C_pre", "post": "-0.3"}, "(0.1 - y)/tau_y")] if tau_y else []),
        ),
        delays={"pre": "late"},
    )


CALCIUM = calcium("calcium")
TWO_CALCIUMS = calcium("two-calciums", 70e-3)
# The flow by how far the calcium is above a threshold and from another; up and down, into both bounds.
RECTIFIED_CALCIUM = calcium("rectified-calcium", 70e-3, "(2*rectify(c - th_p) - abs(c - 1.1*th_d))/(2.5*tau_c)")

# The form of Clopath et al. (2010), with the numbers of their visual cortex (ModelDB 144566): the post neuron's voltage
# is given. Depression at presynaptic spikes, potentiation between them, both rectified.
VOLTAGE = Rule(
    name="voltage",
    source="our choice",
    parameters=(
        Parameter("A_LTD", 0.14, "1/V"),
        Parameter("A_LTP", 0.08, "1/V"),  # times 1000/V and s: 8e-5 per mV**2 and ms
        Parameter("per", 1e-3, "V"),
        Parameter("theta_minus", -70.6e-3, "mV"),
        Parameter("theta_plus", -45.3e-3, "mV"),
        Parameter("tau_x", 15e-3, "ms"),
        Parameter("tau_minus", 10e-3, "ms"),
        Parameter("tau_plus", 7e-3, "ms"),
    ),
    weight=weight(
        {"pre": "-A_LTD*rectify(u_minus - theta_minus)"},
        flow="A_LTP*x*rectify(v - theta_plus)*rectify(u_plus - theta_minus)/(per*tau_x)",
    ),
    state=(
        trace("x", "pre", "tau_x"),
        low_pass("u_minus", "v", "tau_minus", start="theta_minus", unit="mV"),
        low_pass("u_plus", "v", "tau_plus", start="theta_minus", unit="mV"),
    ),
    signals=(Signal("v", "post", "voltage", "mV"),),
)

# The two stable states of Graupner & Brunel (2012): a flow of the third power of w, beside the calcium's.
BISTABLE = calcium("bistable", flow="(-w*(1 - w)*(0.5 - w) + g_p*(1 - w)*step(c - th_p) - g_d*w*step(c - th_d))/tau")

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
