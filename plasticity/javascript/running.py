"""Printed rules, run in a browser without a window: a page holds them and a question, and becomes the answer."""

import html
import json
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from plasticity.browser import dumped
from plasticity.errors import SimulationError, printable
from plasticity.javascript.script import source
from plasticity.rules import Rule

_BEGIN, _END = '<pre id="answer">', "</pre>"
# JSON has no word for what is no finite number, and Python reads JavaScript's own: a mark says where to leave it bare
_PAGE = r"""<!doctype html>
<meta charset="utf-8">
<pre id="answer"></pre>
<script>
{source}
</script>
<script>
"use strict";
const plain = (key, value) => {
  if (typeof value === "number" && !Number.isFinite(value)) return "\u0001" + value;
  return ArrayBuffer.isView(value) ? Array.from(value) : value;
};
let said;
try {
  said = { answer: (() => {
{body}
  })() };
} catch (error) {
  said = { error: String(error) };
}
document.getElementById("answer").textContent = JSON.stringify(said, plain).replace(/"\\u0001(NaN|-?Infinity)"/g, "$1");
</script>
"""


def answered(rules: Iterable[Rule], body: str) -> Any:
    """What a function in JavaScript returns that finds the rules in `plasticity.rules`; arrays as lists.

    body : its lines, with `return`
    raises MissingPackage without a browser; SimulationError where the function fails
    """
    with tempfile.TemporaryDirectory(prefix="plasticity-page-") as folder:
        page = Path(folder) / "page.html"
        page.write_text(_PAGE.replace("{source}", source(rules)).replace("{body}", body), encoding="utf-8")
        text = dumped(page)
    _, begin, rest = text.partition(_BEGIN)
    answer, end, _ = rest.partition(_END)
    if not (begin and end and answer):
        raise SimulationError(
            "the page has no answer, as when its script cannot be read; is the browser older than 2020?"
        )
    said = json.loads(html.unescape(answer))
    if "error" in said:
        raise SimulationError(f"the script failed: {printable(str(said['error']))[:300]}")
    return said["answer"]


def given(value: Any) -> str:
    """Numbers, texts, lists and mappings as JavaScript reads them, to the last bit, in a page."""
    return json.dumps(value).replace("<", "\\u003c")
