"""`plasticity ask` under a rule that is changed: by options, by a question file, by both."""

import json
import math

import pytest
from command_line import assert_refused, plasticity

from plasticity import events
from plasticity.rules import Bounds, nearest, with_bounds, with_conventions, with_parameters
from plasticity.rules.library.pair_stdp import PAIR_STDP

TRAINS = ("--pre", "10,30", "--post", "15,35")
CHANGED = ("--set", "tau_plus=15ms", "--variant", "nearest", "--conventions", "nest", "--w-max", "2")
FILE = """
rule = "pair_stdp"
set = {tau_plus = "15 ms"}
variant = "nearest"
conventions = "nest"
w_max = 2
[trains]
pre_ms = [10, 30]
post_ms = [15, 35]
"""


def made():
    rule = nearest(with_bounds(with_parameters(PAIR_STDP, tau_plus=15e-3), Bounds(0.0, 2.0)))
    return with_conventions(rule, "nest")


def test_the_options_ask_the_rule_that_python_makes_and_say_so(tmp_path):
    done = plasticity(tmp_path, "ask", "--rule", "pair_stdp", *CHANGED, *TRAINS, "--explain")

    after = events.final_weight(made(), [0.010, 0.030], [0.015, 0.035], 0.5)
    assert f"nearest(pair_stdp): the weight goes from 0.5 to {after:.8g}" in done.stdout
    assert "with tau_plus = 15 ms, w_max = 2, under the conventions nest" in done.stdout
    assert "tau_plus = 15 ms, tau_minus = 20 ms 0 <= w <= 2, in units of w_max" in " ".join(done.stdout.split())


def test_a_question_file_says_the_same_and_json_carries_it(tmp_path):
    (tmp_path / "q.toml").write_text(FILE, encoding="utf-8")
    of_file = json.loads(plasticity(tmp_path, "ask", "q.toml", "--json").stdout)
    of_options = json.loads(plasticity(tmp_path, "ask", "--rule", "pair_stdp", *CHANGED, *TRAINS, "--json").stdout)

    assert of_file == of_options
    assert of_file["parameters"] == made().values and of_file["bounds"] == [0.0, 2.0]
    assert (of_file["rule"], of_file["conventions"]["clipping"]) == ("nearest(pair_stdp)", "own side")


def test_an_option_takes_the_place_of_the_same_parameter_and_of_all_variants(tmp_path):
    (tmp_path / "q.toml").write_text(FILE, encoding="utf-8")
    done = plasticity(tmp_path, "ask", "q.toml", "--set", "A_plus=0.01", "--variant", "anti", "--json")
    found = json.loads(done.stdout)
    assert (found["rule"], found["parameters"]["tau_plus"], found["parameters"]["A_plus"]) == (
        "anti(pair_stdp)",
        0.015,
        0.01,
    )


def test_of_all_rules_those_without_the_parameter_are_left_out_and_named(tmp_path):
    done = plasticity(tmp_path, "ask", "--rule", "all", "--set", "tau_plus=15ms", *TRAINS, "--json")
    found = {one["rule"]: one for one in json.loads(done.stdout)}

    assert {one["parameters"]["tau_plus"] for one in found.values()} == {0.015}
    assert "calcium" not in found and "calcium" in done.stderr
    expected = 0.005 * (2 * math.exp(-5 / 15) + math.exp(-25 / 15)) - 0.00525 * math.exp(-15 / 20)
    assert found["pair_stdp"]["dw"] == pytest.approx(expected, abs=1e-12)


REFUSED = {
    "a parameter of no rule": (["--rule", "all", "--set", "tau_pls=1"], "unknown parameter of a rule 'tau_pls'"),
    "a unit that no rule takes": (["--rule", "all", "--set", "tau_plus=15mV"], "tau_plus is '15mV'"),
    "one of two rules lacks it": (
        ["--rule", "pair_stdp", "--rule", "calcium", "--set", "tau_plus=1"],
        "parameter of calcium 'tau_plus'",
    ),
    "no bound and a bound": (["--rule", "pair_stdp", "--unbounded", "--w-max", "2"], "takes the bound away"),
    "a bound that is none": (["--rule", "pair_stdp", "--w-max", "two"], "w_max is 'two'"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_makes_no_sense_is_one_line(tmp_path, case):
    options, reason = REFUSED[case]
    assert_refused(plasticity(tmp_path, "ask", *options, *TRAINS), reason)
