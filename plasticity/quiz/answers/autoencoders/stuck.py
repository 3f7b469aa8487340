"""Is a network with one hidden layer stuck less than deeper ones? Fractions of many starts, by units and depth."""

import math
import statistics
from collections.abc import Iterator
from typing import Any

import numpy as np

from plasticity.quiz.record import Answer, Check, Solution
from plasticity.studies.getting_stuck import CHANCE, NEAR_CHANCE, UNITS, Parameters, Stuck, Study, study


def answer(result: Study) -> Answer:
    """More stuck, where the fraction exceeds that of the flattest network by two standard errors."""
    p, by_units = result
    flat, deep = min(p.depths), max(p.depths)
    cases = [(units, depth, one) for units, depths in by_units.items() for depth, one in sorted(depths.items())]
    rows = [_row(units, depth, one) for units, depth, one in cases]
    found: dict[str, Any] = {"rows": rows, "flattest": flat, "deepest": deep, "chance_loss": CHANCE}
    for units in UNITS:
        one, other = by_units[units][flat], by_units[units][deep]
        found |= {
            f"stuck_flat_{units}_percent": _percent(one.is_stuck),
            f"stuck_deep_{units}_percent": _percent(other.is_stuck),
            f"{units}_outcome": "more" if _more(one, other) > 0 else "not",
            f"first_losses_{units}": [by_units[units][depth].first for depth in sorted(by_units[units])],
        }
    deepest = by_units["sigmoid"][deep]
    found["n_at_chance"], found["n_stuck"] = deepest.n_at_chance, int(deepest.is_stuck.sum())
    found["loss_flat"], found["loss_deep"] = (
        float(np.median(by_units["sigmoid"][depth].losses)) for depth in (flat, deep)
    )
    found["outcome"] = f"{found['sigmoid_outcome']} {found['tanh_outcome']}"
    found["plateau"] = (
        "none" if not found["n_stuck"] else "chance" if 2 * deepest.n_at_chance > found["n_stuck"] else "not"
    )
    readings = {
        f"depth={depth} / {units}": {"more_stuck_less_two_errors": _more(by_units[units][flat], one)}
        for units, depth, one in cases
        if depth > flat
    }
    given = ("flattest", "deepest", "rows.depth")
    return Answer(found, list(_checks(by_units, cases, flat, deep)), readings, given=given)


def _row(units: str, depth: int, one: Stuck) -> dict[str, Any]:
    """Of one kind of network: how many starts are stuck, how many at chance, and their losses at the end."""
    low, middle, high = np.quantile(one.losses, (0.1, 0.5, 0.9), method="lower").tolist()
    stuck = {"stuck": _percent(one.is_stuck), "at_chance": 100 * one.n_at_chance / len(one.losses)}
    return {"units": units, "depth": depth, **stuck, "low": low, "middle": middle, "high": high}


def _percent(is_stuck: np.ndarray) -> float:
    return float(100 * np.mean(is_stuck))


def _more(flat: Stuck, deep: Stuck) -> float:
    """The fraction of starts that is stuck beyond that of the flat network, less two standard errors."""
    shares, n = (flat.is_stuck.mean(), deep.is_stuck.mean()), len(flat.is_stuck)
    return float(shares[1] - shares[0] - 2 * np.sqrt(sum(share * (1 - share) for share in shares) / n))


def _checks(by_units: dict, cases: list[tuple[str, int, Stuck]], flat: int, deep: int) -> Iterator[Check]:
    rounding = 1e-9
    every = [one for _, _, one in cases]
    yield Check("rows.stuck", [_counted(one) for one in every], "signs", rounding)
    yield Check("rows.at_chance", [100 * _at_chance(one) / len(one.losses) for one in every], "signs", rounding)
    for name, share in (("low", 0.1), ("middle", 0.5), ("high", 0.9)):
        yield Check(f"rows.{name}", [_sorted(one, share) for one in every], "from_z", rounding)
    for units in UNITS:
        yield Check(f"stuck_flat_{units}_percent", _counted(by_units[units][flat]), "signs", rounding)
        yield Check(f"stuck_deep_{units}_percent", _counted(by_units[units][deep]), "signs", rounding)
        alone = [by_units[units][depth].first_alone for depth in sorted(by_units[units])]
        yield Check(f"first_losses_{units}", alone, "alone", tolerance=1e-9)
    sigmoid = by_units["sigmoid"]
    yield Check("n_at_chance", _at_chance(sigmoid[deep]), "signs")
    yield Check("n_stuck", int(np.sum(sigmoid[deep].stuck_again)), "signs")
    for name, depth in (("loss_flat", flat), ("loss_deep", deep)):
        yield Check(name, statistics.median(sigmoid[depth].losses_again.tolist()), "from_z", rounding)
    yield Check("chance_loss", -math.log(0.5), "one_half", rounding)


def _counted(one: Stuck) -> float:
    return 100 * int(np.count_nonzero(one.stuck_again)) / len(one.stuck_again)


def _at_chance(one: Stuck) -> int:
    pairs = zip(one.stuck_again, one.losses_again, strict=True)
    return sum(bool(stuck) and abs(loss / CHANCE - 1) < NEAR_CHANCE for stuck, loss in pairs)


def _sorted(one: Stuck, share: float) -> float:
    """The loss below which this share of the starts lies, by counting."""
    return sorted(one.losses_again.tolist())[math.floor(share * (len(one.losses_again) - 1) + 1e-9)]


SOLUTIONS = {"one-layer-stuck-less": Solution(study, answer, Parameters())}
