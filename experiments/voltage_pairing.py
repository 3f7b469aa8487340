"""Does a rule that reads the voltage explain how plasticity depends on the frequency of pairing?

Source: clopath2010, Fig. 2b, and its code (ModelDB 144566); sjostrom2001, as tabulated in pfister2006, Table 1.
Differs: one train of pairings is simulated and counted 15 times; a spike holds one voltage, where the code holds two.
Time: quick 4 s, full 7 s (Brian2: neurons that are made to fire by pulses of current).
"""

import numpy as np

from plasticity.arrays import Floats
from plasticity.experiment import Claim, Experiment
from plasticity.neurons.library.clopath_adex import CLOPATH_ADEX
from plasticity.plots import Figure, curves
from plasticity.rules.library.voltage_stdp import VOLTAGE_STDP
from plasticity.studies.voltage_pairing import LAGS, Parameters, Result, place, run


def draw(result: Result, figure: Figure) -> None:
    """A panel for each lag."""
    panels = figure.subplots(1, 2, sharey=True)
    for axes, lag in zip(panels, LAGS, strict=True):
        here = result.lags == lag
        x = result.frequencies[here]
        curves.published_points(
            axes, x, result.measured[here] * 100, "measured (Sjöström et al. 2001)", error=result.sem[here] * 100
        )
        curves.published_points(axes, x, result.authors[here] * 100, "authors' code (Clopath et al. 2010)", marker="x")
        for number, name in enumerate(result.variants):
            curves.curve(axes, x, result.changes[number, here] * 100, str(name), number=number)
        curves.zero_line(axes)
        title = f"{'pre' if lag > 0 else 'post'} first by 10 ms"
        curves.label(axes, "pairings a second (Hz)", "change of w (% of start)" if lag > 0 else "", title)
    curves.shared_legend(panels[:1])


def caption(parameters: Parameters, result: Result) -> str:
    """What is seen."""
    return (
        "Relative change of weight against the frequency of pairing; measured in visual cortex, with standard errors; "
        "as the authors' code gives it, in steps of 1 ms; and here, in steps of "
        f"{parameters.step * 1e3:g} ms (mean squared error {_error(result, 0):.2g} sem²). Nothing is fitted. "
        "Post first at 40 and 50 Hz we find less potentiation than their code "
        f"({_at(result, 50.0, -10e-3):.0%} in place of {_authors_at(result, 50.0, -10e-3):.0%} at 50 Hz), whose steps "
        "are half of a spike. Smoothed voltages that are read at once let each spike see itself, and "
        "pairings strengthen far too much."
    )


def _error(result: Result, variant: int) -> float:
    """The mean squared distance of a variant from the measured points, in standard errors."""
    return float((((result.changes[variant] - result.measured) / result.sem) ** 2).mean())


def _chance(result: Result) -> float:
    """The mean squared error that a right model exceeds once in millions: chi-squared, five standard deviations."""
    return float(1 + 5 * np.sqrt(2 / result.measured.size))


def _of(result: Result, values: Floats, frequency: float, lag: float) -> float:
    """The one of the values at the points that belongs to a frequency and a lag."""
    return float(values[place(result.frequencies, result.lags, frequency, lag)])


def _at(result: Result, frequency: float, lag: float) -> float:
    return _of(result, result.changes[0], frequency, lag)


def _authors_at(result: Result, frequency: float, lag: float) -> float:
    return _of(result, result.authors, frequency, lag)


def _halving(result: Result) -> float:
    """How many times less a halved step moves the changes at 50 Hz than the halving before it: the smaller of two."""
    moves = np.abs(np.diff(result.refined, axis=0))
    return float((moves[0] / moves[1]).min())


EXPERIMENT = Experiment(
    name="voltage_pairing",
    question="Does a rule that reads the voltage explain how plasticity depends on the frequency of pairing?",
    source="clopath2010, Fig. 2b; sjostrom2001; pfister2006, Table 1",
    run=run,
    draw=draw,
    caption=caption,
    full=Parameters(),
    quick=Parameters(step=0.5e-3),
    claims=(
        Claim(
            "Every pulse of current makes one spike, and nothing else does (spikes in all trains together)",
            lambda r: float(r.n_spikes.sum()),
            42.0,
            "protocol: 8 trains of 5 pairings, 2 of one",
        ),
        Claim(
            "The rule is no further from the measured points than chance allows (mean squared error, in sem²)",
            lambda r: _error(r, 0),
            _chance,
            "sjostrom2001, as tabulated in pfister2006, Table 1",
            relation="at most",
            reason="chi-squared of the points: five standard deviations above its mean",
        ),
        Claim(
            "A rule that reads the smoothed voltages without delay misses the points (mean squared error, in sem²)",
            lambda r: _error(r, 1),
            _chance,
            "sjostrom2001, as tabulated in pfister2006, Table 1",
            relation="at least",
            reason="chi-squared of the points: five standard deviations above its mean",
        ),
        Claim(
            "Pairings at 0.1 Hz, pre first, change nothing, as measured and unlike in rules on pairs (change, w0)",
            lambda r: _at(r, 0.1, 10e-3),
            lambda r: _of(r, r.measured, 0.1, 10e-3),
            "sjostrom2001, as tabulated in pfister2006, Table 1",
            tolerance=lambda r: 2 * _of(r, r.sem, 0.1, 10e-3),
            reason="two standard errors",
        ),
        Claim(
            "Pairings at 20 Hz, post first, weaken the synapse (change, w0)",
            lambda r: _at(r, 20.0, -10e-3),
            0.0,
            "clopath2010, Fig. 2b",
            relation="at most",
        ),
        Claim(
            "Pairings at 50 Hz, post first, strengthen the synapse (change, w0)",
            lambda r: _at(r, 50.0, -10e-3),
            0.0,
            "clopath2010, Fig. 2b",
            relation="at least",
        ),
        Claim(
            "Pre first, the change is that of the authors' code, as far as the measurement can tell (largest "
            "difference, in standard errors of the measured points)",
            lambda r: float((np.abs(r.changes[0] - r.authors) / r.sem)[r.lags > 0].max()),
            1.0,
            "clopath2010, its code in steps of 1 ms",
            relation="at most",
            reason="one standard error: their steps are half of a spike",
        ),
        Claim(
            "The error is of first order in the step: each halving moves it half as far as the last (smaller ratio)",
            _halving,
            2.0,
            "declared order of convergence",
            tolerance=0.5,
            reason="terms of second order, at steps of 0.5 to 0.125 ms",
        ),
    ),
    memory=lambda p: 8.0 * 10 * 0.5 / p.step * 12,
    records=(VOLTAGE_STDP, CLOPATH_ADEX),
    size=(7.2, 3.1),
)


if __name__ == "__main__":
    from plasticity.cli.run import script

    script(EXPERIMENT)
