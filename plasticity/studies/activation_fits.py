"""Which artificial activation the firing rate of a neuron is: every one of the package fitted, range by range."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from plasticity.arrays import Floats
from plasticity.artificial.activations import ACTIVATIONS
from plasticity.artificial.fits import Fit, fitted
from plasticity.experiment import column
from plasticity.progress import tracked
from plasticity.studies.noise_and_rate import NOISE, Parameters, ranges

TRIED = tuple(ACTIVATIONS)
_LINE = np.linspace(0.0, 1.0, 201)  # of a range


@dataclass(frozen=True)
class Result:
    """Rates of every neuron over every range of currents, and the best fit of every activation to them."""

    neurons: np.ndarray = column("", "neurons", meaning="its noise")
    tops: Floats = column("rheobases", "tops", meaning="end of the range")
    activations: np.ndarray = column("", "activations", meaning="what was fitted")
    currents: Floats = column("rheobases", "tops", "places")
    rates: Floats = column("Hz", "neurons", "tops", "places", meaning="measured")
    errors: Floats = column("Hz", "neurons", "tops", "places", meaning="standard errors; 0 without noise")
    in_steps: Floats = column("Hz", "neurons", "tops", "places", meaning="what theory expects in steps of dt")
    residuals: Floats = column("Hz", "neurons", "tops", "activations", "places", meaning="measured - fitted")
    line: Floats = column("rheobases", "tops", "line_places", meaning="currents of the fits that are drawn")
    fits: Floats = column(
        "Hz", "neurons", "tops", "activations", "line_places", meaning="height f(gain (x - threshold))"
    )
    z: Floats = column("1", "z", meaning="summed input of an activation by itself")
    shapes: Floats = column("1", "activations", "z", meaning="the activation by itself")
    watched: float = column("s", meaning="of all copies of a noisy neuron at one current")

    @property
    def missed(self) -> Floats:
        """Root mean square of the residuals, Hz: (neurons, tops, activations)."""
        return np.sqrt(np.mean(self.residuals**2, axis=-1))


def study(parameters: Parameters, target: str = "auto", names: Sequence[str] = tuple(NOISE)) -> Result:
    """The rates of every neuron of `names`, and the fits of every activation over each range."""
    rates = ranges(parameters, target, names)
    fits = [
        [[fitted(ACTIVATIONS[name], x, y) for name in TRIED] for x, y in zip(rates.currents, of_neuron, strict=True)]
        for of_neuron in tracked(rates.rates, "fitting")
    ]
    line, z = np.array(parameters.tops)[:, None] * _LINE, np.linspace(-6.0, 4.0, 501)
    return Result(
        neurons=np.array([NOISE[name] for name in names]),
        tops=np.array(parameters.tops),
        activations=np.array(TRIED),
        currents=rates.currents,
        rates=rates.rates,
        errors=rates.errors,
        in_steps=rates.in_steps,
        residuals=np.array([[[fit.residuals for fit in of_top] for of_top in of_neuron] for of_neuron in fits]),
        line=line,
        fits=np.array([[[_curve(fit, x) for fit in of] for x, of in zip(line, all, strict=True)] for all in fits]),
        z=z,
        shapes=np.stack([ACTIVATIONS[name](z) for name in TRIED]),
        watched=parameters.n_copies * parameters.measured,
    )


def _curve(fit: Fit, x: Floats) -> Floats:
    return np.asarray(fit.height * fit.activation(fit.gain * (x - fit.threshold)), dtype=float)
