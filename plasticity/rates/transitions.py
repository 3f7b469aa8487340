"""What part of many synapses a protocol flips, for the calcium rule with noise: in closed form, without simulation.

While a protocol lasts, the efficacy of `calcium_noisy` is nearly an Ornstein-Uhlenbeck process: the pulls and the noise
act for the fractions of the time that calcium spends above their thresholds, and the two wells, much weaker, are left
out. So it is normally distributed at the end; what lies beyond the middle rho_star then falls into the other well.
Source: `graupner2012`, equations of its supplement, with the noise as corrected there.
"""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.errors import RuleError, said
from plasticity.inputs import instance, number, numbers
from plasticity.rules import Rule
from plasticity.trains import one

_NEEDED = ("theta_d", "theta_p", "gamma_d", "gamma_p", "sigma", "tau", "rho_star", "beta", "b")
_EVENTS = ("pre", "post")


@dataclass(frozen=True)
class Transitions:
    """What a protocol does to synapses at 0 and at 1; arrays of one shape.

    up, down           : the probability to be beyond rho_star at the end, of those that start at 0, and at 1
    mean_up, mean_down : the mean efficacy at the end, of those that start at 0, and at 1
    variance           : of the efficacy at the end, whatever the start
    """

    up: Floats
    down: Floats
    mean_up: Floats
    mean_down: Floats
    variance: Floats


def fractions_above(rule: Rule, pre: Any, post: Any, period: Any) -> tuple[float, float]:
    """The fractions of time that calcium spends above theta_d and above theta_p, when a pattern repeats for ever.

    pre, post : the spikes of one repetition, seconds; those of a repetition before or after count as in every one
    period    : seconds, from one repetition to the next
    raises RuleError for another rule than one of calcium; SpikeTrainError for trains that are none

    Exact: calcium is periodic, and falls exponentially from event to event.

    >>> from plasticity import RULES, rates
    >>> above = rates.fractions_above(RULES["calcium_noisy:DP"], [0.1], [0.11], period=1.0)
    >>> [round(float(one), 4) for one in above]
    [0.0233, 0.018]
    """
    _require_calcium(rule)
    seconds, v = number(period, "the period", unit="s", above=0.0), rule.values
    trains = {event: one(train, f"the {event} train") for event, train in zip(_EVENTS, (pre, post), strict=True)}
    times = np.concatenate([np.mod(trains[event] + rule.delay(event), seconds) for event in _EVENTS])
    sizes = np.repeat([v["C_pre"], v["C_post"]], [train.size for train in trains.values()])
    if not times.size:
        return 0.0, 0.0
    if (sizes < 0).any():
        raise RuleError(f"{rule} lowers calcium at a spike; C_pre and C_post of 0 or more are needed here")
    order = np.argsort(times, kind="stable")
    times, sizes = times[order], sizes[order]
    ago = np.mod(times[:, None] - times, seconds)  # of each event, at each; of coincident ones, the last stands for all
    repeated = np.exp(-ago / v["tau_Ca"]) / -math.expm1(-seconds / v["tau_Ca"])
    calcium = (repeated * sizes).sum(axis=1)
    gaps = np.append(np.diff(times), times[0] + seconds - times[-1])
    with np.errstate(divide="ignore"):  # no calcium is above nothing
        spent = [np.clip(v["tau_Ca"] * np.log(calcium / v[name]), 0.0, gaps).sum() for name in ("theta_d", "theta_p")]
    return float(spent[0] / seconds), float(spent[1] / seconds)


def transition_probabilities(rule: Rule, above_d: Any, above_p: Any, duration: Any) -> Transitions:
    """The probabilities to go up and down in a protocol, mean and variance of the efficacy at its end.

    above_d, above_p : the fractions of time above theta_d and theta_p, shapes that broadcast together
    duration         : seconds of the protocol
    raises RuleError for another rule than one of calcium, and fractions outside 0 to 1

    Where nothing is above a threshold, nothing moves: both probabilities are 0.

    >>> from plasticity import RULES, rates
    >>> rule = RULES["calcium_noisy:DP"]
    >>> told = rates.transition_probabilities(rule, 0.02, 0.02, duration=60.0)
    >>> round(float(told.up), 3), round(float(told.down), 3)
    (0.807, 0.161)
    """
    _require_calcium(rule)
    seconds, v = number(duration, "the duration", unit="s", above=0.0), rule.values
    d, p = np.broadcast_arrays(*(_fraction(part) for part in (above_d, above_p)))
    pull = v["gamma_p"] * p + v["gamma_d"] * d
    moves = pull > 0
    safe = np.where(moves, pull, 1.0)
    rest = v["gamma_p"] * p / safe
    kept = np.exp(-seconds * pull / v["tau"])
    variance = np.where(moves, v["sigma"] ** 2 * (p + d) / (2 * safe) * (1 - kept**2), 0.0)
    means = [np.where(moves, rest + (start - rest) * kept, start) for start in (0.0, 1.0)]
    beyond = [_normal_above(mean - v["rho_star"], variance) for mean in means]
    return Transitions(beyond[0], 1 - beyond[1], means[0], means[1], variance)


def strength_change(rule: Rule, transitions: Transitions) -> Floats:
    """The mean strength of many synapses after a protocol and long after it, of that before.

    Of them the part beta starts at 0, with the strength 1, the rest at 1, with the strength b. A change above 1 is
    potentiation.
    raises RuleError for another rule than one of calcium

    >>> from plasticity import RULES, rates
    >>> rule = RULES["calcium_noisy:DP"]
    >>> told = rates.transition_probabilities(rule, 0.02, 0.02, duration=60.0)
    >>> round(float(rates.strength_change(rule, told)), 3)
    1.431
    """
    _require_calcium(rule)
    up, down = (instance(transitions, Transitions, "the transitions").up, transitions.down)
    beta, b = rule.values["beta"], rule.values["b"]
    low = beta * (1 - up) + (1 - beta) * down
    return (low + (1 - low) * b) / (beta + (1 - beta) * b)


def _normal_above(distance: Floats, variance: Floats) -> Floats:
    """The probability that a normal number is above a limit, below which its mean lies by -`distance`."""
    erf = np.vectorize(math.erf, otypes=[float])
    width = np.sqrt(2 * variance)
    is_spread = width > 0
    spread = (1 + erf(distance / np.where(is_spread, width, 1.0))) / 2
    return np.where(is_spread, spread, (distance > 0).astype(float))


def _fraction(part: Any) -> Floats:
    found = numbers(part, "a fraction of time", error=RuleError)
    if ((found < 0) | (found > 1)).any():
        raise RuleError(f"a fraction of time is {found[(found < 0) | (found > 1)][0]:g}; from 0 to 1 is allowed")
    return found


def _require_calcium(rule: Any) -> None:
    if not isinstance(rule, Rule) or not {*_NEEDED, "tau_Ca", "C_pre", "C_post"} <= rule.values.keys():
        raise RuleError(f"{said(rule)} is no rule of calcium with two thresholds; RULES['calcium'] and its sets are")


__all__ = ["Transitions", "fractions_above", "strength_change", "transition_probabilities"]
