"""The same seed gives the same bytes: a second time, after other runs, and in another process."""

import hashlib

import pytest
from small_networks import as_bytes, noisy

from plasticity.neurons import NEURONS
from plasticity.spiking import Network, Population, simulate

NOISY = ["escape_lif", "white_noise_lif"]


@pytest.fixture(scope="module")
def first():
    """{neuron: all that a run leaves behind}."""
    return {neuron: noisy(7, neuron) for neuron in NOISY}


@pytest.mark.parametrize("neuron", NOISY)
def test_the_same_seed_gives_the_same_bytes_twice_in_a_process(neuron, first):
    assert noisy(7, neuron) == first[neuron]


@pytest.mark.parametrize("neuron", NOISY)
def test_another_seed_gives_other_bytes(neuron, first):
    assert noisy(8, neuron) != first[neuron]


def test_the_same_seed_gives_the_same_bytes_in_another_process(processes, first):
    code = "import hashlib, small_networks as s\n"
    code += f"for neuron in {NOISY}: print(hashlib.sha256(s.noisy(7, neuron)).hexdigest())"
    assert processes.output(code).split() == [hashlib.sha256(first[neuron]).hexdigest() for neuron in NOISY]


def test_the_twelfth_run_in_a_process_equals_the_first():
    # Brian2 orders objects by name, and its own names count: ..._10 comes before ..._9, which would exchange
    # the random numbers of the two populations
    populations = [Population(name, NEURONS["escape_lif"], 1, 2e-10) for name in ("first", "second")]
    runs = [as_bytes(simulate(Network(populations), 0.1, seed=3)) for _ in range(12)]
    assert runs == [runs[0]] * 12
