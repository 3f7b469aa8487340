"""Everything that is wrong with a record, at once; and where it is made, the first of it."""

import pytest

from plasticity.errors import PlasticityError
from plasticity.faults import gathering, is_broken, require
from plasticity.neurons import Neuron
from plasticity.neurons import Variable as State
from plasticity.rules import Parameter, Rule, Signal, Variable, trace, weight


def faulty_rule():
    return Rule(
        "faulty",
        "Nobody 2026",
        (
            Parameter("A", 0.1),
            Parameter("tau", 20e-3, "msec", least=1e-6),
            Parameter("tau_b", -5e-3, "ms", least=1e-6),
            Parameter("V", 0.1, "mV"),
            Parameter("mu", 1.0, least="low"),
        ),
        weight({"pre": "-A*r_pots + q", "post": "V*r_pre", "reward": "A"}),
        (
            trace("r_pre", "pre", "tau"),
            trace("r_post", "post", "tau_b"),
            Variable("a", {"pre": "after(b)"}),
            Variable("b", {"pre": "= after(a)"}),
        ),
        signals=(Signal("u", "post", "voltage", "Hz"),),
        delays={"post": "A"},
    )


WRONG = [
    "the unit of parameter tau is 'msec'",
    "parameter tau_b is -5 ms; 0.001 ms or more is allowed",
    "the least of parameter mu is 'low'",
    "the source of rule faulty is 'Nobody 2026'",
    "w jumps at 'reward', which is no event",
    "the delay 'A' is no parameter with a unit of time",
    "at pre the jumps of a and b read each other's results",
    "signal u is a voltage in 'Hz'",
    "the jump of w at pre = '-A*r_pots + q' uses 'q' and 'r_pots', which are not known here",
    "the jump of w at post: V * r_pre is in V",
]


def test_all_that_is_wrong_with_a_rule_is_gathered_and_nothing_else():
    with gathering() as gathered:
        rule = faulty_rule()
    texts = [fault.text for fault in gathered.faults]
    assert [next((text for text in texts if wrong in text), "") != "" for wrong in WRONG] == [True] * len(WRONG), texts
    assert len(texts) == len(WRONG) and rule.name == "faulty"
    assert {fault.file for fault in gathered.faults} == {__file__} and all(fault.line for fault in gathered.faults)


def test_where_faults_are_not_gathered_the_first_is_raised():
    with pytest.raises(PlasticityError, match="the unit of parameter tau is 'msec'"):
        faulty_rule()


def test_all_that_is_wrong_with_a_neuron_is_gathered():
    with gathering() as gathered:
        Neuron(
            name="odd",
            source="our choice",
            effect="excitatory",
            parameters=(Parameter("tau_m", 20e-3, "ms"), Parameter("I", 1e-9, "nA")),
            variables=(State("v", "-v/tau", "mV"), State("x", "I/tau_m", "mV", start="v")),
            voltage="u",
            threshold="v - I",
            reset={"y": "0"},
            time_constants=("tau_x",),
        )
    texts = "\n".join(fault.text for fault in gathered.faults)
    for wrong in ("'tau'", "dx/dt", "start of x", "voltage of odd is 'u'", "threshold", "resets is 'y'", "'tau_x'"):
        assert wrong in texts
    assert len(gathered.faults) == 7


def test_a_stage_waits_for_the_one_before_it():
    done, record = [], object()

    def fails():
        raise PlasticityError("no")

    with gathering() as gathered:
        require(record, [[fails, lambda: done.append(1)], [lambda: done.append(2)]])
        assert is_broken(record)
    assert done == [1] and [fault.text for fault in gathered.faults] == ["no"] and not is_broken(record)


def test_an_error_that_is_none_of_ours_is_raised_unless_it_follows_from_a_fault():
    with gathering(), pytest.raises(ZeroDivisionError):
        require(object(), [[lambda: 1 / 0]])
