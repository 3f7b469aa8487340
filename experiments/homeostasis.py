"""How do a neuron's rate and its weights stay in range, and what do they keep of what was learnt?

Source: vanrossum2000, eq. 3 (synaptic scaling); zenke2015 (heterosynaptic decay, with constants of the authors' code).
Differs: scaling acts on rates of a linear neuron; the reference of the decay stays where it is.
Time: quick 3 s, full 10 s (differential equations; Poisson trains in the exact engine).
"""

from dataclasses import dataclass

import numpy as np

from plasticity import events, protocols
from plasticity.arrays import Floats
from plasticity.experiment import Claim, Experiment, column, parameter
from plasticity.inputs import generator
from plasticity.plots import Figure, curves
from plasticity.plots.style import FAINT
from plasticity.rates import WeightedSum, fixed_points, trajectory
from plasticity.rules import scaled
from plasticity.rules.library.heterosynaptic_decay import HETEROSYNAPTIC_DECAY as DECAY
from plasticity.rules.library.synaptic_scaling import SYNAPTIC_SCALING as SCALING

INPUTS = np.array([10.0, 20.0, 5.0])  # hertz
LEARNT = np.array([0.2, 0.1, 0.3])  # weights before scaling
HOUR = 3600.0


@dataclass(frozen=True)
class Parameters:
    """What can be set."""

    starts: tuple[float, ...] = parameter((0.3, 1.0, 3.0), "1", "rates at the start, in goals", least=0.01, most=20)
    hours: float = parameter(24.0, meaning="of scaling", least=1.0, most=1000)
    rate_pre: float = parameter(10.0, "Hz", "presynaptic rate of the decay", least=0.1, most=100)
    n_synapses: int = parameter(200, meaning="that get Poisson trains, at each rate", least=10, most=5000)
    lasting: float = parameter(60.0, "s", "of these trains, of which the first half is not counted", least=10, most=1e4)
    slowed: float = parameter(1e-3, meaning="factor on every change there: a drift is of small changes", least=1e-5)
    seed: int = 1


@dataclass(frozen=True)
class Result:
    """The way of scaling to its goal; where the decay settles."""

    hours: Floats = column("h", "hours")
    rates: Floats = column("Hz", "starts", "hours", meaning="of the neuron")
    ends: Floats = column("1", "starts", "inputs", meaning="weights at the end")
    ends_by_hand: Floats = column("1", "starts", "inputs", meaning="the learnt ratios, at the goal")
    goal: float = column("Hz")
    near: Floats = column("1", "hours", meaning="log of rate over goal, in units of a small start")
    near_by_hand: Floats = column("1", "hours", meaning="three linear modes about the goal")
    period: float = column("h", meaning="of the swing about the goal, by the modes")
    post: Floats = column("Hz", "post")
    settled: Floats = column("w", "post", meaning="weight at the fixed point of the mean drift")
    by_hand: Floats = column("w", "post", meaning="closed form")
    tried: Floats = column("Hz", "tried")
    mean: Floats = column("w", "tried", meaning="under Poisson trains, exact engine")
    error: Floats = column("w", "tried", meaning="its standard error")
    expected: Floats = column("w", "tried", meaning="closed form")


def run(parameters: Parameters) -> Result:
    """Scaling from several rates, and the decay at several rates."""
    p, goal = parameters, SCALING.values["goal"]
    hours = np.linspace(0.0, p.hours, 241)
    first = np.array(p.starts)[:, None] * LEARNT * goal / (INPUTS @ LEARNT)
    course = trajectory(SCALING, INPUTS, WeightedSum(), first, times=hours * HOUR).weights
    post, tried = np.geomspace(2.0, 100.0, 60), np.array([5.0, 10.0, 20.0, 40.0])
    near, near_by_hand = _near(hours)
    samples = [_under_poisson(rate, p) for rate in tried]
    return Result(
        hours=hours,
        rates=(course @ INPUTS).T,
        ends=course[-1],
        ends_by_hand=np.tile(LEARNT * goal / (INPUTS @ LEARNT), (len(p.starts), 1)),
        goal=goal,
        near=near,
        near_by_hand=near_by_hand,
        period=float(2 * np.pi / np.abs(_modes()[0].imag).max() / HOUR),
        post=post,
        settled=np.array([fixed_points(DECAY, p.rate_pre, rate)[0].weight for rate in post]),
        by_hand=_by_hand(p.rate_pre, post),
        tried=tried,
        mean=np.array([sample.mean() for sample in samples]),
        error=np.array([sample.std(ddof=1) / np.sqrt(len(sample)) for sample in samples]),
        expected=_by_hand(p.rate_pre, tried),
    )


def _near(hours: Floats) -> tuple[Floats, Floats]:
    """The log of the rate over the goal from a small start on, and what the modes of the flow about the goal say."""
    p, small = SCALING.values, 1e-4
    values, modes = _modes()
    parts = modes * np.linalg.solve(modes, [1.0, 0.0, 0.0])
    by_hand = (parts @ np.exp(np.outer(values, hours * HOUR))).real[0]
    course = trajectory(SCALING, p["goal"], WeightedSum(), [np.exp(small)], times=hours * HOUR)
    return np.log(course.weights[:, 0]) / small, by_hand


