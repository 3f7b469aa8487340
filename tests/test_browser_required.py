"""Where a browser is required, a test that was skipped for the want of one fails."""

import os
import subprocess
import sys
from pathlib import Path

import browsing
import pytest

TEST = f"""
import pytest

@pytest.mark.skipif(True, reason={browsing.needs_browser.kwargs["reason"]!r})
def test_of_a_page(): ...
"""


@pytest.mark.parametrize(("required", "status", "said"), [("", 0, "1 skipped"), ("1", 1, "1 error")])
def test_a_skip_for_the_want_of_a_browser_fails_where_one_is_required(required, status, said, tmp_path):
    (tmp_path / "test_one.py").write_text(TEST)
    (tmp_path / "conftest.py").write_text((Path(__file__).parent / "conftest.py").read_text())

    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", "-p", "no:xdist", str(tmp_path)],
        cwd=tmp_path,
        env=os.environ | {"PLASTICITY_BROWSER_REQUIRED": required},
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == status and said in run.stdout
