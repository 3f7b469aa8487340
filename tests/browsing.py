"""A browser for the tests of pages: one for a module, without a network; without one such tests are skipped.

Where the environment variable PLASTICITY_BROWSER_REQUIRED is set, as in CI, such a skip is a failure: conftest.py.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from plasticity.browser import browser

REASON = "no Chromium or Chrome is installed"
needs_browser = pytest.mark.skipif(browser() is None, reason=REASON)


@contextmanager
def chromium() -> Iterator[Any]:
    """Playwright's browser, the one that is installed here; its pages: `.new_page(viewport={"width": 390, ...})`."""
    playwright = pytest.importorskip("playwright.sync_api", reason=f"{REASON}: playwright is missing")
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
    with playwright.sync_playwright() as driver:
        found = driver.chromium.launch(executable_path=browser(), args=quiet)
        try:
            yield found
        finally:
            found.close()
