"""Rules as scripts in a browser: the weights, variables, ledgers and windows of the exact engine; one page for all."""

from dataclasses import replace

import numpy as np
import pytest
from hybrid_rules import FORGETTING
from hybrid_trains import JUMPING
from rule_cases import CASES
from spike_trains import any_times, grid_times, start_weights
from test_compiled_trains import MOVING

from plasticity import RULES, events, javascript
from plasticity.browser import browser
from plasticity.errors import SimulationError, UnsupportedRule
from plasticity.javascript.running import answered, given
from plasticity.javascript.shares import has_pairs
from plasticity.rules import is_readable, scaled, soft_bounds, unbounded, weight, with_conventions, with_parameters
from plasticity.rules.system import system

pytestmark = pytest.mark.skipif(browser() is None, reason="no Chromium or Chrome is installed")
# The same closed forms, with exponentials that are an ulp from ours; relative to w_max, or to the largest weight
CLOSE = {"rtol": 1e-12, "atol": 1e-12}
# Every third case: the steps pass through all variants and conventions, for a rule has another number of them
READ = [rule for rule in (*CASES[::3], *JUMPING, *MOVING) if is_readable(rule, "javascript")]
NAMED = [replace(rule, name=f"{number} {rule.name}") for number, rule in enumerate(READ)]
SIDES = [*zip(*any_times(31), strict=True)][:2]
SIDES += [(pre + 1e-3, post + 1e-3) for pre, post in zip(*grid_times(31), strict=True)][3:5]
AT = np.linspace(-0.1, 1.2, 40).tolist()
LAGS = [-0.05, -1e-10, 0.0, 0.01, 0.15]
BY_PAIRS = [rule for rule in NAMED if has_pairs(system(rule))]
TOLD = {"A_plus": -0.2, "A_minus": 0.3, "tau_plus": 7e-3}  # both lower w then: the first of two is pre

BODY = """
const trains = {trains}, at = {at}, lags = {lags};
return {jobs}.map(([name, starts, others]) => {
  const ready = plasticity.rules[name].ready(), heard = trains.map((some, k) => ({ ...some, ...others[k] }));
  const runs = heard.map((some, k) => ready.run(some, starts[k]));
  const values = ready.at(runs[0], at), later = ready.flow(runs[0].start, 0.02);
  const window = ready.window(lags, { n_pairs: 8, rate: 5 }), book = ready.ledger(heard[0], starts[0]);
  return { runs, values, window, book, later, change: ready.change(heard[0], starts[0]) };
});"""


def starts(rule):
    return start_weights(rule).tolist()[: len(SIDES)]


def others_of(rule, pre):
    return {"reward": pre[::4] + 3e-3} if "reward" in rule.events else {}


@pytest.fixture(scope="module")
def told():
    """{rule: what the page says of it}."""
    trains = [{"pre": pre.tolist(), "post": post.tolist()} for pre, post in SIDES]
    jobs = [
        [
            rule.name,
            starts(rule),
            [{name: times.tolist() for name, times in others_of(rule, pre).items()} for pre, _ in SIDES],
        ]
        for rule in NAMED
    ]
    parts = {"{trains}": trains, "{at}": AT, "{lags}": LAGS, "{jobs}": jobs}
    body = BODY
    for place, value in parts.items():
        body = body.replace(place, given(value))
    return dict(zip(NAMED, answered(NAMED, body), strict=True))


def every_event(run):
    """The weights of a run as the engines give them: a coincident pair is two events."""
    return np.repeat(run["weights"], [bits.bit_count() for bits in run["events"]])


def scale_of(rule, weights):
    return rule.bounds.upper if np.isfinite(rule.bounds.upper) else max(1.0, np.abs(weights).max())


@pytest.mark.parametrize("rule", NAMED, ids=str)
def test_a_script_does_what_the_evaluator_does(rule, told):
    pre, post = zip(*SIDES, strict=True)
    rewards = {"reward": [others_of(rule, train)["reward"] for train in pre]} if "reward" in rule.events else None
    path = events.trajectory(rule, pre, post, starts(rule), events=rewards)
    for synapse, run in enumerate(told[rule]["runs"]):
        weights = path.weights[synapse][np.isfinite(path.weights[synapse])]
        scale = scale_of(rule, weights)
        np.testing.assert_allclose(every_event(run) / scale, weights / scale, **CLOSE)
        for name, values in run["state"].items():
            np.testing.assert_allclose(values[-1], path.state.values[name][synapse], **CLOSE)


@pytest.mark.parametrize("rule", NAMED[::3], ids=str)
def test_variables_between_events_are_those_of_the_evaluator(rule, told):
    pre, post = SIDES[0]
    others = others_of(rule, pre) or None
    expected = events.states(rule, pre, post, AT, w0=starts(rule)[0], events=others)
    for name, values in told[rule]["values"].items():
        np.testing.assert_allclose(values, expected[name], **CLOSE)


@pytest.mark.parametrize("rule", BY_PAIRS[::2], ids=str)
def test_a_ledger_by_pairs_is_that_of_the_evaluator(rule, told):
    book = told[rule]["book"]
    entries = events.ledger(rule, *SIDES[0], starts(rule)[0]).entries
    for column in ("pre", "post", "dw", "clipped"):
        np.testing.assert_allclose(book[column], getattr(entries, column), **CLOSE)
    assert book["n_summed"] == entries.n_summed


