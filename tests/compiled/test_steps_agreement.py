"""Compiled networks in steps against Brian2's NumPy target, on spikes that are given."""

from functools import cache

import numpy as np
import pytest
from steps_cases import VARIED, every_neuron, every_rule, read_voltages, readable_rules, regular, varied

from plasticity import compiled, spiking
from plasticity.rules.homes import stepped
from plasticity.rules.system import system

FLOWING = {name: rule for name, rule in readable_rules().items() if stepped(system(rule))}
NETWORKS = {
    "neurons": (lambda: every_neuron(5e-5), 0.02, 5e-5),
    "few": (lambda: every_rule(readable_rules(), 3, 2), 0.05, 1e-4),
    "shared": (lambda: every_rule(FLOWING, 10, 1), 0.04, 1e-4),  # where Brian2 keeps apart what flows at neurons
    "varied": (varied, 0.2, 1e-3),
    "voltages": (read_voltages, 0.1, 1e-3),
}
FIRING = {
    "neurons": list(regular()),
    "few": ["lif", "adex"],
    "shared": ["lif", "adex"],
    "varied": ["delta"],
    "voltages": ["delta"],
}
CASES = [
    *(("few", name) for name in readable_rules()),
    *(("shared", name) for name in FLOWING),
    *(("varied", name) for rule in VARIED for name in (rule, f"{rule}_sent")),
    *(("varied", name) for name in ("frozen", "fixed", "recurrent")),
    ("voltages", "reads_voltage"),
]


@cache
def runs(case):
    """The same network in Brian2, and here: as plain Python, for what a compiler makes of it is the same source."""
    made, duration, dt = NETWORKS[case]
    network, kept = made(), FIRING[case]
    return (
        spiking.simulate(network, duration, dt=dt, record=kept, target="numpy"),
        compiled.simulate(network, duration, dt=dt, record=kept, is_compiled=False),
    )


NEURON_CASES = [(case, name) for case, names in FIRING.items() for name in names]


@pytest.mark.parametrize("case, name", NEURON_CASES)
def test_voltages_and_spikes_of_every_neuron_are_those_of_brian2(case, name):
    brian2, ours = runs(case)
    assert all(np.array_equal(*both) for both in zip(brian2.spikes[name], ours.spikes[name], strict=True))
    assert sum(train.size for train in ours.spikes[name]) > 1
    # same arithmetic, of volts up to 0.1; in the upstroke of a spike a rounding grows
    assert ours.voltages[name] == pytest.approx(brian2.voltages[name], rel=1e-12, abs=1e-13)


@pytest.mark.parametrize("case, name", CASES)
def test_weights_under_every_rule_are_those_of_brian2(case, name):
    brian2, ours = runs(case)
    assert ours.weights[name] == pytest.approx(brian2.weights[name], rel=1e-12, abs=1e-14)
