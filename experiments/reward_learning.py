"""How can a reward decide what a pair of spikes does to a synapse, and how long may it wait?

Source: florian2007, Fig. 1 (two trains, three rules; no values are printed); izhikevich2007, Fig. 1 (dopamine).
Differs: one pair and one reward in place of a network; the trains of Fig. 1 are those of public code that redraws it.
Time: quick 3 s, full 4 s (exact evaluation; Brian2 in two steps).
"""

import math
from dataclasses import dataclass

import numpy as np

from plasticity import events, published, spiking
from plasticity.arrays import Floats
from plasticity.experiment import Claim, Experiment, column, parameter
from plasticity.plots import Figure, curves, spikes
from plasticity.plots.style import FAINT
from plasticity.rules import Rule, with_parameters
from plasticity.rules.library.modulated_stdp import MSTDP, MSTDPET
from plasticity.rules.library.pair_stdp import PAIR_STDP
from plasticity.rules.library.reward_stdp import REWARD_STDP
from plasticity.studies.pair_formula import one_pair

W0, TURN = 0.2, 0.1  # the start weight, and when (s) the reward turns from 1 to -1; as the published table says
LAG = 5e-3  # s, from pre to post of the pair that is rewarded
END = 20.0  # s after which nothing of an eligibility is left that counts
SAME = {name: MSTDP.values[name] for name in ("A_plus", "A_minus", "tau_plus", "tau_minus")}
RULES: tuple[Rule, ...] = (with_parameters(PAIR_STDP, **SAME), MSTDP, MSTDPET)


@dataclass(frozen=True)
class Parameters:
    """What can be set."""

    dt: float = parameter(5e-4, "ms", "step of Brian2, and half of it", least=1e-4, most=1e-3)
    n_delays: int = parameter(120, meaning="delays of the reward", least=5, most=1000)
    longest: float = parameter(5.0, "s", "longest delay of the reward", least=0.1, most=10)


@dataclass(frozen=True)
class Result:
    """Three trajectories by three routes; the change by one pair against the delay of its reward."""

    rules: np.ndarray = column("", "rules")
    pre: Floats = column("ms", "pre", meaning="presynaptic spikes")
    post: Floats = column("ms", "post", meaning="postsynaptic spikes")
    times: Floats = column("ms", "times", meaning="of all spikes")
    weights: Floats = column("w_max", "rules", "times", meaning="exact engine")
    by_hand: Floats = column("w_max", "rules", "times", meaning="sum over all pairs, closed form")
    brian2: Floats = column("w_max", "rules", "times", meaning="Brian2, two steps extrapolated")
    moments: Floats = column("ms", "moments")
    between: Floats = column("w_max", "rules", "moments", meaning="weight between the spikes, exact engine")
    delays: Floats = column("s", "delays", meaning="of the reward, after the pair")
    changes: Floats = column("w_max", "orders", "delays", meaning="by a pair and its reward: pre first, post first")
    changes_by_hand: Floats = column("w_max", "orders", "delays", meaning="closed form")


def reward(times: Floats) -> Floats:
    """The reward that the world gives."""
    return np.where(times < TURN, 1.0, -1.0)


def run(parameters: Parameters) -> Result:
    """All rules on the published trains, and one rewarded pair."""
    p, table = parameters, published.load("florian2007_trains")
    pre, post = (table["time_ms"][table["train"] == side] * 1e-3 for side in ("pre", "post"))
    times = np.sort(np.concatenate([pre, post]))
    moments = np.linspace(0.0, 0.2, 801)
    delays = np.linspace(0.0, p.longest, p.n_delays)
    asked = [{"signals": {"reward": reward}} if rule.signals else {} for rule in RULES]
    exact = [events.trajectory(rule, pre, post, W0, **more) for rule, more in zip(RULES, asked, strict=True)]
    return Result(
        rules=np.array(["STDP", "MSTDP", "MSTDPET"]),
        pre=pre,
        post=post,
        times=times,
        weights=np.array([path.weights for path in exact]),
        by_hand=np.array([[_by_hand(kind, pre, post, time) for time in times] for kind in range(3)]),
        brian2=np.array([_simulated(rule, (pre, post), p.dt) for rule in RULES]),
        moments=moments,
        between=np.array([_between(rule, (pre, post), moments) for rule in RULES]),
        delays=delays,
        changes=np.array([[_rewarded(lag, delay) for delay in delays] for lag in (LAG, -LAG)]),
        changes_by_hand=np.array([_rewarded_by_hand(lag, delays) for lag in (LAG, -LAG)]),
    )


def _simulated(rule: Rule, pair: tuple[Floats, Floats], dt: float) -> Floats:
    """The weight after each spike in Brian2. Where w flows, the turn of the reward costs a part of a step: the error
    halves with the step, and is taken away."""
    if not rule.signals:
        return spiking.trajectory(rule, *pair, W0).weights
    signals = {"reward": reward}
    coarse, fine = (spiking.trajectory(rule, *pair, W0, signals=signals, dt=step).weights for step in (dt, dt / 2))
    return 2 * fine - coarse


def _between(rule: Rule, pair: tuple[Floats, Floats], moments: Floats) -> Floats:
    more = {"signals": {"reward": reward}} if rule.signals else {}
    return events.states(rule, *pair, moments, w0=W0, **more)["w"]


def _by_hand(kind: int, pre: Floats, post: Floats, time: float) -> float:
    """The weight under STDP (0), MSTDP (1) or MSTDPET (2): a sum over all pairs so far."""
    lags = (post - pre[:, None]).ravel()
    later = np.maximum(post, pre[:, None]).ravel()
    change = one_pair(MSTDP, lags)[later <= time]
    later, tau = later[later <= time], MSTDPET.values["tau_z"]
    turn = np.clip(TURN, later, time)
    left = [np.exp((later - moment) / tau) for moment in (later, turn, time)]
    factors = (np.ones_like(later), reward(later), (left[0] - left[1]) - (left[1] - left[2]))
    return W0 + float((change * factors[kind]).sum())


