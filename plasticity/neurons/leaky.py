"""The leaky membrane: where its voltage tends to under a constant current. What its closed forms are made of."""

from collections.abc import Mapping

import numpy as np

from plasticity.arrays import Floats
from plasticity.errors import NeuronError
from plasticity.neurons.rounding import ROUNDINGS

_FARTHEST = 1e100  # volts; beyond every current, and small enough to be multiplied


def settled_voltage(values: Mapping[str, float], current: Floats) -> Floats:
    """The voltage (V) that the membrane tends to under a constant current (A) and the bias, if it did not fire."""
    swing = values["V_threshold"] - values["E_L"]
    settled = values["E_L"] + values["R_m"] * current + (1 + values["bias"]) * swing
    return np.clip(settled, -_FARTHEST, _FARTHEST)


def voltage_above_threshold(values: Mapping[str, float], current: Floats) -> Floats:
    """V_inf - V_threshold = bias swing + R_m I, and 0 where rounding of the terms explains it."""
    swing = values["V_threshold"] - values["E_L"]
    driven = np.clip(values["R_m"] * current, -_FARTHEST, _FARTHEST)
    above = values["bias"] * swing + driven
    ends = abs(values["V_threshold"]) + abs(values["E_L"])
    terms = ends + (1 + abs(values["bias"])) * ends + np.abs(driven)
    return np.where(np.abs(above) > ROUNDINGS * terms, above, 0.0)


def require_climb(values: Mapping[str, float]) -> None:
    """Raise NeuronError for a reset that is not below the threshold: the closed forms integrate the climb between."""
    reset, threshold = values["V_reset"], values["V_threshold"]
    if reset >= threshold:
        raise NeuronError(f"V_reset is {reset} V; for a closed form, less than V_threshold = {threshold} V is needed")
