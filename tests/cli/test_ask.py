"""`plasticity ask`, as a process."""

import json
import math
import shlex

import pytest
from command_line import assert_refused, plasticity, plasticity_here

from plasticity import events
from plasticity.rules import RULES, is_readable
from plasticity.rules.system import system

PAIR = ("ask", "--rule", "pair_stdp", "--pre", "10,30", "--post", "15,35")
PRE, POST = [0.010, 0.030], [0.015, 0.035]


def test_the_sentence_says_before_after_and_which_way(tmp_path):
    done = plasticity(tmp_path, *PAIR)
    after = events.final_weight(RULES["pair_stdp"], PRE, POST, 0.5)
    assert done.stdout == f"pair_stdp: the weight goes from 0.5 to {after:.8g}, strengthened by {after - 0.5:+.6g}\n"


def test_json_has_the_fixed_names_and_shares_that_sum_to_the_change(tmp_path):
    found = json.loads(plasticity(tmp_path, *PAIR, "--json", "--repeat", "60", "--every", "1s", "--w0", "0.9").stdout)
    assert {"w_before", "w_after", "dw", "verdict", "ledger"} <= set(found)
    assert set(found["ledger"][0]) == {"pre_ms", "post_ms", "lag_ms", "dw", "clipped"}
    assert math.fsum(entry["dw"] for entry in found["ledger"]) == found["dw"]
    assert (found["w_before"], found["w_after"], found["verdict"]) == (0.9, 1.0, "strengthened")


def test_all_rules_that_read_spikes_are_a_table(tmp_path):
    done = plasticity(tmp_path, *PAIR, "--rule", "all", "--explain")
    names = [name for name, rule in RULES.items() if is_readable(rule, "events") and not rule.signals]
    rows = [row for row in done.stdout.splitlines()[1:] if not row.startswith(" ")]  # those have the rest of a unit
    assert [row.split()[0] for row in rows[: len(names)]] == names
    n_sums = sum(system(RULES[name]).needs <= {"spikes", "no polynomial"} for name in names)  # of pairs of spikes
    assert done.stdout.count("lag (ms)") == n_sums


def test_unbounded_goes_below_zero(tmp_path):
    line = "ask --rule pair_stdp --pre 20 --post 10 --w0 0 --unbounded --json"
    assert json.loads(plasticity(tmp_path, *line.split()).stdout)["w_after"] < 0


def test_what_would_have_been_is_told_beside_what_is(tmp_path):
    done = plasticity(tmp_path, *PAIR, "--without", "pre:2", "--move", "post:1:+3ms", "--json")
    (other,) = json.loads(done.stdout)["what_if"]
    assert other["w_after"] == events.final_weight(RULES["pair_stdp"], [0.010], [0.018, 0.035], 0.5)
    text = plasticity(tmp_path, *PAIR, "--without", "pre:2").stdout
    assert "what if: without pre:2" in text and "compared with the spikes as they are" in text


def test_a_file_asks_the_same_and_the_command_line_overrides_it(tmp_path):
    (tmp_path / "spikes.csv").write_text("train,time_ms\npre,10\npre,30\npost,15\npost,35\n")
    (tmp_path / "q.toml").write_text(
        'rule = "pair_stdp"\nw0 = 0.25\n[trains]\nfile = "spikes.csv"\n'
        '[[question]]\nname = "fewer"\nwithout = ["pre:2"]\n'
    )
    found = json.loads(plasticity(tmp_path, "ask", "q.toml", "--json").stdout)
    assert found["w_after"] == events.final_weight(RULES["pair_stdp"], PRE, POST, 0.25)
    assert [item["name"] for item in found["what_if"]] == ["fewer"]
    found = json.loads(plasticity(tmp_path, "ask", "q.toml", "--rule", "anti_stdp", "--w0", "0.5", "--json").stdout)
    assert found["w_after"] == events.final_weight(RULES["anti_stdp"], PRE, POST, 0.5)


def test_trains_come_from_csv_by_name(tmp_path):
    (tmp_path / "spikes.csv").write_text("train,time_s\nA,0.01\nA,0.03\nB,0.015\nB,0.035\n")
    line = "ask --rule pair_stdp --trains spikes.csv --pre A --post B --json"
    assert json.loads(plasticity(tmp_path, *line.split()).stdout)["dw"] > 0


def test_out_leaves_a_picture_and_an_existing_folder_is_left_alone(tmp_path):
    assert plasticity(tmp_path, *PAIR, "--out", "answer").returncode == 0
    assert {path.name for path in (tmp_path / "answer").iterdir()} == {
        "figure.png",
        "caption.txt",
        "ledger.csv",
        "answer.json",
    }
    assert_refused(plasticity(tmp_path, *PAIR, "--out", "answer"), "answer exists", "--overwrite")


BAD_INPUT = {
    "--rule stdp --pre 1 --post 2": ["unknown rule 'stdp'", "pair_stdp"],
    "--pre 1 --post 2": ["no rule is named", "--rule all", "pair_stdp"],
    "--rule hebbian --pre 1 --post 2": ["needs firing rates", "spiking_hebbian"],
    "--rule pair_stdp --pre 1": ["no postsynaptic spikes came", "--post 10,30"],
    "--rule pair_stdp --pre 1,x --post 2": ["'x'", "s or ms"],
    "--rule pair_stdp --pre 1mV --post 2": ["'1mV'"],
    "--rule pair_stdp --pre nan --post 2": ["'nan'"],
    "--rule pair_stdp --pre 5,1 --post 2": ["not sorted"],
    "--rule pair_stdp --pre 1,1 --post 2": ["two spikes in one instant"],
    "--rule pair_stdp --pre 1 --post 2 --w0 1.5": ["1.5", "[0, 1]"],
    "--rule pair_stdp --pre 1 --post 2 --w0 half": ["w0 is 'half'"],
    "--rule pair_stdp --pre 1 --post 2 --repeat 0": ["0", "x>=1"],
    "--rule pair_stdp --pre 1 --post 2 --repeat 2 --every 0": ["is 0 s", "more than 0 s"],
    "--rule pair_stdp --pre 1 --post 2 --repeat 999999999999": ["GiB are free"],
    "--rule pair_stdp --pre 1 --post 2 --without pre:2": ["no spike 'pre:2'", "pre:1 to pre:1"],
    "--rule pair_stdp --pre 1 --post 2 --move post:1": ["side:number:shift"],
    "--rule all --pre 1 --post 2 --out new": ["--out draws one rule"],
    "--rule pair_stdp --pre 1 --post 2 --out new --format gif": ["'gif'", "png, svg, pdf"],
    "nothing.toml": ["nothing.toml", "No such file"],
    "bad.toml": ["bad.toml, line 2: "],
    "--rule pair_stdp --trains bad.csv": ["bad.csv, line 2: ", "'ten'"],
    "--rule pair_stdp --loud": ["'--loud'", "--explain"],
}


@pytest.mark.parametrize("line", BAD_INPUT)
def test_bad_input_gets_one_line_and_status_2_and_nothing_is_written(tmp_path, monkeypatch, line):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bad.toml").write_text("w0 = 1\nrule pair\n")
    (tmp_path / "bad.csv").write_text("train,time_ms\npre,ten\n")
    assert_refused(plasticity_here("ask", *shlex.split(line)), *BAD_INPUT[line])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.csv", "bad.toml"]


def test_all_rules_are_those_that_hear_the_events_and_an_event_that_none_hears_is_refused(tmp_path):
    done = plasticity(tmp_path, *PAIR, "--rule", "all", "--event", "siren=20")
    assert_refused(done, "no rule hears 'siren'", "events that one hears")
