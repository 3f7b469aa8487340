"""Pages that follow from records, written into `docs/made` before Sphinx reads: never edited, never committed."""

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import site_modules
from site_work import Task, computed, folder
from sphinx.application import Sphinx

from plasticity import explorer, neurons, rules
from plasticity.catalogue import Families
from plasticity.cli import COMMANDS
from plasticity.published import TABLES
from plasticity.quiz.contents import CONTENTS
from plasticity.rules.conventions import words

GALLERY = "gallery"  # beside the pages of Sphinx: a page of its own, as `plasticity gallery` writes it
EXPLORER = "explorer-page.html"
SECTIONS = {
    "spiking": "Spiking neurons",
    "networks": "Networks and activation",
    "gates": "Gates and separability",
    "perceptron": "The perceptron",
    "gradient": "Gradient descent",
    "forward-backward": "Forward and backward",
    "autoencoders": "Autoencoders",
}


def tasks() -> list[Task]:
    """All that is computed; what takes longest first, so that no core waits at the end."""
    held = {"neuron": neurons.NEURONS, "rule": rules.RULES}
    return [
        ("gallery", "experiments", str(folder() / GALLERY)),
        *(("lecture", "section", section) for section in CONTENTS),
        *(("record", kind, name) for kind, records in held.items() for name in records),
        *(("conventions", "field", field) for field in words()),
    ]


def write(app: Sphinx) -> None:
    """Write every page anew; what a former build has left is removed."""
    made = Path(app.srcdir) / "made"
    shutil.rmtree(made, ignore_errors=True)
    found = app.site_results = computed(tasks())
    pages = {**_lecture(), **_records("rule", rules.FAMILIES), **_records("neuron", neurons.FAMILIES), **_tables()}
    pages |= {"commands.md": _commands(), **site_modules.pages()}
    for (function, kind, name), data in found.items():
        if function == "record":
            pages[f"{kind}s/{name}.svg"] = data["picture"]
    for name, text in pages.items():
        file = made / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def _lecture() -> dict[str, str]:
    pages = {}
    for section, questions in CONTENTS.items():
        other = {"en": ("", f"{section}-he", "עברית"), "he": ("-he", section, "English")}
        for language, (ending, link, word) in other.items():
            title = SECTIONS[section] if language == "en" else f"{SECTIONS[section]} (Hebrew)"
            asked = "".join(f"\n## {id}\n\n```{{question}} {section} {id} {language}\n```\n" for id in questions)
            pages[f"lecture/{section}{ending}.md"] = f"# {title}\n\n[{word}]({link}.md)\n{asked}"
    return pages


def _records(kind: str, families: Families) -> dict[str, str]:
    """A page for each record, and one that lists them by family."""
    listed, pages = [], {}
    for family, held in families.items():
        names = [name for names in held.values() for name in names]
        listed.append(f"\n## {family.capitalize()}\n\n```{{records}} {kind} {' '.join(names)}\n```\n")
        for name in names:
            pages[f"{kind}s/{name}.md"] = f"# {name}\n\n```{{record}} {kind} {name}\n```\n"
    names = [name for held in families.values() for names in held.values() for name in names]
    intro = (
        f"Every {kind} of the project, in the order in which one learns them. Its page is computed from its record "
        f"when the site is built, as `plasticity show NAME` does on the command line.\n"
    )
    pages[f"{kind}s/index.md"] = f"# {kind.capitalize()}s\n\n{intro}{''.join(listed)}\n{toctree(names)}"
    return pages


def _tables() -> dict[str, str]:
    pages = {f"tables/{key}.md": f"# {key}\n\n```{{published}} {key}\n```\n" for key in TABLES}
    intro = "Numbers as they were published, each with its source and its licence.\n\n```{published-list}\n```\n"
    return {**pages, "tables/index.md": f"# Published tables\n\n{intro}\n{toctree(TABLES)}"}


def _commands() -> str:
    sections = "".join(f"\n## plasticity {name}\n\n```{{command-help}} {name}\n```\n" for name in COMMANDS)
    return f"# The command line\n\nWhat `plasticity COMMAND --help` says, from the commands themselves.\n{sections}"


def toctree(names: Sequence[str] | Mapping[str, Any]) -> str:
    """The pages beneath this one, in the menu and not in the text."""
    return "```{toctree}\n:hidden:\n\n" + "\n".join(names) + "\n```\n"


def beside(app: Sphinx, error: Exception | None) -> None:
    """Put the pages that are none of Sphinx's next to its own."""
    if error is None:
        out = Path(app.outdir)
        shutil.rmtree(out / GALLERY, ignore_errors=True)
        shutil.copytree(folder() / GALLERY, out / GALLERY)
        (out / EXPLORER).write_bytes(explorer.page("en"))


def setup(app: Sphinx) -> dict[str, Any]:
    """Before Sphinx looks for pages, and after it has written them."""
    app.connect("builder-inited", write)
    app.connect("build-finished", beside)
    return {"parallel_read_safe": True}
