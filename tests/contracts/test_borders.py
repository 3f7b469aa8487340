"""What comes in, in both engines: the right number, or one line. Right values are sums over pairs, by hand."""

import importlib
import math
from dataclasses import replace

import numpy as np
import pytest
from changing import with_changes

from plasticity import events, spiking
from plasticity.errors import SimulationError, SpikeTrainError, UnitWarning, WeightError
from plasticity.rules import RULES, nearest_trace, weight, with_parameters

PAIR = RULES["pair_stdp"]
PRE, POST = [0.010, 0.030], [0.015, 0.035]
engines = pytest.mark.parametrize("engine", [events, spiking], ids=["events", "spiking"])


def pair_sum(pre, post, w=0.5):
    """Pair STDP by its definition: every pair of spikes, no bound touched, coincident ones ignored."""
    for t in post:
        w += sum(0.005 * math.exp(-(t - s) / 0.020) for s in pre if s < t)
    for s in pre:
        w -= sum(0.00525 * math.exp(-(s - t) / 0.020) for t in post if t < s)
    return w


RIGHT = pair_sum(PRE, POST)


def made(what, *arguments, **settings):
    module, _, attribute = what.rpartition(".")
    return getattr(importlib.import_module(module), attribute)(*arguments, **settings)


def neo(times):
    milliseconds = made("quantities.Quantity", np.array(times) * 1e3, "ms")
    return made("neo.SpikeTrain", milliseconds, t_stop=made("quantities.Quantity", 1.0, "s"))


FORMS = {
    "neo": neo,
    "timedelta64": lambda times: np.round(np.array(times) * 1e3).astype("timedelta64[ms]"),
    "pandas timedeltas": lambda times: made("pandas.to_timedelta", times, unit="s"),
    "a table": lambda times: made("pandas.DataFrame", {"t": times}),
    "brian2": lambda times: made("brian2.Quantity", times) * importlib.import_module("brian2").second,
    "a generator": iter,
    "objects": lambda times: np.array(times, dtype=object),
}


@engines
@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_every_form_of_a_train_gives_the_same_weight(engine, form):
    assert engine.final_weight(PAIR, form(PRE), form(POST), 0.5) == pytest.approx(RIGHT, rel=1e-14)


@engines
def test_a_train_in_single_precision_meets_itself_in_double(engine):
    times = np.arange(1, 21) * 0.1
    both = engine.final_weight(PAIR, times, times, 0.5)

    assert engine.final_weight(PAIR, times.astype("float32"), times, 0.5) == pytest.approx(both, abs=1e-9)
    assert both == pytest.approx(pair_sum(times, times), rel=1e-12)


@engines
@pytest.mark.parametrize(
    ("pre", "message"),
    [
        ([1e7 + 2.3 + 7.3], "subtract the start"),
        (np.ma.masked_array([0.010, 0.012, 0.030], mask=[0, 1, 0]), "masked"),
        (np.array([[0.01], [0.03]]), "times.ravel"),
        (np.array([0.01 + 0j]), "complex"),
        (["0.01"], "'0.01'"),
        ([True], "True"),
    ],
)
def test_what_is_no_train_of_seconds_is_refused(engine, pre, message):
    with pytest.raises(SpikeTrainError, match=message):
        engine.final_weight(PAIR, pre, POST, 0.5)


@engines
def test_a_chain_of_near_spikes_has_one_meaning(engine):
    pre, post = 0.01 + np.array([0, 1.6e-9]), 0.01 + np.array([0.8e-9, 2.4e-9])

    # two coincident pairs; then the second pre finds the first post, the second post the first pre
    assert engine.final_weight(PAIR, pre, post, 0.5) == pytest.approx(0.5 - 0.00525 + 0.005, abs=1e-9)


@engines
def test_times_before_zero_give_what_the_same_times_later_give(engine):
    shift = 0.020
    early = engine.trajectory(PAIR, np.array(PRE) - shift, np.array(POST) - shift, 0.5)

    np.testing.assert_allclose(early.times, np.array([0.010, 0.015, 0.030, 0.035]) - shift, rtol=1e-15)
    assert early.weights[-1] == pytest.approx(RIGHT, rel=1e-14)


def test_with_a_step_they_are_shifted_by_whole_steps():
    early = [np.array(times) - 0.0101 for times in (PRE, POST)]

    assert spiking.final_weight(PAIR, *early, 0.5, dt=1e-4) == pytest.approx(RIGHT, rel=1e-14)


@engines
def test_milliseconds_that_were_read_as_seconds_are_asked_about(engine):
    with pytest.warns(UnitWarning, match="no two spikes are nearer than 5 s.*are the times in milliseconds?"):
        assert engine.final_weight(PAIR, [10, 30], [15, 35], 0.5) == 0.5


