"""What flows between events."""

import numpy as np

from plasticity.arrays import Floats
from plasticity.events.jumping import Values
from plasticity.events.limits import require_numbers
from plasticity.events.weighing import Moving
from plasticity.rules.conventions import WEIGHT
from plasticity.rules.system import System


class Flow:
    """The flows of a rule."""

    def __init__(self, found: System) -> None:
        self.found = found
        self.weight = Moving(found.integral, found.rule.bounds) if found.integral else None

    def advanced(self, values: Values, times: Floats, until: Floats) -> Values:
        """The variables at `until`, from those at `times`; seconds, (n_synapses,)."""
        age = until - times
        if not age.any():
            return values
        after = {**values, **relaxed(self.found, values, age)}
        if self.weight:
            distances = {name: values[name] - decay.rest for name, decay in self.found.relaxing.items()}
            after[WEIGHT] = self.weight.advanced(values[WEIGHT], {**distances, "": values[WEIGHT]}, age)
            require_numbers(self.found.rule, WEIGHT, after[WEIGHT], until)
        return after


def relaxed(found: System, values: Values, age: Floats) -> Values:
    """The variables that relax by themselves, `age` seconds later; the same number where that is none."""
    after = {}
    for name, decay in found.relaxing.items():
        if np.isfinite(decay.tau):
            away = (values[name] - decay.rest) * np.exp(age / -decay.tau)
            after[name] = np.where(age > 0, decay.rest + away, values[name])
    return after
