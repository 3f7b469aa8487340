"""Experiments, rules and neurons as one static page: figures, measured claims, data. No script, no network."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from plasticity import files
from plasticity.errors import ArgumentError
from plasticity.experiment import Outcome
from plasticity.inputs import instance, listed
from plasticity.runs.running import Finished
from plasticity.settings import shown

PAGE = "index.html"
KIND = "gallery"
_KINDS = ("experiment", "rule", "neuron")
_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; color: #222; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
nav ul { columns: 3; padding-left: 1.2rem; }
section { border-top: 1px solid #ccc; margin-top: 2.5rem; }
img { max-width: 100%; height: auto; }
table { border-collapse: collapse; width: 100%; font-size: 0.9rem; }
th, td { text-align: left; vertical-align: top; padding: 0.25rem 0.75rem 0.25rem 0; border-bottom: 1px solid #eee; }
.holds { color: #00643c; } .fails { color: #a00000; font-weight: bold; } .small { font-size: 0.85rem; color: #555; }
"""


@dataclass(frozen=True)
class Page:
    """An experiment, a rule or a neuron as the page shows it: its own files, its section, and which of them it is."""

    name: str
    contents: Mapping[str, bytes]
    section: str
    kind: str = "experiment"


def prepared(finished: Finished, format: str = "png") -> Page:
    """Draw an experiment that has run. Raises whatever its drawing and its caption do."""
    instance(finished, Finished, "what is shown")
    own = finished.files(format)
    return Page(finished.experiment.name, own, _section(finished, sorted(own), format))


def write_gallery(folder: Path, finished: Iterable[Finished], *, format: str = "png", overwrite: bool = False) -> None:
    """Write the page, and next to it a folder for each experiment, at once. Raises OutputError when that fails."""
    pages = [prepared(one, format) for one in listed(finished, "the experiments that have run")]
    write_pages(folder, pages, overwrite=overwrite)


def write_pages(folder: Path, pages: Sequence[Page], *, overwrite: bool = False) -> None:
    """The same, of what is drawn already. Raises ArgumentError when there is nothing to write."""
    pages = [instance(page, Page, "a page") for page in listed(pages, "the pages")]
    if not pages:
        raise ArgumentError("no experiment could be run, so that there is nothing to show")
    names = {f"{kind}s": [page.name for page in pages if page.kind == kind] for kind in _KINDS}
    contents = {f"{page.name}/{file}": content for page in pages for file, content in page.contents.items()}
    contents[PAGE] = _page(pages).encode("utf-8")
    files.write_folder(folder, KIND, files.sealed(KIND, names, contents), overwrite=overwrite)


def _page(pages: Sequence[Page]) -> str:
    kinds = {kind: [page for page in pages if page.kind == kind] for kind in _KINDS}
    links = "".join(_links(kind, of_kind) for kind, of_kind in kinds.items() if of_kind)
    sections = "".join(page.section for of_kind in kinds.values() for page in of_kind)
    title = " and ".join(f"{kind}s" for kind, of_kind in kinds.items() if of_kind)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>plasticity: all {title}</title>\n"
        f'<link rel="icon" href="data:,">\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>All {title}</h1>\n'
        f"<nav>{links}</nav>\n{sections}</body>\n</html>\n"
    )


def _links(kind: str, pages: Sequence[Page]) -> str:
    """The list of one kind, that leads to its sections."""
    items = "".join(f'<li><a href="#{escape(page.name)}">{escape(_title(page))}</a></li>' for page in pages)
    return f"<h2>{kind.capitalize()}s</h2><ul>{items}</ul>"


def _section(finished: Finished, files: Sequence[str], format: str) -> str:
    experiment, name = finished.experiment, escape(finished.experiment.name)
    caption = experiment.caption(finished.parameters, finished.result)
    tables = [escape(file) for file in files if not file.startswith("figure.")]
    data = ", ".join(f'<a href="{name}/{file}">{file}</a>' for file in tables)
    parameters = ", ".join(f"{key} = {value}" for key, value in shown(finished.parameters).items())
    return (
        f'<section id="{name}">\n<h2>{escape(_in_words(experiment.name))}</h2>\n'
        f"<p><strong>{escape(experiment.question)}</strong></p>\n"
        f'<a href="{name}/figure.{format}"><img src="{name}/figure.{format}" alt="{escape(caption)}"></a>\n'
        f"<table>\n<tr><th>claim</th><th>measured</th><th>from</th><th></th></tr>\n"
        f"{''.join(_row(claim) for claim in finished.claims)}</table>\n"
        f'<p class="small">Data: {data}. Preset {finished.preset}, {finished.seconds:.1f} s: {escape(parameters)}. '
        f"Source: {escape(experiment.source)}.</p>\n</section>\n"
    )


def _row(claim: Outcome) -> str:
    verdict, look = ("holds", "holds") if claim.holds else ("does not hold", "fails")
    cells = [escape(claim.sentence), escape(claim.figures), escape(claim.source)]
    return f'<tr>{"".join(f"<td>{cell}</td>" for cell in cells)}<td class="{look}">{verdict}</td></tr>\n'


def _title(page: Page) -> str:
    """An experiment by its name in words, a record by its own name."""
    return _in_words(page.name) if page.kind == "experiment" else page.name.removeprefix(f"{page.kind}_")


def _in_words(name: str) -> str:
    return name.replace("_", " ").capitalize()


__all__ = ["PAGE", "Page", "prepared", "write_gallery", "write_pages"]
