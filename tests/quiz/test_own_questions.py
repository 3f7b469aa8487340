"""Questions of one's own: the printed example, other numbers, files that are none, and those of other packages."""

import math
import sys
from dataclasses import replace
from importlib.metadata import EntryPoint
from types import SimpleNamespace

import numpy as np
import pytest

from plasticity import events, plugins, quiz
from plasticity.errors import ArgumentError, InputError, PlasticityError
from plasticity.quiz import LECTURE, QUESTIONS, TEMPLATE, Answer, Check, Solution, ask, chosen
from plasticity.rules import RULES


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "my-question.toml"
    path.write_text(TEMPLATE, encoding="utf-8")
    return path


def answered(path, *assignments):
    (found,) = ask(chosen([str(path)]), assignments=assignments)
    return found


def test_the_printed_example_is_a_question_that_agrees(page):
    found = answered(page)
    assert (found.question.id, found.question.section, found.verdict) == ("my-question", "my lecture", "agrees")
    assert found.told().answer == "The synapse is strengthened."
    assert all(check.holds(found.answer.measurements) for check in found.answer.checks)


@pytest.mark.parametrize("rule", ["pair_stdp", "triplet_stdp", "anti_stdp"])
def test_other_numbers_give_what_the_exact_engine_finds(page, rule):
    found = answered(page, f"rule={rule}", "pre=5,30", "post=0,20", "repeat=3", "every=200", "w0=0.4")
    pre, post = ([k * 0.2 + t for k in range(3) for t in train] for train in ([0.005, 0.03], [0.0, 0.02]))
    expected = events.final_weight(RULES[rule], pre, post, 0.4)
    assert found.answer.measurements["w_after"] == pytest.approx(expected, abs=1e-12)
    assert found.is_changed


def test_words_follow_what_was_measured(page):
    assert answered(page, "pre=10", "post=0").told().answer == "The synapse is weakened."


@pytest.mark.parametrize("rule", ["reward_stdp", "calcium", "calcium_bistable", "triplet_stdp", "bi_poo"])
def test_a_weight_that_flows_between_spikes_has_no_second_route_and_every_other_has_one(page, rule):
    found = answered(page, f"rule={rule}", "repeat=3")
    assert all(check.holds(found.answer.measurements) for check in found.answer.checks)
    assert len(found.answer.checks) == (rule in ("triplet_stdp", "bi_poo"))


def test_more_spikes_than_the_definition_gets_through_are_refused(page):
    with pytest.raises(PlasticityError, match="20000 spikes; at most 6000"):
        answered(page, "repeat=10000")


def test_a_rule_without_bounds_goes_below_zero(page):
    found = answered(page, "pre=10", "post=0", "w0=0.01", "unbounded=true")
    assert found.answer.measurements["w_after"] < 0


@pytest.mark.parametrize(
    "old, new, said",
    [
        ("[ask]", "[asks]", "asks"),
        ("[en]", "[fr]", "known"),
        ('rule = "pair_stdp"', 'rule = "pear"', "pear"),
        ("pre = [0]", "pre = {x = 1}", "pre"),
        ("repeat = 60", "repeat = 0", "repeat"),
        ('claims = [["dw", ">", 0]]', "claims = [[1]]", "a claim is"),
        ('answer = "The', 'anser = "The', "anser"),
        ("[en]", "[en", "TOML"),
    ],
)
def test_a_file_that_is_no_question_is_refused_by_its_name(page, old, new, said):
    page.write_text(TEMPLATE.replace(old, new), encoding="utf-8")
    with pytest.raises(PlasticityError, match=said) as error:
        answered(page)
    assert "my-question" in str(error.value) or said == "pear"


