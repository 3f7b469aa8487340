"""A browser without a window: finds one that is installed, and reads what a page has become after its scripts ran.

Chromium or Chrome, whose --dump-dom runs a page and prints it. It gets a profile of its own, no network, and a group of
processes that ends with it; nothing of the user's browser is read or changed.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from plasticity.errors import MissingPackage, SimulationError, printable

VARIABLE = "PLASTICITY_BROWSER"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
)
_QUIET = (
    *("--headless", "--disable-gpu", "--disable-extensions", "--disable-background-networking", "--disable-sync"),
    *("--disable-component-update", "--disable-default-apps", "--no-first-run", "--no-default-browser-check"),
    *("--disable-dev-shm-usage", "--mute-audio", "--host-resolver-rules=MAP * ~NOTFOUND"),
)
_MOST_SHOWN = 300  # characters of what a browser says when it fails


def browser() -> str | None:
    """The path of a browser; None where there is none. PLASTICITY_BROWSER names another one."""
    if named := os.environ.get(VARIABLE):
        return shutil.which(named)
    found = [shutil.which(name) for name in NAMES] + [place for place in _PLACES if Path(place).is_file()]
    return next((path for path in found if path), None)


def require_browser() -> str:
    """The path of a browser. Raises MissingPackage, with what to install, where there is none."""
    if path := browser():
        return path
    if named := os.environ.get(VARIABLE):
        raise MissingPackage(f"{VARIABLE} is '{printable(named)}', which is no program here; give the path of Chromium")
    raise MissingPackage(
        "no Chromium or Chrome is installed, in which scripts run; on Debian: apt install chromium; one that lies "
        f"elsewhere is found by {VARIABLE}=PATH"
    )


def dumped(page: Path, *, seconds: float = 300.0) -> str:
    """A page as text, after its scripts have run.

    page    : the file; seconds : after which the browser is stopped
    raises MissingPackage without a browser; SimulationError where it fails, or takes longer
    """
    path = require_browser()
    with tempfile.TemporaryDirectory(prefix="plasticity-browser-", ignore_cleanup_errors=True) as folder:
        # as root, as in most containers, Chromium does not start with its sandbox
        is_root = hasattr(os, "geteuid") and os.geteuid() == 0
        flags = [*_QUIET, f"--user-data-dir={folder}", *(["--no-sandbox"] if is_root else [])]
        return _said([path, *flags, "--dump-dom", page.resolve().as_uri()], folder, seconds)


def _said(command: list[str], folder: str, seconds: float) -> str:
    """What a command prints. folder : the home that it gets, in which a browser leaves what it always leaves"""
    homes = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "TMPDIR"), folder)
    process = subprocess.Popen(
        command,
        env={**os.environ, **homes},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        out, error = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        raise SimulationError(f"{command[0]} took longer than {seconds:g} s for a page; it was stopped") from None
    finally:
        _end(process)
    if process.returncode:
        last = printable(" ".join(error.decode("utf-8", "replace").split()))[-_MOST_SHOWN:]
        raise SimulationError(f"{command[0]} ended with status {process.returncode}: {last}")
    return out.decode("utf-8", "replace")


def _end(process: subprocess.Popen) -> None:
    """Stop the group, if its first process has not ended; where it has, its outputs are closed, so all others have."""
    if process.poll() is None:
        with contextlib.suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    for pipe in (process.stdout, process.stderr):
        if pipe:
            pipe.close()


__all__ = ["VARIABLE", "browser", "dumped", "require_browser"]
