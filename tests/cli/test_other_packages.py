"""A package of somebody else that cannot be used costs one line, and stops only what needs it."""

import json
from dataclasses import replace

import pytest
from command_line import plasticity_here

from plasticity import runs
from plasticity.plugins import Offer
from plasticity.runs import discovery

PAIR = ("--pre", "10", "--post", "15")
RULE = "from dataclasses import replace\nfrom plasticity.rules import RULES, scaled\nprint('hubbub')\n"
SOURCE = "Me & You 2026, J Neurosci 1:1, doi:10.1000/x"
BROKEN = {
    "raises": "raise RuntimeError('not today')",
    "exits with 0": "import sys\nprint('hubbub')\nsys.exit(0)",
    "needs what is not there": "import nosuchmodule",
    "is no Python": "this is no Python",
}


@pytest.fixture
def install(tmp_path, monkeypatch):
    """Install a package of somebody else: its name, modules {file: text}, entry points {group: {name: value}}."""

    def installed(name, modules, entries):
        info = tmp_path / "site" / f"{name}-1.0.dist-info"
        info.mkdir(parents=True)
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        groups = [
            f"[plasticity.{group}]\n" + "".join(f"{key} = {value}\n" for key, value in held.items())
            for group, held in entries.items()
        ]
        (info / "entry_points.txt").write_text("\n".join(groups))
        for file, text in modules.items():
            (tmp_path / "site" / file).parent.mkdir(exist_ok=True)
            (tmp_path / "site" / file).write_text(text)
        monkeypatch.syspath_prepend(tmp_path / "site")

    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setattr("sys.dont_write_bytecode", True)
    return installed


@pytest.fixture
def fresh(request, tmp_path):
    """A name of a module that no other test uses."""
    return f"module_{abs(hash(request.node.name))}"


@pytest.fixture
def one_of_ours(monkeypatch):
    """Of our experiments only one, with an empty picture, so that running all is over soon."""
    ours = replace(runs.EXPERIMENTS["backprop_graph"], draw=lambda result, figure: None)
    monkeypatch.setattr(discovery, "_own", lambda: {"backprop_graph": Offer("backprop_graph", "us", lambda: ours)})


REWARDED = """
from plasticity.rules import Parameter, Rule, trace, weight

RULE = Rule(
    name="rewarded",
    source="our choice",
    parameters=(Parameter("gain", 0.1), Parameter("tau", 20e-3, "ms")),
    weight=weight({"reward": "gain*x*y"}),
    state=(trace("x", "pre", "tau"), trace("y", "post", "tau")),
    events=("pre", "post", "reward"),
)
"""


def test_a_rule_is_asked_about_the_events_that_it_hears(install, fresh, tmp_path):
    install("their-package", {f"{fresh}.py": REWARDED}, {"rules": {"rewarded": f"{fresh}:RULE"}})
    (tmp_path / "here" / "q.toml").write_text("rule = 'rewarded'\n[events_ms]\nreward = [30]\n")
    told = plasticity_here("ask", "--rule", "rewarded", *PAIR, "--event", "reward=30", "--json")
    read = plasticity_here("ask", "q.toml", *PAIR, "--json")
    assert told.returncode == 0 and told.stdout == read.stdout
    assert json.loads(told.stdout)["w_after"] == pytest.approx(0.5173773943450445, abs=1e-12)


@pytest.mark.parametrize(
    ("event", "said"),
    [
        ("reward", "--event is 'reward'; allowed: NAME=TIMES"),
        ("=3", "pair_stdp does not hear the event ''; allowed: none"),
        ("reward=30", "pair_stdp does not hear the event 'reward'; allowed: none"),
        ("reward=3x", "a time of --event reward is '3x'"),
    ],
)
def test_an_event_that_nobody_hears_is_refused_in_a_line(event, said):
    done = plasticity_here("ask", "--rule", "pair_stdp", *PAIR, "--event", event)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1) and said in done.stderr


