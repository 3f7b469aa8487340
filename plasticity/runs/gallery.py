"""All experiments as one static page: figure, question, claims with measured numbers, data. No script, no network."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from plasticity import files
from plasticity.errors import ArgumentError
from plasticity.experiment import Outcome
from plasticity.inputs import instance, listed
from plasticity.runs.parameters import shown
from plasticity.runs.running import Finished

PAGE = "index.html"
KIND = "gallery"
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
    """An experiment as the page shows it: its own files, and its section."""

    name: str
    contents: Mapping[str, bytes]
    section: str


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
    names = [page.name for page in pages]
    contents = {f"{page.name}/{file}": content for page in pages for file, content in page.contents.items()}
    contents[PAGE] = _page(names, [page.section for page in pages]).encode("utf-8")
    files.write_folder(folder, KIND, files.sealed(KIND, {"experiments": names}, contents), overwrite=overwrite)


def _page(names: Sequence[str], sections: Sequence[str]) -> str:
    links = "".join(f'<li><a href="#{escape(name)}">{escape(_title(name))}</a></li>' for name in names)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<title>plasticity: all experiments</title>\n"
        f'<link rel="icon" href="data:,">\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>All experiments</h1>\n'
        f"<nav><ul>{links}</ul></nav>\n{''.join(sections)}</body>\n</html>\n"
    )


def _section(finished: Finished, files: Sequence[str], format: str) -> str:
    experiment, name = finished.experiment, escape(finished.experiment.name)
    caption = experiment.caption(finished.parameters, finished.result)
    tables = [escape(file) for file in files if not file.startswith("figure.")]
    data = ", ".join(f'<a href="{name}/{file}">{file}</a>' for file in tables)
    parameters = ", ".join(f"{key} = {value}" for key, value in shown(finished.parameters).items())
    return (
        f'<section id="{name}">\n<h2>{escape(_title(experiment.name))}</h2>\n'
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


def _title(name: str) -> str:
    return name.replace("_", " ").capitalize()


__all__ = ["PAGE", "Page", "prepared", "write_gallery", "write_pages"]