def _rewarded(lag: float, delay: float) -> float:
    """The change by one pair and a reward `delay` after its later spike."""
    last = abs(lag)
    pre, post = ([0.0, END], [last]) if lag > 0 else ([last, END], [0.0])
    w0 = REWARD_STDP.start_weight
    return float(events.final_weight(REWARD_STDP, pre, post, w0, events={"reward": [last + delay]}) - w0)


def _rewarded_by_hand(lag: float, delays: Floats) -> Floats:
    """The integral of the eligibility times the dopamine, to the end."""
    p = REWARD_STDP.values
    rate = 1 / p["tau_c"] + 1 / p["tau_d"]
    length = END - abs(lag)
    tonic = p["tonic"] * p["tau_c"] * -math.expm1(-length / p["tau_c"])
    dose = p["dose"] * np.exp(-delays / p["tau_c"]) * -np.expm1(-rate * (length - delays)) / rate
    return p["gain"] * one_pair(REWARD_STDP, lag) * (tonic + dose)


def draw(result: Result, figure: Figure) -> None:
    """The trains, the three trajectories, and the change against the delay."""
    grid = figure.add_gridspec(2, 2, height_ratios=(1, 4), width_ratios=(1.3, 1))
    trains, weights, delays = (
        figure.add_subplot(grid[0, 0]),
        figure.add_subplot(grid[1, 0]),
        figure.add_subplot(grid[:, 1]),
    )
    spikes.raster(trains, [result.pre, result.post], ["pre", "post"])
    trains.set_xlim(0.0, 200.0)
    curves.label(trains, "", "", "reward +1 until 100 ms, then -1")
    weights.axvspan(TURN * 1e3, 200.0, color=FAINT, alpha=0.3, zorder=0)
    for number, name in enumerate(result.rules):
        curves.curve(weights, result.moments * 1e3, result.between[number], name, number=number)
        curves.points(weights, result.times * 1e3, result.brian2[number], number=number)
    weights.set_xlim(0.0, 200.0)
    weights.legend()
    curves.label(weights, "time (ms)", "weight (w_max)", "curves: exact engine; points: Brian2")
    for order, name in enumerate(("pre 5 ms before post", "post 5 ms before pre")):
        curves.theory(delays, result.delays, result.changes_by_hand[order] * 1e3, "" if order else "closed form")
        curves.curve(delays, result.delays, result.changes[order] * 1e3, name, number=order)
    curves.zero_line(delays)
    delays.legend()
    curves.label(delays, "delay of the reward (s)", "change of w (10⁻³ w_max)", "dopamine after one pair")


def caption(parameters: Parameters, result: Result) -> str:
    """What is seen."""
    ends = ", ".join(f"{name} {w:.3f}" for name, w in zip(result.rules, result.weights[:, -1], strict=True))
    soon, late = result.changes[0, [0, -1]]
    return (
        f"a, b: one synapse under three rules, from {W0:g}; after the last spike: {ends}. A pair counts with the "
        "reward of its moment (MSTDP), or of the time after it (MSTDPET). c: a pair that is rewarded at once "
        f"changes the weight by {soon:.3g}, one that is rewarded {parameters.longest:g} s later still by {late:.2g}."
    )


EXPERIMENT = Experiment(
    name="reward_learning",
    question="How can a reward decide what a pair of spikes does to a synapse, and how long may it wait?",
    source="florian2007, Fig. 1; izhikevich2007, Fig. 1",
    run=run,
    draw=draw,
    caption=caption,
    full=Parameters(),
    quick=Parameters(n_delays=30),
    claims=(
        *(
            Claim(
                f"{name}: the exact engine gives the sum over all pairs (largest error)",
                lambda r, kind=kind: float(np.abs(r.weights[kind] - r.by_hand[kind]).max()),  # type: ignore[misc]
                0.0,
                "closed form",
                tolerance=1e-8,
                reason="1e-10 in each of some steps where w flows, else rounding",
            )
            for kind, name in enumerate(("STDP", "MSTDP", "MSTDPET"))
        ),
        *(
            Claim(
                f"{name}: Brian2 gives the same trajectory as the exact engine (largest difference)",
                lambda r, kind=kind: float(np.abs(r.weights[kind] - r.brian2[kind]).max()),  # type: ignore[misc]
                0.0,
                "another engine",
                tolerance=tolerance,
                reason=reason,
            )
            for kind, (name, tolerance, reason) in enumerate(
                (
                    ("STDP", 1e-12, "rounding"),
                    ("MSTDP", 1e-12, "rounding"),
                    ("MSTDPET", 1e-6, "what the extrapolated step leaves"),
                )
            )
        ),
        Claim(
            "After the reward has turned, MSTDP mirrors STDP (largest sum of both changes since)",
            lambda r: float(np.abs(np.diff(r.weights[0]) + np.diff(r.weights[1]))[r.times[1:] > TURN].max()),
            0.0,
            "florian2007",
            tolerance=1e-12,
            reason="rounding",
        ),
        Claim(
            "A pair and its reward act by the integral of eligibility times dopamine (largest error)",
            lambda r: float(np.abs(r.changes - r.changes_by_hand).max()),
            0.0,
            "closed form",
            tolerance=1e-12,
            reason="rounding",
        ),
    ),
    memory=lambda p: 1e7,
    records=(*RULES, REWARD_STDP),
    size=(7.2, 3.2),
)


if __name__ == "__main__":
    from plasticity.cli.run import script

    script(EXPERIMENT)
