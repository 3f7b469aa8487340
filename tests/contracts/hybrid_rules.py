"""Rules of every kind that the record can say, as data: what no plain trace can do. Numbers of their publications."""

from plasticity.rules import UNBOUNDED, Bounds, Parameter, Rule, Variable, nearest_trace, trace, weight


def tsodyks_markram(U, tau_rec, tau_facil):
    """Short-term plasticity (Tsodyks, Pawelzik & Markram 1998): u rises before R is used, and R is used up by u."""
    return Rule(
        name="tsodyks-markram",
        source="our choice",
        parameters=(Parameter("U", U), Parameter("tau_rec", tau_rec, "ms"), Parameter("tau_facil", tau_facil, "ms")),
        weight=weight({}),
        state=(
            Variable("u", {"pre": "U*(1 - u)"}, flow="-u/tau_facil"),
            Variable("R", {"pre": "-after(u)*R"}, flow="(1 - R)/tau_rec", start="1"),
        ),
        transmits="w*after(u)*R",
    )


# Froemke & Dan (2002): the efficacy of a spike recovers from the spike before it of its own train.
SUPPRESSION = Rule(
    name="suppression",
    source="our choice",
    parameters=(
        Parameter("A_plus", 0.0103),
        Parameter("A_minus", 0.0051),
        Parameter("tau_plus", 13.3e-3, "ms"),
        Parameter("tau_minus", 34.5e-3, "ms"),
        Parameter("tau_pre", 34e-3, "ms"),
        Parameter("tau_post", 75e-3, "ms"),
    ),
    weight=weight({"pre": "-A_minus*(1 - s_pre)*y", "post": "A_plus*(1 - s_post)*x"}, bounds=UNBOUNDED),
    state=(
        Variable("s_pre", {"pre": "= 1"}, flow="-s_pre/tau_pre"),
        Variable("s_post", {"post": "= 1"}, flow="-s_post/tau_post"),
        Variable("x", {"pre": "= 1 - s_pre"}, flow="-x/tau_plus"),
        Variable("y", {"post": "= 1 - s_post"}, flow="-y/tau_minus"),
    ),
)

_STDP = (
    Parameter("A_plus", 0.01),
    Parameter("A_minus", 0.012),
    Parameter("tau_plus", 17e-3, "ms"),
    Parameter("tau_minus", 34e-3, "ms"),
)
_CHANGES = weight({"pre": "-A_minus*y", "post": "A_plus*x"}, bounds=UNBOUNDED)

# `morrison2008`, Fig. 7 B: each presynaptic spike pairs with the last postsynaptic one and the next.
PRESYNAPTIC_CENTRED = Rule(
    name="presynaptic-centred",
    source="morrison2008",
    parameters=_STDP,
    weight=_CHANGES,
    state=(nearest_trace("x", "pre", "tau_plus", reset_by="post"), nearest_trace("y", "post", "tau_minus")),
)
# Fig. 7 C: only immediate pairings, forward and backward.
REDUCED_SYMMETRIC = Rule(
    name="reduced-symmetric",
    source="morrison2008",
    parameters=_STDP,
    weight=_CHANGES,
    state=(
        nearest_trace("x", "pre", "tau_plus", reset_by="post"),
        nearest_trace("y", "post", "tau_minus", reset_by="pre"),
    ),
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
