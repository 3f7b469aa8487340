"""How much inhibition silences a neuron that fires by itself, and does it matter whether the inhibition is regular?

Source: gerstner2014, section 1.3 (closed form of the rate); dodson2015, Fig. 4, and others (rates of real pacemakers).
Differs: the bias is our choice, such that the rate is near that of pallidal neurons; constants of song2000.
Time: quick 4 s, full 22 s (one Brian2 network with every level of inhibition).
"""

import numpy as np

from plasticity.claiming import at_least, at_most, same
from plasticity.experiment import Claim, Experiment
from plasticity.neurons import NEURONS
from plasticity.plots import Figure, curves
from plasticity.plots.style import FAINT, MEASURED, THEORY
from plasticity.studies.bias_and_inhibition import FEWEST, INHIBITORY, Parameters, Result, study


def draw(result: Result, figure: Figure) -> None:
    """Rate and regularity against inhibition; real pacemakers."""
    grid = figure.add_gridspec(2, 2, height_ratios=(1.4, 1.0), width_ratios=(1.15, 1.0))
    rate = figure.add_subplot(grid[0, 0])
    cv, cells = figure.add_subplot(grid[1, 0], sharex=rate), figure.add_subplot(grid[:, 1])
    curves.theory(rate, result.line, result.rate_line, "closed form, constant")
    for number, drive in enumerate(result.drives):
        curves.points(rate, result.levels, result.rates[number], str(drive), error=result.errors[number], number=number)
        curves.points(cv, result.levels, result.cv[number], str(drive), number=number)
    for axes in (rate, cv):
        axes.axvline(1.0, color=FAINT, linewidth=0.8, zorder=0)
    rate.tick_params(labelbottom=False)
    curves.label(rate, "", "firing rate (Hz)", "rate against inhibition")
    curves.label(cv, "mean inhibition (bias)", "CV of intervals", "regularity")
    rate.legend()
    places = np.arange(len(result.cells))[::-1]
    curves.published_points(cells, result.cell_rates, places, "measured")
    cells.errorbar(result.cell_rates, places, xerr=result.cell_spread, linestyle="none", color=MEASURED, capsize=2)
    cells.axvline(result.closed_form[0], color=THEORY, linewidth=4, alpha=0.45, label="no input")
    cells.set_yticks(places, [",\n".join(name.rsplit(", ", 1)) for name in result.cells])
    cells.set_xlim(left=0)
    cells.set_ylim(-0.6, places[0] + 0.6)
    curves.label(cells, "firing rate (Hz)", "", "real pacemakers")
    curves.legend_above(cells)


def caption(parameters: Parameters, result: Result) -> str:
    """What is seen."""
    p = parameters
    return (
        f"A neuron with bias {p.bias:g} (in rheobases) fires by itself at {result.closed_form[0]:.1f} Hz. It is "
        f"inhibited by a constant current, by {p.n_inhibitory} inhibitory neurons that fire regularly, and by as many "
        f"Poisson neurons of {p.rate:g} Hz (mean of {p.n_copies}, bars: standard errors); {p.measured:g} s. At 1, the "
        f"bias, it falls silent under the constant current; inhibition that falls in spikes blurs that edge, irregular "
        f"inhibition most. b: CV of {FEWEST} spikes or more. c: real neurons (Dodson et al. 2015 and others), "
        "bars as published."
    )


def _beyond(result: Result) -> float:
    """By how many biases it fires above the edge of the closed form, or is silent below it, in the simulation."""
    fires = result.levels[result.rates[0] > 0]
    silent = result.levels[result.rates[0] == 0]
    return float(max(fires.max() - result.edge, result.edge - silent.min(initial=np.inf), 0.0))


def _blurred(result: Result) -> float:
    """Rate at the first level of 1.05 or more under Poisson inhibition, in standard errors."""
    level = int(np.argmax(result.levels >= 1.05))
    return float(result.rates[2, level] / result.errors[2, level]) if result.errors[2, level] else 0.0


