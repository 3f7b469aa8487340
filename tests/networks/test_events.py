"""Events besides spikes: each that a rule hears has a train, each train a rule that hears it."""

from dataclasses import replace

import numpy as np
import pytest

from plasticity.errors import ArgumentError, SpikeTrainError
from plasticity.networks import EventTrain, Network, Projection, Replay
from plasticity.networks.given import spikes_of
from plasticity.rules import RULES, trace

PAIR = RULES["pair_stdp"]
REWARDED = replace(
    PAIR, name="rewarded", events=("pre", "post", "reward"), state=(*PAIR.state, trace("d", "reward", "tau_plus"))
)


def network(*events, rule=PAIR):
    ends = [Replay("a", [[0.01]]), Replay("b", [[0.02]])]
    return Network(ends, [Projection("s", "a", "b", [(0, 0)], 0.5, rule)], list(events))


def test_the_times_of_an_event_are_steps_of_the_grid():
    found = spikes_of(EventTrain("reward", [0.1, 0.1 + 0.2, 0.5]), 4000, 1e-4)
    assert found.step.tolist() == [1000, 3000] and found.neuron.tolist() == [0, 0]


def test_the_times_of_an_event_may_carry_a_unit():
    import quantities as pq

    assert EventTrain("reward", [10, 30] * pq.ms).times.tolist() == [0.01, 0.03]


REFUSED = {
    "no times": (lambda: network(rule=REWARDED), r"s hears 'reward', .* events=\[EventTrain\('reward', times"),
    "nobody hears": (lambda: network(EventTrain("reward", [0.1])), "no rule .* hears 'reward'; .*heard: none"),
    "another word": (
        lambda: network(EventTrain("rewards", [0.1]), rule=REWARDED), "rewarded of s hears 'reward', of which"
    ),
    "twice": (lambda: network(EventTrain("r", []), EventTrain("r", [])), "the name 'r' is used twice"),
    "name of a population": (lambda: network(EventTrain("a", [])), "the name 'a' is used twice"),
    "a dictionary": (lambda: replace(network(), events={"reward": [0.1]}), "the events are .*; a list of EventTrain"),
    "a train alone": (lambda: network([0.1]), r"the events hold \[0.1\]; EventTrain is allowed"),
    "a spike": (lambda: EventTrain("post", [0.1]), "an event is called 'post', which are spikes"),
    "no name": (lambda: EventTrain("a b", [0.1]), "the name 'a b' is no identifier"),
    "no train of times": (lambda: EventTrain("r", 0.1), "the times of r is 0.1; a sequence"),
    "several trains": (lambda: EventTrain("r", [[0.1], [0.2]]), "the times of r is 2 trains; one"),
    "unsorted": (lambda: EventTrain("r", [0.2, 0.1]), "the times of r is not sorted"),
    "beside the grid": (
        lambda: spikes_of(EventTrain("r", [0.00105]), 10, 1e-4), "the event of r at 0.00105 s is not on the grid"
    ),
    "before 0": (lambda: spikes_of(EventTrain("r", [-0.1]), 10, 1e-4), "a train of r holds the time -0.1 s"),
}  # fmt: skip


@pytest.mark.parametrize(("made", "said"), REFUSED.values(), ids=REFUSED)
def test_events_that_do_not_fit_are_refused_in_one_line(made, said):
    with pytest.raises((ArgumentError, SpikeTrainError), match=said) as caught:
        made()
    assert "\n" not in str(caught.value)


def test_an_event_in_single_precision_keeps_its_precision():
    times = np.array([0.1, 0.3], dtype=np.float32)
    assert spikes_of(EventTrain("reward", times), 4000, 1e-4).step.tolist() == [1000, 3000]
