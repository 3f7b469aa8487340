"""The flow of one synapse by scipy's adaptive method, stopped at every threshold and bound; written by hand."""

from dataclasses import dataclass

import numpy as np
from scipy.integrate import solve_ivp


@dataclass
class Flow:
    """A flow for `by_hand.run`.

    names      : the variables that flow, w last
    slopes     : function of {name: value}, of whether each threshold is exceeded, and of the time: their changes per
                 second, in order
    thresholds : functions of {name: value}, zero where the flow changes its form
    bounds     : those of w
    """

    names: list[str]
    slopes: object
    thresholds: list = ()
    bounds: tuple = (-np.inf, np.inf)

    def __call__(self, values, time, until):
        read = lambda y: dict(zip(self.names, y, strict=True))  # noqa: E731
        y = np.array([values[name] for name in self.names])
        above = [threshold(read(y)) > 0 for threshold in self.thresholds]
        held = 0  # at which bound w is: -1 the lower, 1 the upper
        if y[-1] in self.bounds:
            side = 1 if y[-1] == self.bounds[1] else -1
            held = side if self.slopes(read(y), above, time)[-1] * side >= 0 else 0
        for _ in range(1000):

            def slopes(t, y, above=tuple(above), held=held):
                found = np.array(self.slopes(read(y), above, t), dtype=float)
                found[-1] = 0.0 if held else found[-1]
                return found

            stops = [
                self._stop(lambda t, y, g=g: g(read(y)), -1 if a else 1)
                for g, a in zip(self.thresholds, above, strict=True)
            ]
            if held:
                stops.append(
                    self._stop(lambda t, y, a=tuple(above), h=held: self.slopes(read(y), a, t)[-1] or h, -held)
                )
            else:
                stops += [
                    self._stop(lambda t, y, b=b: y[-1] - b, side)
                    for side, b in zip((-1, 1), self.bounds, strict=True)
                    if np.isfinite(b)
                ]
            # steps so short that a weight does not come to its bound and leave it within one, unseen
            found = solve_ivp(slopes, (time, until), y, "DOP853", rtol=1e-12, atol=1e-14, events=stops, max_step=4e-4)
            time, y = found.t[-1], found.y[:, -1]
            hit = [k for k, times in enumerate(found.t_events) if len(times)]
            if not hit:
                return read(y)
            k = hit[0]
            if k < len(above):
                above[k] = not above[k]
                if held:
                    held = held if self.slopes(read(y), above, time)[-1] * held >= 0 else 0
                elif y[-1] in self.bounds:
                    side = 1 if y[-1] == self.bounds[1] else -1
                    held = side if self.slopes(read(y), above, time)[-1] * side >= 0 else 0
            elif held:
                held = 0
            else:
                held = (
                    (-1, 1)[k - len(above)]
                    if np.isfinite(self.bounds).all()
                    else (1 if np.isfinite(self.bounds[1]) else -1)
                )
                y[-1] = self.bounds[(held + 1) // 2]
        raise AssertionError("no end")

    @staticmethod
    def _stop(function, direction):
        function.terminal, function.direction = True, direction
        return function
