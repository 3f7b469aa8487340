"""`plasticity list`, `show`, `run`, `rerun`, `gallery`, each as a process."""

import json
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import NARROW, assert_refused, plasticity, plasticity_here, plasticity_on_a_terminal

from plasticity import runs
from plasticity.neurons import FAMILIES as NEURON_FAMILIES
from plasticity.neurons import NEURONS
from plasticity.protocols import PROTOCOLS
from plasticity.published import TABLES
from plasticity.quiz import LECTURE
from plasticity.quiz.contents import CONTENTS
from plasticity.rules import FAMILIES as RULE_FAMILIES
from plasticity.rules import RULES
from plasticity.runs.teaching import FAMILIES as GROUPS
from plasticity.runs.teaching import in_order

SCRIPT = Path(__file__).parents[2] / "experiments" / "backprop_graph.py"
QUICK = ("run", "stdp_window", "--quick")
WITHOUT_SPIKES = ("run", "backprop_graph", "--quick")  # loads no Brian2, which takes longer than either


def test_list_has_a_line_for_each_record(tmp_path):
    lines = plasticity(tmp_path, "list").stdout.splitlines()
    families = [
        f"  {family}" for family in (*GROUPS, *RULE_FAMILIES, *NEURON_FAMILIES, *filter(CONTENTS.get, CONTENTS))
    ]
    first = [line.split()[0] for line in lines if line not in families]
    assert first == [
        "experiments",
        *(name for names in in_order(runs.EXPERIMENTS.names()).values() for name in names),
        "rules",
        *RULES,
        "neurons",
        *NEURONS,
        "protocols",
        *PROTOCOLS,
        "tables",
        *TABLES,
        "questions",
        *LECTURE,
    ]
    assert [line for line in lines if line in families] == families
    assert all(len(line.split()) > 2 for line in lines if line.startswith("  ") and line not in families)


def test_list_keeps_to_the_width_there_is_a_line_each(tmp_path):
    narrow = plasticity(tmp_path, "list", env=NARROW).stdout.splitlines()
    assert len(narrow) == len(plasticity(tmp_path, "list").stdout.splitlines())
    assert max(len(line) for line in narrow) <= 80


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("pair_stdp:song2001", ["A_plus = 0.001 -", "song2001"]),
        ("triplet_stdp", ["dw(lag < 0) = -A2_minus*exp(lag/tau_minus)", "= 19.22 Hz: weakens below"]),
        ("pair_stdp", ["dw(lag > 0) = A_plus*exp(-lag/tau_plus)", "x*y*(A_plus*tau_plus - A_minus*tau_minus)"]),
        ("pair_stdp", ["explains", "pairing frequency: 3.4 standard errors (sem) off", "chosen as pair_stdp:SET"]),
        ("pair_stdp", ["w += A_plus*r_pre", "tau_plus = 20 ms", "0 <= w <= 1", "doi:10.1038/78829", "coincident"]),
        ("triplet_stdp", ["plasticity.events, plasticity.compiled, plasticity.javascript, plasticity.rates,"]),
        ("hebbian", ["dw/dt = k*rate_post*rate_pre", "k = 0.0002 s", "rate_pre: the rate of the presynaptic neuron"]),
        ("escape_lif", ["fires at the rate", "tau_m = 20 ms", "in closed form: rate, rate in steps, rheobase"]),
        ("lif_inhibitory", ["potential is v", "synapses are inhibitory", "integration: exact", "excitation: a spike"]),
        (
            "triplet_all_to_all:hippocampal_culture",
            ["/(A3_plus*tau_y) = 277.7 Hz: weakens below, strengthens above", "cultured hippocampus, the full model"],
        ),
        ("adex", ["w is a variable of the neuron here; the weight of a synapse is called weight"]),
        ("calcium", ["delays: pre 13.7 ms", "noise of the efficacy; in the equations only of calcium_noisy"]),
        ("heterosynaptic_decay", ["dw/dt = "]),
        ("wang2005_pairs", ["delta_t_ms, dw, sem; 2 rows", "doi:10.1038/nn1387"]),
        ("adex:regular_bursting", ["this set", "fires burst upon burst, driven by 210 pA; naud2008"]),
        ("repeated_trains", ["pre, post", "n_trains = 15 - trains", "interval = 10 s", "doi:10.1016/S0896-6273"]),
        ("rewarded_pairing", ["pre, post, reward", "drawn at random", "latest = 3 s", "doi:10.1093/cercor/bhl152"]),
        ("stdp_window", ["n_lags = 801 (201 with --quick)", "widest = 100 ms", "closed form"]),
    ],
)
def test_show_tells_equations_parameters_and_source(tmp_path, name, said):
    done = plasticity(tmp_path, "show", name)
    assert done.returncode == 0 and all(text in done.stdout for text in said), done.stdout


