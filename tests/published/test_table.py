from importlib.resources import files

import numpy as np
import pytest
from sklearn.datasets import load_digits

from plasticity import published
from plasticity.errors import InputError, UnknownName
from plasticity.published.table import FILES
from plasticity.rules import RULES


def test_the_digits_are_those_of_scikit_learn():
    images, labels = load_digits(return_X_y=True)
    table = published.load("digits")
    assert np.array_equal(table.values, np.column_stack([images, labels]))


@pytest.mark.parametrize("key", published.TABLES)
def test_every_table_names_its_columns_and_says_its_source_and_licence(key):
    table = published.load(key)
    assert len({column.shape for column in table.columns.values()}) == 1
    assert "Source:" in table.note and "Licence:" in table.note


@pytest.mark.parametrize("key", published.TABLES)
def test_a_table_whose_file_was_changed_is_refused(key, monkeypatch):
    read = type(files("plasticity.published")).read_bytes
    monkeypatch.setattr(type(files("plasticity.published")), "read_bytes", lambda path: read(path) + b"\n")
    with pytest.raises(InputError, match=f"{FILES[key]} was changed; install the package again"):
        published.load(key)


def test_a_table_cannot_be_changed():
    with pytest.raises(ValueError, match="read-only"):
        published.load("digits").values[0, 0] = 1


def test_an_unknown_table_is_refused_with_the_known_ones():
    with pytest.raises(UnknownName, match="'iris'; known: bipoo1998_points, clopath2010_frequency, digits, "):
        published.load("iris")


def test_the_tables_are_a_catalogue_that_reads_a_file_when_its_table_is_asked_for():
    assert list(published.TABLES) == list(FILES) and "digits" in published.TABLES and 3 not in published.TABLES
    assert published.TABLES["pacemaker_rates"]["cell"].tolist() == published.load("pacemaker_rates")["cell"].tolist()
    with pytest.raises(UnknownName, match="unknown table 'digit'; known: .*; did you mean digits"):
        published.TABLES["digit"]


def test_a_column_is_found_by_its_name_and_an_unknown_one_refused():
    table = published.load("sjostrom2001_frequency")
    assert table["frequency_hz"].tolist() == [0.1, 0.1, 10, 10, 20, 20, 40, 40, 50, 50]
    with pytest.raises(UnknownName, match="'lag'; known: .*delta_t_ms"):
        table["lag"]


def test_the_digitised_window_has_its_42_points_on_both_sides():
    table = published.load("bipoo1998_points")
    lags, changes = table["delta_t_ms"], table["dw"]
    assert (lags < 0).sum() == 22 and (lags > 0).sum() == 20
    assert np.median(changes[lags > 0]) > 0 > np.median(changes[lags < 0])


@pytest.mark.parametrize("number", ["pg", "digitised"])
def test_both_readings_of_the_frequency_series_rise_with_the_frequency(number):
    table = published.load("sjostrom2001_frequency")
    for lag in (10, -10):
        changes = table[f"dw_{number}"][table["delta_t_ms"] == lag]
        assert changes[-1] > changes[0] + 0.5


def test_the_triplet_rule_of_the_catalogue_has_the_parameters_of_its_table():
    table, values = published.load("pfister2006_parameters"), RULES["triplet_stdp"].values
    visual = (table["data_set"] == "visual cortex") & (table["interaction"] == "all-to-all")
    (row,) = np.flatnonzero(visual & (table["model"] == "minimal"))

    assert {name: table[name][row] for name in ("A3_plus", "A2_minus")}.items() <= values.items()
    times = [float(table[f"{name}_ms"][row]) * 1e-3 for name in ("tau_plus", "tau_minus", "tau_y")]
    assert times == pytest.approx([values[name] for name in ("tau_plus", "tau_minus", "tau_y")], rel=1e-12)
    assert table["A2_plus"][row] == 0 and table["A3_minus"][row] == 0


def test_every_pacemaker_has_a_rate_and_a_range_lies_around_it():
    table = published.load("pacemaker_rates")
    rates, low, high = (table[name] for name in ("rate_hz", "low_hz", "high_hz"))
    has_range = np.isfinite(low)
    assert len(rates) == 8 and (rates > 0).all()
    assert rates[has_range] == pytest.approx((low[has_range] + high[has_range]) / 2)
