"""`plasticity check`: everything that is wrong with a file at once; of what is right, that the engines agree."""

import json
from dataclasses import replace

import pytest
from command_line import assert_refused, plasticity_here

from plasticity import NEURONS, RULES
from plasticity.authoring import check_file, checked, new_package, rules
from plasticity.authoring.reviewing import questions_on_rule
from plasticity.rules import Parameter, Rule, trace, weight
from plasticity.verification import by_definition

FAULTY = """
from plasticity.rules import Parameter, Rule, trace, weight

RULE = Rule(
    name="pair_stdp",
    source="sogn2000",
    parameters=(Parameter("A", 0.005), Parameter("V", 1e-3, "mV"), Parameter("tau", -20e-3, "ms", least=1e-6)),
    weight=weight({"pre": "-A*r_pots", "post": "V*r_pre"}),
    state=(trace("r_pre", "pre", "tau"), trace("r_post", "post", "tau")),
)
"""
WRONG = ["line 7: parameter tau is -20 ms", "'sogn2000'", "'r_pots'", "V * r_pre is in V", "one of plasticity's rules"]
QUESTION = """
sektion = "mine"
claims = [["dw", ">>", 0]]
[ask]
rule = "pair_stpd"
lag = 3
pre = [0]
post = [10]
[en]
question = "What?"
answr = "{dw}"
[he]
question = "?"
answer = "{nothing} {nobody|nowhere}"
"""


@pytest.fixture
def file(tmp_path, monkeypatch):
    """Write a file into the current folder, which is empty."""
    monkeypatch.chdir(tmp_path)

    def written(name, text):
        (tmp_path / name).write_text(text, encoding="utf-8")
        return name

    return written


def test_everything_that_is_wrong_with_a_rule_is_told_at_once(file, tmp_path):
    done = plasticity_here("check", file("mine.py", FAULTY), "--out", "kept")
    lines = done.stdout.splitlines()
    assert done.returncode == 2 and lines[0] == "mine.py: 5 faults" and len(lines) == 6
    assert [any(wrong in line for line in lines) for wrong in WRONG] == [True] * 5
    assert done.stderr == "Error: mine.py has 5 faults; nothing is written\n"
    assert [path.name for path in tmp_path.iterdir()] == ["mine.py"]


def test_everything_that_is_wrong_with_a_question_is_told_at_once(file):
    done = plasticity_here("check", file("mine.toml", QUESTION), "--json")
    faults = "\n".join(fault["text"] for fault in json.loads(done.stdout)["reports"][0]["faults"])
    for wrong in ("'sektion'", "'>>'", "'pair_stpd'", "'lag'", "[en] has no answer", "'answr'"):
        assert wrong in faults
    assert done.returncode == 2 and faults.count("\n") == 5


def test_every_place_of_a_text_for_what_there_is_not_is_told(file):
    question = QUESTION.replace("sektion", "section").replace(">>", ">").replace("stpd", "stdp").replace("lag = 3", "")
    done = plasticity_here("check", file("mine.toml", question.replace("answr", "answer")))
    assert done.returncode == 2 and "unknown measurement 'nothing'" in done.stdout and "[he]" in done.stdout


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x = 1\n1/0", "line 2: ZeroDivisionError: division by zero"),
        ("import sys\nsys.exit(0)", "line 2: it exits (status 0)"),
        ("x = (", "line 1: no Python: '(' was never closed"),
        ("from plasticity import RULES\nRULES['pair_stpd']", "line 2: unknown rule 'pair_stpd'"),
        ("from plasticity import RULES\nmine = RULES['pair_stdp']", "holds no rule"),
    ],
)
def test_a_file_that_stops_or_holds_nothing_is_one_line(file, text, said):
    assert_refused(plasticity_here("check", file("mine.py", text)), "mine.py", said)


def test_what_follows_a_fault_is_said_not_to_be_read(file):
    done = plasticity_here("check", file("mine.py", FAULTY + "print(RULE.bounds.upper)\nRULE.nothing\n"))
    assert done.returncode == 2 and "AttributeError" in done.stdout and "what follows it was not read" in done.stdout
    assert done.stderr.startswith("1.0\n")


