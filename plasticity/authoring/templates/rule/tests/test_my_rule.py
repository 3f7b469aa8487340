"""What my_rule does to few spikes, worked out by hand, and by every engine that reads it."""

import math

import pytest
from my_rule.rule import MY_RULE

from plasticity.events import final_weight
from plasticity.rules import RULES
from plasticity.verification import verified

VALUES = MY_RULE.values
ROUNDING = 1e-12


def change(pre, post):
    return final_weight(MY_RULE, pre, post, w0=0.5) - 0.5


def test_a_postsynaptic_spike_10_ms_later_strengthens_as_the_window_says():
    by_hand = VALUES["A_plus"] * math.exp(-0.010 / VALUES["tau_plus"])
    assert change([0.100], [0.110]) == pytest.approx(by_hand, abs=ROUNDING)


def test_the_same_pair_weakens_more_after_a_burst():
    def fading(time, tau):
        return math.exp(-time / VALUES[tau])

    # The burst, 200 ms before, has left something of both traces of the postsynaptic neuron.
    burst, last, pre = [0.100, 0.110], 0.300, 0.310
    slow, fast = (sum(fading(pre - t, tau) for t in [*burst, last]) for tau in ("tau_slow", "tau_minus"))
    by_hand = -(VALUES["A_minus"] + VALUES["A_slow"] * slow) * fast
    alone = change([pre], [last])
    assert change([pre], [*burst, last]) == pytest.approx(by_hand, abs=ROUNDING)
    assert change([pre], [*burst, last]) < alone < 0


@pytest.mark.parametrize("engine", ["events", "brian2"])
def test_the_engines_agree_on_random_trains(engine):
    found = verified(MY_RULE, engine, seeds=1)
    assert found.status == "agrees", f"{found.difference} at most, {found.tolerance} is allowed: {found.place}"


def test_plasticity_finds_it_where_the_package_is_installed():
    assert RULES["my_rule"] is MY_RULE
