"""The voltage rule against NEST's Clopath synapse: the voltage of NEST's neuron, step by step, is what both read.

NEST adds up what flows in steps, and the voltage reaches the synapse a dendritic delay late; its homeostasis is off.
"""

from dataclasses import replace

import numpy as np

from plasticity import events
from plasticity.nest import asked
from plasticity.rules import Rule, with_conventions, with_parameters
from plasticity.verification.findings import Course, Finding, judged

VOLTAGE_RULE = "voltage_stdp"  # the page of the catalogue that NEST's synapse is of
STEPS = (0.1, 0.025)  # milliseconds
DURATION, DELAY = 220.0, 1.0  # milliseconds
W0, CURRENT, LARGER = 0.5, 700.0, 5.0  # start weight; pA, under which the neuron fires; factor on both amplitudes
TOLERANCE = 2e-3
REASON = "an error of first order, for NEST adds up steps: at a quarter of the step, at most half"


def voltage_against_nest(rule: Rule) -> Finding:
    """The weight at each presynaptic spike, at two steps."""
    strong = with_parameters(rule, **{name: LARGER * rule.values[name] for name in ("A_LTD", "A_LTP")})
    strong = with_conventions(strong, "nest")
    courses = [_course(strong, step) for step in STEPS]
    errors = [float(np.abs(course.ours - course.theirs).max()) for course in courses]
    finding = Finding(
        rule.name,
        "nest",
        partner=f"clopath_synapse, steps of {STEPS[1]:g} ms",
        conventions="nest",
        tolerance=TOLERANCE,
        reason=REASON,
        note="the voltage is that of NEST's aeif_psc_delta_clopath; it reaches the synapse a delay late",
        more={f"largest difference at {step:g} ms": error for step, error in zip(STEPS, errors, strict=True)},
    )
    found = judged(finding, courses[-1:], (rule.bounds.lower, rule.bounds.upper))
    return found if errors[1] <= 0.5 * errors[0] else replace(found, status="differs")


def _course(rule: Rule, step: float) -> Course:
    p = rule.values
    pre = np.cumsum(np.random.default_rng(1).integers(8, 25, 30)) + 20.0  # whole milliseconds
    pre = pre[pre < DURATION - 20]
    neuron = {"I_e": CURRENT, "A_LTD": p["A_LTD"] * 1e-3, "A_LTP": p["A_LTP"] * 1e-6, "A_LTD_const": True}
    neuron |= {"theta_minus": p["theta_minus"] * 1e3, "theta_plus": p["theta_plus"] * 1e3}
    neuron |= {"tau_u_bar_minus": p["tau_minus"] * 1e3, "tau_u_bar_plus": p["tau_plus"] * 1e3}
    neuron |= {"delay_u_bars": p["late"] * 1e3, "V_m": p["u_rest"] * 1e3}
    neuron |= {"u_bar_minus": p["u_rest"] * 1e3, "u_bar_plus": p["u_rest"] * 1e3}
    synapse = {"weight": W0, "Wmin": rule.bounds.lower, "Wmax": rule.bounds.upper, "tau_x": p["tau_x"] * 1e3}
    job = {"kind": "voltage", "neuron": neuron, "synapse": synapse, "pre": pre.tolist()}
    (told,) = asked([job | {"step": step, "duration": DURATION, "delay": DELAY}])
    times = (np.array([0.0, *told["times"]]) + DELAY) * 1e-3
    signal = times, np.array([p["u_rest"] * 1e3, *told["voltages"]]) * 1e-3
    path = events.trajectory(rule, pre * 1e-3, [], W0, signals={"v": signal})
    return Course("one pair", pre * 1e-3, path.weights, np.array(told["weights"]), path.weights)
