import numpy as np
import pytest
from sklearn.datasets import load_digits

from plasticity import published
from plasticity.errors import UnknownName


def test_the_digits_are_those_of_scikit_learn():
    images, labels = load_digits(return_X_y=True)
    table = published.load("digits")
    assert np.array_equal(table.values, np.column_stack([images, labels]))


@pytest.mark.parametrize("key", published.TABLES)
def test_every_table_names_its_columns_and_says_its_source_and_licence(key):
    table = published.load(key)
    assert len(set(table.columns)) == table.values.shape[1]
    assert "Source:" in table.note and "Licence:" in table.note


def test_a_table_cannot_be_changed():
    with pytest.raises(ValueError, match="read-only"):
        published.load("digits").values[0, 0] = 1


def test_an_unknown_table_is_refused_with_the_known_ones():
    with pytest.raises(UnknownName, match="'iris'; known: digits"):
        published.load("iris")
