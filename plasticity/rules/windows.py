"""Rules from a window of any shape: how much a pair of spikes changes the weight, as an expression or table of the lag.

A window that is no sum of exponentials needs the lags themselves. A synapse keeps them exactly: a trace that a spike
sets to one decays by a known law, so that its logarithm is the age of the spike, and a shift from trace to trace at
every spike keeps the ages of the last few. What no record can say is a sum over all earlier spikes: it would have to
remember each. A number of partners is chosen instead; the sum over all is exact while no more spikes than that lie
within the window.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any, Literal, get_args

import numpy as np

from plasticity.arrays import Floats
from plasticity.errors import RuleError, said, told
from plasticity.inputs import choice, count, numbers
from plasticity.parameters import Parameter
from plasticity.rules.record import Rule
from plasticity.rules.variables import Variable, weight
from plasticity.trains import RESOLUTION

Scheme = Literal["symmetric", "presynaptic-centred", "reduced symmetric"]
SCHEMES: tuple[str, ...] = get_args(Scheme)
MOST_POINTS = 200  # of a table: our choice, ten times what measured windows have; each costs a term at every spike
MOST_PARTNERS = 50  # our choice: more take seconds to check, for each is a variable that reads the one before
_TERMS = 6  # of a table in one expression, whose length is limited
_FAINTEST = 1e-100  # the trace of a spike 230 s ago: older ones count as that old
_NEWER = 1 + 5e-10  # half an instant: of spikes in one instant none is newer
_SECOND = Parameter("second", 1.0, "s", "the unit in which the ages of spikes are kept", least=1.0, most=1.0)


def window_rule(
    name: str,
    window: str | Sequence[Any],
    *,
    scheme: Scheme = "symmetric",
    n_partners: int = 1,
    parameters: tuple[Parameter, ...] = (),
) -> Rule:
    """The rule that adds to the weight, for every pair of spikes that counts, what a window says of its lag.

    window     : an expression of `lag`, t_post - t_pre in seconds, and of the parameters, "A*(1 - abs(lag)/tau)"; or a
                 table (lags, changes), seconds and changes of w, joined by straight lines, and nothing beyond its ends;
                 or (lags, function), where the function gives the changes at an array of lags
    scheme     : as in `morrison2008`, Fig. 7: 'symmetric', each spike pairs with the last ones of the other train;
                 'presynaptic-centred', each presynaptic spike with the last postsynaptic one and the next; 'reduced
                 symmetric', only spikes that follow each other immediately
    n_partners : with how many spikes of the other train one pairs at most: the last ones; presynaptic-centred, those
                 presynaptic ones that came since the last postsynaptic one
    raises RuleError for an impossible window, and for a scheme that needs every spike

    An age of more than 230 s counts as 230 s. The weight lies between 0 and 1; `with_bounds` changes that.

    >>> from plasticity import final_weight
    >>> from plasticity.rules import window_rule
    >>> rule = window_rule("ramp", ([-0.02, 0.0, 0.02], [-0.1, 0.0, 0.1]))
    >>> round(final_weight(rule, [0.010], [0.020], w0=0.5), 6)
    0.55
    """
    _check_scheme(scheme)
    n = count(n_partners, "n_partners", least=1, most=MOST_PARTNERS, error=RuleError)
    if not isinstance(parameters, tuple | list):
        raise RuleError(f"the parameters are {said(parameters)}; a tuple of Parameter is allowed")
    if scheme == "reduced symmetric" and n > 1:
        raise RuleError(
            f"n_partners is {n}; in the reduced symmetric scheme a spike has 1 partner at most on each side"
        )
    n_back = n if scheme == "symmetric" else 1
    parts = _expression(window) if isinstance(window, str) else _table(window)
    state = [*_ages("pre", n), *_ages("post", n_back)]
    jumps = {}
    for side, other, partners in (("post", "pre", n), ("pre", "post", n_back)):
        if parts[side]:
            state += _change(side, other, partners, parts[side], scheme)
            jumps[side] = f"after(change_{side})"
    return Rule(
        name=name,
        source="our choice",
        parameters=(*parameters, _SECOND),
        weight=weight(jumps),
        state=tuple(state),
        summary=f"changes w by a window of the lag, {scheme} pairs",
    )


def _check_scheme(scheme: Any) -> None:
    if scheme == "all-to-all":
        raise RuleError(
            "a window of any shape over all pairs needs every spike to be remembered, which no record can say; use "
            "scheme='symmetric' with n_partners as large as spikes lie within the window, or, for a window that is a "
            "sum of exponentials, traces"
        )
    choice(scheme, SCHEMES, "the scheme", RuleError)


def _ages(event: str, n: int) -> list[Variable]:
    """Traces of the last n spikes of a train, the newest first: exp(-age)."""
    before = ["1", *(f"age_{event}_{k}" for k in range(1, n))]
    names = [f"age_{event}_{k}" for k in range(1, n + 1)]
    return [Variable(own, {event: f"= {last}"}, f"-{own}/second") for own, last in zip(names, before, strict=True)]


def _change(side: str, other: str, n: int, parts: list[str], scheme: str) -> list[Variable]:
    """What a spike of one side changes: the lags to its partners, and the sum of the window over them."""
    sign, lags, terms = "-" if side == "post" else "", list[Variable](), list[str]()
    for k in range(1, n + 1):
        age, lag = f"age_{other}_{k}", f"lag_{side}_{k}"
        lags.append(Variable(lag, {side: f"= {sign}log(maximum({age}, {_FAINTEST}))"}))
        counts = f"step({age})"
        if scheme == "reduced symmetric" or (scheme == "presynaptic-centred" and side == "post"):
            counts += f"*(1 - step(age_{side}_1 - {_NEWER!r}*{age}))"  # none of its own side came since
        terms += [f"{counts}*({_with_lag(part, f'after({lag})')})" for part in parts]
    return [*lags, Variable(f"change_{side}", {side: (f"= {terms[0]}", *terms[1:])})]


def _expression(window: str) -> dict[str, list[str]]:
    """A window for either side; `lag` is a number there, in seconds."""
    part = _with_lag(window, "(lag*second)")
    return {"post": [part], "pre": [part]}


def _with_lag(text: str, lag: str) -> str:
    return re.sub(r"\blag\b", lag, text)


def _table(window: Any) -> dict[str, list[str]]:
    """A table as sums of ramps, of those of its segments that a side can meet."""
    lags, changes = _points(window)
    found: dict[str, list[str]] = {}
    for side, meets in (("post", lags[1:] > 0), ("pre", lags[:-1] < 0)):
        kept = np.flatnonzero(meets)
        found[side] = _ramps(lags[kept[0] : kept[-1] + 2], changes[kept[0] : kept[-1] + 2]) if kept.size else []
    return found


def _ramps(lags: Floats, changes: Floats) -> list[str]:
    """Straight lines through points, and 0 beyond them: each segment climbs from 0 to its height, and stays there.

    The ends belong to the window, up to an instant: a lag is a difference of times, and rounded.
    """
    points = list(zip(lags.tolist(), changes.tolist(), strict=True))
    terms = [repr(points[0][1])]
    for (left, low), (right, high) in zip(points, points[1:], strict=False):
        if high != low:
            terms.append(f"{high - low!r}*minimum(maximum((lag - {left!r})/{right - left!r}, 0), 1)")
    first, last = points[0][0] - RESOLUTION, points[-1][0] + RESOLUTION
    within = f"(1 - step({first!r} - lag))*(1 - step(lag - {last!r}))"
    return [f"{within}*({' + '.join(terms[k : k + _TERMS])})" for k in range(0, len(terms), _TERMS)]


def _points(window: Any) -> tuple[Floats, Floats]:
    """The lags and changes of a table, checked."""
    if not isinstance(window, tuple | list) or len(window) != 2:
        allowed = "an expression of lag, (lags, changes) or (lags, function)"
        raise RuleError(f"the window is {said(window)}; {allowed} is allowed")
    lags = numbers(window[0], "the lags of the window", unit="s", shape=(None,), error=RuleError)
    if not 2 <= len(lags) <= MOST_POINTS or not (np.diff(lags) > 0).all():
        raise RuleError(f"the window has {len(lags)} lags; 2 to {MOST_POINTS} that increase are allowed")
    given = _of_function(window[1], lags) if callable(window[1]) else window[1]
    return lags, numbers(given, "the changes of the window", shape=lags.shape, error=RuleError)


def _of_function(function: Callable[[Floats], Any], lags: Floats) -> Any:
    try:
        return function(lags)
    except Exception as error:  # of the person's own code
        raise RuleError(f"the function of the window failed: {told(error)}; it takes an array of seconds") from error
