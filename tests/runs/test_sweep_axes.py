"""What is swept, as it is written, and the points and seeds that follow."""

import pytest

from plasticity.errors import ArgumentError
from plasticity.runs.sweeping.axes import Axis, written_axes
from plasticity.runs.sweeping.plan import Plan, seed_of


@pytest.mark.parametrize(
    ("written", "texts"),
    [
        ("tau=10..50ms:3", ("10ms", "30ms", "50ms")),
        ("tau=-20..20ms:5", ("-20ms", "-10ms", "0ms", "10ms", "20ms")),
        ("tau=10ms..50ms:2", ("10ms", "50ms")),
        ("rate=1..100Hz:3:log", ("1Hz", "10Hz", "100Hz")),
        ("x=0..1:4", ("0", "0.333333333333", "0.666666666667", "1")),
        ("x=.5..1e2:2", ("0.5", "100")),
        ("x=3..3:1", ("3",)),
        ("rule=pair_stdp, bi_poo", ("pair_stdp", "bi_poo")),
        ("w0=0.5", ("0.5",)),
    ],
)
def test_an_axis_is_a_range_or_a_list(written, texts):
    assert list(written_axes([written]).values()) == [texts]


@pytest.mark.parametrize(
    "written",
    ["tau=", "tau", "=1,2", "tau=,", "tau=1..2", "tau=1..2:0", "tau=1..2:x", "tau=1..2:3:cubic", "tau=1ms..2s:3"]
    + ["tau=0..1:3:log", "tau=1,1", "tau=1..2:99999999999", "tau=a..b:3", "tau=1..1:2"],
)
def test_what_is_no_axis_is_refused(written):
    with pytest.raises(ArgumentError):
        written_axes([written])


def test_an_axis_given_twice_is_refused():
    with pytest.raises(ArgumentError, match="twice"):
        written_axes(["tau=1,2", "tau=3"])


def test_python_gives_numbers_in_si():
    assert written_axes({"tau": [0.01, 2], "rule": ["a"], "on": [True]}) == {
        "tau": (0.01, 2),
        "rule": ("a",),
        "on": ("true",),
    }


def test_the_seeds_are_fastest_and_the_first_axis_slowest():
    plan = Plan((Axis("a", ("1", "2"), (1.0, 2.0)), Axis("b", ("x", "y", "z"), ("x", "y", "z"))), n_seeds=2)

    point = plan.point(7)

    assert (plan.n, point.texts, point.replicate) == (12, {"a": "2", "b": "x"}, 1)
    assert [plan.point(k).number for k in range(plan.n)] == list(range(12))


def test_a_seed_hangs_on_the_values_of_its_point_and_on_nothing_else():
    few, more = Axis("a", ("2",), (2.0,)), Axis("a", ("1", "2"), (1.0, 2.0))
    other = Axis("b", ("5",), (5.0,))

    assert Plan((few, other)).point(0).seed == Plan((other, more)).point(1).seed
    assert len({seed_of({"a": 2.0}, k, seed) for k in range(100) for seed in (0, 1)}) == 200


def test_too_many_points_are_refused_before_they_are_made():
    many = Axis("a", tuple(map(str, range(10_000))), tuple(range(10_000)))

    with pytest.raises(ArgumentError, match="100000000 points"):
        Plan((many, Axis("b", many.texts, many.values)))


@pytest.mark.parametrize("values", ["1..1e309:3", "1e400..2:2", "-1e308..1e308:3", f"1..2:{'9' * 5000}"])
def test_a_range_that_no_numbers_hold_is_refused(values):
    with pytest.raises(ArgumentError, match="nearer ones|the number of values of x"):
        written_axes([f"x={values}"])
