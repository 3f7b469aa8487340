"""In which order one meets the experiments, and how long each takes."""

import re
import sys
from collections.abc import Mapping

from plasticity.experiment import Experiment

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
_TIME = re.compile(r"^Time: quick (\d+ s), full (\d+ s)", re.MULTILINE)


def in_order(names: list[str]) -> dict[str, list[str]]:
    """Names of experiments by group, in the order of teaching; those of no group at the end, as they came."""
    found = {group: [name for name in known if name in names] for group, known in FAMILIES.items()}
    placed = {name for known in found.values() for name in known}
    others = [name for name in names if name not in placed]
    return {group: known for group, known in {**found, "others": others}.items() if known}


def durations(experiment: Experiment) -> tuple[str, str]:
    """About how long the quick and the full preset take on one core, as the module of the experiment says: '3 s'.

    Empty where it does not say.
    """
    for function in (experiment.caption, experiment.draw, experiment.run):  # the run may be a study's own
        module = sys.modules.get(getattr(function, "__module__", ""))
        if found := _TIME.search(getattr(module, "__doc__", "") or ""):
            return found[1], found[2]
    return "", ""
