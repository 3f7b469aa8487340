"""Does the jitter of on-line descent leave a local minimum? One weight, two wells, two examples that disagree.

The mean loss is f(w) = (w^2 - 1)^2 / 4 + w / 5; the examples have f(w) + w and f(w) - w. Batch descent sees f alone.
"""

import numpy as np

from plasticity.arrays import Floats

TILT, JITTER = 0.2, 1.0
GRID = np.linspace(-1.8, 1.8, 1201)


def slope(w: Floats) -> Floats:
    """f'(w)."""
    return w**3 - w + TILT


def landmarks() -> tuple[float, float, float]:
    """The deep minimum, the top between, and the shallow minimum."""
    deep, top, shallow = np.sort(np.roots([1.0, 0.0, -1.0, TILT]).real).tolist()
    return deep, top, shallow


def escaped_fraction(rate: float, n_steps: int, n_runs: int, rng: np.random.Generator | None) -> float:
    """The fraction of runs from the shallow minimum that end in the deep well; without rng, of batch descent."""
    _, top, shallow = landmarks()
    w = np.full(n_runs, shallow)
    for _ in range(n_steps):
        jitter = 0.0 if rng is None else JITTER * rng.choice([-1.0, 1.0], n_runs)
        w = w - rate * (slope(w) + jitter)
    return float(np.mean(w < top))


def escaped_probability(rate: float, n_steps: int) -> float:
    """The same without drawing: the probability on a grid, moved by both examples at every step."""
    _, top, shallow = landmarks()
    spacing = GRID[1] - GRID[0]
    ends = np.concatenate([GRID - rate * (slope(GRID) + jitter) for jitter in (-JITTER, JITTER)])
    places = np.clip((ends - GRID[0]) / spacing, 0, GRID.size - 1.001)
    left, share = places.astype(int), places % 1  # split between the two neighbours, which keeps the mean
    to, parts = np.concatenate([left, left + 1]), np.concatenate([1 - share, share])
    density: Floats = np.zeros(GRID.size)
    density[int(np.argmin(np.abs(GRID - shallow)))] = 1.0
    for _ in range(n_steps):
        density = np.bincount(to, np.tile(0.5 * density, 4) * parts, GRID.size).astype(float)
    return float(density[top > GRID].sum())
