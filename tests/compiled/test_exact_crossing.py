"""When a sum of exponentials first rises above zero, against many digits and against looking everywhere."""

import math

import mpmath
import numpy as np
import pytest

from plasticity.compiled.exact.crossing import first_crossing, spread_out

RATES = {
    "far apart": [0.0, 50.0, 200.0],
    "equal": [0.0, 50.0, 50.0],
    "nearly equal": [0.0, 50.0, 50.0 * (1 + 1e-10)],
    "alpha currents": [0.0, 50.0, 100.0, 100.0, 200.0, 200.0],
    "alpha at the membrane's rate": [0.0, 50.0, 50.0, 50.0, 100.0, 100.0],
}


def in_many_digits(rates, t):
    """D by its definition, with rates pulled apart by less than a double can tell."""
    with mpmath.workdps(150):
        apart = [mpmath.mpf(rate) + k * mpmath.mpf(10) ** -30 for k, rate in enumerate(rates)]
        products = [mpmath.fprod(b - a for b in apart if b != a) for a in apart]
        return mpmath.fsum(mpmath.exp(-a * mpmath.mpf(t)) / p for a, p in zip(apart, products, strict=True))


@pytest.mark.parametrize("t", [1e-6, 1e-3, 0.03, 0.4])
@pytest.mark.parametrize("rates", RATES.values(), ids=RATES)
def test_divided_differences_lose_no_digits_whatever_the_rates(rates, t):
    table = np.zeros((len(rates), len(rates)))
    spread_out(np.array(rates), t, table, np.empty(len(rates)))
    for first in range(len(rates)):
        for last in range(first, len(rates)):
            exact = in_many_digits(rates[first : last + 1], t)
            # the rounding of the exponent, some 80, is that of the result
            assert abs(table[first, last] / exact - 1) < 80 * np.finfo(float).eps


def on_a_grid(rates, start, times):
    """y_0 at all times, from the modes of the chain."""
    n = len(rates)
    chain = np.diag(-np.array(rates)) + np.diag(np.ones(n - 1), 1)
    course, state = np.empty(len(times)), np.array(start, dtype=float)
    step = np.linalg.matrix_power(np.eye(n) + chain * times[1] / 2**20 + chain @ chain * (times[1] / 2**20) ** 2 / 2,
                                  2**20)  # fmt: skip
    for k in range(len(times)):
        course[k] = state[0]
        state = step @ state
    return course


def drawn(rng, rates):
    """Sizes of the levels such that all of them matter within some membrane time constants."""
    return rng.normal(size=len(rates)) * np.cumprod([1.0, *np.maximum(rates[1:], 20.0)])


@pytest.mark.parametrize("rates", RATES.values(), ids=RATES)
def test_no_crossing_is_missed_and_none_is_made_up(rates):
    rng, times, n_crossings, n_late = np.random.default_rng(1), np.linspace(0, 0.3, 6001), 0, 0
    for _ in range(30):
        start = drawn(rng, rates)
        start[0] = -abs(start[0])
        found = first_crossing(np.array(rates), start, 0.3)
        course = on_a_grid(rates, start, times)
        above = np.flatnonzero(course > 1e-9 * np.abs(course).max())
        if above.size:
            n_crossings += 1
            n_late += above[0] > 400
            assert times[above[0] - 1] - 1e-9 <= found <= times[above[0]] + 1e-9
        elif math.isfinite(found):  # between two points of the grid
            assert course[int(found / times[1]) : int(found / times[1]) + 2].max() > -0.02 * np.abs(course).max()
    assert 5 < n_crossings < 28 and n_late > 0


@pytest.mark.parametrize("rates", RATES.values(), ids=RATES)
def test_a_crossing_is_found_to_its_last_bits(rates):
    rng, found = np.random.default_rng(8), math.inf
    while found == math.inf or found == 0.0:
        start = drawn(rng, rates)
        found = first_crossing(np.array(rates), start, 10.0)

    def course(t):
        return mpmath.fsum(y * in_many_digits(rates[: k + 1], t) for k, y in enumerate(start.tolist()))

    with mpmath.workdps(60):
        exact = mpmath.findroot(course, (found * 0.999, found * 1.001), solver="anderson")
    largest = max(abs(y) * in_many_digits(rates[: k + 1], found) for k, y in enumerate(start.tolist()))
    steepness = min(1, abs(mpmath.diff(course, exact)) * exact / largest)  # what rounding of the terms shifts
    assert abs(found / exact - 1) < 16 * np.finfo(float).eps / steepness


def test_a_peak_that_only_just_reaches_the_threshold_decides():
    rates = np.array([0.0, 50.0, 200.0])  # a potential exp(-50 t) - exp(-200 t), which peaks at ln(4)/150
    peak = 4 ** (-1 / 3) - 4 ** (-4 / 3)

    def start(threshold):
        return np.array([-threshold, 150.0, -150.0 * 200.0])

    above = first_crossing(rates, start(peak * (1 - 1e-12)), 1.0)
    assert above == pytest.approx(math.log(4) / 150, abs=1e-7) and above < math.log(4) / 150
    assert first_crossing(rates, start(peak * (1 + 1e-12)), 1.0) == math.inf


def test_a_second_rise_is_found_behind_a_first_that_stays_below():
    # excitation, inhibition, and a drive above threshold: up, down, up again for good
    rates = np.array([0.0, 20.0, 100.0, 400.0])
    for threshold in (0.1, 0.5, 0.9):
        late = first_crossing(rates, np.array([-threshold, 100.0 - 20 * threshold, -3e4, 5e6]), 2.0)
        times = np.linspace(0, 2, 20_001)
        course = on_a_grid(rates, [-threshold, 100.0 - 20 * threshold, -3e4, 5e6], times)
        above = np.flatnonzero(course > 0)
        assert (late == math.inf) == (not above.size)
        if above.size:
            assert abs(late - times[above[0]]) < 2e-4


def test_on_the_threshold_the_way_it_goes_decides():
    rates = np.array([0.0, 50.0])
    assert first_crossing(rates, np.array([0.0, 1.0]), 1.0) == 0.0
    assert first_crossing(rates, np.array([0.0, -1.0]), 1.0) == math.inf
    assert first_crossing(rates, np.array([0.0, 0.0]), 1.0) == math.inf
