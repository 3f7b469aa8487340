"""1000 Poisson inputs that learn to drive one neuron, 100 s simulated."""

from racing import ROUNDING, Race, Row, Way

from races.scripts import script

SECONDS = 100
STEPS, EXACT = "Song-Abbott, a simulated second, in steps", "Song-Abbott, a simulated second, exact times"
FRESH = f"Song-Abbott, {SECONDS} s, fresh process"
BRIAN2 = "hand-written Brian2 C++ (PoissonGroup)"
OF_SPIKES = "a kernel written by hand for these spikes alone, without steps, takes 1.0 ms; 10,000 steps the rest"
BEYOND_THE_CACHE = "two thirds in the kernel, whose traces no longer fit a cache; a quarter in handing out 1e5 trains"
RACE = Race(
    "song_abbott",
    {
        "in steps": Way("ours.song_abbott.in_steps", needs=("numba",)),
        "exact": Way("ours.song_abbott.exact", needs=("numba",)),
        "fresh": Way("ours.song_abbott.fresh", needs=("numba",)),
        "cold": Way("ours.song_abbott.fresh", needs=("numba",), is_cold=True),
        "Brian2": script(
            "brian2_song_abbott_poisson.py", "--seconds", str(SECONDS), parts=SECONDS, needs=("g++", "make"), most=3
        ),
        "NEST": script("nest_song_abbott.py", "--seconds", str(SECONDS), parts=SECONDS, needs=("nest",), most=2),
        "today": Way("today.song_abbott.in_cpp", needs=("g++", "make"), is_today=True, most=2),
        "Numba": Way("peers.numba_song_abbott.by_hand", needs=("numba",)),
    },
    (
        Row(STEPS, BRIAN2, "1/40", "in steps", "Brian2"),
        Row(STEPS, "NEST", "1/200", "in steps", "NEST", reason=OF_SPIKES),
        Row(STEPS, "ours in Brian2 C++ today", "1/10", "in steps", "today", reason=OF_SPIKES),
        Row(EXACT, BRIAN2, "1/25", "exact", "Brian2"),
        Row(EXACT, "NEST", "1/120", "exact", "NEST"),
        Row(EXACT, "ours in Brian2 C++ today", "1/6", "exact", "today"),
        Row(EXACT, "hand-written Numba kernel", "", "exact", "Numba"),
        Row(
            f"{FRESH}, kernels cached",
            f"{BRIAN2}, build included",
            "1/30",
            "fresh",
            "Brian2",
            "process",
            reason="of 0.9 s imports take 0.6 (NumPy, Numba, ours), the run itself 0.13",
        ),
        Row(f"{FRESH}, nothing cached", f"{BRIAN2}, build included", "", "cold", "Brian2", "process"),
    ),
    # Five standard errors of the difference of two counts of 2400 spikes as irregular as a Poisson train. The script in
    # Brian2 has some 7 % more: there a coincident pair strengthens, by its order of events; `song_abbott_cpp` is equal
    alike={"n_spikes": 0.15, "weight": 0.05},
)
REPLAYED = Race(
    "song_abbott_cpp",
    {
        "ours": Way("ours.through_brian2.song_abbott_in_cpp", needs=("g++", "make"), most=3),
        "by hand": script(
            "brian2_song_abbott.py", "--seconds", str(SECONDS), parts=SECONDS, needs=("g++", "make"), most=3
        ),
    },
    (
        Row(
            "Song-Abbott through our API in Brian2 C++, the program",
            "by hand, equal flags and input",
            "1.1",
            "ours",
            "by hand",
        ),
    ),
    alike={"n_spikes": 0.0, "weight": ROUNDING},
)
INPUTS = Race(
    "inputs",
    {
        "1e5": Way("ours.song_abbott.of_inputs_1e5", needs=("numba",)),
        "1e4": Way("ours.song_abbott.of_inputs_1e4", needs=("numba",)),
    },
    (Row("1e5 inputs onto one neuron, a simulated second", "1e4 inputs", "12", "1e5", "1e4", reason=BEYOND_THE_CACHE),),
)