@pytest.mark.parametrize("fault", BROKEN)
def test_a_rule_that_cannot_be_imported_stops_only_what_asks_for_it(install, fresh, fault):
    install("their-package", {f"{fresh}.py": BROKEN[fault]}, {"rules": {"theirs": f"{fresh}:RULE"}})
    for line in (
        "show pair_stdp",
        "show lif_excitatory",
        "show backprop_graph",
        "ask --rule pair_stdp",
        "quiz not-gate",
    ):
        done = plasticity_here(*line.split(), *(PAIR if line.startswith("ask") else ()))
        assert (done.returncode, done.stderr) == (0, "") and done.stdout
    for line in (["list"], ["ask", "--rule", "all", *PAIR]):
        done = plasticity_here(*line)
        assert done.returncode == 0 and "pair_stdp" in done.stdout and "hubbub" not in done.stdout
        assert done.stderr.startswith("Warning: ") and done.stderr.count("\n") == 1
        assert "'theirs' of their-package" in done.stderr
    for line in (["show", "theirs"], ["ask", "--rule", "theirs", *PAIR]):
        done = plasticity_here(*line)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
        assert "'theirs' of their-package" in done.stderr and done.stderr.startswith("Error: ")


@pytest.mark.parametrize("fault", BROKEN)
@pytest.mark.parametrize("kind", ["a package", "a module in it", "one experiment"])
def test_an_experiment_that_cannot_be_imported_stops_only_what_asks_for_it(install, fresh, one_of_ours, kind, fault):
    files = {
        f"{fresh}/__init__.py": "" if kind == "a module in it" else BROKEN[fault],
        f"{fresh}/odd.py": BROKEN[fault],
    }
    value = f"{fresh}:ODD" if kind == "one experiment" else fresh
    install("their-package", files, {"experiments": {"odd": value}})
    for line in ("show pair_stdp", "show backprop_graph", "run backprop_graph --quick", "rerun results/backprop_graph"):
        done = plasticity_here(*line.split())
        assert (done.returncode, done.stderr) == (0, ""), done.stderr
    done = plasticity_here("list")
    assert done.returncode == 0 and "backprop_graph" in done.stdout and "pair_stdp" in done.stdout
    assert done.stderr.startswith("Warning: ") and done.stderr.count("\n") == 1 and "their-package" in done.stderr
    done = plasticity_here("run", "odd", "--quick")
    assert done.returncode == 2 and "their-package" in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize("fault", BROKEN)
def test_running_all_goes_on_with_the_rest_and_ends_with_1(install, fresh, one_of_ours, tmp_path, fault):
    install("their-package", {f"{fresh}.py": BROKEN[fault]}, {"experiments": {"odd": f"{fresh}:ODD", "pack": fresh}})
    for line, left in (
        ("run --all --quick --out all", "all/backprop_graph/manifest.json"),
        ("gallery page --only experiments", "page/index.html"),
    ):
        done = plasticity_here(*line.split())
        assert done.returncode == 1 and (tmp_path / "here" / left).is_file()
        assert f"\n{done.stderr}".count("\nError: ") == 2 and done.stderr.count("their-package") == 2
        assert "backprop_graph: done, " in done.stderr and done.stderr.splitlines()[-1].startswith("2 could not be run")


def test_a_claim_a_picture_or_a_run_that_fails_loses_no_other(one_of_ours, tmp_path, monkeypatch):
    def fails(*_):
        raise ZeroDivisionError("of theirs")

    ours, own = runs.EXPERIMENTS["backprop_graph"], discovery._own
    odd = {
        "claim": replace(ours, name="claim", claims=(replace(ours.claims[0], measure=fails),)),
        "draw": replace(ours, name="draw", draw=fails),
        "run": replace(ours, name="run", run=fails),
        "exit": replace(ours, name="exit", run=lambda p: exit(0)),
        "caption": replace(ours, name="caption", caption=fails),
    }
    offers = {name: Offer(name, "us", lambda one=one: one) for name, one in odd.items()}
    monkeypatch.setattr(discovery, "_own", lambda: own() | offers)
    monkeypatch.chdir(tmp_path)
    done = plasticity_here("gallery", "page", "--only", "experiments")
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert (tmp_path / "page" / "backprop_graph" / "figure.png").is_file()
    assert [f"Error: {name} (" in done.stderr for name in odd] == [True] * 5 and "5 could not be run" in done.stderr
    done = plasticity_here("run", "draw", "--quick")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1) and "ZeroDivisionError" in done.stderr


