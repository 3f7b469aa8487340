"""Points that are computed together: the same ones whoever computes them, so that the numbers never depend on it."""

import math

import numpy as np
from numpy.typing import NDArray

from plasticity.runs.sweeping.outcomes import Subject
from plasticity.runs.sweeping.plan import Plan


def batches(subject: Subject, plan: Plan) -> list[NDArray[np.int64]]:
    """The numbers of the points, in the pieces in which they are computed, written, and taken up again.

    Neighbours in a piece are alike where they can be: the axes along which they cannot be computed together go first.
    """
    numbers = np.arange(plan.n).reshape(plan.shape)
    apart = [place for place, axis in enumerate(plan.axes) if subject.is_apart(axis.name)]
    order = np.moveaxis(numbers, apart, range(len(apart))).ravel()
    most = subject.most
    if not subject.draws:  # all seeds of a point are one computation
        most = max(math.ceil(most / plan.n_seeds), 1) * plan.n_seeds
    return [order[start : start + most] for start in range(0, len(order), most)]
