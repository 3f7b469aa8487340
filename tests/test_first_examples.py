"""The examples in the docstrings of public functions give what they show, and no public function lacks one."""

import doctest
import inspect
from importlib import import_module

import pytest

MODULES = (
    *("plasticity", "plasticity.rules", "plasticity.neurons", "plasticity.networks", "plasticity.protocols"),
    *("plasticity.events", "plasticity.rates", "plasticity.spiking", "plasticity.engines", "plasticity.trains"),
    *("plasticity.published", "plasticity.ask", "plasticity.runs", "plasticity.quiz", "plasticity.verification"),
)
# What an example cannot be short for, and what the examples of others already show
WITHOUT = {
    *("checked", "from_neo", "one", "split", "joined", "coupled_both_ways", "with_jumps", "voltages"),
    *("run", "load", "load_swept", "rerun", "run_into", "question"),
}


def public() -> dict[str, object]:
    """{name: function} of the main modules, each once."""
    found = {}
    for module in map(import_module, MODULES):
        for name in module.__all__:
            if inspect.isfunction(value := getattr(module, name)) and value not in found.values():
                found[f"{module.__name__}.{name}"] = value
    return found


@pytest.mark.parametrize("name", public())
def test_an_example_gives_what_it_shows(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (found,) = doctest.DocTestFinder(recurse=False, exclude_empty=False).find(public()[name], name, globs={})

    said: list[str] = []
    result = doctest.DocTestRunner().run(found, out=said.append)

    assert result.failed == 0, "".join(said)
    assert result.attempted >= 2 or name.split(".")[-1] in WITHOUT
