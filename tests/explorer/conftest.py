"""The page, open in a browser that refuses whatever it asks for but itself."""

import json
from urllib.parse import quote

import pytest
from browsing import chromium

from plasticity.explorer import page


@pytest.fixture(scope="session")
def written(tmp_path_factory):
    file = tmp_path_factory.mktemp("explorer") / "explorer.html"
    file.write_bytes(page())
    return file


@pytest.fixture(scope="module")  # two browsers of playwright in one process do not go together
def watched(written):
    """The one page of the browser, and what went wrong in it: errors, and requests of anything but the file."""
    faults, address = [], written.as_uri()
    with chromium() as browser:
        shown = browser.new_page(accept_downloads=True)
        shown.on("request", lambda asked: faults.append(asked.url) if not _own(asked.url, address) else None)
        shown.on("pageerror", lambda error: faults.append(str(error)))
        shown.on("console", lambda said: faults.append(said.text) if said.type in ("error", "warning") else None)
        yield shown, faults


@pytest.fixture
def opened(watched, written):
    """opened(scenario, width=1280, dark=False, text="") -> the page, loaded anew; whatever goes wrong in it fails the
    test."""
    shown, faults = watched

    def open_it(scenario=None, *, width=1280, dark=False, text=""):
        shown.set_viewport_size({"width": width, "height": 900})
        shown.emulate_media(color_scheme="dark" if dark else "light")
        fragment = text or (quote(json.dumps({"plasticity": 1, **scenario})) if scenario else "")
        shown.goto("about:blank")  # for a page that differs by its fragment alone is not loaded again
        shown.goto(f"{written.as_uri()}#{fragment}" if fragment else written.as_uri())
        return shown

    faults.clear()
    yield open_it
    assert faults == []


def _own(url, address):
    return url.partition("#")[0] == address or url.startswith(("data:,", "blob:"))
