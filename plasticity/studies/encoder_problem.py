"""One-hot objects through a narrow hidden layer and back, as in 8-3-8: which codes are learnt, and are they bits?

Source: rumelhart1986 (the encoder problem); the table of hidden values is that of the lecture.
"""

from dataclasses import dataclass

import numpy as np

from plasticity.arrays import Floats
from plasticity.artificial.autoencoders import Autoencoder, codes, random_autoencoder, reconstructions
from plasticity.artificial.descent import Descent
from plasticity.artificial.losses import MULTICLASS_CROSS_ENTROPY
from plasticity.artificial.side_by_side import train_autoencoders
from plasticity.errors import ArgumentError
from plasticity.experiment import parameter

TABLE_WIDTH = 3  # hidden units in the lecture's table
# Its hidden values, a row for each input: given with the question
TABLE = (
    *(0.89, 0.04, 0.08),
    *(0.01, 0.11, 0.88),
    *(0.01, 0.97, 0.27),
    *(0.99, 0.97, 0.71),
    *(0.03, 0.05, 0.02),
    *(0.22, 0.99, 0.99),
    *(0.80, 0.01, 0.98),
    *(0.60, 0.94, 0.01),
)


@dataclass(frozen=True)
class Parameters:
    """What can be set. Rate and steps are our choice: the fewest after which every start gives all inputs back."""

    n_objects: int = parameter(8, meaning="one-hot inputs, as many as outputs", least=2, most=32)
    n_hidden: int = parameter(3, meaning="hidden units", least=1, most=16)
    n_networks: int = parameter(30, meaning="networks from different weights", least=2, most=2000)
    n_steps: int = parameter(1000, meaning="steps of gradient descent in each", least=1, most=20_000)
    rate: float = parameter(4.0, "1", "learning rate: the largest of few that never fails", least=0.1, most=6.0)
    table: tuple[float, ...] = parameter(
        TABLE, "1", "the lecture's hidden values, three for each input", least=0, most=1
    )
    seed: int = 0


@dataclass(frozen=True)
class Coded:
    """Networks as they started, and trained: codes and outputs (n_networks, n_objects, n)."""

    parameters: Parameters
    starts: tuple[Autoencoder, ...]
    codes: Floats
    outputs: Floats

    @property
    def rounded(self) -> list[int]:
        """Of each network, how many different codes there are when rounded to 0 and 1."""
        return [n_different(one) for one in self.codes]

    @property
    def table(self) -> Floats:
        """The lecture's hidden values, (n, 3)."""
        return np.reshape(self.parameters.table, (-1, TABLE_WIDTH))


def study(parameters: Parameters) -> Coded:
    """Train from every start; raises ArgumentError for a table that has no whole rows."""
    p = parameters
    if len(p.table) % TABLE_WIDTH or len(p.table) < 2 * TABLE_WIDTH:
        raise ArgumentError(
            f"table has {len(p.table)} numbers; {TABLE_WIDTH} for each input are needed, of two or more"
        )
    rng, inputs = np.random.default_rng(p.seed), np.eye(p.n_objects)
    starts = tuple(random_autoencoder(p.n_objects, p.n_hidden, rng=rng) for _ in range(p.n_networks))
    trained = train_autoencoders(starts, inputs, descent=descent(p))
    hidden = np.array([codes(one, inputs) for one in trained])
    return Coded(p, starts, hidden, np.array([reconstructions(one, inputs) for one in trained]))


def descent(parameters: Parameters, n_steps: int | None = None) -> Descent:
    """How each is trained: all inputs in every step, as many steps as said, or others."""
    return Descent(MULTICLASS_CROSS_ENTROPY, parameters.rate, n_epochs=n_steps or parameters.n_steps)


def n_different(hidden: Floats, decimals: int = 0) -> int:
    """How many different rows there are, rounded to so many decimals."""
    return len(np.unique(np.round(hidden, decimals), axis=0))


def nearest(hidden: Floats) -> float:
    """The distance of the two codes that are nearest."""
    distances = np.linalg.norm(hidden[:, np.newaxis] - hidden, axis=2)
    return float(distances[np.triu_indices(len(hidden), 1)].min())
