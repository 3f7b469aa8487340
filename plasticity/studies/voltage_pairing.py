"""How the voltage rule of Clopath et al. depends on the frequency of pairing, beside measurement and authors' code."""

from dataclasses import dataclass

import numpy as np

from plasticity import published, spiking
from plasticity.arrays import Floats
from plasticity.experiment import column, parameter
from plasticity.networks import Network, Population, Projection, Replay
from plasticity.neurons.library.clopath_adex import CLOPATH_ADEX
from plasticity.rules import with_parameters
from plasticity.rules.library.voltage_stdp import VOLTAGE_STDP

LAGS = (10e-3, -10e-3)  # seconds
W0 = 0.5  # of the authors' code; changes are additive, and no bound is met
LEAD, TAIL = 20e-3, 30e-3  # seconds before the first and after the last spike
CHARGE = 100e-12  # coulomb: what a pulse brings to make a spike at once, hundreds of millivolts; our choice
SLOW = 1.0  # hertz: below, pairings are single, and 50
STEPS = (0.5e-3, 0.25e-3, 0.125e-3)  # seconds, each half of the one before
RULES_READ = {"our run": VOLTAGE_STDP, "our run, voltages read at once": with_parameters(VOLTAGE_STDP, late=0.0)}
NEURON = with_parameters(CLOPATH_ADEX, J_v=0.0)  # the synapse only listens, as in the authors' code
FAST = 50.0  # hertz


@dataclass(frozen=True)
class Parameters:
    """What can be set."""

    step: float = parameter(0.1e-3, "ms", "of Brian2", least=5e-5, most=5e-4)


@dataclass(frozen=True)
class Result:
    """Relative changes of weight at the measured frequencies and lags: measured, of the authors' code, and ours."""

    frequencies: Floats = column("Hz", "points")
    lags: Floats = column("ms", "points", meaning="t_post - t_pre")
    measured: Floats = column("w0", "points", meaning="relative change")
    sem: Floats = column("w0", "points", meaning="its standard error")
    authors: Floats = column("w0", "points", meaning="the authors' code, steps of 1 ms")
    variants: np.ndarray = column("", "variants")
    changes: Floats = column("w0", "variants", "points", meaning="relative change, Brian2")
    n_spikes: Floats = column("1", "points", meaning="postsynaptic spikes in a train")
    steps: Floats = column("ms", "steps")
    refined: Floats = column("w0", "steps", "signs", meaning="change at 50 Hz, by the step, pre first and post first")
    signs: Floats = column("1", "signs", meaning="of the lag")


def run(parameters: Parameters) -> Result:
    """All variants at the measured points, and finer and finer steps at 50 Hz."""
    table, authors = published.load("sjostrom2001_frequency"), published.load("clopath2010_frequency")
    frequencies, lags = table["frequency_hz"], table["delta_t_ms"] * 1e-3
    told = dict(zip(zip(authors["frequency_hz"], authors["delta_t_ms"], strict=True), authors["dw"], strict=True))
    changes, n_spikes = _simulated(frequencies, lags, step=parameters.step)
    places = [place(frequencies, lags, FAST, lag) for lag in LAGS]
    refined = [
        changes[0, places] if step == parameters.step else _simulated(np.full(2, FAST), np.array(LAGS), step=step)[0][0]
        for step in STEPS
    ]
    return Result(
        frequencies=frequencies,
        lags=lags,
        measured=table["dw_pg"],
        sem=table["sem_pg"],
        authors=np.array([told[f, lag] for f, lag in zip(frequencies, table["delta_t_ms"], strict=True)]),
        variants=np.array(list(RULES_READ)),
        changes=changes,
        n_spikes=n_spikes,
        steps=np.array(STEPS),
        refined=np.array(refined),
        signs=np.array([1.0, -1.0]),
    )


def _simulated(frequencies: Floats, lags: Floats, *, step: float) -> tuple[Floats, Floats]:
    """Relative changes after a whole experiment, (n_variants, n_points), and the number of spikes in one train.

    A train of five pairings is simulated, of which 15 come 10 s apart, when all is at rest again; at 0.1 Hz one
    pairing, of which 50 do.
    """
    is_slow = frequencies < SLOW
    trains = [np.arange(1 if slow else 5) / f for f, slow in zip(frequencies, is_slow, strict=True)]
    pre = [LEAD + max(-lag, 0.0) + train for train, lag in zip(trains, lags, strict=True)]
    post = [LEAD + max(lag, 0.0) + train for train, lag in zip(trains, lags, strict=True)]
    n_steps = round((max(train[-1] for train in [*pre, *post]) + TAIL) / step)
    pulses = np.zeros((n_steps, len(post)))
    for neuron_number, train in enumerate(post):
        pulses[np.round(train / step).astype(int), neuron_number] = CHARGE / step
    pairs = [(k, k) for k in range(len(post))]
    names = {f"variant_{number}": rule for number, rule in enumerate(RULES_READ.values())}
    network = Network(
        [Replay("pre", pre), Population("post", NEURON, len(post), pulses)],
        [Projection(name, "pre", "post", pairs, W0, rule) for name, rule in names.items()],
    )
    recording = spiking.simulate(network, n_steps * step, dt=step)
    once = np.array([recording.weights[name] for name in names]) / W0 - 1
    return once * np.where(is_slow, 50, 15), np.array([float(spikes.size) for spikes in recording.spikes["post"]])


def place(frequencies: Floats, lags: Floats, frequency: float, lag: float) -> int:
    return int(np.flatnonzero((frequencies == frequency) & (lags == lag))[0])