@pytest.mark.parametrize("stop", [SystemExit(0), GeneratorExit("of theirs")], ids=repr)
def test_a_run_that_ends_by_what_is_no_error_is_told_when_repeated_too(one_of_ours, tmp_path, monkeypatch, stop):
    def ends(_):
        raise stop

    monkeypatch.chdir(tmp_path)
    assert plasticity_here("run", "backprop_graph", "--quick", "--out", "out").returncode == 0
    odd = replace(runs.EXPERIMENTS["backprop_graph"], run=ends)
    monkeypatch.setattr(discovery, "_own", lambda: {odd.name: Offer(odd.name, "us", lambda: odd)})
    for line in (("rerun", "out"), ("run", "backprop_graph", "--quick", "--out", "new")):
        done = plasticity_here(*line)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
        assert type(stop).__name__ in done.stderr or "exits instead of running (status 0)" in done.stderr


def test_a_rule_under_a_name_of_ours_is_refused_and_ours_is_used_everywhere(install, fresh):
    module = RULE + "RULE = replace(scaled(RULES['pair_stdp'], 2), name='pair_stdp')"
    install(
        "their-package", {f"{fresh}.py": module}, {"rules": {"mine": f"{fresh}:RULE", "pair_stdp": f"{fresh}:RULE"}}
    )
    ours = json.loads(plasticity_here("ask", "--rule", "pair_stdp", *PAIR, "--json").stdout)["w_after"]
    everywhere = json.loads(plasticity_here("ask", "--rule", "all", *PAIR, "--json").stdout)
    assert [item["w_after"] for item in everywhere if item["rule"] == "pair_stdp"] == [ours]
    assert "A_plus = 0.005" in plasticity_here("show", "pair_stdp").stdout
    listed = plasticity_here("list")
    assert listed.returncode == 0 and listed.stdout.count(" pair_stdp ") == 1
    assert listed.stderr.count("Warning: ") == 2 and listed.stderr.count("their-package") == 2
    assert "plasticity has that name" in listed.stderr and "one of plasticity's rules" in listed.stderr
    assert "calls itself 'pair_stdp'" in plasticity_here("show", "mine").stderr


def test_a_rule_of_two_packages_is_refused_with_both(install, fresh):
    module = {f"{fresh}.py": RULE + "RULE = replace(RULES['pair_stdp'], name='both')"}
    for name in ("one-package", "other-package"):
        install(name, module, {"rules": {"both": f"{fresh}:{'RULE' if name == 'one-package' else 'RULES'}"}})
    done = plasticity_here("ask", "--rule", "both", *PAIR)
    assert done.returncode == 2 and "one-package" in done.stderr and "other-package" in done.stderr
    assert plasticity_here("list").stderr.count("Warning: ") == 1


def test_a_rule_of_ones_own_cites_its_own_source(install, fresh):
    module = RULE + f"RULE = replace(RULES['pair_stdp'], name='mine', source={SOURCE!r})"
    install("their-package", {f"{fresh}.py": module}, {"rules": {"mine": f"{fresh}:RULE"}})
    done = plasticity_here("show", "mine")
    assert (done.returncode, done.stderr) == (0, "") and SOURCE in " ".join(done.stdout.split())
    assert "hubbub" not in plasticity_here("ask", "--rule", "mine", *PAIR, "--json").stdout
