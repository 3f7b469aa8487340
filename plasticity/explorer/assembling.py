"""The one file of the page: its parts, put together. Nothing in it is fetched from anywhere."""

import base64
import hashlib
import json
import re
from functools import cache
from importlib import resources

from plasticity import __version__, javascript
from plasticity.errors import ArgumentError, unknown
from plasticity.explorer.contents import proof, rules, told
from plasticity.explorer.presets import presets
from plasticity.files import toml_in
from plasticity.inputs import choice, text
from plasticity.rules import Rule

LANGUAGES = {"en": "ltr", "he": "rtl"}
# In the order in which they are read: each uses what stands before it, and calls what stands behind.
SCRIPTS = (
    "data",
    "words",
    "numbers",
    "scenario",
    "history",
    "model",
    "svg",
    "raster",
    "editing",
    "curves",
    "window",
    "ledger",
    "controls",
    "keep",
    "proof",
    "main",
)
MARK = b'<meta name="generator" content="plasticity explorer">'  # by which a page of ours is known
# What the page may do: run its own script and use its own style. Every other request is refused by the browser.
POLICY = (
    "default-src 'none'; script-src '{script}'; style-src '{style}'; img-src data:; base-uri 'none'; form-action 'none'"
)


def page(language: str = "en", *, rule: str = "") -> bytes:
    """The whole page, UTF-8.

    language : the one that it opens in, 'en' or 'he'; the other is in it too
    rule     : the one that it opens with; by default that of its first preset
    raises ArgumentError for another language, and for a rule that the page cannot show
    """
    choice(language, tuple(LANGUAGES), "the language")
    if text(rule, "the rule") and rule not in rules():
        raise unknown("rule on the page", rule, rules())
    made = _made()
    parts = {
        "language": language,
        "direction": LANGUAGES[language],
        "title": words(language)["title"],
        "policy": POLICY.format(script=_hash(made["script"]), style=_hash(made["style"])),
        "style": made["style"],
        "first": rule,
        "data": made["data"],
        "script": made["script"],
    }
    made_page = _part("page.html")
    for name, part in parts.items():
        made_page = made_page.replace(f"{{{{{name}}}}}", part, 1)
    return made_page.encode("utf-8")


@cache
def _made() -> dict[str, str]:
    """What is the same in every page: the script, the style, the data."""
    shown = [variant for one in rules().values() for variant in one.variants.values()]
    data = {
        "version": __version__,
        "words": {language: words(language) for language in LANGUAGES},
        **told(rules()),
        "presets": presets(),
        "proof": proof(shown),
    }
    return {"script": _script(shown), "style": _part("style.css"), "data": _as_json(data)}


def _script(shown: list[Rule]) -> str:
    """The exported rules, and the page's own script, which no other script can reach into."""
    lines = [line.strip() for name in SCRIPTS for line in _part(f"{name}.js").splitlines()]
    own = "\n".join(line for line in lines if line and not line.startswith("//"))
    if "</script" in own or "<!--" in own:
        raise ArgumentError("the script of the page holds text that ends a script")
    # a tab for two spaces: a tenth of the page would be spaces
    rules_in_tabs = re.sub(r"^(?:  )+", lambda found: "\t" * (len(found[0]) // 2), javascript.source(shown), flags=re.M)
    return f'{rules_in_tabs}\n(() => {{\n"use strict";\n{own}\n}})();\n'


def words(language: str) -> dict[str, str]:
    """{key: sentence} of a language; what stands in a table is called 'table-key'."""
    path = resources.files("plasticity.explorer") / "words" / f"{language}.toml"
    found: dict[str, str] = {}
    for key, value in toml_in(path.read_text(encoding="utf-8"), f"words of the page in {language}").items():
        found |= {f"{key}-{name}": text for name, text in value.items()} if isinstance(value, dict) else {key: value}
    return found


def _part(name: str) -> str:
    return (resources.files("plasticity.explorer") / "page" / name).read_text(encoding="utf-8")


def _as_json(data: object) -> str:
    """JSON that no HTML can end: a slash after a less-than sign would."""
    return json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":")).replace("<", "\\u003c")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
