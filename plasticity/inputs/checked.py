"""Arguments of one kind each: a number within limits, a count, a seed, one of several words, an instance."""

import math
from collections.abc import Collection
from typing import Any, TypeVar

import numpy as np

from plasticity.arrays import Floats
from plasticity.errors import ArgumentError, said
from plasticity.inputs.containers import plain
from plasticity.quantities import in_unit

T = TypeVar("T")
Shape = tuple[Any, ...]
SEEDS = 2**32  # as many as there are seeds: from 0 to this less one; Brian2's generator takes no more
MOST_COUNTED = 2**53  # beyond it not every whole number is a double


def numbers(
    values: Any,
    what: str,
    *,
    unit: str = "1",
    shape: Shape | None = None,
    error: type[Exception] = ArgumentError,
    is_matrix: bool = False,
    has_truths: bool = False,
) -> Floats:
    """Finite doubles in SI, as a new array.

    what       : the noun that the message begins with
    unit       : of plasticity.quantities; bare numbers are SI, others are converted
    shape      : the shape wanted; None for an axis of any length, `...` in front for any leading axes
    is_matrix  : whether a table of several columns is a matrix; so it is where the shape has two axes or more
    has_truths : whether truth values are numbers, 0 and 1
    raises `error` for what is no array of real numbers, of another dimension, NaN, infinite, or of another shape
    """
    is_matrix = is_matrix or (shape is not None and len(shape) > 1)
    found = plain(values, what, unit=unit, error=error, is_matrix=is_matrix, has_truths=has_truths)
    array = np.array(found.values)
    if shape is not None and not _fits(array.shape, shape):
        raise error(f"{what}: the shape is {array.shape}; it must be {_written(shape)}")
    is_finite = np.isfinite(array)
    if not is_finite.all():
        place = tuple(int(k) for k in np.argwhere(~is_finite)[0])
        at = f" at index {', '.join(map(str, place))}" if place else ""
        raise error(f"{what} is {array[place]}{at}; every number must be finite")
    return array


def number(
    value: Any,
    what: str,
    *,
    unit: str = "1",
    least: float | None = None,
    above: float | None = None,
    most: float | None = None,
    below: float | None = None,
    error: type[Exception] = ArgumentError,
) -> float:
    """One finite number in SI.

    least, most  : the smallest and the largest allowed, in SI
    above, below : it must be more, and less, than these
    raises `error` as `numbers` does, and for a number outside the limits
    """
    if type(value) is float and math.isfinite(value):  # most are, and a run asks for a dozen
        found = value
    else:
        array = numbers(value, what, unit=unit, error=error)
        if array.ndim:
            raise error(f"{what} has shape {array.shape}; one number is allowed")
        found = float(array)
    low = -math.inf if least is None else least
    high = math.inf if most is None else most
    is_beyond = (above is not None and not found > above) or (below is not None and not found < below)
    if not low <= found <= high or is_beyond:
        limits = _limits({"from": least, "more than": above, "at most": most, "less than": below}, unit)
        raise error(f"{what} is {_shown(found, unit)}; {limits} is allowed")
    return found


def count(
    value: Any, what: str, *, least: int = 1, most: int = MOST_COUNTED, error: type[Exception] = ArgumentError
) -> int:
    """A whole number from `least` to `most`; 5.0 is one. Raises `error` for anything else."""
    if isinstance(value, int) and not isinstance(value, bool):
        found: float = value  # exact, however large
    else:
        found = number(value, what, error=error)
    if found != math.floor(found) or not least <= found <= most:
        limit = f" and {most:.7g} or less" if most < MOST_COUNTED or found > most else ""
        raise error(f"{what} is {said(value)}; a whole number of {least} or more{limit} is allowed")
    return int(found)


def seed(value: Any, what: str = "the seed", error: type[Exception] = ArgumentError) -> int:
    """A seed: a whole number from 0 to 2**32 - 1, everywhere. Raises `error` for anything else."""
    try:
        return count(value, what, least=0, most=SEEDS - 1)
    except ArgumentError:
        raise error(f"{what} is {said(value)}; a whole number from 0 to {SEEDS - 1} is allowed") from None


def generator(rng: Any, what: str = "rng") -> "np.random.Generator":  # numpy.random is loaded where it is used
    """A generator of random numbers as it is, or a new one from a seed. Raises ArgumentError for anything else."""
    if isinstance(rng, np.random.Generator):
        return rng
    try:
        return np.random.default_rng(seed(rng))
    except ArgumentError:
        raise ArgumentError(
            f"{what} is {said(rng)}; a numpy.random.Generator, or a seed from 0 to {SEEDS - 1}, is allowed"
        ) from None


def choice(value: Any, allowed: Collection[T], what: str, error: type[Exception] = ArgumentError) -> T:
    """The one of `allowed` that `value` is; a text of NumPy is a text. Raises `error`, which lists them."""
    for one in allowed:
        is_alike = isinstance(value, str) if isinstance(one, str) else type(one) is type(value)
        if is_alike and one == value:
            return one
    raise error(f"{what} is {said(value)}; allowed: {', '.join(map(str, allowed))}")


def instance(value: Any, kind: type[T] | tuple[type[T], ...], what: str, error: type[Exception] = ArgumentError) -> T:
    """`value`, if it is of the class `kind`, or of one of several. Raises `error`, which names the class."""
    if not isinstance(value, kind):
        kinds = kind if isinstance(kind, tuple) else (kind,)
        raise error(f"{what} is {said(value)}; a {' or '.join(one.__name__ for one in kinds)} is allowed")
    return value


def function(value: Any, what: str, error: type[Exception] = ArgumentError) -> Any:
    """`value`, if it can be called. Raises `error`."""
    if not callable(value):
        raise error(f"{what} is {said(value)}; a function is allowed")
    return value


def text(value: Any, what: str, *, is_empty_allowed: bool = True, error: type[Exception] = ArgumentError) -> str:
    """`value`, if it is text of one line that can be printed. Raises `error`."""
    if not isinstance(value, str) or not value.isprintable() or not (value or is_empty_allowed):
        raise error(f"{what} is {said(value)}; one line of printable text is allowed")
    return value


def _shown(value: float, unit: str) -> str:
    return f"{in_unit(value, unit):.12g}" + ("" if unit == "1" else f" {unit}")


def _limits(limits: dict[str, float | None], unit: str) -> str:
    said = {word: _shown(limit, unit) for word, limit in limits.items() if limit is not None}
    parts = [f"{limit} or more" if word == "from" else f"{word} {limit}" for word, limit in said.items()]
    return " and ".join(parts) or "a finite number"


def _fits(shape: Shape, wanted: Shape) -> bool:
    if wanted and wanted[0] is ...:
        wanted = wanted[1:]
        if len(shape) < len(wanted):
            return False
        shape = shape[len(shape) - len(wanted) :]
    return len(shape) == len(wanted) and all(w in (None, n) for n, w in zip(shape, wanted, strict=True))


def _written(shape: Shape) -> str:
    words = {None: "any", ...: "..."}
    return f"({', '.join(words.get(n, str(n)) for n in shape)}{',' if len(shape) == 1 else ''})"
