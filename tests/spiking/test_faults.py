"""Numbers that are none, steps that are too coarse, recordings that do not fit: each stops with the figure."""

import os
import re
from dataclasses import replace

import numpy as np
import pytest
from changing import with_changes

from plasticity import memory, spiking
from plasticity.errors import ArgumentError, MemoryLimitError, SimulationError
from plasticity.neurons import NEURONS, Variable, with_parameters
from plasticity.rules import RULES, unbounded, with_bounds
from plasticity.spiking import Network, Population, Projection, Replay, simulate

# The weight grows 1e50-fold at a presynaptic spike: 0.5e50^k is beyond all numbers from the 7th one on
TENFOLD = replace(with_changes(unbounded(RULES["pair_stdp"]), pre="1e50*w"), name="tenfold")
FEW, MANY = [0.01], [0.01 * k for k in range(1, 9)]


@pytest.mark.parametrize("reader", [spiking.final_weight, spiking.trajectory])
@pytest.mark.parametrize("dt", [None, 1e-4])
def test_a_weight_that_grows_beyond_all_numbers_stops_with_index_and_time(reader, dt):
    with pytest.raises(SimulationError, match=r"w of tenfold\[1\] became inf at 0\.07 s"):
        reader(TENFOLD, [FEW, MANY], [[], []], 0.5, dt=dt)


# 0/0 and 1/0 are what symbolic algebra takes for 1 and for no number at all; a logarithm it leaves alone
@pytest.mark.parametrize("dw, value", [("log(-w)", "nan"), ("(w - w)/(w - w)", "nan"), ("1/(A_plus - A_plus)", "inf")])
def test_a_weight_that_is_no_number_stops_with_index_and_time(dw, value):
    undefined = replace(with_changes(unbounded(RULES["pair_stdp"]), pre="0", post=dw), name="undefined")
    with pytest.raises(SimulationError, match=rf"w of undefined\[2\] became {value} at 0\.02 s"):
        spiking.final_weight(undefined, [FEW] * 3, [[], [], [0.02]], 0.5)


@pytest.mark.parametrize("dw", ["log(-w)", "1/(A_plus - A_plus)"])
def test_a_weight_that_bounds_would_hide_stops_with_index_and_time(dw):
    hidden = replace(with_changes(RULES["pair_stdp"], pre="0", post=dw), name="hidden")
    with pytest.raises(SimulationError, match=r"w of hidden\[2\] (became|would have become) .* at 0\.02 s"):
        spiking.final_weight(hidden, [FEW] * 3, [[], [], [0.02]], 0.5)


@pytest.mark.parametrize("record", [[], ["synapses"]])
def test_a_weight_in_a_network_that_blows_up_stops_with_index_and_time(record):
    pre, post = Replay("pre", [FEW, MANY]), Replay("post", [[]])
    network = Network([pre, post], [Projection("synapses", "pre", "post", [(0, 0), (1, 0)], 0.5, TENFOLD)])
    with pytest.raises(SimulationError, match=r"w of synapses\[1\] became inf at 0\.07 s"):
        simulate(network, 1.0, record=record)


def test_a_rule_that_blows_up_between_bounds_is_held_by_them():
    bounded = with_bounds(TENFOLD, RULES["pair_stdp"].bounds)
    assert spiking.final_weight(bounded, MANY, [], 0.5) == 1.0


DOWNWARDS = replace(
    NEURONS["lif_excitatory"],
    variables=(
        # -1e9 v^2 per second and volt under a nanoampere
        Variable("v", flow="7e4*current/J_syn*v*v/(E_L*tau_m)", unit="mV", start="E_L"),
        Variable("I_syn", flow="-I_syn/tau_syn", unit="pA"),
    ),
    integration="euler",
)


def blow_up_of_a_voltage(record):
    network = Network([Population("post", DOWNWARDS, 2, np.array([0.0, 1e-9]))])
    with pytest.raises(SimulationError, match=r"v of post\[1\] is -inf at .* s;") as caught:
        simulate(network, 1.0, record=record)
    return float(re.search(r"at (\S+) s;", str(caught.value))[1])


def test_a_recorded_voltage_that_blows_up_stops_with_index_and_time():
    v, n = np.float64(-0.07), 0
    while np.isfinite(v):
        with np.errstate(over="ignore"):
            v, n = v + 1e-4 * (-1e9 * v * v), n + 1
    assert blow_up_of_a_voltage(["post"]) == pytest.approx(n * 1e-4)


