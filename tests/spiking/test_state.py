"""A run in pieces gives what the whole gives: weights, traces, refractory neurons, spikes on their way, noise."""

from dataclasses import replace

import numpy as np
import pytest
from changing import with_delay
from neurons.more_neurons import ADAPTIVE
from small_networks import DT, driven, trains

from plasticity.errors import ArgumentError
from plasticity.networks import EventTrain, Network, PoissonInput, Population, Projection, Recording, Replay, State
from plasticity.neurons import NEURONS
from plasticity.parameters import Parameter
from plasticity.rules import RULES, Rule, Variable, trace, weight
from plasticity.spiking import simulate

LIF = NEURONS["lif_excitatory"]


def in_pieces(network: Network, *durations: float, **how) -> list[Recording]:
    """Runs one after another, each from the state that the one before left."""
    runs: list[Recording] = []
    for duration in durations:
        runs.append(simulate(network, duration, state=runs[-1].state if runs else None, **how))
    return runs


def assert_alike(network: Network, whole: Recording, pieces: list[Recording]) -> None:
    """Every number of the pieces, put together, within 1e-12 of the whole's."""
    for name, voltages in whole.voltages.items():
        put_together = np.concatenate([piece.voltages[name] for piece in pieces])
        assert put_together == pytest.approx(voltages, rel=1e-12, abs=0), name
    for name, trajectory in whole.trajectories.items():
        put_together = np.concatenate([piece.trajectories[name].weights for piece in pieces], axis=1)
        assert put_together == pytest.approx(trajectory.weights, rel=1e-12, abs=0), name
    for population in network.populations:
        for k, train in enumerate(whole.spikes[population.name]):
            put_together = np.concatenate([piece.spikes[population.name][k] for piece in pieces])
            assert np.array_equal(put_together, train), population.name
    assert np.array_equal(np.concatenate([piece.times for piece in pieces]), whole.times)
    for part, variables in whole.state.variables.items():
        for name, values in variables.items():
            last = pieces[-1].state.variables[part][name]
            assert last == pytest.approx(values, rel=1e-12, abs=1e-300), f"{name} of {part}"


# The second begins while spikes are on their way (delay 1 ms) and, as the spikes show, in a refractory time
@pytest.mark.parametrize("at", [0.25, 0.1234, 0.3011])
def test_two_halves_of_a_network_that_learns_give_the_whole(at):
    network, kept = driven(), ["plastic", "post"]
    whole = simulate(network, 0.5, record=kept)
    halves = in_pieces(network, at, 0.5 - at, record=kept)

    assert_alike(network, whole, halves)
    assert whole.spikes["post"][0].size > 5 and np.ptp(whole.trajectories["plastic"].weights) > 0.01


def test_a_cut_in_the_refractory_time_holds_the_neuron_as_long():
    network = Network([Population("post", LIF, 1, 5e-10)])
    whole = simulate(network, 0.1, record=["post"])
    first = whole.spikes["post"][0][2]
    for later in (1, 10, 20, 21):  # of 20 steps
        at = first + later * DT
        assert_alike(network, whole, in_pieces(network, at, 0.1 - at, record=["post"]))


PAIR = RULES["pair_stdp"]


@pytest.mark.parametrize("rule", [PAIR, with_delay(with_delay(PAIR, "pre", 16e-3), "post", 2e-3)], ids=["at", "beside"])
def test_pieces_shorter_than_the_delays_give_the_whole(rule):
    pre, post = trains(3, 60.0, 0.1, seed=1), trains(3, 60.0, 0.1, seed=2)
    synapses = [
        Projection("learning", "pre", "post", [(k, k) for k in range(3)], 0.5, rule, delay=12e-3),
        Projection("driving", "pre", "neuron", [(k, 0) for k in range(3)], 0.5, delay=12e-3),
    ]
    network = Network([Replay("pre", pre), Replay("post", post), Population("neuron", LIF, 1, 1.7e-10)], synapses)
    whole = simulate(network, 0.1, record=["learning", "neuron"])
    pieces = in_pieces(network, *[5e-3] * 20, record=["learning", "neuron"])

    assert_alike(network, whole, pieces)
    assert np.ptp(whole.trajectories["learning"].weights) > 1e-3


