"""The functions that a weight calls that moves between events: the steps of `events.weighing`, for one synapse.

A sum of exponentials is heights[0] exp(-rates[0] t) + ..., with rising rates. `zeros` puts the times at which it
changes its sign, between 0 and `end`, behind `n` others in `cuts`, and returns how many there are then; it goes from
the last two exponentials to all of them, a level each: divided by its slowest one, a level has the next one as slope.
"""

HELPERS = """
def height_at(rates, heights, t):
    found = 0.0
    for k in range(rates.shape[0]):
        found += heights[k]*np.exp(-rates[k]*t)
    return found


def shift(rates, heights, t, found):
    for k in range(rates.shape[0]):
        found[k] = heights[k]*np.exp(-rates[k]*t)


def mean_decay(x):
    return 1.0 if x == 0.0 else np.expm1(x)/x


def integral(rates, heights, t):
    found = 0.0
    for k in range(rates.shape[0]):
        found += heights[k]*t*mean_decay(-rates[k]*t)
    return found


def driven(rates, heights, slope, t):
    found = 0.0
    for k in range(rates.shape[0]):
        slower = np.exp(max(-rates[k], slope)*t)
        found += heights[k]*slower*t*mean_decay(-abs(rates[k] + slope)*t)
    return found


def zeros(rates, heights, end, cuts, n, levels):
    last = rates.shape[0] - 1
    if last < 1:
        return n
    for k in range(last + 1):
        levels[0, k] = heights[k]
    for level in range(1, last):
        for k in range(level, last + 1):
            levels[level, k] = levels[level - 1, k]*(rates[k] - rates[level - 1])
    n_turns = 0
    crossing = np.log(-levels[last - 1, last]/levels[last - 1, last - 1])/(rates[last] - rates[last - 1])
    if crossing > 0.0 and crossing < end:
        cuts[n] = crossing
        n_turns = 1
    for level in range(last - 2, -1, -1):
        low, n_found = 0.0, 0
        for k in range(n_turns + 1):
            high = cuts[n + k] if k < n_turns else end
            t = zero_between(rates, levels[level], level, low, high)
            if t >= 0.0:
                cuts[n + n_found] = t
                n_found += 1
            low = high
        n_turns = n_found
    return n + n_turns


def level_at(rates, heights, level, t):
    height, slope = 0.0, 0.0
    for k in range(level, rates.shape[0]):
        rate = rates[k] - rates[level]
        term = heights[k]*np.exp(-rate*t)
        height += term
        slope -= rate*term
    return height, slope


def zero_between(rates, heights, level, low, high):
    at_low, at_high = level_at(rates, heights, level, low)[0], level_at(rates, heights, level, high)[0]
    if not at_low*at_high < 0.0:
        return -1.0
    is_rising = at_high > at_low
    t = (low + high)/2
    for _ in range(200):
        height, slope = level_at(rates, heights, level, t)
        if height == 0.0:
            return t
        if (height > 0.0) == is_rising:
            high = t
        else:
            low = t
        after = t - height/slope
        if not (after > low and after < high):
            after = (low + high)/2
        is_found = abs(after - t) <= 1e-16*abs(t)
        t = after
        if is_found:
            return t
    return t


def sort(values, n):
    for k in range(1, n):
        value, place = values[k], k
        while place > 0 and values[place - 1] > value:
            values[place] = values[place - 1]
            place -= 1
        values[place] = value


def bounded(w, rates, drive, slope, length, limits, room, levels):
    n, cuts, heights = 0, room[5], room[6]
    for side in range(2):
        if abs(limits[side]) < np.inf:
            for k in range(rates.shape[0]):
                heights[k] = drive[k] + slope[k]*limits[side]
            n = zeros(rates, heights, length, cuts, n, levels)
    sort(cuts, n)
    low = 0.0
    for place in range(n + 1):
        high = cuts[place] if place < n else length
        if high > low:
            shift(rates, drive, low, room[3])
            shift(rates, slope, low, room[4])
            w = free(w, rates, room[3], room[4], high - low, limits[2])
            w = minimum(maximum(w, limits[0]), limits[1])
            low = high
    return w
"""

# The weight without bounds, by the kind of its flow: driven alone; with a slope that is steady; to a point of rest.
FREE = {
    "driven": """
def free(w, rates, drive, slope, length, aim):
    return w + integral(rates, drive, length)
""",
    "steady": """
def free(w, rates, drive, slope, length, aim):
    steady = 0.0
    for k in range(rates.shape[0]):
        steady += slope[k]
    return w*np.exp(steady*length) + driven(rates, drive, steady, length)
""",
    "aimed": """
def free(w, rates, drive, slope, length, aim):
    return aim + (w - aim)*np.exp(integral(rates, slope, length))
""",
}

# The whole flow, of one rule.
FLOWED = """
def flowed({given}, flowing, room):
    limits, rates = flowing[:3], flowing[3:{first}]
    cuts, drive, slope, levels, n = room[0], room[1], room[2], room[{levels}:], 0
    {thresholds}
    sort(cuts, n)
    low = 0.0
    for place in range(n + 1):
        high = cuts[place] if place < n else age
        if high > low:
            middle = (low + high)/2
            {switches}
            {sums}
            shift(rates, drive, low, drive)
            shift(rates, slope, low, slope)
            w = bounded(w, rates, drive, slope, high - low, limits, room, levels)
            low = high
    return w
"""
