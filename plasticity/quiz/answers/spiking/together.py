"""Two neurons that fire together: what it does to their synapse under Hebbian, anti-Hebbian, and all other rules."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from plasticity import rates
from plasticity.arrays import Floats
from plasticity.quiz.record import Answer, Check, Solution
from plasticity.rules import RULES
from plasticity.studies.firing_together import FASTER, READ, WINDOW, Parameters, Result, study

SIGNS = {"hebbian": 1, "anti_hebbian": -1}  # of what the slides print
LECTURE = Parameters()
NOTHING = 1e-2  # of the largest change by a rule: less counts as none, as where rules are asked for both sides
ROUNDING = 1e-12  # of weights of about 1
IN_STEPS, IN_TIME = 0.1, 1e-3  # of the largest change: a threshold crossed in a step; a drift that moves in a run
CASES = ("pre_first", "same_instant", "post_first", "rates")
POST_FIRST, SAME, PRE_FIRST = slice(0, 2), slice(2, 3), slice(3, None)  # of READ


def answer(result: Result, kind: str) -> Answer:
    """What the printed answer of this kind comes to, under the rule that is chosen and under all others."""
    sign, asked = SIGNS[kind], {rule: _counted(dw) for rule, dw in result.asked.items()}
    found = {**_windows(result), **_by_rule(result, asked), **_outcomes(result, asked, sign)}
    drift = float(rates.drift(RULES[kind], result.firing, result.firing, result.w0))
    found |= {f"drift_{kind}_per_s": drift, "slide": _holds(sign, [asked[kind], asked[f"spiking_{kind}"]])}
    readings = {
        f"{case} / {rule}": {f"dw_{kind}": _least(part)}
        for rule, dw in asked.items()
        for case, part in _cases(dw, is_on_rates=rule in result.on_rates).items()
    }
    checks = [*_of_the_chosen(result), *_of_every_rule(result, found, sign), _of_the_slide(result, kind)]
    return Answer(found, checks, readings, given=("n_asked",), records=tuple(asked))


def _counted(dw: Floats) -> Floats:
    """Changes, 0 where they are none beside the largest of them."""
    return np.where(np.abs(dw) <= NOTHING * np.abs(dw).max(), 0.0, dw)


def _cases(dw: Floats, *, is_on_rates: bool) -> dict[str, Floats]:
    """The changes of a rule by what "together" can mean."""
    if is_on_rates:
        return {"rates": dw}
    return {"pre_first": dw[PRE_FIRST], "same_instant": dw[SAME], "post_first": dw[POST_FIRST]}


def _least(dw: Floats) -> float:
    """The smallest of changes of one sign; none, where they are of both."""
    return float(dw[np.abs(dw).argmin()]) if len(set(np.sign(dw))) == 1 else 0.0


def _holds(sign: int, changes: list[Floats]) -> bool:
    return all(bool((sign * dw > 0).all()) for dw in changes)


def _windows(result: Result) -> dict[str, Any]:
    """The windows of some rules, and their means over what counts as together."""
    found: dict[str, Any] = {"lag_ms": np.round(result.lags * 1e3, 9).tolist()}
    for name, window in result.windows.items():
        short = name.removeprefix("spiking_")
        found |= {f"dw_{short}": _mean(window), f"dw_{short}_by_lag": window.tolist()}
    is_on_rates = result.chosen in result.on_rates
    of_chosen = result.asked[result.chosen][FASTER.index(1.0)] if is_on_rates else _mean(result.windows[result.chosen])
    return found | {"dw_chosen": float(of_chosen)}


def _mean(window: Floats) -> float:
    """Over the lags that count as together."""
    return float(window[np.abs(WINDOW) <= 1 + 1e-9].mean())


def _by_rule(result: Result, asked: Mapping[str, Floats]) -> dict[str, Any]:
    """Rows: the changes under the chosen rule, the signs under every rule, what cannot be asked."""
    is_on_rates = result.chosen in result.on_rates
    cases = ["rates"] * len(FASTER) if is_on_rates else ["post_first"] * 2 + ["same_instant"] + ["pre_first"] * 2
    unit = result.firing if is_on_rates else result.together * 1e3
    times = zip(cases, FASTER if is_on_rates else np.abs(READ).tolist(), asked[result.chosen].tolist(), strict=True)
    return {
        "chosen": result.chosen,
        "rows": [{"case": case, "at": by * unit, "sign": _sign(dw), "dw": dw} for case, by, dw in times],
        "every_rule": [
            {"rule": rule, "reads": "rates" if rule in result.on_rates else "spikes"} | _signs(result, rule, dw)
            for rule, dw in asked.items()
        ],
        "not_asked": [{"rule": rule, "reason": reason} for rule, reason in result.reasons.items()],
    }


def _sign(dw: float) -> str:
    return "weakens" if dw < 0 else "strengthens" if dw > 0 else "stays"


def _common(dw: Floats) -> str:
    """The sign that all of these have, or that they differ."""
    signs = {_sign(float(one)) for one in dw}
    return signs.pop() if len(signs) == 1 else "differs"


def _signs(result: Result, rule: str, dw: Floats) -> dict[str, str]:
    """The sign for each order, for the same instant, and for rates; "none" where a rule does not read them."""
    found = _cases(dw, is_on_rates=rule in result.on_rates)
    return {case: _common(found[case]) if case in found else "none" for case in CASES}


def _outcomes(result: Result, asked: Mapping[str, Floats], sign: int) -> dict[str, Any]:
    """What is said in words."""
    held = {rule: sign * found > 0 for rule, found in asked.items()}
    always = [rule for rule, holds in held.items() if holds.all()]
    sometimes = [rule for rule, holds in held.items() if holds.any() and not holds.all()]
    outcome = _outcome(asked[result.chosen], is_on_rates=result.chosen in result.on_rates)
    return {
        "outcome": outcome,
        "mechanism": "none" if outcome.startswith("stays") else result.chosen,
        "unit": "rates" if result.chosen in result.on_rates else "spikes",
        "always": always,
        "n_always": len(always),
        "sometimes": sometimes,
        "n_sometimes": len(sometimes),
        "n_asked": len(asked),
        "pair_stdp": _signs(result, "pair_stdp", asked["pair_stdp"]),
        "anti_stdp": _signs(result, "anti_stdp", asked["anti_stdp"]),
    }


def _outcome(dw: Floats, *, is_on_rates: bool) -> str:
    """Under the chosen rule: one sign throughout, one for each order, or neither."""
    common = _common(dw)
    if is_on_rates:
        return "hangs on the rate" if common == "differs" else f"{common} at any rate"
    before, after = _common(dw[PRE_FIRST]), _common(dw[POST_FIRST])
    if common == "differs":
        return f"pre first {before}" if {before, after} == {"strengthens", "weakens"} else "mixed"
    return common


def _of_the_chosen(result: Result) -> Iterator[Check]:
    """Its changes from the second route of the exact engine, its window from Brian2 where that gives the same."""
    confirmed = result.confirmed[result.chosen]
    largest, is_on_rates = float(np.abs(result.asked[result.chosen]).max()), result.chosen in result.on_rates
    by, part = ("in_steps", IN_STEPS) if result.chosen in result.in_steps else ("definition", 0.0)
    by, part = ("in_time", IN_TIME) if is_on_rates else (by, part)
    if np.isfinite(confirmed).all():
        yield Check("rows.dw", _counted(confirmed).tolist(), by, ROUNDING + part * largest)
    if is_on_rates and np.isfinite(confirmed[FASTER.index(1.0)]):
        yield Check("dw_chosen", float(confirmed[FASTER.index(1.0)]), by, ROUNDING + part * largest)
    if result.simulated is not None:
        yield Check("dw_chosen", _mean(result.simulated), "brian2", ROUNDING)


def _of_every_rule(result: Result, found: Mapping[str, Any], sign: int) -> Iterator[Check]:
    """The counts, from the second routes of the rules that have one."""
    held = {rule: sign * _counted(dw) > 0 for rule, dw in result.confirmed.items() if np.isfinite(dw).all()}
    n_open = found["n_asked"] - len(held)
    values = {"n": len(held), "n_open": n_open}
    counts = {
        "n_always": sum(bool(holds.all()) for holds in held.values()),
        "n_sometimes": sum(bool(holds.any() and not holds.all()) for holds in held.values()),
    }
    for name, n in counts.items():
        yield Check(name, n, "counted", relation="at least", values=values)
        yield Check(name, n + n_open, "counted", relation="at most", values=values)


def _of_the_slide(result: Result, kind: str) -> Check:
    """The rule of the slide as the mean drift of its spiking form under Poisson trains: 2 A tau y x."""
    spiking = RULES[f"spiking_{kind}"].values
    drift = SIGNS[kind] * 2 * spiking["A"] * spiking["tau"] * result.firing**2
    return Check(f"drift_{kind}_per_s", drift, "spiking_form", tolerance=ROUNDING)


SOLUTIONS = {
    f"{kind.replace('_', '-')}-together": Solution(
        study, partial(answer, kind=kind), replace(LECTURE, rule=f"spiking_{kind}"), simulates=True
    )
    for kind in SIGNS
}
