"""Random spike trains for the contracts: many coincidences, unequal lengths, on a grid or at any time."""

import numpy as np

DURATION = 1.0  # seconds
N_SYNAPSES = 6
GRID = 1e-3  # seconds, the step of the trains that lie on a grid


def any_times(seed: int):
    """Trains of 25 to 40 spikes; every third postsynaptic one coincides, up to a rounding of 0.1 ns."""
    rng = np.random.default_rng(seed)
    pre = [np.sort(rng.uniform(0.0, DURATION, n)) for n in rng.integers(25, 41, N_SYNAPSES)]
    post = []
    for train in pre:
        alone = rng.uniform(0.0, DURATION, 20)
        together = rng.choice(train, 10, replace=False) + rng.uniform(-1e-10, 1e-10, 10)
        post.append(np.sort(np.concatenate([alone, together])))
    return pre, post


def grid_times(seed: int):
    """The same kind of trains, every spike on a multiple of GRID."""
    rng = np.random.default_rng(seed)
    n_steps = round(DURATION / GRID)
    pre, post = [], []
    for n in rng.integers(25, 41, N_SYNAPSES):
        steps = rng.choice(n_steps, n, replace=False)
        together = rng.choice(steps, 10, replace=False)
        pre.append(np.sort(steps) * GRID)
        post.append(np.union1d(rng.choice(n_steps, 20), together) * GRID)
    return pre, post


def n_coincidences(pre, post) -> list[int]:
    """For each synapse, how many presynaptic spikes have a postsynaptic one less than a nanosecond away."""
    return [int((np.abs(a[:, None] - b) < 1e-9).any(axis=1).sum()) for a, b in zip(pre, post, strict=True)]


def start_weights(rule):
    """A start at the lower bound, in the middle, and at the upper bound, in turn; 0, 1/2, 1 where there is none."""
    lower = max(rule.bounds.lower, 0.0)
    upper = rule.bounds.upper if np.isfinite(rule.bounds.upper) else lower + 1.0
    return np.resize([lower, (lower + upper) / 2, upper], N_SYNAPSES)
