"""A weight under Hebbian and anti-Hebbian learning, when two neurons fire together, or never together.

Source: hebb1949 (the sentence); sejnowski1977 (covariance); kempter1999, section III (correlated Poisson firing).
Rates are switched on and off in blocks, so that rules on rates and rules on spikes see the same firing.
"""

from dataclasses import dataclass

import numpy as np

from plasticity import engines, protocols, rates, spiking
from plasticity.arrays import Floats
from plasticity.experiment import column, parameter
from plasticity.progress import tracked
from plasticity.rules import RULES

CONDITIONS = {"correlated": 1, "uncorrelated": 0, "anti-correlated": -1, "shared spikes": 0}
CORRELATED, UNCORRELATED, ANTI, SHARED = range(4)
ON_RATES, ON_SPIKES = ("hebbian", "anti_hebbian", "covariance"), ("spiking_hebbian", "spiking_anti_hebbian")
ON_PAIRS = (*ON_SPIKES, "pair_stdp", "anti_stdp")
LAGS = np.arange(-50, 51) * 1e-3  # seconds, t_post - t_pre
SHOWN, N_SIMULATED = 2.0, 5  # seconds of the raster; trials that Brian2 repeats


@dataclass(frozen=True)
class Parameters:
    """What can be set."""

    rate: float = parameter(10.0, "Hz", "mean rate of both neurons", source="sejnowski1977", least=0.1, most=30)
    block: float = parameter(0.25, "s", "both rates stay on or off this long", least=0.02, most=2)
    n_blocks: int = parameter(16, meaning="blocks in a trial", least=1, most=1000)
    shared: float = parameter(0.5, "1", "fraction of the spikes that both neurons share, when they do", least=0, most=1)
    n_trials: int = parameter(3000, meaning="trials of each condition", least=2 * N_SIMULATED, most=20_000)
    w0: float = parameter(0.5, "1", "start weight, in w_max", least=0, most=1)
    seed: int = 0


@dataclass(frozen=True)
class Result:
    """Mean weights over time, by condition and rule; the example trains; changes next to their closed forms."""

    times: Floats = column("s", "times")
    conditions: np.ndarray = column("", "conditions", meaning="how the neurons fire")
    rate_rules: np.ndarray = column("", "rate_rules", meaning="rules on rates")
    spike_rules: np.ndarray = column("", "spike_rules", meaning="rules on spikes")
    on_rates: Floats = column("w_max", "conditions", "rate_rules", "times", meaning="mean weight")
    on_rates_error: Floats = column("w_max", "conditions", "rate_rules", "times", meaning="standard error")
    on_rates_formula: Floats = column("w_max", "conditions", "rate_rules", meaning="mean change, closed form")
    on_spikes: Floats = column("w_max", "conditions", "spike_rules", "times", meaning="mean weight")
    on_spikes_error: Floats = column("w_max", "conditions", "spike_rules", "times", meaning="standard error")
    on_spikes_formula: Floats = column("w_max", "conditions", "spike_rules", meaning="mean change, closed form")
    exact: Floats = column("w_max", "conditions", "spike_rules", "simulated", meaning="weight at the end, exact engine")
    brian2: Floats = column("w_max", "conditions", "spike_rules", "simulated", meaning="weight at the end, Brian2")
    lags: Floats = column("ms", "lags", meaning="t_post - t_pre of one pair")
    pair_rules: np.ndarray = column("", "pair_rules", meaning="rules that see one pair")
    windows: Floats = column("w_max", "pair_rules", "lags", meaning="change of w by one pair, closed form")
    windows_exact: Floats = column("w_max", "pair_rules", "lags", meaning="the same by the exact engine")
    shown: Floats = column("s", "shown", meaning="spikes of one trial")
    shown_by: np.ndarray = column("1", "shown", meaning="who fired: 2 condition, + 1 for post")


def study(parameters: Parameters) -> Result:
    """Every condition: firing is drawn once, and read as rates and as spikes."""
    p = parameters
    rng = np.random.default_rng(p.seed)
    times = np.arange(p.n_blocks + 1) * p.block
    on_rates, on_spikes, exact, brian2, shown = [], [], [], [], []
    for number, condition in enumerate(tracked(list(CONDITIONS), "conditions")):
        levels = _levels(p, condition, rng)
        trains = _trains(p, condition, levels, rng)
        on_rates.append([_by_rates(name, levels, p) for name in ON_RATES])
        on_spikes.append([_by_spikes(name, trains, times, p.w0) for name in ON_SPIKES])
        pre, post = (side[:N_SIMULATED] for side in trains)
        exact.append([engines.final_weight(RULES[name], pre, post, p.w0) for name in ON_SPIKES])
        brian2.append([spiking.final_weight(RULES[name], pre, post, p.w0) for name in ON_SPIKES])
        shown += [(2 * number + k, side[0][side[0] < SHOWN]) for k, side in enumerate(trains)]
    weights, errors = _mean(np.array(on_rates))
    spike_weights, spike_errors = _mean(np.array(on_spikes))
    return Result(
        times=times,
        conditions=np.array(list(CONDITIONS)),
        rate_rules=np.array(ON_RATES),
        spike_rules=np.array(ON_SPIKES),
        on_rates=weights,
        on_rates_error=errors,
        on_rates_formula=np.array([_rate_formulas(p, name) for name in CONDITIONS]),
        on_spikes=spike_weights,
        on_spikes_error=spike_errors,
        on_spikes_formula=np.array([_spike_formulas(p, name) for name in CONDITIONS]),
        exact=np.array(exact),
        brian2=np.array(brian2),
        lags=LAGS,
        pair_rules=np.array(ON_PAIRS),
        windows=np.stack([rates.pair_window(RULES[name], LAGS, w0=p.w0) for name in ON_PAIRS]),
        windows_exact=np.stack([engines.window(RULES[name], LAGS, n_pairs=1, rate=1.0, w0=p.w0) for name in ON_PAIRS]),
        shown=np.concatenate([train for _, train in shown]),
        shown_by=np.concatenate([np.full(train.size, who) for who, train in shown]),
    )


