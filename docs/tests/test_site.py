"""The site as it was built last: its links lead somewhere, it needs no network, and it can be read at both widths."""

from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from browsing import chromium, needs_browser

SITE = Path(__file__).parents[2] / "build" / "site"
PAGES = sorted(path.relative_to(SITE).as_posix() for path in SITE.rglob("*.html") if "_static" not in path.parts)
LOADING = {"img": "src", "script": "src", "link": "href", "iframe": "src", "source": "src"}
MAIN = [
    "index.html",
    "lecture.html",
    "made/lecture/spiking.html",
    "made/lecture/spiking-he.html",
    "concepts/conventions.html",
    "how-to/own-rule.html",
    "gallery.html",
    "explorer.html",
    "made/rules/triplet_stdp.html",
    "made/api/plasticity.html",
    "made/commands.html",
    "made/tables/wang2005_triplets.html",
    "glossary.html",
    "references.html",
]


class Read(HTMLParser):
    """The links of a page, what it loads, and the places in it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.places: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.places |= {given[name] for name in ("id", "name") if name in given}
        if tag == "a" and given.get("href"):
            self.links.append(given["href"])
        if given.get(LOADING.get(tag, "")) and given.get("rel") != "canonical":
            self.loaded.append(given[LOADING[tag]])


@cache
def read(page: Path) -> Read:
    return Read(page.read_text(encoding="utf-8"))


def is_broken(page: Path, link: str) -> bool:
    """Whether a link within the site leads to no file, or to no place of a page."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return False
    target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
    if not target.is_relative_to(SITE.resolve()) or not target.is_file():
        return True
    return bool(parts.fragment) and target.suffix == ".html" and unquote(parts.fragment) not in read(target).places


@pytest.mark.parametrize("page", PAGES)
def test_every_link_within_the_site_leads_somewhere(page):
    found = read((SITE / page).resolve())
    assert not [link for link in [*found.links, *found.loaded] if is_broken((SITE / page).resolve(), link)]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_loads_nothing_from_elsewhere(page):
    assert not [one for one in read((SITE / page).resolve()).loaded if urlsplit(one).scheme not in ("", "data")]


@pytest.fixture(scope="module")
def browser():
    with chromium() as found:
        yield found


@pytest.fixture(params=[1280, 390], ids="{} px".format)
def page(browser, request):
    """A page of this width, that keeps its faults: foreign requests, errors, what failed to load."""
    page = browser.new_page(viewport={"width": request.param, "height": 800})
    page.faults = []
    page.on("request", lambda one: one.url.startswith(("file:", "data:", "blob:")) or page.faults.append(one.url))
    page.on("requestfailed", lambda one: page.faults.append(one.url))
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on("console", lambda one: page.faults.append(one.text) if one.type == "error" else None)
    yield page
    page.close()


@needs_browser
@pytest.mark.parametrize("name", MAIN)
def test_a_main_page_is_read_from_disk_and_never_scrolls_sideways(page, name):
    page.goto((SITE / name).resolve().as_uri())
    page.wait_for_load_state()

    assert page.faults == []
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0


@needs_browser
@pytest.mark.parametrize("name", MAIN)
def test_axe_finds_nothing_wrong_with_a_main_page(page, name):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page.goto((SITE / name).resolve().as_uri())
    found = axe.Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa"]})

    assert {one["id"]: [node["target"] for node in one["nodes"]] for one in found.response["violations"]} == {}


@needs_browser
def test_mathematics_is_drawn_by_the_browser_itself(page):
    page.goto((SITE / "concepts/traces.html").resolve().as_uri())
    heights = page.eval_on_selector_all("math", "all => all.map(one => one.getBoundingClientRect().height)")
    assert heights and min(heights) > 5


@needs_browser
def test_the_search_finds_a_rule_without_a_server(page):
    page.goto((SITE / "search.html").resolve().as_uri() + "?q=triplet")
    page.wait_for_selector("#search-results li", timeout=20_000)
    assert page.faults == []