@pytest.mark.parametrize(
    "old, new, said",
    [
        ('printed = "it strengthens"', "printed = 1", "printed of Texts is 1"),
        ('strengthened = "strengthened"', "strengthened = [1]", "'strengthened' of the group 'outcomes' is .1."),
        ("[en.words.outcomes]", '[en.words]\nother = "x"\n[en.words.outcomes]', "the group of words 'other' is 'x'"),
        ('printed = "it', 'tables = [{rows = "dw"}]\nprinted = "it', "has no columns"),
        ('printed = "it', 'insight = [[1]]\nprinted = "it', "insight"),
        ('[["dw", ">", 0]]', '[["dw", ">", nan]]', "what dw is compared with is nan"),
        ('[["dw", ">", 0]]', '[["outcome", ">", 0]]', "the claim about outcome compares 'strengthened'"),
        ('[["dw", ">", 0]]', '[["dw", "falls to", 0]]', "dw is 0.1"),
        ('[["dw", ">", 0]]', '[["dw", "rounds to", ["1"]]]', "dw is 0.1"),
        ('why = "{outcome|reasons}"', 'why = "{outcome|reason}"', "unknown group of words 'reason'"),
        ('strengthened = "strengthened"', 'strengthened = "{outcome|outcomes}"', "no group lead to itself"),
        ('{dw:+.3f}"', '{dw:999999999.3f}"', "at most two digits"),
        ('{dw:+.3f}"', '{dw:+.3q}"', "no format"),
        ("[en.words.outcomes]", '[he]\nquestion = "?"\nanswer = "{speed}"\n[en.words.outcomes]', "'speed'"),
    ],
)
def test_what_is_wrong_in_a_question_is_said_with_its_name_and_before_anything_is_shown(page, old, new, said):
    assert old in TEMPLATE
    page.write_text(TEMPLATE.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PlasticityError, match=said) as error:
        answered(page)
    assert "my-question" in str(error.value)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(InputError, match="none.toml"):
        chosen([str(tmp_path / "none.toml")])


def _three(parameters):
    return 3


@pytest.fixture
def declared(tmp_path, monkeypatch):
    """Another package's question, declared as an entry point."""
    (tmp_path / "three.toml").write_text('claims = [["n", "=", 3]]\nsection = "counting"\n', encoding="utf-8")
    words = 'question = "How many?"\nanswer = "There are {n}."\n'
    (tmp_path / "three.en.toml").write_text(words, encoding="utf-8")
    solution = Solution(_three, lambda n: Answer({"n": n}, [Check("n", 3, "by hand")], {"all": {"n": n}}), None)
    theirs = SimpleNamespace(QUESTION=quiz.question(tmp_path / "three.toml", solution))
    monkeypatch.setitem(sys.modules, "their", theirs)
    entry = EntryPoint("three", "their:QUESTION", "plasticity.quiz")
    monkeypatch.setattr(plugins, "entry_points", lambda group: [entry] if group == "plasticity.quiz" else [])


def test_a_question_of_another_package_is_asked_like_one_of_the_lecture(declared):
    assert QUESTIONS.names() == [*LECTURE, "three"]
    (found,) = ask(chosen(section="counting"))
    assert (found.told("he").answer, found.verdict) == ("There are 3.", "agrees")


@pytest.mark.parametrize(
    "study, answer, said",
    [
        (lambda parameters: 1 / 0, None, "ZeroDivisionError"),
        (lambda parameters: sys.exit(0), None, "SystemExit"),
        (_three, lambda n: n, "the answer is 3"),
        (_three, lambda n: Answer({"n": math.nan}, [], {}), "not JSON compliant"),
        (_three, lambda n: Answer({"n": np.arange(3)}, [], {"all": {"n": 3}}), "not JSON"),
        (_three, lambda n: Answer({"m": n}, [], {"all": {"n": 3}}), "unknown measurement 'n'"),
        (_three, lambda n: Answer({"n": n}, [Check("m", 3, "x")], {"all": {"n": 3}}), "unknown measurement 'm'"),
        (
            _three,
            lambda n: Answer({"n": n}, [Check("n", "three", "x")], {"all": {"n": 3}}),
            "real numbers, without unit",
        ),
    ],
    ids=["raises", "exits", "another kind", "nan", "arrays", "nameless", "unmeasured", "text"],
)
def test_whatever_a_function_of_another_package_does_is_told_with_the_name_of_its_question(
    declared, study, answer, said
):
    theirs = replace(QUESTIONS["three"], load=lambda: Solution(study, answer or _three, None))
    with pytest.raises(PlasticityError, match=f"the question 'three'.*{said}"):
        list(ask([theirs]))


def test_assignments_of_any_container_are_set_in_every_question():
    ids = ["backprop-product", "local-gradients"]
    found = list(ask(chosen(ids), assignments=iter(["x=3"])))
    assert [one.solution.parameters.x for one in found] == [3.0, 3.0]


@pytest.mark.parametrize("other", ["and-gate.toml", "mine/my-question.toml"])
def test_two_questions_of_one_name_are_refused_together(page, tmp_path, other):
    (tmp_path / "mine").mkdir()
    (tmp_path / other).write_text(TEMPLATE, encoding="utf-8")
    beside = ["and-gate"] if other == "and-gate.toml" else [str(page)]
    with pytest.raises(ArgumentError, match="two questions are called"):
        chosen([*beside, str(tmp_path / other)])
