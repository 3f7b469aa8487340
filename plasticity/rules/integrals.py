"""The flow of the weight in closed form: dw/dt = a(t) + b(t) w, where a and b are sums of exponentials between events.

So it is where all that the flow reads relaxes exponentially or stands still, and only products of it occur: a product
of exponentials is one.
"""

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product

import numpy as np

from plasticity.rules.conventions import WEIGHT
from plasticity.rules.parts import Decay
from plasticity.rules.polynomials import NoPolynomial, polynomial
from plasticity.rules.switches import switched


@dataclass(frozen=True)
class Term:
    """One exponential of a sum: factor * distances * switches * exp(-rate*t), t being the time since the last event.

    rate      : per second
    distances : the variables whose distances from their rests, at t = 0, are factors; one that stands still rests at 0
    switches  : names of switches that are factors, 0 or 1
    """

    factor: float
    rate: float
    distances: tuple[str, ...] = ()
    switches: tuple[str, ...] = ()


Sum = tuple[Term, ...]


@dataclass(frozen=True)
class Integral:
    """The flow of w in closed form.

    thresholds : {switch: the sum that it hangs on}
    drive      : a(t); slope : b(t)
    aim        : where w = aim is a point of rest, b(t) = -a(t)/aim whatever the time; None where that is not so
    """

    thresholds: Mapping[str, Sum]
    drive: Sum
    slope: Sum
    aim: float | None


def integral(
    flow: ast.expr, values: Mapping[str, float], relaxing: Mapping[str, Decay], bounds: tuple[float, float]
) -> Integral | None:
    """The closed form of a flow of w, or None where there is none.

    relaxing : {variable: how it relaxes}, of all variables but w whose course is known; with an infinite time constant
               those that stand still
    bounds   : the least and the largest w
    """

    def is_positive(argument: ast.expr) -> bool:
        """Of what hangs on w alone, and straight: whether it is so at both ends."""
        try:
            found = polynomial(argument, values, [WEIGHT])
        except (NoPolynomial, KeyError):
            return False
        return set(found) <= {(), (WEIGHT,)} and all(
            float(found.get((), 0.0)) + (float(found[WEIGHT,]) * end if (WEIGHT,) in found else 0.0) >= 0
            for end in bounds
        )

    tree, switches = switched(flow, {*relaxing, WEIGHT}, is_positive)
    try:
        with np.errstate(all="ignore"):  # what is no number stops the run
            thresholds = {name: _sums(argument, values, relaxing, ())[0] for name, argument in switches.items()}
            drive, slope = _sums(tree, values, relaxing, (WEIGHT, *switches))
    except (NoPolynomial, KeyError):
        return None
    if not all(np.isfinite(term.factor).all() for term in (*drive, *slope)):
        return None  # an infinite flow is found where it is followed in steps, before a bound hides it
    aim = _aim(drive, slope)
    is_closed = not drive or aim is not None or all(term.rate == 0 for term in slope)
    return Integral(thresholds, drive, slope, aim) if is_closed else None


def _sums(
    tree: ast.expr, values: Mapping[str, float], relaxing: Mapping[str, Decay], others: tuple[str, ...]
) -> tuple[Sum, Sum]:
    """A tree as a(t) + b(t) w; `others`: w, and the names of switches that may occur."""
    sums: tuple[dict[Term, float], dict[Term, float]] = ({}, {})
    for powers, coefficient in polynomial(tree, values, [*relaxing, *others]).items():
        switches = tuple(sorted({name for name in powers if name in others and name != WEIGHT}))  # 0 and 1 are squares
        distances = [name for name in powers if name in relaxing]
        degree = powers.count(WEIGHT)
        if degree > 1:
            raise NoPolynomial
        for chosen in product((False, True), repeat=len(distances)):  # (rest + distance) of each, multiplied out
            factor, rate, away = coefficient, 0.0, list[str]()
            for name, is_away in zip(distances, chosen, strict=True):
                if is_away:
                    rate += 1 / relaxing[name].tau
                    away.append(name)
                else:
                    factor *= relaxing[name].rest
            if factor:
                term = Term(1.0, rate, tuple(sorted(away)), switches)
                sums[degree][term] = sums[degree].get(term, 0.0) + factor
    return tuple(  # type: ignore[return-value]
        tuple(Term(factor, term.rate, term.distances, term.switches) for term, factor in found.items() if factor)
        for found in sums
    )


def _aim(drive: Sum, slope: Sum) -> float | None:
    """The c of a(t) = -c b(t), where all terms agree on it."""
    slopes = {(term.rate, term.distances, term.switches): term.factor for term in slope}
    drives = {(term.rate, term.distances, term.switches): term.factor for term in drive}
    if not drive or slopes.keys() != drives.keys():
        return None
    aims = [-drives[key] / slopes[key] for key in drives]
    return aims[0] if np.allclose(aims, aims[0], rtol=1e-14, atol=0.0) else None
