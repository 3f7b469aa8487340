"""The weight at a time after the last event: what still flows moves it."""

import numpy as np
import pytest

from plasticity import RULES, events
from plasticity.errors import SpikeTrainError

CALCIUM = RULES["calcium"]


def test_a_run_that_is_read_later_is_a_run_with_an_event_that_does_nothing_later():
    # A postsynaptic spike far behind finds the weight as it was left, and its own calcium comes after it
    later = events.states(CALCIUM, [0.01], [0.03], [1.0], w0=0.5)["w"][0]

    assert events.final_weight(CALCIUM, [0.01], [0.03], 0.5, until=1.0) == later
    assert later > events.final_weight(CALCIUM, [0.01], [0.03], 0.5)


def test_eligibility_and_dopamine_that_decay_move_the_weight_by_their_integral():
    rule = RULES["reward_stdp"]
    whole = events.final_state(rule, [0.01], [0.015], 0.25, events={"reward": [0.5]}, until=100.0)
    last = events.final_state(rule, [0.01], [0.015], 0.25, events={"reward": [0.5]})

    again = events.final_state(rule, [], [], None, state=last, until=100.0)
    np.testing.assert_allclose(again.values["w"], whole.values["w"], rtol=1e-12)  # of two exponentials, added up
    assert whole.times.tolist() == [100.0]


def test_a_plain_rule_does_not_move_between_spikes():
    plain = RULES["pair_stdp"]
    assert events.final_weight(plain, [0.01], [0.03], 0.5, until=9.0) == events.final_weight(plain, [0.01], [0.03], 0.5)


def test_a_synapse_without_events_stays_as_it_is():
    weights = events.final_weight(CALCIUM, [[], [0.01]], [[], [0.03]], [0.25, 0.5], until=1.0)
    assert weights[0] == 0.25 and weights[1] != 0.5


@pytest.mark.parametrize("until", [0.02, float("nan"), "soon"])
def test_what_is_no_later_time_is_refused(until):
    with pytest.raises(SpikeTrainError, match="until"):
        events.final_weight(CALCIUM, [0.01], [0.03], 0.5, until=until)
