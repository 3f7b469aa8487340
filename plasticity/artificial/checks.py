"""What every function of this package asks of its numbers: real, finite, of the right shape."""

from numbers import Integral, Real

import numpy as np

from plasticity.errors import ArgumentError


def finite(values, what, shape=None):
    """`values` as a new array of finite doubles.

    what    : the noun that the error message begins with
    shape   : the shape wanted; None for an axis of any length, `...` in front for any leading axes
    raises ArgumentError when a value is no real number, NaN or infinite, or the shape is another
    """
    array = _numbers(values, what)
    if shape is not None and not _fits(array.shape, shape):
        raise ArgumentError(f"{what}: the shape is {array.shape}; it must be {_written(shape)}")
    bad = np.argwhere(~np.isfinite(array))
    if len(bad):  # not bad.size: the index of a scalar is empty
        place = tuple(int(i) for i in bad[0])
        at = f" at index {', '.join(map(str, place))}" if place else ""
        raise ArgumentError(f"{what}: {array[place]}{at}; every number must be finite")
    return array


def is_real(value):
    """True for one real number of any type, NaN and infinity included; not for text, arrays or None."""
    return isinstance(value, Real)


def is_count(value, least=1):
    """True for a whole number that is not below `least`."""
    return isinstance(value, Integral) and value >= least


def _numbers(values, what):
    try:
        given = np.asarray(values)
        if given.dtype.kind not in "biufO":
            raise TypeError
        return np.array(given, dtype=float)
    except (TypeError, ValueError, OverflowError):
        raise ArgumentError(f"{what}: {values!r:.60} is no array of real numbers") from None


def _fits(shape, wanted):
    if wanted and wanted[0] is ...:
        wanted = wanted[1:]
        shape = shape[max(0, len(shape) - len(wanted)) :]
    return len(shape) == len(wanted) and all(w in (None, n) for n, w in zip(shape, wanted, strict=True))


def _written(shape):
    words = {None: "any", ...: "..."}
    return f"({', '.join(words.get(n, str(n)) for n in shape)}{',' if len(shape) == 1 else ''})"
