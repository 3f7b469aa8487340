"""The flow of the weight in closed form, from threshold to threshold and along its bounds."""

import numpy as np

from plasticity.arrays import Floats
from plasticity.events.exponentials import driven, value, zeros
from plasticity.events.exponentials import integral as integral_of
from plasticity.events.jumping import Values
from plasticity.rules import Bounds
from plasticity.rules.integrals import Integral, Sum

Switches = dict[str, Floats]  # {switch: 0 or 1, (n_synapses,)}


class Moving:
    """A weight that flows as `integral` says, between bounds."""

    def __init__(self, integral: Integral, bounds: Bounds) -> None:
        self.integral = integral
        self.bounds = [bound for bound in (bounds.lower, bounds.upper) if np.isfinite(bound)]
        self.lower, self.upper = bounds.lower, bounds.upper
        self.rates = _rates(integral.drive, integral.slope)
        self.is_steady = all(term.rate == 0 for term in integral.slope)

    def advanced(self, w: Floats, distances: Values, age: Floats) -> Floats:
        """The weight after `age` seconds, (n_synapses,).

        distances : {variable: how far it is from its rest at first}
        """
        hanging = {name: (_rates(sums), sums) for name, sums in self.integral.thresholds.items()}
        heights = {name: (rates, _amplitudes(rates, sums, distances, {})) for name, (rates, sums) in hanging.items()}
        cuts = [zeros(rates, amplitudes, age) for rates, amplitudes in heights.values()]
        edges = np.sort(np.concatenate([np.zeros((1, age.size)), *cuts, age[None]]), axis=0)
        for low, high in zip(edges[:-1], edges[1:], strict=True):
            if not (high > low).any():
                continue
            middle = (low + high) / 2
            switches = {name: (value(*height, middle) > 0) * 1.0 for name, height in heights.items()}
            decay = np.exp(-self.rates[:, None] * low)
            drive = _amplitudes(self.rates, self.integral.drive, distances, switches) * decay
            slope = _amplitudes(self.rates, self.integral.slope, distances, switches) * decay
            w = self._within_bounds(w, drive, slope, high - low)
        return w

    def _within_bounds(self, w: Floats, drive: Floats, slope: Floats, length: Floats) -> Floats:
        """The weight after a piece of time in which no switch turns.

        Cut where the flow at a bound changes its direction. Between two such cuts a weight comes to a bound at most
        once, and stays there to the end: it is there at the end if, without bounds, it would be beyond.
        """
        turns = [zeros(self.rates, drive + slope * bound, length) for bound in self.bounds]
        edges = np.sort(np.concatenate([np.zeros((1, length.size)), *turns, length[None]]), axis=0)
        for low, high in zip(edges[:-1], edges[1:], strict=True):
            if not (high > low).any():
                continue
            decay = np.exp(-self.rates[:, None] * low)
            w = self._free(w, drive * decay, slope * decay, high - low)
            w = np.minimum(np.maximum(w, self.lower), self.upper)
        return w

    def _free(self, w: Floats, drive: Floats, slope: Floats, length: Floats) -> Floats:
        """The weight `length` later, without bounds."""
        if not self.integral.slope:
            return w + integral_of(self.rates, drive, length)
        if self.is_steady:
            steady = slope.sum(axis=0)
            return w * np.exp(steady * length) + driven(self.rates, drive, steady, length)
        aim = self.integral.aim or 0.0
        return np.where(length > 0, aim + (w - aim) * np.exp(integral_of(self.rates, slope, length)), w)


def _rates(*sums: Sum) -> Floats:
    return np.array(sorted({term.rate for terms in sums for term in terms}))


def _amplitudes(rates: Floats, sums: Sum, distances: Values, switches: Switches) -> Floats:
    """The amplitude of each exponential now, (n_rates, n_synapses)."""
    n_synapses = next(iter(distances.values())).size
    found = np.zeros((len(rates), n_synapses))
    for term in sums:
        amplitude = np.full(n_synapses, term.factor)
        for name in term.distances:
            amplitude = amplitude * distances[name]
        for name in term.switches:
            amplitude = amplitude * switches[name]
        found[np.searchsorted(rates, term.rate)] += amplitude
    return found
