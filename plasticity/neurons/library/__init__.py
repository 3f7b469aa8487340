"""The published neurons, a page each: families in the order in which a learner meets them, and their names by page."""

from plasticity.catalogue import Families

FAMILIES: Families = {
    "leaky integrate-and-fire": {
        "lif": ("lif_excitatory", "lif_inhibitory"),
    },
    "kinds of synapses": {
        "lif_synapses": ("lif_delta", "lif_alpha", "lif_conductance", "lif_conductance_alpha", "lif_nmda"),
    },
    "noise": {
        "white_noise_lif": ("white_noise_lif",),
        "escape_lif": ("escape_lif", "escape_sigmoid_lif"),
    },
    "upstroke of the spike": {
        "quadratic": ("quadratic",),
        "exponential": ("exponential",),
    },
    "adaptation and bursts": {
        "adex": ("adex",),
        "clopath_adex": ("clopath_adex",),
        "izhikevich": ("izhikevich",),
    },
    "ion channels": {
        "hodgkin_huxley": ("hodgkin_huxley",),
        "traub_miles": ("traub_miles",),
    },
}
