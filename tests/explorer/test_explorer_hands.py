"""The page in hands: by keys alone, by mouse, on a phone, read aloud, in both languages; and what it refuses."""

import json

import pytest
from browsing import needs_browser

pytestmark = [needs_browser, pytest.mark.whole]
PAIRS = {"rule": "pair_stdp", "spikes": {"pre": [10, 30], "post": [15, 35]}}
HOSTILE = [
    "%7B", "[]", "null", "{}", '{"plasticity":2}', '{"plasticity":1,"rule":"__proto__"}', "%ff",
    '{"plasticity":1,"rule":"pair_stdp","spikes":{"pre":["<img src=x onerror=alert(1)>"]}}',
    '{"plasticity":1,"rule":"pair_stdp","spikes":{"pre":[1e999]}}', '{"plasticity":1,"rule":"pair_stdp","w0":"1"}',
    '{"plasticity":1,"rule":"pair_stdp","<script>alert(1)</script>":1}', '{"plasticity":1,"rule":"constructor"}',
    '{"plasticity":1,"rule":"pair_stdp","set":{"tau_plus":0}}', '{"plasticity":1,"rule":"pair_stdp","repeat":1e9}',
    '{"plasticity":1,"rule":"pair_stdp","spikes":{"pre":[5,5]}}',
    '{"plasticity":1,"rule":"pair_stdp","away":["pre:1"]}',
    '{"plasticity":1,"rule":"pair_stdp","variant":"toString"}', '{"plasticity":1,"rule":"pair_stdp","x":' + "[" * 9000,
    json.dumps({"plasticity": 1, "rule": "pair_stdp", "spikes": {"pre": list(range(500))}}), "x" * 70000,
]  # fmt: skip


def kept(shown):
    return json.loads(shown.evaluate("explorer.kept()"))


def wait_for(shown, said):
    """Until an expression holds, for ten seconds; playwright's own wait would evaluate text, which the page forbids."""
    for _ in range(200):
        if shown.evaluate(said):
            return
        shown.wait_for_timeout(50)
    raise AssertionError(f"never so: {said}")


def press(shown, *keys):
    for key in keys:
        shown.keyboard.press(key)


def test_a_spike_is_reached_moved_added_and_removed_by_keys(opened):
    shown = opened(PAIRS)
    while shown.evaluate("document.activeElement.getAttribute('aria-label')") != "presynaptic 2":
        press(shown, "Tab")
    press(shown, "ArrowRight", "ArrowRight", "Shift+ArrowLeft")
    assert kept(shown)["spikes"]["pre"] == [10, 31.9]
    press(shown, "Enter")
    assert kept(shown)["spikes"]["pre"] == [10, 31.9, 36.9]
    press(shown, "Delete", "Control+z", "Control+z", "Control+Shift+Z")
    assert kept(shown)["spikes"]["pre"] == [10, 31.9, 36.9]


def test_keys_alone_reach_everything_that_can_be_used(opened):
    shown = opened(PAIRS)
    usable = "a[href], button:enabled, select, input:not([hidden]):enabled, [tabindex='0'], summary"
    count = "s => new Set([...document.querySelectorAll(s)].filter(e => e.checkVisibility())).size"
    wanted, reached = shown.evaluate(count, usable), set()
    for _ in range(wanted + 20):
        press(shown, "Tab")
        # buttons that a chosen spike enables join while Tab goes on
        name = "(() => { const e = document.activeElement; e.dataset.reached = 1; return e.tagName; })()"
        reached.add(shown.evaluate(name))
    missed = "e => e.checkVisibility() && !e.dataset.reached"
    missed = shown.evaluate(f"s => [...document.querySelectorAll(s)].filter({missed}).map(e => e.outerHTML)", usable)
    assert missed == [] and {"BUTTON", "SELECT", "INPUT", "g", "SUMMARY"} <= reached


def test_the_new_weight_is_told_where_a_screen_reader_listens(opened):
    shown = opened(PAIRS)
    before = shown.inner_text("[aria-live] >> nth=0")
    shown.focus("g.spike >> nth=0")
    press(shown, "ArrowRight")
    assert shown.inner_text("[aria-live] >> nth=0") != before
    press(shown, "t")
    assert "Without presynaptic 1 it would end at" in shown.inner_text("#what-if")
    assert "--without pre:1" in shown.inner_text("#ask-line")


