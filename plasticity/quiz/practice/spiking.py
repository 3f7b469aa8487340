"""Exercises about synapses and about a neuron with a bias; each misconception is computed as its holder would."""

import numpy as np

from plasticity import engines
from plasticity.neurons import NEURONS, closed_form_rate, rheobase, with_parameters
from plasticity.quiz.practice.record import Drawn, Family
from plasticity.rules import RULES, Rule, anti, unbounded

RULE, COUNTING = "pair_stdp", "spiking_hebbian"  # a rule of timing; one that asks only whether both fired


def _after(rule: Rule, pre: list[float], post: list[float], w0: float) -> float:
    return float(engines.final_weight(rule, pre, post, w0))


def _window(rule: Rule) -> dict[str, float]:
    """The parameters from which a change by pairs can be worked out."""
    return {name: rule.values[name] for name in ("A_plus", "A_minus", "tau_plus", "tau_minus")}


def synapse(rng: np.random.Generator) -> Drawn:
    """The change of a weight by a few spikes; of an inhibitory neuron, whose weight is a strength too."""
    rule, w0 = RULES[RULE], float(rng.choice([0.3, 0.5, 0.7]))
    n_pairs, lag = int(rng.integers(10, 41)), float(rng.choice([5, 10, 15, 20]) * rng.choice([-1, 1])) * 1e-3
    starts = [0.1 + k for k in range(n_pairs)]
    pre, post = starts, [start + lag for start in starts]
    is_inhibitory = bool(rng.integers(2))
    right = _after(rule, pre, post, w0) - w0
    wrong = {
        "lag_reversed": _after(rule, post, pre, w0) - w0,
        "rate_for_timing": _after(RULES[COUNTING], pre, post, w0) - w0,
        "one_pair": right / n_pairs,
    }
    wrong |= {"sign_of_neuron": -right} if is_inhibitory else {}
    values = {"w0": w0, "n_pairs": n_pairs, "lag_ms": abs(lag) * 1e3, "first": "pre" if lag > 0 else "post"}
    values |= _window(rule)
    return Drawn(values | {"neuron": "inhibitory" if is_inhibitory else "excitatory"}, right, wrong)


def clamped(rng: np.random.Generator) -> Drawn:
    """The weight after so many pairings that a bound is met."""
    rule, w0 = RULES[RULE], float(rng.choice([0.1, 0.2, 0.25]))
    n_pairs, lag = int(rng.integers(8, 16)) * 10, float(rng.choice([4, 6, 8, 10])) * 1e-3
    post = [0.1 + k for k in range(n_pairs)]
    pre = [time + lag for time in post]
    wrong = {
        "clamp_forgotten": _after(unbounded(rule), pre, post, w0),
        "lag_reversed": _after(rule, post, pre, w0),
        "sign_of_neuron": -w0,
        "nothing_happens": w0,
    }
    values = {"w0": w0, "n_pairs": n_pairs, "lag_ms": lag * 1e3} | _window(rule)
    return Drawn(values, _after(rule, pre, post, w0), wrong)


def mutual(rng: np.random.Generator) -> Drawn:
    """Which way both synapses of two neurons go."""
    name = str(rng.choice([RULE, "anti_stdp"]))
    lag = float(rng.choice([4, 8, 12, 16])) * 1e-3
    is_a_first = bool(rng.integers(2))
    a, b = ([0.1], [0.1 + lag]) if is_a_first else ([0.1 + lag], [0.1])

    def outcome(rule: Rule, at_a: tuple[list[float], list[float]], at_b: tuple[list[float], list[float]]) -> str:
        signs = [_after(rule, *pair, 0.5) - 0.5 for pair in (at_a, at_b)]
        return "_".join("up" if sign > 0 else "down" if sign < 0 else "same" for sign in signs)

    right = outcome(RULES[name], (a, b), (b, a))
    wrong = {
        "order_exchanged": outcome(RULES[name], (b, a), (a, b)),
        "rate_for_timing": outcome(RULES[COUNTING], (a, b), (b, a)),
        "both_weaken": outcome(anti(RULES[COUNTING]), (a, b), (b, a)),
    }
    first = ("A", "B") if is_a_first else ("B", "A")
    return Drawn({"rule": name, "lag_ms": lag * 1e3, "first": first[0], "second": first[1]}, right, wrong)


def biased(rng: np.random.Generator) -> Drawn:
    """The rate of a neuron with a bias under a constant inhibition, in closed form."""
    bias = float(rng.choice([0.2, 0.25, 0.3, 0.4, 0.5]))
    level = float(rng.choice([0.25, 0.5, 0.75, 0.9]))
    neuron = with_parameters(NEURONS["lif_excitatory"], bias=bias)
    strength = bias * rheobase(neuron)
    free, right = (float(closed_form_rate(neuron, -x * strength)) for x in (0.0, level))
    wrong = {
        "proportional": free * (1 - level),
        "inhibition_adds": float(closed_form_rate(neuron, level * strength)),
        "bias_forgotten": 0.0,
        "inhibition_forgotten": free,
    }
    v = neuron.values
    given = {"tau_ms": v["tau_m"] * 1e3, "reset_mv": (v["V_reset"] - v["E_L"]) * 1e3, "t_ref_ms": v["t_ref"] * 1e3}
    given |= {"threshold_mv": (v["V_threshold"] - v["E_L"]) * 1e3, "drive": 1 + bias * (1 - level)}
    return Drawn({"bias": bias, "level": level, "free_hz": free, **given}, right, wrong)


FAMILIES = (
    Family("synapse", ("hebbian-together", "anti-hebbian-together"), synapse),
    Family("clamped", ("post-before-pre-biological", "weight-decreased-artificial"), clamped),
    Family("mutual", ("mutual-pair",), mutual, "choice"),
    Family(
        "biased",
        ("bias-no-input", "bias-growing-inhibition", "inhibition-below-bias", "inhibition-above-bias"),
        biased,
    ),
)
