"""A network of 10,000 neurons, and a hundred small ones."""

from racing import ROUNDING, Race, Row, Way

from races.scripts import script

N_SMALL = 100
LARGE = "10,000 neurons, 2 million synapses, 319,000 plastic"
RACE = Race(
    "large network",
    {
        "ours": Way("ours.large_network.compiled", needs=("numba",)),
        "memory": Way("ours.large_network.memory", needs=("numba",)),
        "Brian2": script("brian2_network.py", "--seconds", "1", needs=("g++", "make"), most=3),
        "ours in C++": Way("ours.through_brian2.large_network_in_cpp", needs=("g++", "make"), most=3),
        "NEST": script("nest_network.py", "--seconds", "1", needs=("nest",), most=3),
    },
    (
        Row(LARGE, "hand-written Brian2 C++, equal flags", "0.4", "ours", "Brian2"),
        Row(LARGE, "NEST", "0.1", "ours", "NEST"),
        Row(f"{LARGE}, through our API in Brian2 C++", "by hand, equal flags", "1.1", "ours in C++", "Brian2"),
        Row(f"{LARGE}: bytes a synapse", "", "40 bytes", "memory", figure="bytes"),
    ),
    # NEST delivers spikes a step later, which in such a network ends in other spikes; their rate stays, by a percent
    alike={"n_spikes": 0.05, "weight": 0.01},
    equal=("ours", "Brian2", "ours in C++"),
)
SMALL = Race(
    "small networks",
    {
        "sweep": Way("ours.small_networks.swept"),
        "serial": script("brian2_small_network.py", "--runs", str(N_SMALL), most=1),
        "at once": script("brian2_small_network.py", "--runs", str(N_SMALL), "--at-once"),
    },
    (
        Row(
            f"{N_SMALL} small networks (LIF + STDP, 1 s), as a sweep",
            "serial runs in Brian2",
            "1/80",
            "sweep",
            "serial",
        ),
        Row(f"{N_SMALL} small networks, as a sweep", "in one group by hand", "1.3", "sweep", "at once"),
    ),
    alike={"weight": ROUNDING},
)
ONE = Race(
    "small network",
    {
        "ours": Way("ours.through_brian2.small_network_in_numpy"),
        "by hand": script("brian2_small_network.py", "--runs", "1"),
    },
    (Row("a small network through our API in Brian2 NumPy", "by hand", "1.15", "ours", "by hand"),),
    alike=SMALL.alike,
)