def rewarded():
    """Eligibility from pairs, turned into weight by a reward that arrives 5 ms late."""
    times = [Parameter("tau_e", 0.1, "ms"), Parameter("tau_d", 0.05, "ms"), Parameter("D", 5e-3, "ms")]
    eligible = {"pre": "-A_minus*r_post", "post": "A_plus*r_pre"}
    state = (*PAIR.state, Variable("e", eligible, flow="-e/tau_e"), trace("d", "reward", "tau_d"))
    return Rule("rewarded", "our choice", (*PAIR.parameters, *times), weight({}, flow="e*d/tau_d"), state,
                events=("pre", "post", "reward"), delays={"reward": "D"})  # fmt: skip


def test_a_reward_on_its_way_and_the_eligibility_go_on():
    ends = [PoissonInput("a", 3, 60.0, seed=1), PoissonInput("b", 3, 60.0, seed=2)]
    synapses = Projection("s", "a", "b", [(k, k) for k in range(3)], 0.5, rewarded(), delay=2e-3)
    network = Network(ends, [synapses], [EventTrain("reward", [0.05, 0.099, 0.15])])
    whole, halves = simulate(network, 0.2, record=["s"]), in_pieces(network, 0.1, 0.1, record=["s"])

    assert_alike(network, whole, halves)
    assert halves[0].state.spikes["reward"][0].tolist() == [0.099] and np.ptp(whole.trajectories["s"].weights) > 1e-3


@pytest.mark.parametrize("name", ["escape_lif", "white_noise_lif"])
def test_noise_goes_on_where_it_stood(name):
    network = Network([PoissonInput("pre", 2, 80.0), Population("post", NEURONS[name], 3, 1.5e-10)],
                      [Projection("s", "pre", "post", [(0, 0), (1, 1)], 0.5, RULES["pair_stdp"])])  # fmt: skip
    whole = simulate(network, 0.4, record=["post"], seed=5)
    halves = in_pieces(network, 0.1, 0.3, record=["post"], seed=5)

    assert_alike(network, whole, halves)
    assert sum(train.size for train in whole.spikes["post"]) > 5


@pytest.mark.parametrize(
    "neuron, current",
    [(ADAPTIVE, 1e-9), *((NEURONS[name], 1e-9) for name in ("lif_conductance", "hodgkin_huxley", "quadratic"))],
    ids=str,
)
def test_neurons_of_other_kinds_go_on_as_they_were(neuron, current):
    dt = 2e-5
    parts = [PoissonInput("pre", 2, 80.0, seed=1), Population("post", neuron, 1, current)]
    synapses = [Projection("s", "pre", "post", [(0, 0), (1, 0)], 0.5, RULES["pair_stdp"], delay=1e-3)]
    network = Network(parts, synapses if neuron.receptors else [])
    whole = simulate(network, 0.12, record=["post"], dt=dt)
    at = whole.spikes["post"][0][1] + 2 * dt
    assert_alike(network, whole, in_pieces(network, at, 0.12 - at, record=["post"], dt=dt))


def test_noise_that_the_state_does_not_tell_is_drawn_anew():
    network = Network([Population("post", NEURONS["white_noise_lif"], 1)])
    first = simulate(network, 0.05, record=["post"])
    second = simulate(network, 0.05, record=["post"], state=replace(first.state, noise={}))
    steps = [np.diff(run.voltages["post"][:, 0]) for run in (first, second)]
    assert abs(np.corrcoef(*steps)[0, 1]) < 5 / np.sqrt(steps[0].size)


def test_a_current_that_changes_counts_from_the_start_of_the_first_run():
    current = np.linspace(0, 4e-10, 1000)[:, None]
    network = Network([Population("post", LIF, 1, current)])
    assert_alike(network, simulate(network, 0.1), in_pieces(network, 0.06, 0.04))


def test_a_state_names_what_it_holds_as_the_records_do():
    state = simulate(driven(), 0.1).state
    assert state.time == pytest.approx(0.1) and set(state.variables) == {"post", "plastic", "fixed"}
    assert set(state.variables["post"]) >= {"v", "I_syn", "lastspike"}
    assert set(state.variables["plastic"]) >= {"w", "r_pre", "r_post"} and set(state.variables["fixed"]) == {"w"}
    assert [len(trains) for trains in state.spikes.values()] == [4, 2, 1]


def test_a_state_keeps_only_the_spikes_that_may_be_on_their_way():
    pre = Replay("pre", [[0.001, 0.0051, 0.0085, 0.0099]])
    network = Network([pre, Population("post", LIF)], [Projection("s", "pre", "post", [(0, 0)], 0.5, delay=2e-3)])
    assert simulate(network, 0.01).state.spikes["pre"][0] == pytest.approx([0.0085, 0.0099])


