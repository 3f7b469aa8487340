"""Experiments, rules and neurons as one static page without a script, and the explorer beside it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from plasticity import explorer, files
from plasticity.errors import ArgumentError
from plasticity.inputs import instance, listed
from plasticity.runs.experiment_pages import figures, sources, told
from plasticity.runs.gallery_parts import BARE
from plasticity.runs.running import Finished
from plasticity.runs.teaching import in_order, title

PAGE = "index.html"
EXPLORER = "explorer.html"
KIND = "gallery"
KINDS = ("experiment", "rule", "neuron")


@dataclass(frozen=True)
class Page:
    """An experiment, a rule or a neuron as the page shows it.

    name     : of its place on the page, and of the folder of its files
    contents : {path in the gallery: content} of its own files
    section  : HTML
    title    : what it is called in the contents
    family   : under which it stands; of an experiment the order of teaching says it
    cites    : keys of `plasticity.sources`
    asked    : {id: words} of the lecture's questions that it shows
    run      : which preset it ran with, and for how many seconds; of an experiment only
    """

    name: str
    contents: Mapping[str, bytes]
    section: str
    kind: str = "experiment"
    title: str = ""
    family: str = ""
    cites: tuple[str, ...] = ()
    asked: Mapping[str, str] = field(default_factory=dict)
    run: tuple[str, float] = ("", 0.0)


def prepared(finished: Finished, format: str = "png", *, asked: Mapping[str, str] | None = None) -> Page:
    """Draw an experiment that has run. Raises whatever its drawing and its caption do.

    asked : {id: words} of the lecture's questions that it shows
    """
    instance(finished, Finished, "what is shown")
    experiment, own = finished.experiment, finished.files(format, BARE)
    picture = f"figure.{format}"
    drawn = figures(finished, own[picture], format)
    contents = {f"{experiment.name}/{file}": content for file, content in own.items()}
    return Page(
        experiment.name,
        {**drawn.contents, **contents},
        told(finished, drawn, sorted(file for file in own if file != picture), asked or {}),
        title=title(experiment),
        cites=tuple(sources(finished)),
        asked=asked or {},
        run=(finished.preset, finished.seconds),
    )


def write_gallery(folder: Path, finished: Iterable[Finished], *, format: str = "png", overwrite: bool = False) -> None:
    """Write the page, and next to it a folder for each experiment, at once. Raises OutputError when that fails."""
    pages = [prepared(one, format) for one in listed(finished, "the experiments that have run")]
    write_pages(folder, pages, overwrite=overwrite)


def write_pages(folder: Path, pages: Sequence[Page], *, overwrite: bool = False) -> None:
    """The same, of what is drawn already. Raises ArgumentError when there is nothing to write."""
    from plasticity.runs.gallery_page import html

    pages = [instance(page, Page, "a page") for page in listed(pages, "the pages")]
    if not pages:
        raise ArgumentError("no experiment could be run, so that there is nothing to show")
    names = {f"{kind}s": [page.name for page in pages if page.kind == kind] for kind in KINDS}
    contents = {path: content for page in pages for path, content in page.contents.items()}
    contents |= {PAGE: html(by_family(pages)).encode("utf-8"), EXPLORER: explorer.page("en")}
    files.write_folder(folder, KIND, files.sealed(KIND, names, contents), overwrite=overwrite)


def by_family(pages: Sequence[Page]) -> dict[str, dict[str, list[Page]]]:
    """{kind: {family: pages}} in the order of teaching."""
    found: dict[str, dict[str, list[Page]]] = {kind: {} for kind in KINDS}
    experiments = {page.name: page for page in pages if page.kind == "experiment"}
    for family, names in in_order([*experiments]).items():
        found["experiment"][family] = [experiments[name] for name in names]
    for page in pages:
        if page.kind != "experiment":
            found[page.kind].setdefault(page.family, []).append(page)
    return {kind: families for kind, families in found.items() if families}


__all__ = ["EXPLORER", "PAGE", "Page", "prepared", "write_gallery", "write_pages"]
