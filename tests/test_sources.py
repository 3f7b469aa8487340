"""One bibliography: keys are unique, and every citation in the package is in it."""

import re
from pathlib import Path

import pytest

import plasticity
from plasticity import sources
from plasticity.sources import SOURCES

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
