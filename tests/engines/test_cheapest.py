"""A network is run by the cheapest engine that reads it, or the one that is asked for, and the recording says which."""

import numpy as np
import pytest

from plasticity import NEURONS, RULES, Network, PoissonInput, Population, Projection, Replay, compiled, simulate
from plasticity.engines import choosing, running
from plasticity.errors import ArgumentError, DurationWarning, MemoryLimitError, UnsupportedRule

LIF = NEURONS["lif_excitatory"]


def network(n=20, neuron=LIF, rule=RULES["pair_stdp"]):
    pairs = np.stack([np.arange(n), np.zeros(n, int)], axis=1)
    return Network(
        [PoissonInput("input", n, 10.0), Population("cell", neuron)],
        [Projection("synapses", "input", "cell", pairs, 0.5, rule)],
    )


def cheapest(seconds, found=None):
    return running._cheapest(found or network(), seconds, 1e-4, [])


def test_a_short_run_is_numpys_and_a_long_one_compiled():
    assert cheapest(0.05).engine == "numpy"
    assert cheapest(100.0).engine == "compiled"
    assert "Brian2 NumPy" in cheapest(100.0).reason and "compiled" in cheapest(100.0).reason


def test_what_the_compiled_engine_does_not_read_is_brian2s_and_it_is_said_why(monkeypatch):
    def refuse(*given):
        raise UnsupportedRule("three voltages")

    monkeypatch.setattr(running, "kind_of", refuse)
    found = cheapest(100.0)
    assert found.engine != "compiled" and found.reason.endswith("not compiled: three voltages")


def test_without_a_compiler_a_slow_run_names_the_extra(monkeypatch):
    monkeypatch.setattr(compiled, "is_available", lambda: False)
    monkeypatch.setattr(choosing, "_TOLD", [])
    with pytest.warns(DurationWarning, match=r"plasticity-lab\[fast\]"):
        assert cheapest(1000.0).engine in ("numpy", "cpp_standalone")


def test_without_a_compiler_a_slow_run_without_a_step_names_the_extra_too(monkeypatch):
    monkeypatch.setattr(compiled, "is_available", lambda: False)
    monkeypatch.setattr(choosing, "_TOLD", [])
    with pytest.warns(DurationWarning, match=r"a run of 1000 s, in plain Python, takes about .*plasticity-lab\[fast\]"):
        running._require_possible(network(), 1000.0, None, [])


def test_the_recording_says_what_computed_it_and_a_run_goes_on_there():
    first = simulate(network(), 0.05)
    assert (first.engine, first.state.engine) == ("numpy", "numpy") and "the least" in first.reason
    assert simulate(network(), 0.05, state=first.state).reason == "it left the state"
    assert simulate(network(), 0.05, engine="numpy").reason == "as asked"


def test_a_state_is_gone_on_from_by_the_engine_that_left_it_alone():
    left = simulate(network(), 0.05, engine="numpy").state
    with pytest.raises(ArgumentError, match="left by a run with engine='numpy', and engine='compiled' does not go on"):
        simulate(network(), 0.05, state=left, engine="compiled")
    with pytest.raises(ArgumentError, match="the state is 3"):
        simulate(network(), 0.05, state=3)


def test_brian2_has_no_run_without_a_step():
    with pytest.raises(ArgumentError, match="Brian2 needs a step, and dt is None with engine='numpy'"):
        simulate(network(), 0.05, dt=None, engine="numpy")


def test_an_impossible_run_is_refused_with_what_it_would_cost_the_engine_that_was_asked():
    many = Network([Replay("given", [[0.1]]), Population("cells", NEURONS["hodgkin_huxley"], 100_000)])
    with pytest.raises(MemoryLimitError, match="a run of 1e.06 s, compiled, would take .* it would compute for about"):
        simulate(many, 1e6, dt=1e-5, engine="compiled", record=[])
