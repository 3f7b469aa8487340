"""The errors of the eight published triplet rules at the points they were fitted to; the threshold by three routes."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from plasticity import engines, protocols, published, rates
from plasticity.arrays import Floats
from plasticity.experiment import column, parameter
from plasticity.rules import RULES, Rule, unbounded
from plasticity.rules.library.triplet_stdp import TRIPLET_STDP

INTERACTIONS = {"all-to-all": "triplet_all_to_all", "nearest-spike": "triplet_nearest"}
VISUAL = {"sjostrom2001_frequency": "pfister2006"}  # table: as which its rows are read
CULTURE = dict.fromkeys(("wang2005_pairs", "wang2005_quadruplets", "wang2005_triplets"), "experiment")
DATA = {"visual cortex": VISUAL, "hippocampal culture": CULTURE}
HALF_DIGIT = 0.005  # of a number with two decimals
RATE_PRE = 20.0  # hertz; our choice: the threshold of a minimal rule does not depend on it
POST_RATES = np.array([14.0, 16.0, 18.0, 20.0, 22.0, 24.0])  # hertz; our choice: on both sides of the threshold


@dataclass(frozen=True)
class Parameters:
    """What can be set."""

    n_trains: int = parameter(1600, meaning="pairs of Poisson trains at each rate", least=10, most=20_000)
    duration: float = parameter(20.0, "s", "of a Poisson train", least=5.0, most=200.0)
    n_rates: int = parameter(121, meaning="postsynaptic rates of each drift", least=2, most=2000)
    seed: int = 0


@dataclass(frozen=True)
class Result:
    """The errors of all rows of the table, as computed and as reported; the drift of the rows of visual cortex."""

    rows: np.ndarray = column("", "rows")
    errors: Floats = column("1", "rows", meaning="mean squared distance from the points, in standard errors")
    reported: Floats = column("1", "rows", meaning="the same, as reported")
    rounding: Floats = column(
        "1", "rows", meaning="standard deviation of the error, for points rounded to two decimals"
    )
    post_rates: Floats = column("Hz", "post_rates")
    drifts: Floats = column("1/s", "rules", "post_rates", meaning="mean change of w, presynaptic rate 20 Hz")
    rules: np.ndarray = column("", "rules")
    closed: float = column("Hz", meaning="threshold of triplet_stdp, closed form")
    root: float = column("Hz", meaning="the same, where its mean drift changes sign")
    simulated: float = column("Hz", meaning="the same, from Poisson trains")
    sem: float = column("Hz", meaning="its standard error")


class Points(NamedTuple):
    """Measured changes, (n_points,), and the trains that made them."""

    pre: list[Floats]
    post: list[Floats]
    changes: Floats
    sems: Floats


def run(parameters: Parameters) -> Result:
    """The errors of the eight rows, the drift of four of them, and the threshold of the minimal one by three routes."""
    p, table = parameters, published.load("pfister2006_parameters")
    rules = [_rule(*row) for row in zip(table["data_set"], table["interaction"], table["model"], strict=True)]
    points = {name: _points(tables) for name, tables in DATA.items()}
    fits = [_fit(rule, points[name]) for rule, name in zip(rules, table["data_set"], strict=True)]
    visual = [rule for rule, name in zip(rules, table["data_set"], strict=True) if name == "visual cortex"]
    post_rates = np.linspace(0.0, 40.0, p.n_rates)
    simulated, sem = _threshold_of_trains(p)
    return Result(
        rows=np.array([rule.name for rule in rules]),
        errors=np.array([error for error, _ in fits]),
        reported=table["E_reported"],
        rounding=np.array([rounding for _, rounding in fits]),
        post_rates=post_rates,
        drifts=np.array([rates.drift(rule, RATE_PRE, post_rates, 1.0) for rule in visual]),
        rules=np.array(
            [rule.name.partition(":")[0] + (" minimal" if "minimal" in rule.name else "") for rule in visual]
        ),
        closed=_closed_threshold(TRIPLET_STDP),
        root=_root(TRIPLET_STDP),
        simulated=simulated,
        sem=sem,
    )


def _rule(data_set: str, interaction: str, model: str) -> Rule:
    """The rule of one row of the table."""
    name = data_set.replace(" ", "_") + ("_minimal" if model == "minimal" else "")
    return RULES[f"{INTERACTIONS[interaction]}:{name}"]


def _points(tables: dict[str, str]) -> Points:
    pre, post, changes, sems = list[Floats](), list[Floats](), list[float](), list[float]()
    for key, reading in tables.items():
        table = published.load(key)
        is_tabulated_again = "dw_pg" in table.columns  # beside another reading of the same figure
        measured, sem = (table["dw_pg"], table["sem_pg"]) if is_tabulated_again else (table["dw"], table["sem"])
        for row in range(measured.size):
            trains = protocols.spike_trains(published.protocol_of(table, row, reading=reading))
            pre.append(trains["pre"])
            post.append(trains["post"])
        changes += measured.tolist()
        sems += sem.tolist()
    return Points(pre, post, np.array(changes), np.array(sems))


def _fit(rule: Rule, points: Points) -> tuple[float, float]:
    """The error of a rule, and the standard deviation that it has because points and their errors are rounded: to first
    order, each by an amount that is uniform within half a digit."""
    off = engines.final_weight(rule, points.pre, points.post, 1.0) - 1 - points.changes
    by_change, by_sem = 2 * off / points.sems**2, 2 * off**2 / points.sems**3
    variance = (by_change**2 + by_sem**2) * HALF_DIGIT**2 / 3
    return float(((off / points.sems) ** 2).mean()), float(np.sqrt(variance.sum())) / off.size


def _closed_threshold(rule: Rule) -> float:
    """Where pairs and triplets are in balance: A2_minus tau_minus = A3_plus tau_plus tau_y rate_post."""
    v = rule.values
    return v["A2_minus"] * v["tau_minus"] / (v["A3_plus"] * v["tau_plus"] * v["tau_y"])


def _root(rule: Rule) -> float:
    """The postsynaptic rate above 1 Hz at which the mean drift changes its sign, by halving."""
    low, high = 1.0, 100.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if rates.drift(rule, RATE_PRE, middle, 1.0) < 0 else (low, middle)
    return (low + high) / 2


def _threshold_of_trains(p: Parameters) -> tuple[float, float]:
    """The threshold and its standard error, from Poisson trains at several rates.

    The mean change divided by both rates is straight in the postsynaptic one; a line through it, weighted, meets zero
    at the threshold. Traces start at 0: the first second is left out.
    """
    rule, rng = unbounded(TRIPLET_STDP), np.random.default_rng(p.seed)
    changes = []
    for rate in POST_RATES:
        pre, post = ([protocols.poisson(r, p.duration, rng) for _ in range(p.n_trains)] for r in (RATE_PRE, rate))
        first, second = ([train[train < 1.0] for train in side] for side in (pre, post))
        change = np.asarray(engines.final_weight(rule, pre, post, 1.0) - engines.final_weight(rule, first, second, 1.0))
        changes.append(change / (RATE_PRE * rate * (p.duration - 1.0)))
    means = np.array([change.mean() for change in changes])
    errors = np.array([change.std(ddof=1) for change in changes]) / np.sqrt(p.n_trains)
    (slope, offset), covariance = np.polyfit(POST_RATES, means, 1, w=1 / errors, cov="unscaled")
    threshold = -offset / slope
    gradient = np.array([-threshold, -1.0]) / slope
    return float(threshold), float(np.sqrt(gradient @ covariance @ gradient))
