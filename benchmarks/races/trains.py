"""The weight after trains that are given: of one synapse, and of a thousand."""

from racing import ROUNDING, Race, Row, Way

RULES = {"pair": "pair at its bounds", "triplet": "triplet", "soft": "soft bounds"}
TWO_EXPONENTIALS = "two exponentials a spike take 15 of the 20 ns; the target was set where today took 190 to 260 ns"
ONE = tuple(
    Race(
        f"train of {rule}",
        {
            "ours": Way(f"ours.trains.{rule}", needs=("numba",)),
            "today": Way(f"today.trains.{rule}", is_today=True),
        },
        (Row(f"one train of 1e5 spikes: {said}", "today", "1/100", "ours", "today"),),
        # The same jumps in the same order, of exponentials that are multiplied up differently
        alike={"weight": ROUNDING},
    )
    for rule, said in RULES.items()
)
MANY = Race(
    "many trains",
    {"ours": Way("ours.trains.many", needs=("numba",)), "today": Way("today.trains.many", is_today=True)},
    (
        Row(
            "1000 synapses, given spikes: time a synapse-spike",
            "today",
            "1/8",
            "ours",
            "today",
            reason=TWO_EXPONENTIALS,
        ),
        Row("1000 synapses, given spikes: bytes a synapse-spike", "", "17 bytes", "ours", figure="bytes"),
    ),
    alike={"weight": ROUNDING},
)
