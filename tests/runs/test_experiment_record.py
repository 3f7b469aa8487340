"""What names files and links is checked where the record is made."""

from dataclasses import replace

import pytest
from small_experiment import EXPERIMENT

from plasticity.errors import ArgumentError
from plasticity.experiment import column

BAD = [
    "<script>",
    "../../evil",
    "/etc/evil",
    "a/b",
    "a b",
    "",
    ".",
    "..",
    ".hidden",
    "-x",
    "n" * 101,
    "\u05d0",
    "a\n",
    3,
]


@pytest.mark.parametrize("name", BAD, ids=repr)
def test_a_name_that_is_no_name_of_a_file_is_refused(name):
    with pytest.raises(ArgumentError, match="name of .*(ASCII letters, digits, _ and -|a str is allowed)"):
        replace(EXPERIMENT, name=name)
    with pytest.raises(ArgumentError, match="the name of a dimension is "):
        column("ms", "times", name)


@pytest.mark.parametrize("name", ["their_window", "their-window", "2026", "n" * 100])
def test_other_names_are_names(name):
    assert replace(EXPERIMENT, name=name).name == name
    assert column("ms", name).metadata["dims"] == (name,)


def test_an_experiment_may_cite_a_reference_whose_doi_looks_like_one():
    source = "song2000, Fig. 1; Me & You 2026, J Neurosci 1:1, doi:10.1000/x"
    assert replace(EXPERIMENT, source=source).source == source
    for source, words in {"Me, doi:x": "'x' is no DOI", "a\nb": "one line of text"}.items():
        with pytest.raises(ArgumentError, match=words):
            replace(EXPERIMENT, source=source)