@pytest.mark.parametrize("name", ["triplet_stdp", "lif_excitatory", "wang2005_pairs", "pairing", "stdp_window"])
def test_show_tells_the_same_as_an_object(tmp_path, name):
    found = json.loads(plasticity(tmp_path, "show", name, "--json").stdout)
    kinds = {"triplet_stdp": "rule", "lif_excitatory": "neuron", "wang2005_pairs": "table", "pairing": "protocol"}
    assert found["name"] == name and found["kind"] == kinds.get(name, "experiment")
    if found["kind"] == "rule":
        (asked,) = [one for one in found["phenomena"] if one["name"] == "pairing frequency"]
        assert asked["verdict"] == "explains" and asked["numbers"]["mean squared error (sem²)"] < 0.4
        assert found["mean_drift"]["equation"] == "dw/dt = x*y*(A3_plus*tau_plus*tau_y*y - A2_minus*tau_minus)"
        assert {"name": "tau_y", "value": 0.114, "unit": "ms"}.items() <= found["parameters"][-1].items()


def test_show_draws_a_rule_into_a_new_file(tmp_path):
    done = plasticity(tmp_path, "show", "pair_stdp", "--picture", "rule.svg")
    assert done.returncode == 0 and "dw(lag > 0)" in done.stdout
    assert "pre before post strengthens" in (tmp_path / "rule.svg").read_text()
    assert_refused(plasticity(tmp_path, "show", "pair_stdp", "--picture", "rule.svg"), "rule.svg exists")
    assert_refused(plasticity(tmp_path, "show", "pair_stdp", "--picture", "rule.gif"), "'gif'", "png, svg, pdf")
    assert_refused(plasticity(tmp_path, "show", "pairing", "--picture", "it.png"), "rule or a neuron")


def test_a_run_leaves_its_folder_and_says_what_holds(tmp_path):
    done = plasticity(tmp_path, *QUICK, "--out", "out", "--set", "lags=1", "--set", "n_pairs=5")
    assert_refused(done, "unknown parameter 'lags'", "n_pairs")
    done = plasticity(tmp_path, *QUICK, "--out", "out", "--set", "n_pairs=5", "--seed", "3", "--format", "svg")
    assert done.returncode == 0 and done.stderr == "", done.stderr
    assert "holds: " in done.stdout and "--seed changes nothing" in done.stdout
    assert json.loads((tmp_path / "out" / "manifest.json").read_text())["parameters"]["n_pairs"] == 5
    assert "<text" in (tmp_path / "out" / "figure.svg").read_text()


def test_without_out_it_goes_to_results_and_rerun_in_another_process_says_bit_equal(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert plasticity_here(*QUICK).returncode == 0
    done = plasticity(tmp_path, "rerun", "results/stdp_window")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1] == "All data are bit-equal."


def test_a_module_is_a_script_too(tmp_path):
    command = [sys.executable, str(SCRIPT), "--quick", "--out", "out"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / "figure.png").is_file()


def test_a_terminal_sees_the_progress_and_a_pipe_does_not(tmp_path):
    done, saw = plasticity_on_a_terminal(tmp_path, *WITHOUT_SPIKES, "--out", "one")
    assert "running backprop_graph" in saw and done.returncode == 0
    assert plasticity(tmp_path, *WITHOUT_SPIKES, "--out", "two").stderr == ""


BAD_INPUT = {
    "run window": ["unknown experiment 'window'", "stdp_window"],
    "run": ["--all", "stdp_window"],
    "run stdp_window --all": ["--all"],
    "run --all --set n_lags=5": ["--set needs the name of one experiment"],
    "run stdp_window --set n_lags": ["'n_lags' sets nothing"],
    "run stdp_window --set widest=3mV": ["widest is '3mV'", "s or ms"],
    "run stdp_window --set n_lags=2": ["n_lags is 2", "from 3"],
    "run stdp_window --seed x": ["'x'", "integer"],
    "run stdp_window --format gif": ["'gif'", "png, svg, pdf"],
    "run stdp_window --out taken": ["taken exists", "--overwrite"],
    "run stdp_window --out taken/file/out": ["taken/file/out cannot be written"],
    "run stdp_window --out taken --overwrite": ["taken exists and is no run of ours"],
    "run stdp_window --set n_lags=100001 --set n_pairs=5000": ["GiB are free"],
    "show window": [
        "unknown rule, neuron, protocol, table or experiment 'window'",
        "known: ",
        "did you mean stdp_window?",
    ],
    "show hippocampal": ["triplet_all_to_all:hippocampal_culture or", "or calcium:hippocampal_slices"],
    "show": ["NAME"],
    "rerun nowhere": ["nowhere/manifest.json", "No such file"],
    "rerun taken": ["taken/manifest.json"],
    "gallery taken": ["taken exists"],
    "gallery new --format pdf": ["'pdf'", "png, svg"],
    "list all": ["all", "--help"],
}


@pytest.mark.parametrize("line", BAD_INPUT)
def test_bad_input_gets_one_line_and_status_2_and_nothing_is_written(tmp_path, monkeypatch, line):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "file").write_text("mine")
    assert_refused(plasticity_here(*shlex.split(line)), *BAD_INPUT[line])
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["file", "taken"]
