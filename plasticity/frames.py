"""Tables for pandas, which nothing here depends on: they are made where it is installed."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.errors import MissingPackage, said


def frame(columns: Mapping[str, Any]) -> Any:
    """A `pandas.DataFrame` of columns of equal length, a unit in each name that needs one, such as `time_ms`.

    raises MissingPackage, which names the cure, where pandas is missing or cannot be imported
    """
    try:
        import pandas
    except Exception as error:  # a broken installation raises whatever it likes
        reason = "is not installed" if isinstance(error, ModuleNotFoundError) else f"does not work ({said(str(error))})"
        raise MissingPackage(f"pandas {reason}; run: pip install pandas (it makes the table)") from None
    return pandas.DataFrame(dict(columns))


def in_ms(seconds: Floats) -> Floats:
    """Milliseconds, without the rounding error of the factor: at most 1e-9 ms."""
    return np.round(seconds * 1e3, 9)
