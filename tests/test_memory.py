"""Estimates of memory and time: what is impossible is refused with both figures, what is long says how long."""

import numpy as np
import pytest

from plasticity import memory, spiking
from plasticity.errors import DurationWarning, MemoryLimitError, PlasticityError, TimeLimitError
from plasticity.memory import require_memory, require_time, written_seconds
from plasticity.neurons import NEURONS
from plasticity.progress import listening
from plasticity.rules import RULES
from plasticity.spiking import Network, Population, Projection, simulate

LIF = NEURONS["lif_excitatory"]
ONE = Network([Population("one", LIF)])
MEMORY, HOURS = r"would take .* GiB, and .* are free; it would compute for about", r"would compute for about .* years"


@pytest.mark.parametrize("free", [100.0, 2**40])
def test_what_takes_all_memory_that_is_free_is_allowed_and_no_byte_more(free, monkeypatch):
    monkeypatch.setattr(memory, "free_memory", lambda: free)
    require_memory(free, "it")
    with pytest.raises(MemoryLimitError, match="^it would take .* GiB are free; record less"):
        require_memory(free + 1, "it")


@pytest.mark.parametrize("n_bytes", [np.nan, np.inf])
def test_a_size_that_is_no_number_fits_nowhere(n_bytes):
    with pytest.raises(MemoryLimitError):
        require_memory(n_bytes, "it")


def test_a_refusal_for_memory_says_the_time_too_where_it_is_known(monkeypatch):
    monkeypatch.setattr(memory, "free_memory", lambda: 2.0**30)
    with pytest.raises(MemoryLimitError, match=r"take 2 GiB, and 1 GiB are free; it would compute for about 2 hours;"):
        require_memory(2.0**31, "it", 7200.0)


def test_a_day_is_allowed_and_more_is_refused_with_both_figures():
    with listening(lambda what, fraction: None):
        require_time(86400.0, "it")
    with pytest.raises(TimeLimitError, match="it would compute for about 24.1 hours and take 2 GiB of memory; a day"):
        require_time(86800.0, "it", 2.0**31)


def test_what_takes_more_than_a_minute_warns_whoever_does_not_listen():
    require_time(59.0, "it")
    with pytest.warns(DurationWarning, match="it: takes about 2.78 hours"):
        require_time(1e4, "it")


@pytest.mark.parametrize(
    "seconds, said", [(9.0, []), (11.0, ["it: takes about 11 s"]), (1e4, ["it: takes about 2.78 hours"])]
)
def test_what_takes_more_than_ten_seconds_says_how_long(seconds, said):
    told = []
    with listening(lambda what, fraction: told.append(what)):
        require_time(seconds, "it")
    assert told == said


@pytest.mark.parametrize(
    "seconds, said",
    [
        (1.5, "1.5 s"),
        (90, "90 s"),
        (300, "5 minutes"),
        (1e5, "27.8 hours"),
        (1e6, "11.6 days"),
        (1e12, "3.17e+04 years"),
        (float("inf"), "countless years"),
    ],
)
def test_a_duration_is_written_in_the_unit_of_few_digits(seconds, said):
    assert written_seconds(seconds) == said


IMPOSSIBLE = {
    "neurons without end": (lambda: simulate(Network([Population("many", LIF, 10**9)]), 0.1), MEMORY),
    "neurons beyond counting": (lambda: simulate(Network([Population("many", LIF, 10**15)]), 0.1), MEMORY),
    "30 years": (lambda: simulate(ONE, 1e9), f"{MEMORY}|{HOURS}"),
    "settling without end": (lambda: spiking.rates(LIF, [3e-10], settle=1e18), MEMORY),
    "duration beyond numbers": (lambda: simulate(ONE, 1e308), MEMORY),
    "settling beyond numbers": (lambda: spiking.rates(LIF, [3e-10], settle=1e308, duration=1e308), MEMORY),
    "nanoseconds": (lambda: simulate(ONE, 1e4, dt=1e-9), f"{MEMORY}|{HOURS}"),
    "steps beyond numbers": (lambda: simulate(ONE, 1.0, dt=5e-324), MEMORY),
    "voltages": (lambda: spiking.voltages(LIF, np.zeros(1000), duration=1e6), "recording " + MEMORY),
    "a synapse in nanoseconds": (
        lambda: spiking.final_weight(RULES["pair_stdp"], [0.1], [1e6], 0.5, dt=1e-9),
        "would compute for about",
    ),
    "a synapse in steps beyond numbers": (
        lambda: spiking.final_weight(RULES["pair_stdp"], [0.1], [1.0], 0.5, dt=1e-300),
        "too fine for spikes at 1 s; leave dt out",
    ),
}


@pytest.mark.parametrize("run, said", IMPOSSIBLE.values(), ids=IMPOSSIBLE)
@pytest.mark.parametrize("target", ["numpy", "auto"])
def test_an_impossible_run_is_refused_before_anything_is_made(run, said, target, monkeypatch):
    if target == "numpy":
        monkeypatch.setattr(spiking.targets, "compiler", lambda: "")
    monkeypatch.setattr(spiking.running, "session", None)  # nothing is begun
    monkeypatch.setattr(memory, "free_memory", lambda: 2.0**34)
    with pytest.raises(PlasticityError, match=said):
        run()


def test_the_synapses_count(monkeypatch):
    pairs = np.zeros((10**6, 2), dtype=int)
    network = Network([Population("n", LIF)], [Projection("s", "n", "n", pairs, 0.5)])
    monkeypatch.setattr(memory, "free_memory", lambda: 2.0**20)
    with pytest.raises(MemoryLimitError, match="a run of 100 steps of 1 neurons would take"):
        simulate(network, 0.01)


def test_a_long_run_says_how_long_before_it_begins(monkeypatch):
    told = []
    monkeypatch.setattr(spiking.running, "session", None)
    with listening(lambda what, fraction: told.append((what, fraction))), pytest.raises(TypeError):
        simulate(ONE, 1e3, target="numpy")  # 10 million steps of 5 objects at 3.5 microseconds
    assert told == [("a run of 1e+07 steps of 1 neurons: takes about 2.92 minutes", 0.0)]
