"""The ledger on trains short enough to be worked out by hand."""

import math

import numpy as np
import pytest
from changing import with_changes, with_delay

from plasticity.errors import ArgumentError, MemoryLimitError, TimeLimitError, UnsupportedRule
from plasticity.events import ledger
from plasticity.rules import Parameter, Rule, nearest, trace, unbounded, weight
from plasticity.rules.library.hebbian import HEBBIAN, SPIKING_HEBBIAN
from plasticity.rules.library.pair_stdp import PAIR_STDP

A_PLUS, A_MINUS, TAU = 0.005, 0.00525, 0.020
PRE, POST = [0.010, 0.030], [0.015, 0.035]


def of_lag(lag):
    return A_PLUS * math.exp(-lag / TAU) if lag > 0 else -A_MINUS * math.exp(lag / TAU)


def test_every_pair_has_its_lag_and_the_share_of_its_lag():
    book = ledger(PAIR_STDP, PRE, POST, 0.5)
    lags = sorted(entry.lag for entry in book.entries)
    assert lags == pytest.approx([-0.015, 0.005, 0.005, 0.025], abs=1e-15)
    assert all(entry.dw == pytest.approx(of_lag(entry.lag), rel=1e-12) for entry in book.entries)
    assert all(entry.clipped == 0.0 for entry in book.entries)


def test_under_nearest_interaction_the_first_pre_spike_is_forgotten_at_the_second_post_spike():
    pairs_seen = {(entry.pre, entry.post) for entry in ledger(nearest(PAIR_STDP), PRE, POST, 0.5).entries}
    assert pairs_seen == {(0.010, 0.015), (0.030, 0.015), (0.030, 0.035)}


def test_what_the_bound_takes_away_is_booked():
    book = ledger(PAIR_STDP, [0.02], [0.01], 0.001)
    (entry,) = book.entries
    assert (book.w_after, entry.dw) == (0.0, -0.001)
    assert entry.dw + entry.clipped == pytest.approx(of_lag(-0.01), rel=1e-12)


def test_without_a_bound_nothing_is_taken():
    (entry,) = ledger(unbounded(PAIR_STDP), [0.02], [0.01], 0.001).entries
    assert (entry.dw, entry.clipped) == (pytest.approx(of_lag(-0.01), rel=1e-12), 0.0)


def test_a_coincident_pair_counts_where_the_record_says_so():
    (entry,) = ledger(SPIKING_HEBBIAN, [0.01], [0.01], 0.5).entries
    assert (entry.lag, entry.dw) == (0.0, 0.005)
    assert ledger(PAIR_STDP, [0.01], [0.01], 0.5).entries == ()


def test_a_change_without_a_partner_has_none():
    alone = with_changes(PAIR_STDP, pre="-0.1*A_minus")
    (entry,) = ledger(alone, [0.01], [], 0.5).entries
    assert (entry.pre, entry.post, entry.lag) == (0.01, None, None)
    assert entry.dw == pytest.approx(-0.1 * A_MINUS, rel=1e-12)


def test_a_product_of_two_partners_is_shared_out_between_them():
    """At the post spike A r_pre^2 = A (x + y)^2; the spike that left x gets x (x + y), the other y (x + y)."""
    parameters = (Parameter("A", 0.01), Parameter("tau", TAU, "ms"))
    square = Rule("square", "our choice", parameters, weight({"post": "A*r**2"}), (trace("r", "pre", "tau"),))
    first, second = ledger(square, [0.00, 0.01], [0.02], 0.5).entries
    x, y = math.exp(-0.02 / TAU), math.exp(-0.01 / TAU)
    assert first.dw == pytest.approx(0.01 * x * (x + y), rel=1e-12)
    assert second.dw == pytest.approx(0.01 * y * (x + y), rel=1e-12)


def test_times_are_those_that_were_given_also_when_delays_shift_them():
    delayed = with_delay(PAIR_STDP, "post", 0.003)
    (entry,) = ledger(delayed, [0.010], [0.020], 0.5).entries
    assert (entry.pre, entry.post) == (0.010, 0.020)
    assert entry.dw == pytest.approx(of_lag(0.013), rel=1e-12)


def test_many_synapses_rate_rules_and_what_is_no_sum_are_refused():
    with pytest.raises(ArgumentError, match="of one synapse; 2 pairs"):
        ledger(PAIR_STDP, [PRE, PRE], [POST, POST], 0.5)
    with pytest.raises(UnsupportedRule, match="needs firing rates"):
        ledger(HEBBIAN, PRE, POST, 0.5)
    with pytest.raises(UnsupportedRule, match="no sum over pairs"):
        ledger(with_changes(PAIR_STDP, post="tanh(r_pre)"), PRE, POST, 0.5)


def test_pairs_below_rounding_are_one_entry_that_says_how_many_they_are():
    """Pre at 0 and 1 s, post at 10 ms and 1.01 s: two pairs of 10 ms, one of 1.01 s, and one of -0.99 s."""
    book = ledger(PAIR_STDP, [0.0, 1.0], [0.010, 1.010], 0.5)

    *pairs_seen, summed = book.entries
    assert [(entry.pre, entry.post, entry.n_pairs) for entry in pairs_seen] == [(0.0, 0.010, 1), (1.0, 1.010, 1)]
    assert (summed.pre, summed.post, summed.lag, summed.n_pairs) == (None, None, None, 2)
    assert summed.dw == pytest.approx(of_lag(1.010) + of_lag(-0.990), rel=1e-12)
    assert book.dw == math.fsum(entry.dw for entry in book.entries)