@engines
@pytest.mark.parametrize(
    ("pre", "post"),
    [([10.0], []), ([], []), ([10.0, 10.02], [15.0]), ([10.0], [10.0]), ([0.1], [0.499]), ([[1], [5]], [[9], [5.1]])],
)
def test_spikes_that_are_near_or_alone_are_not_asked_about(engine, pre, post):
    engine.final_weight(PAIR, pre, post, 0.5)  # warnings are errors in the tests


def test_the_question_is_on_the_scale_of_the_longest_time_constant():
    with pytest.warns(UnitWarning):
        events.final_weight(PAIR, [1.0], [1.401], 0.5)
    events.final_weight(PAIR, [1.0], [1.399], 0.5)
    events.final_weight(with_parameters(PAIR, tau_minus=30e-3), [1.0], [1.401], 0.5)


LOGARITHM = replace(
    PAIR,
    name="logarithm",
    weight=weight({"pre": "0*A_minus", "post": "A_plus*tanh(1 + log(x))"}),
    state=(nearest_trace("x", "pre", "tau_plus"),),
)
INFINITE = replace(with_changes(PAIR, post="log(r_pre)"), name="infinite")
DIVIDED = replace(with_changes(PAIR, post="A_plus*tanh(1/r_pre)"), name="divided")
INVERTED = replace(with_changes(PAIR, post="A_plus*tanh(r_pre**-0.5)"), name="inverted")
TOO_LARGE = replace(with_changes(PAIR, post="1e301*r_pre"), name="too_large")


@engines
@pytest.mark.parametrize("rule", [LOGARITHM, INFINITE, DIVIDED, INVERTED], ids=str)
def test_a_change_that_takes_the_logarithm_of_a_trace_or_divides_by_it_is_none_without_a_partner(engine, rule):
    assert engine.final_weight(rule, [], [0.015], 0.5) == 0.5
    assert engine.final_weight(rule, [0.015], [0.015], 0.5) == 0.5  # a coincident pair is ignored


NEGATIVE = replace(with_changes(PAIR, post="A_plus*tanh(log(r_pre - 2))"), name="negative")


@engines
def test_a_logarithm_of_what_is_not_above_zero_stops_the_run_though_bounds_would_hide_it(engine):
    with pytest.raises(SimulationError, match=r"w of negative.* at 0.015 s; .*take logarithms of"):
        engine.final_weight(NEGATIVE, [0.010], [0.015], 0.5)


@engines
def test_where_the_trace_holds_a_spike_it_has_its_value(engine):
    right = 0.5 + 0.005 * math.tanh(1 - 0.005 / 0.020)
    assert engine.final_weight(LOGARITHM, [0.010], [0.015], 0.5) == pytest.approx(right, rel=1e-14)
    right = 0.5 + 0.005 * math.tanh(math.exp(0.005 / 0.020))
    assert engine.final_weight(DIVIDED, [0.010], [0.015], 0.5) == pytest.approx(right, rel=1e-14)


@engines
def test_a_change_beyond_what_counts_as_finite_stops_the_run_before_a_bound_hides_it(engine):
    with pytest.raises(SimulationError, match="w of too_large.* at 0.015 s"):
        engine.final_weight(TOO_LARGE, [0.010], [0.015], 0.5)


@engines
def test_a_start_weight_beside_a_bound_by_rounding_is_the_bound(engine):
    assert engine.final_weight(PAIR, [], [], 1 + 2.3e-16) == 1.0
    with pytest.raises(WeightError, match="a weight of 1.000001 is outside"):
        engine.final_weight(PAIR, [], [], 1.000001)


def test_a_question_starts_from_the_weight_that_belongs_to_the_rule():
    weak = with_parameters(RULES["bi_poo"], A_minus=0.9)  # in all sixty pairings, a second apart; zero is out of reach

    (change,) = events.window(weak, [-5e-3])

    assert change == pytest.approx(-0.9 * math.exp(-5e-3 / weak.values["tau_minus"]), rel=1e-12)
    assert [RULES[name].start_weight for name in ("pair_stdp", "bi_poo", "triplet_stdp")] == [0.5, 1.0, 1.0]


ASKS = {"window": lambda: events.window(PAIR, [-5, 5], rate=0.1), "ledger": lambda: events.ledger(PAIR, [1], [5], 0.5)}


@pytest.mark.parametrize("ask", ASKS.values(), ids=ASKS)
def test_the_warning_of_units_names_the_line_that_asked(ask):
    with pytest.warns(UnitWarning) as caught:
        ask()

    assert [warning.filename for warning in caught] == [__file__]
