"""A synapse whose two neurons fire together, under every rule: in either order, in one instant, and as rates.

Source: hebb1949 (the sentence); lecture (dw ~ y x, and its reverse); the source of each rule is in its record. Found in
the basal ganglia: fino2005, fino2010 (cortex to striatum; the order counts, and inhibition turns it).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from plasticity import protocols, spiking
from plasticity.arrays import Floats
from plasticity.errors import ArgumentError
from plasticity.experiment import parameter
from plasticity.rules import RULES, Rule, is_readable
from plasticity.rules.conventions import WEIGHT
from plasticity.rules.system import system
from plasticity.studies.every_rule import (
    is_followed_in_steps,
    is_on_rates,
    rate_changes,
    rate_changes_in_time,
    spike_changes,
    spike_changes_by_definition,
)
from plasticity.studies.stimulated import NotAsked, Trains, other_events, quiet

WINDOW = np.linspace(-2.5, 2.5, 21)  # lags t_post - t_pre of a window, in times of what counts as together
READ = (-1.0, -0.5, 0.0, 0.5, 1.0)  # those at which every rule is asked
FASTER = (0.5, 1.0, 2.0)  # the rates at which every rule on rates is asked, in times of the one that is set
RATE = 1.0  # pairings a second
MOST_WITH_VOLTAGE = 10  # pairings; our choice: following a voltage through one, at all lags, takes two seconds
NAMED = ("spiking_hebbian", "spiking_anti_hebbian", "pair_stdp", "anti_stdp")


@dataclass(frozen=True)
class Parameters:
    """What can be set."""

    together: float = parameter(20e-3, "ms", "two spikes this near each other are together", least=1e-3, most=0.1)
    n_pairings: int = parameter(10, meaning="pairings at 1 Hz at each lag", least=1, most=100)
    firing: float = parameter(10.0, "Hz", "of both neurons, for rules that read rates", least=0.1, most=100)
    w0: float = parameter(0.5, "1", "start weight", source="lecture", least=0, most=1)
    rule: str = parameter("spiking_hebbian", meaning="the rule that is asked first")


@dataclass(frozen=True)
class Result:
    """Changes of w.

    together, firing, w0 : as they were set
    lags      : seconds, of the windows
    windows   : {rule: change by all pairings at each of the lags}, of those named and of the chosen one if on spikes
    chosen    : the rule that is asked first
    simulated : its window in Brian2; None where it reads rates or would take steps
    asked     : {rule: change by one pairing at each of READ, or per second at each of FASTER}
    confirmed : {rule: the same by a second route}, of those that have a quick one, and of the chosen one
    in_steps  : the rules whose second route takes steps
    reasons   : {rule: why it cannot be asked}
    on_rates  : the rules that read rates
    """

    together: float
    firing: float
    w0: float
    lags: Floats
    windows: Mapping[str, Floats]
    chosen: str
    simulated: Floats | None
    asked: Mapping[str, Floats]
    confirmed: Mapping[str, Floats]
    in_steps: frozenset[str]
    reasons: Mapping[str, str]
    on_rates: frozenset[str]


def study(parameters: Parameters, target: str = "auto") -> Result:
    """Every rule by exact engines, the chosen one in Brian2 too.

    raises UnknownName for a rule that is not in the catalogue; ArgumentError for one that cannot be asked, or would
    take minutes
    """
    p, chosen = parameters, RULES[parameters.rule]
    rules = {rule.name: rule for rule in (*RULES.every(), chosen)}
    asked, confirmed, reasons = dict[str, Floats](), dict[str, Floats](), dict[str, str]()
    for name, rule in rules.items():
        try:
            asked[name] = _asked(rule, p.together, p.firing, p.w0)
        except NotAsked as reason:
            reasons[name] = str(reason)
            continue
        if rule == chosen or is_on_rates(rule) or not is_followed_in_steps(rule):
            confirmed[name] = _confirmed(rule, p.together, p.firing, p.w0)
    if "voltage" in system(chosen).needs and p.n_pairings > MOST_WITH_VOLTAGE:
        raise ArgumentError(
            f"{chosen.name} reads a voltage, and n_pairings is {p.n_pairings}; at most {MOST_WITH_VOLTAGE} are allowed"
        )
    if chosen.name in reasons:
        raise ArgumentError(f"the rule is {chosen.name}, and {reasons[chosen.name]}; choose another, such as pair_stdp")
    lags = p.together * WINDOW
    shown = {name: RULES[name] for name in NAMED} | ({} if is_on_rates(chosen) else {chosen.name: chosen})
    return Result(
        together=p.together,
        firing=p.firing,
        w0=p.w0,
        lags=lags,
        windows={name: spike_changes(rule, _paired(lags, p.n_pairings), p.w0) for name, rule in shown.items()},
        chosen=chosen.name,
        simulated=_simulated(chosen, p, target),
        asked=asked,
        confirmed=confirmed,
        in_steps=frozenset(name for name, rule in rules.items() if is_followed_in_steps(rule)),
        reasons=reasons,
        on_rates=frozenset(name for name, rule in rules.items() if is_on_rates(rule)),
    )


def _paired(lags: Floats, n: int) -> list[Trains]:
    """The spikes of n pairings at each lag."""
    pre, post = protocols.pairing(lags, n_pairs=n, rate=RATE)
    return [{"pre": before, "post": after} for before, after in zip(pre, post, strict=True)]


def _once(together: float) -> list[Trains]:
    """The spikes of one pairing at each lag; post at one time, so that its voltage is one for all, and met faster."""
    post = np.array([0.1 + together])
    return [{"pre": post - together * times, "post": post} for times in READ]


@lru_cache(maxsize=256)  # two questions of the lecture ask the same of every rule
def _asked(rule: Rule, together: float, firing: float, w0: float) -> Floats:
    if is_on_rates(rule):
        return rate_changes(rule, [(firing * times, firing * times) for times in FASTER], w0)
    return spike_changes(rule, _once(together), w0)


@lru_cache(maxsize=256)
def _confirmed(rule: Rule, together: float, firing: float, w0: float) -> Floats:
    if is_on_rates(rule):
        return rate_changes_in_time(rule, [(firing * times, firing * times) for times in FASTER], w0)
    return spike_changes_by_definition(rule, _once(together), w0)


def _simulated(rule: Rule, p: Parameters, target: str) -> Floats | None:
    """The window in Brian2, where it gives exactly what the exact engine does."""
    is_exact = not (rule.signals or other_events(rule) or WEIGHT in system(rule).flows)
    if is_on_rates(rule) or quiet(rule) != rule or not is_exact or not is_readable(rule, "spiking"):
        return None
    pre, post = protocols.pairing(p.together * WINDOW, n_pairs=p.n_pairings, rate=RATE)
    return np.asarray(spiking.final_weight(rule, pre, post, p.w0, target=target)) - p.w0
