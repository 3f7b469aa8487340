"""The arguments of the kernel of a network, and the columns of its tables of parts and of projections."""

MOST_OTHERS = 3  # signals that are read late, and events besides spikes, of one rule: each set of events has its lines
# The columns of the tables of parts and of projections
PART = ("SIZE", "FIRST", "STATE", "PART_NUMBERS", "CURRENT", "CURRENT_STRIDE", "DEAD", "KEPT", "VOLTAGE", "END")
PROJECTION = (
    *("SOURCE", "TARGET", "ROWS", "SYNAPSES", "N_SYNAPSES", "COLUMNS", "NUMBERS", "PRE_TRACE", "POST_TRACE"),
    *("PRE_STAMP", "POST_STAMP", "OWN", "OWN_STAMP", "DELAY", "PRE_DELAY", "POST_DELAY", "RECEPTOR", "DEAF", "TRACED"),
    *("PRE_VOLTAGE", "POST_VOLTAGE", "LATE"),
    *(f"LATE_{n}" for n in range(1, 2 * MOST_OTHERS)),
    "THIRD",
    *(f"THIRD_{n}" for n in range(1, 2 * MOST_OTHERS)),
)
ARGUMENTS = (
    *(
        "first_step",
        "last_step",
        "first_kept",
        "last_kept",
        "n_log",
        "dt",
        "mask",
        "parts",
        "kinds",
        "projections",
        "projection_kinds",
    ),
    *("numbers", "state", "fired_at", "rounding", "currents", "given_step", "given_neuron", "cursors", "trials"),
    *("inverses", "chances", "randoms", "log", "log_step", "starts", "rows", "targets", "weights", "columns"),
    *("incoming", "origins", "sizes", "traces", "stamps", "own", "own_stamps", "past", "is_pre", "is_post", "kept"),
)
# What lines of a projection may read of the tables, by the local that they call it; later ones read earlier ones
TOLD = {
    "source": "projections[q, SOURCE]",
    "target": "projections[q, TARGET]",
    "n_source": "parts[source, SIZE]",
    "n_target": "parts[target, SIZE]",
    "n_synapses": "projections[q, N_SYNAPSES]",
    "from_first": "parts[source, FIRST]",
    "to_first": "parts[target, FIRST]",
    "row": "projections[q, ROWS]",
    "first": "projections[q, SYNAPSES]",
    "column": "projections[q, COLUMNS]",
    "pre_trace": "projections[q, PRE_TRACE]",
    "post_trace": "projections[q, POST_TRACE]",
    "pre_stamp": "projections[q, PRE_STAMP]",
    "post_stamp": "projections[q, POST_STAMP]",
    "own_first": "projections[q, OWN]",
    "own_stamp": "projections[q, OWN_STAMP]",
    "receptor": "projections[q, RECEPTOR]",
    "deaf": "projections[q, DEAF]",
    "pre_voltage": "projections[q, PRE_VOLTAGE]",
    "post_voltage": "projections[q, POST_VOLTAGE]",
}
