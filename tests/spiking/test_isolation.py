"""A run leaves its process, its folders and its user's Brian2 as they were."""

import json
import threading

import pytest

from plasticity import cli, events, spiking
from plasticity.errors import SimulationError
from plasticity.neurons import NEURONS
from plasticity.rules import RULES
from plasticity.spiking.loading import brian

RULE, PRE, POST = RULES["pair_stdp"], [0.01, 0.03], [0.02, 0.03]
RUN = """
from plasticity import spiking
from plasticity.neurons import NEURONS
from plasticity.rules import RULES
def run():
    spiking.rates(NEURONS["escape_lif"], [3e-10], duration=0.01, settle=0)
    return spiking.final_weight(RULES["pair_stdp"], [0.01, 0.03], [0.02, 0.03], 0.5)
"""
# Executed, this writes a file, and is a valid preference all the same
HOSTILE = "codegen.target = __import__('pathlib').Path('executed').write_text('x') and 'numpy'\n"


def outcome_in_a_thread(call):
    found = []

    def attempt():
        try:
            found.append(call())
        except SimulationError as error:
            found.append(error)

    thread = threading.Thread(target=attempt)
    thread.start()
    thread.join()
    return found[0]


@pytest.mark.parametrize(
    "call",
    [
        lambda: spiking.final_weight(RULE, PRE, POST, 0.5),
        lambda: spiking.trajectory(RULE, PRE, POST, 0.5),
        lambda: spiking.rates(NEURONS["lif_excitatory"], [3e-10]),
    ],
    ids=["final_weight", "trajectory", "rates"],
)
def test_a_call_from_a_thread_is_refused(call):
    brian()
    assert "main thread" in str(outcome_in_a_thread(call))


def test_a_call_from_a_thread_is_refused_before_brian2_is_imported(processes):
    said = processes.output(
        RUN + "import sys, test_isolation; print(test_isolation.outcome_in_a_thread(run), 'brian2' in sys.modules)"
    )
    assert "main thread" in said and said.endswith("False\n")


@pytest.fixture
def hostile(processes):
    (processes.folder / "brian_preferences").write_text(HOSTILE)
    return processes


def was_executed(processes):
    return (processes.folder / "executed").exists()


def test_brian2_itself_executes_a_hostile_file_of_preferences(hostile):
    hostile.output("import brian2")
    assert was_executed(hostile), "the tests below prove nothing"


@pytest.fixture
def hostile_home(processes):
    """A process of which HOME is a folder of somebody else's preferences."""
    (processes.folder / ".brian").mkdir()
    # absolute, for Brian2 is imported from another folder
    hostile = HOSTILE.replace("'executed'", repr(str(processes.folder / "executed")))
    (processes.folder / ".brian" / "user_preferences").write_text(hostile)
    return lambda code: processes.output(code, HOME=str(processes.folder))


def test_brian2_itself_executes_preferences_of_home(hostile_home, processes):
    hostile_home("import brian2")
    assert was_executed(processes), "the test below proves nothing"


def test_a_run_executes_preferences_of_neither_place_and_leaves_home_as_it_is(hostile, hostile_home):
    said = hostile_home(RUN + "run(); import os; print(os.path.expanduser('~'))")
    assert said == f"{hostile.folder}\n" and not was_executed(hostile)


ARGUMENTS = {
    "ask": ["--rule", "pair_stdp", "--pre", "10", "--post", "15"],
    "doctor": [],
    "explorer": ["explorer.html"],
    "export": ["pair_stdp", "--to", "brian2"],
    "gallery": ["page", "--only", "experiments"],
    "list": [],
    "new": ["rule", "my-rule"],
    "check": ["my-rule/my_rule/rule.py"],  # of the package before it
    "quiz": ["hebbian-together"],
    "run": ["stdp_window", "--quick"],
    "rerun": ["results/stdp_window"],  # of the run before it
    "show": ["pair_stdp"],
    "sweep": ["stdp_window", "--quick", "--over", "w0=0.4,0.5", "--jobs", "1", "--out", "swept"],
    "verify": ["pair_stdp", "--against", "brian2", "--seeds", "1"],
}
# Each command is a process of its own, forked where all but Brian2 is imported; one experiment stands for all
FORKED = """
import os, sys
import matplotlib.figure, numpy
from plasticity import cli
from plasticity.runs import discovery
own = discovery._own()
discovery._own = lambda: {"stdp_window": own["stdp_window"]}
assert "brian2" not in sys.modules
for command, arguments in ARGUMENTS.items():
    if (child := os.fork()) == 0:
        sys.argv[1:] = [command, *arguments]
        cli.main()
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status == 0 and not os.path.exists("executed"), (command, status)
"""


