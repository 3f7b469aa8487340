"""In which order one meets the experiments, what each is called in words, and how long each takes."""

import re
import sys
from collections.abc import Mapping

from plasticity.experiment import Experiment
from plasticity.plots.wording import name_in_words

# {group: experiments, in the order in which one understands them}; one that is not here stands behind them
FAMILIES: Mapping[str, tuple[str, ...]] = {
    "a synapse that learns from spikes": (
        "stdp_window",
        "hebb_and_anti_hebb",
        "mutual_pair",
        "pairing_schemes",
        "pairing_frequency",
        "triplet_rows",
        "voltage_pairing",
        "calcium_windows",
        "short_term_release",
        "reward_learning",
    ),
    "a neuron that fires": (
        "fi_curve",
        "noise_and_rate",
        "bias_and_inhibition",
        "firing_probability",
        "firing_patterns",
        "excitability",
    ),
    "many synapses on one neuron": (
        "song_2000",
        "weight_dependence",
        "rate_rules",
        "homeostasis",
        "inhibitory_balance",
    ),
    "biological beside artificial": (
        "biological_and_artificial_weights",
        "activation_fits",
        "two_neuron_loop",
        "same_task_two_brains",
    ),
    "artificial neurons": (
        "gates_and_separability",
        "perceptron_and_hebb",
        "descent_paths",
        "losses_and_outputs",
        "backprop_graph",
        "vanishing_gradient",
        "autoencoder_codes",
        "stacked_autoencoder",
    ),
}
_TITLES: Mapping[str, str] = {
    "stdp_window": "The STDP window",
    "hebb_and_anti_hebb": "Hebb and anti-Hebb",
    "mutual_pair": "Two neurons that drive each other",
    "pairing_schemes": "Which pairs of spikes count",
    "pairing_frequency": "How often spikes are paired",
    "triplet_rows": "Eight triplet rules and their data",
    "voltage_pairing": "A rule that reads the voltage",
    "calcium_windows": "Windows made by calcium",
    "short_term_release": "What short-term plasticity transmits",
    "reward_learning": "Learning from reward",
    "fi_curve": "The f-I curve",
    "noise_and_rate": "What noise does to the firing rate",
    "bias_and_inhibition": "Bias against inhibition",
    "firing_probability": "The probability of firing",
    "firing_patterns": "Firing patterns of two equations",
    "excitability": "How firing sets in",
    "song_2000": "A thousand synapses compete",
    "weight_dependence": "Changes that depend on the weight",
    "rate_rules": "Rules on firing rates",
    "homeostasis": "Homeostasis",
    "inhibitory_balance": "Inhibition that balances excitation",
    "biological_and_artificial_weights": "Biological and artificial weights",
    "activation_fits": "Activations beside firing rates",
    "two_neuron_loop": "A loop of two neurons",
    "same_task_two_brains": "One task, two brains",
    "gates_and_separability": "Logic gates and separability",
    "perceptron_and_hebb": "Perceptron, Hebb with a teacher, LMS",
    "descent_paths": "Ways down the loss",
    "losses_and_outputs": "Losses and outputs",
    "backprop_graph": "Backpropagation as a graph",
    "vanishing_gradient": "The vanishing gradient",
    "autoencoder_codes": "Codes of an autoencoder",
    "stacked_autoencoder": "Training layer by layer",
}
_TIME = re.compile(r"^Time: quick (\d+ s), full (\d+ s)", re.MULTILINE)


def in_order(names: list[str]) -> dict[str, list[str]]:
    """Names of experiments by group, in the order of teaching; those of no group at the end, as they came."""
    found = {group: [name for name in known if name in names] for group, known in FAMILIES.items()}
    placed = {name for known in found.values() for name in known}
    others = [name for name in names if name not in placed]
    return {group: known for group, known in {**found, "others": others}.items() if known}


def title(experiment: Experiment) -> str:
    """What it is called in words: 'The STDP window'; one of another package by its name, 'My first sweep'."""
    name = experiment.name
    return _TITLES.get(name) or name[:1].upper() + name_in_words(name)[1:]


def durations(experiment: Experiment) -> tuple[str, str]:
    """About how long the quick and the full preset take on one core, as the module of the experiment says: '3 s'.

    Empty where it does not say.
    """
    for function in (experiment.caption, experiment.draw, experiment.run):  # the run may be a study's own
        module = sys.modules.get(getattr(function, "__module__", ""))
        if found := _TIME.search(getattr(module, "__doc__", "") or ""):
            return found[1], found[2]
    return "", ""
