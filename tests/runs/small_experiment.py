"""An experiment that is over at once, with a parameter of every kind and a result of every shape."""

from dataclasses import dataclass

import numpy as np

from plasticity.experiment import Claim, Experiment, column, parameter
from plasticity.progress import tracked
from plasticity.rules.library.pair_stdp import PAIR_STDP


@dataclass(frozen=True)
class Parameters:
    lag: float = parameter(10e-3, "ms", "of the pair", least=-1.0, most=1.0)
    n: int = parameter(3, meaning="points", least=1, most=1000)
    rates: tuple[float, ...] = parameter((1.0, 2.0), "Hz", "of firing", least=0.0)
    kind: str = parameter("fast", choices=("fast", "slow"))
    is_loud: bool = parameter(False)
    seed: int = 0


@dataclass(frozen=True)
class Result:
    times: np.ndarray = column("ms", "times", meaning="of the points")
    noise: np.ndarray = column("", "times")
    grid: np.ndarray = column("mV", "times", "names")
    names: np.ndarray = column("", "names")
    total: float = column("pA", meaning="of it all")


def run(parameters):
    rng = np.random.default_rng(parameters.seed)
    n = parameters.n
    times = np.array([parameters.lag * k for k in tracked(range(n), "points")])
    return Result(times, rng.normal(size=n), np.full((n, 2), 1e-3), np.array(["a", "b"]), 2e-12)


EXPERIMENT = Experiment(
    name="small",
    question="Does it run?",
    source="our choice",
    run=run,
    draw=lambda result, figure: figure.subplots().plot(result.times, result.noise),
    caption=lambda parameters, result: f"{parameters.n} points.",
    full=Parameters(),
    quick=Parameters(n=2),
    claims=(
        Claim("The grid is one millivolt everywhere", lambda r: float(r.grid.max()), 1e-3, "closed form"),
        Claim(
            "The noise is below a thousand", lambda r: float(r.noise.max()), 1000.0, "closed form", relation="at most"
        ),
    ),
    memory=lambda parameters: 100.0 * parameters.n,
    records=(PAIR_STDP,),
)
