"""How time and memory grow with spikes, synapses and neurons, for each engine. Run by hand.

usage: python benchmarks/growth.py [--only WORD] [--list]
Processor seconds and the memory by which a process grows, each size in a process of its own. The exponent is the slope
of log time against log size over the largest three sizes, where what is the same for every size counts little; and over
the last two, where it counts least, and where what no longer fits into a cache shows.
"""

import argparse
from dataclasses import dataclass

import numpy as np
from measuring import Failed, Figures, figures_of_job
from rich.console import Console
from rich.progress import track
from rich.table import Table
from tables import print_table, written

LINEAR = 1.1  # an exponent of at most: noise, and what no longer fits into a cache
FITTED = 3  # sizes
SPIKES = (10**3, 10**4, 10**5, 10**6)
SYNAPSES = (1, 10**2, 10**4, 10**5, 10**6)
NEURONS = (1, 10**2, 10**3, 10**4, 10**5)


@dataclass(frozen=True)
class Series:
    """One engine at work of several sizes, a function of `ours/growing.py`."""

    engine: str
    of: str
    job: str
    sizes: tuple[int, ...]


ALL = (
    Series("events", "spikes, one synapse", "spikes_events", SPIKES),
    Series("compiled", "spikes, one synapse", "spikes_compiled", SPIKES),
    Series("events", "synapses of 20 spikes", "synapses_events", SYNAPSES),
    Series("compiled", "synapses of 20 spikes", "synapses_compiled", SYNAPSES),
    Series("rates", "synapses", "synapses_rates", SYNAPSES),
    Series("compiled, in steps", "inputs onto one neuron, 0.1 s", "inputs_compiled", SYNAPSES),
    Series("compiled, exact times", "inputs onto one neuron, 0.1 s", "inputs_exact", SYNAPSES),
    Series("Brian2, NumPy", "inputs onto one neuron, 0.1 s", "inputs_numpy", SYNAPSES),
    Series("compiled, in steps", "neurons, 0.1 s", "neurons_compiled", NEURONS),
    Series("compiled, exact times", "neurons, 0.1 s", "neurons_exact", NEURONS),
    Series("Brian2, NumPy", "neurons, 0.1 s", "neurons_numpy", NEURONS),
    Series("Brian2, Cython", "neurons, 0.1 s", "neurons_cython", NEURONS),
    Series("Brian2, C++", "neurons, 0.1 s", "neurons_cpp", NEURONS[-3:]),
    Series("chosen", "spikes, one synapse", "spikes_auto", (10**6,)),
    Series("chosen", "synapses of 100 spikes at each end", "synapses_of_100_spikes", (10**5,)),
)


def exponent(sizes: tuple[int, ...], values: list[float], n: int = FITTED) -> float:
    """The slope of log value against log size, over the `n` largest sizes; nan for one size, or for nothing."""
    last = slice(-n, None)
    if len(sizes) < 2 or min(values[last]) <= 0:
        return float("nan")
    return float(np.polyfit(np.log(sizes[last]), np.log(values[last]), 1)[0])


def cells(series: Series, found: list[Figures]) -> list[str]:
    """A line of the table."""
    seconds = [figures["seconds"] for figures in found]
    slope, end = exponent(series.sizes, seconds), exponent(series.sizes, seconds, 2)
    grown = found[-1]["bytes"]
    verdict = "linear" if slope <= LINEAR else "not linear"
    growth = "" if np.isnan(slope) else f"{slope:.2f}, {verdict}; {end:.2f} at the end"
    times = ", ".join(written(one, "seconds") for one in seconds)
    return [times, growth, f"{grown / 2**20:.0f} MiB", f"{found[-1]['GiB']:.2g} GiB"]


def main() -> None:
    """Measure what was asked for and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", default="", metavar="WORD", help="lines that speak of WORD")
    parser.add_argument("--list", action="store_true", help="print the lines, measure nothing")
    asked = parser.parse_args()
    table = Table("engine", "of", "sizes", "time", "exponent", "grows by", "whole process")
    chosen = [one for one in ALL if asked.only.lower() in f"{one.engine} {one.of}".lower()]
    for series in track(chosen, "measuring", transient=True, disable=asked.list, console=Console(stderr=True)):
        line = [series.engine, series.of, ", ".join(f"{size:.0e}".replace("e+0", "e") for size in series.sizes)]
        if not asked.list:
            try:
                line += cells(series, [figures_of_job(f"ours.growing.{series.job}", size) for size in series.sizes])
            except Failed as error:
                line.append(str(error))
        table.add_row(*line)
    print_table(table)


if __name__ == "__main__":
    main()
