"""The page of a gallery around its sections: what it is, how to read it, what is on it, and the references."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from plasticity.files import text_of
from plasticity.markup import written
from plasticity.runs.citing import references
from plasticity.runs.experiment_pages import QUESTION
from plasticity.runs.gallery import EXPLORER, Page
from plasticity.runs.gallery_parts import TOP, folded

Families = Mapping[str, Mapping[str, Sequence[Page]]]
_REFERENCES, _EXPLORER, _MAIN = "page.references", "page.explorer", "page.main"
_STYLE = Path(__file__).parent / "gallery.css"
_PRESETS = {
    "quick": "These are the quick runs, which take a few seconds each: with fewer repetitions than the full ones, so "
    "that what is drawn at random scatters more. <code>plasticity gallery FOLDER --full</code> shows the full runs.",
    "full": "These are the full runs, as long as the experiments ask for.",
}


def html(kinds: Families) -> str:
    """The whole page, from {kind: {family: pages}}."""
    pages = [page for families in kinds.values() for of_family in families.values() for page in of_family]
    every = _listed([f"{kind}s" for kind in kinds])
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>plasticity: {every} in figures</title>\n"
        f'<link rel="icon" href="data:,">\n<style>\n{text_of(_STYLE)}</style>\n</head>\n<body id="{TOP}">\n'
        f'<a class="skip" href="#{_MAIN}">Skip to the figures</a>\n'
        f"<header>\n<h1>{every.capitalize()} in figures</h1>\n{_introduction(kinds, pages)}</header>\n"
        f'<nav aria-label="Contents">\n{_contents(kinds, pages)}</nav>\n'
        f'<main id="{_MAIN}">\n{"".join(_of_kind(kind, families) for kind, families in kinds.items())}'
        f"{_explorer()}{_references(pages)}</main>\n</body>\n</html>\n"
    )


def _introduction(kinds: Families, pages: Sequence[Page]) -> str:
    """What the page is, and how to read it."""
    experiments = [page for page in pages if page.kind == "experiment"]
    said = [
        "How synapses learn: in the brain, where a weight changes with the spikes of two neurons, and in artificial "
        "networks, where it follows a gradient.",
    ]
    if experiments:
        said[0] += (
            " Each experiment asks one question, and its figure answers it. Beneath the figure stand the claims: what "
            "this run measured, beside what a publication, a closed form or another way of computing leads one to "
            "expect. They come in the order in which one understands them: begin at the top."
        )
    said.append(
        '<span class="blue">Blue</span> is biological and <span class="vermillion">vermillion</span> artificial '
        "wherever both are drawn. Letters name the panels, in the figure as in the text beneath it. A click on a "
        "figure shows it alone; on a phone its panels stand beneath each other."
    )
    said += [_PRESETS[preset] for preset in dict.fromkeys(page.run[0] for page in experiments) if preset in _PRESETS]
    return "".join(f"<p>{paragraph}</p>\n" for paragraph in said)


def _contents(kinds: Families, pages: Sequence[Page]) -> str:
    """What is on the page, by family, and by question of the lecture."""
    parts = []
    for kind, families in kinds.items():
        listed = f'<div class="families">\n{"".join(map(_family, families, families.values()))}</div>\n'
        n_pages = sum(map(len, families.values()))
        is_seen = kind == "experiment" or len(kinds) == 1  # the rest would push the first figure out of sight
        listed = listed if is_seen else folded(f"{n_pages} {kind}s, by family", listed)
        parts.append(f"<h2>{kind.capitalize()}s</h2>\n{listed}")
        if kind == "experiment":
            parts.append(_by_question(pages))
    others = [(_EXPLORER, "Two neurons, one synapse: spikes to drag"), (_REFERENCES, "References")]
    links = "".join(f'<li><a href="#{place}">{words}</a></li>\n' for place, words in others)
    return f"{''.join(parts)}<h2>Besides</h2>\n<ul>\n{links}</ul>\n"


def _family(family: str, pages: Sequence[Page]) -> str:
    links = [f'<a href="#{written(page.name)}">{written(page.title)}</a>' for page in pages]
    items = "".join(f"<li>{link}</li>\n" for link in links)
    return f'<div class="family"><p>{written(_sentence(family))}</p>\n<ul>\n{items}</ul></div>\n'


def _by_question(pages: Sequence[Page]) -> str:
    rows = "".join(
        f'<li><a href="#{QUESTION}{written(id)}">{written(words)}</a> {written(page.title)}</li>\n'
        for page in pages
        for id, words in page.asked.items()
    )
    return folded("By question of the lecture", f"<ul>\n{rows}</ul>\n") if rows else ""


def _of_kind(kind: str, families: Mapping[str, Sequence[Page]]) -> str:
    """The sections of one kind, each family under its heading."""
    named = "" if kind == "experiment" else f"{kind.capitalize()}s: "
    return "".join(
        f"<h2>{written(_sentence(named + family))}</h2>\n{''.join(page.section for page in of_family)}"
        for family, of_family in families.items()
    )


def _explorer() -> str:
    return (
        f'<section id="{_EXPLORER}" class="explorer" aria-labelledby="{_EXPLORER}.title">\n'
        f'<h2 id="{_EXPLORER}.title">Two neurons, one synapse</h2>\n'
        "<p>Choose a rule, drag the spikes of both neurons, and see what becomes of the weight: "
        f'<a href="{EXPLORER}">open the page to play with</a>.</p>\n'
        f'<iframe src="{EXPLORER}" title="Two neurons, one synapse: spikes to drag" loading="lazy"></iframe>\n'
        f'<p class="back"><a href="#{TOP}">Back to the top</a></p>\n</section>\n'
    )


def _references(pages: Sequence[Page]) -> str:
    keys = [key for page in pages for key in page.cites]
    return (
        f'<section id="{_REFERENCES}" aria-labelledby="{_REFERENCES}.title">\n'
        f'<h2 id="{_REFERENCES}.title">References</h2>\n{references(keys)}'
        f'<p class="back"><a href="#{TOP}">Back to the top</a></p>\n</section>\n'
    )


def _sentence(family: str) -> str:
    return family[:1].upper() + family[1:]


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
