"""What flows between events."""

import numpy as np

from plasticity.arrays import Floats
from plasticity.events.jumping import Values
from plasticity.rules.system import System


class Flow:
    """The flows of a rule."""

    def __init__(self, found: System) -> None:
        self.found = found

    def advanced(self, values: Values, times: Floats, until: Floats) -> Values:
        """The variables at `until`, from those at `times`; seconds, (n_synapses,)."""
        age = until - times
        if not age.any():
            return values
        return {**values, **relaxed(self.found, values, age)}


def relaxed(found: System, values: Values, age: Floats) -> Values:
    """The variables that relax by themselves, `age` seconds later; the same number where that is none."""
    after = {}
    for name, decay in found.decays.items():
        away = (values[name] - decay.rest) * np.exp(age / -decay.tau)
        after[name] = np.where(age > 0, decay.rest + away, values[name])
    return after
