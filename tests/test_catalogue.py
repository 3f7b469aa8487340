"""A catalogue is a mapping that cannot be changed; for an unknown name it says what it holds, and what was meant."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import EntryPoint

import pytest

from plasticity import plugins
from plasticity.catalogue import Catalogue
from plasticity.errors import (
    MOST_IN_A_MESSAGE,
    MOST_LISTED,
    PlasticityError,
    PluginError,
    PluginWarning,
    UnknownName,
    listed,
    unknown,
)
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


@pytest.mark.parametrize(
    ("name", "meant"),
    [("triplet rule", "triplet_a or triplet_b"), ("HIPPOCAMPAL", "a:hippocampal_culture"), ("the rule", "")],
)
def test_a_name_that_looks_like_none_finds_those_that_hold_most_of_its_words(name, meant):
    said = str(unknown("rule", name, ["triplet_a", "triplet_b", "pair"], chosen=["a:hippocampal_culture"]))
    assert said.endswith(f"did you mean {meant}?" if meant else "known: pair, triplet_a, triplet_b")


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


# Records of other packages


@dataclass(frozen=True)
class Letter:
    """A record of a kind that only this file knows."""

    name: str


A, B, THEIRS = Letter("a"), Letter("b"), Letter("theirs")
LETTER = THEIRS  # what an entry point finds here
GROUP = plugins.Group("plasticity.letters", Letter, reserved=frozenset({"all"}))


@pytest.fixture
def letters(monkeypatch):
    """A catalogue, and a function by which other packages declare more: name=value."""

    def declare(**entries):
        found = [EntryPoint(name, value, GROUP.name) for name, value in entries.items()]
        monkeypatch.setattr(plugins, "entry_points", lambda group: found if group == GROUP.name else [])

    return Catalogue("letter", {"a": A, "b": B}, others=GROUP), declare


def test_a_record_of_another_package_is_found_by_its_name_and_listed_behind_ours(letters):
    held, declare = letters
    declare(theirs=f"{__name__}:LETTER")

    assert held["theirs"] is THEIRS and held.get("theirs") is THEIRS
    assert held.names() == ["a", "b", "theirs"] == held._ipython_key_completions_()
    assert held.every() == [A, B, THEIRS]


def test_iteration_is_about_ours_and_looks_at_no_other_package(letters, monkeypatch):
    held, _ = letters
    monkeypatch.setattr(plugins, "entry_points", None)

    assert (list(held), len(held), "theirs" in held, list(held.values())) == (["a", "b"], 2, False, [A, B])
    assert held["a"] is A


def test_nothing_of_theirs_is_imported_to_list_its_name_or_to_find_one_of_ours(letters):
    held, declare = letters
    declare(theirs="no_such_module:LETTER", more="no_such_module:B")

    assert held["b"] is B and held.names() == ["a", "b", "theirs", "more"]
    with pytest.raises(UnknownName, match="^unknown letter 'their'; known: a, b, more, theirs; did you mean theirs"):
        held["their"]


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("x", "math:pi", "the letter 'x' of a package .math:pi. is 3.14.*, which is no Letter"),
        ("x", f"{__name__}:LETTER", "the letter 'x' of .* calls itself 'theirs'; declare it under its own name"),
        ("x", "no_such_module:X", "plasticity.letters 'x' of .* cannot be loaded: ModuleNotFoundError"),
        ("all", f"{__name__}:LETTER", "the letter 'all' of .* is refused, for plasticity has that name"),
    ],
)
def test_one_that_cannot_be_used_is_named_when_asked_for_and_left_out_of_the_rest(letters, name, value, words):
    held, declare = letters
    declare(**{name: value})

    with pytest.raises(PluginError, match=words):
        held[name]
    with pytest.warns(PluginWarning, match=words):
        assert held.every() == [A, B]


def test_a_name_of_ours_stays_ours_and_the_other_is_told_when_all_are_listed(letters):
    held, declare = letters
    declare(a=f"{__name__}:LETTER")

    assert held["a"] is A
    with pytest.warns(PluginWarning, match="the letter 'a' of a package .* is refused, for plasticity has that name"):
        assert held.names() == ["a", "b"]
    assert [str(fault)[:14] for fault in held.available()[1]] == ["the letter 'a'"]


def test_a_package_may_hold_a_record_in_each_of_its_modules(tmp_path, monkeypatch):
    package = tmp_path / "their_letters"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "theirs.py").write_text(f"from {__name__} import LETTER")
    (package / "_tools.py").write_text("raise ValueError")
    monkeypatch.syspath_prepend(tmp_path)
    entries = [EntryPoint(name, name, "letters") for name in ("their_letters", "math", "ours")]
    monkeypatch.setattr(plugins, "entry_points", lambda group: entries)
    held = Catalogue("letter", {}, others=plugins.Group("letters", Letter, attribute="LETTER", ours="ours"))

    assert held["theirs"] is THEIRS
    with pytest.warns(PluginWarning, match="letters of a package .math. is no package of modules; name one, or an L"):
        assert held.every() == [THEIRS]
    with pytest.warns(PluginWarning, match="math"), pytest.raises(UnknownName, match="unknown letter 'c'; known: thei"):
        held["c"]


class Lazy(Mapping):
    """Records of ours that are made when they are asked for."""

    def __init__(self):
        self.made = []

    def __getitem__(self, name):
        self.made.append(name)
        if name == "broken":
            raise PluginError("the letter 'broken' cannot be loaded")
        return Letter(name)

    def __iter__(self):
        return iter(["a", "broken"])

    def __len__(self):
        return 2

    def __contains__(self, name):
        return name in list(self)


def test_records_of_ours_may_be_made_when_they_are_asked_for():
    lazy = Lazy()
    held = Catalogue("letter", lazy)

    assert list(held) == held.names() == ["a", "broken"] and "a" in held and lazy.made == []
    assert held["a"] == A and lazy.made == ["a"]
    with pytest.warns(PluginWarning, match="'broken' cannot be loaded"):
        assert held.every() == [A]
