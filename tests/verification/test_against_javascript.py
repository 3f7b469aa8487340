"""The exact engine against the same rules as scripts in a browser, by `plasticity verify`."""

import pytest

from plasticity import RULES
from plasticity.browser import browser
from plasticity.errors import MissingPackage
from plasticity.javascript import script
from plasticity.verification import by_javascript, verified
from plasticity.verification.suite import suite

needs_browser = pytest.mark.skipif(browser() is None, reason="no Chromium or Chrome is installed")
NAMES = ["triplet_stdp", "multiplicative_stdp", "reward_stdp", "calcium", "van_rossum_stdp", "voltage_stdp"]


@pytest.fixture
def one_page(monkeypatch):
    """The pages that were opened."""
    opened, right = [], by_javascript.answered
    monkeypatch.setattr(by_javascript, "answered", lambda *given: opened.append(given) or right(*given))
    return opened


@needs_browser
def test_rules_agree_to_rounding_in_one_page_and_meet_both_bounds(one_page):
    found = {name: compare(1) for name, compare in suite(NAMES, "javascript").items()}

    *read, voltage = found.values()
    assert list(found) == NAMES and len(one_page) == 1
    assert {finding.status for finding in read} == {"agrees"} and {finding.tolerance for finding in read} == {1e-12}
    assert found["reward_stdp"].at_lower and found["reward_stdp"].at_upper
    assert found["van_rossum_stdp"].note == "without its noise"
    assert voltage.status == "cannot be expressed" and "plasticity.javascript does not read" in voltage.note


@needs_browser
def test_a_script_that_is_printed_wrongly_differs(monkeypatch):
    library = script._library()
    monkeypatch.setattr(script, "_library", lambda: library.replace("const INSTANT = 1e-9", "const INSTANT = 0"))
    assert verified(RULES["pair_stdp"], "javascript", seeds=1).status == "differs"


@pytest.mark.parametrize(("named", "said"), [("/no/such", "which is no program"), ("", "apt install chromium")])
def test_without_a_browser_one_line_says_what_to_install(monkeypatch, named, said):
    monkeypatch.setenv("PATH", "/no/such/folder")
    monkeypatch.setenv("PLASTICITY_BROWSER", named)
    monkeypatch.setattr("plasticity.browser._PLACES", ())
    with pytest.raises(MissingPackage, match=said):
        by_javascript.against_javascript([RULES["pair_stdp"]], 1)


def test_a_browser_that_takes_too_long_is_stopped_with_its_group(monkeypatch, tmp_path):
    program, mark = tmp_path / "slow", tmp_path / "child"
    program.write_text(f"#!/bin/sh\nsleep 60 &\necho $! > {mark}\nwait\n")
    program.chmod(0o755)
    monkeypatch.setenv("PLASTICITY_BROWSER", str(program))
    from plasticity.browser import dumped
    from plasticity.errors import SimulationError

    with pytest.raises(SimulationError, match="took longer than 1 s for a page; it was stopped"):
        dumped(tmp_path / "page.html", seconds=1.0)
    child = int(mark.read_text())
    assert not _is_running(child)


def _is_running(number):
    from pathlib import Path

    status = Path(f"/proc/{number}/stat")
    return status.exists() and status.read_text().split()[2] != "Z"
