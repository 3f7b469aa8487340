"""A rule on spikes as a synapse in NESTML: what it cannot say, and what is told beside the model."""

from plasticity.errors import UnsupportedRule
from plasticity.export.header import header
from plasticity.export.nestml_synapse import DELAY, SynapseModel
from plasticity.export.proved import of_rule
from plasticity.rules import Rule
from plasticity.rules.conventions import WEIGHT
from plasticity.rules.system import System, system

_NOT_SAID = {
    "rate": "it reads firing rates, and a synapse of NESTML receives spikes",
    "voltage": "it reads the voltage of the postsynaptic neuron, which NESTML gives to a synapse of a neuron that "
    "is generated together with it",
    "level": "it reads a level from outside, and a synapse of NESTML receives spikes",
    "noise": "it draws at random, and no two programs draw the same numbers: use --variant noiseless",
    "random jumps": "it draws at random, and no two programs draw the same numbers: use --variant noiseless",
}


def rule_model(rule: Rule, command: str = "") -> str:
    """The model. Raises UnsupportedRule, with the reason, for what NESTML cannot say."""
    found = system(rule)
    for need, reason in _NOT_SAID.items():
        if need in found.needs:
            raise UnsupportedRule(f"{rule.name}: {reason}")
    try:
        model = SynapseModel(found).text
    except UnsupportedRule as error:
        raise UnsupportedRule(f"{rule.name}: {str(error).removeprefix(f'{rule.name}: ')}") from None
    notes = [
        *of_rule(rule),
        "It needs no more than NESTML 9 to be read, whose parser and checks accept it. It was not built into NEST.",
        *_notes(found, model),
    ]
    return f"{header(rule, 'nestml', notes, mark='#', command=command)}\n\n{model}"


def _notes(found: System, model: str) -> list[str]:
    told = ["When NEST generates code, w is the variable of the weight (option weight_variable)."]
    if DELAY in model:
        told.append(
            "Spikes of both sides that arrive in one instant: the handler with priority 1 runs first, and what it "
            f"changes is kept as it was for the other. A postsynaptic spike arrives {DELAY} after its time: set that "
            "to the delay of the connection."
        )
    if found.rule.conventions.transmitted == "before" and found.jumps[WEIGHT]:
        told.append(
            "A spike transmits the weight as it was before its own update; NEST's own synapses transmit the new one."
        )
    return told