def test_a_spike_is_dragged_and_a_click_on_a_row_adds_one(opened):
    shown = opened(PAIRS)
    box = shown.locator("g.spike").first.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + 20
    shown.mouse.move(x, y)
    shown.mouse.down()
    shown.mouse.move(x + 30, y, steps=3)
    shown.mouse.up()
    (moved, other) = kept(shown)["spikes"]["pre"]
    assert moved > 11 and other == 30
    shown.locator("rect.row").nth(1).click(position={"x": 300, "y": 20})
    assert len(kept(shown)["spikes"]["post"]) == 3


def test_a_touch_moves_a_spike_too(opened):
    shown = opened(PAIRS, width=390)
    shown.evaluate(
        """() => { const mark = document.querySelector('g.spike'), box = mark.getBoundingClientRect();
        const at = (type, x) => mark.dispatchEvent(new PointerEvent(type, { pointerId: 1, pointerType: 'touch',
          bubbles: true, cancelable: true, clientX: box.x + box.width / 2 + x, clientY: box.y + 20 }));
        mark.setPointerCapture = () => {};
        at('pointerdown', 0); at('pointermove', 40); at('lostpointercapture', 40); }"""
    )
    assert kept(shown)["spikes"]["pre"][0] > 11


def test_sliders_fields_and_choices_ask_anew(opened):
    shown = opened(PAIRS)
    shown.focus("#p-tau_plus-range")
    press(shown, "ArrowRight")
    assert kept(shown)["set"]["tau_plus"] > 20
    shown.fill("#p-tau_plus", "0")
    press(shown, "Enter")
    assert "not allowed" in shown.inner_text("#fault") and kept(shown)["set"]["tau_plus"] > 20
    shown.select_option("#rule", "reward_stdp")
    assert set(kept(shown)["spikes"]) == {"pre", "post", "reward"}
    shown.check("#unbounded")
    assert kept(shown)["unbounded"] and "--unbounded" in shown.inner_text("#ask-line")


def test_no_sideways_scrolling_on_a_phone_or_a_screen(opened):
    shown = opened(PAIRS)
    for language in ("he", "en"):
        shown.click(f"#in-{language}")
        for width in (390, 1280):
            shown.set_viewport_size({"width": width, "height": 900})
            assert shown.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(("language", "dark"), [("en", False), pytest.param("he", True, marks=pytest.mark.whole)])
def test_axe_finds_nothing(opened, language, dark):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    shown = opened(PAIRS | {"away": ["pre:1"]}, width=390 if dark else 1280, dark=dark)
    shown.click(f"#in-{language}")
    shown.click("summary >> nth=0")
    found = axe.run(shown)
    assert found.violations_count == 0, found.generate_report()


def test_hebrew_reads_from_right_to_left_and_back(opened):
    shown = opened(PAIRS)
    shown.click("#in-he")
    assert shown.get_attribute("html", "dir") == "rtl" and shown.inner_text("#verdict").startswith("הסינפסה מתחזקת")
    assert shown.evaluate("[...document.querySelectorAll('main [data-word]')].every(e => /[א-ת]/.test(e.textContent))")
    shown.click("#in-en")
    assert shown.get_attribute("html", "dir") == "ltr"


def test_a_link_and_a_file_keep_the_scenario(opened, tmp_path):
    shown = opened(PAIRS | {"set": {"tau_plus": 15}, "away": ["post:2"], "w0": 0.25})
    scenario = kept(shown)
    wait_for(shown, "location.hash.includes('tau_plus')")
    link = shown.evaluate("location.hash.slice(1)")
    with shown.expect_download() as download:
        shown.click("#save")
    download.value.save_as(tmp_path / "scenario.json")
    shown.click("#copy-ask")
    wait_for(shown, "document.querySelector('#kept').textContent === 'The line is copied.'")

    assert kept(opened(text=link)) == scenario
    shown = opened()
    shown.set_input_files("#file", tmp_path / "scenario.json")
    wait_for(shown, "explorer.kept().includes('tau_plus')")
    assert kept(shown) == scenario


def test_a_broken_or_hostile_link_or_file_is_refused_in_words(opened, tmp_path):
    shown = opened()
    before = shown.evaluate("explorer.kept()")
    for text in HOSTILE:
        shown.evaluate("document.querySelector('#fault').textContent = ''")
        (tmp_path / "bad.json").write_text(text)
        shown.set_input_files("#file", tmp_path / "bad.json")
        wait_for(shown, "document.querySelector('#fault').textContent.startsWith('The file cannot be read: ')")
        shown.evaluate("document.querySelector('#fault').textContent = ''")
        shown.evaluate("text => { location.hash = text; }", text)
        wait_for(shown, "document.querySelector('#fault').textContent.startsWith('The link cannot be read: ')")
        assert shown.evaluate("explorer.kept()") == before and shown.locator("main img, main script").count() == 0
