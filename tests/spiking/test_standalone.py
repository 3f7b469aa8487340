"""C++ standalone: the same numbers as NumPy, whatever else runs beside it, and nothing left behind. Four builds."""

import json

import numpy as np
import pytest
from small_networks import driven, trains

from plasticity import events
from plasticity.rules import RULES
from plasticity.spiking import compiling, simulate
from plasticity.spiking.targets import compiler

pytestmark = [
    pytest.mark.cpp,
    pytest.mark.skipif(not compiler(), reason="no C++ compiler here"),
    pytest.mark.timeout(3600),  # two builds at once take 30 s, and fifty times that beside much else
]


@pytest.fixture(scope="module")
def both():
    return [simulate(driven(), 0.5, record=["plastic", "post"], target=t) for t in ("numpy", "cpp_standalone")]


def test_both_targets_fire_the_same_spikes(both):
    numpy, compiled = (recording.spikes["post"][0] for recording in both)
    assert numpy.size > 5 and np.array_equal(numpy, compiled)


def test_both_targets_give_the_same_weights(both):
    # the same operations in the same order, save for what a compiler may contract
    numpy, compiled = (recording.trajectories["plastic"].weights for recording in both)
    assert np.ptp(numpy) > 0.01 and compiled == pytest.approx(numpy, rel=1e-12, abs=0)


def test_both_targets_give_the_same_voltages(both):
    numpy, compiled = (recording.voltages["post"] for recording in both)
    assert np.ptp(numpy) > 0.01 and compiled == pytest.approx(numpy, rel=1e-12, abs=0)


def test_a_run_with_other_numbers_takes_the_program_that_is_there(both, monkeypatch):
    monkeypatch.setattr(compiling, "make", None)  # whoever compiles fails
    other = driven(seed=7, weight=0.3, bias=0.2, delay=2e-3)
    numpy, compiled = (
        simulate(other, 0.3, record=["plastic", "post"], seed=3, target=target)
        for target in ("numpy", "cpp_standalone")
    )
    assert np.ptp(numpy.trajectories["plastic"].weights) > 0.01
    assert compiled.weights["plastic"] == pytest.approx(numpy.weights["plastic"], rel=1e-12, abs=0)
    assert np.array_equal(compiled.spikes["post"][0], numpy.spikes["post"][0])


# Different rules, trains and numbers of spikes, so that no result of one run could pass for the other's
ALONE = {"pair_stdp": 1, "spiking_hebbian": 2}
BESIDE = """
import json, process_state, small_networks
from plasticity import spiking
from plasticity.rules import RULES
trains, found = small_networks.trains(10, 20.0, 2.0, {seed}), []
def run():
    weights = spiking.final_weight(RULES[{rule!r}], trains[:5], trains[5:], 0.5, target="cpp_standalone")
    found.extend(weights.tolist())
spiking.final_weight(RULES[{rule!r}], trains[:5], trains[5:], 0.5, target="numpy")
kept = process_state.kept(run)
print(json.dumps([found, [thing for thing in kept if not kept[thing]]]))
"""


@pytest.fixture(scope="module")
def beside(new_processes):
    """Two runs started together, with the same folders: {rule: (weights, what it changed)}, and files left."""
    processes = new_processes()
    running = {rule: processes.start(BESIDE.format(rule=rule, seed=seed)) for rule, seed in ALONE.items()}
    said = {rule: process.communicate() for rule, process in running.items()}
    assert all(process.returncode == 0 for process in running.values()), said
    return {rule: json.loads(out) for rule, (out, _) in said.items()}, processes.left()


@pytest.mark.parametrize("rule", ALONE)
def test_two_runs_at_once_each_equal_their_run_alone(rule, beside):
    times = trains(10, 20.0, 2.0, ALONE[rule])
    alone = events.final_weight(RULES[rule], times[:5], times[5:], 0.5)
    assert beside[0][rule][0] == pytest.approx(alone, rel=1e-12)


@pytest.mark.parametrize("rule", ALONE)
def test_a_compiled_run_leaves_the_process_as_it_was(rule, beside):
    assert beside[0][rule][1] == []


def test_compiled_runs_leave_no_file(beside):
    assert beside[1] == []


CRASH = """
from small_networks import trains
from dataclasses import replace
from plasticity.rules import RULES, unbounded
from plasticity.spiking import Network, Projection, Replay, simulate
rule = unbounded(RULES["pair_stdp"])
tenfold = replace(rule, weight=replace(rule.weight, jumps={"pre": "1e50*w"}))
pre = Replay("pre", [[0.01], [0.01 * k for k in range(1, 9)]])
network = Network([pre, Replay("post", [[]])], [Projection("synapses", "pre", "post", [(0, 0), (1, 0)], 0.5, tenfold)])
simulate(network, 0.1, target="cpp_standalone")
"""


def test_a_compiled_run_that_blows_up_says_where_and_when_and_leaves_no_file(processes):
    # 0.5e50^k is beyond all numbers from the 7th spike on: at 0.07 s, of the second synapse
    done = processes.run(CRASH)
    assert "SimulationError: w of synapses[1] became inf at 0.07 s" in done.stderr
    assert processes.left() == []


INTERRUPTED = """
import process_state
from plasticity import spiking
from small_networks import driven
try:
    with process_state.interrupted_when(lambda what, fraction: "compiling" in what, process_state.has_children):
        spiking.simulate(driven(), 1e5, target="cpp_standalone")
    print("returned")
except KeyboardInterrupt:
    print("interrupted")
"""


def test_ctrl_c_stops_a_build_as_an_interrupt_and_leaves_no_file(processes):
    assert processes.output(INTERRUPTED) == "interrupted\n"
    assert processes.left() == []
