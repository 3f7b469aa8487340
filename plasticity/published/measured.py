"""How the rows of a table were measured: the protocol, and the columns that set it.

One experiment can be read in several ways: as it was done, and as those did it who fitted a model to it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from plasticity.errors import ArgumentError, unknown
from plasticity.inputs import count, instance
from plasticity.protocols import PROTOCOLS, Protocol, with_parameters
from plasticity.published.table import Table
from plasticity.quantities import to_si

AS_DONE = "experiment"


@dataclass(frozen=True)
class Reading:
    """A protocol, and what sets it.

    protocol : a name in PROTOCOLS, or that of a column which says it
    columns  : {parameter: (column, unit)}
    fixed    : {parameter: value in SI}, the same for all rows
    """

    protocol: str
    columns: Mapping[str, tuple[str, str]]
    fixed: Mapping[str, float] = field(default_factory=dict)


_LAG = {"lag": ("delta_t_ms", "ms")}
_AT_FREQUENCY = {**_LAG, "rate": ("frequency_hz", "Hz")}
_SIXTY_A_MINUTE = {"n_pairs": 60, "rate": 1.0}
READINGS = {
    "bipoo1998_points": {AS_DONE: Reading("pairing", _LAG, _SIXTY_A_MINUTE)},
    "sjostrom2001_frequency": {
        AS_DONE: Reading(
            "repeated_trains",
            {**_AT_FREQUENCY, "n_pairs": ("n_pairings_per_train", "1"), "n_trains": ("n_trains", "1")},
            {"interval": 10.0},
        ),
        "pfister2006": Reading("pairing_at_frequency", _AT_FREQUENCY, {"n_pairs": 60}),
    },
    "wang2005_pairs": {AS_DONE: Reading("pairing", _LAG, _SIXTY_A_MINUTE)},
    "wang2005_quadruplets": {
        AS_DONE: Reading("quadruplets", {**_LAG, "interval": ("T_ms", "ms")}, {"n_quadruplets": 60, "rate": 1.0})
    },
    "wang2005_triplets": {
        AS_DONE: Reading(
            "type",
            {"lag_1": ("delta_t1_ms", "ms"), "lag_2": ("delta_t2_ms", "ms")},
            {"n_triplets": 60, "rate": 1.0},
        )
    },
}


def protocol_of(table: Table, row: int, *, reading: str = AS_DONE) -> Protocol:
    """The protocol of one row of a table, with the settings that the row tells.

    reading : 'experiment', as it was done; or the key of who models it otherwise, such as 'pfister2006'
    raises ArgumentError for a table of no protocol, and a row that is not there; UnknownName for an unknown reading

    >>> from plasticity.published import TABLES, protocol_of
    >>> str(protocol_of(TABLES["sjostrom2001_frequency"], 8))
    'repeated_trains'
    """
    key = instance(table, Table, "the table").key
    if key not in READINGS:
        raise ArgumentError(f"the rows of {key} have no protocol; those of these tables have: {', '.join(READINGS)}")
    if not isinstance(reading, str) or reading not in READINGS[key]:
        raise unknown(f"reading of {key}", reading, READINGS[key])
    found, place = READINGS[key][reading], count(row, "row", least=0, most=len(next(iter(table.columns.values()))) - 1)
    name = str(table[found.protocol][place]).replace("-", "_") if found.protocol in table.columns else found.protocol
    told = {name: to_si(float(table[column][place]), unit) for name, (column, unit) in found.columns.items()}
    return with_parameters(PROTOCOLS[name], **told, **found.fixed)


def readings(table: Table) -> list[str]:
    """The readings of a table, 'experiment' first; none for one whose rows have no protocol.

    >>> from plasticity.published import TABLES, readings
    >>> readings(TABLES["sjostrom2001_frequency"])
    ['experiment', 'pfister2006']
    """
    return list(READINGS.get(instance(table, Table, "the table").key, {}))
