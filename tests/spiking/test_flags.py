"""The flags of the C++ compiler: ours keep sums in their order, Brian2's own are there for whoever asks."""

import pytest

from plasticity.errors import ArgumentError
from plasticity.spiking import Network, Replay, simulate
from plasticity.spiking.backend import session


def test_the_flags_of_brian2_are_those_that_it_takes_by_itself():
    with session("numpy", flags="plasticity") as running:
        ours = running.b2.prefs["codegen.cpp.extra_compile_args_gcc"]
    with session("numpy", flags="brian2") as running:
        theirs = running.b2.prefs["codegen.cpp.extra_compile_args_gcc"]
    assert "-ffast-math" in theirs and "-ffast-math" not in ours


def test_flags_that_nobody_knows_are_refused():
    with pytest.raises(ArgumentError, match="the set of flags is 'fast'; allowed: plasticity, brian2"):
        simulate(Network([Replay("pre", [[0.01]])]), 0.02, flags="fast")
