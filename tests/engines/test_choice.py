"""Which engine answers: by the size of what is asked, never by what was compiled before; and that it is said."""

import numpy as np
import pytest

from plasticity import RULES, compiled, engines, events, final_weight, trajectory, window
from plasticity.engines import choosing, weights
from plasticity.errors import ArgumentError, DurationWarning, UnsupportedRule
from plasticity.noting import noted
from plasticity.trains import taken

PAIR = RULES["pair_stdp"]
SHORT = np.arange(1, 11) * 0.03
LONG = np.arange(1, 200_001) * 0.03


def chosen(rule, train, **more):
    return weights.chosen(rule, taken(train), taken(train), **more)


def test_short_trains_are_evaluated_and_long_ones_compiled():
    assert chosen(PAIR, SHORT).engine == "events"
    assert chosen(PAIR, LONG).engine == "compiled"


def test_a_weight_that_moves_between_events_is_compiled_for_shorter_trains():
    assert chosen(RULES["calcium"], SHORT).engine == "events"
    assert chosen(PAIR, LONG[:1000]).engine == "events"
    assert chosen(RULES["calcium"], LONG[:5000]).engine == "compiled"


def test_what_the_compiled_engine_does_not_read_is_evaluated_however_long():
    assert chosen(RULES["calcium_bistable"], LONG).engine == "events"
    assert chosen(PAIR, LONG, is_plain=False).engine == "events"


def test_without_a_compiler_all_is_evaluated_and_a_slow_run_names_the_extra_once(monkeypatch):
    monkeypatch.setattr(compiled, "is_available", lambda: False)
    monkeypatch.setattr(choosing, "_TOLD", [])
    monkeypatch.setattr(choosing, "SLOW", 0.01)
    with pytest.warns(DurationWarning, match=r"pip install 'plasticity-lab\[fast\]'"):
        assert chosen(PAIR, LONG).engine == "events"
    assert chosen(PAIR, LONG).engine == "events"


def test_the_engine_that_ran_is_noted():
    with noted() as found:
        final_weight(PAIR, SHORT, SHORT, 0.5)
        window(PAIR, [0.01], n_pairs=2)
    assert found == {"events"}


@pytest.mark.parametrize("ask", [final_weight, trajectory, engines.final_state], ids=lambda ask: ask.__name__)
def test_a_person_may_choose(ask, monkeypatch):
    monkeypatch.setattr(compiled, ask.__name__, lambda *given, **more: "compiled")
    monkeypatch.setattr(events, ask.__name__, lambda *given, **more: "events")
    assert [ask(PAIR, SHORT, SHORT, 0.5, engine=name) for name in ("events", "compiled")] == ["events", "compiled"]


def test_an_engine_of_another_name_and_what_it_does_not_take_are_refused():
    with pytest.raises(ArgumentError, match="events, compiled"):
        final_weight(PAIR, SHORT, SHORT, 0.5, engine="fast")
    with pytest.raises(UnsupportedRule, match="takes no until; use engine='events', or 'auto'"):
        final_weight(PAIR, SHORT, SHORT, 0.5, engine="compiled", until=1.0)
    with pytest.raises(UnsupportedRule, match="which plasticity.compiled does not read"):
        window(RULES["calcium_bistable"], [0.01], engine="compiled")
