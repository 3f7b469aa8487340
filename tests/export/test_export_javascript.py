"""The script of a rule carries what it was verified on, in a browser where there is one."""

from dataclasses import replace

import pytest

from plasticity.errors import MissingPackage, UnsupportedRule
from plasticity.export import exported, javascript_rule
from plasticity.javascript import exported as script_of
from plasticity.neurons import NEURONS
from plasticity.rules import RULES


def no_browser(*_, **__):
    raise MissingPackage("no Chromium")


def test_without_a_browser_the_rule_alone_is_verified(monkeypatch):
    monkeypatch.setattr(javascript_rule, "verified", no_browser)

    text = exported(RULES["pair_stdp"], "javascript")

    assert text.endswith(script_of(RULES["pair_stdp"]))
    assert "// Residual: " in text and "No browser was found" in text


def test_the_comment_ends_no_script_of_a_page_and_keeps_its_signs(monkeypatch):
    monkeypatch.setattr(javascript_rule, "verified", no_browser)

    text = exported(replace(RULES["pair_stdp"], summary="</script> <!-- <b>"), "javascript")

    assert "</script" not in text and "<!--" not in text and "<b" not in text
    assert "// Convention: bounds: 0 <= w <= 1, clipped" in text


def test_what_javascript_cannot_say_is_refused():
    with pytest.raises(UnsupportedRule, match="lif_delta is a neuron"):
        exported(NEURONS["lif_delta"], "javascript")
    with pytest.raises(UnsupportedRule, match="hebbian"):
        exported(RULES["hebbian"], "javascript")


def test_bounds_read_as_written_and_no_comment_begins_or_ends_a_script_of_a_page(monkeypatch):
    monkeypatch.setattr(javascript_rule, "verified", no_browser)

    text = exported(replace(RULES["pair_stdp"], summary="</script><!-- <b>"), "javascript")

    assert "0 <= w <= 1" in text and "&lt;" not in text
    assert "</script" not in text and "<!--" not in text and "<b>" not in text
