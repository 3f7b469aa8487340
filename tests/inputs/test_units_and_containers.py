"""Whatever a person has becomes floats in SI, or one line: containers, types, units."""

import array
import datetime
import decimal
import fractions
import importlib

import numpy as np
import pytest

from plasticity.errors import ArgumentError, PlasticityError, SpikeTrainError
from plasticity.inputs import numbers, plain

SECONDS = [0.010, 0.030]


def made(what, *arguments, **settings):
    """What a library makes, by its dotted name; imported only when a test asks for it."""
    module, _, attribute = what.rpartition(".")
    return getattr(importlib.import_module(module), attribute)(*arguments, **settings)


def quantity(values, unit):
    return made("quantities.Quantity", values, unit)


def in_brian2(values):
    brian2 = importlib.import_module("brian2")
    return values * brian2.ms


def in_neo():
    return made("neo.SpikeTrain", quantity([10, 30], "ms"), t_stop=quantity(1, "s"))


class Column:
    """A column as polars and pyarrow have them: a name, no type of NumPy."""

    def __init__(self, name, values, *, fails=False):
        self.name, self.values, self.fails = name, values, fails

    def to_numpy(self, *, zero_copy_only=True):
        if self.fails:
            raise ValueError("not copied")
        return np.array(self.values)


class Elsewhere:
    """A column that gives no array, of a library without pyarrow's word."""

    def to_numpy(self):
        raise ValueError("on another device")


class Table:
    """A table as pyarrow has it: its columns do not know their names."""

    def __init__(self, column):
        self.column_names, self.columns, self.shape = [column.name], [column], (len(column.values), 1)

    def column(self, place):
        return Column(None, self.columns[place].values)


class Masked(np.ndarray):
    """An array with a unit and a mask of its own, as astropy has it."""

    unit = "ms"

    def __new__(cls, values, mask):
        found = np.array(values).view(cls)
        found.mask = np.array(mask, dtype=bool)
        return found


