"""The faults that are kept can still be planted; `python tests/mutations/run.py` plants them, one at a time."""

import pytest
from mutations import run

FAULTS = run.faults()


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_a_fault_applies_once_and_names_a_test(fault):
    assert run.misfits(fault) == ""


def test_there_are_enough_outside_the_engines_and_none_twice():
    inside = tuple(f"plasticity/{part}/" for part in ("rules", "events", "spiking", "neurons"))
    assert sum(not fault.file.startswith(inside) for fault in FAULTS) >= 40
    assert len({(fault.file, fault.old, fault.new) for fault in FAULTS}) == len(FAULTS)


def test_a_fault_that_no_longer_applies_is_told(tmp_path):
    fault = FAULTS[0]
    assert "has 0 times, not once" in run.misfits(run.Fault(fault.file, "no such text", "", fault.test))
    assert "is no test" in run.misfits(run.Fault(fault.file, fault.old, fault.new, "tests/test_readme.py::no_test"))
    assert "is not there" in run.misfits(run.Fault("plasticity/nothing.py", "a", "b", fault.test))
