"""Is a network with one hidden layer stuck less than deeper ones? The parity of bits, learnt from many starts.

A start is stuck when, after so many steps, one pattern at least is still answered wrongly. Stuck at chance means that
the loss is that of saying one half to everything: there the errors have faded before they reached the first layer.

Source: hochreiter1998 (errors that fade on their way down).
"""

from dataclasses import dataclass, replace

import numpy as np

from plasticity.arrays import Floats
from plasticity.artificial.activations import SIGMOID, TANH, Activation
from plasticity.artificial.descent import Descent
from plasticity.artificial.examples import Examples, teacher
from plasticity.artificial.layers import LayeredNetwork, output, random_network, train
from plasticity.artificial.losses import MULTICLASS_CROSS_ENTROPY
from plasticity.artificial.side_by_side import train_all
from plasticity.artificial.truth_tables import binary_patterns
from plasticity.errors import ArgumentError
from plasticity.experiment import parameter

UNITS = {"sigmoid": SIGMOID, "tanh": TANH}
MOMENTUM = 0.9  # our choice
CHANCE = float(np.log(2))  # the loss of saying one half
FIRST_STEPS = 30  # before roundings have grown
NEAR_CHANCE = 0.01  # of CHANCE; our choice: what is stuck elsewhere lies far below, or above


@dataclass(frozen=True)
class Parameters:
    """What can be set. The rates are our choice: of a few, those with which the fewest starts are stuck."""

    n_bits: int = parameter(3, meaning="inputs; 2 is exclusive or", least=2, most=5)
    width: int = parameter(4, meaning="units of every hidden layer", least=1, most=16)
    depths: tuple[int, ...] = parameter((1, 2, 3, 4), "1", "hidden layers of the networks", least=1, most=8)
    n_starts: int = parameter(40, meaning="random first weights, at each depth", least=5, most=500)
    n_steps: int = parameter(600, meaning="steps of gradient descent", least=1, most=20_000)
    rate_sigmoid: float = parameter(1.0, "1", "learning rate of sigmoid units", least=0.001, most=5)
    rate_tanh: float = parameter(0.1, "1", "learning rate of tanh units", least=0.001, most=5)
    seed: int = 0


@dataclass(frozen=True)
class Stuck:
    """The starts of one depth: which are stuck, and the losses at the end, (n_starts,); both by another route; and the
    loss of the first start after its FIRST_STEPS, beside the others and alone."""

    is_stuck: np.ndarray
    losses: Floats
    stuck_again: np.ndarray
    losses_again: Floats
    first: float
    first_alone: float

    @property
    def n_at_chance(self) -> int:
        """Of those that are stuck, how many answer everything by one half."""
        return int(np.sum(self.is_stuck & (np.abs(self.losses - CHANCE) < NEAR_CHANCE * CHANCE)))


Study = tuple[Parameters, dict[str, dict[int, Stuck]]]


def study(parameters: Parameters) -> Study:
    """Train from every start, by units and depth. Raises ArgumentError for a single depth."""
    if len(set(parameters.depths)) < 2:
        raise ArgumentError(f"depths is {parameters.depths}; two depths or more are needed, to be compared")
    p, bits = parameters, binary_patterns(parameters.n_bits)
    examples = Examples(bits, bits.sum(axis=1, keepdims=True) % 2)
    rates = {"sigmoid": p.rate_sigmoid, "tanh": p.rate_tanh}
    return p, {
        units: {
            depth: _stuck(p, depth, UNITS[units], examples, np.random.default_rng([p.seed, k, depth]), rate)
            for depth in dict.fromkeys(p.depths)
        }
        for k, (units, rate) in enumerate(rates.items())
    }


def _stuck(
    p: Parameters, depth: int, units: Activation, examples: Examples, rng: np.random.Generator, rate: float
) -> Stuck:
    sizes, activations = (p.n_bits, *[p.width] * depth, 1), (*[units] * depth, SIGMOID)
    starts = [random_network(sizes, activations, rng=rng) for _ in range(p.n_starts)]
    descent = Descent(MULTICLASS_CROSS_ENTROPY, rate, MOMENTUM, n_epochs=p.n_steps)
    trained = train_all(starts, examples, descent=descent)
    outputs, targets = np.array([output(one, examples.inputs) for one in trained]), teacher(examples)
    again = np.array([_by_hand(one, examples) for one in trained])
    begun = replace(descent, n_epochs=min(FIRST_STEPS, p.n_steps))
    beside, alone = train_all(starts, examples, descent=begun)[0], train(starts[0], examples, descent=begun).network
    return Stuck(
        is_stuck=np.any((outputs > 0.5) != targets, axis=(1, 2)),
        losses=np.array([MULTICLASS_CROSS_ENTROPY.value(one, targets) for one in outputs]),
        stuck_again=again[:, 0] > 0,
        losses_again=again[:, 1],
        first=_by_hand(beside, examples)[1],
        first_alone=_by_hand(alone, examples)[1],
    )


def _by_hand(network: LayeredNetwork, examples: Examples) -> tuple[int, float]:
    """Patterns answered wrongly, and the loss: biases as weights of an input 1, the loss from the last z."""
    y = examples.inputs
    for layer in network.layers:
        z = np.column_stack([np.ones(len(y)), y]) @ layer.weights.T
        y = layer.activation(z)
    signs = np.where(teacher(examples) == 1, 1.0, -1.0)
    return int(np.sum(z * signs <= 0)), float(np.mean(np.logaddexp(0.0, -z * signs)))
