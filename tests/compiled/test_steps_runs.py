"""Compiled networks in steps: pieces of a run, what is drawn at random, numbers that blow up, and what is refused."""

from dataclasses import replace

import numpy as np
import pytest
from steps_cases import LIF, every_rule, readable_rules, trains, varied

from plasticity import compiled, spiking
from plasticity.compiled.steps import log, running
from plasticity.errors import ArgumentError, MemoryLimitError, SimulationError, UnsupportedRule
from plasticity.networks import EventTrain, Network, PoissonInput, Population, Projection, Replay
from plasticity.neurons import NEURONS, rate_in_steps, white_noise, with_parameters
from plasticity.parameters import Parameter
from plasticity.rules import RULES, UNBOUNDED, Rule, scaled, trace, weight, with_conventions

FEW = ("pair_stdp", "presynaptic_centred_stdp", "reward_stdp", "voltage_stdp", "tsodyks_markram_stdp", "calcium")


def simulate(network, duration, **how):
    """Uncompiled, where nothing else is said."""
    return compiled.simulate(network, duration, **{"is_compiled": False, **how})


def some_rules(n=3):
    return every_rule({name: readable_rules()[name] for name in FEW}, n, 2)


def all_of(recording):
    """Every number that a run leaves behind, by name."""
    state = {f"{part}.{name}": values for part, of in recording.state.variables.items() for name, values in of.items()}
    return state | recording.weights


@pytest.mark.parametrize("made, duration, dt", [(some_rules, 0.05, 1e-4), (varied, 0.2, 1e-3)], ids=["rules", "varied"])
def test_two_halves_give_the_whole(made, duration, dt):
    network, at = made(), round(0.41 * duration / dt) * dt
    whole = simulate(network, duration, dt=dt)
    first = simulate(network, at, dt=dt)
    second = simulate(network, duration - at, dt=dt, state=first.state)

    for name, values in all_of(whole).items():
        assert all_of(second)[name] == pytest.approx(values, rel=1e-12, abs=1e-15), name
    for name, spikes in whole.spikes.items():
        halves = [np.concatenate(both) for both in zip(first.spikes[name], second.spikes[name], strict=True)]
        assert all(np.array_equal(*both) for both in zip(halves, spikes, strict=True))


def test_what_is_drawn_goes_on_where_it_stood():
    parts = [PoissonInput("pre", 20, 80.0), Population("post", NEURONS["escape_lif"], 3, 1.5e-10)]
    network = Network(parts, [Projection("s", "pre", "post", [(k, k % 3) for k in range(20)], 0.5, RULES["pair_stdp"])])
    whole, first = simulate(network, 0.1), simulate(network, 0.04)
    second = simulate(network, 0.06, state=first.state)
    assert np.array_equal(second.weights["s"], whole.weights["s"])
    assert sum(train.size for train in whole.spikes["post"]) > 0


def test_spikes_that_are_on_their_way_when_the_log_is_full_arrive(monkeypatch):
    network = some_rules()
    at_once = simulate(network, 0.05)
    monkeypatch.setattr(log, "_SPIKES_AT_ONCE", 1)
    monkeypatch.setattr(running, "_STEPS_AT_ONCE", 7)  # so that it is emptied while spikes are on their way

    in_parts = simulate(network, 0.05)

    for name, values in all_of(at_once).items():
        assert np.array_equal(all_of(in_parts)[name], values), name


def test_compiled_and_plain_python_give_the_same():
    network = every_rule({"pair_stdp": RULES["pair_stdp"]}, 3, 2)
    network = Network(network.populations[:2], network.projections)
    plain, fast = simulate(network, 0.05), simulate(network, 0.05, is_compiled=True)
    for name, values in all_of(plain).items():
        assert all_of(fast)[name] == pytest.approx(values, rel=1e-12, abs=1e-15), name


