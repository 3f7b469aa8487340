"""The STDP window, compiled: the loop makes the pairs of spikes by itself, so that no train is written down."""

import math
from functools import lru_cache
from typing import Any

import numpy as np

from plasticity.arrays import Floats
from plasticity.compiled.instants import RuleText
from plasticity.compiled.loading import functions
from plasticity.compiled.weights.source import pairs_source
from plasticity.compiled.weights.trains import follow, require_possible, text_of
from plasticity.errors import ArgumentError
from plasticity.noting import note
from plasticity.protocols.paired import paired_onsets
from plasticity.rules import Rule, readable
from plasticity.rules.arrivals import require_after_imagined
from plasticity.rules.conventions import SPIKES, WEIGHT
from plasticity.trains import LATEST, RESOLUTION, start_weights, taken


def window(rule: Rule, lags: Any, *, n_pairs: int = 60, rate: Any = 1.0, w0: Any = None) -> Floats:
    """The change of weight after pairings at every lag; arguments, errors and warnings as `plasticity.events.window`.

    returns : change of w, shape (n_lags,)
    """
    note("compiled")
    text = text_of(readable(rule, "compiled"))
    found = text.found
    start = found.start_weight if w0 is None else _checked(rule, w0)
    lags, onsets = paired_onsets(lags, n_pairs=n_pairs, rate=rate)
    lags = np.atleast_1d(lags)
    if not lags.size:
        raise ArgumentError("no lag came; one or more are allowed")
    delays = np.array([rule.delay(event) for event in SPIKES])
    _check_onsets(rule, onsets, delays)
    require_possible(text, lags.size, 2 * onsets.size, 0)
    times = np.full(lags.size, np.nan if found.begins is None else found.begins)
    column = np.array([found.starts.get(name, start) for name in text.variables])
    state = np.repeat(column[:, None], lags.size, axis=1)
    run = functions(_source(text))["run"]
    follow(rule, text, run, (lags, onsets, delays, RESOLUTION), (times, state))
    return state[text.variables.index(WEIGHT)] - start


@lru_cache(maxsize=256)
def _source(text: RuleText) -> str:
    return pairs_source(text, is_paired=True)


def _checked(rule: Rule, w0: Any) -> float:
    if type(w0) is float and rule.bounds.lower <= w0 <= rule.bounds.upper and abs(w0) < math.inf:
        return w0  # as most are: looking at it as at an array takes a tenth of the time of all
    return float(start_weights(w0, 1, rule.bounds.lower, rule.bounds.upper)[0])


def _check_onsets(rule: Rule, onsets: Floats, delays: Floats) -> None:
    """Look at the pairings as at any train where they are so late, or so near to one another, that it could matter."""
    gap = onsets[1] - onsets[0] if onsets.size > 1 else np.inf
    if not (onsets[-1] + delays.max() < LATEST / 2 and gap > 2 * RESOLUTION):
        taken(onsets + delays.max(), "the train of pairings")
    require_after_imagined(rule, onsets[:1] + delays.min(), RESOLUTION)