def _levels(p: Parameters, condition: str, rng: np.random.Generator) -> Floats:
    """The rates of pre and post in every block and trial, (2, n_trials, n_blocks): on, off, or constant."""
    if condition == "shared spikes":
        return np.full((2, p.n_trials, p.n_blocks), p.rate)
    coins = rng.random((2, p.n_trials, p.n_blocks)) < 0.5
    post = {"correlated": coins[0], "uncorrelated": coins[1], "anti-correlated": ~coins[0]}[condition]
    return 2 * p.rate * np.stack([coins[0], post])


def _trains(p: Parameters, condition: str, levels: Floats, rng: np.random.Generator) -> list[list[Floats]]:
    """The trains of pre and post, one a trial."""
    duration = p.n_blocks * p.block
    if condition != "shared spikes":
        return [[_switched(2 * p.rate, row, p.block, rng) for row in side] for side in levels]
    trains: list[list[Floats]] = [[], []]
    for _ in range(p.n_trials):
        common = protocols.poisson(p.shared * p.rate, duration, rng)
        for side in trains:
            side.append(protocols.superposed(common, protocols.poisson((1 - p.shared) * p.rate, duration, rng)))
    return trains


def _switched(rate: float, levels: Floats, block: float, rng: np.random.Generator) -> Floats:
    """A Poisson train of `rate`, of which only the spikes in blocks that are on remain."""
    train = protocols.poisson(rate, levels.size * block, rng)
    return train[levels[(train / block).astype(int)] > 0]


def _by_rates(name: str, levels: Floats, p: Parameters) -> Floats:
    """The weight at the edges of all blocks, (n_trials, n_blocks + 1)."""
    rule = RULES[name]
    weights = np.full((p.n_trials, p.n_blocks + 1), p.w0)
    for k in range(p.n_blocks):
        drift = rates.drift(rule, levels[0, :, k], levels[1, :, k], weights[:, k])
        weights[:, k + 1] = np.clip(weights[:, k] + drift * p.block, rule.bounds.lower, rule.bounds.upper)
    return weights


def _by_spikes(name: str, trains: list[list[Floats]], times: Floats, w0: float) -> Floats:
    """The weight at `times`, (n_trials, n_times)."""
    return engines.trajectory(RULES[name], trains[0], trains[1], w0).at(times)


def _mean(weights: Floats) -> tuple[Floats, Floats]:
    """Mean and standard error over trials, the last axis but one."""
    return weights.mean(axis=-2), weights.std(axis=-2, ddof=1) / np.sqrt(weights.shape[-2])


def _rate_formulas(p: Parameters, condition: str) -> list[float]:
    """Mean change by the rules on rates: k T r r (1 + c), and k T ((r - mean)(r - mean) + c r r)."""
    c, duration = CONDITIONS[condition], p.n_blocks * p.block
    v = RULES["covariance"].values
    product = p.rate**2 * duration
    away = (p.rate - v["mean_pre"]) * (p.rate - v["mean_post"]) * duration
    k = RULES["hebbian"].values["k"]
    return [k * product * (1 + c), -k * product * (1 + c), v["k"] * (away + c * product)]


def _spike_formulas(p: Parameters, condition: str) -> list[float]:
    """Mean change by the rules on spikes: A exp(-|lag|/tau) over the mean number of pairs at every lag.

    Pairs in different blocks meet as independent trains do, r r at every lag; pairs in one block (1 + c) as often;
    a shared spike is one coincident pair. The integral over a square of side L is 2 (L tau - tau^2 (1 - exp(-L/tau))).
    """
    A, tau = (RULES["spiking_hebbian"].values[name] for name in ("A", "tau"))

    def pairs(side: float) -> float:
        return 2 * (side * tau - tau**2 * (1 - np.exp(-side / tau)))

    duration = p.n_blocks * p.block
    change = p.rate**2 * (pairs(duration) + CONDITIONS[condition] * p.n_blocks * pairs(p.block))
    if condition == "shared spikes":
        change += p.shared * p.rate * duration
    return [A * change, -A * change]
