"""The page, open in a browser that refuses whatever it asks for but itself."""

import json
from urllib.parse import quote

import pytest
from browsing import chromium

from plasticity.explorer import page


@pytest.fixture(scope="session")
def running():
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def written(tmp_path_factory):
    file = tmp_path_factory.mktemp("explorer") / "explorer.html"
    file.write_bytes(page())
    return file


@pytest.fixture
def opened(running, written):
    """opened(scenario, width=1280, dark=False, text="") -> the page; it fails the test for an error, and for a request
    of anything but the file."""
    faults, contexts = [], []

    def open_it(scenario=None, *, width=1280, dark=False, text=""):
        context = running.new_context(
            viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light", accept_downloads=True
        )
        contexts.append(context)
        shown = context.new_page()
        address = written.as_uri()
        shown.on("request", lambda asked: faults.append(asked.url) if not _own(asked.url, address) else None)
        shown.on("pageerror", lambda error: faults.append(str(error)))
        shown.on("console", lambda said: faults.append(said.text) if said.type in ("error", "warning") else None)
        fragment = text or (quote(json.dumps({"plasticity": 1, **scenario})) if scenario else "")
        shown.goto(f"{address}#{fragment}" if fragment else address)
        return shown

    yield open_it
    for context in contexts:
        context.close()
    assert faults == []


def _own(url, address):
    return url.partition("#")[0] == address or url.startswith("data:,") or url.startswith("blob:")
