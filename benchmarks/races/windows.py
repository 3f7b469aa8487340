"""An STDP window of 101 lags and 60 pairings."""

from racing import Race, Row, Way

WHAT = "window, 101 lags x 60 pairs"
IN_TURN = "120 slots one after another, in each some NumPy calls on 101 numbers: a half; putting in order: a quarter"
RACE = Race(
    "window",
    {
        "compiled": Way("ours.windows.compiled", needs=("numba",)),
        "auto": Way("ours.windows.public", needs=("numba",)),
        "NumPy": Way("ours.windows.public", without=("numba",)),
        "by hand": Way("peers.numba_trains.of_window", needs=("numba",)),
        "today": Way("today.windows.public", is_today=True),
    },
    (
        Row(f"{WHAT}, with `fast`, told to compile", "hand-written Numba kernel", "1.5", "compiled", "by hand"),
        Row(f"{WHAT}, with `fast`, not told", "hand-written Numba kernel", "", "auto", "by hand"),
        Row(f"{WHAT}, without `fast`", "today", "1/2", "NumPy", "today", reason=IN_TURN),
    ),
    # The same sums; the order of additions is free
    alike={"change": 1e-12},
)
