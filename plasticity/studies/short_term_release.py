"""What a synapse with short-term plasticity transmits: spike by spike, in the stationary state, and by two engines."""

from dataclasses import dataclass, replace

import numpy as np

from plasticity import events, protocols, published, spiking
from plasticity.arrays import Floats
from plasticity.experiment import column, parameter
from plasticity.rules import PRESETS, Rule, unbounded, with_conventions, with_set
from plasticity.rules.library.tsodyks_markram import TSODYKS_MARKRAM, TSODYKS_MARKRAM_STDP

KINDS = ("depressing", "facilitating")
ENOUGH = 800  # spikes after which nothing of the start is left
FIRST = 15  # spikes that are shown


@dataclass(frozen=True)
class Parameters:
    """What can be set."""

    rate: float = parameter(20.0, "Hz", "of the train that is shown", least=1.0, most=100)
    n_rates: int = parameter(100, meaning="rates of the curves", least=5, most=1000)
    n_random: int = parameter(300, meaning="spikes of the random train that both engines get", least=10, most=5000)
    conventions: str = parameter(
        "default", meaning="of all rules; whether a spike transmits before its own update", choices=tuple(PRESETS)
    )
    seed: int = 1


@dataclass(frozen=True)
class Result:
    """Releases in parts of the weight: spike by spike, in the stationary state, and by two engines."""

    kinds: np.ndarray = column("", "kinds")
    U: Floats = column("1", "kinds", meaning="release of a rested synapse")
    spike: Floats = column("1", "spikes", meaning="number of the spike")
    releases: Floats = column("w", "kinds", "spikes", meaning="by each spike of a regular train, u R")
    rates: Floats = column("Hz", "rates")
    stationary: Floats = column("1", "kinds", "rates", meaning="u R/U after many spikes, exact engine")
    closed_form: Floats = column("1", "kinds", "rates", meaning="the fixed point of the recursion")
    printed_rates: Floats = column("Hz", "kinds", "printed")
    printed: Floats = column("1", "kinds", "printed", meaning="u R/U, published (transmitted before the update)")
    found: Floats = column("1", "kinds", "printed", meaning="u R/U, exact engine")
    left: Floats = column("1", "kinds", "printed", meaning="part of the resources that is there when a spike transmits")
    limit: float = column("Hz", meaning="of release over U times rate, depressing, closed form")
    whole: Floats = column("w", "kinds", meaning="release by all spikes of a random train, exact engine")
    brian2: Floats = column("w", "kinds", meaning="the same, Brian2")
    product: Floats = column(
        "1", "kinds", meaning="largest error of: with STDP a spike transmits its weight times this"
    )


def run(parameters: Parameters) -> Result:
    """Regular trains of many rates, and a random one."""
    p = parameters
    rules = [with_conventions(with_set(TSODYKS_MARKRAM, kind), p.conventions) for kind in KINDS]
    rates = np.geomspace(0.5, 100.0, p.n_rates)
    table, both = published.load("tsodyks1998_stationary"), []
    for kind in KINDS:
        is_kind = table["kind"] == kind
        both.append((table["rate_hz"][is_kind], table["release_over_U"][is_kind]))
    random = protocols.poisson(20.0, p.n_random / 20.0, p.seed)
    regular = np.arange(FIRST) / p.rate
    return Result(
        kinds=np.array(KINDS),
        U=np.array([rule.values["U"] for rule in rules]),
        spike=np.arange(1.0, FIRST + 1),
        releases=np.array([events.transmitted(rule, regular, [], 1.0) for rule in rules]),
        rates=rates,
        stationary=np.array([_stationary(rule, rates) for rule in rules]),
        closed_form=np.array([_closed_form(rule, rates) for rule in rules]),
        printed_rates=np.array([at for at, _ in both]),
        printed=np.array([releases for _, releases in both]),
        found=np.array([_stationary(rule, at) for rule, (at, _) in zip(rules, both, strict=True)]),
        left=np.array([_left(rule, at) for rule, (at, _) in zip(rules, both, strict=True)]),
        limit=_limit(rules[0]),
        whole=np.array([events.transmitted(rule, random, [], 1.0).sum() for rule in rules]),
        brian2=np.array([_collected(rule, random) for rule in rules]),
        product=np.array([_product_error(kind, rule, random) for kind, rule in zip(KINDS, rules, strict=True)]),
    )


def _stationary(rule: Rule, rates: Floats) -> Floats:
    """What a spike of a regular train releases in the end, in units of what it releases of a rested synapse."""
    trains = [np.arange(ENOUGH) / rate for rate in rates]
    return events.transmitted(rule, trains, [[] for _ in trains], 1.0)[:, -1] / rule.values["U"]


def _closed_form(rule: Rule, rates: Floats) -> Floats:
    """u R/U where a spike leaves what the one before it left."""
    u, recovered = _utilisation(rule, rates), -np.expm1(-1 / (rates * rule.values["tau_rec"]))
    return u * recovered / (1 - (1 - u) * (1 - recovered)) / rule.values["U"] * _left(rule, rates)


def _utilisation(rule: Rule, rates: Floats) -> Floats:
    """The u of a spike that leaves what the one before it left."""
    p = rule.values
    kept = np.exp(-1 / (rates * p["tau_facil"])) if p["tau_facil"] else 0.0 * rates
    return np.asarray(p["U"] / (1 - (1 - p["U"]) * kept))


def _left(rule: Rule, rates: Floats) -> Floats:
    """The part of the resources that is there when a spike transmits: all, or 1 - u where its update comes first."""
    is_before = rule.conventions.transmitted == "before"
    return np.ones_like(rates) if is_before else 1 - _utilisation(rule, rates)


def _limit(depressing: Rule) -> float:
    """What release over U times rate tends to, where u stays U: what recovers, and of that what is left."""
    p = depressing.values
    left = 1.0 if depressing.conventions.transmitted == "before" else 1 - p["U"]
    return left / (p["U"] * p["tau_rec"])


def _collected(rule: Rule, train: Floats) -> float:
    """What all spikes release together in Brian2: a weight that nothing else changes adds it up."""
    resources = "R" if rule.conventions.transmitted == "before" else "after(R)"
    adding = replace(rule.weight, jumps={"pre": f"after(u)*{resources}"})
    return float(spiking.final_weight(unbounded(replace(rule, weight=adding)), train, [], 0.0))


def _product_error(kind: str, rule: Rule, train: Floats) -> float:
    """With STDP beside: how far what is transmitted is from the weight of the moment times the release."""
    both, post = replace(with_set(TSODYKS_MARKRAM_STDP, kind), conventions=rule.conventions), train + 5e-3
    alone = replace(both, transmits="w")
    weights = events.transmitted(alone, train, post, 0.5)
    return float(
        np.abs(events.transmitted(both, train, post, 0.5) - weights * events.transmitted(rule, train, [], 1.0)).max()
    )
