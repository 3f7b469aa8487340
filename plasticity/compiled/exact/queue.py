"""The neurons in the order in which they may fire, and random numbers: plain loops whose text is put into kernels."""

import inspect
import math
from functools import lru_cache

_TEXT = "rise sink draw uniform waiting"


def rise(places, times, k):
    """Move what stands at `k` of a heap up to where it belongs.

    places : column 0 the heap, numbers of neurons, none later than those below it; column 1 where each neuron stands
    times  : column 0 the key (s) of each neuron
    """
    j = places[k, 0]
    while k > 0:
        above = (k - 1) // 2
        if times[places[above, 0], 0] <= times[j, 0]:
            break
        places[k, 0] = places[above, 0]
        places[places[k, 0], 1] = k
        k = above
    places[k, 0] = j
    places[j, 1] = k


def sink(places, times, k):
    """Move what stands at `k` of a heap down to where it belongs."""
    j, n = places[k, 0], places.shape[0]
    while 2 * k + 1 < n:
        below = 2 * k + 1
        if below + 1 < n and times[places[below + 1, 0], 0] < times[places[below, 0], 0]:
            below += 1
        if times[j, 0] <= times[places[below, 0], 0]:
            break
        places[k, 0] = places[below, 0]
        places[places[k, 0], 1] = k
        k = below
    places[k, 0] = j
    places[j, 1] = k


def draw(random, k):
    """32 random bits of stream `k`: xoshiro128++ (Blackman & Vigna 2021, doi:10.1145/3460772), in signed words, which
    Python and the compiler add alike."""
    a, b, c, d = random[k, 0], random[k, 1], random[k, 2], random[k, 3]
    total = (a + d) & 0xFFFFFFFF
    found = ((((total << 7) | (total >> 25)) & 0xFFFFFFFF) + a) & 0xFFFFFFFF
    c ^= a
    d ^= b
    random[k, 1] = b ^ c
    random[k, 0] = a ^ d
    random[k, 2] = c ^ ((b << 9) & 0xFFFFFFFF)
    random[k, 3] = ((d << 11) | (d >> 21)) & 0xFFFFFFFF
    return found


def uniform(random, k):
    """A random number above 0, at most 1, of stream `k`, of 53 bits."""
    return ((draw(random, k) >> 5) * 67108864.0 + (draw(random, k) >> 6) + 1.0) / 9007199254740992.0


def waiting(random, k, rate):
    """The time (s) until the next event of a Poisson process of `rate` hertz."""
    return -math.log(uniform(random, k)) / rate if rate > 0.0 else math.inf


@lru_cache(maxsize=1)
def queue_source() -> str:
    """The functions of this page as text, for a kernel."""
    return "\n\n".join(inspect.getsource(globals()[name]) for name in _TEXT.split())
