"""Sources as a page cites them: short, and each leads to its reference, or to the publication itself."""

import pytest

from plasticity.runs.citing import cited, keys_in, references
from plasticity.sources import SOURCES


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("song2000, Fig. 2", '<a href="#source.song2000">Song, Miller &amp; Abbott 2000</a>, Fig. 2'),
        ("lecture; oja1982", '<a href="#source.lecture">the lecture</a>; <a href="#source.oja1982">Oja 1982</a>'),
        ("closed form: a < b", "closed form: a &lt; b"),
        ("Me 2026, doi:10.1000/x.", 'Me 2026, <a href="https://doi.org/10.1000/x">doi:10.1000/x</a>.'),
        ("our choice, as in the lecture", "our choice, as in the lecture"),
    ],
)
def test_a_key_leads_to_its_reference_and_a_doi_to_the_publication(text, said):
    assert cited(text) == said


def test_what_only_looks_like_a_key_stays_text():
    assert cited("nobody2000, Fig. 1") == "nobody2000, Fig. 1" and keys_in("nobody2000; siegert1951 and oja1982") == [
        "siegert1951",
        "oja1982",
    ]


def test_every_reference_is_on_the_list_once_with_its_doi():
    text = references([*SOURCES, "song2000"])
    assert text.count("<li id=") == len(SOURCES) and text.count('id="source.song2000"') == 1
    assert text.count("https://doi.org/") == sum(bool(source.doi) for source in SOURCES.values())
    assert 'href="https://doi.org/10.1016/0893-6080(89)90014-2"' in text