@pytest.mark.parametrize("rule", NAMED, ids=str)
def test_every_ledger_sums_to_the_change(rule, told):
    book = told[rule]["book"]
    scale = scale_of(rule, [book["before"], book["after"]])
    assert abs(sum(book["dw"]) - (book["after"] - book["before"])) < 1e-12 * scale
    assert told[rule]["change"] == book["after"] - book["before"]


@pytest.mark.parametrize("rule", NAMED[::4], ids=str)
def test_a_window_is_that_of_the_evaluator_by_script(rule, told):
    expected = events.window(rule, LAGS, n_pairs=8, rate=5.0)
    np.testing.assert_allclose(told[rule]["window"], expected, rtol=1e-12, atol=1e-12 * scale_of(rule, expected))


def test_parameters_and_bounds_that_are_told_are_those_of_another_rule():
    pre, post = SIDES[3]
    soft, slow = scaled(soft_bounds(RULES["pair_stdp"]), 60.0), RULES["calcium"]
    jobs = [["pair_stdp", TOLD, [0.2, 0.7]], [soft.name, {}, [-np.inf, np.inf]], ["calcium", {"theta_p": 1.0}, [0, 1]]]
    body = f"return {given(jobs)}.map(([name, ...told]) => plasticity.rules[name].run(trains, 0.5, ...told));"
    trains = given({"pre": pre.tolist(), "post": post.tolist()})
    runs = answered([RULES["pair_stdp"], soft, slow], f"const trains = {trains};\n{body}")

    pair = with_parameters(RULES["pair_stdp"], **TOLD)
    pair = replace(pair, weight=replace(pair.weight, bounds=replace(pair.bounds, lower=0.2, upper=0.7)))
    for rule, run in zip([pair, unbounded(soft), with_parameters(slow, theta_p=1.0)], runs, strict=True):
        np.testing.assert_allclose(every_event(run), events.trajectory(rule, pre, post, 0.5).weights, **CLOSE)


def test_what_a_presynaptic_spike_transmits_is_that_of_the_evaluator():
    pre, post = SIDES[2]
    rules = [RULES["tsodyks_markram"], with_conventions(RULES["tsodyks_markram_stdp"], "nest")]
    trains = given({"pre": pre.tolist(), "post": post.tolist()})
    told = answered(rules, f"return Object.values(plasticity.rules).map((rule) => rule.run({trains}, 0.5));")
    for rule, run in zip(rules, told, strict=True):
        sent = np.array(run["sent"])[np.array(run["events"]) & 1 == 1]
        np.testing.assert_allclose(sent, events.transmitted(rule, pre, post, 0.5), **CLOSE)


WRONG = [
    ("run({ pre: [0.2, 0.1] })", "the train of pre holds 0.1 s; rising times below 48 days are allowed"),
    ("run({ pre: [NaN] })", "the train of pre holds NaN s"),
    ("run({ reward: [0.1] })", "hears no event 'reward'; it hears pre, post"),
    ("run({ pre: [0.1] }, 2)", "a weight of 2; 0 to 1 is allowed"),
    ("ready({ tau: 1 })", "has no parameter 'tau'; it has A_plus, A_minus, tau_plus, tau_minus"),
    ("ready({ tau_plus: 0 })", "tau_plus is 0; 0.000001 to Infinity is allowed"),
    ("ready({ tau_plus: Infinity })", "the rate of pair_stdp is 0; "),
    ("ready({}, [1, 0])", "bounds from 1 to 0: the lower must be less than the upper"),
    ("run({ pre: [0.1], post: [0.11] }, 0.5, { A_plus: 1e308 * 10 })", "w of pair_stdp became Infinity at 0.11 s"),
]


def test_what_cannot_be_is_refused_with_a_sentence():
    calls = [f"plasticity.rules.pair_stdp.{call}" for call, _ in WRONG]
    tried = "(call) => { try { return call(); } catch (error) { return error.message; } }"
    found = answered([RULES["pair_stdp"]], f"return [{', '.join(f'() => {c}' for c in calls)}].map({tried});")
    assert [said in text for text, (_, said) in zip(found, WRONG, strict=True)] == [True] * len(WRONG)
    with pytest.raises(SimulationError, match="the script failed: Error: no"):
        answered([], "throw new Error('no');")


def test_a_record_cannot_end_the_script_that_holds_it():
    evil = "</script><script>alert(1)</script><!-- ü 'quoted' \"twice\" \\"
    rule = replace(RULES["pair_stdp"], name="in </script>", summary=evil)
    assert javascript.source([rule]).isascii() and "</script" not in javascript.source([rule])
    assert answered([rule], "return plasticity.rules['in <' + '/script>'].summary;") == evil


def test_a_rule_that_no_script_can_say_is_refused_with_an_engine_that_can():
    with pytest.raises(UnsupportedRule, match="calcium_bistable needs a flow without closed form.*plasticity.events"):
        javascript.exported(RULES["calcium_bistable"])


def test_bounds_for_which_a_rule_was_not_written_are_refused():
    bent = replace(FORGETTING, name="bent", weight=weight({}, flow="rectify(1.5 - w)*x/tau"))
    body = f"return {given([[0, 1.2], [-1, 1]])}.map((bounds) => plasticity.rules.bent.ready({{}}, bounds));"
    with pytest.raises(SimulationError, match="the changes of bent were written for bounds within -Infinity and 1;"):
        answered([bent], body)
