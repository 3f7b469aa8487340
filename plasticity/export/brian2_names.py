"""Names that Brian2 keeps for itself: units, constants, functions, its own variables, and endings."""

import re
from collections.abc import Collection

_OWN = frozenset(
    "e pi inf t dt t_in_timesteps i j k N N_pre N_post N_incoming N_outgoing lastupdate lastspike not_refractory delay "
    "xi int clip rand randn step cos sin tan cosh sinh tanh exp log log10 expm1 exprel log1p sqrt ceil floor arccos "
    "arcsin arctan abs sign poisson timestep acts sent w_before".split()
)
_UNITS = (
    "metre|meter|gram|second|amp|ampere|kelvin|mole|mol|candle|cd|radian|steradian|hertz|newton|pascal|joule|watt|"
    "coulomb|volt|farad|ohm|siemens|weber|tesla|henry|lumen|lux|becquerel|gray|sievert|katal|liter|litre|molar|gramme|"
    "kilogram|kilogramme|celsius|m|g|s|A|rad|sr|Hz|N|Pa|J|W|C|V|F|S|Wb|T|H|lm|lx|Bq|Gy|Sv|kat|M|l"
)
_IS_UNIT = re.compile(rf"(?:y|z|a|f|p|n|u|m|c|d|da|h|k|M|G|T|P|E|Z|Y)?(?:{_UNITS})[23]?")


def brian2_name(name: str, taken: Collection[str] = ()) -> str:
    """What a name of a record is called in a script: itself, or where that is Brian2's, with an ending.

    taken : all names of the record
    """
    is_unit = len(name) > 1 and _IS_UNIT.fullmatch(name)  # Brian2 has none of a single letter
    if name not in _OWN and not is_unit and not name.endswith(("_pre", "_post")):
        return name
    own = f"{name}_value"
    while own in taken:
        own += "_value"
    return own
