"""Networks side by side as one: each comes out of the run as if it had run alone."""

from dataclasses import replace

import numpy as np
import pytest

from plasticity import NEURONS, RULES, Network, Population, Projection
from plasticity.errors import ArgumentError
from plasticity.networks import PoissonInput, Replay, all_to_all, joined, split
from plasticity.spiking import simulate

DURATION, STEP = 0.05, 1e-4


def network(seed, *, rate=50.0, current=3e-10, weight=0.5, size=2):
    return Network(
        [
            PoissonInput("inputs", 3, rate, seed=seed),
            Population("cells", NEURONS["lif_excitatory"], size, current),
        ],
        [Projection("learns", "inputs", "cells", all_to_all(3, size), weight, RULES["pair_stdp"], delay=1e-3)],
    )


def test_networks_in_one_run_give_what_each_gives_alone_bit_by_bit():
    networks = [network(1), network(2, rate=200.0, current=[3e-10, 4e-10]), network(3, weight=0.2, size=1)]

    whole = joined(networks, DURATION, STEP)
    found = split(whole, simulate(whole.network, DURATION, dt=STEP, record=["learns", "cells"]))

    for one, alone in zip(
        found, (simulate(n, DURATION, dt=STEP, record=["learns", "cells"]) for n in networks), strict=True
    ):
        assert all(
            map(
                np.array_equal,
                one.spikes["inputs"] + one.spikes["cells"],
                alone.spikes["inputs"] + alone.spikes["cells"],
            )
        )
        assert np.array_equal(one.weights["learns"], alone.weights["learns"])
        assert np.array_equal(one.trajectories["learns"].weights, alone.trajectories["learns"].weights)
        assert np.array_equal(one.voltages["cells"], alone.voltages["cells"])
    assert any(times.size for times in found[1].spikes["cells"])


def test_the_order_of_networks_does_not_matter():
    first, second = network(1), network(2)

    there, back = (joined(pair, DURATION, STEP) for pair in ([first, second], [second, first]))
    one = split(there, simulate(there.network, DURATION))[0]
    other = split(back, simulate(back.network, DURATION))[1]

    assert np.array_equal(one.weights["learns"], other.weights["learns"])


def test_networks_of_other_rules_are_not_joined():
    one = network(1)
    (projection,) = one.projections
    other = replace(one, projections=[replace(projection, rule=RULES["triplet_stdp"])])

    with pytest.raises(ArgumentError, match="simulate them one by one"):
        joined([one, other], DURATION, STEP)


def test_a_network_with_noise_of_its_own_is_not_joined():
    noisy = Network([Population("cells", NEURONS["escape_lif"])])

    with pytest.raises(ArgumentError, match="noise of their own"):
        joined([noisy, noisy], DURATION, STEP)


def test_given_trains_are_replayed_for_each():
    ours = [Network([Replay("a", [[time]])]) for time in (0.01, 0.02)]

    whole = joined(ours, DURATION, STEP)
    found = split(whole, simulate(whole.network, DURATION))

    assert [one.spikes["a"][0].tolist() for one in found] == [[0.01], [0.02]]
