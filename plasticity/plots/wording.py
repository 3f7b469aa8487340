"""Names and numbers of programs, as they are printed: real minus signs, powers of ten, no underscores.

`set_in_type` is for what is drawn, `in_words` for text that is read elsewhere, such as a caption.
"""

import re
from collections.abc import Callable

from plasticity.inputs import instance

MINUS = "\u2212"
_GREEK = ("alpha", "beta", "gamma", "eta", "theta", "tau")
_POWER = re.compile(r"(?<![\w.])(\d+(?:\.\d+)?)e([+-]?)0*(\d+)(?!\w)")
_SIGN = re.compile(r"(?<![\w)\].\-])-(?=[\w.(|]|$)")  # of a number or a symbol: no range, no hyphen
_NEAREST = re.compile(r"(?<!\w)nearest\(([^()]+)\)")  # the name of a variant of a rule
_LESS = re.compile(r"(?:(?<=\S)|^) - (?=\S|$)")
_MARKUP = re.compile(r"\\(?:mathrm|mathbf|mathit|left|right)|[${}\\]")
_RAISED = str.maketrans("0123456789-", "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079\u207b")
_CAPITALS = {
    "adex": "AdEx",
    "bcm": "BCM",
    "clopath": "Clopath",
    "gelu": "GELU",
    "hebb": "Hebb",
    "hebbian": "Hebbian",
    "izhikevich": "Izhikevich",
    "lif": "LIF",
    "mstdp": "MSTDP",
    "mstdpet": "MSTDPET",
    "nmda": "NMDA",
    "oja": "Oja",
    "relu": "ReLU",
    "sanger": "Sanger",
    "stdp": "STDP",
}
_NAMES = {
    "bi_poo": "Bi & Poo",
    "gutig_stdp": "G\u00fctig STDP",
    "hodgkin_huxley": "Hodgkin-Huxley",
    "power_law_stdp": "power-law STDP",
    "reward_stdp": "R-STDP",
    "traub_miles": "Traub-Miles",
    "triplet_all_to_all": "all-to-all triplet STDP",
    "triplet_nearest": "nearest triplet STDP",
    "tsodyks_markram": "Tsodyks-Markram",
    "tsodyks_markram_stdp": "Tsodyks-Markram STDP",
    "van_rossum_stdp": "van Rossum STDP",
}
_NAME = re.compile(rf"(?<!\w)(?:[A-Za-z0-9]+(?:_[A-Za-z0-9]+)+|(?:{'|'.join(_CAPITALS)})(?!\.\w))(?!\w)")


def set_in_type(text: str) -> str:
    """The text for a label: `w_max` becomes a symbol with an index, `anti_hebbian (rates)` words.

    What stands between dollars is matplotlib's mathematics already, and stays.
    """
    parts = instance(text, str, "the text").split("$")
    if len(parts) % 2 == 0:  # a dollar that opens nothing
        return _typed(text, _indexed)
    return "$".join(part if k % 2 else _typed(part, _indexed) for k, part in enumerate(parts))


def in_words(text: str) -> str:
    """The text without any markup: `w_max` becomes 'w max'."""
    return _MARKUP.sub("", _typed(instance(text, str, "the text"), lambda base, index: f"{base} {index}"))


def name_in_words(name: str) -> str:
    """The name of a rule, a neuron or an experiment in words: `pair_stdp` becomes 'pair STDP'."""
    parts = [_CAPITALS.get(part, part) for part in instance(name, str, "the name").split("_")]
    return _NAMES.get(name, " ".join(parts).replace("anti ", "anti-"))


def _typed(text: str, symbol: Callable[[str, str], str]) -> str:
    def named(found: re.Match[str]) -> str:
        base, _, index = found[0].partition("_")
        is_symbol = "_" not in index and (len(base) == 1 or base in _GREEK)
        return symbol(base, index) if is_symbol else name_in_words(found[0])

    def power(found: re.Match[str]) -> str:
        return f"{found[1]}\u00d710{(found[2].strip('+') + found[3]).translate(_RAISED)}"

    text = _NEAREST.sub(r"nearest \1", text.replace("<=", "\u2264").replace(">=", "\u2265"))
    return _NAME.sub(named, _LESS.sub(f" {MINUS} ", _SIGN.sub(MINUS, _POWER.sub(power, text))))


def _indexed(base: str, index: str) -> str:
    command = "\\" if base in _GREEK else ""
    return f"${command}{base}_\\mathrm{{{index}}}$"