def test_weights_may_be_changed_between_two_runs():
    network = driven()
    state = simulate(network, 0.1).state
    synapses = {**state.variables["plastic"], "w": np.zeros(4)}
    changed = replace(state, variables={**state.variables, "plastic": synapses})
    after = simulate(network, 0.1, state=changed, record=["plastic"])
    assert after.trajectories["plastic"].weights[:, 0].tolist() == [0.0] * 4


STATE = simulate(driven(), 0.01).state


def other(**parts):
    """The network of STATE, with some parts changed."""
    network = driven()
    populations = [parts.get(p.name, p) for p in network.populations]
    return Network(populations, [parts.get(p.name, p) for p in network.projections])


def without(part: str, name: str) -> State:
    kept = {key: value for key, value in STATE.variables[part].items() if key != name}
    return replace(STATE, variables={**STATE.variables, part: kept})


REFUSED = {
    "no state": (driven, {"state": 5}, "the state is 5; a State is allowed"),
    "beside the grid": (
        driven, {"state": replace(STATE, time=0.01005)}, "the time of the state = 10.05 ms is no multiple of the step"
    ),
    "compiled": (driven, {"state": STATE, "target": "cpp_standalone"}, "'cpp_standalone' takes up no state"),
    "fewer parts": (
        lambda: Network(driven().populations), {"state": STATE}, "parts fixed, plastic, post, the network has post;"
    ),
    "another rule": (
        lambda: other(plastic=replace(driven().projections[0], rule=RULES["triplet_stdp"], weight=0.5)),
        {"state": STATE}, "the state of plastic holds r_post, .*, w, and it has the variables .*; the same",
    ),
    "another size": (
        lambda: other(post=Population("post", LIF, 2)),
        {"state": STATE},
        "spikes of 1 neurons of post, the network has 2;",
    ),
    "fewer synapses": (
        lambda: other(plastic=replace(driven().projections[0], pairs=[(0, 0)])), {"state": STATE},
        "the state of plastic is one of 4, and the network has 1",
    ),
    "a variable lost": (driven, {"state": without("plastic", "r_pre")}, "the state of plastic holds"),
    "spikes of nobody": (
        driven, {"state": replace(STATE, spikes={"nobody": []})}, "0 neurons of nobody, the network has 0"
    ),
    "noise": (driven, {"state": replace(STATE, noise={"key": 5})}, "the noise of the state is none that a run"),
}  # fmt: skip


@pytest.mark.parametrize(("network", "how", "said"), REFUSED.values(), ids=REFUSED)
def test_the_state_of_another_network_is_refused_in_one_line(network, how, said):
    with pytest.raises(ArgumentError, match=said) as caught:
        simulate(network(), 0.01, **how)
    assert "\n" not in str(caught.value)


WRONG = {
    "time": (lambda: replace(STATE, time=-1.0), "the time of a state is -1 s; 0 s or more"),
    "variables": (
        lambda: replace(STATE, variables=[1.0]),
        r"the variables of a state are \[1.0\]; a dict",
    ),
    "of a part": (lambda: State(0.0, {"post": [1.0]}), r"the variables of 'post' in the state are \[1.0\]"),
    "one number": (lambda: State(0.0, {"post": {"v": 1.0}}), r"v of post in the state: the shape is \(\)"),
    "NaN": (lambda: State(0.0, {"post": {"v": [np.nan]}}), "v of post in the state is nan at index 0"),
    "spikes": (lambda: State(0.0, {}, {"pre": 0.1}), "the spikes of 'pre' in the state is 0.1; a list"),
    "one train": (lambda: State(0.0, {}, {"pre": [0.1]}), r"the spikes of pre in the state: the shape is \(\)"),
}


@pytest.mark.parametrize(("made", "said"), WRONG.values(), ids=WRONG)
def test_what_is_no_state_is_refused_when_it_is_made(made, said):
    with pytest.raises(ArgumentError, match=said) as caught:
        made()
    assert "\n" not in str(caught.value)


def test_trains_count_from_the_start_of_the_first_run():
    network = Network([Replay("pre", [[0.001, 0.012]])])
    assert [run.spikes["pre"][0].tolist() for run in in_pieces(network, 0.01, 0.01)] == [[0.001], [0.012]]
