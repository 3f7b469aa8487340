"""Firing together under Hebbian and anti-Hebbian rules: the change over lags, zero included."""

from dataclasses import dataclass

import numpy as np

from plasticity import events, protocols, rates, spiking
from plasticity.arrays import Floats
from plasticity.quiz.formulas import ltr
from plasticity.quiz.old.record import Answer, Check, Solution
from plasticity.rules import RULES

LAGS = np.arange(-50, 51, 5) * 1e-3  # seconds
TOGETHER = 20e-3  # seconds: what counts as together, the time constant of the rule
IS_TOGETHER = np.abs(LAGS) <= TOGETHER + 1e-9
N_PAIRINGS, RATE, W_START = 10, 1.0, 0.5
FIRING = 10.0  # hertz, of both neurons, for the rate rule
KINDS = ("spiking_hebbian", "spiking_anti_hebbian", "pair_stdp")


@dataclass(frozen=True)
class TogetherStudy:
    """Change of weight over LAGS by rule: in Brian2, and by the exact engine."""

    simulated: dict[str, Floats]
    exact: dict[str, Floats]

    def together(self, rule: str) -> float:
        """Mean change over the lags that count as together."""
        return float(self.simulated[rule][IS_TOGETHER].mean())


def study(rng: np.random.Generator, target: str) -> TogetherStudy:
    """Pair the neurons at every lag, all lags of a rule in one Brian2 run."""
    pre, post = protocols.pairing(LAGS, n_pairs=N_PAIRINGS, rate=RATE)
    simulated: dict[str, Floats] = {
        name: np.asarray(spiking.final_weight(RULES[name], pre, post, W_START, target=target)) - W_START
        for name in KINDS
    }
    exact: dict[str, Floats] = {
        name: events.window(RULES[name], LAGS, n_pairs=N_PAIRINGS, rate=RATE, w0=W_START) for name in KINDS
    }
    return TogetherStudy(simulated, exact)


METHOD = (
    f"Brian2: {N_PAIRINGS} pairings at {RATE:g} Hz at each of {len(LAGS)} lags from {LAGS[0] * 1e3:g} to "
    f"{LAGS[-1] * 1e3:g} ms; together means within {TOGETHER * 1e3:g} ms in either order, coincidence counted (the "
    "convention of the spiking Hebbian rule); the rate rule dw ~ y x beside it"
)


def hebbian(study: TogetherStudy) -> Answer:
    """Strengthens at every lag."""
    return _answer(study, "spiking_hebbian", "hebbian")


def anti_hebbian(study: TogetherStudy) -> Answer:
    """Weakens at every lag."""
    return _answer(study, "spiking_anti_hebbian", "anti_hebbian")


def _answer(study: TogetherStudy, spikes: str, rule: str) -> Answer:
    change, zero = study.simulated[spikes], int(np.argmin(np.abs(LAGS)))
    drift = float(rates.drift(RULES[rule], FIRING, FIRING, W_START))
    pair = study.simulated["pair_stdp"]
    measurements = {
        "dw_hebbian": study.together("spiking_hebbian"),
        "dw_anti_hebbian": study.together("spiking_anti_hebbian"),
        "dw_pair_stdp": study.together("pair_stdp"),
        "lag_ms": np.round(LAGS * 1e3, 9).tolist(),
        "dw_hebbian_by_lag": study.simulated["spiking_hebbian"].tolist(),
        "dw_anti_hebbian_by_lag": study.simulated["spiking_anti_hebbian"].tolist(),
        "dw_pair_stdp_by_lag": pair.tolist(),
        f"drift_{rule}_per_s": drift,
    }
    mean = study.together(spikes)
    word = "strengthens" if mean > 0 else "weakens"
    sentence = (
        f"It {word}: {N_PAIRINGS} pairings within {TOGETHER * 1e3:g} ms change w by {mean:+.4f} on average, by "
        f"{change[zero]:+.4f} at zero lag, by {change[0]:+.4f} at {LAGS[0] * 1e3:g} ms and {change[-1]:+.4f} at "
        f"{LAGS[-1] * 1e3:g} ms. As a rule on rates, {FIRING:g} Hz on both sides drive w by {drift:+.3f} a second. "
        f"Pair STDP would ask for the order: {pair[zero - 1]:+.4f} at {LAGS[zero - 1] * 1e3:g} ms, "
        f"{pair[zero + 1]:+.4f} at {LAGS[zero + 1] * 1e3:g} ms, {abs(pair[zero]):g} when coincident."
    )
    shown = {"mean": mean, "zero": change[zero], "first": change[0], "last": change[-1], "drift": drift}
    shown |= {"pair_before": pair[zero - 1], "pair_after": pair[zero + 1], "pair_zero": abs(pair[zero])}
    readings = {f"lag {LAGS[k] * 1e3:g} ms": {f"dw_{rule}": float(change[k])} for k in np.flatnonzero(IS_TOGETHER)}
    readings["rates"] = {f"dw_{rule}": drift}
    checks = _checks(study, spikes, rule, drift)
    return Answer(sentence, measurements, METHOD, checks, readings, _hebrew(shown))


def _hebrew(found: dict[str, float]) -> str:
    """The sentence in Hebrew; lags and changes keep their signs in front."""
    zero = int(np.argmin(np.abs(LAGS)))
    first, before, after, last = (ltr(f"{LAGS[k] * 1e3:g}") for k in (0, zero - 1, zero + 1, -1))
    dw = {name: ltr(f"{number:+.4f}") for name, number in found.items()}
    drift = ltr(f"{found['drift']:+.3f}")
    word = "מתחזקת" if found["mean"] > 0 else "נחלשת"
    return (
        f"הסינפסה {word}: {N_PAIRINGS} זיווגים בטווח של {TOGETHER * 1e3:g} ms משנים את w ב-{dw['mean']} בממוצע, ב-"
        f"{dw['zero']} כשאין הפרש זמן, ב-{dw['first']} בהפרש של {first} ms וב-{dw['last']} בהפרש של {last} ms. ככלל של "
        f"קצבים, {FIRING:g} Hz משני הצדדים משנים את w ב-{drift} בשנייה. כלל STDP של זוגות היה "
        f"שואל מי ירה קודם: {dw['pair_before']} בהפרש של {before} ms, {dw['pair_after']} בהפרש של {after} ms, "
        f"{found['pair_zero']:g} כשהדחפים בו-זמניים."
    )


def _checks(study: TogetherStudy, spikes: str, rule: str, drift: float) -> list[Check]:
    """The exact engine; A exp(-|lag|/tau) a pairing; the rate rule against the drift of its spiking form."""
    change, exact, values = study.simulated[spikes], study.exact[spikes], RULES[spikes].values
    sign = 1 if rule == "hebbian" else -1
    closed = sign * N_PAIRINGS * values["A"] * np.exp(-np.abs(LAGS) / values["tau"])
    checks = []
    for route, other in (("the exact engine", exact), ("A exp(-|lag|/tau) a pairing", closed)):
        worst = int(np.abs(change - other).argmax())
        checks.append(
            Check(f"dw at {LAGS[worst] * 1e3:g} ms, where it differs most", change[worst], other[worst], route)
        )
    form = float(rates.drift(RULES[spikes], FIRING, FIRING, W_START))
    return [*checks, Check("drift of the rate rule (1/s)", drift, form, "mean drift of the spiking form")]


SOLUTIONS = {
    "hebbian-together": Solution(study, hebbian, simulates=True),
    "anti-hebbian-together": Solution(study, anti_hebbian, simulates=True),
}
