"""Numbers in text files, as exact seconds: with a decimal point or comma, in any unit, a million in a second."""

import re
from collections.abc import Callable, Iterable, Sequence

import numpy as np

from plasticity.arrays import Floats
from plasticity.errors import InputError, said
from plasticity.trains.units import SAMPLES, SHIFTS, Clock

_NUMBER = re.compile(r"[-+]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][-+]?\d{1,5})?", re.ASCII)
_THOUSANDS = re.compile(r"[-+]?[1-9]\d{0,2}(?:,\d{3})+", re.ASCII)
_NO_NUMBER = {"nan", "inf", "infinity"}  # what stands where a number should be
_MOST_DIGITS = 400  # of one number; our choice: any double, written out, has fewer
_PLAIN = frozenset("0123456789+-.")


def is_number(text: str) -> bool:
    """Whether a cell holds a number, or what stands for one that is missing."""
    text = text.strip()
    return bool(_NUMBER.fullmatch(text[: _MOST_DIGITS + 1])) or text.lower().lstrip("+-") in _NO_NUMBER


def seconds_of(texts: Sequence[str], clock: Clock, place: Callable[[int], str]) -> Floats:
    """Seconds of texts, shape (n,), without a rounding of their own: '10' ms is the float 0.01.

    place : says where text k stands, for messages
    raises InputError for the first that is no finite number, and for points beside decimal commas
    """
    given, characters = texts, frozenset[str]().union(*texts)  # each character once
    if "," in characters:
        _check_commas(texts, place)
        texts = [text.replace(",", ".") for text in texts]
        characters = (characters - {","}) | {"."}
    try:
        if characters <= _PLAIN:
            found = _plain(texts, clock)
        else:
            found = [_shifted(text, clock) for text in texts]
    except ValueError:
        found = [np.nan]
    times = np.array(found, dtype=float)
    if times.shape != (len(texts),) or not np.isfinite(times).all():
        wrong = next(k for k, text in enumerate(texts) if not _is_finite(text, clock))
        raise InputError(f"{place(wrong)}: the time is {said(given[wrong])}; a number is allowed")
    return times


def _plain(texts: Sequence[str], clock: Clock) -> list[float]:
    # A decimal shift in the text, not a product, so that '10' ms is the float 0.01 that a program would write.
    if clock.unit == SAMPLES:
        rate = float(clock.sampling_rate or np.nan)
        return [float(text) / rate for text in texts]
    if not SHIFTS[clock.unit]:
        return [float(text) for text in texts]
    shift = f"e{SHIFTS[clock.unit]}"
    return [float(text + shift) for text in texts]


def _shifted(text: str, clock: Clock) -> float:
    if not _NUMBER.fullmatch(text[: _MOST_DIGITS + 1]):
        raise ValueError(text)
    mantissa, _, exponent = text.lower().partition("e")
    if clock.unit == SAMPLES:
        return float(text) / float(clock.sampling_rate or np.nan)
    return float(f"{mantissa}e{int(exponent or 0) + SHIFTS[clock.unit]}")


def _is_finite(text: str, clock: Clock) -> bool:
    try:
        return bool(np.isfinite(_shifted(text, clock)))
    except ValueError:
        return False


def may_be_thousands(texts: Iterable[str]) -> str:
    """The first number with a comma, if all commas may part thousands as well as decimals, as in '1,000'; else ''."""
    found = [text.strip() for text in texts if "," in text and _PLAIN.issuperset(text.strip().replace(",", ""))]
    return found[0] if found and all(_THOUSANDS.fullmatch(text) for text in found) else ""


def _check_commas(texts: Sequence[str], place: Callable[[int], str]) -> None:
    both = next((k for k, text in enumerate(texts) if "." in text and "," in text), None)
    if both is not None:
        raise InputError(f"{place(both)}: the time is {said(texts[both])}; write no marks between thousands")
    point = next((k for k, text in enumerate(texts) if "." in text), None)
    if point is not None:
        comma = next(text for text in texts if "," in text)
        raise InputError(
            f"{place(point)}: the time is {said(texts[point])}, elsewhere {said(comma)}; write all with a point"
        )
