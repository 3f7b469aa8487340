"""The gallery as one sees it: at a desk and on a phone, by day and by night, on paper; no request leaves the folder."""

from dataclasses import replace

import pytest
from browsing import chromium, needs_browser
from small_experiment import EXPERIMENT

from plasticity import runs
from plasticity.rules import RULES
from plasticity.runs.gallery import PAGE, prepared, write_pages
from plasticity.runs.record_pages import record_page

pytestmark = [needs_browser, pytest.mark.whole]
WIDTHS = (1280, 390)


def two_panels(result, figure):
    for axes in figure.subplots(1, 2):
        axes.plot(result.times, result.noise)


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """A function that opens the page of an experiment and a rule at a width, in a colour scheme."""
    folder = tmp_path_factory.mktemp("page") / "gallery"
    experiment = replace(EXPERIMENT, draw=two_panels, source="song2000, Fig. 2")
    one = prepared(runs.run(experiment, quick=True), "svg", asked={"mutual-pair": "What happens to both?"})
    write_pages(folder, [one, record_page(RULES["hebbian"], "svg")])
    with chromium() as browser:

        def opened(width, scheme="light"):
            page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
            page.faults = []
            page.on("request", lambda one: one.url.startswith(("file:", "data:")) or page.faults.append(one.url))
            page.on("requestfailed", lambda one: page.faults.append(one.url))
            page.on("console", lambda told: page.faults.append(told.text) if told.type == "error" else None)
            page.goto((folder / PAGE).as_uri())
            return page

        yield opened


@pytest.mark.parametrize("width", WIDTHS)
def test_every_figure_that_is_seen_loads_and_fills_its_row(shown, width):
    page = shown(width)
    seen = page.locator("img:visible")
    for k in range(seen.count()):
        seen.nth(k).scroll_into_view_if_needed()
    page.wait_for_function("[...document.images].every(i => !i.checkVisibility() || i.naturalWidth)")
    row = page.locator("figure").first.bounding_box()["width"]
    assert all(
        box["width"] == pytest.approx(row, abs=1) for k in range(seen.count()) if (box := seen.nth(k).bounding_box())
    )
    assert seen.count() == (2 if width == 1280 else page.locator(".narrow img").count()) and page.faults == []


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_scrolls_sideways_with_all_that_is_folded_open(shown, width):
    page = shown(width)
    page.eval_on_selector_all("details", "all => all.forEach(one => one.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_axe_finds_nothing_wrong(shown, width, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page = shown(width, scheme)
    page.eval_on_selector_all("details", "all => all.forEach(one => one.open = true)")
    found = axe.Axe().run(page)
    assert {one["id"]: [node["target"] for node in one["nodes"]] for one in found.response["violations"]} == {}


def test_on_paper_the_whole_figures_and_what_is_folded_are_seen(shown):
    page = shown(1280)
    page.emulate_media(media="print")
    assert page.locator(".narrow img:visible").count() == 0 and page.locator(".whole img:visible").count() == 2
    assert page.locator("table.claims").bounding_box()["height"] > 50
    assert not page.locator("iframe").is_visible()
    page.wait_for_function("[...document.querySelectorAll('.whole img')].every(i => i.naturalWidth > 1)")  # unseen yet


def test_the_explorer_opens_within_the_page(shown):
    page = shown(1280)
    page.locator("iframe").scroll_into_view_if_needed()
    page.frame_locator("iframe").locator("g.spike").first.wait_for()
    assert page.faults == []
