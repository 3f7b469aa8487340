"""The comparison of the contract, on its own so that planted faults can be seen to fail it."""

import numpy as np

from plasticity import events, spiking


def assert_engines_agree(rule, pre, post, w0, *, dt=None):
    """Brian2 and the evaluator: equal times, and weights equal to 1e-12, after every spike of every synapse.

    The absolute part, 1e-14, is the rounding of a weight near one: it stays when a subtraction leaves almost nothing.
    """
    simulated = spiking.trajectory(rule, pre, post, w0, dt=dt)
    exact = events.trajectory(rule, pre, post, w0)
    np.testing.assert_array_equal(simulated.times, exact.times)
    np.testing.assert_allclose(simulated.weights, exact.weights, rtol=1e-12, atol=1e-14, err_msg=f"engines of {rule}")
