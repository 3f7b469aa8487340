"""One bibliography: keys are unique, and every citation in the package is in it."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

import plasticity
from plasticity import sources
from plasticity.errors import ParameterError, RuleError
from plasticity.neurons import NEURONS
from plasticity.provenance import record
from plasticity.rules import Parameter, Rule, weight
from plasticity.sources import SOURCES, check_source, reference

FILES = sorted(Path(plasticity.__file__).parent.rglob("*.py"))
CITATION = re.compile(r"`([a-z]+(?:19|20)\d\d)`")


def test_no_source_hides_another():
    assert len(SOURCES) == len(sources._ALL)


@pytest.mark.parametrize("source", SOURCES.values(), ids=lambda source: source.key)
def test_a_key_names_the_year_of_its_publication(source):
    year = re.search(r"\d{4}$", source.key)

    assert source.key == "lecture" or f" {year.group()}, " in source.text


@pytest.mark.parametrize("source", SOURCES.values(), ids=lambda source: source.key)
def test_a_source_is_shown_with_its_doi_where_it_has_one(source):
    assert str(source) == (f"{source.text}, doi:{source.doi}" if source.doi else source.text)
    assert re.fullmatch(r"(10\.\d{4,}/\S+)?", source.doi)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_citation_in_the_package_is_in_the_bibliography(path):
    assert set(CITATION.findall(path.read_text(encoding="utf-8"))) <= set(SOURCES)


def test_citations_are_found_at_all():
    assert {key for path in FILES for key in CITATION.findall(path.read_text(encoding="utf-8"))} >= {"pfister2006"}


GOOD = [
    "song2000",
    "bipoo1998, Fig. 7",
    "our choice",
    "Me & You 2026, J Neurosci 1:1, doi:10.1000/x",
    "Me & You 2026, https://doi.org/10.1523/JNEUROSCI.18-24-10464.1998",
    "doi: 10.1016/0893-6080(89)90014-2.",
    "Ich & Über 2026, DOI:10.1000.10/123456",
]
BAD = {
    "nobody1900": "no key of plasticity.sources; give one, 'our choice', or the reference with its DOI",
    "hebb194": "did you mean hebb1949",
    "Me & You 2026": "doi:10.1000/x",
    "Me & You 2026, doi:11.1000/x": "'11.1000/x' is no DOI",
    "Me & You 2026, doi:10.1000/": "'10.1000/' is no DOI",
    "Me & You 2026, doi:10.1/x": "is no DOI",
    "Me & You 2026, doi:": "'' is no DOI",
    "two\nlines, doi:10.1000/x": "one line of text is needed",
    "x" * 501 + " doi:10.1000/x": "one line of text is needed",
    "\x1b[31m, doi:10.1000/x": "one line of text is needed",
    "": "is ''",
    None: "is None; one line of text is needed",
    1998: "is 1998",
}


@pytest.mark.parametrize("source", GOOD)
def test_a_key_our_choice_and_a_reference_with_a_doi_are_sources(source):
    check_source(source, "it", RuleError)


@pytest.mark.parametrize("source", BAD, ids=lambda source: str(source)[:20])
def test_what_is_no_source_is_refused_with_what_would_be_one(source):
    with pytest.raises(RuleError) as error:
        check_source(source, "it", RuleError)
    assert BAD[source] in str(error.value) and str(error.value).startswith("the source of it is ")
    assert "\n" not in str(error.value) and len(str(error.value)) < 400


def test_a_source_is_shown_as_its_publication_and_free_text_as_it_stands():
    assert reference("bipoo1998, Fig. 7") == f"{SOURCES['bipoo1998']}, Fig. 7"
    assert reference(GOOD[3]) == GOOD[3] and reference("our choice") == "our choice"


def test_rules_neurons_and_their_numbers_may_cite_a_source_of_their_own():
    source = GOOD[3]
    rule = Rule("own", source, (Parameter("A_plus", 1.0, source=source),), weight({"post": "A_plus"}))
    neuron = replace(NEURONS["lif_excitatory"], source=source)
    assert rule.source == rule.parameters[0].source == neuron.source == source
    assert record(rule)["source"] == record(neuron)["source"] == source


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"unit": "mile"}, "the unit of parameter C is 'mile'; allowed: 1, "),
        ({"source": "x"}, "the source of param"),
    ],
)
def test_a_parameter_with_an_unknown_unit_or_source_is_told_which(changes, words):
    with pytest.raises(ParameterError, match=words):
        Parameter(**{"name": "C", "value": 1.0, "unit": "1", "meaning": ""} | changes)
