"""The types of arrays, and of what draws random numbers, for annotations."""

from typing import Any, Union

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]
Rng = Union["np.random.Generator", int]  # a generator or a seed; numpy.random is loaded where it draws
