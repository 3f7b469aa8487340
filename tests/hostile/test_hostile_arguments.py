"""Whatever a public function or record is given, it answers, or raises an error of ours: never a raw one."""

import contextlib
import inspect
import io
import itertools
import warnings
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from public import good, parameters, public
from values import hostile

from plasticity.errors import PlasticityError, PlasticityWarning, printable

EXAMPLES = 15  # of each callable; with more than 150 of them, above 2,000 in all
PUBLIC = public()
GIVEN = {name: parameters(called) for name, called in PUBLIC.items()}
EMPTY = inspect.Parameter.empty


def called(name: str, changed: dict[str, Any]) -> Any:
    """The callable with good values, some of them changed; a generator is started."""
    positional: list[Any] = []
    named: dict[str, Any] = {}
    for parameter in GIVEN[name].values():
        value = changed.get(parameter.name, good(name, PUBLIC[name], parameter))
        if parameter.kind is parameter.VAR_KEYWORD:
            named |= {"tau_plus": value} if parameter.name in changed else {}
        elif parameter.kind is parameter.KEYWORD_ONLY:
            named[parameter.name] = None if value is EMPTY else value
        else:
            positional.append(None if value is EMPTY else value)
    result = PUBLIC[name](*positional, **named)
    return list(itertools.islice(result, 3)) if inspect.isgenerator(result) else result


def attempted(call: Callable[[], Any]) -> BaseException | None:
    """The error of ours that a call raises, whose message is safe to print; None when it answers.

    Any other error, and any warning that is not ours, comes out.
    """
    with (
        warnings.catch_warnings(),
        contextlib.redirect_stdout(io.StringIO()),
        contextlib.redirect_stderr(io.StringIO()),
    ):
        warnings.simplefilter("error")
        warnings.simplefilter("ignore", PlasticityWarning)
        warnings.simplefilter("ignore", DeprecationWarning)  # between other packages, such as Brian2 and pyparsing
        try:
            call()
        except PlasticityError as error:
            assert str(error) and printable(str(error)) == str(error)
            return error
    return None


@pytest.mark.parametrize("name", [name for name in PUBLIC if GIVEN[name]])
def test_a_hostile_value_gives_an_answer_or_an_error_of_ours(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    @settings(max_examples=EXAMPLES, derandomize=True, deadline=None, database=None)
    @given(parameter=st.sampled_from(sorted(GIVEN[name])), value=hostile())
    def attempt(parameter, value):
        attempted(lambda: called(name, {parameter: value}))

    attempt()


def test_the_walk_finds_every_part_of_the_package():
    parts = {name.partition(".")[0] for name in PUBLIC}
    assert parts >= {"artificial", "ask", "events", "experiment", "neurons", "plots", "protocols", "rules", "spiking"}
    assert len(PUBLIC) * EXAMPLES > 2000


def test_a_good_value_is_known_for_nearly_every_parameter():
    """Else a function would be tried with nothing but nonsense."""
    all_ = [(n, p) for n, found in GIVEN.items() for p in found.values() if p.kind is not p.VAR_KEYWORD]
    unknown = [f"{name}({p.name})" for name, p in all_ if good(name, PUBLIC[name], p) is EMPTY]
    assert len(unknown) < 0.05 * len(all_), unknown
