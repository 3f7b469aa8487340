"""What drives a synapse over time: rates that are given, and a postsynaptic rate that the weights themselves make."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.errors import ArgumentError, RuleError, said
from plasticity.inputs import fields, numbers
from plasticity.rates.averages import rates_given

# From a time (s) to rates (Hz)
Rates = Callable[[float], Floats]


def linear(drive: Floats) -> Floats:
    """The rate of a linear neuron: its drive."""
    return drive


@dataclass(frozen=True)
class WeightedSum:
    """A postsynaptic rate that the weights make: activation(sum of w times the presynaptic rate over the last axis).

    activation : from an array of drives (Hz) to rates (Hz) of the same shape
    raises ArgumentError for an activation that is no function
    """

    activation: Callable[[Floats], Floats] = linear

    def __post_init__(self) -> None:
        fields(self)

    def __call__(self, pre: Floats, w: Floats) -> Floats:
        """The postsynaptic rates, which broadcast with the presynaptic ones that make them.

        raises ArgumentError for an activation that gives no rates of the shape of the drives
        """
        drive = (w * pre).sum(axis=-1, keepdims=True)
        post = numbers(self.activation(drive), "the rates that the activation gives", unit="Hz")
        if post.shape != drive.shape:
            raise ArgumentError(f"the activation gives the shape {post.shape} for drives of shape {drive.shape}")
        return post


@dataclass(frozen=True, eq=False)
class Patterns:
    """Presynaptic rates among which the input switches so fast that every change is its mean over them.

    rates : hertz, shape (n_patterns, n_inputs); the inputs are the last axis of the weights
    raises RuleError for rates that are negative, or no such array
    """

    rates: Any

    def __post_init__(self) -> None:
        found = numbers(self.rates, "the rates of the patterns", unit="Hz", shape=(None, None), error=RuleError)
        if not len(found):
            raise RuleError("there are no patterns; give one or more")
        object.__setattr__(self, "rates", rates_given(found))

    def beside(self, w: Floats) -> Floats:
        """The rates with axes for those of the weights between, (n_patterns, ..., n_inputs)."""
        n_patterns, n_inputs = self.rates.shape
        if w.shape[-1:] != (n_inputs,):
            raise RuleError(f"patterns of {n_inputs} inputs drive weights of shape {w.shape}; the last axis must fit")
        return self.rates.reshape(n_patterns, *[1] * (w.ndim - 1), n_inputs)


def residual(pre: Floats, post: Floats, w: Floats) -> Floats:
    """What each neuron hears of the input when those before it, on the last axis but one of the weights, have taken
    away what they account for: their rates times their weights. A neuron alone hears everything.

    Source: `sanger1989`
    """
    if w.ndim < 2:
        return pre
    known = post * w
    return pre - (np.cumsum(known, axis=-2) - known)


def course(rates: Any, what: str, times: Floats, shape: tuple[int, ...]) -> Rates:
    """Rates that are given, as a function of time.

    rates : hertz or with a unit: constants that broadcast with the weights; with one axis more than these, in front,
            values at each of the times, with straight lines between; a function of the time in seconds
    shape : of the weights
    raises RuleError for what are no rates, or do not fit
    """
    if callable(rates):
        return lambda time: _fitting(rates_given(rates(time)), what, shape)
    found = rates_given(rates)
    if found.ndim <= len(shape):
        constant = _fitting(found, what, shape)
        return lambda time: constant
    if found.ndim > len(shape) + 1 or len(found) != len(times):
        raise RuleError(
            f"the {what} rates have shape {found.shape}; one that broadcasts with that of the weights, {shape}, is "
            f"allowed, or it after an axis of {len(times)} times"
        )
    _fitting(found[0], what, shape)

    def between(time: float) -> Floats:
        place = min(max(int(np.searchsorted(times, time, side="right")) - 1, 0), max(len(times) - 2, 0))
        if len(times) == 1:
            return found[0]
        part = (time - times[place]) / (times[place + 1] - times[place])
        return (1 - part) * found[place] + part * found[place + 1]

    return between


def _fitting(rates: Floats, what: str, shape: tuple[int, ...]) -> Floats:
    try:
        fits = np.broadcast_shapes(rates.shape, shape) == shape
    except ValueError:
        fits = False
    if not fits:
        raise RuleError(
            f"the {what} rates are {said(rates.tolist())}; what broadcasts with weights of shape {shape} is allowed"
        )
    return rates
