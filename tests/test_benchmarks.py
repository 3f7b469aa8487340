"""The tables of the benchmarks can be made; what they say is measured by hand."""

import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parent.parent / "benchmarks"


@pytest.mark.parametrize("script, word", [("all.py", "PoissonGroup"), ("growth.py", "C++")])
def test_the_rows_of_a_table_can_be_listed(script, word):
    done = subprocess.run(
        [sys.executable, BENCHMARKS / script, "--list", "--only", word.lower()], capture_output=True, text=True
    )

    assert done.returncode == 0, done.stderr
    assert word in done.stdout and "NEST" not in done.stdout
