"""A weight that moves between events, printed: `events.weighing` for one synapse, with the same steps to the same end.

A kernel hands over the weight, how far each variable that moves it is from its rest, and two arrays: `flowing`, the
numbers of the flow (the bounds, the point of rest, the rates, those of each threshold, the factors of all terms), and
`room`, in whose rows everything is worked out, so that nothing is allocated on the way.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import count

import numpy as np

from plasticity.arrays import Floats
from plasticity.compiled.expressions import filled
from plasticity.compiled.weights.flowing_source import FLOWED, FREE, HELPERS
from plasticity.rules.conventions import HUGE, WEIGHT
from plasticity.rules.integrals import Integral, Sum
from plasticity.rules.parts import Decay
from plasticity.rules.variables import Bounds

_OWN = 7  # rows of `room`: cuts at thresholds, drive, slope; the same between them, with what the bounds are left by
_LIMITS = 3  # numbers: the bounds, and the point of rest


class FlowText:
    """The lines and the numbers of a weight that flows as `integral` says.

    decays : how the variables relax that move it
    """

    def __init__(self, integral: Integral, decays: Mapping[str, Decay], bounds: Bounds) -> None:
        self.integral, self.decays, self.bounds = integral, decays, bounds
        self.sums = {"drive": integral.drive, "slope": integral.slope}
        self.rates = _rates(*self.sums.values())
        self.thresholds = [(_rates(terms), terms) for terms in integral.thresholds.values()]
        every = [*self.sums.values(), *integral.thresholds.values()]
        self.away = sorted({name for terms in every for term in terms for name in term.distances})

    @cached_property
    def array(self) -> Floats:
        """The numbers, in the order in which the lines read them."""
        limits = [self.bounds.lower, self.bounds.upper, self.integral.aim or 0.0]
        rates = [rate for some in (self.rates, *(some for some, _ in self.thresholds)) for rate in some]
        every = [*(terms for _, terms in self.thresholds), *self.sums.values()]
        return np.array([*limits, *rates, *(term.factor for terms in every for term in terms)], dtype=float)

    @property
    def room(self) -> str:
        """The expression that makes the room."""
        counts = [len(self.rates), *(len(rates) for rates, _ in self.thresholds)]
        cuts = [sum(max(n - 1, 0) for n in counts[1:]), 2 * (counts[0] - 1)]
        return f"np.empty(({_OWN + len(self.thresholds) + max(counts)}, {max(*counts, *cuts, 1)}))"

    def lines(self, place: int) -> list[str]:
        """The lines that let the weight flow for `age` seconds, before the variables that move it relax.

        place : of the weight among the variables
        """
        away = [f"{name}_x - {name}_rest_p" if self.decays[name].rest else f"{name}_x" for name in self.away]
        return [
            "if age > 0.0:",
            f"    w_x = flowed({', '.join([f'{WEIGHT}_x', 'age', *away])}, flowing, room)",
            f"    if not abs(w_x) < {HUGE!r}:",
            f"        failed = {place}",
            "        bad = w_x",
        ]

    @property
    def source(self) -> str:
        """The functions that the lines call."""
        kind = "aimed"
        if not self.integral.slope:
            kind = "driven"
        elif all(term.rate == 0 for term in self.integral.slope):
            kind = "steady"
        return f"{HELPERS}\n{FREE[kind]}\n{self._flowed()}"

    def _flowed(self) -> str:
        """The function of the flow as a whole."""
        n_rates = [len(self.rates), *(len(rates) for rates, _ in self.thresholds)]
        ends = (_LIMITS + np.cumsum(n_rates)).tolist()
        places = count(ends[-1])
        thresholds, switches = list[str](), list[str]()
        for k, (rates, terms) in enumerate(self.thresholds):
            named = f"rates_{k}, heights_{k}"
            thresholds.append(f"{named} = flowing[{ends[k]}:{ends[k + 1]}], room[{_OWN + k}]")
            thresholds += _summed(f"heights_{k}", rates, terms, places, {})
            thresholds.append(f"n = zeros({named}, age, cuts, n, levels)")
            switches.append(f"on_{k} = 1.0 if height_at({named}, middle) > 0.0 else 0.0")
        turned = {name: f"on_{k}" for k, name in enumerate(self.integral.thresholds)}
        sums = [line for name, terms in self.sums.items() for line in _summed(name, self.rates, terms, places, turned)]
        text = FLOWED.replace("{given}", ", ".join(["w", "age", *(f"{name}_away" for name in self.away)]))
        text = text.replace("{first}", str(ends[0])).replace("{levels}", str(_OWN + len(self.thresholds)))
        return filled(text, thresholds=thresholds, switches=switches, sums=sums)


def _rates(*sums: Sum) -> list[float]:
    return sorted({term.rate for terms in sums for term in terms})


def _summed(
    array: str, rates: Sequence[float], terms: Sum, places: Iterator[int], switches: Mapping[str, str]
) -> list[str]:
    """The lines that put the amplitude of each exponential into an array; places : of the factors, the next one first.

    switches : {switch: the local that holds it}
    """
    parts: list[list[str]] = [[] for _ in rates]
    for term in terms:
        factors = [*(f"{name}_away" for name in term.distances), *(switches[name] for name in term.switches)]
        parts[rates.index(term.rate)].append("*".join([f"flowing[{next(places)}]", *factors]))
    return [f"{array}[{k}] = {' + '.join(part) or '0.0'}" for k, part in enumerate(parts)]
