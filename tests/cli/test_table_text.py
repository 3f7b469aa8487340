"""The rows of a published table, as lines and as plain data."""

import json

import pytest

from plasticity.cli.show_text import told
from plasticity.cli.table_text import WIDTH
from plasticity.published import TABLES


@pytest.mark.parametrize("key", TABLES)
def test_the_rows_of_a_table_fit_80_columns_and_are_all_there_as_data(key):
    found, table = told(TABLES[key]), TABLES[key]
    assert all(len(line) <= WIDTH for line in found.sections["rows"])
    rows = json.loads(json.dumps(found.data["rows"], allow_nan=False))
    for name, column in table.columns.items():
        kept = [row[name] for row in rows]
        assert kept == [None if cell != cell else cell for cell in column.tolist()]


def test_every_number_of_a_short_table_is_in_its_lines():
    said = " ".join(told(TABLES["naud2008_adex"]).sections["rows"]).split()
    for row in told(TABLES["naud2008_adex"]).data["rows"]:
        assert all(f"{cell:g}" in said for cell in row.values() if isinstance(cell, float))


def test_of_a_long_table_the_rest_is_counted():
    assert told(TABLES["digits"]).sections["rows"][-1] == "and 1787 more rows and 41 more columns: --json has all"
