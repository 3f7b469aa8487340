"""Threshold units computed again in plain Python, as one does it on paper, and written as one writes them."""

import operator
from collections.abc import Callable, Mapping, Sequence

from plasticity.artificial.units import Network, Unit
from plasticity.errors import ArgumentError

Fires = Callable[[float, float], bool]
FIRES: Mapping[str, Fires] = {"above zero": operator.gt, "at zero too": operator.ge}


def unit_of(numbers: Sequence[float], sources: Sequence[str], what: str, name: str = "y") -> Unit:
    """The unit with these weights, a number for each source and last the bias.

    raises ArgumentError, which calls them `what`, for another count
    """
    if len(numbers) != len(sources) + 1:
        wanted = f"{len(sources) + 1}, for {', '.join(sources)} and the bias"
        raise ArgumentError(f"{what} has {len(numbers)} numbers; allowed: {wanted}")
    *weights, bias = numbers
    return Unit(name, dict(zip(sources, weights, strict=True)), bias)


def weighted_sum(unit: Unit, values: Mapping[str, float]) -> float:
    """z of one unit."""
    return unit.bias + sum(weight * values[source] for source, weight in unit.weights.items())


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
