"""Docstrings in the style of the house become the sections that numpydoc knows."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "_ext"))

from site_docstrings import after_numpydoc, escaped, processed  # noqa: E402

DRIFT = """Mean weight change per second, w*x.

rate_pre, rate_post : hertz, shapes that broadcast together,
                      say (n_rates,)
returns             : 1/second
raises UnsupportedRule when the rule reads a voltage

Exact while no weight touches `w_max`.

>>> 1 + 1
2
""".splitlines()


def test_names_results_errors_and_examples_have_sections_of_their_own():
    text = "\n".join(processed(DRIFT, "function"))

    assert (
        "Parameters\n----------\nrate_pre, rate_post\n    hertz, shapes that broadcast together, say (n\\_rates,)"
        in text
    )
    assert "Returns\n-------\n1/second" in text
    assert "Raises\n------\nUnsupportedRule\n    when the rule reads a voltage" in text
    assert text.endswith("Examples\n--------\n>>> 1 + 1\n2\n")


def test_of_a_class_the_names_are_attributes():
    assert "Attributes" in processed(DRIFT, "class") and "Parameters" not in processed(DRIFT, "class")


def test_no_sign_of_prose_has_a_meaning_but_the_backtick():
    assert escaped("w*x |a| b_ of `w_max`") == r"w\*x \|a\| b\_ of ``w_max``"


def test_what_comes_back_is_a_sentence_and_no_heading():
    lines = [":Parameters:", "    x", "        ..", ":Returns:", "    1/second", "        .."]
    after_numpydoc(None, "function", "drift", None, None, lines)
    assert lines == [":Parameters:", "    x", "        ..", ":Returns:", "    1/second", ""]