RATES, CURRENT, NOISY = np.array([0.0, 20.0, 100.0, 400.0]), 1.5e-10, white_noise(with_parameters(LIF, bias=0.1), 3e-3)


@pytest.fixture(scope="module")
def drawn():
    """Spikes of what is drawn at random, in 10 s."""
    parts = [PoissonInput("equal", 50, 40.0), PoissonInput("own", 4, RATES)]
    neurons = {"escape": NEURONS["escape_lif"], "white_noise": NOISY}
    network = Network([*parts, *(Population(name, neuron, 50, CURRENT) for name, neuron in neurons.items())])
    return simulate(network, 10.0, dt=5e-5, seed=3, is_compiled=True).spikes


def test_poisson_input_fires_in_each_step_by_itself_with_the_probability_of_its_rate(drawn):
    counts, p, n_steps = np.array([train.size for train in drawn["equal"]]), 40.0 * 5e-5, 200_000
    # binomial: five standard errors of the mean and of the variance over 50 neurons
    assert abs(counts.mean() - p * n_steps) < 5 * np.sqrt(p * (1 - p) * n_steps / 50)
    assert abs(counts.var(ddof=1) / (p * (1 - p) * n_steps) - 1) < 5 * np.sqrt(2 / 49)


def test_poisson_input_of_many_rates_has_them_all_and_the_intervals_of_steps(drawn):
    counts = np.array([train.size for train in drawn["own"]])
    assert (abs(counts - RATES * 10.0) <= 5 * np.sqrt(RATES * 10.0)).all()
    intervals = np.diff(drawn["own"][3])
    expected = np.sqrt(1 - RATES[3] * 5e-5)  # of a geometric distribution, and five standard errors
    assert abs(intervals.std() / intervals.mean() - expected) < 5 / np.sqrt(intervals.size)


@pytest.mark.parametrize("name, neuron", [("escape", NEURONS["escape_lif"]), ("white_noise", NOISY)])
def test_noise_gives_the_rate_that_is_known_in_closed_form(name, neuron, drawn):
    counts = np.array([np.sum(train > 0.5) for train in drawn[name]]) / 9.5
    # in steps, as the closed form for steps; five standard errors
    expected = float(rate_in_steps(neuron, CURRENT, 5e-5))
    assert abs(counts.mean() - expected) < 5 * counts.std() / np.sqrt(counts.size) + 2e-3 * expected


def test_poisson_input_depends_on_its_seed_and_name_alone():
    def spikes(name, seed, run_seed=0):
        network = Network([PoissonInput("other", 3, 50.0), PoissonInput(name, 3, 50.0, seed=seed)])
        return np.concatenate(simulate(network, 1.0, seed=run_seed).spikes[name])

    assert np.array_equal(spikes("a", 1), spikes("a", 1, run_seed=5))
    assert not np.array_equal(spikes("a", 1), spikes("a", 2)) and not np.array_equal(spikes("a", 1), spikes("b", 1))


def test_random_jumps_have_the_mean_and_the_spread_that_the_rule_says():
    rule = Rule("made", "our choice", (), weight({"pre": "0.1"}, scatter={"pre": "0.2"}, bounds=UNBOUNDED))
    network = Network(
        [Replay("pre", [[0.01]] * 2000), Replay("post", [[]])],
        [Projection("s", "pre", "post", [(k, 0) for k in range(2000)], 0.5, rule)],
    )
    changes = simulate(network, 0.02).weights["s"] - 0.5
    assert abs(changes.mean() - 0.1) < 5 * 0.2 / np.sqrt(2000) and abs(changes.std() / 0.2 - 1) < 5 / np.sqrt(4000)


