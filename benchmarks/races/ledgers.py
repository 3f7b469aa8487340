"""The ledger of one synapse, Poisson trains of 10 Hz."""

from racing import ROUNDING, Race, Row, Way

RACE = Race(
    "ledger",
    {
        "ours": Way("ours.ledgers.usual"),
        "large": Way("ours.ledgers.large"),
        "today": Way("today.ledgers.usual", is_today=True, most=2),
    },
    (
        Row("ledger at 10 Hz, 10,000 x 10,000 spikes", "today", "1/20", "ours", "today"),
        Row("ledger at 10 Hz, 20,000 x 20,000 spikes, memory", "refused today", "1 GiB", "large", figure="GiB"),
    ),
    # Sums of the same shares in another order
    alike={"dw": ROUNDING},
)