@pytest.mark.parametrize("lag", [0.6907, 0.6909], ids=["above", "below"])  # 34.54 time constants: exp is 1e-15
def test_what_is_small_is_measured_by_the_largest_share(lag):
    silent = with_changes(PAIR_STDP, pre="0")
    book = ledger(silent, [0.0, 1.0], [lag, 1.0 + 1e-8], 0.5)
    assert [entry.n_pairs for entry in book.entries] == [1, 1, 1] if lag < 0.6908 else [1, 2]


def test_thousands_of_pairs_below_rounding_are_summed_exactly():
    """One pre spike, then a post spike every 10 ms: a geometric series, cut where exp(-age/tau) falls below 1e-15."""
    n, gap = 20_000, 0.010
    book = ledger(unbounded(PAIR_STDP), [0.0], gap * np.arange(1, n + 1), 0.5)

    n_large = math.floor(math.log(1e15) * TAU / gap) + 1  # relative to the first
    ratio = math.exp(-gap / TAU)
    assert (len(book.entries), book.entries[-1].n_pairs) == (n_large + 1, n - n_large)
    assert book.entries[-1].dw == pytest.approx(A_PLUS * ratio ** (n_large + 1) / (1 - ratio), rel=1e-11)


def test_long_trains_take_the_memory_of_the_pairs_that_are_kept(monkeypatch):
    """A pair every 100 ms for 200 s: of 4 million pairs those within 35 time constants, 7 for each spike."""
    monkeypatch.setattr("plasticity.memory.free_memory", lambda: 2e6)
    times = 0.1 * np.arange(2000)
    book = ledger(PAIR_STDP, times, times + 0.03, 0.5)
    assert len(book.entries) < 15 * 2000
    assert book.entries.n_pairs.sum() == 2000**2
    assert book.dw == pytest.approx(book.w_after - 0.5, abs=1e-12)


def test_nearest_interactions_look_at_the_nearest_spike_only(monkeypatch):
    monkeypatch.setattr("plasticity.memory.free_memory", lambda: 1e6)
    times = 1e-3 * np.arange(2000)
    book = ledger(nearest(PAIR_STDP), times, times + 5e-4, 0.5)
    assert (len(book.entries), book.entries.n_summed) == (2 * 2000 - 1, 0)


def test_pairs_looked_at_in_portions_give_the_same_ledger(monkeypatch):
    times = np.sort(np.random.default_rng(5).uniform(0.0, 1.0, (2, 40)))
    whole = ledger(PAIR_STDP, *times, 0.5)
    monkeypatch.setattr("plasticity.events.shares.PAIRS_AT_ONCE", 7)
    assert ledger(PAIR_STDP, *times, 0.5) == whole


def test_the_largest_share_may_be_that_of_an_older_spike():
    """A difference of two memories is nothing at once, most after 40 ms, and 1e-17 of that after 4 s."""
    parameters = (Parameter("fast", 20e-3, "ms"), Parameter("slow", 0.1, "ms"))
    traces = (trace("a", "pre", "fast"), trace("b", "pre", "slow"))
    difference = Rule("difference", "our choice", parameters, weight({"post": "0.1*(b - a)"}), traces)
    book = ledger(difference, [0.0, 4.0, 4.04], [4.04 + 2e-9], 0.5)
    assert [entry.n_pairs for entry in book.entries] == [1, 1, 1]
    assert [entry.pre for entry in book.entries] == [4.0, 4.04, None]


def test_a_ledger_that_does_not_fit_into_memory_is_refused(monkeypatch):
    times = 1e-3 * np.arange(500)
    monkeypatch.setattr("plasticity.memory.free_memory", lambda: 1e6)
    with pytest.raises(MemoryLimitError, match="a ledger of so many spikes"):
        ledger(PAIR_STDP, times, times + 5e-4, 0.5)


def test_a_ledger_of_more_than_a_day_is_refused_and_a_long_one_says_how_long(monkeypatch):
    times = 1e-3 * np.arange(500)
    monkeypatch.setattr("plasticity.memory.MOST_SECONDS", 0.01)
    with pytest.raises(TimeLimitError, match="a ledger of so many spikes would compute for about"):
        ledger(PAIR_STDP, times, times + 5e-4, 0.5)


def test_entries_are_read_as_a_tuple_is():
    book = ledger(PAIR_STDP, PRE, POST, 0.5)
    whole = tuple(book.entries)
    assert book.entries == whole and book.entries[-1] == whole[-1] and book.entries[1:3] == whole[1:3]
    assert book.entries[::-1] == whole[::-1] and hash(book.entries) == hash(whole) and whole[2] in book.entries
    with pytest.raises(IndexError):
        book.entries[len(whole)]


@pytest.mark.parametrize("container", [iter, tuple, lambda times: (np.array(times) * 1e3).astype("timedelta64[ms]")])
def test_times_come_in_any_container_and_unit(container):
    assert ledger(PAIR_STDP, container(PRE), container(POST), 0.5) == ledger(PAIR_STDP, PRE, POST, 0.5)
