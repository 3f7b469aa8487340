"""A view for each kind of record, as HTML."""

import io
from collections.abc import Sequence
from functools import singledispatch
from typing import Any

from rich.console import Console

from plasticity.ask import Answer
from plasticity.ask.folder import image as picture_of_answer
from plasticity.cli.ask_text import largest
from plasticity.cli.quiz_text import Shown
from plasticity.cli.show_text import told
from plasticity.errors import PlasticityError
from plasticity.events import Entries, Ledger
from plasticity.experiment import Experiment, Outcome
from plasticity.frames import in_ms
from plasticity.markup import block, facts, image, lines, paragraph, table
from plasticity.networks import Recording
from plasticity.neurons import Neuron
from plasticity.notebook import pictures
from plasticity.plots import Look
from plasticity.plots.portraits import portrait_picture
from plasticity.protocols import Protocol
from plasticity.published import Table
from plasticity.quiz import Answered
from plasticity.rules import Rule
from plasticity.runs import Finished, Loaded, Swept
from plasticity.settings import shown
from plasticity.trains import Trajectory

BARE = Look(is_captioned=False)
MOST_ROWS = 20  # of a table of many; our choice: a page of a notebook


@singledispatch
def html(record: Any) -> str | None:
    """The HTML of a record; None for what has no view. May raise a PlasticityError for a record that cannot be told."""
    return None


@html.register(Rule)
@html.register(Neuron)
def _of_model(record: Rule | Neuron) -> str:
    drawn = portrait_picture(record, "svg", BARE)
    return block(record.name, record.summary, _card(record), image(drawn, "svg", f"{record.name}: {record.summary}"))


@html.register
def _of_protocol(protocol: Protocol) -> str:
    seen = "" if protocol.is_random else image(pictures.of_protocol(protocol), "svg", f"the spikes of {protocol.name}")
    return block(protocol.name, protocol.summary, _card(protocol), seen)


@html.register
def _of_experiment(experiment: Experiment) -> str:
    return block(experiment.name, experiment.question, _card(experiment))


@html.register
def _of_table(found: Table) -> str:
    rows = [*zip(*(map(_text, column) for column in found.columns.values()), strict=True)]
    return block(found.key, told(found).summary, _rows([*found.columns], rows), lines(found.note))


@html.register
def _of_answer(answer: Answer) -> str:
    rule = answer.question.rule
    change = f" by {answer.dw:+.6g}" if answer.dw else ""
    sentence = f"the weight goes from {answer.w_before:g} to {answer.w_after:.8g}, {answer.verdict}{change}"
    asked = [("parameters", ", ".join(map(str, rule.parameters))), ("bounds", f"{rule.bounds} ({rule.weight_unit})")]
    asked += [("note", answer.note)] if answer.note else []
    try:
        seen = image(picture_of_answer(answer, "svg", BARE), "svg", f"{rule.name}: {sentence}")
    except PlasticityError:  # of a weight that moves between spikes there is no picture
        seen = ""
    entries = _entries(answer.entries) if answer.entries is not None else ""
    return block(rule.name, sentence, facts(asked), entries, seen)


@html.register
def _of_answered(answered: Answered) -> str:
    text = io.StringIO()
    Shown(Console(file=text, width=100, highlight=False, markup=False), "en", explain=True).answer(answered)
    first, _, rest = text.getvalue().partition("\n")
    return block(answered.asked.name, answered.verdict, lines(rest if answered.asked.name in first else first + rest))


@html.register
def _of_ledger(ledger: Ledger) -> str:
    told = f"the weight goes from {ledger.w_before:g} to {ledger.w_after:.8g}, by {ledger.dw:+.6g}"
    return block("ledger", told, _entries(ledger.entries))


@html.register
def _of_trajectory(path: Trajectory) -> str:
    told = f"the weight after each of {path.times.shape[-1]} times"
    return block("trajectory", told, image(pictures.of_trajectory(path), "svg", "the weight over time"))


@html.register
def _of_finished(run: Finished) -> str:
    about = f"{run.experiment.question} The {run.preset} preset took {run.seconds:.1f} s."
    seen = image(run.figure("svg", BARE), "svg", run.caption)
    return block(run.experiment.name, about, seen, paragraph(run.caption), _claims(run.claims), _set(run.parameters))


@html.register
def _of_loaded(run: Loaded) -> str:
    about = run.manifest
    claims = [
        ["holds" if one["holds"] else "does not hold", one["sentence"], _text(one["measured"]), one["source"]]
        for one in about["claims"]
    ]
    arrays = ((name, f"{' x '.join(map(str, array.shape)) or 'a number'}") for name, array in run.arrays.items())
    measured = table(["", "claim", "measured", "from"], claims) if claims else ""
    set_to = facts(about["parameters_shown"].items())
    return block(about["experiment"], about["question"], measured, set_to, facts(arrays))


@html.register
def _of_recording(found: Recording) -> str:
    rows = []
    for name, trains in found.spikes.items():
        n_spikes = sum(train.size for train in trains)
        rows.append((name, f"{len(trains)} neurons, {n_spikes} spikes"))
    for name, weights in found.weights.items():
        rows.append(
            (name, f"{weights.size} weights, on average {weights.mean():.4g}" if weights.size else "no weights")
        )
    engine = f"computed by {found.engine}: {found.reason}" if found.engine else ""
    seen = image(pictures.of_recording(found), "svg", "the spikes of every neuron")
    return block("recording", engine, facts(rows), seen)


@html.register
def _of_swept(done: Swept) -> str:
    columns = done.columns()
    rows = [[_text(column[k]) for column in columns.values()] for k in range(done.plan.n)]
    seen = image(pictures.of_swept(done), "svg", "the sweep")
    return block("sweep", f"{done.plan.n} points, {len(done.failures)} failed", seen, _rows([*columns], rows))


def _card(record: Any) -> str:
    """What `plasticity show` prints of it."""
    sections = told(record).sections.items()
    return facts((heading if not k else "", line) for heading, found in sections for k, line in enumerate(found))


def _entries(entries: Entries) -> str:
    """The largest entries of a ledger, in the order of time, and the sum of all."""
    rows = []
    for place in largest(entries).tolist():
        entry = entries[place]
        times = ["" if time is None else f"{in_ms(time):g}" for time in (entry.pre, entry.post)]
        lag = "" if entry.lag is None else f"{in_ms(entry.lag):+g}"
        rows.append([*times, lag, f"{entry.dw:+.9f}", f"{entry.clipped:+.9f}" if entry.clipped else ""])
    left = len(entries) - len(rows)
    rows += [[f"{left} smaller", "", "", "", ""]] if left else []
    rows += [["sum", "", "", f"{float(entries.dw.sum()):+.9f}", ""]]
    return table(["pre (ms)", "post (ms)", "lag (ms)", "change", "clipped"], rows)


def _rows(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """The first rows of a table, and how many more there are."""
    more = paragraph(f"{len(rows) - MOST_ROWS} more rows") if len(rows) > MOST_ROWS else ""
    return table(head, rows[:MOST_ROWS]) + more


def _claims(claims: list[Outcome]) -> str:
    rows = [["holds" if one.holds else "does not hold", one.sentence, one.figures, one.source] for one in claims]
    return table(["", "claim", "measured", "from"], rows) if rows else ""


def _set(parameters: Any) -> str:
    return facts(shown(parameters).items())


def _text(value: Any) -> str:
    return f"{value:.6g}" if isinstance(value, float) else str(value)
