"""The published neurons, a page each: families in the order in which a learner meets them, and their names by page."""

from plasticity.catalogue import Families

FAMILIES: Families = {
    "leaky integrate-and-fire": {
        "lif": ("lif_excitatory", "lif_inhibitory"),
    },
    "noise": {
        "white_noise_lif": ("white_noise_lif",),
        "escape_lif": ("escape_lif",),
    },
}
