"""What every drawing function asks of what it is given: axes, and arrays of real numbers that an axis can hold."""

import functools
import inspect
from collections.abc import Callable, Collection
from typing import Any, TypeVar

import numpy as np

from plasticity.arrays import Floats
from plasticity.errors import ArgumentError, PlasticityError, said
from plasticity.inputs import plain

F = TypeVar("F", bound=Callable[..., Any])
_LARGEST = 1e300  # beyond it matplotlib's margins overflow


def drawing(*arrays: str, seconds: Collection[str] = ()) -> Callable[[F], F]:
    """Decorate a function (axes, arrays) so that it raises ArgumentError, and nothing else, for what it cannot draw.

    arrays  : the parameters that are numbers in whatever container; NaN is a gap, truth values are 0 and 1
    seconds : those that are times, bare or with a unit
    """

    def decorated(draw: F) -> F:
        signature = inspect.signature(draw)

        @functools.wraps(draw)
        def drawn(*args: Any, **kwargs: Any) -> Any:
            given = signature.bind(*args, **kwargs)
            _check(draw.__name__, given.arguments, arrays, seconds)
            try:
                return draw(*given.args, **given.kwargs)
            except PlasticityError:
                raise
            except Exception as error:  # of NumPy or matplotlib, about an argument
                raise ArgumentError(f"{draw.__name__} cannot draw this: {type(error).__name__}: {error}") from error

        return drawn  # type: ignore[return-value]

    return decorated


def _check(name: str, given: dict[str, Any], arrays: Collection[str], seconds: Collection[str]) -> None:
    """The axes looked at, and the arrays replaced by doubles, in place."""
    if "axes" in given and not hasattr(given["axes"], "get_xlim"):
        raise ArgumentError(f"{name} draws into the axes of a matplotlib figure; {said(given['axes'])} came")
    for parameter in (*arrays, *seconds):
        if given.get(parameter) is not None:
            unit = "s" if parameter in seconds else "1"
            given[parameter] = _doubles(given[parameter], f"{parameter} of {name}", unit)


def _doubles(values: Any, what: str, unit: str) -> Floats:
    array = plain(values, what, unit=unit, is_matrix=True, has_truths=True).values
    if (np.isfinite(array) & (np.abs(array) > _LARGEST)).any():
        raise ArgumentError(f"{what} holds a number beyond {_LARGEST:g}; no axis is so long")
    return array