def test_white_noise_of_the_weight_spreads_with_the_root_of_time():
    rule = Rule("made", "our choice", (Parameter("s", 0.5, "1/s"),), weight({}, noise="s**0.5", bounds=UNBOUNDED))
    pairs = [(k, 0) for k in range(1000)]
    network = Network(
        [Replay("pre", [[]] * 1000), Replay("post", [[]])], [Projection("s", "pre", "post", pairs, 0.5, rule)]
    )
    changes = simulate(network, 0.04, dt=2e-3).weights["s"] - 0.5
    expected = np.sqrt(0.5 * 0.04)  # and five standard errors
    assert abs(changes.mean()) < 5 * expected / np.sqrt(1000) and abs(changes.std() / expected - 1) < 5 / np.sqrt(2000)


def test_a_weight_that_is_no_number_stops_the_run_with_its_name_place_and_time():
    rule = Rule(
        "wild", "our choice", (), weight({"pre": "1/(r_post - 1)"}, bounds=UNBOUNDED),
        (replace(trace("r_post", "post", "tau"), flow="0"),), (),
    )  # fmt: skip
    pre, post = Replay("pre", [[], [0.005, 0.02]]), Replay("post", [[0.01]])
    network = Network([pre, post], [Projection("s", "pre", "post", [(1, 0), (0, 0)], 0.5, rule)])
    with pytest.raises(SimulationError, match=r"^w of s\[0\] .* at 0.02 s; check"):
        simulate(network, 0.05)


@pytest.mark.parametrize("record", [[], ["post"]], ids=["not recorded", "recorded"])
def test_a_voltage_that_is_no_number_stops_the_run(record):
    pull = Projection("s", "pre", "post", [(0, 1)], 1e308)
    huge = replace(LIF, parameters=tuple(replace(p, value=1e90) if p.name == "R_m" else p for p in LIF.parameters))
    post = Population("post", huge, 2)
    network = Network([Replay("pre", [[0.01]], sign=-1), post], [pull])
    with pytest.raises(SimulationError, match=r"v of post\[1\] is -inf at"):
        simulate(network, 0.05, record=record)


def test_random_jumps_under_conventions_that_are_not_read_are_refused_with_the_engine_that_reads_them():
    rule = with_conventions(RULES["van_rossum_stdp"], coincidence="pre first")
    network = Network([Replay("a", [[0.01]]), Replay("b", [[0.01]])], [Projection("s", "a", "b", [(0, 0)], 0.5, rule)])
    with pytest.raises(UnsupportedRule, match="random jumps under these conventions.*plasticity.spiking.simulate"):
        simulate(network, 0.1)


def test_a_run_that_does_not_fit_into_memory_is_refused_with_the_figure():
    network = Network([Population("post", LIF, 1000)])
    with pytest.raises(MemoryLimitError, match=r"a run of 1e\+06 s, compiled, would take .* GiB"):
        simulate(network, 1e6, record=["post"])


def test_the_state_of_another_network_is_refused_in_one_line():
    network = Network([Population("post", LIF, 2)])
    state = simulate(network, 0.01).state
    for other in (Network([Population("post", LIF, 3)]), Network([Population("other", LIF, 2)])):
        with pytest.raises(ArgumentError, match="state|spikes") as caught:
            simulate(other, 0.01, state=state)
        assert "\n" not in str(caught.value)


def test_a_third_event_that_comes_with_spikes_finds_each_synapse_once():
    rule = scaled(RULES["reward_stdp"], 1.0)
    pre, post = Replay("pre", trains(3, 80.0, 0.1, 1, 1e-3)), Replay("post", trains(3, 80.0, 0.1, 2, 1e-3))
    everywhere = np.arange(1, 100) * 1e-3  # so that every spike comes with one
    network = Network(
        [pre, post],
        [Projection("s", "pre", "post", [(k, k) for k in range(3)], 0.5, rule)],
        [EventTrain("reward", everywhere)],
    )
    brian2 = spiking.simulate(network, 0.1, dt=1e-3, target="numpy").weights["s"]
    assert simulate(network, 0.1, dt=1e-3).weights["s"] == pytest.approx(brian2, rel=1e-12)
