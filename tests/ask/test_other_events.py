"""Questions about rules that hear more than spikes: told by name, repeated, moved, refused where nobody hears them."""

import math

import numpy as np
import pytest

from plasticity.ask import Question, altered, answer
from plasticity.ask.folder import write_answer
from plasticity.errors import ArgumentError, SpikeTrainError
from plasticity.rules import Parameter, Rule, trace, weight
from plasticity.rules.library.pair_stdp import PAIR_STDP

REWARDED = Rule(
    name="rewarded",
    source="our choice",
    parameters=(Parameter("gain", 0.1), Parameter("tau", 20e-3, "ms")),
    weight=weight({"reward": "gain*x*y"}),
    state=(trace("x", "pre", "tau"), trace("y", "post", "tau")),
    events=("pre", "post", "reward"),
)
ASKED = Question(REWARDED, [0.010], [0.015], 0.5, events={"reward": [0.030]})
CHANGE = 0.1 * math.exp(-20 / 20) * math.exp(-15 / 20)  # both traces, read at the reward


def test_a_third_event_does_what_the_rule_says():
    found = answer(ASKED)

    assert found.dw == pytest.approx(CHANGE, abs=1e-14)
    assert found.entries is None and "reward came too" in found.note


def test_it_is_repeated_with_the_pattern():
    question = Question(REWARDED, [0.010], [0.015], 0.5, 3, 100.0, events={"reward": [0.030]})

    np.testing.assert_allclose(question.times()["reward"], [0.03, 100.03, 200.03], rtol=1e-15)
    assert answer(question).dw == pytest.approx(3 * CHANGE, abs=1e-12)  # differences of late times round


def test_a_late_one_makes_the_pattern_longer():
    with pytest.raises(ArgumentError, match="lasts 20 ms and is repeated every 19 ms"):
        Question(REWARDED, [0.010], [0.015], 0.5, 2, 0.019, events={"reward": [0.030]}).times()


def test_it_is_left_out_and_moved_as_a_spike_is():
    assert answer(altered(ASKED, without=["reward:1"])).dw == 0
    assert altered(ASKED, move=["reward:1:+5ms"]).events == {"reward": (pytest.approx(0.035, abs=1e-15),)}
    with pytest.raises(ArgumentError, match="allowed: reward:1 to reward:1"):
        altered(ASKED, without=["reward:2"])


@pytest.mark.parametrize(
    ("rule", "events", "error", "said"),
    [
        (PAIR_STDP, {"reward": [0.03]}, ArgumentError, "pair_stdp does not hear the event 'reward'; allowed: none"),
        (REWARDED, {"punishment": [0.03]}, ArgumentError, "'punishment'; allowed: reward"),
        (REWARDED, {"reward": "soon"}, SpikeTrainError, "the train of reward is 'soon'"),
        (REWARDED, [0.03], ArgumentError, "the events of a question"),
    ],
)
def test_what_nobody_hears_is_refused(rule, events, error, said):
    with pytest.raises(error) as refused:
        Question(rule, [0.010], [0.015], events=events)
    assert said in str(refused.value)


def test_the_picture_has_a_row_for_it(tmp_path):
    write_answer(tmp_path / "answer", answer(ASKED), format="svg")

    assert ">reward</text>" in (tmp_path / "answer" / "figure.svg").read_text(encoding="utf-8")
    assert '"events_s"' in (tmp_path / "answer" / "answer.json").read_text(encoding="utf-8")


def test_a_weight_that_moves_between_events_is_not_drawn_in_steps(tmp_path):
    moving = Rule(
        name="moving",
        source="our choice",
        parameters=(Parameter("tau", 1.0, "s"),),
        weight=weight({"pre": "0.1"}, flow="-w/tau"),
    )

    with pytest.raises(ArgumentError, match="moving moves the weight between events"):
        write_answer(tmp_path / "answer", answer(Question(moving, [0.010], [0.015], 0.5)))
    assert not list(tmp_path.iterdir())
