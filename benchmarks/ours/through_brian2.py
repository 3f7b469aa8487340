"""Networks of records that Brian2 runs for us: what that costs beside a script."""

import resource
from typing import Any

from measuring import Figures, Work
from settings import LARGE, SMALL, SONG_ABBOTT

from ours import large_network, small_networks, song_abbott
from ours.by_hand import as_by_hand
from plasticity import Network, Replay, engines
from plasticity.spiking.loading import brian


def song_abbott_in_cpp() -> Work:
    """The trains of `peers/brian2_song_abbott.py`; the C++ program alone, which is kept from a run before."""
    of, drawn = SONG_ABBOTT, song_abbott.network(SONG_ABBOTT)
    replayed = Network([Replay("inputs", of.trains()), drawn.by_name["neuron"]], drawn.projections)
    return _of_program(as_by_hand(replayed, of.dt), of.seconds, song_abbott.facts)


def large_network_in_cpp() -> Work:
    """The network of `peers/brian2_network.py`; the C++ program alone, which is kept from a run before."""
    return _of_program(large_network.network(LARGE), LARGE.seconds, large_network.facts)


def small_network_in_numpy() -> Work:
    """The network of `peers/brian2_small_network.py`, once; Brian2 is loaded before, as by hand."""
    made = small_networks.network(0)

    def do() -> Any:
        return engines.simulate(made, SMALL.seconds, dt=SMALL.dt, engine="numpy")

    return Work(do, small_networks.measured, warm=brian)


def _of_program(network: Network, seconds: float, facts: Any) -> Work:
    def do() -> tuple[Any, float]:
        before = _seconds_of_children()
        recording = engines.simulate(network, seconds, engine="cpp_standalone")
        return recording, _seconds_of_children() - before

    def measured(result: tuple[Any, float]) -> Figures:
        return {"seconds": result[1] / seconds, **facts(result[0])}

    return Work(do, measured, warm=do)


def _seconds_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