@pytest.mark.whole
def test_a_rule_that_is_right_is_verified_drawn_and_kept(tmp_path, monkeypatch):
    new_package("rule", tmp_path / "new", "a_rule")
    monkeypatch.chdir(tmp_path)
    done = plasticity_here("check", "new/a_rule/rule.py", "--out", "kept")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("a_rule: nothing wrong; the exact engine, its definition, ")
    assert "Brian2 agree to" in done.stdout and "dw(lag > 0) = A_plus*exp(-lag/tau_plus)" in done.stdout
    assert (tmp_path / "kept" / "a_rule.png").read_bytes().startswith(b"\x89PNG")
    assert_refused(plasticity_here("check", "new/a_rule/rule.py", "--out", "kept"), "kept exists")


def test_engines_that_differ_end_with_1(monkeypatch):
    monkeypatch.setattr(by_definition, "TOLERANCE", 1e-20)  # which no rounding meets
    monkeypatch.setattr(rules, "_sides", lambda rule: ("events",))
    found = checked(replace(RULES["pair_stdp"], name="mine"), draws=False)
    assert found.status == "differs" and found.verdict.startswith("the exact engine and its definition differ by ")


def test_what_a_careful_reader_would_ask_of_a_rule():
    asked = "\n".join(questions_on_rule(_careless()))
    for question in ("A = 0.1 has no source", "spare is never read", "tau is a time constant", "idle never reaches"):
        assert question in asked
    assert asked.count("\n") == 7


def _careless():
    parameters = (Parameter("A", 0.1), Parameter("tau", 20e-3, "ms"), Parameter("spare", 1.0))
    state = (trace("x", "pre", "tau"), trace("idle", "post", "tau"))
    return Rule("careless", "our choice", parameters, weight({"post": "A*x"}), state)


def test_a_function_that_makes_a_rule_is_told_all_that_is_wrong_and_a_page_shows_it():
    found = checked(lambda: Rule("odd", "nowhere", (Parameter("A", 0.1),), weight({"pre": "<i>"})))
    assert [fault.text.split(" ")[0] for fault in found.faults] == ["the", "odd:"]
    assert "&lt;i&gt;" in found._repr_html_() and "<i>" not in found._repr_html_()
    assert repr(found) == "<odd: 2 faults>"


def test_a_neuron_whose_closed_form_is_wrong_is_found_out():
    neuron = NEURONS["lif_excitatory"]
    form = replace(
        neuron.closed_form, rate=lambda v, i: 1.01 * neuron.closed_form.rate(v, i), rate_in_steps=None, of=None
    )
    found = checked(replace(neuron, name="mine", closed_form=form), draws=False)
    assert found.status == "differs" and found.verdict.startswith("its closed form and Brian2 differ: ")


def test_a_claim_that_does_not_hold_ends_with_1(tmp_path):
    new_package("experiment", tmp_path / "new", "a_experiment")
    page = tmp_path / "new" / "a_experiment" / "experiment.py"
    page.write_text(page.read_text().replace("expected=5.0", "expected=0.5"))
    (found,) = check_file(page).reports
    assert found.status == "differs" and found.verdict == "1 of 2 claims does not hold"


def test_a_question_is_told_in_all_its_languages(tmp_path):
    new_package("question", tmp_path / "new", "a_question")
    (found,) = check_file(tmp_path / "new" / "a_question" / "question.py").reports
    assert found.verdict == "nothing wrong; the printed answer is right; 1 of its numbers by a second route"
    assert {"in en", "in he"} <= set(found.sections)


@pytest.mark.parametrize("change", [('rule = "pair_stdp"', 'rule = "none"'), ("pre_ms", "pre")], ids=["rule", "train"])
def test_a_question_about_trains_is_answered_or_told_what_is_wrong(file, change):
    text = 'rule = "pair_stdp"\nw0 = 0.5\n[trains]\npre_ms = [10, 30]\npost_ms = [15, 35]\n'
    done = plasticity_here("check", file("mine.toml", text))
    assert done.returncode == 0 and "the weight goes from 0.5 to 0.50" in done.stdout
    done = plasticity_here("check", file("mine.toml", text.replace(*change)))
    assert done.returncode == 2 and "mine: 1 fault" in done.stdout


def test_everything_that_is_wrong_with_a_question_about_trains_is_told_at_once(file):
    text = 'rule = 3\nw0 = "half"\nevery = "1s"\nreapet = 2\n[trains]\npre_ms = [10]\npost = 3\n'
    done = plasticity_here("check", file("mine.toml", text))
    for wrong in (
        "line 1: rule is 3",
        "line 2: w0 is 'half'",
        "line 4: unknown key 'reapet'",
        "line 7: post belongs to",
    ):
        assert wrong in done.stdout
    assert done.returncode == 2
