"""Independent trials of which few succeed, drawn at the cost of those that do."""

import numpy as np
from numpy.typing import NDArray

_SPARE = 1.1  # drawn at once, as a part of what is expected


def successes(n_trials: int, probability: float, rng: np.random.Generator) -> NDArray[np.int64]:
    """Which of `n_trials` trials succeed, each by itself with `probability`: numbers from 0 on, increasing.

    More trials from the same generator begin with the same numbers. Drawn as the gaps between successes, so that it
    takes as long as there are successes.
    """
    if probability >= 1:
        return np.arange(n_trials)
    if probability <= 0:
        return np.empty(0, dtype=np.int64)
    found, last = list[NDArray[np.int64]](), -1
    while last < n_trials - 1:
        n_drawn = int(_SPARE * probability * (n_trials - last)) + 16
        gaps = np.minimum(rng.geometric(probability, n_drawn), n_trials + 1)  # longer ones end the trials, too
        found.append(last + np.cumsum(gaps))
        last = int(found[-1][-1])
    places = np.concatenate([np.empty(0, dtype=np.int64), *found])
    return places[places < n_trials]
