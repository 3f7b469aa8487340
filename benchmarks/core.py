"""How fast the core is: ratios measured side by side in one run, printed as a table. Run by hand.

usage: python benchmarks/core.py
Absolute times depend on the machine and its load; alternating repetitions and medians keep the ratios steady.
"""

import math
import pkgutil
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from measuring import figures_of_process
from rich.table import Table
from tables import print_table

from plasticity import artificial, events, protocols, spiking
from plasticity.rules import RULES, Rule

REPETITIONS = 7
LAGS = np.linspace(-50e-3, 50e-3, 101)
ASK = ("-m", "plasticity.cli", "ask", "--rule", "pair_stdp", "--pre", "10,30", "--post", "15,35")
N_SPIKES = 1000  # on each side of the ledger


@dataclass(frozen=True)
class Row:
    """A measured ratio and what it may be at most."""

    what: str
    measured: float
    limit: float
    detail: str


def seconds_of_call(call: Callable[[], object]) -> float:
    """Processor time of one call, which other processes disturb least."""
    begin = time.process_time()
    call()
    return time.process_time() - begin


def median_seconds(commands: dict[str, tuple[str, ...]]) -> dict[str, float]:
    """Median wall time of each command as a whole process, the commands taking turns."""
    times: dict[str, list[float]] = {name: [] for name in commands}
    for repetition in range(REPETITIONS + 1):
        for name, command in commands.items():
            figures, _ = figures_of_process(command)
            if repetition:  # the first only fills the disk cache
                times[name].append(figures["wall"])
    return {name: statistics.median(values) for name, values in times.items()}


def artificial_rows() -> list[Row]:
    """The artificial side over `import numpy`: the package, which loads its modules on demand, and all of them."""
    names = [module.name for module in pkgutil.iter_modules(artificial.__path__)]
    commands = {
        "numpy": ("-c", "import numpy"),
        "package": ("-c", "import plasticity.artificial"),
        "modules": ("-c", "from plasticity.artificial import " + ", ".join(names)),
    }
    median = median_seconds(commands)
    detail = {name: f"{seconds * 1e3:.0f} ms over {median['numpy'] * 1e3:.0f} ms" for name, seconds in median.items()}
    return [
        Row("import plasticity.artificial / import numpy", median["package"] / median["numpy"], 1.2, detail["package"]),
        Row(f"its {len(names)} modules / import numpy", median["modules"] / median["numpy"], 2, detail["modules"]),
    ]


def process_rows() -> list[Row]:
    """Import, quiz and ask, as whole processes, over `import brian2`."""
    commands = {
        "brian2": ("-c", "import brian2"),
        "import": ("-c", "import plasticity"),
        "quiz": ("-m", "plasticity.cli", "quiz", "--section", "spiking"),
        "ask": (*ASK, "--explain"),
        "json": (*ASK, "--json"),
    }
    median = median_seconds(commands)
    detail = {name: f"{seconds:.2f} s over {median['brian2']:.2f} s" for name, seconds in median.items()}
    return [
        Row("import plasticity / import brian2", median["import"] / median["brian2"], 0.15, detail["import"]),
        Row("quiz --section spiking / import brian2", median["quiz"] / median["brian2"], 5.0, detail["quiz"]),
        Row("ask --explain / import brian2", median["ask"] / median["brian2"], 0.2, detail["ask"]),
        Row("ask --json / import brian2", median["json"] / median["brian2"], 0.2, detail["json"]),
    ]


def quiz_rows() -> list[Row]:
    """The first answer and the whole quiz, which runs in two processes, over `import brian2`: processor time of all."""
    commands = {
        "brian2": ("-c", "import brian2"),
        "first": ("-m", "plasticity.cli", "quiz", "mutual-pair"),
        "whole": ("-m", "plasticity.cli", "quiz"),
    }
    found = {name: [figures_of_process(command)[0]["process"] for _ in range(3)] for name, command in commands.items()}
    median = {name: statistics.median(times) for name, times in found.items()}
    detail = {name: f"{seconds:.1f} s over {median['brian2']:.2f} s of CPU" for name, seconds in median.items()}
    return [
        Row("quiz mutual-pair / import brian2", median["first"] / median["brian2"], 2.5, detail["first"]),
        Row("quiz, all questions / import brian2", median["whole"] / median["brian2"], 16.0, detail["whole"]),
    ]


