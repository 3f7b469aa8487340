"""Trajectories and ledgers as tables of pandas, which is no dependency."""

import sys

import numpy as np
import pytest

from plasticity import events
from plasticity.errors import MissingPackage
from plasticity.rules import RULES

PRE, POST = [0.010, 0.030], [0.015, 0.035]
RULE = RULES["pair_stdp"]


def test_a_trajectory_is_a_row_a_spike():
    path = events.trajectory(RULE, PRE, POST, 0.5)
    table = path.to_frame()
    assert list(table) == ["time_ms", "weight"] and table["time_ms"].tolist() == [10, 15, 30, 35]
    assert table["weight"].tolist() == path.weights.tolist()


def test_many_synapses_are_told_by_number_and_padding_is_left_out():
    path = events.trajectory(RULE, [PRE, [0.020]], [POST, []], 0.5)
    table = path.to_frame()
    assert list(table) == ["synapse", "time_ms", "weight"]
    assert table["synapse"].tolist() == [0, 0, 0, 0, 1] and table["time_ms"].tolist() == [10, 15, 30, 35, 20]
    np.testing.assert_array_equal(table["weight"], path.weights[np.isfinite(path.weights)])


def test_the_times_of_a_table_are_read_in_their_unit():
    table = events.trajectory(RULE, PRE, POST, 0.5).to_frame()
    times = table["time_ms"]
    assert events.final_weight(RULE, times[::2], times[1::2], 0.5) == events.final_weight(RULE, PRE, POST, 0.5)


def test_a_ledger_is_a_row_an_entry_the_summed_one_without_times():
    book = events.ledger(RULE, [0.010, 1.010], [0.015, 1.015], 0.5)
    table = book.to_frame()
    assert list(table) == ["pre_ms", "post_ms", "lag_ms", "dw", "clipped", "n_pairs"]
    assert table["lag_ms"].tolist()[:2] == [5, 5] and table["n_pairs"].tolist() == [1, 1, 2]
    assert table["pre_ms"].isna().tolist() == [False, False, True]
    assert table["dw"].tolist() == [entry.dw for entry in book.entries]


def test_without_pandas_the_line_names_the_cure(monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingPackage, match="pandas is not installed; run: pip install pandas"):
        events.trajectory(RULE, PRE, POST, 0.5).to_frame()


def test_a_ledger_is_a_row_an_entry_with_the_names_of_its_json():
    book = events.ledger(RULE, PRE, POST, 0.5)
    table = book.to_frame()
    rows = [(entry.pre, entry.post, entry.lag, entry.dw, entry.clipped) for entry in book.entries]
    np.testing.assert_allclose(table[["pre_ms", "post_ms", "lag_ms"]], np.array(rows)[:, :3] * 1e3, rtol=1e-12)
    np.testing.assert_array_equal(table[["dw", "clipped"]], np.array(rows)[:, 3:])
    assert table["dw"].sum() == pytest.approx(book.dw, rel=1e-12) and (table["n_pairs"] == 1).all()


def test_a_share_without_a_partner_has_no_lag_and_the_summed_entry_counts_its_pairs():
    far = events.ledger(RULE, [0.010, 1.000], [0.015, 1.003], 0.5).to_frame()
    assert far["n_pairs"].tolist() == [1, 1, 2] and np.isnan(far.loc[2, ["pre_ms", "post_ms", "lag_ms"]]).all()