def test_no_command_executes_a_hostile_file_of_preferences(hostile):
    assert ARGUMENTS.keys() == set(cli.COMMANDS)
    hostile.output(f"ARGUMENTS = {ARGUMENTS}\n{FORKED}")
    assert not was_executed(hostile)


SETTINGS = {
    "fresh process": "",
    "settings of the user": "process_state.take_over()",
    "Brian2 of the user": "import brian2; brian2.prefs.codegen.target = 'cython'",
}


@pytest.fixture(scope="module", params=SETTINGS.values(), ids=SETTINGS.keys())
def kept(request, new_processes):
    code = f"{RUN}\nimport json, process_state\n{request.param}\nprint(json.dumps(process_state.kept(run)))"
    return json.loads(new_processes().output(code))


@pytest.mark.parametrize("thing", ["excepthook", "ctrl-C", "warnings", "current folder", "random numbers"])
def test_import_and_run_leave_the_process_as_it_was(thing, kept):
    assert kept[thing]


PREFERRED = """
import brian2, json, numpy, process_state
brian2.prefs.core.default_float_dtype = numpy.float32
brian2.prefs.core.network.default_schedule = ["start", "synapses", "groups", "thresholds", "resets", "end"]
brian2.prefs.legacy.refractory_timing = True
brian2.prefs.codegen.target = "cython"
found = []
kept = process_state.kept(lambda: found.append(run()))
rate = spiking.rates(NEURONS["lif_excitatory"], [4e-10])[0].rate
print(json.dumps([kept["preferences"], found[0], rate]))
"""


@pytest.fixture(scope="module")
def preferred(new_processes):
    return json.loads(new_processes().output(RUN + PREFERRED))


def test_the_preferences_of_the_user_are_kept(preferred):
    assert preferred[0]


def test_the_preferences_of_the_user_change_no_number(preferred):
    # same arithmetic as without them, so equal to the last bit of the weight and to the same spikes
    rate = spiking.rates(NEURONS["lif_excitatory"], [4e-10])[0].rate
    assert preferred[1:] == [pytest.approx(events.final_weight(RULE, PRE, POST, 0.5), rel=1e-12), rate]


def test_a_device_that_the_user_has_set_is_refused_and_left_alone():
    b2 = brian()
    b2.set_device("cpp_standalone", build_on_run=False)
    try:
        with pytest.raises(SimulationError, match="CPPStandaloneDevice.*set_device"):
            spiking.final_weight(RULE, PRE, POST, 0.5)
        assert b2.get_device() is b2.all_devices["cpp_standalone"]
    finally:
        b2.set_device("runtime")


def test_a_crash_leaves_no_file_and_the_traceback_of_python(processes):
    crash = "from plasticity.spiking import backend; backend.Session.can_stop = property(lambda s: 1 / 0)\nrun()"
    done = processes.run(RUN + crash)
    assert done.stderr.endswith("ZeroDivisionError: division by zero\n") and "Brian" not in done.stderr
    assert processes.left() == []


def test_not_even_a_kill_leaves_a_file(processes):
    # Brian2 itself opens a log and copies the script, and removes both when the process ends in peace
    done = processes.run(RUN + "run(); import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    assert done.returncode == -9, done.stderr
    assert processes.left() == []  # so a run that ends in peace leaves none either


INTERRUPTED = """
import process_state
neuron = spiking.Population("neuron", NEURONS["lif_excitatory"], 1, 4e-10)
try:
    with process_state.interrupted_when(lambda what, fraction: what == "simulating" and fraction > 0):
        spiking.simulate(spiking.Network([neuron]), 1e5, target="numpy")  # hours, were it not interrupted
    print("returned")
except KeyboardInterrupt:
    print("interrupted")
"""


# Brian2's own handler, there when the user has imported it, would return what was simulated so far as if it were all
@pytest.mark.parametrize("user", ["", "import brian2"], ids=["", "Brian2 of the user"])
def test_ctrl_c_stops_a_run_as_an_interrupt_and_leaves_no_file(user, processes):
    assert processes.output(f"{user}\n{RUN}\n{INTERRUPTED}") == "interrupted\n"
    assert processes.left() == []
