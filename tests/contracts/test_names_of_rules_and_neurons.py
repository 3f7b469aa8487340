"""Any rule at a synapse of any neuron: names belong to their own record."""

from dataclasses import replace

import pytest

from plasticity import NEURONS, RULES, Network, Population, Projection, Replay, simulate
from plasticity.rules import Parameter, Rule, Variable, is_readable, trace, weight

STEP = 2e-5  # seconds, fine enough for ion channels
LEARNING = [
    rule
    for rule in RULES.values()
    if is_readable(rule, "spiking")
    and set(rule.events) <= {"pre", "post"}
    and all(s.of == "post" for s in rule.signals)
]


def run(rule, neuron):
    receptor = next(name for name, one in neuron.receptors.items() if one.sign > 0)
    synapses = Projection("synapses", "inputs", "cell", [(0, 0)], rule.start_weight, rule, receptor=receptor)
    network = Network([Replay("inputs", [[1e-4]]), Population("cell", neuron, 1)], [synapses])
    return simulate(network, 4e-4, dt=STEP).weights["synapses"]


@pytest.mark.parametrize("rule", LEARNING, ids=str)
def test_a_rule_learns_at_a_neuron_that_has_all_its_names(rule):
    lif = NEURONS["lif_excitatory"]
    taken = {parameter.name for parameter in lif.parameters} | {variable.name for variable in lif.variables}
    names = {item.name for item in (*rule.parameters, *rule.state)} - taken
    same = replace(lif, parameters=(*lif.parameters, *(Parameter(name, 1.0) for name in sorted(names))))

    assert run(rule, same).shape == (1,)


@pytest.mark.parametrize("neuron", NEURONS.values(), ids=str)
def test_a_neuron_takes_a_rule_that_has_all_its_names(neuron):
    # `w` is the weight of every rule
    names = sorted({item.name for item in (*neuron.parameters, *neuron.variables)} - {"w"})
    rule = Rule(
        "alike",
        "our choice",
        (Parameter("decay", 0.02, "ms"), *(Parameter(name, 1.0) for name in names[1:])),
        weight({"pre": f"0.1*{names[1]}*{names[0]}"}),
        (trace(names[0], "post", "decay"), Variable("idle")),
    )

    assert run(rule, neuron).shape == (1,)