def _modes() -> tuple[Floats, Floats]:
    """Eigenvalues (1/s) and modes of the flow about the goal, linearised by hand: log rate, sensed rate, error."""
    p = SCALING.values
    flow = [[0.0, -p["beta"], p["gamma"]], [p["goal"] / p["tau_a"], -1 / p["tau_a"], 0.0], [0.0, -1.0, 0.0]]
    values, modes = np.linalg.eig(flow)
    return values, modes


def _by_hand(pre: float, post: Floats) -> Floats:
    """Where the rise at presynaptic spikes equals the pull of the third power of a shot noise."""
    p = DECAY.values
    mean = post * p["tau_minus"]
    third = mean / 3 + 3 * mean * mean / 2 + mean**3
    return p["w_ref"] + p["delta"] * pre / (p["beta"] * post * third)


def _under_poisson(post: float, parameters: Parameters) -> Floats:
    """The weight of each synapse, a mean over the second half of its trains, from the closed form on."""
    p, rng = parameters, generator(parameters.seed)
    rule = scaled(DECAY, p.slowed)
    pre, other = ([protocols.poisson(rate, p.lasting, rng) for _ in range(p.n_synapses)] for rate in (p.rate_pre, post))
    path = events.trajectory(rule, pre, other, float(_by_hand(p.rate_pre, np.array(post))))
    is_late = path.times > p.lasting / 2
    return np.nanmean(np.where(is_late, path.weights, np.nan), axis=1)


def draw(result: Result, figure: Figure) -> None:
    """The way to the goal, and the settled weight."""
    scaling, decay = figure.subplots(1, 2)
    for number, course in enumerate(result.rates):
        curves.curve(scaling, result.hours, course, f"from {course[0]:g} Hz", number=number)
    scaling.axhline(result.goal, color=FAINT, linewidth=0.8, zorder=0)
    curves.log_axis(scaling, [1, 2, 3, 5, 10, 20, 30, 50], axis="y")
    scaling.set_ylim(2.0, 50.0)
    scaling.legend()
    curves.label(scaling, "time (hours)", "rate of the neuron (Hz)", "synaptic scaling")
    curves.theory(decay, result.post, result.by_hand)
    curves.curve(decay, result.post, result.settled, "fixed point of the drift", number=0)
    curves.points(decay, result.tried, result.mean, "Poisson trains", error=result.error, number=1)
    decay.set_yscale("log")
    curves.log_axis(decay, [2, 5, 10, 20, 50, 100])
    decay.legend()
    curves.label(decay, "rate of the neuron (Hz)", "weight where it settles", "heterosynaptic decay")


def caption(parameters: Parameters, result: Result) -> str:
    """What is seen."""
    return (
        f"a: all weights of a neuron are scaled until it fires at {result.goal:g} Hz, in swings of "
        f"{result.period:.2g} hours; their ratios stay. b: with inputs at {parameters.rate_pre:g} Hz, the weight "
        f"falls with up to the fourth power of the neuron's rate, from {result.settled[0]:.2g} at 2 Hz to "
        f"{result.settled[-1]:.1g} at 100 Hz: a burst cannot run away."
    )


EXPERIMENT = Experiment(
    name="homeostasis",
    question="How do a neuron's rate and its weights stay in range, and what do they keep of what was learnt?",
    source="vanrossum2000, eq. 3; zenke2015",
    run=run,
    draw=draw,
    caption=caption,
    full=Parameters(n_synapses=400, lasting=400.0),
    quick=Parameters(n_synapses=100),
    claims=(
        Claim(
            "Synaptic scaling brings the rate to its goal from every start (the end farthest off, Hz)",
            lambda r: float(r.rates[np.abs(r.rates[:, -1] - r.goal).argmax(), -1]),
            lambda r: r.goal,
            "vanrossum2000, eq. 3",
            tolerance=1e-3,
            reason="what is left of the swing after 13 of its time constants",
        ),
        Claim(
            "Synaptic scaling keeps the ratios of the weights (largest error at the end, relative)",
            lambda r: float(np.abs(r.ends / r.ends_by_hand - 1).max()),
            0.0,
            "closed form: the learnt weights times goal over rate",
            tolerance=1e-4,
            reason="what is left of the swing after 13 of its time constants",
        ),
        Claim(
            "Near its goal the scaled rate swings as three linear modes say (largest error, of the start)",
            lambda r: float(np.abs(r.near - r.near_by_hand).max()),
            0.0,
            "linearised by hand",
            tolerance=1e-3,
            reason="the next order, 1e-4 of the start",
        ),
        Claim(
            "Heterosynaptic decay settles where its rise and its pull are equal (largest error, relative)",
            lambda r: float(np.abs(r.settled / r.by_hand - 1).max()),
            0.0,
            "closed form: third moment of a shot noise",
            tolerance=1e-9,
            reason="rounding, of weights down to a millionth of the range in which the root is sought",
        ),
        Claim(
            "Poisson trains keep a slow weight where heterosynaptic decay settles (largest distance, standard errors)",
            lambda r: float(np.abs((r.mean - r.expected) / r.error).max()),
            5.0,
            "closed form: third moment of a shot noise",
            relation="at most",
            reason="five standard errors",
        ),
    ),
    memory=lambda p: 1e7 + 8.0 * 60 * p.n_synapses * p.lasting * 10,
    records=(SCALING, DECAY),
    size=(7.2, 2.9),
)


if __name__ == "__main__":
    from plasticity.cli.run import script

    script(EXPERIMENT)
