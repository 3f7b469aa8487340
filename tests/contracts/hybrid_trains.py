"""Trains for rules of every kind."""

from dataclasses import replace

import by_hand
import numpy as np
from hybrid_rules import CLIPPED_TWICE, STORED, tsodyks_markram
from rule_cases import JUMPING as PUBLISHED
from spike_trains import any_times

from plasticity import events
from plasticity.rules import with_conventions

SEED = 22
JUMPING = [*PUBLISHED, CLIPPED_TWICE, STORED, tsodyks_markram(0.4, 0.3, 0.2)]
JUMPING += [
    replace(with_conventions(rule, coincidence=word), name=f"{word}({rule.name})".replace(" ", "-"))
    for rule in JUMPING
    for word in ("pre first", "post first")
]


def trains_of(rule, seed=SEED, trains=any_times):
    """{event: one train}, of which third events coincide with spikes as these do with each other."""
    pre, post = (side[1] for side in trains(seed))
    found = {"pre": pre, "post": post}
    if "reward" in rule.events:
        found["reward"] = np.sort(np.concatenate([pre[::4] - 4e-3, post[1::5] + 2e-3]))
    return found


def third(trains):
    return {event: times for event, times in trains.items() if event not in ("pre", "post")} or None


def course(rule, trains, w0, **more):
    return events.trajectory(rule, trains["pre"], trains["post"], w0, events=third(trains), **more)


def sizes(rule, trains):
    return [len(kinds) for _, kinds in by_hand.instants(rule, trains)]
