"""Whoever computes tells how far it is; whoever listens hears it, and nobody has to."""

from plasticity.neurons import NEURONS
from plasticity.progress import is_listened_to, listening, tracked
from plasticity.spiking import rates


def test_a_listener_hears_how_much_is_done():
    heard = []
    with listening(lambda what, fraction: heard.append((what, fraction))):
        items = list(tracked(iter("ab"), "letters"))
    assert items == ["a", "b"]
    assert heard == [("letters", 0.0), ("letters", 0.5), ("letters", 1.0)]


def test_after_it_nobody_listens():
    with listening(lambda what, fraction: None):
        assert is_listened_to()
    assert not is_listened_to()
    assert list(tracked([1], "numbers")) == [1]


def test_brian2_tells_how_far_a_simulation_is_and_gives_the_same_spikes():
    heard = []
    (quiet,) = rates(NEURONS["lif_excitatory"], [2e-10], duration=0.1)
    with listening(lambda what, fraction: heard.append((what, fraction))):
        (told,) = rates(NEURONS["lif_excitatory"], [2e-10], duration=0.1)
    assert ("simulating", 0.0) in heard and ("simulating", 1.0) in heard
    assert told == quiet and quiet.n_spikes
