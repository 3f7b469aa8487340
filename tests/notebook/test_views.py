"""What a notebook shows of each kind of record: the words and numbers of the command, with a picture, escaped."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from plasticity import (
    NEURONS,
    PROTOCOLS,
    RULES,
    Network,
    Population,
    ask,
    events,
    markup,
    quiz,
    runs,
    simulate,
    trajectory,
    with_parameters,
)
from plasticity.experiment import Experiment
from plasticity.neurons import Neuron
from plasticity.protocols import Protocol
from plasticity.published import TABLES
from plasticity.rules import Rule

PAIR = RULES["pair_stdp"]
PRE, POST = [0.010, 0.030], [0.015, 0.035]


class Seen(HTMLParser):
    """The words of a page, and what it is made of; every element is closed."""

    VOID = {"img", "br"}

    def __init__(self, page):
        super().__init__()
        self.open, self.tags, self.links, self.text = [], [], [], ""
        self.feed(page)
        assert not self.open

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.links += [value for name, value in attributes if name in ("src", "href", "srcset", "style")]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += f" {data}"


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    folder = tmp_path_factory.mktemp("shown") / "run"
    graph = runs.EXPERIMENTS["backprop_graph"]
    runs.run_into(folder, graph, graph.quick, "quick")
    network = Network([Population("A", with_parameters(NEURONS["lif_excitatory"], bias=0.25), 3)])
    question = ask.Question(PAIR, PRE, POST)
    return {
        "rule": PAIR,
        "neuron": NEURONS["lif_excitatory"],
        "protocol": PROTOCOLS["pairing"],
        "table": TABLES["sjostrom2001_frequency"],
        "experiment": graph,
        "run": runs.run("backprop_graph", quick=True),
        "loaded": runs.load(folder),
        "answer": ask.answer(question),
        "an answer without a picture": ask.answer(replace(question, rule=RULES["reward_stdp"])),
        "ledger": events.ledger(PAIR, PRE, POST, 0.5),
        "trajectory": trajectory(PAIR, PRE, POST, w0=0.5),
        "answered": next(iter(quiz.ask(quiz.chosen(["and-gate"], None)))),
        "recording": simulate(network, 0.1, engine="numpy"),
        "sweep": runs.sweep(lambda tau: {"square": tau**2}, {"tau": [1.0, 2.0, 3.0]}),
    }


WORDS = {
    "rule": ["pair_stdp", "A_plus*exp(-lag/tau_plus)", "tau_plus = 20 ms", "Song, Miller & Abbott 2000"],
    "neuron": ["lif_excitatory", "160 pA"],
    "protocol": ["pairing", "rate = 1 Hz"],
    "table": ["frequency_hz", "0.69167", "Relative change of the synaptic response"],
    "experiment": ["backprop_graph", "gradients backwards"],
    "run": ["backprop_graph", "holds", "The quick preset took"],
    "loaded": ["backprop_graph", "holds", "product_nodes"],
    "answer": ["the weight goes from 0.5 to 0.50674061, strengthened by +0.00674061", "-0.002479924", "sum"],
    "an answer without a picture": ["reward_stdp", "the weight still moves after the last event"],
    "ledger": ["-0.002479924", "+0.006740607"],
    "trajectory": ["after each of 4 times"],
    "answered": ["and-gate", "question", "answer"],
    "recording": ["A", "3 neurons, 12 spikes"],
    "sweep": ["3 points", "square", "9"],
}
WITHOUT_PICTURE = {"table", "experiment", "loaded", "an answer without a picture", "ledger", "answered"}


@pytest.mark.parametrize("kind", WORDS)
def test_a_notebook_sees_the_words_and_the_picture_and_fetches_nothing(shown, kind):
    seen = Seen(shown[kind]._repr_html_())

    assert [word for word in WORDS[kind] if word not in seen.text] == []
    assert ("img" in seen.tags) == (kind not in WITHOUT_PICTURE)
    assert not {"script", "link", "iframe", "object"} & set(seen.tags)
    assert all(link.startswith("data:image/svg+xml;base64,") or "url" not in link for link in seen.links)
    assert not [link for link in seen.links if "http" in link[:30]]


@pytest.mark.parametrize("kind", WORDS)
def test_a_prompt_sees_one_short_line_without_an_address(shown, kind):
    line = repr(shown[kind])
    assert len(line) <= 80 and "\n" not in line and not re.search(r"0x[0-9a-f]{4}", line)
    assert line.startswith("<") and line.endswith(">")


@pytest.mark.parametrize("catalogue", [RULES, NEURONS, PROTOCOLS, TABLES], ids=lambda one: one._kind)
def test_every_record_is_a_short_line_that_begins_with_its_kind_and_name(catalogue):
    for name, record in catalogue.items():
        assert len(repr(record)) <= 80 and repr(record).startswith(f"<{catalogue._kind} {name}: ")


def test_text_of_a_record_is_text_and_no_markup():
    rule = replace(PAIR, summary="<script>alert(1)</script> & more")
    page = markup.block(f"{rule.name}\x1b[2J", rule.summary, markup.table(["<b>"], [["<i>"]]), markup.lines("<u>\x1b"))
    assert "<script" not in page and "<b>&lt;b&gt;" not in page.replace("<th", "") and "\x1b" not in page
    assert "&lt;script&gt;" in page and "&amp; more" in page and "&lt;i&gt;" in page and "&lt;u&gt;" in page


def test_numbers_stand_on_the_right():
    page = markup.table(["a", "b"], [["+0.5", "word"], ["-3", "+word"]])
    assert page.count('<td style="text-align:right') == 2 and page.count('<td style="text-align:left') == 2


def test_every_kind_of_record_that_people_meet_has_a_view():
    from plasticity.notebook.views import html

    assert {Rule, Neuron, Protocol, Experiment} <= set(html.registry)
    assert html(object()) is None


def test_a_rule_that_cannot_be_told_is_shown_as_its_line(monkeypatch):
    from plasticity.errors import RuleError
    from plasticity.notebook import views

    def failing(*_):
        raise RuleError("no")

    monkeypatch.setattr(views, "portrait_picture", failing)
    assert PAIR._repr_html_() is None


def test_names_complete_in_a_notebook():
    import plasticity

    assert {"pair_stdp", "triplet_stdp"} <= set(RULES._ipython_key_completions_())
    assert {"rules", "ask", "runs", "RULES"} <= set(dir(plasticity)) and plasticity.rules.RULES is RULES
