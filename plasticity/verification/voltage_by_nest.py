"""The voltage rule against NEST's Clopath synapse: the voltage of NEST's neuron, step by step, is what both read.

NEST adds up what flows in steps, and the voltage reaches the synapse a dendritic delay late; its homeostasis is off.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from plasticity import events
from plasticity.arrays import Floats
from plasticity.nest import asked
from plasticity.rules import Rule, with_conventions, with_parameters
from plasticity.verification.findings import Course, Finding, judged

VOLTAGE_RULE = "voltage_stdp"  # the page of the catalogue that NEST's synapse is of
STEPS = (0.1, 0.025)  # milliseconds
DURATION, DELAY = 120.0, 1.0  # milliseconds
CURRENTS, WEIGHTS = (600.0, 900.0), (0.2, 0.8)  # pA, under which the neuron fires; weights before: drawn from between
LARGER = 5.0  # factor on both amplitudes
TOLERANCE = 2e-3
REASON = "an error of first order, for NEST adds up steps: at a quarter of the step, at most half"


@dataclass(frozen=True)
class _Draw:
    """Presynaptic spikes (whole ms), current (pA), and the weight before, of one seed."""

    seed: int
    pre: Floats
    current: float
    w0: float


def voltage_against_nest(rule: Rule, seeds: int) -> Finding:
    """The weight at each presynaptic spike, of a train and a current for each seed, at two steps."""
    strong = with_parameters(rule, **{name: LARGER * rule.values[name] for name in ("A_LTD", "A_LTP")})
    strong = with_conventions(strong, "nest")
    draws = [_draw(seed) for seed in range(1, seeds + 1)]
    every = [_courses(strong, draws, step) for step in STEPS]
    errors = [max(float(np.abs(course.ours - course.theirs).max()) for course in courses) for courses in every]
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
    found = judged(finding, every[-1], (rule.bounds.lower, rule.bounds.upper))
    return found if errors[1] <= 0.5 * errors[0] else replace(found, status="differs")


def _draw(seed: int) -> _Draw:
    rng = np.random.default_rng(seed)
    pre = np.cumsum(rng.integers(8, 25, 30)) + 20.0
    return _Draw(seed, pre[pre < DURATION - 20], rng.uniform(*CURRENTS), rng.uniform(*WEIGHTS))


def _courses(rule: Rule, draws: Sequence[_Draw], step: float) -> list[Course]:
    """All of them in one run of each side's, with the voltages that NEST tells."""
    told = asked([_job(rule, draw, step) for draw in draws])
    rest = rule.values["u_rest"] * 1e3
    times = (np.array([0.0, *told[0]["times"]]) + DELAY) * 1e-3
    voltages = np.array([[rest, *one["voltages"]] for one in told]) * 1e-3
    trains = [draw.pre * 1e-3 for draw in draws]
    path = events.trajectory(rule, trains, [[]] * len(draws), [d.w0 for d in draws], signals={"v": (times, voltages)})
    found = []
    for draw, train, weights, one in zip(draws, trains, path.weights, told, strict=True):
        ours = weights[: train.size]
        found.append(Course(f"seed {draw.seed}", train, ours, np.array(one["weights"]), ours))
    return found


def _job(rule: Rule, draw: _Draw, step: float) -> dict[str, Any]:
    """What NEST is asked."""
    p = rule.values
    neuron = {"I_e": draw.current, "A_LTD": p["A_LTD"] * 1e-3, "A_LTP": p["A_LTP"] * 1e-6, "A_LTD_const": True}
    neuron |= {"theta_minus": p["theta_minus"] * 1e3, "theta_plus": p["theta_plus"] * 1e3}
    neuron |= {"tau_u_bar_minus": p["tau_minus"] * 1e3, "tau_u_bar_plus": p["tau_plus"] * 1e3}
    neuron |= {"delay_u_bars": p["late"] * 1e3, "V_m": p["u_rest"] * 1e3}
    neuron |= {"u_bar_minus": p["u_rest"] * 1e3, "u_bar_plus": p["u_rest"] * 1e3}
    synapse = {"weight": draw.w0, "Wmin": rule.bounds.lower, "Wmax": rule.bounds.upper, "tau_x": p["tau_x"] * 1e3}
    job = {"kind": "voltage", "neuron": neuron, "synapse": synapse, "pre": draw.pre.tolist()}
    return job | {"step": step, "duration": DURATION, "delay": DELAY}
