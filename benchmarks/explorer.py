"""How long the page of `plasticity explorer` takes to show what a moved spike changes, with 200 spikes.

python benchmarks/explorer.py [--redraws 200]

Every redraw is what a drag does: a spike moves by 0.1 ms; weights, traces, ledger, window and answer are computed and
drawn, and the browser lays the page out. The median is printed for several rules, on the clock, and of the processor
alone where other programs run beside it.
"""

import argparse
import json
import statistics
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote

import numpy as np
from playwright.sync_api import sync_playwright

from plasticity.browser import require_browser
from plasticity.explorer import page

TARGET = 8.0  # ms
N_SPIKES, SPAN = 100, 2000.0  # a side; ms, 50 Hz
RULES = ("pair_stdp", "triplet_stdp", "suppression_stdp", "reward_stdp", "calcium")
REDRAW = """k => { const start = performance.now(); explorer.nudge(k); document.body.getBoundingClientRect();
  return performance.now() - start; }"""


def scenario(rule: str) -> str:
    """A link's fragment: random trains on both sides."""
    rng = np.random.default_rng(0)
    spikes = {side: np.sort(rng.choice(int(SPAN * 10), N_SPIKES, replace=False)) / 10 for side in ("pre", "post")}
    kept = {"plasticity": 1, "rule": rule, "spikes": {side: times.tolist() for side, times in spikes.items()}}
    return quote(json.dumps(kept))


def measured(shown, n: int) -> tuple[float, float]:
    """The medians of n redraws: ms on the clock, ms of the processor by the page's main thread."""
    session = shown.context.new_cdp_session(shown)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def busy() -> float:
        found = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
        return 1e3 * found["TaskDuration"]

    clock, processor = [], []
    for k in range(n):
        before = busy()
        clock.append(shown.evaluate(REDRAW, k))
        processor.append(busy() - before)
    return statistics.median(clock[n // 5 :]), statistics.median(processor[n // 5 :])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--redraws", type=int, default=200)
    n = parser.parse_args().redraws
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder) / "explorer.html"
        file.write_bytes(page())
        browser = playwright.chromium.launch(executable_path=require_browser(), args=["--no-sandbox", "--disable-gpu"])
        worst = 0.0
        print(f"{'rule':<20}{'on the clock':>14}{'processor':>12}   of {TARGET:g} ms")
        for rule in RULES:
            shown = browser.new_page(viewport={"width": 1280, "height": 900})
            shown.goto(f"{file.as_uri()}#{scenario(rule)}")
            clock, processor = measured(shown, n)
            worst = max(worst, clock)
            print(f"{rule:<20}{clock:>11.2f} ms{processor:>9.2f} ms   {clock / TARGET:.0%}")
        browser.close()
    sys.exit(worst > TARGET)


if __name__ == "__main__":
    main()
