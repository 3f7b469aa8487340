"""The answer: before, after, and a ledger whose shares are the change."""

import math
from dataclasses import replace

import pytest
from changing import with_changes

from plasticity import events, spiking
from plasticity.ask import Question, answer
from plasticity.ask.folder import ANSWER, write_answer
from plasticity.errors import OutputError, UnsupportedRule
from plasticity.rules import RULES, unbounded
from plasticity.rules.library.hebbian import HEBBIAN
from plasticity.rules.library.pair_stdp import PAIR_STDP

ASKED = Question(PAIR_STDP, pre=(0.010, 0.030), post=(0.015, 0.035))
FALLING = Question(PAIR_STDP, pre=(0.02,), post=(0.01,), w0=0.1, n_repeats=60)


@pytest.mark.parametrize("question", [ASKED, FALLING, replace(FALLING, rule=unbounded(PAIR_STDP))])
def test_brian2_gives_the_same_weight(question):
    found = answer(question)
    assert found.w_after == pytest.approx(
        spiking.final_weight(question.rule, *question.trains(), question.w0), abs=1e-12
    )


def test_the_shares_in_json_sum_to_the_change():
    found = answer(FALLING).as_object()
    assert math.fsum(entry["dw"] for entry in found["ledger"]) == found["dw"]
    assert found["w_before"] + found["dw"] == pytest.approx(found["w_after"], abs=1e-15)
    assert (found["w_after"], found["verdict"]) == (0.0, "weakened")


def test_the_ledger_has_both_times_their_lag_and_what_was_clipped():
    (entry,) = answer(Question(PAIR_STDP, pre=(0.02,), post=(0.01,), w0=0.001)).as_object()["ledger"]
    assert (entry["pre_ms"], entry["post_ms"], entry["lag_ms"]) == (20.0, 10.0, -10.0)
    assert entry["dw"] == -0.001 and entry["clipped"] < 0


def test_pairs_below_rounding_are_one_entry_of_the_json_that_counts_them():
    *entries, summed = answer(replace(ASKED, n_repeats=2)).as_object()["ledger"]
    assert all("n_pairs" not in entry and entry["lag_ms"] is not None for entry in entries)
    assert (summed["pre_ms"], summed["post_ms"], summed["lag_ms"]) == (None, None, None)
    assert (len(entries), summed["n_pairs"]) == (8, 8)  # of 4 spikes a side; the other 8 are a second apart
    assert 0 < abs(summed["dw"]) < 1e-15 * max(abs(entry["dw"]) for entry in entries)


def test_without_a_ledger_the_weight_is_the_same():
    assert answer(ASKED, with_ledger=False).w_after == answer(ASKED).w_after
    assert answer(ASKED, with_ledger=False).entries is None


def test_silence_leaves_the_weight_unchanged():
    assert answer(replace(ASKED, post=())).verdict == "unchanged"


def test_a_rule_that_is_no_sum_over_pairs_is_answered_without_a_ledger_and_says_so():
    bent = with_changes(PAIR_STDP, post="A_plus*tanh(r_pre)")
    found = answer(replace(ASKED, rule=bent))
    assert found.entries is None and "no sum over pairs" in found.as_object()["note"]
    assert found.w_after == events.final_weight(bent, ASKED.pre, ASKED.post, 0.5)


def test_a_rule_on_rates_is_refused():
    with pytest.raises(UnsupportedRule, match="spiking_hebbian"):
        answer(replace(ASKED, rule=HEBBIAN))


@pytest.mark.parametrize("format", ["png", "svg", "pdf"])
@pytest.mark.parametrize("question", [ASKED, FALLING, replace(ASKED, pre=(), post=())])
def test_a_folder_holds_the_picture_the_ledger_and_the_answer(tmp_path, question, format):
    write_answer(tmp_path / "out", answer(question), format=format)
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        f"figure.{format}",
        "caption.txt",
        "ledger.csv",
        ANSWER,
    }
    rows = (tmp_path / "out" / "ledger.csv").read_text().splitlines()
    assert rows[0] == "pre_ms,post_ms,lag_ms,dw,clipped"
    assert len(rows) - 1 == len(answer(question).entries)
    assert all(row.count(",") == 4 for row in rows)


def test_a_folder_that_exists_is_left_alone_unless_it_is_an_answer_to_be_replaced(tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("all of it")
    for overwrite in (False, True):
        with pytest.raises(OutputError, match="exists"):
            write_answer(tmp_path / "mine", answer(ASKED), overwrite=overwrite)
    assert [path.name for path in tmp_path.rglob("*")] == ["mine", "thesis.txt"]
    write_answer(tmp_path / "out", answer(ASKED))
    write_answer(tmp_path / "out", answer(FALLING), overwrite=True)
    assert '"w_after": 0.0' in (tmp_path / "out" / ANSWER).read_text()


def test_a_change_below_rounding_is_no_change_whether_the_ledger_is_asked_or_not():
    question = Question(PAIR_STDP, [10.0], [15.0])

    assert {answer(question, with_ledger=asked).verdict for asked in (True, False)} == {"unchanged"}


@pytest.mark.parametrize("with_ledger", [True, False])
def test_a_weight_that_rounding_put_beyond_its_bound_is_not_weakened(with_ledger):
    found = answer(Question(PAIR_STDP, [0.010], [0.015], 1 + 2.3e-16), with_ledger=with_ledger)

    assert (found.w_before, found.w_after, found.verdict) == (1.0, 1.0, "unchanged")


def test_a_weight_that_still_moves_after_the_last_spike_is_read_when_it_has_settled():
    found = answer(Question(RULES["calcium"], [0.010], [0.030]))
    late = events.final_weight(RULES["calcium"], [0.010], [0.030], 0.5, until=5.0)
    assert found.w_after == pytest.approx(late, abs=1e-12)
    assert "0.5 then" in found.note and found.verdict == "strengthened"


def test_what_the_spikes_transmit_is_told_of_a_rule_that_does_not_transmit_its_weight():
    found = answer(Question(RULES["tsodyks_markram:depressing"], [0.0, 0.05], [], 1.0))
    released = events.transmitted(RULES["tsodyks_markram:depressing"], [0.0, 0.05], [], 1.0)
    assert found.note.endswith(f"its spikes transmit {released[0]:.3g}, {released[1]:.3g}")
