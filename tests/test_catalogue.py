"""A catalogue is a mapping that cannot be changed; for an unknown name it says what it holds, and what was meant."""

import pytest

from plasticity.catalogue import Catalogue
from plasticity.errors import MOST_IN_A_MESSAGE, MOST_LISTED, PlasticityError, UnknownName, listed, unknown
from plasticity.neurons import NEURONS
from plasticity.rules import RULES


@pytest.mark.parametrize(
    ("catalogue", "name", "meant"),
    [(RULES, "pair_stpd", "pair_stdp"), (RULES, "Pair_STDP", ""), (NEURONS, "lif_excitatry", "lif_excitatory")],
)
def test_an_unknown_name_is_a_key_error_of_ours_that_lists_and_suggests(catalogue, name, meant):
    with pytest.raises(KeyError) as error:
        catalogue[name]
    said = str(error.value)
    assert isinstance(error.value, PlasticityError) and isinstance(error.value, LookupError)
    assert f"'{name}'; known: " in said and ", ".join(sorted(catalogue)) in said
    assert not meant or f"did you mean {meant}" in said


def test_it_is_a_mapping_in_the_order_given_that_cannot_be_changed():
    held = Catalogue("letter", {"b": 1, "a": 2})
    assert dict(held) == {"b": 1, "a": 2} and list(held) == ["b", "a"] and len(held) == 2
    assert "a" in held and "c" not in held and [] not in held and held.get("c", 3) == 3
    assert repr(held) == "<letters: b, a>"
    with pytest.raises(TypeError):
        held["c"] = 4
    with pytest.raises(UnknownName, match="unknown letter"):
        held[[]]


def test_of_very_many_known_names_the_nearest_come_first_and_the_rest_is_counted():
    names = [f"unit_{number}" for number in range(20_000)]
    said = str(unknown("train", "unit_19999x", names))
    assert said.startswith("unknown train 'unit_19999x'; known: unit_19999, ") and len(said) < 600
    shown = said.split("known: ")[1].split(", ... and ")[0].split(", ")
    assert f"... and {20_000 - len(shown)} more" in said


def test_what_came_and_what_is_known_are_cut_and_printable():
    said = str(unknown("rule", "x" * 10_000, ["y" * 10_000, "a\x1b[2Jb"]))
    assert len(said) < 400 and said.isprintable() and "\\x1b" in said


def test_a_list_of_known_names_that_fits_is_whole():
    names = [f"n{number}" for number in range(150)]
    assert listed(names) == ", ".join(sorted(names)) and len(listed(names)) < MOST_LISTED < MOST_IN_A_MESSAGE
    assert listed([]) == "none"
