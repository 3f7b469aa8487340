"""The change of one synapse pair by pair."""

from collections.abc import Callable
from typing import Any

from measuring import Work
from settings import LEDGER, Many

import plasticity


def usual() -> Work:
    """Of 10,000 x 10,000 spikes."""
    return booked(LEDGER, plasticity.ledger, plasticity.RULES["pair_stdp"])


def large() -> Work:
    """Of twice as many on each side."""
    work = booked(LEDGER._replace(n_spikes=2 * LEDGER.n_spikes), plasticity.ledger, plasticity.RULES["pair_stdp"])
    return Work(work.do, lambda book: {"dw_of_large": float(book.dw)})


def booked(of: Many, ledger: Callable[..., Any], rule: Any) -> Work:
    """A ledger of two trains, by a function that takes rule, both trains and start weight; cold, for it is long."""
    (pre,), (post,) = of.trains(0), of.trains(1)
    return Work(lambda: ledger(rule, pre, post, of.w0), lambda book: {"dw": float(book.dw)})