CONTAINERS = {
    "list": lambda: SECONDS,
    "tuple": lambda: tuple(SECONDS),
    "set": lambda: {0.030, 0.010},
    "generator": lambda: (time for time in SECONDS),
    "map": lambda: map(float, SECONDS),
    "dict values": lambda: {"a": 0.010, "b": 0.030}.values(),
    "array.array": lambda: array.array("d", SECONDS),
    "memoryview": lambda: memoryview(np.array(SECONDS)),
    "longdouble": lambda: np.array(SECONDS, dtype=np.longdouble),
    "object array": lambda: np.array(SECONDS, dtype=object),
    "numpy scalars": lambda: [np.float64(0.010), np.float64(0.030)],
    "arrays of one number": lambda: [np.array(0.010), np.array(0.030)],
    "decimals and fractions": lambda: [decimal.Decimal("0.010"), fractions.Fraction(3, 100)],
    "a masked array without a mask": lambda: np.ma.masked_array(SECONDS),
    "series": lambda: made("pandas.Series", SECONDS),
    "series of another library's numbers": lambda: made("pandas.Series", SECONDS, dtype="Float64"),
    "index": lambda: made("pandas.Index", SECONDS),
    "table of one column": lambda: made("pandas.DataFrame", {"t": SECONDS}),
    "data array": lambda: made("xarray.DataArray", SECONDS),
}
UNITS = {
    "brian2": lambda: in_brian2(np.array([10, 30])),
    "list of brian2": lambda: [in_brian2(10), in_brian2(30)],
    "quantities": lambda: quantity([10, 30], "ms"),
    "whole numbers of microseconds": lambda: quantity(np.array([10_000, 30_000]), "us"),
    "list of mixed units": lambda: [quantity(10, "ms"), quantity(0.030, "s")],
    "neo": in_neo,
    "timedelta64": lambda: np.array([10, 30], "timedelta64[ms]"),
    "list of timedelta64": lambda: [np.timedelta64(10, "ms"), np.timedelta64(30_000, "us")],
    "timedelta": lambda: [datetime.timedelta(milliseconds=10), datetime.timedelta(milliseconds=30)],
    "pandas timedeltas": lambda: made("pandas.to_timedelta", [10, 30], unit="ms"),
    "series of timedeltas": lambda: made("pandas.Series", made("pandas.to_timedelta", [10, 30], unit="ms")),
    "table of timedeltas": lambda: made("pandas.DataFrame", {"t": made("pandas.to_timedelta", [10, 30], unit="ms")}),
    "list of pandas timedeltas": lambda: [made("pandas.Timedelta", "10ms"), made("pandas.Timedelta", "30ms")],
    "data array with a unit": lambda: made("xarray.DataArray", [10, 30], attrs={"units": "ms"}),
    "column named by its unit": lambda: made("pandas.DataFrame", {"time_ms": [10, 30]}),
    "series named by its unit": lambda: made("pandas.Series", [10_000, 30_000], name="t_us"),
    "series with its unit in brackets": lambda: made("pandas.Series", [10, 30], name="time (ms)"),
    "series of nanoseconds": lambda: made("pandas.Series", [10_000_000, 30_000_000], name="time [ns]"),
    "data array of one unit": lambda: made("xarray.DataArray", [10, 30], attrs={"unit": "msec"}),
    "data array with a micro sign": lambda: made("xarray.DataArray", [10_000, 30_000], attrs={"units": "µs"}),
    "a column of another library": lambda: Column("t_ms", [10, 30]),
    "a table of another library": lambda: Table(Column("t_ms", [10, 30])),
}
REFUSED = {
    "volts of brian2": (lambda: made("brian2.Quantity", [1.0]) * importlib.import_module("brian2").mV, "m.2 kg s.-3"),
    "volts of quantities": (lambda: quantity([1], "mV"), "in 1 mV|in mV"),
    "a data array of volts": (lambda: made("xarray.DataArray", [1.0], attrs={"units": "mV"}), "in 'mV'"),
    "months": (lambda: np.array([1], "timedelta64[M]"), "in M, which has no fixed length"),
    "units beside none": (lambda: [quantity(10, "ms"), 0.030], "with a unit beside numbers without one"),
    "complex": (lambda: np.array([0.01 + 0j]), "holds complex numbers"),
    "a complex number": (lambda: [0.01j], "is 0.01j"),
    "truth values": (lambda: np.array([True, False]), "holds truth values"),
    "a truth value among numbers": (lambda: [0.01, True], "is True"),
    "text": (lambda: ["0.01"], "is '0.01'"),
    "an array of text": (lambda: np.array(["0.01"]), "holds text"),
    "bytes": (lambda: b"0.01", "is b'0.01'"),
    "dates": (lambda: np.array(["2020-01-01"], "datetime64[D]"), "holds dates"),
    "a date": (lambda: [datetime.datetime(2020, 1, 1)], "datetime"),
    "masked": (lambda: np.ma.masked_array(SECONDS, mask=[0, 1]), "holds masked values; leave them out first"),
    "masked timedeltas": (
        lambda: np.ma.masked_array(np.array([10, 30], "timedelta64[ms]"), mask=[0, 1]),
        "holds masked values",
    ),
    "masked values with a unit": (lambda: Masked([10, 30], mask=[0, 1]), "holds masked values"),
    "a column on another device": (Elsewhere, "which gives no array: on another device"),
    "a column that gives no array": (lambda: Column("t", [10, 30], fails=True), "which gives no array: not copied"),
    "no time": (lambda: np.array(["NaT"], "timedelta64[ms]"), "is nan at index 0"),
    "missing": (lambda: made("pandas.Series", [1, None], dtype="Int64"), "is nan at index 1|is <NA>"),
    "several columns": (lambda: made("pandas.DataFrame", {"a": [1], "b": [2]}), "is a table of 2 columns; choose one"),
    "a mapping": (lambda: {"a": 1}, "which has names"),
    "ragged": (lambda: [[1, 2], [3]], "is ragged"),
    "nothing": (lambda: None, "is None"),
    "an object": (lambda: object(), "is <object object"),
    "fields": (lambda: np.zeros(2, dtype=[("a", float)]), "holds values of type"),
    "more than a double": (lambda: [10**400], "beyond 1e308"),
    "nan": (lambda: [0.01, np.nan], "is nan at index 1; every number must be finite"),
}


