"""The tables of the benchmarks can be made; what they say is measured by hand."""

import subprocess
import sys
from pathlib import Path

BENCHMARKS = Path(__file__).parent.parent / "benchmarks"


def test_the_rows_of_the_table_can_be_listed():
    done = subprocess.run(
        [sys.executable, BENCHMARKS / "all.py", "--list", "--only", "WINDOW"], capture_output=True, text=True
    )

    assert done.returncode == 0, done.stderr
    assert "Numba" in done.stdout and "1/2" in done.stdout
