"""Which experiments use a rule or a neuron: known without importing them, which takes a second.

A test compares this with the records that they name.
"""

from plasticity.catalogue import SET

_USED = {
    "activation_fits": ("lif_excitatory", "escape_lif", "white_noise_lif"),
    "bias_and_inhibition": ("lif_excitatory", "lif_inhibitory"),
    "biological_and_artificial_weights": ("pair_stdp", "lif_excitatory"),
    "calcium_windows": ("calcium", "calcium_noisy"),
    "excitability": ("quadratic", "exponential", "traub_miles", "hodgkin_huxley"),
    "fi_curve": ("lif_excitatory",),
    "firing_patterns": ("adex", "izhikevich"),
    "firing_probability": ("escape_lif",),
    "hebb_and_anti_hebb": (
        *("hebbian", "anti_hebbian", "covariance", "spiking_hebbian", "spiking_anti_hebbian"),
        *("pair_stdp", "anti_stdp"),
    ),
    "homeostasis": ("synaptic_scaling", "heterosynaptic_decay"),
    "inhibitory_balance": ("inhibitory_stdp", "lif_conductance"),
    "mutual_pair": ("pair_stdp", "lif_excitatory"),
    "noise_and_rate": ("lif_excitatory", "escape_lif", "white_noise_lif"),
    "pairing_frequency": ("bi_poo", "pair_stdp", "triplet_stdp"),
    "pairing_schemes": ("pair_stdp", "nearest_symmetric_stdp", "presynaptic_centred_stdp", "reduced_symmetric_stdp"),
    "rate_rules": ("oja", "sanger", "bcm", "presynaptically_gated", "postsynaptically_gated"),
    "reward_learning": ("pair_stdp", "mstdp", "mstdpet", "reward_stdp"),
    "same_task_two_brains": ("pair_stdp", "lif_excitatory"),
    "short_term_release": ("tsodyks_markram", "tsodyks_markram_stdp"),
    "song_2000": ("pair_stdp", "lif_conductance"),
    "stdp_window": ("pair_stdp", "anti_stdp", "bi_poo"),
    "triplet_rows": ("triplet_stdp", "triplet_all_to_all", "triplet_nearest"),
    "two_neuron_loop": ("lif_excitatory", "lif_inhibitory"),
    "voltage_pairing": ("voltage_stdp", "clopath_adex"),
    "weight_dependence": ("pair_stdp", "gutig_stdp", "multiplicative_stdp", "van_rossum_stdp", "power_law_stdp"),
}


def experiments_with(name: str) -> list[str]:
    """The experiments of ours that use the record called `name`, or a variant of it, in alphabetical order."""
    record = name.partition(SET)[0]
    return [experiment for experiment, used in _USED.items() if record in used]


__all__ = ["experiments_with"]