@pytest.mark.parametrize("values", CONTAINERS.values(), ids=CONTAINERS)
def test_a_container_of_seconds_is_read_as_it_is(values):
    assert numbers(values(), "the train", unit="s").tolist() == SECONDS


@pytest.mark.parametrize("values", UNITS.values(), ids=UNITS)
def test_what_carries_a_unit_is_converted_to_the_float_that_a_program_would_write(values):
    assert numbers(values(), "the train", unit="s").tolist() == SECONDS


@pytest.mark.parametrize("dtype", ["int8", "uint8", "int16", "uint32", "int64", "uint64", "float16", "float32"])
def test_every_real_type_gives_its_own_numbers(dtype):
    assert numbers(np.array([1, 2], dtype=dtype), "the train").tolist() == [1.0, 2.0]


@pytest.mark.parametrize(("values", "message"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_array_of_seconds_is_refused_in_one_line(values, message):
    with pytest.raises(SpikeTrainError, match=f"^the train .*({message})") as caught:
        numbers(values(), "the train", unit="s", error=SpikeTrainError)

    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("unit", "came", "si"),
    [("A", (500, "pA"), 5e-10), ("V", (-70, "mV"), -0.070), ("Hz", (2, "kHz"), 2000.0), ("ohm", (100, "Mohm"), 1e8)],
)
def test_every_dimension_is_converted(unit, came, si):
    value, name = came
    wanted = quantity(value, {"Mohm": "megaohm"}.get(name, name))

    assert float(numbers(wanted, "it", unit=unit)) == pytest.approx(si, rel=1e-15)


@pytest.mark.parametrize("unit", ["1", "Hz", "A", "V", "ohm"])
def test_a_time_is_refused_where_another_dimension_is_wanted(unit):
    for time in (quantity(1, "ms"), np.timedelta64(1, "ms"), in_brian2(1)):
        with pytest.raises(ArgumentError, match="^it is "):
            numbers(time, "it", unit=unit)


def test_a_generator_without_end_is_refused(monkeypatch):
    monkeypatch.setattr("plasticity.inputs.containers.MOST_ITEMS", 1000)
    with pytest.raises(ArgumentError, match="has more than 1000 items, or no end; give an array"):
        numbers(iter(int, 1), "the train")


def test_what_an_iterable_raises_is_told():
    def failing():
        yield 0.1
        raise KeyError("lost")

    with pytest.raises(PlasticityError, match="cannot be read one by one: KeyError: 'lost'"):
        numbers(failing(), "the train")


def test_single_precision_is_told_by_the_spacing_where_it_is_widest():
    assert plain(np.float32([0.1, 2.0]), "t").spacing == pytest.approx(2.0**-22)
    assert plain([np.float32(0.1), 0.2], "t").spacing == pytest.approx(2.0**-27)
    assert plain(quantity(np.float32([2000.0]), "ms"), "t", unit="s").spacing in (0.0, pytest.approx(2.0**-13 * 1e-3))
    assert plain([0.1, 2.0], "t").spacing == plain(np.arange(3), "t").spacing == 0.0


def test_numbers_are_a_new_array():
    given = np.array([0.1, 0.2])
    numbers(given, "it")[:] = 9.0
    assert given.tolist() == [0.1, 0.2]


@pytest.mark.parametrize(
    ("name", "unit", "factor"), [("rate_kHz", "Hz", 1e3), ("i (µA)", "A", 1e-6), ("t_max", "s", 1.0)]
)
def test_a_column_says_units_that_we_never_show(name, unit, factor):
    assert numbers(Column(name, [2]), "the column", unit=unit) == pytest.approx(2 * factor, rel=1e-15)