def window_rows() -> list[Row]:
    """An STDP window of 101 lags x 60 pairings: the exact reader over one vectorised Brian2 NumPy run."""
    rule, pairs = RULES["pair_stdp"], protocols.pairing(LAGS)

    def exact():
        return events.window(rule, LAGS)

    def simulated():
        return spiking.final_weight(rule, pairs.pre, pairs.post, 0.5, dt=1e-3, target="numpy")

    spiking.final_weight(rule, [0.01], [0.02], 0.5)  # imports Brian2
    difference = np.abs(np.asarray(simulated()) - 0.5 - exact()).max() / np.abs(exact()).max()
    times = [(seconds_of_call(exact), seconds_of_call(simulated)) for _ in range(REPETITIONS)]
    fast, slow = (statistics.median(column) for column in zip(*times, strict=True))
    return [
        Row("STDP window, exact / Brian2 at 1 ms", fast / slow, 1e-3, f"{fast * 1e3:.2f} ms over {slow:.2f} s"),
        Row("their difference / largest change", float(difference), 1e-12, "101 lags x 60 pairings"),
    ]


def ledger_rows() -> list[Row]:
    """A ledger of regular spikes at 1 kHz over a plain loop over its pairs."""
    rule, times = RULES["pair_stdp"], np.arange(N_SPIKES) * 1e-3
    pre, post = times, times + 0.5e-3

    def booked():
        return events.ledger(rule, pre, post, 0.5)

    def looped():
        return pair_by_pair(rule, pre.tolist(), post.tolist(), 0.5)

    difference = abs(math.fsum(entry.dw for entry in looped()) - booked().dw)
    seconds = [(seconds_of_call(booked), seconds_of_call(looped)) for _ in range(REPETITIONS)]
    fast, slow = (statistics.median(column) for column in zip(*seconds, strict=True))
    return [
        Row("ledger, exact / pair by pair", fast / slow, 0.1, f"{fast * 1e3:.1f} ms over {slow:.2f} s"),
        Row("their difference in the change", difference, 1e-12, f"{N_SPIKES} x {N_SPIKES} spikes at 1 kHz"),
    ]


def pair_by_pair(rule: Rule, pre: list[float], post: list[float], w: float) -> list[events.Entry]:
    """The ledger of pair STDP written down in two loops, with an entry for every pair."""
    p, found = rule.values, list[events.Entry]()
    for now, side in sorted([(spike, "pre") for spike in pre] + [(spike, "post") for spike in post]):
        others, amplitude, tau = {
            "pre": (post, -p["A_minus"], p["tau_minus"]),
            "post": (pre, p["A_plus"], p["tau_plus"]),
        }[side]
        shares = [(other, amplitude * math.exp((other - now) / tau)) for other in others if other < now]
        whole = math.fsum(share for _, share in shares)
        after = min(max(w + whole, rule.bounds.lower), rule.bounds.upper)
        kept = 1.0 if after == w + whole else (after - w) / whole
        for other, share in shares:
            times = (now, other) if side == "pre" else (other, now)
            found.append(events.Entry(*times, share * kept, share - share * kept))
        w = after
    return found


def main() -> None:
    """Measure everything and print the table."""
    table = Table("what", "measured", "limit", "", "from")
    for row in [*artificial_rows(), *process_rows(), *quiz_rows(), *window_rows(), *ledger_rows()]:
        verdict = "[green]ok" if row.measured <= row.limit else "[red]too much"
        table.add_row(row.what, f"{row.measured:.3g}", f"{row.limit:.3g}", verdict, row.detail)
    print_table(table)


if __name__ == "__main__":
    main()
