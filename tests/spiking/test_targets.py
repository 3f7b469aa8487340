"""The choice of code generation, and everything without a compiler."""

import itertools
import time

import pytest

from plasticity.errors import ArgumentError, SimulationError
from plasticity.networks import Network, PoissonInput, Population, Projection, all_to_all
from plasticity.neurons import NEURONS
from plasticity.rules import RULES
from plasticity.spiking import costs, simulate, targets
from plasticity.spiking.targets import BUILD_SECONDS, SECONDS_PER_ELEMENT, SECONDS_PER_OBJECT, chosen, compiler

LIF, ENDS = NEURONS["lif_excitatory"], ("pre", "post")
# What a step of 10 objects of 100 elements in all costs, and how many of them cost as much as a build
OF_A_STEP = {"n_objects": 10, "n_elements": 100}
STEPS_OF_A_BUILD = BUILD_SECONDS / (10 * SECONDS_PER_OBJECT + 100 * SECONDS_PER_ELEMENT)


@pytest.fixture(params=["/usr/bin/g++", ""], ids=["compiler", "no compiler"])
def found(request, monkeypatch):
    monkeypatch.setattr(targets, "compiler", lambda: request.param)
    monkeypatch.setattr(costs, "compiler", lambda: request.param)
    return request.param


def test_a_run_shorter_than_a_build_uses_numpy(found):
    assert chosen("auto", n_steps=int(0.99 * STEPS_OF_A_BUILD), **OF_A_STEP) == "numpy"


def test_a_run_longer_than_a_build_uses_cpp_where_there_is_a_compiler(found):
    expected = "cpp_standalone" if found else "numpy"
    assert chosen("auto", n_steps=int(1.01 * STEPS_OF_A_BUILD), **OF_A_STEP) == expected


def test_cython_is_never_chosen_unasked(found):
    sizes = itertools.product([1, 10**4, 10**8], [1, 100], [1, 10**6])
    picked = {chosen("auto", n_steps=s, n_objects=o, n_elements=e) for s, o, e in sizes}
    assert picked == ({"numpy", "cpp_standalone"} if found else {"numpy"})


@pytest.mark.parametrize("target", ["cython", "cpp_standalone"])
def test_a_target_that_is_asked_for_is_taken_or_refused_for_lack_of_a_compiler(target, found):
    if found:
        assert chosen(target, n_steps=1, n_objects=1, n_elements=1) == target
    else:
        with pytest.raises(SimulationError, match=f"'{target}' needs a C.. compiler.*use target='numpy'"):
            chosen(target, n_steps=1, n_objects=1, n_elements=1)


def test_an_unknown_target_is_refused_with_the_known_ones():
    with pytest.raises(ArgumentError, match="'fortran'; allowed: auto, numpy, cython, cpp_standalone"):
        chosen("fortran", n_steps=1, n_objects=1, n_elements=1)


@pytest.mark.parametrize("present", [["g++"], ["make"], []])
def test_a_compiler_counts_only_together_with_make(present, monkeypatch):
    monkeypatch.delenv("CXX", raising=False)
    monkeypatch.setattr(targets.shutil, "which", lambda name: f"/bin/{name}" if name in present else None)
    assert compiler() == ""


def test_the_compiler_that_the_environment_names_is_the_one_that_make_uses(monkeypatch):
    monkeypatch.setenv("CXX", "clang++")
    monkeypatch.setattr(targets.shutil, "which", lambda name: f"/bin/{name}")
    assert compiler() == "/bin/clang++"


EVERYTHING = """
from plasticity import events, spiking
from plasticity.errors import SimulationError
from plasticity.neurons import NEURONS
from plasticity.rules import RULES
from plasticity.spiking.targets import chosen
from small_networks import driven
task = RULES["pair_stdp"], [0.1, 0.2], [0.11, 0.21], 0.5
assert abs(spiking.final_weight(*task) - events.final_weight(*task)) < 1e-12
assert abs(spiking.trajectory(*task).weights - events.trajectory(*task).weights).max() < 1e-12
assert [s.n_spikes > 0 for s in spiking.rates(NEURONS["lif_excitatory"], [3e-10])] == [True]
assert spiking.simulate(driven(), 0.1, record=["post"]).voltages["post"].shape == (1000, 1)
assert chosen("auto", n_steps=10**9, n_objects=10, n_elements=1) == "numpy"
try:
    spiking.final_weight(*task, target="cpp_standalone")
except SimulationError as error:
    print(error)
"""


def without_compiler(code, processes):
    """What code prints where the path holds nothing; programs cannot be hidden otherwise."""
    return processes.output(code, PATH=str(processes.temporary), CXX="")


def test_everything_works_without_a_compiler_and_asking_for_cpp_is_a_clear_error(processes):
    said = without_compiler(EVERYTHING, processes)
    assert said == "the target 'cpp_standalone' needs a C++ compiler and make, not found; use target='numpy'\n"


@pytest.mark.parametrize("arguments", [["quiz", "hebbian-together"], ["doctor"]], ids=lambda a: a[0])
def test_the_commands_work_without_a_compiler(arguments, processes):
    code = f"import sys; sys.argv[1:] = {arguments}; from plasticity.cli import main; main()"
    assert without_compiler(code, processes).strip()


def test_a_network_of_many_synapses_is_compiled_though_its_neurons_are_few(found):
    pairs = all_to_all(1000, 1000)
    network = Network(
        [PoissonInput("pre", 1000, 50.0), Population("post", LIF, 1000)], [Projection("s", *ENDS, pairs, 0.1)]
    )
    few = Network([*network.populations], [Projection("s", *ENDS, pairs[:1000], 0.1)])
    picked = [costs.require_possible(one, 1e5, 1e-4, [], "auto") for one in (few, network)]
    assert picked == (["numpy", "cpp_standalone"] if found else ["numpy", "numpy"])


def test_the_time_that_is_estimated_grows_with_spikes_and_with_synapses(found):
    def seconds(rate, n_synapses):
        parts = [PoissonInput("pre", 100, rate), PoissonInput("post", 100, 1.0)]
        network = Network(parts, [Projection("s", *ENDS, all_to_all(100, 100)[:n_synapses], 0.1)])
        return {target: of for target, (of, _) in costs.estimates(network, 1e6).items()}

    for target, less in seconds(10.0, 5_000).items():
        # 100 s of 10 Hz through 5000 synapses: 5 million events, of 15 ns and more
        assert seconds(100.0, 5_000)[target] - less > 9 * 0.07 and seconds(10.0, 10_000)[target] - less > 0.07


@pytest.mark.parametrize("rate", [0.0, 200.0])
def test_the_time_that_is_estimated_is_right_to_a_factor_of_a_few(rate):
    pairs = all_to_all(100, 100)
    rule = RULES["pair_stdp"]
    network = Network(
        [PoissonInput("pre", 100, rate), PoissonInput("post", 100, 5.0)], [Projection("s", *ENDS, pairs, 0.5, rule)]
    )
    simulate(network, 0.01, target="numpy")  # Brian2 is imported, and what it keeps is there
    begin = time.process_time()
    simulate(network, 0.5, target="numpy")
    assert 0.1 < costs.estimates(network, 5000)["numpy"][0] / (time.process_time() - begin) < 10
