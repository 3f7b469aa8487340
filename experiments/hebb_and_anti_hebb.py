"""What becomes of a weight under Hebbian and anti-Hebbian learning when two neurons fire together, or never together?

Source: hebb1949 (the sentence); sejnowski1977 (covariance); kempter1999, section III (correlated Poisson firing).
Differs: rates are switched on and off in blocks, so that rules on rates and rules on spikes see the same firing.
Time: quick 3 s, full 5 s (exact evaluation; Brian2 for a few trials).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from plasticity import events, protocols, rates, spiking
from plasticity.arrays import Floats
from plasticity.experiment import Claim, Experiment, column, parameter
from plasticity.plots import Axes, Figure, curves, spikes
from plasticity.progress import tracked
from plasticity.rules import RULES

CONDITIONS = {"correlated": 1, "uncorrelated": 0, "anti-correlated": -1, "shared spikes": 0}
CORRELATED, UNCORRELATED, ANTI, SHARED = range(4)
ON_RATES, ON_SPIKES = ("hebbian", "anti_hebbian", "covariance"), ("spiking_hebbian", "spiking_anti_hebbian")
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
    shown: Floats = column("s", "shown", meaning="spikes of one trial")
    shown_by: np.ndarray = column("1", "shown", meaning="who fired: 2 condition, + 1 for post")


def run(parameters: Parameters) -> Result:
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
        exact.append([events.final_weight(RULES[name], pre, post, p.w0) for name in ON_SPIKES])
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
    return events.trajectory(RULES[name], trains[0], trains[1], w0).at(times)


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


def draw(result: Result, figure: Figure) -> None:
    """Example trains, then weights by every rule."""
    grid = figure.add_gridspec(2, 4)
    raster = figure.add_subplot(grid[:, 0])
    trains = [result.shown[result.shown_by == k] for k in range(2 * len(result.conditions))]
    names = ["pre", "post"] * len(result.conditions)
    spikes.raster(raster, trains, names, unit="s")
    for number, name in enumerate(result.conditions):
        raster.text(0.0, 2 * (len(result.conditions) - number) - 0.58, name, fontsize=8.5)
    raster.set_title("one trial of each")
    panels: list[Axes] = []
    for column_, name in enumerate(result.rate_rules):
        panels.append(figure.add_subplot(grid[0, 1 + column_], sharey=panels[-1] if panels else None))
        _panel(panels[-1], result, result.on_rates[:, column_], result.on_rates_error[:, column_], f"{name} (rates)")
    panels[-1].legend(loc="lower left", handlelength=2.4)
    for column_, name in enumerate(result.spike_rules):
        panels.append(figure.add_subplot(grid[1, 1 + column_], sharey=panels[-1]))
        _panel(panels[-1], result, result.on_spikes[:, column_], result.on_spikes_error[:, column_], name)
    _compared(figure.add_subplot(grid[1, 3]), result)


def _panel(axes: Axes, result: Result, weights: Floats, errors: Floats, title: str) -> None:
    """Mean weights with bands of five standard errors, a line for each condition."""
    for number, name in enumerate(result.conditions):
        curves.band(axes, result.times, weights[number], 5 * errors[number], number=number)
        curves.curve(axes, result.times, weights[number], str(name), number=number)
    axes.axhline(weights[0, 0], color="#BFBFBF", linewidth=0.8, zorder=0)
    curves.label(axes, "time (s)", "mean w (w_max)", title)


def _compared(axes: Axes, result: Result) -> None:
    """Changes under the Hebbian rule: on spikes, on rates, in closed form."""
    places = np.arange(len(result.conditions))
    spiking_change, rate_change = (
        weights[:, 0, -1] - weights[:, 0, 0] for weights in (result.on_spikes, result.on_rates)
    )
    curves.points(axes, places - 0.15, rate_change, "rates", error=5 * result.on_rates_error[:, 0, -1], number=2)
    curves.points(axes, places + 0.15, spiking_change, "spikes", error=5 * result.on_spikes_error[:, 0, -1], number=4)
    for offset, formula in ((-0.15, result.on_rates_formula), (0.15, result.on_spikes_formula)):
        look: dict[str, Any] = {"color": "#7F7F7F", "zorder": 1} | ({"label": "closed form"} if offset < 0 else {})
        axes.hlines(formula[:, 0], places + offset - 0.13, places + offset + 0.13, **look)
    axes.set_xticks(places, result.conditions, fontsize=8, rotation=20)
    curves.label(axes, "", "mean change of w (w_max)", "Hebbian: rates and spikes")
    axes.legend()
    curves.zero_line(axes)


def caption(parameters: Parameters, result: Result) -> str:
    """What is seen."""
    p = parameters
    return (
        f"Mean weight of {p.n_trials} trials (bands and bars: five standard errors). Both neurons fire at "
        f"{p.rate:g} Hz on average: in blocks of {p.block * 1e3:g} ms in which both are on or off together "
        f"(correlated), each by itself (uncorrelated), or never both (anti-correlated); or steadily, "
        f"sharing {p.shared:.0%} of their spikes, which "
        "rules on rates cannot see."
    )


def _worst(result: Result, weights: Floats, errors: Floats, formula: Floats) -> float:
    """The largest distance of a mean change at the end from its closed form, in standard errors."""
    change = weights[..., -1] - weights[..., 0]
    return float((np.abs(change - formula) / (errors[..., -1] + 1e-12)).max())


def _extra(weights: Floats) -> float:
    """What shared spikes change more than uncorrelated firing, under the Hebbian rule."""
    return float(weights[SHARED, 0, -1] - weights[UNCORRELATED, 0, -1])


def _extra_error(errors: Floats) -> float:
    return float(5 * np.hypot(errors[SHARED, 0, -1], errors[UNCORRELATED, 0, -1]) + 1e-12)


EXPERIMENT = Experiment(
    name="hebb_and_anti_hebb",
    question="What becomes of a weight under Hebbian and anti-Hebbian learning when two neurons fire together, "
    "or never together?",
    source="hebb1949; sejnowski1977; kempter1999, section III",
    run=run,
    draw=draw,
    caption=caption,
    full=Parameters(),
    quick=Parameters(n_trials=200),
    claims=(
        Claim(
            "No bound in reach, rules on spikes change w by the number of pairs (largest distance, standard errors)",
            lambda r: _worst(r, r.on_spikes, r.on_spikes_error, r.on_spikes_formula),
            0.0,
            "closed form",
            tolerance=5.0,
            reason="five standard errors",
        ),
        Claim(
            "No bound in reach, rules on rates change w by the mean product (largest distance, standard errors)",
            lambda r: _worst(r, r.on_rates, r.on_rates_error, r.on_rates_formula),
            0.0,
            "closed form",
            tolerance=5.0,
            reason="five standard errors",
        ),
        Claim(
            "Brian2 gives the same weights as the exact engine (largest difference)",
            lambda r: float(np.abs(r.brian2 - r.exact).max()),
            0.0,
            "another engine",
            tolerance=1e-12,
            reason="rounding",
        ),
        Claim(
            "Hebb only strengthens: even the spikes of neurons that are never on together raise w, across block edges",
            lambda r: r.on_spikes[ANTI, 0, -1] - r.on_spikes[ANTI, 0, 0] - 5 * r.on_spikes_error[ANTI, 0, -1],
            0.0,
            "hebb1949",
            relation="at least",
            reason="the mean minus five standard errors",
        ),
        Claim(
            "Covariance weakens where Hebb cannot: neurons that are never on together lose weight on rates",
            lambda r: r.on_rates[ANTI, 2, -1] - r.on_rates[ANTI, 2, 0] + 5 * r.on_rates_error[ANTI, 2, -1],
            0.0,
            "sejnowski1977",
            relation="at most",
            reason="the mean plus five standard errors",
        ),
        Claim(
            "Anti-Hebb is the mirror image of Hebb on the same spikes (largest sum of both mean changes)",
            lambda r: float(np.abs(r.on_spikes.sum(axis=1) - 2 * r.on_spikes[0, 0, 0]).max()),
            0.0,
            "symmetry",
            tolerance=1e-12,
            reason="rounding, as long as no trial meets a bound",
        ),
        Claim(
            "Shared spikes raise w under the rule on spikes, beyond uncorrelated firing, by A for each of them",
            lambda r: _extra(r.on_spikes),
            lambda r: r.on_spikes_formula[SHARED, 0] - r.on_spikes_formula[UNCORRELATED, 0],
            "kempter1999, section III",
            tolerance=lambda r: _extra_error(r.on_spikes_error),
            reason="five standard errors",
        ),
        Claim(
            "A rule on rates does not see that spikes are shared (change beyond that of uncorrelated firing)",
            lambda r: _extra(r.on_rates),
            0.0,
            "closed form",
            tolerance=lambda r: _extra_error(r.on_rates_error),
            reason="five standard errors",
        ),
    ),
    memory=lambda p: 8.0 * p.n_trials * p.n_blocks * (40 + 40 * p.rate * p.block),
    records=tuple(RULES[name] for name in (*ON_RATES, *ON_SPIKES)),
    size=(12.5, 6.0),
)


if __name__ == "__main__":
    from plasticity.cli.run import script

    script(EXPERIMENT)
