"""The published rules, a page each: families in the order in which a learner meets them, and their names by page."""

from plasticity.catalogue import Families

FAMILIES: Families = {
    "firing rates": {
        "hebbian": ("hebbian", "anti_hebbian", "spiking_hebbian", "spiking_anti_hebbian"),
        "covariance": ("covariance",),
        "gated": ("presynaptically_gated", "postsynaptically_gated"),
        "oja": ("oja", "sanger"),
        "bcm": ("bcm",),
    },
    "pairs of spikes": {
        "pair_stdp": ("pair_stdp",),
        "anti_stdp": ("anti_stdp",),
        "bi_poo": ("bi_poo",),
        "pairing_schemes": ("nearest_symmetric_stdp", "presynaptic_centred_stdp", "reduced_symmetric_stdp"),
        "van_rossum_stdp": ("van_rossum_stdp",),
        "multiplicative_stdp": ("multiplicative_stdp",),
        "gutig_stdp": ("gutig_stdp",),
        "power_law_stdp": ("power_law_stdp",),
        "stdp_family": ("stdp_family",),
    },
    "triplets of spikes": {
        "triplet_stdp": ("triplet_stdp",),
        "triplets": ("triplet_all_to_all", "triplet_nearest"),
    },
    "suppression between spikes": {
        "suppression_stdp": ("suppression_stdp",),
    },
    "inhibition": {
        "inhibitory_stdp": ("inhibitory_stdp",),
    },
    "reward": {
        "modulated_stdp": ("mstdp", "mstdpet"),
        "reward_stdp": ("reward_stdp",),
    },
    "short-term plasticity": {
        "tsodyks_markram": ("tsodyks_markram", "tsodyks_markram_stdp"),
    },
    "voltage": {
        "voltage_stdp": ("voltage_stdp",),
    },
    "calcium": {
        "calcium": ("calcium", "calcium_bistable", "calcium_noisy"),
    },
    "homeostasis": {
        "synaptic_scaling": ("synaptic_scaling", "spiking_synaptic_scaling"),
        "heterosynaptic_decay": ("heterosynaptic_decay",),
    },
}
