"""Values that nobody should be able to break a function with: impossible ones of the right type, and wrong types."""

import datetime
import decimal
import math
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import quantities as pq
from hypothesis import strategies as st

# Huge counts are far beyond any memory, so that a function must refuse them; none is merely slow.
NUMBERS: tuple[Any, ...] = (
    math.nan, math.inf, -math.inf, -1, 0, -0.0, 5e-324, -1e308, 1e308, 10**15, -(10**15), 10**400, 2**63, 2**32, 1.5,
    np.float32("nan"), np.float64("inf"), np.int8(-128), decimal.Decimal("NaN"), decimal.Decimal("1e999"),
    Fraction(-1, 3), Fraction(10**400),
)  # fmt: skip
ARRAYS: tuple[Any, ...] = (
    [], [math.nan], [0.1, math.inf], [3.0, 1.0], [1.0, 1.0], [-1.0, -2.0], [1e300, 1e305], [[1.0], [1.0, 2.0]], [[]],
    np.empty((0, 3)), np.ones((2, 2, 2)), np.full((1, 1), np.nan), [None], [10**400], ("a", "a"),
)  # fmt: skip
WRONG: tuple[Any, ...] = (
    None, True, "", "x", "\x1b[2J\n", "\u202eevil", b"x", object(), math, {}, {"a": 1}, 1j, np.array([1j]), ["a", "b"],
    np.array([True, False]), np.ma.masked_array([0.1, 0.2], [True, False]), datetime.date(2026, 1, 1), [object()],
    np.array(["2026-01-01"], "datetime64[D]"), np.array([10, 30], "timedelta64[ms]"), 3.0 * pq.mV, [1.0, 2.0] * pq.V,
    math.nan * pq.ms, pd.DataFrame({"a": [1.0, 2.0], "b": ["x", "y"]}), pd.Series([1.0, None]), {1.5, "x"},
    np.zeros(2, dtype=[("a", float)]), range(3), memoryview(b"ab"), slice(None), NotImplemented,
)  # fmt: skip


def hostile() -> st.SearchStrategy[Any]:
    """Any of them, and small numbers, texts and lists that nobody has thought of."""
    known = st.sampled_from([*NUMBERS, *ARRAYS, *WRONG])
    small = st.floats(-3.0, 3.0).map(lambda x: round(x, 2)) | st.integers(-3, 3)
    drawn = small | st.text(max_size=8) | st.lists(small | st.none(), max_size=4)
    return known | known | drawn | st.lists(known, max_size=3)
