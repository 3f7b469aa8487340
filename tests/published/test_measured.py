"""A row of published data names its protocol; the triplet rule, run on it, errs as much as its authors report."""

import math

import numpy as np
import pytest

from plasticity import events, published
from plasticity.errors import ArgumentError, UnknownName
from plasticity.protocols import frequency_series, spike_trains
from plasticity.published import TABLES, protocol_of, readings
from plasticity.rules import RULES

WANG = ("wang2005_pairs", "wang2005_triplets", "wang2005_quadruplets")
MEASURED = [key for key in TABLES if readings(TABLES[key])]
# The amplitudes and time constants are printed with two digits, which move the error by a few hundredths of itself.
PRINTED = {"rel": 0.07}


def rows(key):
    return range(len(next(iter(TABLES[key].columns.values()))))


@pytest.mark.parametrize("key", MEASURED)
def test_every_row_of_a_measured_table_has_a_protocol_in_each_of_its_readings(key):
    for reading in readings(TABLES[key]):
        for row in rows(key):
            trains = spike_trains(protocol_of(TABLES[key], row, reading=reading))
            assert trains["pre"].size and trains["post"].size


def test_the_frequency_series_is_read_as_it_was_done_and_as_it_is_modelled():
    table = TABLES["sjostrom2001_frequency"]

    for row in rows("sjostrom2001_frequency"):
        done = spike_trains(protocol_of(table, row))
        modelled = spike_trains(protocol_of(table, row, reading="pfister2006"))
        pair = frequency_series([table["frequency_hz"][row]], table["delta_t_ms"][row] * 1e-3)
        assert done["pre"].size == done["post"].size == table["n_pairings_experiment"][row]
        assert modelled["pre"] == pytest.approx(pair.pre[0], abs=1e-12)
        assert modelled["post"] == pytest.approx(pair.post[0], abs=1e-12)


def test_a_protocol_of_a_row_has_the_settings_of_its_row():
    protocol = protocol_of(TABLES["sjostrom2001_frequency"], 7)

    assert protocol.name == "repeated_trains"
    assert protocol.values == pytest.approx(
        {"lag": -0.01, "n_pairs": 5, "rate": 40, "n_trains": 15, "interval": 10, "start": 0.1}, rel=1e-12
    )


def error_of(dw, measured, sem):
    return float(np.mean(((np.array(dw) - measured) / sem) ** 2))


def reported(data_set, interaction, model):
    table = TABLES["pfister2006_parameters"]
    wanted = {"data_set": data_set, "interaction": interaction, "model": model}
    (row,) = [k for k in rows("pfister2006_parameters") if all(table[name][k] == wanted[name] for name in wanted)]
    return {name: table[name][row] for name in table.columns}


def test_the_triplet_rule_errs_on_the_frequency_series_as_its_authors_report():
    table, rule = TABLES["sjostrom2001_frequency"], RULES["triplet_stdp"]
    trains = [spike_trains(protocol_of(table, row, reading="pfister2006")) for row in rows(table.key)]

    dw = [events.final_weight(rule, one["pre"], one["post"], 1.0) - 1 for one in trains]

    expected = reported("visual cortex", "all-to-all", "minimal")["E_reported"]
    assert error_of(dw, table["dw_pg"], table["sem_pg"]) == pytest.approx(float(expected), **PRINTED)


def number(text):
    """A time constant of the table in seconds; where the model has none, any."""
    return float(text) * 1e-3 if text and not math.isnan(float(text)) else 1.0


def change(trains, row):
    """The triplet rule with all its terms, spike by spike: an evaluation of its own, in the words of the paper."""
    is_nearest = row["interaction"] == "nearest-spike"
    taus = [number(str(row[f"tau_{name}_ms"])) for name in ("plus", "minus", "x", "y")]
    r1 = o1 = r2 = o2 = before = 0.0
    w = 1.0
    for time, side in sorted((t, event) for event, times in trains.items() for t in times):
        r1, o1, r2, o2 = (x * math.exp((before - time) / tau) for x, tau in zip((r1, o1, r2, o2), taus, strict=True))
        before = time
        if side == "pre":
            w -= o1 * (row["A2_minus"] + row["A3_minus"] * r2)
            r1, r2 = (1.0, 1.0) if is_nearest else (r1 + 1, r2 + 1)
        else:
            w += r1 * (row["A2_plus"] + row["A3_plus"] * o2)
            o1, o2 = (1.0, 1.0) if is_nearest else (o1 + 1, o2 + 1)
    return w - 1


@pytest.mark.parametrize("interaction", ["all-to-all", "nearest-spike"])
@pytest.mark.parametrize("model", ["full", "minimal"])
def test_the_triplet_rule_errs_on_pairs_triplets_and_quadruplets_as_its_authors_report(interaction, model):
    row = reported("hippocampal culture", interaction, model)
    points = [(TABLES[key], k) for key in WANG for k in rows(key)]

    dw = [change(spike_trains(protocol_of(table, k)), row) for table, k in points]

    measured, sem = (np.array([table[name][k] for table, k in points]) for name in ("dw", "sem"))
    assert len(points) == 13
    assert error_of(dw, measured, sem) == pytest.approx(float(row["E_reported"]), **PRINTED)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: protocol_of(TABLES["digits"], 0), ArgumentError, "the rows of digits have no protocol; those of"),
        (
            lambda: protocol_of(TABLES["wang2005_pairs"], 2),
            ArgumentError,
            "row is 2; a whole number of 0 or more and 1",
        ),
        (lambda: protocol_of(TABLES["wang2005_pairs"], -1), ArgumentError, "row is -1; a whole number of 0 or more"),
        (
            lambda: protocol_of(TABLES["wang2005_pairs"], 0, reading="pfister2006"),
            UnknownName,
            "unknown reading of wang2005_pairs 'pfister2006'; known: experiment",
        ),
        (lambda: protocol_of("digits", 0), ArgumentError, "the table is 'digits'; a Table is allowed"),
    ],
)
def test_what_names_no_protocol_is_refused(call, error, message):
    with pytest.raises(error, match=f"^{message}"):
        call()


def test_tables_of_no_protocol_have_no_reading():
    assert readings(published.load("digits")) == []
