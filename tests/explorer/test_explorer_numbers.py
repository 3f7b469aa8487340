"""What the page computes: the numbers of the exact engine, and those of the command line that it prints."""

import contextlib
import io
import json
import shlex

import numpy as np
import pytest
from browsing import needs_browser

from plasticity import engines
from plasticity.cli import commands
from plasticity.explorer.contents import rules
from plasticity.explorer.presets import presets
from plasticity.rules import UNBOUNDED, with_bounds

pytestmark = [needs_browser, pytest.mark.whole]
EQUAL = 1e-12  # the same closed forms in the same order; what rounding leaves
WEIGHTS = "() => [explorer.weight(), explorer.without() ?? null, document.querySelector('#fault').textContent]"
PAIR, BOTH = {"rule": "pair_stdp"}, {"pre": [10, 30], "post": [15.5, 35]}
SCENARIOS = (
    {**PAIR, "set": {"tau_plus": 15, "A_minus": 0.004}, "spikes": BOTH},
    {**PAIR, "variant": "soft_bounds", "set": {"mu_plus": 0.5}, "spikes": {"pre": [1, 3, 5], "post": [2, 9]}},
    {**PAIR, "spikes": BOTH, "w0": 1.1, "upper": 1.1035},
    {"rule": "multiplicative_stdp", "spikes": BOTH, "upper": 2, "repeat": 3},
    {"rule": "triplet_stdp", "spikes": BOTH, "w0": -0.25, "unbounded": True, "repeat": 9, "every": 120.5},
    {"rule": "anti_stdp", "spikes": {"pre": [10, 30, 71], "post": [15]}, "away": ["pre:2", "post:1"], "w0": 0.9},
    {"rule": "inhibitory_stdp", "spikes": {"pre": [], "post": [20, 40]}},
    {"rule": "reward_stdp", "set": {"tau_c": 0.7}, "spikes": {"pre": [10], "post": [15], "reward": [600]}},
    {"rule": "calcium", "set": {"tau_Ca": 31}, "spikes": {"pre": [20], "post": [35, 45]}, "repeat": 5, "every": 200},
)


def of_command(line):
    """What the command answers: the weight after, and the one without what was taken away."""
    with contextlib.redirect_stdout(io.StringIO()) as out:
        commands.main([*shlex.split(line)[1:], "--json"], standalone_mode=False)
    said = json.loads(out.getvalue())
    return [said["w_after"], *(other["w_after"] for other in said.get("what_if", []))]


def test_the_line_that_the_page_prints_gives_the_weights_that_it_shows(opened):
    shown = opened()
    for scenario in SCENARIOS:
        shown.evaluate("text => explorer.show(text)", json.dumps({"plasticity": 1, **scenario}))
        *weights, fault = shown.evaluate(WEIGHTS)
        expected = of_command(shown.inner_text("#ask-line"))
        assert fault == "" and np.allclose(weights[: len(expected)], expected, rtol=0, atol=EQUAL), scenario
        assert (weights[1] is None) == (len(expected) == 1)
        assert shown.inner_text("#ask-answer") == f"It answers w = {weights[0]!r}."


def test_every_preset_is_answered_as_its_line_says(opened):
    shown = opened()
    for preset in presets():
        shown.select_option("#preset", preset["id"])
        weight, _, fault = shown.evaluate(WEIGHTS)
        assert fault == "" and abs(weight - of_command(shown.inner_text("#ask-line"))[0]) < EQUAL, preset["id"]


@pytest.mark.whole
def test_every_rule_of_the_page_gives_what_the_exact_engine_gives(opened):
    shown, rng = opened(), np.random.default_rng(3)
    for name, one in rules().items():
        for variant, rule in one.variants.items():
            ms = {event: np.sort(rng.choice(900, 15, replace=False)) / 2 for event in rule.events}
            scenario = {"plasticity": 1, "rule": name, "variant": variant, "unbounded": True}
            scenario["spikes"] = {event: times.tolist() for event, times in ms.items()}
            found = shown.evaluate("text => explorer.ends(text)", json.dumps(scenario))
            trains = {event: times / 1e3 for event, times in ms.items()}
            pre, post, start = trains.pop("pre"), trains.pop("post"), rule.start_weight
            for asked, end in zip((rule, with_bounds(rule, UNBOUNDED)), found, strict=True):
                expected = engines.final_weight(asked, pre, post, start, events=trains)
                assert end == pytest.approx(expected, rel=EQUAL, abs=EQUAL), (rule.name, str(asked.bounds))


def test_the_page_proves_its_own_rules_when_it_opens(opened):
    shown = opened()
    worst = float(shown.get_attribute("#proof", "data-worst"))
    assert worst < EQUAL and shown.inner_text("#proof").startswith("Yes")
    assert shown.text_content("#source").startswith('plasticity.add({\n\tname: "pair_stdp"')
    n_rows = shown.evaluate("document.querySelectorAll('#proof-table tbody tr').length")
    assert n_rows == 2 * sum(len(one.variants) for one in rules().values())


def test_the_ledger_and_the_window_are_of_this_scenario(opened):
    shown = opened({"rule": "pair_stdp", "spikes": {"pre": [10, 30], "post": [15, 35]}})
    rows = shown.eval_on_selector_all("#ledger tbody tr", "rows => rows.map(r => [...r.cells].map(c => c.innerText))")
    assert [row[:3] for row in rows] == [["10", "15", "5"], ["30", "15", "−15"], ["10", "35", "25"], ["30", "35", "5"]]
    assert rows[0][3] == "+0.00389" and shown.inner_text("#verdict").startswith(
        "The synapse is strengthened by 0.00674"
    )
    assert shown.get_attribute("#window-plot path.pair", "d").count("M") == 4
