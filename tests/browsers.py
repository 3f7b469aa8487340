"""A browser for tests, driven by playwright; tests that need one are skipped where none is installed."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from plasticity.browser import browser

needs_browser = pytest.mark.skipif(browser() is None, reason="no Chromium or Chrome is installed")
_QUIET = ["--disable-gpu", "--disable-background-networking", "--disable-sync", "--disable-component-update"]


@contextmanager
def chromium() -> Iterator[Any]:
    """A browser without a window, from playwright; it ends with the block."""
    from playwright.sync_api import sync_playwright

    is_root = hasattr(os, "geteuid") and os.geteuid() == 0  # for whom Chromium has no sandbox
    with sync_playwright() as playwright:
        arguments = [*_QUIET, *(["--no-sandbox"] if is_root else [])]
        running = playwright.chromium.launch(executable_path=browser(), args=arguments)
        yield running
        running.close()
