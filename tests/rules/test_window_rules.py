"""Rules from windows of any shape: against rules on traces, sums over pairs, Brian2, and what cannot be said."""

import numpy as np
import pytest
from contracts.agreement import assert_engines_agree
from contracts.spike_trains import GRID, any_times, grid_times

from plasticity import events
from plasticity.errors import RuleError
from plasticity.rules import RULES, UNBOUNDED, Parameter, window_rule, with_bounds

SEED = 41
PAIR = RULES["pair_stdp"]
EXPONENTIALS = "step(lag)*A_plus*exp(-abs(lag)/tau_plus) - step(-lag)*A_minus*exp(-abs(lag)/tau_minus)"
SCHEMES = {
    "symmetric": "nearest_symmetric_stdp",
    "presynaptic-centred": "presynaptic_centred_stdp",
    "reduced symmetric": "reduced_symmetric_stdp",
}
HAT = (Parameter("A", 0.03), Parameter("tau", 15e-3, "ms"))
RICKER = "A*(1 - (lag/tau)**2)*exp(-(lag/tau)**2/2)"
LAGS = np.linspace(-40e-3, 60e-3, 60)
TABLE = 0.02 * np.cos(LAGS * 90) + 0.3 * LAGS


def shaped(window, **others):
    return with_bounds(window_rule("shaped", window, **others), UNBOUNDED)


def weights(rule, trains=grid_times, synapse=1):
    pre, post = (side[synapse] for side in trains(SEED))
    return events.trajectory(rule, pre, post, 0.5).weights


@pytest.mark.parametrize("trains", [any_times, grid_times])
@pytest.mark.parametrize("scheme", SCHEMES)
def test_an_exponential_window_is_the_rule_on_traces_of_its_scheme(scheme, trains):
    # presynaptic-centred, several presynaptic spikes may wait for the next postsynaptic one
    n = 12 if scheme == "presynaptic-centred" else 1
    rule = window_rule("shaped", EXPONENTIALS, scheme=scheme, n_partners=n, parameters=PAIR.parameters)

    np.testing.assert_allclose(weights(rule, trains), weights(RULES[SCHEMES[scheme]], trains), rtol=1e-12)


def test_as_many_partners_as_there_are_spikes_give_all_pairs():
    rule = window_rule("shaped", EXPONENTIALS, n_partners=40, parameters=PAIR.parameters)

    np.testing.assert_allclose(weights(rule), weights(PAIR), rtol=1e-12)


def summed(change, pre, post, n):
    """The window over every spike and the n last ones of the other train before it."""
    backward = [t - s for s in pre for t in post[post < s - 1e-9][-n:]]
    forward = [t - s for t in post for s in pre[pre < t - 1e-9][-n:]]
    return sum(change(lag) for lag in (*forward, *backward))


@pytest.mark.parametrize("n", [1, 3])
def test_a_table_is_a_sum_of_what_straight_lines_say_of_each_pair(n):
    pre, post = (side[2] for side in any_times(SEED))
    rule = shaped((LAGS, TABLE), n_partners=n)

    change = summed(lambda lag: np.interp(lag, LAGS, TABLE, left=0.0, right=0.0), pre, post, n)

    # lags that differ by 0.1 ns, coincident or not, meet the ends of the table and zero
    assert weights(rule, any_times, 2)[-1] - 0.5 == pytest.approx(change, abs=1e-8)


def test_a_table_that_a_side_never_meets_changes_nothing_there():
    rule = shaped((np.array([5e-3, 10e-3, 20e-3]), [0.0, 0.02, 0.01]))

    found = [events.final_weight(rule, [0.1], [0.1 + lag], 0.5) - 0.5 for lag in (-7e-3, 3e-3, 7.5e-3, 15e-3, 25e-3)]

    assert found == pytest.approx([0.0, 0.0, 0.01, 0.015, 0.0], abs=1e-14)


def test_a_function_is_tabulated_at_its_lags():
    assert shaped((LAGS, lambda lag: 0.02 * np.cos(lag * 90) + 0.3 * lag)) == shaped((LAGS, TABLE))


@pytest.mark.parametrize(
    "rule",
    [
        window_rule("ricker", RICKER, parameters=HAT),
        window_rule("ricker-3", RICKER, n_partners=3, parameters=HAT),
        window_rule("table", (LAGS, TABLE), scheme="presynaptic-centred", n_partners=2),
        window_rule("points", ([-0.03, -0.01, 0.01, 0.04], [0.0, -0.1, 0.1, 0.0]), scheme="reduced symmetric"),
    ],
    ids=str,
)
def test_brian2_and_the_exact_engine_agree_on_windows_of_any_shape(rule):
    pre, post = ([train[:12] for train in side[:3]] for side in grid_times(SEED))

    assert_engines_agree(rule, pre, post, np.array([0.0, 0.5, 1.0]), dt=GRID)
    assert np.ptp(weights(rule)) > 0.01


def test_a_spike_without_a_partner_changes_nothing():
    assert np.ptp(events.trajectory(shaped("0.1"), [0.1, 0.2], [], 0.5).weights) == 0


WRONG = {
    "all pairs": ({"scheme": "all-to-all"}, "needs every spike to be remembered.*n_partners"),
    "scheme": ({"scheme": "nearest"}, "the scheme is 'nearest'; allowed: symmetric"),
    "partners": ({"scheme": "reduced symmetric", "n_partners": 2}, "has 1 partner at most"),
    "name": ({"window": "A*lag"}, "uses 'A'"),
    "unit": ({"window": "lag"}, "change_post"),
    "no window": ({"window": 3.0}, r"the window is 3.0; an expression of lag, \(lags, changes\)"),
    "order": ({"window": ([0.0, 0.0], [1.0, 1.0])}, "has 2 lags; 2 to 200 that increase"),
    "sizes": ({"window": ([0.0, 0.1], [1.0])}, "the changes of the window"),
    "function": ({"window": ([0.0, 0.1], lambda lag: lag / {})}, "the function of the window failed"),
}


@pytest.mark.parametrize(("given", "message"), WRONG.values(), ids=list(WRONG))
def test_a_window_that_cannot_be_said_is_refused_with_the_reason(given, message):
    with pytest.raises(RuleError, match=message):
        window_rule("shaped", **{"window": "0.1", **given})


def test_the_ends_of_a_table_belong_to_it():
    rule = window_rule("ends", ([-0.04, 0.0, 0.04], [-0.002, 0.0, 0.001]))

    # 60 pairings, of which rounding of times moves none beyond the ends
    np.testing.assert_allclose(events.window(rule, [-0.04, 0.04]), [-0.12, 0.06], rtol=1e-6)
    assert events.window(rule, [0.041]) == 0.0
