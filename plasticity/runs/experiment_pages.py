"""The section of an experiment in the gallery: question, figure, the lecture's questions, claims, data, sources."""

import shlex
from collections.abc import Mapping, Sequence

from plasticity.experiment import Outcome
from plasticity.markup import written
from plasticity.plots.figure import panel_letters
from plasticity.plots.wording import in_words
from plasticity.runs.citing import cited, keys_in
from plasticity.runs.gallery_parts import Pictures, facts, figure, folded, pictures, section, table
from plasticity.runs.running import Finished
from plasticity.runs.teaching import title
from plasticity.settings import shown

QUESTION = "question."  # what the places of the lecture's questions begin with


def figures(finished: Finished, whole: bytes, format: str) -> Pictures:
    """The figure of an experiment that has run: whole, and panel by panel."""
    experiment = finished.experiment
    letters = panel_letters(lambda drawn: experiment.draw(finished.result, drawn))
    return pictures(experiment.name, whole, lambda look: finished.figure(format, look), letters, format)


def sources(finished: Finished) -> list[str]:
    """The keys of all references that its section cites."""
    texts = [finished.experiment.source, *(claim.source for claim in finished.claims)]
    return [key for text in texts for key in keys_in(text)]


def told(finished: Finished, drawn: Pictures, data: Sequence[str], asked: Mapping[str, str]) -> str:
    """The section.

    data  : the names of its files
    asked : {id: words} of the questions of the lecture that it answers
    """
    experiment = finished.experiment
    return section(
        experiment.name,
        title(experiment),
        f'<p class="question">{written(experiment.question)}</p>\n'
        f"{figure(drawn, experiment.question, finished.caption)}"
        f"{_asked(asked)}{_claims(finished.claims)}{_made(finished, data)}"
        f'<p class="small">Sources: {cited(experiment.source)}.</p>\n',
    )


def _asked(asked: Mapping[str, str]) -> str:
    items = "".join(
        f'<li id="{QUESTION}{written(id)}">{written(words)} <code>plasticity quiz {written(id)}</code></li>\n'
        for id, words in asked.items()
    )
    heading = "A question of the lecture" if len(asked) == 1 else "Questions of the lecture"
    return f'<div class="asked"><p>{heading} that this shows:</p>\n<ul>\n{items}</ul></div>\n' if asked else ""


def _claims(claims: Sequence[Outcome]) -> str:
    """Nothing for an experiment without claims; open where one of them does not hold."""
    if not claims:
        return ""
    n_failing = sum(not claim.holds for claim in claims)
    rows = [(_typed(claim.sentence), _typed(claim.figures), cited(claim.source), _verdict(claim)) for claim in claims]
    caption = "What the experiment claims, what this run measured, and where the expected number is from"
    heads = ("claim", "measured", "expected from", "outcome")
    return folded(_counted(len(claims), n_failing), table(caption, heads, rows, kind="claims"), is_open=bool(n_failing))


def _counted(n: int, n_failing: int) -> str:
    claims = "1 claim" if n == 1 else f"{n} claims"
    if not n_failing:
        return f"{claims}, which holds" if n == 1 else f"{claims}, all hold"
    if n_failing == n:
        return f"{claims}, which does not hold" if n == 1 else f"{claims}, none of which holds"
    return f"{claims}, {n_failing} of which {'does' if n_failing == 1 else 'do'} not hold"


def _verdict(claim: Outcome) -> str:
    return '<span class="holds">holds</span>' if claim.holds else '<span class="fails">does not hold</span>'


def _made(finished: Finished, data: Sequence[str]) -> str:
    """How the figure came about: its data, the parameters, and the command that repeats it."""
    name = finished.experiment.name
    links = ", ".join(f'<a href="{written(name)}/{written(file)}">{written(file)}</a>' for file in data)
    parameters = ", ".join(f"{key} = {value}" for key, value in shown(finished.parameters).items())
    rows = [
        ("data", links),
        ("parameters", written(parameters or "none")),
        ("run", f"preset {written(finished.preset)}, {finished.seconds:.1f} s"),
        *((("again", f"<code>{written(command)}</code>"),) if (command := _command(finished)) else ()),
    ]
    return folded("Data, parameters, and how to repeat it", facts(rows))


def _command(finished: Finished) -> str:
    """The command that repeats the run; '' where its parameters are those of no preset."""
    experiment, preset = finished.experiment, finished.preset
    if preset not in ("quick", "full"):
        return ""
    usual, own = shown(experiment.preset(preset)), shown(finished.parameters)
    changed = [
        f" --set {shlex.quote(f'{key}={value}'.replace(' ', ''))}" for key, value in own.items() if value != usual[key]
    ]
    return f"plasticity run {experiment.name}{' --quick' if preset == 'quick' else ''}{''.join(changed)}"


def _typed(text: str) -> str:
    return written(in_words(text))
