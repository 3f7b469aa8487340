"""The examples in the docstrings of what a user meets first give what they show."""

import doctest

import pytest

import plasticity
from plasticity import protocols, trains

FIRST = {
    "final_weight": plasticity.final_weight,
    "trajectory": plasticity.trajectory,
    "ledger": plasticity.ledger,
    "window": plasticity.window,
    "drift": plasticity.drift,
    "simulate": plasticity.simulate,
    "closed_form_rate": plasticity.closed_form_rate,
    "statistics": plasticity.statistics,
    "protocols.pairing": protocols.pairing,
    "trains.read": trains.read,
}


@pytest.mark.parametrize("name", FIRST)
def test_an_example_gives_what_it_shows(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (found,) = doctest.DocTestFinder(recurse=False).find(FIRST[name], name, globs={})

    said: list[str] = []
    result = doctest.DocTestRunner().run(found, out=said.append)

    assert result.attempted >= 2 and result.failed == 0, "".join(said)
