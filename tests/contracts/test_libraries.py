"""What every page of the libraries of rules and neurons keeps. A record joins by being in its catalogue."""

from importlib import import_module
from pkgutil import iter_modules

import pytest

from plasticity import neurons, rules
from plasticity.errors import UnknownName
from plasticity.neurons import NEURONS
from plasticity.rules import RULES, with_set

LIBRARIES = {
    "plasticity.rules.library": rules.FAMILIES,
    "plasticity.neurons.library": neurons.FAMILIES,
}
RECORDS = [record for catalogue in (RULES, NEURONS) for record in catalogue.values()]
SETS = [(record, one) for record in RECORDS for one in record.sets]


@pytest.mark.parametrize("library", LIBRARIES)
def test_the_index_names_every_page_and_every_record_on_it(library):
    families = LIBRARIES[library]
    pages = {page: names for group in families.values() for page, names in group.items()}

    assert set(pages) == {module.name for module in iter_modules(import_module(library).__path__)}
    for page, names in pages.items():
        module = import_module(f"{library}.{page}")
        assert [getattr(module, name.upper()).name for name in names] == list(names)


@pytest.mark.parametrize("record", RECORDS, ids=str)
def test_a_record_goes_by_its_name_and_says_what_it_does(record):
    catalogue = RULES if record.name in RULES else NEURONS

    assert catalogue[record.name] is record
    assert record.summary


@pytest.mark.parametrize(("record", "one"), SETS, ids=[f"{record}:{one.name}" for record, one in SETS])
def test_a_published_set_is_chosen_by_its_name(record, one):
    catalogue = RULES if record.name in RULES else NEURONS

    chosen = catalogue[f"{record.name}:{one.name}"]

    assert chosen == with_set(record, one.name)
    assert {name: chosen.values[name] for name in one.values} == dict(one.values)


def test_an_unknown_set_is_refused_with_those_there_are():
    with pytest.raises(UnknownName, match="unknown parameter set of pair_stdp 'mouse'; known: brian2, song2001"):
        RULES["pair_stdp:mouse"]