def _is_counted(result: Result) -> np.ndarray:
    """The levels at which enough spikes fall in the time measured for a rate by intervals; or none."""
    return (result.in_steps * result.measured > 3) | (result.in_steps == 0)


EXPERIMENT = Experiment(
    name="bias_and_inhibition",
    question="How much inhibition silences a neuron that fires by itself, and does it matter whether it is regular?",
    source="gerstner2014, section 1.3; dodson2015, Fig. 4",
    run=study,
    draw=draw,
    caption=caption,
    full=Parameters(),
    quick=Parameters(n_levels=16, n_copies=6, measured=0.8, settling=0.2, dt=2e-4),
    claims=(
        same(
            "Under a constant current the rate of the neuron is the closed form in whole steps (largest error, Hz)",
            lambda result: result.rates[0][_is_counted(result)],
            lambda result: result.in_steps[_is_counted(result)],
            by="closed form",
            tolerance=1e-8,
            reason="rounding of times",
        ),
        same(
            "Under every drive it fires as superposition says: free voltage and what the last reset left (Hz)",
            lambda result: result.rates,
            lambda result: result.superposed,
            by="closed form: the equation is linear between spikes",
            tolerance=1e-8,
            reason="rounding of times",
        ),
        Claim(
            "The closed form falls silent where inhibition is the bias (edge, in biases)",
            lambda result: result.edge,
            1.0,
            "closed form: what is left of the bias is 0",
            tolerance=1e-9,
            reason="rounding",
        ),
        at_most(
            "Under a constant current it fires up to that edge, and is silent beyond (biases on the wrong side)",
            _beyond,
            0.0,
            by="closed form",
            tolerance=1e-9,
            reason="rounding",
        ),
        at_most(
            "Inhibitory neurons that fire regularly act as their mean current (largest difference to 0.8 biases, Hz)",
            lambda result: np.abs(result.rates[1] - result.closed_form)[result.levels <= 0.8],
            lambda result: 2.0 + 0.5 / result.measured,
            by="closed form",
            reason="a regular source is out of step, not smooth; half a spike in the time measured",
        ),
        at_least(
            "Inhibition that fluctuates lets the neuron fire though its mean exceeds the bias by a twentieth "
            "(standard errors)",
            _blurred,
            5.0,
            by="closed form: silent under the constant current",
            reason="five standard errors",
        ),
        same(
            "Inhibitory neurons deliver what their rates promise, regular and Poisson (over the asked)",
            lambda result: result.delivered[1:],
            lambda result: np.ones(2),
            by="closed form",
            tolerance=lambda result: 0.01 + 0.2 / result.measured / 50 + 5 / np.sqrt(result.n_delivered),
            reason="half a step in an interval of 20 ms, a spike at the ends; five standard errors of a Poisson count",
        ),
        same(
            "A neuron with noise and no input keeps its rate: that of the renewal process, in both halves (Hz)",
            lambda result: result.noisy_halves,
            lambda result: np.full(2, result.noisy_expected),
            by="gerstner2014, section 9.2",
            tolerance=lambda result: 5 * result.noisy_errors.max(),
            reason="five standard errors",
        ),
        Claim(
            "Its intervals vary as those of the renewal process (CV)",
            lambda result: result.noisy_cv,
            lambda result: result.noisy_cv_expected,
            "gerstner2014, section 9.2",
            tolerance=lambda result: 5 * result.noisy_cv_error + 0.5 / (result.noisy_expected * result.measured),
            reason="five standard errors; a window of few intervals lacks the longest",
        ),
    ),
    memory=lambda p: 100.0 * p.n_levels * p.n_copies * p.n_inhibitory + 40 * p.n_inhibitory * p.rate * 20 * p.n_copies,
    records=(NEURONS["lif_excitatory"], INHIBITORY),
    size=(7.2, 3.7),
)


if __name__ == "__main__":
    from plasticity.cli.run import script

    script(EXPERIMENT)
