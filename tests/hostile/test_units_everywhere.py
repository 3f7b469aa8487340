"""No unit is dropped: what carries one is converted or refused, by every public function, whatever library it is of."""

import datetime
from typing import Any

import brian2
import neo
import numpy as np
import pandas as pd
import pytest
import quantities as pq
import xarray as xr
from public import good
from test_hostile_arguments import EMPTY, GIVEN, PUBLIC, attempted, called

# One time of 10 ms, and a train of 10 and 30 ms, in everything that carries a unit.
ONE: dict[str, Any] = {
    "brian2": 10 * brian2.ms,
    "quantities": 10 * pq.ms,
    "pandas": pd.Timedelta("10ms"),
    "datetime": datetime.timedelta(milliseconds=10),
    "numpy": np.timedelta64(10, "ms"),
    "xarray": xr.DataArray(10.0, attrs={"units": "ms"}),
}
MANY: dict[str, Any] = {
    "brian2": [10, 30] * brian2.ms,
    "brian2, one by one": [10 * brian2.ms, 30 * brian2.ms],
    "quantities": [10, 30] * pq.ms,
    "neo": neo.SpikeTrain([10, 30] * pq.ms, t_stop=1 * pq.s),
    "pandas": pd.Series(pd.to_timedelta([10, 30], unit="ms")),
    "datetime": [datetime.timedelta(milliseconds=10), datetime.timedelta(milliseconds=30)],
    "numpy": np.array([10, 30], "timedelta64[ms]"),
    "xarray": xr.DataArray([10.0, 30.0], attrs={"units": "ms"}),
}
# Parameters that are times, by name; which functions have one is found by walking.
TIMES = frozenset("lag interval start duration dt every settle".split())
TRAINS = frozenset("pre post times lags train a b onsets".split())
NO_TIMES = frozenset(
    """artificial.learning.hebb.start artificial.learning.anti_hebb.start artificial.learning.lms.start
    artificial.learning.gradient_descent.start artificial.perceptron.perceptron.start
    artificial.perceptron.novikoff_bound.start artificial.linear_systems.nonnegative_solution.b
    neurons.Variable.start protocols.triplets.lags trains.from_neo.train""".split()
)
# What a person may put into a record or hand on without our looking at it.
OPAQUE = frozenset("full quick records result value expected default measurements readings array text what".split())


def taking(names: frozenset[str]) -> list[tuple[str, str]]:
    """(callable, parameter) of all parameters with one of these names."""
    pairs = [(name, parameter) for name, found in GIVEN.items() for parameter in found if parameter in names]
    return [pair for pair in pairs if ".".join(pair) not in NO_TIMES and not pair[0].startswith("runs.")]


def same(a: Any, b: Any) -> bool:
    """Whether two results are equal, whatever they are made of."""
    if isinstance(a, dict):
        return a.keys() == b.keys() and all(same(a[key], b[key]) for key in a)
    if isinstance(a, list | tuple):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, np.ndarray):
        return bool(np.array_equal(a, b, equal_nan=a.dtype.kind == "f"))
    if hasattr(a, "__dataclass_fields__"):
        return type(a) is type(b) and same(vars(a), vars(b))
    return bool(a == b)


@pytest.mark.parametrize(("name", "parameter"), taking(TIMES | TRAINS))
def test_a_time_with_a_unit_is_the_time_in_seconds(name, parameter):
    carriers, bare = (ONE, 0.01) if parameter in TIMES else (MANY, [0.01, 0.03])
    if name.startswith("spiking."):  # runs of Brian2, which take a second
        carriers = {kind: carriers[kind] for kind in ("brian2", "numpy")}
    if parameter == "onsets":  # as many as there are patterns
        carriers, bare = {kind: [value] for kind, value in ONE.items()}, [0.01]
    outcomes: list[Any] = []
    refusal = attempted(lambda: outcomes.append(called(name, {parameter: bare})))
    for kind, value in carriers.items():
        error = attempted(lambda value=value: outcomes.append(called(name, {parameter: value})))
        assert (error is None) == (refusal is None), f"{kind}: {error or refusal}"
    assert all(same(outcomes[0], other) for other in outcomes[1:])


def numeric(value: Any) -> bool:
    """Whether a good value is a number or a container of numbers."""
    if isinstance(value, list | tuple):
        return bool(value) and all(map(numeric, value)) and len(set(map(np.shape, value))) == 1
    return isinstance(value, int | float | np.ndarray) and not isinstance(value, bool)


@pytest.mark.parametrize("name", [name for name in PUBLIC if GIVEN[name]])
def test_a_unit_of_another_dimension_is_refused(name):
    for parameter in GIVEN[name].values():
        given = good(name, PUBLIC[name], parameter)
        if parameter.name in OPAQUE or given is EMPTY or not numeric(given):
            continue
        for wrong in (np.asarray(given, dtype=float) * pq.candela, np.asarray(given, dtype=float) * brian2.kelvin):
            error = attempted(lambda p=parameter.name, wrong=wrong: called(name, {p: wrong}))
            assert error is not None, f"{name} takes {wrong!r} as {parameter.name}"
