"""Threshold units computed again in plain Python, as one does it on paper, and written as one writes them."""

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from math import lcm

from plasticity.artificial.exact import exact
from plasticity.artificial.units import Network, Unit
from plasticity.errors import ArgumentError

Fires = Callable[[float, float], bool]
FIRES: Mapping[str, Fires] = {"above zero": operator.gt, "at zero too": operator.ge}


LEAST = 1e-6  # size of a weight that is not 0: with at most 1e3, its sums are exact in doubles


def unit_of(numbers: Sequence[float], sources: Sequence[str], what: str, name: str = "y") -> Unit:
    """The unit with these weights, a number for each source and last the bias.

    raises ArgumentError, which calls them `what`, for another count, or one nearer to 0 than can be added exactly
    """
    for number in numbers:
        if 0 < abs(number) < LEAST:
            raise ArgumentError(f"{what} holds {number:g}; allowed: 0, or a size of {LEAST:g} and more")
    if len(numbers) != len(sources) + 1:
        wanted = f"{len(sources) + 1}, for {', '.join(sources)} and the bias"
        raise ArgumentError(f"{what} has {len(numbers)} numbers; allowed: {wanted}")
    *weights, bias = numbers
    return Unit(name, dict(zip(sources, weights, strict=True)), bias)


def whole(network: Network) -> tuple[Network, dict[str, int]]:
    """The network with whole weights, and {unit: how many times as large its own are}.

    Doubles add whole numbers exactly, while 0.1 + 0.2 is more than 0.3: a sum that is 0 on paper would fire.
    """
    scales = {
        unit.name: lcm(*(number.denominator for number in exact([*unit.weights.values(), unit.bias])))
        for unit in network.units
    }
    units = tuple(_times(unit, scales[unit.name]) for unit in network.units)
    return replace(network, units=units), scales


def _times(unit: Unit, scale: int) -> Unit:
    weights = {source: float(exact(weight) * scale) for source, weight in unit.weights.items()}
    return replace(unit, weights=weights, bias=float(exact(unit.bias) * scale))


def weighted_sum(unit: Unit, values: Mapping[str, float]) -> float:
    """z of one unit, in decimals as one does it on paper."""
    terms = [Decimal(str(weight)) * Decimal(str(values[source])) for source, weight in unit.weights.items()]
    return float(sum(terms, Decimal(str(unit.bias))))


def output(network: Network, pattern: Sequence[float], fires: Fires = operator.gt) -> int:
    """What the last unit of a network says whose units are listed in the order in which they act."""
    values = dict(zip(network.inputs, pattern, strict=True))
    for unit in network.units:
        values[unit.name] = int(fires(weighted_sum(unit, values), 0))
    return int(values[network.units[-1].name])


def n_wrong(network: Network, patterns: Sequence, wanted: Sequence, fires: Fires = operator.gt) -> int:
    """The number of patterns with another output than wanted."""
    return sum(output(network, pattern, fires) != want for pattern, want in zip(patterns, wanted, strict=True))


def written(unit: Unit) -> str:
    """Such as 'y = [a + b - 1.5 > 0]'."""
    terms = [(weight, name) for name, weight in unit.weights.items() if weight] + [(unit.bias, "")] * bool(unit.bias)
    text = " ".join(f"{'-' if size < 0 else '+'} {_term(abs(size), name)}" for size, name in terms) or "0"
    return f"{unit.name} = [{text.removeprefix('+ ').replace('- ', '-', text.startswith('-'))} > 0]"


def _term(size: float, name: str) -> str:
    return name if size == 1 and name else f"{size:g} {name}".strip()


def bits(numbers: Sequence[float]) -> str:
    """Zeros and ones as text, such as '0110'."""
    return "".join(f"{number:g}" for number in numbers)