def test_a_voltage_that_blows_up_stops_the_run_soon_when_it_is_not_recorded():
    assert blow_up_of_a_voltage([]) < 0.2  # of 1 s


@pytest.mark.filterwarnings("ignore::plasticity.errors.UnitWarning")  # of a size that no constant has
def test_a_synaptic_current_that_blows_up_is_found_while_the_neuron_is_reset():
    # infinite at the first spike; the voltage it causes is reset and held, so it is finite most of the time
    neuron = with_parameters(NEURONS["lif_excitatory"], J_syn=1e300)
    network = Network(
        [Replay("pre", [[0.01]]), Population("post", neuron)],
        [Projection("synapses", "pre", "post", [(0, 0)], 1e300)],
    )
    with pytest.raises(SimulationError, match=r"I_syn of post\[0\] is inf at"):
        simulate(network, 0.0105)


PAIR = [Replay("pre", [[0.1]]), Replay("post", [[0.12]])]
STEPPED = {  # with the smallest time constant that each run has to resolve
    "rule": (lambda dt: spiking.final_weight(RULES["pair_stdp"], [0.1], [0.12], 0.5, dt=dt), 20e-3),
    "projection": (
        lambda dt: simulate(
            Network(PAIR, [Projection("s", "pre", "post", [(0, 0)], 0.5, RULES["pair_stdp"])]), 0.2, dt=dt
        ),
        20e-3,
    ),
    "neuron": (lambda dt: simulate(Network([Population("post", NEURONS["lif_excitatory"])]), 0.2, dt=dt), 5e-3),
}


@pytest.mark.parametrize("run, time_constant", STEPPED.values(), ids=STEPPED)
def test_a_step_of_a_tenth_of_the_smallest_time_constant_is_accepted(run, time_constant):
    assert run(time_constant / 10) is not None


@pytest.mark.parametrize("run, time_constant", STEPPED.values(), ids=STEPPED)
def test_a_coarser_step_is_refused_with_the_step_that_is_allowed(run, time_constant):
    with pytest.raises(
        SimulationError, match=f"too coarse.*= {time_constant * 1e3:g} ms; {time_constant * 100:g} ms or"
    ):
        run(time_constant / 9)


@pytest.mark.parametrize("dt", [0.0, -1e-4, np.nan, np.inf])
def test_a_step_that_is_no_positive_number_is_refused(dt):
    with pytest.raises(ArgumentError, match="the step is"):
        spiking.final_weight(RULES["pair_stdp"], [0.1], [0.12], 0.5, dt=dt)


@pytest.mark.parametrize("duration", [0.0, -1.0, np.nan, np.inf, 1e-5])
def test_a_duration_shorter_than_a_step_is_refused(duration):
    with pytest.raises(ArgumentError, match="the duration is"):
        simulate(Network(PAIR), duration)


def test_a_recording_larger_than_the_memory_is_refused_with_both_figures():
    # 3 numbers of 8 bytes in each of 1e13 steps: 223517 GiB
    network = Network([Population("post", NEURONS["lif_excitatory"], 3)])
    with pytest.raises(MemoryLimitError, match=r"recording would take 2\.24e\+05 GiB, and .* GiB are free"):
        simulate(network, 1e9, record=["post"])


def test_the_memory_that_is_free_decides_over_a_recording(monkeypatch):
    network, n_bytes = Network([Population("post", NEURONS["lif_excitatory"])]), 8 * 100
    monkeypatch.setattr(memory, "free_memory", lambda: n_bytes)
    assert simulate(network, 0.01, record=["post"]).voltages["post"].nbytes == n_bytes
    with pytest.raises(MemoryLimitError, match="are free"):
        simulate(network, 0.0101, record=["post"])


def test_a_trajectory_larger_than_the_memory_is_refused(monkeypatch):
    monkeypatch.setattr(memory, "free_memory", lambda: 100.0)
    with pytest.raises(MemoryLimitError, match="are free"):
        spiking.trajectory(RULES["pair_stdp"], [0.1, 0.2], [0.11, 0.21], 0.5)


def test_free_memory_is_a_part_of_all_memory():
    assert 0 < memory.free_memory() <= os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
